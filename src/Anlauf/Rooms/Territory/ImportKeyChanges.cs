using Anlauf.Platform.Database;
using Anlauf.Platform.Imports;
using Anlauf.Rooms.Territory.Registers;

namespace Anlauf.Rooms.Territory;

/// <summary>Takes over a table of changes of municipalities, so that old keys lead to their successors.</summary>
public sealed class ImportKeyChanges(Db db) : IFileImport
{
    /// <inheritdoc/>
    public string Kind => "key-changes";

    /// <inheritdoc/>
    public string Description => "Gebietsänderungen von Destatis (.xlsx) oder eigene Tabelle (.csv: ags_old, name_old, ags_new, name_new, effective)";

    /// <inheritdoc/>
    public async Task<ImportReport> RunAsync(string path, bool dryRun, CancellationToken ct)
    {
        await using var stream = File.OpenRead(path);
        var reading = KeyChangeReader.Read(stream);
        return reading.IsClean ? await HandleAsync(reading.Contents, dryRun, ct) : ImportReport.Refused(reading.Problems);
    }

    /// <summary>Stores changes that were read without problems, and ends dissolved municipalities on the day before.</summary>
    public Task<ImportReport> HandleAsync(IReadOnlyList<KeyChange> changes, bool dryRun = false, CancellationToken ct = default) => db.InTransactionAsync(async () =>
    {
        var distinct = changes.DistinctBy(c => (c.OldAgs, c.NewAgs, c.Kind, c.EffectiveOn)).ToList();
        await TemporaryTable.FillAsync(db, "new_change", "old_ags text, new_ags text, kind smallint, effective_on date, old_name text, new_name text, share numeric", distinct,
            c => [c.OldAgs, c.NewAgs, (short)c.Kind, c.EffectiveOn, c.OldName, c.NewName, Math.Round(c.Share, 8)], ct);
        var (inserted, updated) = await db.SingleAsync<(int, int)>("""
            with stored as (
              insert into territory.key_change as k select old_ags, new_ags, kind, effective_on, old_name, new_name, share from new_change
              on conflict (old_ags, new_ags, kind, effective_on) do update set old_name = excluded.old_name, new_name = excluded.new_name, share = excluded.share
              where (k.old_name, k.new_name, k.share) is distinct from (excluded.old_name, excluded.new_name, excluded.share)
              returning (k.xmax = 0) as is_new)
            select (count(*) filter (where is_new))::int, (count(*) filter (where not is_new))::int from stored
            """, ct: ct);
        // a directory older than the change still lists the municipality
        await db.ExecuteAsync("""
            update territory.municipality m set valid_to = c.effective_on - 1
            from (select old_ags, min(effective_on) as effective_on from new_change where kind in (1, 3) and old_ags <> new_ags group by old_ags) c
            where c.old_ags = m.ags and m.register_on < c.effective_on
            """, ct: ct);
        return new ImportReport(changes.Count, inserted, updated, changes.Count - inserted - updated, [], dryRun);
    }, ct);
}
