using Anlauf.Platform.Database;

namespace Anlauf.Rooms.SelfService.Own;

/// <summary>Reads what is kept about the acting person, as far as they keep it themselves.</summary>
public sealed class OwnData(Db db)
{
    /// <param name="MayContact">False after an objection.</param>
    public sealed record Me(int Id, string Name, int DivisionId, string Division, string? Email, string? Phone, bool MayContact);
    /// <summary>To whom the person is entrusted; without a name it is the division as a whole.</summary>
    public sealed record Carer(string? Name, string Because, string Division, DateOnly Since);
    /// <summary>A request at the privacy desk that is not answered.</summary>
    public sealed record Asked(string Kind, DateOnly ReceivedOn, DateOnly Due);
    /// <param name="To">Division that would be in charge; null outside of the association.</param>
    public sealed record Proposal(string? To, DateOnly ProposedOn);
    /// <summary>Club, initiative or union; shown to others only where the person wants it.</summary>
    public sealed record Tie(int Id, string Name, bool Shown);
    /// <summary>A change in words.</summary>
    public sealed record Entry(DateTime At, string Sentence);

    /// <summary>Name and ways of contact; null where nobody acts.</summary>
    public Task<Me?> FindAsync(int person, CancellationToken ct = default) => db.SingleAsync<Me>("""
        select p.id, concat_ws(' ', nullif(p.title, ''), p.given_name, p.family_name) as name, p.division_id, d.name as division, p.email, p.phone, privacy.may_contact(p.id) as may_contact
        from organisation.person p join organisation.division d on d.id = p.division_id where p.id = @person
        """, new { person }, ct);

    /// <summary>Who cares for the person.</summary>
    public Task<IReadOnlyList<Carer>> CarersAsync(CancellationToken ct = default) => db.QueryAsync<Carer>("select nullif(name, '') as name, because, division, since from selfservice.carers()", ct: ct);

    /// <summary>Open requests at the privacy desk.</summary>
    public Task<IReadOnlyList<Asked>> AskedAsync(CancellationToken ct = default) => db.QueryAsync<Asked>("select kind, received_on, due from privacy.my_requests()", ct: ct);

    /// <summary>A move that was reported and nobody has decided about.</summary>
    public Task<Proposal?> ProposalAsync(int person, CancellationToken ct = default) => db.SingleAsync<Proposal>("""
        select d.name as to, m.proposed_on from selfservice.move_proposal m left join organisation.division d on d.id = m.to_division_id where m.person_id = @person and m.decided_on is null
        """, new { person }, ct);

    /// <summary>Clubs and unions the person has entered.</summary>
    public Task<IReadOnlyList<Tie>> TiesAsync(int person, CancellationToken ct = default) => db.QueryAsync<Tie>("select id, name, shown from members.tie where person_id = @person order by name collate \"de-x-icu\"", new { person }, ct);

    /// <summary>What changed, latest first.</summary>
    public Task<IReadOnlyList<Entry>> HistoryAsync(int person, CancellationToken ct = default) => db.QueryAsync<Entry>("select at, sentence from organisation.person_history where person_id = @person order by at desc, id desc limit 20", new { person }, ct);
}
