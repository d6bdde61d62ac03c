using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Platform.Mail;

namespace Anlauf.Rooms.Organisation.Accounts;

/// <summary>The link that sets an account up, by e-mail to the address in the register, beside the one on the screen.</summary>
public sealed class InvitationLetter(Db db, Outbox outbox)
{
    private sealed record Recipient(string GivenName, string FamilyName, string? Email, string Association);

    /// <summary>True where letters leave and the installation knows its own address.</summary>
    public bool Possible => outbox.Sends && outbox.AddressOf("/") is not null;

    /// <summary>Puts the letter in, within the caller's transaction; gives the address it goes to.</summary>
    /// <param name="person">Who gets the account; the acting person must see the address.</param>
    /// <param name="secret">Last part of the link.</param>
    /// <param name="userName">Name to sign in with.</param>
    public async Task<Outcome<string>> PutAsync(int person, string secret, string userName, CancellationToken ct = default)
    {
        if (!Possible) return new Refusal("E-Mails gehen noch nicht hinaus: Der Postausgang oder die eigene Adresse fehlt (Verwaltung, Betrieb). Geben Sie den Link selbst weiter", Field);
        var to = await db.SingleAsync<Recipient>("""
            select p.given_name, p.family_name, p.email, (select a.name from organisation.division a join organisation.division_closure c on c.ancestor_id = a.id where c.descendant_id = p.division_id order by c.depth desc limit 1) as association
            from organisation.person p where p.id = @person
            """, new { person }, ct);
        if (to?.Email is not { Length: > 0 } email) return new Refusal("Zu dieser Person steht keine E-Mail-Adresse im Register. Geben Sie den Link selbst weiter", Field);
        var put = await outbox.PutAsync(email, $"Ihr Zugang zu Anlauf, {to.Association}", $"""
            Guten Tag {to.GivenName} {to.FamilyName},

            für Sie ist ein Konto eröffnet. Ihr Benutzername ist {userName}. Mit diesem Link richten Sie es ein:

            {outbox.AddressOf("/einladung/" + secret)}

            Er gilt sieben Tage und einmal. Geben Sie ihn nicht weiter; wer ihn hat, hat das Konto. Haben Sie ihn nicht erwartet, fragen Sie bitte Ihre Geschäftsstelle.

            {to.Association}
            """, person, ct);
        return put.Done ? email : new Refusal(put.Refusal!.Message, Field);
    }

    /// <summary>Where a refusal is shown.</summary>
    public const string Field = "ByMail";
}
