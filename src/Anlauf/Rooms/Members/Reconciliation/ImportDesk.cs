using System.Globalization;
using System.Text.Json;
using Anlauf.Elections;
using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Platform.Secrets;

namespace Anlauf.Rooms.Members.Reconciliation;

/// <summary>Files on their way in: uploaded and kept encrypted, previewed, thrown away. Reading in is <see cref="ImportRun"/>.</summary>
public sealed class ImportDesk(Db db, FieldCipher cipher, Reconcile reconcile, Corrections corrections, Actor actor, TimeProvider clock)
{
    /// <summary>Days back to which those in a file are newcomers, until somebody chooses: at a first file, and later.</summary>
    public const int NewAtFirst = 30, NewLater = 180;

    private const string Content = "members.people_import.content";

    /// <param name="State">preview, reading, paused, undoing, done, undone or dropped.</param>
    /// <param name="Lines">Rows of the file.</param>
    /// <param name="WantedLines">Rows that are to be written, once reading in has begun.</param>
    /// <param name="DoneLines">Rows written so far.</param>
    /// <param name="KeptPersons">Persons whom taking back left as they are, wholly or in part.</param>
    /// <param name="NewcomersFrom">Whoever joined before this day is no newcomer: no arrival opens.</param>
    /// <param name="Trouble">Why it stopped, a German sentence.</param>
    /// <param name="HasContent">The file is still there: it can be previewed, or read on.</param>
    /// <param name="MayUndo">Something of it is read in, and what taking it back needs is still there.</param>
    public sealed record Row(int Id, int DivisionId, string Division, string FileName, string State, DateTime UploadedAt, DateTime? TakenAt, bool Leads, bool Repaired, int Lines, int WantedLines, int DoneLines, int KeptPersons, string? Trouble, DateOnly NewcomersFrom, bool HasContent, bool MayUndo, string? Summary, string Mapping)
    {
        /// <summary>What taking back has come to, in German sentences.</summary>
        public string TakenBack => "Das Einlesen ist zurückgenommen." + KeptPersons switch
        {
            0 => "",
            1 => " Bei einem Menschen blieb etwas, wie es ist, weil es seither geändert, widerrufen oder gelöscht wurde oder er umgezogen ist.",
            var n => $" Bei {n.ToString("N0", CultureInfo.GetCultureInfo("de-DE"))} Menschen blieb etwas, wie es ist, weil es seither geändert, widerrufen oder gelöscht wurde oder sie umgezogen sind.",
        };
    }

    /// <summary>Files of the divisions whose memberships the acting person keeps, latest first.</summary>
    public Task<IReadOnlyList<Row>> ListAsync(CancellationToken ct = default) => db.QueryAsync<Row>(Rows + " order by i.uploaded_at desc limit 50", ct: ct);

    /// <summary>One of them.</summary>
    public Task<Row?> FindAsync(int id, CancellationToken ct = default) => db.SingleAsync<Row>(Rows + " where i.id = @id", new { id }, ct);

    private const string Rows = """
        select i.id, i.division_id, d.name as division, i.file_name, i.state, i.uploaded_at, i.taken_at, i.leads, i.repaired, i.lines, i.wanted_lines, i.done_lines, i.kept_persons, i.trouble, i.newcomers_from, i.content is not null as has_content,
          i.state in ('done', 'paused') and exists (select from members.people_import_step s where s.import_id = i.id and s.journal is not null) as may_undo, i.summary->>'said' as summary, i.mapping::text as mapping
        from members.people_import i join organisation.division d on d.id = i.division_id
        """;

    /// <summary>Takes a file for a preview; returns its number.</summary>
    public Task<Outcome<int>> UploadAsync(int division, string fileName, byte[] content, bool leads, CancellationToken ct = default) => db.InTransactionAsync<Outcome<int>>(async () =>
    {
        if (!await db.ScalarAsync<bool>("select coalesce(@division = any ((select access.divisions_for('P2', 'membership', 'edit'))::integer[]), false)", new { division }, ct)) return new Refusal("In dieser Gliederung führen Sie keine Mitgliedschaften", "DivisionId");
        Dictionary<string, string> mapping;
        int lines;
        try
        {
            var sheet = PeopleSheet.Read(content);
            (mapping, lines) = (await RememberedAsync(division, sheet.Columns, ct), sheet.Lines.Count);
        }
        catch (UnreadableFileException e) { return new Refusal(e.Message, "File"); }
        var id = await db.ScalarAsync<int>("insert into members.people_import (division_id, file_name, by_person_id, leads, mapping, lines, newcomers_from) values (@division, @name, @by, @leads, @mapping::jsonb, @lines, @newcomers) returning id",
            new { newcomers = DateOnly.FromDateTime(clock.GetLocalNow().Date).AddDays(-(await IsFirstAsync(division, ct) ? NewAtFirst : NewLater)), division, lines, name = Path.GetFileName(fileName), by = actor.PersonId, leads, mapping = JsonSerializer.Serialize(mapping) }, ct);
        await db.ExecuteAsync("update members.people_import set content = @content where id = @id", new { id, content = cipher.Encrypt(Convert.ToBase64String(content), Content, Key(id)) }, ct);
        return id;
    }, ct);

    // a register that is filled for the first time has everybody in it: who joined months ago has been here long since
    private async Task<bool> IsFirstAsync(int division, CancellationToken ct) => !await db.ScalarAsync<bool>("""
        select exists (select from members.people_import i join organisation.division_closure c on c.ancestor_id = i.division_id where c.descendant_id = @division and i.state in ('reading', 'paused', 'done'))
        """, new { division }, ct);

    // the assignment remembered for a file with the same columns, of this division or the nearest one above
    private async Task<Dictionary<string, string>> RememberedAsync(int division, IReadOnlyList<string> columns, CancellationToken ct)
    {
        var profiles = await db.QueryAsync<string>("""
            select p.mapping::text from members.import_profile p join organisation.division_closure c on c.ancestor_id = p.division_id and c.descendant_id = @division order by c.depth, p.id desc
            """, new { division }, ct);
        return profiles.Select(p => JsonSerializer.Deserialize<Dictionary<string, string>>(p)!).FirstOrDefault(m => m.Keys.ToHashSet().SetEquals(columns)) ?? [];
    }

    /// <summary>Remembers the assignment of columns under a name, for the next file of the same shape.</summary>
    public Task<int> RememberAsync(int id, string name, IReadOnlyDictionary<string, string> mapping, CancellationToken ct = default) => db.ExecuteAsync("""
        insert into members.import_profile (division_id, name, mapping, leads) select division_id, @name, @mapping::jsonb, leads from members.people_import where id = @id
        on conflict (division_id, name) do update set mapping = excluded.mapping, leads = excluded.leads
        """, new { id, name = name.Trim(), mapping = JsonSerializer.Serialize(mapping) }, ct);

    /// <summary>What reading the file in would do; null where it is gone.</summary>
    public async Task<Reconcile.Preview?> PreviewAsync(int id, CancellationToken ct = default)
    {
        if (await FindAsync(id, ct) is not { } file || await ContentAsync(id, ct) is not { } content) return null;
        return await reconcile.PreviewAsync(content, file.DivisionId, file.Leads, file.Repaired, Mapping(file), await corrections.OfAsync(id, ct), ct);
    }

    /// <summary>The lines of a preview that cannot be read; null where it is gone.</summary>
    public async Task<Reconcile.Unread?> UnreadAsync(int id, CancellationToken ct = default) =>
        await FindAsync(id, ct) is { State: "preview" } file && await ContentAsync(id, ct) is { } content ? await reconcile.UnreadAsync(content, file.Repaired, Mapping(file), await corrections.OfAsync(id, ct), ct) : null;

    /// <summary>Corrects cells of a preview and leaves lines out; how many of them that changed.</summary>
    public async Task<int> CorrectAsync(int id, IReadOnlyList<(int Line, string Field, string Value)> cells, IReadOnlyList<int> leftOut, CancellationToken ct = default)
    {
        if (await FindAsync(id, ct) is not { } file || await ContentAsync(id, ct) is not { } content) return 0;
        var sheet = PeopleSheet.Read(content);
        var (map, changed) = (FieldMap.Recognise(sheet.Columns, Mapping(file)), 0);
        foreach (var (line, field, value) in cells.Where(c => !leftOut.Contains(c.Line))) if (await corrections.CorrectAsync(id, sheet, map, line, field, value, ct)) changed++;
        foreach (var line in leftOut.Where(l => sheet.Lines.Any(s => s.Number == l))) changed += await corrections.LeaveOutAsync(id, line, ct);
        return changed;
    }

    private static Dictionary<string, string> Mapping(Row file) => JsonSerializer.Deserialize<Dictionary<string, string>>(file.Mapping)!;

    /// <summary>Other columns, repairs wanted or not, the file leads or not.</summary>
    public Task<int> ChooseAsync(int id, IReadOnlyDictionary<string, string> mapping, bool repaired, bool leads, CancellationToken ct = default) =>
        db.ExecuteAsync("update members.people_import set mapping = @mapping::jsonb, repaired = @repaired, leads = @leads where id = @id and (state = 'preview' or (state = 'paused' and done_lines = 0))", new { id, mapping = JsonSerializer.Serialize(mapping), repaired, leads }, ct);

    /// <summary>Chooses from which day on those in the file are newcomers.</summary>
    public Task<int> WelcomeFromAsync(int id, DateOnly day, CancellationToken ct = default) => db.ExecuteAsync("update members.people_import set newcomers_from = @day where id = @id and state = 'preview'", new { id, day }, ct);

    /// <summary>How many of a preview are newcomers from a day on: for each of them an arrival opens, where a statute promises something.</summary>
    public static int Newcomers(Reconcile.Preview preview, DateOnly from) => preview.New.Count(n => n.Kind is "member" or "guest" && n.Left is null && n.Received >= from);

    /// <summary>Throws a preview away.</summary>
    public Task<int> DropAsync(int id, CancellationToken ct = default) => db.ExecuteAsync("""
        with dropped as (update members.people_import set state = 'dropped', content = null where id = @id and state = 'preview' returning id)
        delete from members.people_import_fix f using dropped d where f.import_id = d.id
        """, new { id }, ct);

    private async Task<byte[]?> ContentAsync(int id, CancellationToken ct) =>
        await db.ScalarAsync<byte[]>("select content from members.people_import where id = @id", new { id }, ct) is { } sealed_ ? Convert.FromBase64String(cipher.Decrypt(sealed_, Content, Key(id))!) : null;

    private static string Key(int id) => id.ToString(CultureInfo.InvariantCulture);
}
