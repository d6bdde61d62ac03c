using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Platform.Mail;

namespace Anlauf.Rooms.Welcome.Calls;

/// <summary>Sends the letter of welcome as a mail, once, to whoever wants to be addressed. It stands in the list of calls and keeps no promise of one.</summary>
public sealed class SendWelcomeMail(Db db, Outbox outbox, CallRegister register)
{
    /// <summary>Puts the mail into the outbox; its number, or why not.</summary>
    public Task<Outcome<Guid>> HandleAsync(int arrivalId, string organisation, CancellationToken ct = default) => db.InTransactionAsync<Outcome<Guid>>(async () =>
    {
        if (await register.FindAsync(arrivalId, ct) is not { } arrival || await register.ReachAsync(arrivalId, ct) is not { MayWork: true } reach) return new Refusal("Diese Person ist Ihnen nicht (mehr) anvertraut");
        if (!arrival.MayContact) return new Refusal($"{arrival.Name} möchte nicht angeschrieben werden");
        if (reach.Email is not { } to) return new Refusal($"Von {arrival.Name} ist keine E-Mail-Adresse bekannt");
        if (await db.ScalarAsync<bool>("select exists (select from welcome.call where arrival_id = @arrivalId and outcome = 'mailed')", new { arrivalId }, ct)) return new Refusal("Die Willkommensmail ist schon gesendet");
        var paper = WelcomeLetter.Of(arrival, await register.OffersAsync(arrivalId, ct), organisation.Length > 0 ? organisation : arrival.Division, null);
        var text = string.Join("\n\n", paper.Sections.Select(s => s.Heading + "\n" + string.Join('\n', s.Paragraphs)));
        var sent = await outbox.PutAsync(to, $"{paper.Title}: {paper.Organisation}", text, arrival.PersonId, ct);
        if (!sent.Done) return sent;
        await db.ExecuteAsync("insert into welcome.call (id, arrival_id, person_id, by_person_id, outcome) values (@id, @arrivalId, @PersonId, access.person_id(), 'mailed')", new { id = sent.Value, arrivalId, arrival.PersonId }, ct);
        return sent;
    }, ct);
}
