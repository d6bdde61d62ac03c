namespace Anlauf.Platform.Database;

/// <summary>The database cannot be started, reached or used as it is. The message is German, for the person at the shell, and names the remedy.</summary>
public sealed class DatabaseUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
