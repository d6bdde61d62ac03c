using System.Globalization;
using System.Text.Json;
using Anlauf.Platform.Database;
using Anlauf.Platform.Secrets;

namespace Anlauf.Rooms.Members.Reconciliation;

/// <summary>Cells corrected and lines left out in a preview, so that one slip needs no new file. Each is checked again like the file itself.</summary>
public sealed class Corrections(Db db, FieldCipher cipher, Actor actor)
{
    private const string Column = "members.people_import_fix.cell";

    /// <summary>One of them.</summary>
    /// <param name="Field">Id of the field; null where the whole line is left out.</param>
    /// <param name="Was">What the file says.</param>
    /// <param name="Becomes">What is read instead; null for a line left out.</param>
    /// <param name="By">Who it was; null where the acting person does not know them.</param>
    public sealed record Fix(int Id, int Line, string? Field, string? Was, string? Becomes, string? By, DateOnly On);

    private sealed record Row(int Id, int Line, string? Field, byte[]? Cell, string? By, DateOnly FixedOn);
    private sealed record Values(string Was, string Becomes);

    /// <summary>All of a file, in the order of its lines.</summary>
    public async Task<IReadOnlyList<Fix>> OfAsync(int file, CancellationToken ct = default) =>
    [
        .. (await db.QueryAsync<Row>("""
            select f.id, f.line, f.field, f.cell, p.given_name || ' ' || p.family_name as by, f.fixed_on
            from members.people_import_fix f left join organisation.person p on p.id = f.by_person_id where f.import_id = @file order by f.line, f.id
            """, new { file }, ct)).Select(r => cipher.Decrypt(r.Cell, Column, Key(r.Id)) is { } cell && JsonSerializer.Deserialize<Values>(cell) is { } v
                ? new Fix(r.Id, r.Line, r.Field, v.Was, v.Becomes, r.By, r.FixedOn) : new Fix(r.Id, r.Line, r.Field, null, null, r.By, r.FixedOn)),
    ];

    /// <summary>Reads another value instead of a cell; the file's own value takes the correction back. False where there is no such cell, or nothing to change.</summary>
    public Task<bool> CorrectAsync(int file, PeopleSheet sheet, FieldMap map, int line, string field, string value, CancellationToken ct = default) => db.InTransactionAsync(async () =>
    {
        if (!map.ByField.ContainsKey(field) || sheet.Lines.FirstOrDefault(l => l.Number == line) is not { } found || !await WaitsAsync(file, ct)) return false;
        var (was, becomes) = (map.Cell(found, field), value.Trim());
        var before = await db.ExecuteAsync("delete from members.people_import_fix where import_id = @file and line = @line and field = @field", new { file, line, field }, ct);
        if (was == becomes) return before > 0;
        var id = await db.ScalarAsync<int>("insert into members.people_import_fix (import_id, line, field, by_person_id) values (@file, @line, @field, @me) returning id", new { file, line, field, me = actor.PersonId }, ct);
        await db.ExecuteAsync("update members.people_import_fix set cell = @cell where id = @id", new { id, cell = cipher.Encrypt(JsonSerializer.Serialize(new Values(was, becomes)), Column, Key(id)) }, ct);
        return true;
    }, ct);

    /// <summary>Leaves a line out.</summary>
    public Task<int> LeaveOutAsync(int file, int line, CancellationToken ct = default) => db.ExecuteAsync("""
        insert into members.people_import_fix (import_id, line, by_person_id) select id, @line, @me from members.people_import where id = @file and state = 'preview' on conflict do nothing
        """, new { file, line, me = actor.PersonId }, ct);

    /// <summary>Lets the file count again.</summary>
    public Task<int> TakeBackAsync(int file, int fix, CancellationToken ct = default) => db.ExecuteAsync("""
        delete from members.people_import_fix f using members.people_import i where i.id = f.import_id and i.state = 'preview' and f.import_id = @file and f.id = @fix
        """, new { file, fix }, ct);

    /// <summary>The file as it is to be read: without the lines left out, with the corrected cells.</summary>
    public static PeopleSheet Applied(PeopleSheet sheet, FieldMap map, IReadOnlyList<Fix> fixes)
    {
        if (fixes.Count == 0) return sheet;
        var byLine = fixes.ToLookup(f => f.Line);
        return sheet with { Lines = [.. sheet.Lines.Where(l => byLine[l.Number].All(f => f.Field is not null)).Select(l => byLine[l.Number].Any() ? Corrected(l, byLine[l.Number]) : l)] };

        PeopleSheet.Line Corrected(PeopleSheet.Line line, IEnumerable<Fix> wanted)
        {
            List<string> cells = [.. line.Cells];
            foreach (var fix in wanted)
                if (map.ByField.TryGetValue(fix.Field!, out var at))
                {
                    while (cells.Count <= at) cells.Add("");
                    cells[at] = fix.Becomes ?? cells[at];
                }
            return line with { Cells = cells };
        }
    }

    // the row is held, so that reading in waits for the correction
    private Task<bool> WaitsAsync(int file, CancellationToken ct) => db.ScalarAsync<bool>("select true from members.people_import where id = @file and state = 'preview' for update", new { file }, ct);
    private static string Key(int id) => id.ToString(CultureInfo.InvariantCulture);
}
