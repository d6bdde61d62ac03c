using Anlauf.Elections;
using Anlauf.Platform.Database;
using Anlauf.Platform.Imports;
using Anlauf.Rooms.Territory;

namespace Anlauf.Rooms.Members;

/// <summary>Takes over how many members live in each municipality, as the association's own administration counts them: numbers, no names.</summary>
public sealed class ImportMemberCounts(Db db, TimeProvider clock) : IFileImport
{
    /// <inheritdoc/>
    public string Kind => "members";

    /// <inheritdoc/>
    public string Description => "Mitgliederzahlen je Gemeinde (.csv: Schlüssel;Mitglieder;Stichtag)";

    /// <inheritdoc/>
    public async Task<ImportReport> RunAsync(string path, bool dryRun, CancellationToken ct)
    {
        await using var stream = File.OpenRead(path);
        var reading = MemberCountReader.Read(stream);
        if (!reading.IsClean) return ImportReport.Refused(reading.Problems);
        var today = DateOnly.FromDateTime(clock.GetLocalNow().Date);
        if (reading.Contents.Where(c => c.AsOf > today).ToList() is { Count: > 0 } early)
            return ImportReport.Refused([.. early.Select(c => new ImportProblem(c.Line, "Stichtag", $"{c.AsOf:dd.MM.yyyy} liegt in der Zukunft. Bitte prüfen Sie das Jahr."))]);
        return await db.InTransactionAsync(async () =>
        {
            await TemporaryTable.FillAsync(db, "new_count", "ags text, members integer, as_of date, line integer", reading.Contents, c => [c.Ags, c.Members, c.AsOf, c.Line], ct);
            var unknown = await db.QueryAsync<(string Ags, int Line)>("select ags, line from new_count n where not exists (select from territory.municipality m where m.ags = n.ags) order by line", ct: ct);
            if (unknown.Count > 0)
                return ImportReport.Refused([.. unknown.Select(u => new ImportProblem(u.Line, "Schlüssel", $"Die Gemeinde {u.Ags} ist nicht bekannt. Bitte prüfen Sie den Schlüssel oder lesen Sie zuerst das Gemeindeverzeichnis ein: anlauf import municipalities DATEI."))]);
            var inserted = await db.ScalarAsync<int>("select count(*)::int from new_count n where not exists (select from members.member_count c where c.area_key = n.ags and c.as_of = n.as_of)", ct: ct);
            var written = await db.ExecuteAsync("""
                insert into members.member_count as c (area_key, as_of, members) select ags, as_of, members from new_count
                on conflict (area_key, as_of) do update set members = excluded.members where c.members <> excluded.members
                """, ct: ct);
            return new ImportReport(reading.Contents.Count, inserted, written - inserted, reading.Contents.Count - written, [], dryRun,
                dryRun ? [] : ["Ein laufender Server zeigt die neuen Zahlen in der Lage spätestens nach einer Viertelstunde."]);
        }, ct);
    }
}
