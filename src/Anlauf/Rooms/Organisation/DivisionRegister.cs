using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Organisation;

/// <summary>Reads the tree of divisions, their bodies, offices and who holds them.</summary>
public sealed class DivisionRegister(Db db)
{
    /// <param name="Depth">Steps below the uppermost division.</param>
    /// <param name="Offices">Offices that exist; <paramref name="Vacant"/> of them are held by nobody today.</param>
    /// <param name="Below">Divisions directly below, where they were counted.</param>
    public sealed record Row(int Id, int? ParentId, string Kind, string Name, string ShortName, string Slug, int Depth, int Offices, int Vacant, string[] Areas, int Below)
    {
        /// <summary>Those below stand in the list too.</summary>
        public bool Open { get; init; }
    }
    public sealed record Detail(int Id, int? ParentId, string Kind, string Name, string ShortName, string Slug, DateOnly? FoundedOn, DateOnly? DissolvedOn, bool MayEdit, string? SeatAgs, string? Seat, string[] AreaKeys, string[] Areas);
    public sealed record Body(int Id, string Kind, string Name, string? NameGenitive, string Slug, int? CurrentTerm, int? MinimumSize, int? MaximumSize, int Members);
    public sealed record Office(int Id, string Name, int? BodyId, string? Body, string? RoleId, string? Role, bool Voting, int? HoldingId, int? PersonId, string? Person, DateOnly? ValidFrom, DateOnly? ValidTo);
    public sealed record Entry(DateTime At, string Sentence, string? Who);

    private const string Today = "current_date between h.valid_from and coalesce(h.valid_to, 'infinity'::date)";

    /// <summary>The whole tree, each division directly after the one above it.</summary>
    public Task<IReadOnlyList<Row>> TreeAsync(CancellationToken ct = default) => db.QueryAsync<Row>($"""
        with recursive tree as (
          select d.id, d.parent_id, d.kind, d.name, d.short_name, d.slug, 0 as depth, array[d.name collate "de-x-icu"] as path from organisation.division d where d.parent_id is null and d.dissolved_on is null
          union all
          select d.id, d.parent_id, d.kind, d.name, d.short_name, d.slug, t.depth + 1, t.path || (d.name collate "de-x-icu") from organisation.division d join tree t on t.id = d.parent_id where d.dissolved_on is null),
        office as (
          select o.division_id, count(*)::int as offices, count(*) filter (where not exists (select from organisation.office_holding h where h.office_id = o.id and {Today}))::int as vacant
          from organisation.office o group by 1)
        select t.id, t.parent_id, t.kind, t.name, t.short_name, t.slug, t.depth, coalesce(o.offices, 0) as offices, coalesce(o.vacant, 0) as vacant,
          array(select a.area_key from organisation.division_area a where a.division_id = t.id order by 1) as areas, 0 as below
        from tree t left join office o on o.division_id = t.id order by t.path
        """, ct: ct);

    /// <summary>How many divisions there are in the tree, and how many offices are held by nobody today.</summary>
    public async Task<(int Divisions, int Vacant)> SizeAsync(CancellationToken ct = default) => await db.SingleAsync<(int, int)>($"""
        with recursive tree as (
          select d.id from organisation.division d where d.parent_id is null and d.dissolved_on is null
          union all select d.id from organisation.division d join tree t on t.id = d.parent_id where d.dissolved_on is null)
        select (select count(*)::int from tree), (select count(*)::int from organisation.office o where o.division_id in (select t.id from tree t) and not exists (select from organisation.office_holding h where h.office_id = o.id and {Today}))
        """, ct: ct);

    /// <summary>Those directly below a division, by name; with null the uppermost.</summary>
    public Task<IReadOnlyList<Row>> BelowAsync(int? parent, int depth = 0, CancellationToken ct = default) => db.QueryAsync<Row>($"""
        select d.id, d.parent_id, d.kind, d.name, d.short_name, d.slug, @depth as depth, o.offices, o.vacant, array(select a.area_key from organisation.division_area a where a.division_id = d.id order by 1) as areas,
          (select count(*)::int from organisation.division x where x.parent_id = d.id and x.dissolved_on is null) as below
        from organisation.division d cross join lateral (
          select count(*)::int as offices, (count(*) filter (where not exists (select from organisation.office_holding h where h.office_id = o.id and {Today})))::int as vacant from organisation.office o where o.division_id = d.id) o
        where d.dissolved_on is null and {(parent is null ? "d.parent_id is null" : "d.parent_id = @parent")} order by d.name collate "de-x-icu", d.id
        """, new { parent, depth }, ct);

    /// <summary>The tree of a large association: open is the way to one division, and the uppermost where there is one.</summary>
    /// <param name="slug">The division that is opened; null is none.</param>
    public async Task<IReadOnlyList<Row>> OpenedAsync(string? slug, CancellationToken ct = default)
    {
        var open = slug is null ? [] : (await db.QueryAsync<int>("select c.ancestor_id from organisation.division d join organisation.division_closure c on c.descendant_id = d.id where d.slug = @slug", new { slug }, ct)).ToHashSet();
        var shown = new List<Row>();
        await AddAsync(null, 0);
        return shown;

        async Task AddAsync(int? parent, int depth)
        {
            var level = await BelowAsync(parent, depth, ct);
            foreach (var row in level)
            {
                var opened = row.Below > 0 && (depth == 0 && level.Count == 1 || open.Contains(row.Id));
                shown.Add(row with { Open = opened });
                if (opened) await AddAsync(row.Id, depth + 1);
            }
        }
    }

    public Task<Detail?> FindAsync(string slug, CancellationToken ct = default) => db.SingleAsync<Detail>("""
        select d.id, d.parent_id, d.kind, d.name, d.short_name, d.slug, d.founded_on, d.dissolved_on,
          d.id = any ((select access.editable_divisions('P1', 'organisation'))::integer[]) as may_edit, d.seat_ags, (select short_name from territory.municipality where ags = d.seat_ags) as seat,
          array(select a.area_key from organisation.division_area a where a.division_id = d.id order by 1) as area_keys,
          array(select coalesce(s.name, k.name, m.name) from organisation.division_area a left join territory.state s on s.key = a.area_key left join territory.district k on k.key = a.area_key and k.valid_to is null
            left join territory.current_municipality m on m.ags = a.area_key where a.division_id = d.id order by a.area_key) as areas
        from organisation.division d where d.slug = @slug
        """, new { slug }, ct);

    /// <summary>Divisions above, uppermost first.</summary>
    public Task<IReadOnlyList<(string Name, string Slug)>> AboveAsync(int id, CancellationToken ct = default) => db.QueryAsync<(string, string)>(
        "select d.short_name, d.slug from organisation.division_closure c join organisation.division d on d.id = c.ancestor_id where c.descendant_id = @id and c.depth > 0 order by c.depth desc", new { id }, ct);

    public Task<IReadOnlyList<Body>> BodiesAsync(int division, CancellationToken ct = default) => db.QueryAsync<Body>($"""
        select b.id, b.kind, b.name, b.name_genitive, b.slug, b.current_term, b.minimum_size, b.maximum_size,
          (select count(distinct h.person_id)::int from organisation.office o join organisation.office_holding h on h.office_id = o.id and {Today} where o.body_id = b.id and o.voting) as members
        from organisation.body b where b.division_id = @division order by b.id
        """, new { division }, ct);

    /// <summary>Offices with whoever holds them today or will; a vacant office has one row without a person.</summary>
    public Task<IReadOnlyList<Office>> OfficesAsync(int division, CancellationToken ct = default) => db.QueryAsync<Office>("""
        select o.id, o.name, o.body_id, b.name as body, o.role_id, r.name as role, o.voting, h.id as holding_id, h.person_id, p.name as person, h.valid_from, h.valid_to
        from organisation.office o left join organisation.body b on b.id = o.body_id left join access.role r on r.id = o.role_id
        left join organisation.office_holding h on h.office_id = o.id and coalesce(h.valid_to, 'infinity'::date) >= current_date
        left join organisation.officer p on p.person_id = h.person_id
        where o.division_id = @division order by o.sort, o.id, h.valid_from
        """, new { division }, ct);

    /// <summary>Who held which office before.</summary>
    public Task<IReadOnlyList<Office>> FormerAsync(int division, CancellationToken ct = default) => db.QueryAsync<Office>("""
        select o.id, o.name, o.body_id, b.name as body, o.role_id, null::text as role, o.voting, h.id as holding_id, h.person_id, p.name as person, h.valid_from, h.valid_to
        from organisation.office o left join organisation.body b on b.id = o.body_id join organisation.office_holding h on h.office_id = o.id and h.valid_to < current_date
        join organisation.officer p on p.person_id = h.person_id where o.division_id = @division order by h.valid_to desc limit 50
        """, new { division }, ct);

    public Task<IReadOnlyList<Entry>> HistoryAsync(int division, CancellationToken ct = default) => db.QueryAsync<Entry>("""
        select h.at, h.sentence, p.name as who from organisation.history h left join organisation.officer p on p.person_id = h.person_id where h.division_id = @division order by h.at desc, h.id desc limit 20
        """, new { division }, ct);

    /// <summary>Divisions the acting person may change.</summary>
    public Task<IReadOnlyList<(int Id, string Name)>> EditableAsync(CancellationToken ct = default) => db.QueryAsync<(int, string)>(
        "select id, name from organisation.division where dissolved_on is null and id = any ((select access.editable_divisions('P1', 'organisation'))::integer[]) order by parent_id nulls first, name collate \"de-x-icu\"", ct: ct);
}
