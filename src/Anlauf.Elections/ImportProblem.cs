namespace Anlauf.Elections;

/// <summary>One reason why a file cannot be taken over as it is.</summary>
/// <param name="Line">Line of the text file or row of the sheet, counted from 1; 0 when the file as a whole is meant.</param>
/// <param name="Field">Name of the field or column as the reader of the file knows it (German).</param>
/// <param name="Message">What is wrong and what helps, one German sentence or two.</param>
public sealed record ImportProblem(int Line, string Field, string Message)
{
    /// <summary>A problem that concerns the whole file.</summary>
    public static ImportProblem OfFile(string message) => new(0, "Datei", message);

    /// <inheritdoc/>
    public override string ToString() => Line == 0 ? $"{Field}: {Message}" : $"Zeile {Line}, {Field}: {Message}";
}

/// <summary>What was read from a file: its contents, and every problem found on the way. Contents with problems must not be stored.</summary>
public sealed record Reading<T>(T Contents, IReadOnlyList<ImportProblem> Problems)
{
    /// <summary>True when the whole file could be read without a problem.</summary>
    public bool IsClean => Problems.Count == 0;
}

/// <summary>The file is not of the kind it claims to be, or is too large to be taken for one; the message is German and meant for people.</summary>
public sealed class UnreadableFileException : Exception
{
    /// <summary>Creates the exception with a German sentence for the reader.</summary>
    public UnreadableFileException(string message) : base(message) { }

    /// <summary>Creates the exception with a German sentence and the technical reason behind it.</summary>
    public UnreadableFileException(string message, Exception reason) : base(message, reason) { }
}
