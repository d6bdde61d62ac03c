using System.Globalization;
using System.Text.Json;
using Anlauf.Elections;
using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Platform.Secrets;
using Npgsql;

namespace Anlauf.Rooms.Members.Reconciliation;

/// <summary>The way of a file: uploaded and kept encrypted, previewed, read in, taken back within thirty days.</summary>
public sealed class ImportDesk(Db db, FieldCipher cipher, Reconcile reconcile, ReadIn readIn, Actor actor)
{
    private const string Content = "members.people_import.content", JournalColumn = "members.people_import.journal";

    /// <param name="State">preview, done, undone or dropped.</param>
    /// <param name="MayUndo">Read in, and its journal is still there.</param>
    public sealed record Row(int Id, int DivisionId, string Division, string FileName, string State, DateTime UploadedAt, DateTime? TakenAt, bool Leads, bool Repaired, bool MayUndo, string? Summary, string Mapping);
    private sealed record Stored(byte[]? Content, byte[]? Journal);

    /// <summary>Files of the divisions whose memberships the acting person keeps, latest first.</summary>
    public Task<IReadOnlyList<Row>> ListAsync(CancellationToken ct = default) => db.QueryAsync<Row>(Rows + " order by i.uploaded_at desc limit 50", ct: ct);

    /// <summary>One of them.</summary>
    public Task<Row?> FindAsync(int id, CancellationToken ct = default) => db.SingleAsync<Row>(Rows + " where i.id = @id", new { id }, ct);

    private const string Rows = """
        select i.id, i.division_id, d.name as division, i.file_name, i.state, i.uploaded_at, i.taken_at, i.leads, i.repaired, i.state = 'done' and i.journal is not null as may_undo, i.summary->>'said' as summary, i.mapping::text as mapping
        from members.people_import i join organisation.division d on d.id = i.division_id
        """;

    /// <summary>Takes a file for a preview; returns its number.</summary>
    public Task<Outcome<int>> UploadAsync(int division, string fileName, byte[] content, bool leads, CancellationToken ct = default) => db.InTransactionAsync<Outcome<int>>(async () =>
    {
        if (!await db.ScalarAsync<bool>("select coalesce(@division = any ((select access.divisions_for('P2', 'membership', 'edit'))::integer[]), false)", new { division }, ct)) return new Refusal("In dieser Gliederung führen Sie keine Mitgliedschaften", "DivisionId");
        Dictionary<string, string> mapping;
        try
        {
            mapping = await RememberedAsync(division, PeopleSheet.Read(content).Columns, ct);
        }
        catch (UnreadableFileException e) { return new Refusal(e.Message, "File"); }
        var id = await db.ScalarAsync<int>("insert into members.people_import (division_id, file_name, by_person_id, leads, mapping) values (@division, @name, @by, @leads, @mapping::jsonb) returning id",
            new { division, name = Path.GetFileName(fileName), by = actor.PersonId, leads, mapping = JsonSerializer.Serialize(mapping) }, ct);
        await db.ExecuteAsync("update members.people_import set content = @content where id = @id", new { id, content = cipher.Encrypt(Convert.ToBase64String(content), Content, Key(id)) }, ct);
        return id;
    }, ct);

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
        return await reconcile.PreviewAsync(content, file.DivisionId, file.Leads, file.Repaired, JsonSerializer.Deserialize<Dictionary<string, string>>(file.Mapping), ct);
    }

    /// <summary>Other columns, repairs wanted or not, the file leads or not.</summary>
    public Task<int> ChooseAsync(int id, IReadOnlyDictionary<string, string> mapping, bool repaired, bool leads, CancellationToken ct = default) =>
        db.ExecuteAsync("update members.people_import set mapping = @mapping::jsonb, repaired = @repaired, leads = @leads where id = @id and state = 'preview'", new { id, mapping = JsonSerializer.Serialize(mapping), repaired, leads }, ct);

    /// <summary>Reads the file in. Lines with problems stay out; the file itself is deleted.</summary>
    public Task<Outcome<int>> TakeAsync(int id, CancellationToken ct = default) => db.InTransactionAsync<Outcome<int>>(async () =>
    {
        // whoever comes second finds it done
        if (await FindAsync(id, ct) is not { State: "preview" } file || !await db.ScalarAsync<bool>("select true from members.people_import where id = @id and state = 'preview' for update", new { id }, ct)) return new Refusal("Diese Datei ist schon eingelesen oder verworfen");
        if (await PreviewAsync(id, ct) is not { } preview) return new Refusal("Die Vorschau ist älter als ein Tag und wurde gelöscht. Laden Sie die Datei noch einmal hoch");
        if (preview.New.Count + preview.Changes.Count == 0) return new Refusal("In der Datei ist nichts, was sich einlesen ließe");
        if (preview.New.Count + preview.Changes.Count > ReadIn.MostAtOnce) return new Refusal($"Auf einmal lassen sich höchstens {ReadIn.MostAtOnce / 1000}.000 Zeilen einlesen, weil jede Änderung im Protokoll steht. Teilen Sie die Datei");
        var journal = await readIn.WriteAsync(preview, file.DivisionId, "Datei " + file.FileName, ct);
        await db.ExecuteAsync("update members.people_import set state = 'done', taken_at = now(), content = null, journal = @journal, summary = jsonb_build_object('said', @said) where id = @id",
            new { id, journal = cipher.Encrypt(JsonSerializer.Serialize(journal), JournalColumn, Key(id)), said = $"{preview.New.Count} neu, {preview.Changes.Count} geändert, {preview.Unchanged} unverändert, {preview.Missing.Count} fehlen in der Datei, {preview.Faulty} nicht lesbar" }, ct);
        return preview.New.Count + preview.Changes.Count;
    }, ct);

    /// <summary>Throws a preview away.</summary>
    public Task<int> DropAsync(int id, CancellationToken ct = default) => db.ExecuteAsync("update members.people_import set state = 'dropped', content = null where id = @id and state = 'preview'", new { id }, ct);

    /// <summary>Takes a file back, all of it.</summary>
    public async Task<Outcome<int>> UndoAsync(int id, CancellationToken ct = default)
    {
        try
        {
            return await db.InTransactionAsync<Outcome<int>>(async () =>
            {
                var stored = await db.SingleAsync<Stored>("select content, journal from members.people_import where id = @id and state = 'done' for update", new { id }, ct);
                if (stored?.Journal is null) return new Refusal("Diese Datei lässt sich nicht mehr zurücknehmen: Das geht dreißig Tage lang");
                var done = await readIn.TakeBackAsync(JsonSerializer.Deserialize<ReadIn.Journal>(cipher.Decrypt(stored.Journal, JournalColumn, Key(id))!)!, ct);
                if (done.Done) await db.ExecuteAsync("update members.people_import set state = 'undone', journal = null where id = @id", new { id }, ct);
                return done;
            }, ct);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            return new Refusal("Mit Menschen aus dieser Datei wurde schon weitergearbeitet. Lassen Sie die Datei eingelesen, und berichtigen Sie einzelne");
        }
    }

    private async Task<byte[]?> ContentAsync(int id, CancellationToken ct) =>
        await db.SingleAsync<Stored>("select content, journal from members.people_import where id = @id", new { id }, ct) is { Content: { } sealed_ } ? Convert.FromBase64String(cipher.Decrypt(sealed_, Content, Key(id))!) : null;

    private static string Key(int id) => id.ToString(CultureInfo.InvariantCulture);
}
