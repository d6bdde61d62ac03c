using System.Security.Cryptography;
using System.Text.Json;
using Anlauf.Platform.Database;
using Anlauf.Platform.Identity;
using Anlauf.Platform.Mail;
using Anlauf.Platform.Secrets;

namespace Anlauf.Rooms.Portal.Inbox;

/// <summary>
/// Asks the address that somebody typed whether it was them: a letter with a link to the form outside, once a day for an address,
/// however often it was typed. Until the link is used nobody is shown the message. Acts as the system.
/// </summary>
public sealed class AskForConfirmation(Db db, FieldCipher cipher, Outbox outbox)
{
    private const string AddressColumn = "portal.confirmation.address_hash";

    private sealed record New(Guid Id, byte[] Content, string Association, string? Site, string Kept);

    /// <summary>Looks at every message that came since; returns how many letters were put in.</summary>
    public async Task<int> AskAsync(CancellationToken ct = default)
    {
        var written = 0;
        foreach (var message in await db.QueryAsync<New>("""
            select m.id, m.content, d.name as association, (select k.site from portal.key k where k.division_id = m.division_id and k.site is not null order by k.handed_out_at desc limit 1) as site,
              (select privacy.period_words(r.period) from privacy.retention_rule r where r.id = 'contact-unconfirmed') as kept
            from portal.message m join organisation.division d on d.id = m.division_id where m.confirmation = 'new' order by m.received_at limit 500
            """, ct: ct))
            written += await db.InTransactionAsync(() => AskAsync(message, ct), ct);
        return written;
    }

    private async Task<int> AskAsync(New message, CancellationToken ct)
    {
        // two nodes may look at the same message
        if (await db.ScalarAsync<Guid?>("select id from portal.message where id = @Id and confirmation = 'new' for update skip locked", message, ct) is null) return 0;
        if (message.Site is null || !outbox.Sends || AddressOf(message) is not { } address)
        {
            await db.ExecuteAsync("update portal.message set confirmation = 'none' where id = @Id", message, ct);
            return 0;
        }
        var hash = cipher.Hash(address.ToLowerInvariant(), AddressColumn);
        var asked = await db.ScalarAsync<int?>("select id from portal.confirmation where address_hash = @hash and confirmed_at is null and asked_at > now() - interval '1 day' order by id desc limit 1", new { hash }, ct);
        var (secret, secretHash) = Invitation.New();
        var question = asked ?? await db.ScalarAsync<int>("insert into portal.confirmation (address_hash, secret_hash) values (@hash, @secretHash) returning id", new { hash, secretHash }, ct);
        await db.ExecuteAsync("update portal.message set confirmation = 'asked', confirmation_id = @question where id = @Id", new { message.Id, question }, ct);
        if (asked is not null) return 0;
        await outbox.PutAsync(address, $"Bitte bestätigen Sie Ihre Nachricht an {message.Association}", $"""
            Guten Tag,

            jemand hat über unser Formular geschrieben und diese E-Mail-Adresse angegeben. Waren Sie das, bestätigen Sie es bitte hier:

            {message.Site}/bestaetigen/{secret}

            Erst danach lesen wir die Nachricht. Waren Sie es nicht, brauchen Sie nichts zu tun: Nach {message.Kept} ist sie gelöscht.

            {message.Association}
            """, ct);
        return 1;
    }

    // null for a telephone number, and for what cannot be opened
    private string? AddressOf(New message)
    {
        try { return Letter.Open(cipher, message.Content, message.Id).Contact is var contact && Outbox.IsAddress(contact) ? contact : null; }
        catch (Exception e) when (e is CryptographicException or JsonException) { return null; }
    }
}
