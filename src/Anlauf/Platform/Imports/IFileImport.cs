using Anlauf.Elections;

namespace Anlauf.Platform.Imports;

/// <summary>One kind of file that can be taken over from the shell. Rooms register theirs as services.</summary>
public interface IFileImport
{
    /// <summary>Word on the command line: <c>municipalities</c>, <c>boundaries</c>, <c>elections</c> …</summary>
    string Kind { get; }

    /// <summary>What files it takes, one German line for the help.</summary>
    string Description { get; }

    /// <summary>Validates the whole file, then stores it in one transaction (a file of members in steps that can be taken back), or, on a dry run, only says what would happen.</summary>
    Task<ImportReport> RunAsync(string path, bool dryRun, CancellationToken ct);
}

/// <summary>What an import did, or would do.</summary>
/// <param name="Read">Records in the file.</param>
/// <param name="Rejected">Problems; with even one nothing is stored.</param>
/// <param name="DryRun">True when nothing was to be stored.</param>
/// <param name="Notes">German sentences worth knowing that stand in nobody's way.</param>
public sealed record ImportReport(
    int Read, int Inserted, int Updated, int Unchanged, IReadOnlyList<ImportProblem> Rejected, bool DryRun = false, IReadOnlyList<string>? Notes = null) : IOutcome
{
    /// <summary>False rolls the transaction back: a dry run leaves nothing behind.</summary>
    bool IOutcome.Done => Rejected.Count == 0 && !DryRun;

    /// <summary>The file was refused.</summary>
    public static ImportReport Refused(IReadOnlyList<ImportProblem> problems) => new(0, 0, 0, 0, problems);
}
