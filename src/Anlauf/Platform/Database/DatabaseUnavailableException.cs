namespace Anlauf.Platform.Database;

/// <summary>The database cannot be started, reached or used as it is. The message is German, for the person at the shell, and names the remedy.</summary>
public class DatabaseUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A command that works on what is there was given a folder without an installation, mistyped perhaps.</summary>
/// <param name="folder">The folder.</param>
public sealed class NoInstallationException(string folder) : DatabaseUnavailableException(
    $"Im Ordner {folder} gibt es keine Installation von Anlauf. Abhilfe: mit --data oder ANLAUF_DATA den richtigen Ordner nennen; „anlauf serve“ und „anlauf demo“ legen eine an und sagen beim Start, wo sie liegt.");
