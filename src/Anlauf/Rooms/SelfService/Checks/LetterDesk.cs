using System.Globalization;
using Anlauf.Platform;
using Anlauf.Platform.Audit;
using Anlauf.Platform.Database;
using Anlauf.Platform.Documents.Papers;
using Anlauf.Platform.Web;
using Anlauf.Rooms.Members;

namespace Anlauf.Rooms.SelfService.Checks;

/// <summary>The yearly check on paper, for members without an address of mail: the office prints, sends, and notes what came back.</summary>
public sealed class LetterDesk(Db db, TimeProvider clock)
{
    /// <param name="SentOn">Null while the letter is still to be sent.</param>
    public sealed record Letter(int PersonId, string Name, string Division, string? Phone, DateOnly? MemberSince, DateOnly? SentOn);

    private DateOnly Today => DateOnly.FromDateTime(clock.GetLocalNow().Date);

    /// <summary>Letters to send and letters that are out, of the divisions whose memberships the acting person keeps.</summary>
    public Task<IReadOnlyList<Letter>> ListAsync(CancellationToken ct = default) => db.QueryAsync<Letter>("select person_id, name, division, phone, member_since, sent_on from selfservice.letters(@Today) limit 200", new { Today }, ct);

    /// <summary>Notes that the letter went out; the check begins.</summary>
    public async Task<Outcome<int>> SentAsync(int person, CancellationToken ct = default) =>
        (await ListAsync(ct)).Any(l => l.PersonId == person && l.SentOn is null)
            && await db.ExecuteAsync("insert into selfservice.data_check (person_id, opened_on, by_letter) values (@person, @Today, true) on conflict do nothing", new { person, Today }, ct) == 1
            ? person : new Refusal("Dieser Brief ist schon vermerkt, oder die Person ist gerade nicht an der Reihe");

    /// <summary>Notes that the answer is there; what it corrects is entered at the person.</summary>
    public async Task<Outcome<int>> AnsweredAsync(int person, CancellationToken ct = default) => await db.ExecuteAsync("""
        update selfservice.data_check c set confirmed_on = @Today, settled_on = @Today, settled_by = access.person_id() where c.person_id = @person and c.by_letter and c.settled_on is null and c.confirmed_on is null
        """, new { person, Today }, ct) > 0 ? person : new Refusal("Zu dieser Person ist kein Brief unterwegs");

    internal static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/menschen/datenpflege/{id:int}/brief.pdf", async (int id, LetterDesk desk, PersonDetails details, PageFrame frame, IEnumerable<IFramePart> parts, HttpContext http, AuditLog audit, CancellationToken ct) =>
        {
            if ((await desk.ListAsync(ct)).FirstOrDefault(l => l.PersonId == id) is not { } letter) return Results.NotFound();
            await audit.ReadAsync("selfservice.data_check", id.ToString(CultureInfo.InvariantCulture), id, null, ct);
            foreach (var part in parts) await part.FillAsync(frame, http);
            var detail = await details.FindAsync(id, ct: ct);
            return Results.File(PdfPaper.Write(Of(letter, detail?.Address, frame.Organisation.Length > 0 ? frame.Organisation : letter.Division, frame.IsDemo ? "Vorführdaten" : null)), "application/pdf", "angaben-pruefen.pdf");
        }).RequireAuthorization(MemberPermissions.Edit);

    /// <summary>The letter: what is kept, and how one says that it is right or not.</summary>
    public static Paper Of(Letter letter, string? address, string organisation, string? stamp) => new(organisation, letter.Division, "Stimmen Ihre Angaben noch?", stamp,
        [("Name", letter.Name), ("Anschrift", address), ("Telefon", letter.Phone), ("Mitglied seit", letter.MemberSince?.ToString("d.M.yyyy", CultureInfo.InvariantCulture))],
        [
            new($"Guten Tag {letter.Name}", ["einmal im Jahr fragen wir, ob Ihre Angaben noch stimmen. Oben steht, was wir von Ihnen haben; ein Strich heißt, dass uns die Angabe fehlt."]),
            new("Stimmt alles?", ["Kreuzen Sie an, was zutrifft, berichtigen Sie oben, was falsch ist, und schicken Sie das Blatt an Ihre Geschäftsstelle oder rufen Sie dort an.", "□ Alles stimmt.   □ Ich habe etwas berichtigt.   □ Bitte fragen Sie mich nicht mehr."]),
            new("Lieber per E-Mail?", ["Tragen Sie hier Ihre E-Mail-Adresse ein, dann kommt die Frage im nächsten Jahr ohne Papier: ________________________________"]),
            new("Ihre Daten", ["Wir fragen, damit niemand mit falschen Angaben arbeitet (Art. 5 Abs. 1 Buchst. d DSGVO). Wer der Ansprache widerspricht, wird nicht mehr gefragt; es gilt sofort."]),
        ], null, organisation);
}
