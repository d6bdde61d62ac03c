namespace Anlauf.Planning;

/// <summary>Input that cannot be planned with. The message is German, names file, line and field, and says what to do.</summary>
public sealed class PlanInputException : Exception
{
    /// <summary>A refusal about one place in one file.</summary>
    /// <param name="file">path or name of the file</param>
    /// <param name="line">line, counted from 1, or none when the file as a whole is meant</param>
    /// <param name="field">name of the field, or none</param>
    /// <param name="remedy">what is wrong and what to do, a full German sentence</param>
    public PlanInputException(string file, int? line, string? field, string remedy)
        : base($"{file}{(line is null ? "" : $", Zeile {line}")}{(field is null ? "" : $", Feld „{field}“")}: {remedy}")
    {
        Remedy = remedy;
        File = file;
        Line = line;
        Field = field;
    }

    /// <summary>A refusal about data that did not come from a file.</summary>
    public PlanInputException(string remedy) : base(remedy) => Remedy = remedy;

    private PlanInputException(string field, string remedy) : this(remedy) => Field = field;

    /// <summary>A refusal of data about one entry.</summary>
    /// <param name="field">the entry as our own JSON format calls it; data of another format have another name for it</param>
    /// <param name="remedy">what is wrong and what to do, a full German sentence that says itself which entry is meant</param>
    internal static PlanInputException At(string field, string remedy) => new(field, remedy);

    /// <summary>What is wrong and what to do, without the place.</summary>
    public string Remedy { get; }

    /// <summary>Path or name of the file.</summary>
    public string? File { get; }

    /// <summary>Line, counted from 1.</summary>
    public int? Line { get; }

    /// <summary>Name of the field.</summary>
    public string? Field { get; }

    /// <summary>Does the work; a refusal of data that names no file is given this one.</summary>
    /// <param name="file">path of the file the data come from</param>
    /// <param name="work">makes something of them</param>
    /// <param name="isOurs">the file has our own format: its entries have the names of the refusal</param>
    internal static T Within<T>(string file, Func<T> work, bool isOurs = false)
    {
        try
        {
            return work();
        }
        catch (PlanInputException refusal) when (refusal.File is null)
        {
            throw new PlanInputException(file, null, isOurs ? refusal.Field : null, refusal.Remedy);
        }
    }
}
