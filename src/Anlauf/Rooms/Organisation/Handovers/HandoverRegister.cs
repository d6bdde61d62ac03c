using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Organisation.Handovers;

/// <summary>Handovers of offices, and the terms that end soon.</summary>
public sealed class HandoverRegister(Db db)
{
    /// <param name="Open">Points of the list that nobody has ticked.</param>
    /// <param name="MayKeep">The acting person may complete or stop it.</param>
    public sealed record Row(int Id, int HoldingId, string Office, string? Email, string Division, string Slug, string Giver, string Taker, DateOnly SwitchOn, DateOnly? JointTo, DateOnly? TermTo, DateTime? DoneAt, int Open, bool MayKeep, bool MayTick);
    public sealed record Item(int Id, string Title, DateTime? DoneAt, string? DoneBy);
    /// <param name="Successor">Somebody takes the office after that day, or a handover is under way.</param>
    public sealed record Ending(int HoldingId, string Office, string Division, string Slug, string Person, DateOnly ValidTo, bool Successor, int? HandoverId, bool MayKeep);

    private const string Rows = """
        select x.id, x.holding_id, o.name as office, o.email, d.short_name as division, d.slug, coalesce(p.name, '') as giver, coalesce(q.name, '') as taker, x.switch_on, x.joint_to, x.term_to, x.done_at,
          (select count(*)::int from organisation.handover_item i where i.handover_id = x.id and i.done_at is null) as open,
          coalesce(o.division_id = any ((select access.editable_divisions('P1', 'organisation'))::integer[]), false) as may_keep,
          coalesce(access.person_id() in (x.person_id, h.person_id) or o.division_id = any ((select access.editable_divisions('P1', 'organisation'))::integer[]), false) as may_tick
        from organisation.handover x join organisation.office_holding h on h.id = x.holding_id join organisation.office o on o.id = h.office_id join organisation.division d on d.id = o.division_id
        left join organisation.officer p on p.person_id = h.person_id left join organisation.officer q on q.person_id = x.person_id
        """;

    /// <summary>Those that are open, the earliest switch first.</summary>
    public Task<IReadOnlyList<Row>> OpenAsync(CancellationToken ct = default) => db.QueryAsync<Row>(Rows + " where x.done_at is null order by x.switch_on, x.id", ct: ct);

    public Task<Row?> FindAsync(int id, CancellationToken ct = default) => db.SingleAsync<Row>(Rows + " where x.id = @id", new { id }, ct);

    public Task<IReadOnlyList<Item>> ItemsAsync(int handover, CancellationToken ct = default) => db.QueryAsync<Item>("""
        select i.id, i.title, i.done_at, p.name as done_by from organisation.handover_item i left join organisation.officer p on p.person_id = i.done_by where i.handover_id = @handover order by i.id
        """, new { handover }, ct);

    /// <summary>Terms that end within 60 days, of divisions whose offices the acting person keeps and of themself.</summary>
    public Task<IReadOnlyList<Ending>> EndingAsync(CancellationToken ct = default) => db.QueryAsync<Ending>("""
        select h.id as holding_id, o.name as office, d.short_name as division, d.slug, coalesce(p.name, '') as person, h.valid_to,
          x.id is not null or exists (select from organisation.office_holding n where n.office_id = h.office_id and n.id <> h.id and n.valid_from <= h.valid_to + 1 and coalesce(n.valid_to, 'infinity'::date) > h.valid_to) as successor, x.id as handover_id,
          coalesce(o.division_id = any ((select access.editable_divisions('P1', 'organisation'))::integer[]), false) as may_keep
        from organisation.office_holding h join organisation.office o on o.id = h.office_id join organisation.division d on d.id = o.division_id left join organisation.officer p on p.person_id = h.person_id
        left join organisation.handover x on x.holding_id = h.id and x.done_at is null
        where h.valid_to between current_date and current_date + 60 and h.valid_from <= current_date
          and (h.person_id = access.person_id() or o.division_id = any ((select access.editable_divisions('P1', 'organisation'))::integer[]))
        order by h.valid_to, d.short_name collate "de-x-icu", o.sort, h.id limit 200
        """, ct: ct);
}
