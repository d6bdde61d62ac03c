using System.Text;
using Anlauf.Platform.Database;
using Anlauf.Platform.Documents;
using Anlauf.Platform.Identity;
using Anlauf.Rooms.Organisation.Persons;
using Npgsql;
using NpgsqlTypes;

namespace Anlauf.Rooms.Members.Register;

/// <summary>
/// Gives out a list: only with a purpose and a sentence, only the chosen columns, never those who do not want to be addressed, and a number
/// only where the call list shows it (members.may_call). That it was given out, for what and with how many rows is kept; who stood on it is not.
/// </summary>
public sealed class IssueList(Db db, Actor actor)
{
    /// <summary>Purposes to choose from.</summary>
    public static IReadOnlyList<string> Purposes { get; } = ["Anrufaktion", "Einladung zu einer Versammlung", "Rundbrief", "Wahl und Stimmrecht prüfen", "Meldung an den Landesverband"];

    /// <summary>Columns to choose from: name and where it stands in the query below.</summary>
    public static IReadOnlyList<(string Id, string Name)> Fields { get; } = [("place", "Ort"), ("division", "Gliederung"), ("kind", "Art"), ("phone", "Telefon"), ("email", "E-Mail"), ("offer", "Angebot")];

    private const string Query = """
        select concat_ws(' ', nullif(p.title, ''), p.given_name, p.family_name), t.short_name, d.short_name, b.kind, case when members.may_call(p.id) then p.phone end, p.email, (select string_agg(r.label, ', ' order by r.label) from members.trait r where r.person_id = p.id and r.kind = 'offer')
        from members.find($1::jsonb, 'name', false, 0, null) f join organisation.person p on p.id = f.id join organisation.division d on d.id = p.division_id
        left join lateral (select m.area_key, m.kind from members.party_membership m where m.person_id = p.id order by m.left_on desc nulls first, m.kind = 'member' desc limit 1) b on true
        left join territory.municipality t on t.ags = b.area_key
        where p.division_id = any ((select access.divisions_for('P2', 'membership', 'export'))::integer[]) and p.id <> all ((select privacy.flagged('no-contact'))::integer[])
        order by f.place
        """;

    /// <summary>A line of a sheet.</summary>
    public sealed record SheetRow(string Name, string? Place, string? Phone, string MayCall)
    {
        /// <summary>What a call rests on.</summary>
        public CallBasis Call => new(MayCall);
    }

    /// <summary>As many stand on a sheet to be printed; who wants more makes several.</summary>
    public const int OnSheet = 200;

    /// <summary>Notes the list and gives those to be rung up, for paper: the same people as in the file, only those who may be rung up and have a number.</summary>
    public Task<IReadOnlyList<SheetRow>> SheetAsync(MemberFilter filter, string purpose, string sentence, CancellationToken ct = default) => db.InTransactionAsync(async () =>
    {
        var rows = await db.QueryAsync<SheetRow>("""
            select concat_ws(' ', nullif(p.title, ''), p.given_name, p.family_name) as name, t.short_name as place, p.phone, members.call_basis(p.id) as may_call
            from members.find(@Json::jsonb, 'name', false, 0, null) f join organisation.person p on p.id = f.id
            left join lateral (select m.area_key from members.party_membership m where m.person_id = p.id order by m.left_on desc nulls first, m.kind = 'member' desc limit 1) b on true left join territory.municipality t on t.ags = b.area_key
            where p.phone is not null and p.division_id = any ((select access.divisions_for('P2', 'membership', 'export'))::integer[]) and members.may_call(p.id)
            order by f.place limit @OnSheet
            """, new { filter.Json, OnSheet }, ct);
        await db.ExecuteAsync("insert into members.list_issue (person_id, purpose, sentence, fields, filter, rows) values (@me, @purpose, @sentence, @fields, @filter, @Count)",
            new { me = actor.PersonId, purpose, sentence = sentence.Trim(), fields = new[] { "place", "phone" }, filter = filter.InWords(null) + ", auf Papier", rows.Count }, ct);
        return rows;
    }, ct);

    /// <summary>Why a list cannot be given out as asked, or null.</summary>
    public static string? Refuse(string? purpose, string? sentence) =>
        !Purposes.Contains(purpose) ? "Wählen Sie, wofür Sie die Liste brauchen" : (sentence ?? "").Trim().Length is < 10 or > 200 ? "Sagen Sie in einem Satz, wofür: zum Beispiel „Anrufe vor der Beratung am 5. Dezember“" : null;

    /// <summary>Notes the list and writes it; gives the number of persons on it.</summary>
    public async Task<int> WriteAsync(MemberFilter filter, string purpose, string sentence, IReadOnlyCollection<string> fields, Stream target, CancellationToken ct = default)
    {
        var chosen = Fields.Select((f, i) => (f, Column: i + 1)).Where(f => fields.Contains(f.f.Id)).ToList();
        var id = await db.ScalarAsync<int>("insert into members.list_issue (person_id, purpose, sentence, fields, filter) values (@me, @purpose, @sentence, @fields, @filter) returning id",
            new { me = actor.PersonId, purpose, sentence = sentence.Trim(), fields = chosen.Select(c => c.f.Id).ToArray(), filter = filter.InWords(null) }, ct);
        var written = 0;
        await using (var writer = new StreamWriter(target, new UTF8Encoding(true), 16 * 1024, leaveOpen: true) { NewLine = "\r\n" })
        {
            await writer.WriteLineAsync(string.Join(';', chosen.Select(c => c.f.Name).Prepend("Name")));
            await using var command = new NpgsqlCommand(Query, await db.OpenAsync(ct)) { Parameters = { new() { Value = filter.Json, NpgsqlDbType = NpgsqlDbType.Text } } };
            await using var rows = await command.ExecuteReaderAsync(ct);
            for (; await rows.ReadAsync(ct); written++)
                await writer.WriteLineAsync(string.Join(';', chosen.Select(c => c.Column).Prepend(0).Select(i => CsvCell.Of(rows.IsDBNull(i) ? "" : i == 3 ? MemberWords.Kind(rows.GetString(i)) : rows.GetString(i)))));
        }
        await db.ExecuteAsync("update members.list_issue set rows = @written where id = @id", new { written, id }, ct);
        return written;
    }

    internal static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/menschen/ausgabe.csv", async (HttpContext http, IssueList list) =>
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            var (purpose, sentence) = (form["Zweck"].ToString(), form["Satz"].ToString());
            if (Refuse(purpose, sentence) is not null) return Results.Redirect("/menschen/ausgabe" + http.Request.QueryString);
            var filter = MemberFilter.Of(http.Request);
            var fields = form["Angaben"].OfType<string>().ToList();
            return Results.Stream(stream => list.WriteAsync(filter, purpose, sentence, fields, stream, http.RequestAborted), "text/csv; charset=utf-8", "menschen.csv");
        }).RequireAuthorization(MemberPermissions.Export).WithMetadata(new FreshProofAttribute(), new Microsoft.AspNetCore.Antiforgery.RequireAntiforgeryTokenAttribute());
}
