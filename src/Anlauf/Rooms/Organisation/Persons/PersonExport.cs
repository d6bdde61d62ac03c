using System.Text;
using Anlauf.Platform.Database;
using Anlauf.Platform.Documents;
using Anlauf.Platform.Identity;
using Anlauf.Platform.Web.Components;
using Npgsql;

namespace Anlauf.Rooms.Organisation.Persons;

/// <summary>
/// The register as a file, for those whose office may give it out: the rows of the list as far as the right to export reaches, without
/// those who do not want to be addressed, and with a number only where the call list shows it. Written row by row as the database gives them, so that its length costs no memory.
/// </summary>
public sealed class PersonExport(Db db)
{
    // in order before anybody is asked for: whether one may call is worked out as the rows go out, not for all before the first
    private const string Query = """
        select concat_ws(' ', nullif(x.title, ''), x.given_name, x.family_name), x.short_name, x.email, case when members.may_call(x.id) then x.phone end
        from (select p.id, p.title, p.given_name, p.family_name, d.short_name, p.email, p.phone
          from organisation.find_persons($1, $2, 'name', false, 0, null) f join organisation.person p on p.id = f.id join organisation.division d on d.id = p.division_id
          where p.division_id = any ((select access.divisions_for('P2', 'people', 'export'))::integer[]) and p.id <> all ((select privacy.flagged('no-contact'))::integer[])
          order by f.place offset 0) x
        """;

    /// <summary>Writes the file; gives the number of persons in it.</summary>
    public async Task<int> WriteAsync(PersonRegister.Filter filter, Stream target, CancellationToken ct = default)
    {
        await using var writer = new StreamWriter(target, new UTF8Encoding(true), 16 * 1024, leaveOpen: true) { NewLine = "\r\n" };
        await writer.WriteLineAsync("Name;Gliederung;E-Mail;Telefon");
        await using var command = new NpgsqlCommand(Query, await db.OpenAsync(ct)) { Parameters = { new() { Value = filter.Search }, new() { Value = (object?)filter.Division ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer } } };
        await using var rows = await command.ExecuteReaderAsync(ct);
        var written = 0;
        for (; await rows.ReadAsync(ct); written++)
            await writer.WriteLineAsync(string.Join(';', Enumerable.Range(0, 4).Select(i => CsvCell.Of(rows.IsDBNull(i) ? "" : rows.GetString(i)))));
        return written;
    }

    internal static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/verwaltung/personen.csv", (HttpContext http, PersonExport export) =>
        {
            var filter = FilterOf(ListQuery.From(http.Request, ""));
            return Results.Stream(stream => export.WriteAsync(filter, stream, http.RequestAborted), "text/csv; charset=utf-8", "personen.csv");
        }).RequireAuthorization(OrganisationPermissions.ExportPeople).WithMetadata(new FreshProofAttribute());

    /// <summary>The filter as it stands in the address.</summary>
    internal static PersonRegister.Filter FilterOf(ListQuery query) => new((query["name"] ?? "").Trim(), int.TryParse(query["gliederung"], out var division) ? division : null);
}
