using Anlauf.Elections;
using Anlauf.Platform.Database;
using Anlauf.Platform.Imports;
using Anlauf.Rooms.Territory.Registers;

namespace Anlauf.Rooms.Territory;

/// <summary>Takes over which postal codes are in use in which municipality; the directory names only that of the town hall.</summary>
public sealed class ImportPostalCodes(Db db) : IFileImport
{
    /// <inheritdoc/>
    public string Kind => "postal-codes";

    /// <inheritdoc/>
    public string Description => "Postleitzahlen je Gemeinde (.csv: ags, plz)";

    /// <inheritdoc/>
    public async Task<ImportReport> RunAsync(string path, bool dryRun, CancellationToken ct)
    {
        await using var stream = File.OpenRead(path);
        var reading = PostalCodeReader.Read(stream);
        if (!reading.IsClean) return ImportReport.Refused(reading.Problems);
        return await db.InTransactionAsync(async () =>
        {
            await TemporaryTable.FillAsync(db, "new_code", "ags text, postal_code text, line integer", reading.Contents, c => [c.Ags, c.PostalCode, c.Line], ct);
            var unknown = await db.QueryAsync<(string Ags, int Line)>("select ags, line from new_code n where not exists (select from territory.municipality m where m.ags = n.ags) order by line", ct: ct);
            if (unknown.Count > 0)
                return ImportReport.Refused([.. unknown.Select(u => new ImportProblem(u.Line, "ags", $"Die Gemeinde {u.Ags} ist nicht bekannt. Bitte zuerst das Gemeindeverzeichnis einlesen: anlauf import municipalities DATEI."))]);
            var inserted = await db.ExecuteAsync("insert into territory.postal_code select ags, postal_code from new_code on conflict do nothing", ct: ct);
            return new ImportReport(reading.Contents.Count, inserted, 0, reading.Contents.Count - inserted, [], dryRun);
        }, ct);
    }
}
