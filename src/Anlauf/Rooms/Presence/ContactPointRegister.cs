using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Presence;

/// <summary>Reads the register of contact points.</summary>
public sealed class ContactPointRegister(Db db)
{
    public sealed record Row(int Id, string Name, string Slug, string Kind, bool Counts, string Ags, string Municipality, string District, string Division, string? Opening, decimal? HoursPerWeek,
        string? Responsible, DateOnly OpenedOn, DateOnly? ClosedOn, string? Address, string? Operator, string? FundingNote, string? ClosingReason, int DivisionId, string KindId, bool MayEdit);
    public sealed record Choice(string Id, string Name);
    public sealed record Kind(string Id, string Name, bool Counts);

    private const string Fields = """
        select p.id, p.name, p.slug, k.name as kind, k.counts_as_contact_point as counts, p.ags, m.short_name as municipality, t.label as district, d.short_name as division, p.opening, p.hours_per_week,
          p.responsible, p.opened_on, p.closed_on, p.address, p.operator, p.funding_note, p.closing_reason, p.division_id, p.kind_id, p.division_id = any ((select access.editable_divisions('P1', 'presence'))::integer[]) as may_edit
        from presence.contact_point p join presence.contact_point_kind k on k.id = p.kind_id join territory.municipality m on m.ags = p.ags left join territory.district t on t.key = m.district_key
        join organisation.division d on d.id = p.division_id
        """;

    public Task<IReadOnlyList<Row>> ListAsync(string areaKey = "", CancellationToken ct = default) =>
        db.QueryAsync<Row>(Fields + " where p.ags like @areaKey || '%' order by p.closed_on is not null, t.name collate \"de-x-icu\", p.name collate \"de-x-icu\"", new { areaKey }, ct);

    public Task<Row?> FindAsync(string slug, CancellationToken ct = default) => db.SingleAsync<Row>(Fields + " where p.slug = @slug", new { slug }, ct);

    public Task<IReadOnlyList<Kind>> KindsAsync(CancellationToken ct = default) => db.QueryAsync<Kind>("select id, name, counts_as_contact_point as counts from presence.contact_point_kind order by sort, name", ct: ct);

    public Task<IReadOnlyList<Choice>> DivisionsAsync(CancellationToken ct = default) => db.QueryAsync<Choice>(
        "select id::text, name from organisation.division where id = any ((select access.editable_divisions('P1', 'presence'))::integer[]) order by parent_id nulls first, name collate \"de-x-icu\"", ct: ct);
}
