using Anlauf.Elections;
using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Platform.Imports;

namespace Anlauf.Rooms.Members.Reconciliation;

/// <summary>The same from the shell: <c>anlauf import people FILE --dry-run</c>. With one problem nothing is stored.</summary>
public sealed class ImportPeople(Db db, ImportDesk desk, ImportRun run, Reconcile reconcile) : IFileImport
{
    /// <inheritdoc/>
    public string Kind => "people";

    /// <inheritdoc/>
    public string Description => "Mitgliederdatei des Bundesverbands (.csv, .xlsx; Spalten werden erkannt, die Datei führt)";

    /// <inheritdoc/>
    public async Task<ImportReport> RunAsync(string path, bool dryRun, CancellationToken ct)
    {
        var division = await db.ScalarAsync<int?>("""
            select d.id from organisation.division d where d.parent_id is null and d.dissolved_on is null
            order by (select count(*) from members.party_membership m join organisation.division_closure c on c.descendant_id = m.division_id where c.ancestor_id = d.id) desc, d.id limit 1
            """, ct: ct);
        if (division is not { } root) return ImportReport.Refused([ImportProblem.OfFile("Es gibt noch keinen Landesverband. Legen Sie zuerst die Gliederungen an.")]);
        try
        {
            var content = await File.ReadAllBytesAsync(path, ct);
            var preview = await reconcile.PreviewAsync(content, root, leads: true, repair: false, ct: ct);
            if (preview.Problems.Count > 0) return ImportReport.Refused([.. preview.Problems.Select(p => new ImportProblem(p.Line, p.Field, $"„{p.Raw}“: {p.Message}"))]);
            if (!dryRun && preview.New.Count + preview.Changes.Count > 0 && await StoreAsync(root, Path.GetFileName(path), content, ct) is { } refusal) return ImportReport.Refused([ImportProblem.OfFile(refusal.Message + ".")]);
            List<string> notes = [.. preview.Map.Columns.Where(c => c.Becomes == "remark").Select(c => $"Die Spalte „{c.Heading}“ enthält freie Bemerkungen und wird nicht übernommen.")];
            if (preview.Missing.Count > 0) notes.Add($"{preview.Missing.Count} Mitglieder des Registers stehen nicht in der Datei.");
            return new ImportReport(preview.Rows, preview.New.Count, preview.Changes.Count, preview.Rows - preview.New.Count - preview.Changes.Count, [], dryRun, notes);
        }
        catch (UnreadableFileException e) { return ImportReport.Refused([ImportProblem.OfFile(e.Message)]); }
    }

    // on the same way as a file from the page, so that it can be seen, stopped and taken back there
    private async Task<Refusal?> StoreAsync(int division, string name, byte[] content, CancellationToken ct)
    {
        var file = await desk.UploadAsync(division, name, content, leads: true, ct);
        if (!file.Done) return file.Refusal;
        var begun = await run.TakeAsync(file.Value, ct);
        return begun is { Done: true, Value: 0 } ? (await run.GoOnAsync(file.Value, ct)).Refusal : begun.Refusal;
    }
}
