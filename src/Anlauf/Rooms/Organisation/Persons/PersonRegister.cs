using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Organisation.Persons;

/// <summary>Reads the register of persons, as far as the acting person reaches.</summary>
public sealed class PersonRegister(Db db)
{
    /// <param name="Offices">„Kreisvorsitz, KV Mittelsachsen“, those held today.</param>
    public sealed record Row(int Id, string Name, int DivisionId, string Division, string? Email, string? Phone, string[] Offices);
    public sealed record Detail(int Id, string Title, string GivenName, string FamilyName, int DivisionId, string Division, string DivisionSlug, string? Email, string? Phone, bool MayEdit)
    {
        public string Name => string.Join(' ', new[] { Title, GivenName, FamilyName }.Where(p => p.Length > 0));
    }
    public sealed record Holding(string Office, string Division, string Slug, DateOnly ValidFrom, DateOnly? ValidTo);
    public sealed record Entry(DateTime At, string Sentence, string? Who);

    private const string Offices = """
        array(select o.name || ', ' || od.short_name from organisation.office_holding h join organisation.office o on o.id = h.office_id join organisation.division od on od.id = o.division_id
          where h.person_id = p.id and current_date between h.valid_from and coalesce(h.valid_to, 'infinity'::date) order by o.sort, o.id) as offices
        """;

    /// <summary>Persons whose name holds every word of <paramref name="search"/>; all of them where it is empty.</summary>
    public Task<IReadOnlyList<Row>> ListAsync(string search, int offset, int limit, CancellationToken ct = default) => db.QueryAsync<Row>($"""
        select p.id, concat_ws(' ', nullif(p.title, ''), p.given_name, p.family_name) as name, p.division_id, d.short_name as division, p.email, p.phone, {Offices}
        from organisation.person p join organisation.division d on d.id = p.division_id
        where {Filter(search)}
        order by p.family_name collate "de-x-icu", p.given_name collate "de-x-icu", p.id offset @offset limit @limit
        """, new { search, offset, limit }, ct);

    /// <summary>How many there are.</summary>
    public Task<int> CountAsync(string search, CancellationToken ct = default) =>
        db.ScalarAsync<int>($"select count(*)::int from organisation.person p where {Filter(search)}", new { search }, ct);

    // without words the row policy alone decides, and the order's index serves the page
    private static string Filter(string search) => string.IsNullOrWhiteSpace(search) ? "true" : "p.id in (select organisation.find_persons(@search))";

    public Task<Detail?> FindAsync(int id, CancellationToken ct = default) => db.SingleAsync<Detail>("""
        select p.id, p.title, p.given_name, p.family_name, p.division_id, d.name as division, d.slug as division_slug, p.email, p.phone,
          coalesce(p.division_id = any ((select access.editable_divisions('P2', 'people'))::integer[]), false) as may_edit
        from organisation.person p join organisation.division d on d.id = p.division_id where p.id = @id
        """, new { id }, ct);

    /// <summary>Offices held now, before and later, latest first.</summary>
    public Task<IReadOnlyList<Holding>> HoldingsAsync(int person, CancellationToken ct = default) => db.QueryAsync<Holding>("""
        select o.name as office, d.short_name as division, d.slug, h.valid_from, h.valid_to
        from organisation.office_holding h join organisation.office o on o.id = h.office_id join organisation.division d on d.id = o.division_id
        where h.person_id = @person order by h.valid_from desc, h.id desc
        """, new { person }, ct);

    public Task<IReadOnlyList<Entry>> HistoryAsync(int person, CancellationToken ct = default) => db.QueryAsync<Entry>("""
        select h.at, h.sentence, o.name as who from organisation.person_history h left join organisation.officer o on o.person_id = h.by_person_id where h.person_id = @person order by h.at desc, h.id desc limit 50
        """, new { person }, ct);

    /// <summary>Divisions in which the acting person may keep persons.</summary>
    public Task<IReadOnlyList<(int Id, string Name)>> DivisionsAsync(CancellationToken ct = default) => db.QueryAsync<(int, string)>("""
        select id, name from organisation.division where dissolved_on is null and id = any ((select access.editable_divisions('P2', 'people'))::integer[]) order by parent_id nulls first, name collate "de-x-icu"
        """, ct: ct);
}
