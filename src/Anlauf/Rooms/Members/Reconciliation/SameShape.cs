using System.Globalization;
using System.Text;
using Anlauf.Platform.Audit;
using Anlauf.Platform.Database;
using Anlauf.Platform.Documents;
using Anlauf.Platform.Identity;
using Anlauf.Platform.Secrets;
using Anlauf.Rooms.Members.Register;
using Npgsql;

namespace Anlauf.Rooms.Members.Reconciliation;

/// <summary>
/// The register in the shape that is read in: what is given out and read in again changes nothing. It is there to be compared with another
/// register and so holds everybody, those too who do not want to be addressed; every file asks for its reason.
/// </summary>
public sealed class SameShape(Db db, FieldCipher cipher)
{
    private const string Header = "Mitgliedsnummer;Titel;Vorname;Nachname;Geburtstag;Straße;PLZ;Ort;Telefon;E-Mail;Art;Eintritt;Austritt;Rundbrief";

    private const string Query = """
        select p.id, m.member_number, nullif(p.title, ''), p.given_name, p.family_name, e.birth_date, e.address, p.phone, p.email, m.kind, m.received_on, m.left_on, n.given
        from members.party_membership m join organisation.person p on p.id = m.person_id left join members.person_detail e on e.person_id = p.id
        left join lateral (select bool_or(c.withdrawn_on is null) as given from members.consent c where c.person_id = p.id and c.kind = 'newsletter') n on true
        where m.division_id = any ((select access.divisions_for('P2', 'membership', 'export'))::integer[]) and m.left_on is null
        order by m.member_number nulls last, p.id
        """;

    /// <summary>Writes the file; gives the number of lines.</summary>
    public async Task<int> WriteAsync(Stream target, CancellationToken ct = default)
    {
        await using var writer = new StreamWriter(target, new UTF8Encoding(true), 16 * 1024, leaveOpen: true) { NewLine = "\r\n" };
        await writer.WriteLineAsync(Header);
        await using var command = new NpgsqlCommand(Query, await db.OpenAsync(ct));
        await using var rows = await command.ExecuteReaderAsync(ct);
        var written = 0;
        for (; await rows.ReadAsync(ct); written++)
        {
            string Text(int i) => rows.IsDBNull(i) ? "" : rows.GetString(i);
            string Day(int i) => rows.IsDBNull(i) ? "" : rows.GetFieldValue<DateOnly>(i).ToString("d.M.yyyy", CultureInfo.InvariantCulture);
            var id = rows.GetInt32(0);
            var birth = PersonDetails.Day(cipher, rows.IsDBNull(5) ? null : rows.GetFieldValue<byte[]>(5), id)?.ToString("d.M.yyyy", CultureInfo.InvariantCulture);
            var (street, code, place) = Parts(PersonDetails.Home(cipher, rows.IsDBNull(6) ? null : rows.GetFieldValue<byte[]>(6), id));
            string[] cells = [Text(1), Text(2), Text(3), Text(4), birth ?? "", street, code, place, Text(7), Text(8), MemberWords.Kind(Text(9)), Day(10), Day(11), rows.IsDBNull(12) ? "" : rows.GetBoolean(12) ? "ja" : "nein"];
            await writer.WriteLineAsync(string.Join(';', cells.Select(CsvCell.Of)));
        }
        return written;
    }

    /// <summary>„Markt 1, 09661 Hainichen“ in its parts; what is written otherwise is taken as the street.</summary>
    internal static (string Street, string Code, string Place) Parts(string? address)
    {
        if (string.IsNullOrEmpty(address)) return ("", "", "");
        var at = address.LastIndexOf(", ", StringComparison.Ordinal);
        var (street, town) = at < 0 ? ("", address) : (address[..at], address[(at + 2)..]);
        return town.Split(' ', 2) is [{ Length: 5 } code, var place] && code.All(char.IsAsciiDigit) ? (street, code, place) : (at < 0 ? (address, "", "") : (street, "", town));
    }

    internal static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/menschen/abgleich.csv", (HttpContext http, SameShape shape) => Results.Stream(stream => shape.WriteAsync(stream, http.RequestAborted), "text/csv; charset=utf-8", "mitglieder.csv"))
            .RequireAuthorization(MemberPermissions.Export).WithMetadata(new FreshProofAttribute(), new AsksReasonAttribute());
}
