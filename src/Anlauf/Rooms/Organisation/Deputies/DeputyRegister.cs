using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Organisation.Deputies;

/// <summary>Who stands in for whom, as far as the acting person may know.</summary>
public sealed class DeputyRegister(Db db)
{
    /// <param name="MayEnd">The acting person named the deputy or administers the office.</param>
    public sealed record Row(int Id, string Office, string Division, string Holder, int HolderId, string Deputy, int DeputyId, DateOnly ValidFrom, DateOnly ValidTo, bool WithExport, bool MayEnd);
    public sealed record Holding(int Id, string Name);

    /// <summary>Running and coming ones, those of the acting person first.</summary>
    public Task<IReadOnlyList<Row>> ListAsync(CancellationToken ct = default) => db.QueryAsync<Row>("""
        select g.id, o.name as office, d.short_name as division, coalesce(p.name, '') as holder, h.person_id as holder_id, coalesce(q.name, '') as deputy, g.person_id as deputy_id, g.valid_from, g.valid_to, g.with_export,
          coalesce(h.person_id = access.person_id() or o.division_id = any ((select access.divisions_for('P1', 'organisation', 'administer'))::integer[]), false) as may_end
        from organisation.delegation g join organisation.office_holding h on h.id = g.holding_id join organisation.office o on o.id = h.office_id join organisation.division d on d.id = o.division_id
        left join organisation.officer p on p.person_id = h.person_id left join organisation.officer q on q.person_id = g.person_id
        where g.valid_to >= current_date order by (access.person_id() in (h.person_id, g.person_id)) desc, g.valid_to, g.id
        """, ct: ct);

    /// <summary>Offices with a role that the acting person holds today, or administers where <paramref name="holding"/> names one.</summary>
    public Task<IReadOnlyList<Holding>> HoldingsAsync(int? holding, CancellationToken ct = default) => db.QueryAsync<Holding>("""
        select h.id, o.name || ', ' || d.short_name || case when h.person_id = access.person_id() then '' else ' (' || p.name || ')' end as name
        from organisation.office_holding h join organisation.office o on o.id = h.office_id join organisation.division d on d.id = o.division_id join organisation.officer p on p.person_id = h.person_id
        where o.role_id is not null and current_date between h.valid_from and coalesce(h.valid_to, 'infinity'::date)
          and (h.person_id = access.person_id() or (h.id = @holding and o.division_id = any ((select access.divisions_for('P1', 'organisation', 'administer'))::integer[])))
        order by h.id
        """, new { holding }, ct);

    /// <summary>Who may be named: people with an office in the same association, with the office beside the name. Of more than 500 those whose offices are nearest.</summary>
    public Task<IReadOnlyList<Holding>> CandidatesAsync(IReadOnlyList<int> holdings, CancellationToken ct = default) => db.QueryAsync<Holding>("""
        with near as materialized (
          select mine.person_id as holder, down.descendant_id as division_id, min(up.depth + down.depth) as steps from organisation.office_holding mine join organisation.office mo on mo.id = mine.office_id
            join organisation.division_closure up on up.descendant_id = mo.division_id join organisation.division_closure down on down.ancestor_id = up.ancestor_id where mine.id = any (@holdings) group by 1, 2),
        held as materialized (
          select h.person_id, o.name, o.division_id, n.steps from near n join organisation.office o on o.division_id = n.division_id join organisation.office_holding h on h.office_id = o.id and h.person_id <> n.holder
            where current_date between h.valid_from and coalesce(h.valid_to, 'infinity'::date) and h.person_id is distinct from (select access.person_id())),
        nearest as materialized (select person_id from held group by person_id order by min(steps), person_id limit 500)
        select p.person_id as id, p.name || ' (' || string_agg(distinct h.name || ', ' || d.short_name, '; ') || ')' as name
        from nearest x join held h on h.person_id = x.person_id join organisation.division d on d.id = h.division_id join organisation.officer p on p.person_id = x.person_id
        group by p.person_id, p.name, p.family_name, p.given_name order by p.family_name collate "de-x-icu", p.given_name collate "de-x-icu"
        """, new { holdings }, ct);
}
