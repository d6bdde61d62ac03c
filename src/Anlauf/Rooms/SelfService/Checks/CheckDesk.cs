using System.Globalization;
using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Platform.Identity;
using Anlauf.Platform.Mail;
using Anlauf.Rooms.SelfService.Links;

namespace Anlauf.Rooms.SelfService.Checks;

/// <summary>
/// The yearly check (H14): a letter with a link, one reminder, then a row for whoever keeps the membership. Letters go out night by night in
/// batches, each in a transaction of its own, so that a night that is broken off goes on with the next one.
/// </summary>
public sealed class CheckDesk(Db db, Outbox outbox, TimeProvider clock)
{
    /// <param name="State">open, confirmed, corrected, undeliverable or silent.</param>
    public sealed record Own(int Id, DateOnly OpenedOn, string State);
    private sealed record Addressee(int PersonId, string Name, string Email, string Division, int? Check);

    private DateOnly Today => DateOnly.FromDateTime(clock.GetLocalNow().Date);

    /// <summary>The work of a night: new checks, reminders, silence. Acts as the system; returns how many letters were put in.</summary>
    public async Task<int> NightAsync(CancellationToken ct = default)
    {
        await db.ExecuteAsync("""
            update selfservice.data_check c set silent_on = @Today from organisation.person p where p.id = c.person_id and confirmed_on is null and corrected_on is null and undeliverable_on is null and silent_on is null
              and case when by_letter then opened_on <= @Today - welcome.days_of('check-reminder', p.division_id) - welcome.days_of('check-silent', p.division_id) else reminded_on <= @Today - welcome.days_of('check-silent', p.division_id) end
            """, new { Today }, ct);
        if (!outbox.Sends || outbox.AddressOf("/") is null) return 0;
        var most = await db.ScalarAsync<int>("select coalesce(min(welcome.days_of('check-batch', id)), 0) from organisation.division where parent_id is null and dissolved_on is null", ct: ct);
        // who was asked before comes first
        var letters = await PutAsync(await db.QueryAsync<Addressee>("""
            select p.id as person_id, concat_ws(' ', p.given_name, p.family_name) as name, p.email, d.name as division, c.id as check from selfservice.data_check c join organisation.person p on p.id = c.person_id join organisation.division d on d.id = p.division_id
            where c.confirmed_on is null and c.corrected_on is null and c.undeliverable_on is null and c.silent_on is null and c.reminded_on is null and not c.by_letter and c.opened_on <= @Today - welcome.days_of('check-reminder', p.division_id)
              and p.email is not null and privacy.may_contact(p.id) order by c.opened_on, c.id limit @most
            """, new { Today, most }, ct), ct);
        return letters + await PutAsync(await db.QueryAsync<Addressee>("select person_id, name, email, division, null::integer as check from selfservice.due_checks(@Today, @most)", new { Today, most = most - letters }, ct), ct);
    }

    private async Task<int> PutAsync(IReadOnlyList<Addressee> to, CancellationToken ct)
    {
        var put = 0;
        foreach (var person in to)
            put += await db.InTransactionAsync(async () =>
            {
                if (person.Check is { } check) await db.ExecuteAsync("update selfservice.data_check set reminded_on = @Today where id = @check", new { Today, check }, ct);
                else await db.ExecuteAsync("insert into selfservice.data_check (person_id, opened_on) values (@PersonId, @Today) on conflict do nothing", new { person.PersonId, Today }, ct);
                var (secret, hash) = Invitation.New();
                await db.ExecuteAsync("select selfservice.give_link(@PersonId, 'check', @hash, @Days, false)", new { person.PersonId, hash, LinkDesk.Days }, ct);
                // an address that is none or fails is no reason to keep the letters from all others; the check ends as not arrived
                if ((await outbox.PutAsync(person.Email, person.Check is null ? "Stimmen Ihre Angaben noch?" : "Erinnerung: Stimmen Ihre Angaben noch?", Letter(person, outbox.AddressOf("/ich/" + secret)!), person.PersonId, ct)).Done) return 1;
                await db.ExecuteAsync("update selfservice.data_check set undeliverable_on = @Today where person_id = @PersonId and confirmed_on is null and corrected_on is null and undeliverable_on is null and silent_on is null", new { Today, person.PersonId }, ct);
                return 0;
            }, ct);
        return put;
    }

    private string Letter(Addressee to, string address) => $"""
        Guten Tag {to.Name},

        einmal im Jahr fragen wir, ob Ihre Angaben noch stimmen. Über diesen Link sehen Sie alles auf einer Seite. Stimmt es, genügt ein Druck auf „Stimmt alles“; sonst ändern Sie es dort gleich.
        {address}

        Der Link gilt bis {Today.AddDays(LinkDesk.Days).ToString("d.M.yyyy", CultureInfo.InvariantCulture)}. Geben Sie ihn nicht weiter. Möchten Sie nicht mehr gefragt werden, steht auf derselben Seite, wie Sie das sagen.

        {to.Division}
        """;

    /// <summary>The latest check of the acting person that still asks something; null where none does.</summary>
    public Task<Own?> CurrentAsync(int person, CancellationToken ct = default) => db.SingleAsync<Own>("""
        select c.id, c.opened_on, selfservice.state_of(c) as state from selfservice.data_check c where c.person_id = @person and c.settled_on is null and c.confirmed_on is null order by c.opened_on desc, c.id desc limit 1
        """, new { person }, ct);

    /// <summary>„Stimmt alles“ by the acting person.</summary>
    public async Task<Outcome<bool>> ConfirmAsync(CancellationToken ct = default) =>
        await db.ScalarAsync<bool>("select selfservice.confirm_check(true)", ct: ct) ? true : new Refusal("Die Prüfung ist schon beantwortet");

    /// <summary>Notes that the acting person has changed something, where a check asks for it.</summary>
    public Task<bool> CorrectedAsync(CancellationToken ct = default) => db.ScalarAsync<bool>("select selfservice.confirm_check(false)", ct: ct);

    /// <summary>Somebody a check came to no end with, and why.</summary>
    /// <param name="State">silent or undeliverable.</param>
    public sealed record Row(int Id, int PersonId, string Name, string Division, string State, DateOnly OpenedOn, DateOnly Since, string? Phone);

    /// <summary>Checks that wait for those who keep the membership, the oldest first.</summary>
    public Task<IReadOnlyList<Row>> WaitingAsync(CancellationToken ct = default) => db.QueryAsync<Row>("""
        select c.id, c.person_id, concat_ws(' ', p.given_name, p.family_name) as name, d.short_name as division, 'silent' as state, c.opened_on, c.silent_on as since, case when members.may_call(p.id) then p.phone end as phone
        from selfservice.data_check c join organisation.person p on p.id = c.person_id join organisation.division d on d.id = p.division_id
        where c.settled_on is null and selfservice.state_of(c) = 'silent' and p.division_id = any ((select access.divisions_for('P2', 'membership', 'edit'))::integer[])
        order by c.silent_on, c.id limit 200
        """, ct: ct);

    /// <summary>Somebody has looked: the row goes.</summary>
    public async Task<Outcome<int>> SettleAsync(int id, CancellationToken ct = default) =>
        await db.ExecuteAsync("update selfservice.data_check set settled_on = @Today, settled_by = access.person_id() where id = @id and settled_on is null", new { id, Today }, ct) > 0 ? id : new Refusal("Darum hat sich schon jemand gekümmert");

    /// <summary>Whom mail does not reach.</summary>
    public sealed record Unreached(int PersonId, string Name, string Division, string? Email, string? Phone, DateOnly Since);

    /// <summary>Persons of one's divisions whose address of mail fails, the oldest first.</summary>
    public Task<IReadOnlyList<Unreached>> UnreachedAsync(CancellationToken ct = default) => db.QueryAsync<Unreached>("""
        select p.id as person_id, concat_ws(' ', p.given_name, p.family_name) as name, d.short_name as division, p.email, case when members.may_call(p.id) then p.phone end as phone, t.since
        from organisation.mail_trouble t join organisation.person p on p.id = t.person_id join organisation.division d on d.id = p.division_id
        where p.division_id = any ((select access.divisions_for('P2', 'membership', 'edit'))::integer[]) order by t.since, p.id limit 200
        """, ct: ct);

    /// <summary>Letters go to the address again; somebody has looked at it.</summary>
    public async Task<Outcome<int>> TryAgainAsync(int person, CancellationToken ct = default)
    {
        var email = await db.ScalarAsync<string>("select email from organisation.person where id = @person", new { person }, ct);
        if (!await db.ScalarAsync<bool>("select organisation.try_mail_again(@person)", new { person }, ct)) return new Refusal("Diese Person können Sie nicht ändern");
        if (email is not null) await outbox.TryAgainAsync(email, ct);
        return person;
    }
}
