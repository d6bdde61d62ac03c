using Anlauf.Platform;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.SelfService;

/// <summary>Moves that people have reported themselves, and the decision of whoever keeps the membership.</summary>
public sealed class DecideMove(Db db)
{
    /// <param name="To">Division that would be in charge; null outside of the association.</param>
    public sealed record Row(int Id, int PersonId, string Name, string From, string? To, string? Place, DateOnly ProposedOn);

    /// <summary>Reported moves of one's divisions, the oldest first.</summary>
    public Task<IReadOnlyList<Row>> ListAsync(CancellationToken ct = default) => db.QueryAsync<Row>("""
        select m.id, m.person_id, concat_ws(' ', p.given_name, p.family_name) as name, f.short_name as from, t.name as to, a.short_name as place, m.proposed_on
        from selfservice.move_proposal m join organisation.person p on p.id = m.person_id join organisation.division f on f.id = m.from_division_id
        left join organisation.division t on t.id = m.to_division_id left join territory.municipality a on a.ags = m.area_key
        where m.decided_on is null and members.divisions_of(m.person_id) = any ((select access.divisions_for('P2', 'membership', 'edit'))::integer[]) order by m.proposed_on, m.id limit 200
        """, ct: ct);

    /// <summary>The membership moves along, or stays; gives what else it changed, in words.</summary>
    public async Task<Outcome<string>> HandleAsync(int id, bool accept, CancellationToken ct = default) =>
        await db.ScalarAsync<string>("select selfservice.decide_move(@id, @accept)", new { id, accept }, ct) is { } said ? said : new Refusal("Über diesen Umzug ist schon entschieden");
}
