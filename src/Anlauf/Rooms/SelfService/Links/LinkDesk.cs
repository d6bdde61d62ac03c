using System.Globalization;
using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Platform.Identity;
using Anlauf.Platform.Mail;
using Anlauf.Platform.Secrets;

namespace Anlauf.Rooms.SelfService.Links;

/// <summary>Sends personal links: on a wish by the form, by whoever keeps the membership, and for the yearly check. The link stands in the letter alone.</summary>
public sealed class LinkDesk(Db db, Outbox outbox, FieldCipher cipher, TimeProvider clock)
{
    /// <summary>How long a link opens.</summary>
    public const int Days = 30;

    /// <summary>Links that one person gets by the form on a day; more is somebody else's game.</summary>
    public const int MostWishesADay = 3;

    private const string WishColumn = "selfservice.wish.address";
    private sealed record Wish(Guid Id, byte[] Address);
    private sealed record Addressee(int Id, string Name, string? Email, bool MayContact);

    /// <summary>False where no letter could leave.</summary>
    public bool Sends => outbox.Sends && outbox.AddressOf("/") is not null;

    /// <summary>
    /// Notes that somebody wants a link. Nothing is looked up here: the answer and its time are the same whether the register knows the
    /// address or not; <see cref="AnswerWishesAsync"/> does the rest a few seconds later.
    /// </summary>
    public async Task<Outcome<bool>> WishAsync(string? address, CancellationToken ct = default)
    {
        if (!Outbox.IsAddress(address?.Trim())) return new Refusal("Diese E-Mail-Adresse ist unvollständig. Sie sieht aus wie name@verband.example", "Email");
        if (!Sends) return new Refusal("E-Mails sind hier noch nicht eingerichtet. Fragen Sie Ihre Geschäftsstelle");
        var id = Guid.NewGuid();
        await db.ExecuteAsync("select selfservice.wish_link(@id, @sealed_)", new { id, sealed_ = cipher.Encrypt(address!.Trim(), WishColumn, id.ToString()) }, ct);
        return true;
    }

    /// <summary>Answers what was wished for; acts as the system. Returns how many letters were put in.</summary>
    public async Task<int> AnswerWishesAsync(CancellationToken ct = default)
    {
        var sent = 0;
        foreach (var wish in await db.QueryAsync<Wish>("select id, address from selfservice.wish order by made_at limit 100", ct: ct))
            sent += await db.InTransactionAsync(async () =>
            {
                // a second node finds it gone
                if (await db.ExecuteAsync("delete from selfservice.wish where id = @Id", wish, ct) == 0 || !Sends) return 0;
                var letters = 0;
                foreach (var person in await db.QueryAsync<Addressee>("""
                    select p.id, concat_ws(' ', p.given_name, p.family_name) as name, p.email, true as may_contact from organisation.person p
                    where lower(p.email) = lower(@address) and (select count(*) from selfservice.link l where l.person_id = p.id and l.wished and l.made_at > now() - interval '1 day') < @MostWishesADay order by p.id limit 10
                    """, new { address = cipher.Decrypt(wish.Address, WishColumn, wish.Id.ToString()), MostWishesADay }, ct))
                    if ((await PutAsync(person, "data", wished: true, ct)).Done) letters++;
                return letters;
            }, ct);
        return sent;
    }

    /// <summary>Sends a link to a person of one's divisions; who does the sending does not see it.</summary>
    /// <param name="purpose">data, or leave for somebody who wants to go.</param>
    public Task<Outcome<int>> SendAsync(int person, string purpose, CancellationToken ct = default) => db.InTransactionAsync<Outcome<int>>(async () =>
    {
        if (purpose is not ("data" or "leave")) return new Refusal("Wählen Sie, wozu der Link dient", "Purpose");
        if (!Sends) return new Refusal("E-Mails sind noch nicht eingerichtet. Was fehlt, steht unter Verwaltung, Betrieb");
        if (await db.SingleAsync<Addressee>("""
            select p.id, concat_ws(' ', p.given_name, p.family_name) as name, p.email, privacy.may_contact(p.id) as may_contact from organisation.person p where p.id = @person and p.division_id = any ((select access.divisions_for('P2', 'membership', 'edit'))::integer[])
            """, new { person }, ct) is not { } to) return new Refusal("Diese Person können Sie nicht anschreiben");
        if (!to.MayContact) return new Refusal($"{to.Name} wünscht keine Ansprache und bekommt nur einen Link, den sie selbst anfordert");
        if (to.Email is null) return new Refusal($"Von {to.Name} ist keine E-Mail-Adresse bekannt");
        return await PutAsync(to, purpose, wished: false, ct);
    }, ct);

    private async Task<Outcome<int>> PutAsync(Addressee to, string purpose, bool wished, CancellationToken ct)
    {
        var (secret, hash) = Invitation.New();
        if (!await db.ScalarAsync<bool>("select selfservice.give_link(@Id, @purpose, @hash, @Days, @wished)", new { to.Id, purpose, hash, Days, wished }, ct)) return new Refusal("Diese Person können Sie nicht anschreiben");
        var put = await outbox.PutAsync(to.Email!, purpose == "leave" ? "Ihr Austritt" : "Ihr persönlicher Link", Letter(to.Name, purpose, outbox.AddressOf("/ich/" + secret)!, DateOnly.FromDateTime(clock.GetLocalNow().Date).AddDays(Days)), to.Id, ct);
        return put.Done ? to.Id : put.Refusal!;
    }

    private static string Letter(string name, string purpose, string address, DateOnly until) => $"""
        Guten Tag {name},

        {(purpose == "leave" ? "über diesen Link erklären Sie Ihren Austritt. Er gilt für einen Austritt" : "über diesen Link sehen Sie, was bei uns über Sie gespeichert ist, und berichtigen es selbst. Er gilt")} bis {until.ToString("d.M.yyyy", CultureInfo.InvariantCulture)}:
        {address}

        Geben Sie den Link nicht weiter: Wer ihn hat, sieht Ihre Angaben. Haben Sie ihn nicht erwartet, brauchen Sie nichts zu tun.
        """;
}
