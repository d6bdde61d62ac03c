using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Organisation.Persons;

/// <summary>Reads the register of persons, as far as the acting person reaches.</summary>
public sealed class PersonRegister(Db db)
{
    /// <param name="Offices">„Kreisvorsitz, KV Mittelsachsen“, those held today.</param>
    public sealed record Row(int Id, string Name, int DivisionId, string Division, string? Email, string? Phone, string MayCall, string[] Offices)
    {
        /// <summary>What a call rests on.</summary>
        public CallBasis Call => new(MayCall);
    }
    public sealed record Detail(int Id, string Title, string GivenName, string FamilyName, int DivisionId, string Division, string DivisionSlug, string? Email, string? Phone, string MayCall, bool MayEdit)
    {
        /// <summary>What a call rests on.</summary>
        public CallBasis Call => new(MayCall);
        public string Name => string.Join(' ', new[] { Title, GivenName, FamilyName }.Where(p => p.Length > 0));
    }
    public sealed record Holding(string Office, string Division, string Slug, DateOnly ValidFrom, DateOnly? ValidTo);
    public sealed record Entry(DateTime At, string Sentence, string? Who);

    private const string Offices = """
        array(select o.name || ', ' || od.short_name from organisation.office_holding h join organisation.office o on o.id = h.office_id join organisation.division od on od.id = o.division_id
          where h.person_id = p.id and current_date between h.valid_from and coalesce(h.valid_to, 'infinity'::date) order by o.sort, o.id) as offices
        """;

    /// <param name="Search">Words that the name holds, all of them; everybody where it is empty.</param>
    /// <param name="Division">Only this division and those below it.</param>
    public sealed record Filter(string Search = "", int? Division = null);

    /// <summary>Columns to sort by.</summary>
    public static IReadOnlyCollection<string> SortColumns { get; } = ["name", "gliederung"];

    /// <summary>Counting ends here, with a name at a tenth of it; a list that is longer needs a filter, not more pages.</summary>
    public const int CountedUpTo = 10_000;

    /// <summary>A page of the register.</summary>
    /// <param name="Total">How many there are, or how far they were counted.</param>
    /// <param name="Exact">False where there are more than were counted.</param>
    public sealed record Page(IReadOnlyList<Row> Rows, int Total, bool Exact);

    private sealed record Found
    {
        public int Total { get; init; }
        public bool Exact { get; init; }
        public int[] Ids { get; init; } = [];
    }

    /// <summary>One page, and how many there are. The function finds the ids within reach, the policy decides about them once more.</summary>
    public async Task<Page> PageAsync(Filter filter, string sort, bool descending, int offset, int limit, CancellationToken ct = default)
    {
        var found = await db.SingleAsync<Found>("select total, exact, ids from organisation.page_of_persons(@Search, @Division, @sort, @descending, @offset, @limit)",
            new { filter.Search, filter.Division, sort, descending, offset, limit }, ct);
        if (found is not { Ids.Length: > 0 }) return new([], found?.Total ?? 0, found?.Exact ?? true);
        return new(await db.QueryAsync<Row>($"""
            select p.id, concat_ws(' ', nullif(p.title, ''), p.given_name, p.family_name) as name, p.division_id, d.short_name as division, p.email, p.phone, members.call_basis(p.id) as may_call, {Offices}
            from organisation.person p join organisation.division d on d.id = p.division_id where p.id = any (@Ids) order by array_position(@Ids, p.id)
            """, new { found.Ids }, ct), found.Total, found.Exact);
    }

    /// <summary>The rows of one page alone.</summary>
    public async Task<IReadOnlyList<Row>> ListAsync(Filter filter, string sort, bool descending, int offset, int limit, CancellationToken ct = default) =>
        (await PageAsync(filter, sort, descending, offset, limit, ct)).Rows;

    /// <summary>How many there are; one more than <see cref="CountedUpTo"/> stands for „more than that“.</summary>
    public Task<int> CountAsync(Filter filter, CancellationToken ct = default) =>
        db.ScalarAsync<int>("select organisation.count_persons(@Search, @Division, @most)", new { filter.Search, filter.Division, most = CountedUpTo + 1 }, ct);

    /// <summary>Divisions with persons the acting person sees, for the filter; those below belong to each.</summary>
    public Task<IReadOnlyList<(int Id, string Name)>> SeenDivisionsAsync(CancellationToken ct = default) => db.QueryAsync<(int, string)>("""
        select id, name from organisation.division where dissolved_on is null and kind <> 'LocalAssociation' and id = any ((select access.reachable_divisions('P2', 'people'))::integer[])
        order by parent_id nulls first, name collate "de-x-icu"
        """, ct: ct);

    public Task<Detail?> FindAsync(int id, CancellationToken ct = default) => db.SingleAsync<Detail>("""
        select p.id, p.title, p.given_name, p.family_name, p.division_id, d.name as division, d.slug as division_slug, p.email, p.phone, members.call_basis(p.id) as may_call,
          coalesce(p.division_id = any ((select access.editable_divisions('P2', 'people'))::integer[]), false) as may_edit
        from organisation.person p join organisation.division d on d.id = p.division_id where p.id = @id
        """, new { id }, ct);

    /// <summary>Offices held now, before and later, latest first.</summary>
    public Task<IReadOnlyList<Holding>> HoldingsAsync(int person, CancellationToken ct = default) => db.QueryAsync<Holding>("""
        select o.name as office, d.short_name as division, d.slug, h.valid_from, h.valid_to
        from organisation.office_holding h join organisation.office o on o.id = h.office_id join organisation.division d on d.id = o.division_id
        where h.person_id = @person order by h.valid_from desc, h.id desc
        """, new { person }, ct);

    /// <summary>What was changed, latest first. Where the sentence itself says that it was the person, nobody is named behind it.</summary>
    public Task<IReadOnlyList<Entry>> HistoryAsync(int person, CancellationToken ct = default) => db.QueryAsync<Entry>("""
        select h.at, h.sentence, case when h.sentence not like '% (die Person selbst%' then o.name end as who from organisation.person_history h left join organisation.officer o on o.person_id = h.by_person_id where h.person_id = @person order by h.at desc, h.id desc limit 50
        """, new { person }, ct);

    /// <summary>Divisions in which the acting person may keep persons.</summary>
    public Task<IReadOnlyList<(int Id, string Name)>> DivisionsAsync(CancellationToken ct = default) => db.QueryAsync<(int, string)>("""
        select id, name from organisation.division where dissolved_on is null and id = any ((select access.editable_divisions('P2', 'people'))::integer[]) order by parent_id nulls first, name collate "de-x-icu"
        """, ct: ct);
}
