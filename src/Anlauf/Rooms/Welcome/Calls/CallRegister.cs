using System.Globalization;
using Anlauf.Platform.Audit;
using Anlauf.Platform.Database;
using Anlauf.Platform.Secrets;
using Anlauf.Rooms.Organisation.Persons;
using Anlauf.Rooms.Welcome.Arrivals;

namespace Anlauf.Rooms.Welcome.Calls;

/// <summary>Whom the acting person calls next, and what is known from earlier calls. Objections are honoured here, in the one query behind every list.</summary>
public sealed class CallRegister(Db db, ArrivalRegister arrivals, FieldCipher cipher, AuditLog audit, Actor actor)
{
    /// <summary>How somebody is reached, and what is owed in the waiting period.</summary>
    public sealed record Reach(string? Phone, string? Email, DateOnly? EffectiveOn, string State, bool MayWork, string MayCall)
    {
        /// <summary>What a call rests on.</summary>
        public CallBasis Call => new(MayCall);
    }
    /// <param name="MayUndo">The acting person noted it just now and may take it back.</param>
    public sealed record Call(Guid Id, DateTime At, string Outcome, DateOnly? NextOn, string? By, bool MayUndo)
    {
        /// <summary>In the clear; null where there is none or it is not for the acting person.</summary>
        public string? Note { get; init; }
    }
    public sealed record Duty(string Id, DateOnly? DoneOn);
    /// <summary>Something to take part in: meeting, point, group, task or online.</summary>
    /// <param name="Fits">Interests and skills of the person that it fits.</param>
    public sealed record Offer(string Kind, string Title, DateOnly? OnDay, string? Place, double? Km, string[] Fits, string? Href);
    /// <param name="Open">Arrivals entrusted today.</param>
    /// <param name="Capacity">As many as she takes at once.</param>
    public sealed record Taker(int Id, string Name, string Division, int Open, int Capacity)
    {
        /// <summary>„Ruth Absatz, KV Mittelsachsen (4 von 30)“.</summary>
        public string Words => $"{Name}, {Division} ({Open} von {Capacity})";
    }
    private sealed record Stored(Guid CallId, byte[] Note);

    /// <summary>Those to call today, as <c>welcome.waiting()</c> decides; the longest broken promise first, whoever was called today last. At most so many: nobody calls a thousand.</summary>
    public async Task<IReadOnlyList<Arrival>> ListAsync(int most = int.MaxValue, CancellationToken ct = default)
    {
        var wanted = await db.QueryAsync<int>("""
            select w.arrival_id from welcome.waiting() w join welcome.arrival a on a.id = w.arrival_id where w.not_before is null order by w.called_today, w.promised_on, a.received_on, a.id limit @most
            """, new { most }, ct);
        var found = (await arrivals.OpenAsync(wanted, ct)).ToDictionary(a => a.Id);
        return [.. wanted.Where(found.ContainsKey).Select(id => found[id])];
    }

    /// <summary>One arrival; null where the acting person does not see it.</summary>
    public Task<Arrival?> FindAsync(int id, CancellationToken ct = default) => arrivals.FindAsync(id, ct);

    /// <summary>How to reach the person.</summary>
    public Task<Reach?> ReachAsync(int id, CancellationToken ct = default) => db.SingleAsync<Reach>("""
        select p.phone, p.email, a.effective_on, m.state, welcome.mine(a.id) as may_work, members.call_basis(a.person_id) as may_call from welcome.arrival a join organisation.person p on p.id = a.person_id left join members.party_membership m on m.id = a.membership_id where a.id = @id
        """, new { id }, ct);

    /// <summary>Earlier calls, latest first, with the notes that are for the acting person; reading notes is written to the log.</summary>
    public async Task<IReadOnlyList<Call>> CallsAsync(Arrival of, CancellationToken ct = default)
    {
        var calls = await db.QueryAsync<Call>("""
            select c.id, c.at, c.outcome, c.next_on, coalesce((select n.name from welcome.named_contact n where n.person_id = c.by_person_id), (select o.name from organisation.officer o where o.person_id = c.by_person_id)) as by, welcome.may_undo(c.id) as may_undo
            from welcome.call c where c.arrival_id = @Id order by c.at desc, c.number desc limit 50
            """, new { of.Id }, ct);
        return await WithNotesAsync(calls, of.PersonId, ct);
    }

    private async Task<IReadOnlyList<Call>> WithNotesAsync(IReadOnlyList<Call> calls, int person, CancellationToken ct)
    {
        var notes = await db.QueryAsync<Stored>("select n.call_id, n.note from welcome.care_note n where n.call_id = any (@ids)", new { ids = calls.Select(c => c.Id).ToArray() }, ct);
        if (notes.Count == 0) return calls;
        await audit.ReadAsync("welcome.care_note", person.ToString(CultureInfo.InvariantCulture), person, null, ct);
        var byCall = notes.ToDictionary(n => n.CallId, n => cipher.Decrypt(n.Note, NoteCall.NoteColumn, n.CallId.ToString()));
        return [.. calls.Select(c => c with { Note = byCall.GetValueOrDefault(c.Id) })];
    }

    /// <summary>Calls to somebody, latest first, with the notes that are for the acting person; those of an arrival as far as the acting person sees it.</summary>
    public async Task<IReadOnlyList<Call>> CallsToAsync(int person, CancellationToken ct = default) => await WithNotesAsync(await db.QueryAsync<Call>("""
        select c.id, c.at, c.outcome, c.next_on, coalesce((select n.name from welcome.named_contact n where n.person_id = c.by_person_id), (select o.name from organisation.officer o where o.person_id = c.by_person_id)) as by, welcome.may_undo(c.id) as may_undo
        from welcome.call c where c.person_id = @person order by c.at desc, c.number desc limit 10
        """, new { person }, ct), person, ct);

    /// <summary>Whether somebody is arriving, for the acting person: then their calls are noted there.</summary>
    public Task<bool> IsArrivingAsync(int person, CancellationToken ct = default) => db.ScalarAsync<bool>("select exists (select from welcome.arrival a where a.person_id = @person and a.closed_on is null)", new { person }, ct);

    /// <summary>What is owed before the membership is effective (H4).</summary>
    public Task<IReadOnlyList<Duty>> DutiesAsync(int id, CancellationToken ct = default) =>
        db.QueryAsync<Duty>("select duty as id, done_on from welcome.duty where arrival_id = @id order by duty", new { id }, ct);

    /// <summary>What somebody new may come to, near by or online, what fits first (H6).</summary>
    public Task<IReadOnlyList<Offer>> OffersAsync(int id, CancellationToken ct = default) => db.QueryAsync<Offer>("select kind, title, on_day, place, km, fits, href from welcome.offers(@id)", new { id }, ct);

    /// <summary>The same for the acting person.</summary>
    public Task<IReadOnlyList<Offer>> OffersForMeAsync(CancellationToken ct = default) => db.QueryAsync<Offer>("select kind, title, on_day, place, km, fits, href from welcome.offers_for_me()", ct: ct);

    /// <summary>Ticks a duty of the waiting period; false where it is not the acting person's.</summary>
    public async Task<bool> TickAsync(int arrival, string duty, DateOnly today, CancellationToken ct = default) => await db.ExecuteAsync("""
        update welcome.duty set done_on = @today, done_by = @by where arrival_id = @arrival and duty = @duty and done_on is null
        """, new { arrival, duty, today, by = actor.PersonId }, ct) == 1;

    /// <summary>Contacts to whom all of the acting person's arrivals may go.</summary>
    public Task<IReadOnlyList<Taker>> TakersAsync(CancellationToken ct = default) => db.QueryAsync<Taker>("""
        select person_id as id, name, division, open, capacity from welcome.takers() order by division collate "de-x-icu", name collate "de-x-icu"
        """, ct: ct);

    /// <summary>Gives all open arrivals of one contact to another; how many went over.</summary>
    public Task<int> HandOverAsync(int giver, int taker, CancellationToken ct = default) => db.ScalarAsync<int>("select welcome.hand_over(@giver, @taker)", new { giver, taker }, ct);
}
