using Anlauf.Platform.Database;
using Anlauf.Rooms.Organisation.Persons;

namespace Anlauf.Rooms.Members.Register;

/// <summary>The list of people: one page, how many, by district. The functions find the ids within reach, the policies decide once more.</summary>
public sealed class MemberList(Db db, Actor actor)
{
    /// <param name="Kinds">Kinds and states of the memberships that hold, „member active“.</param>
    /// <param name="LastContact">Last spoken to or met; null where nothing is noted, or nothing that the acting person sees.</param>
    public sealed record Row(int Id, string Name, string Division, string? Place, string[] Kinds, DateOnly? ReceivedOn, string[] Offers, string? Email, string? Phone, bool MayContact, DateOnly? LastContact);
    public sealed record Saved(int Id, string Name, string Query);
    /// <param name="Own">The acting person has an office there and sees exact numbers.</param>
    public sealed record District(int DivisionId, string Name, int N, bool Own);

    /// <summary>Columns to sort by.</summary>
    public static IReadOnlyCollection<string> SortColumns { get; } = ["name", "gliederung", "zuletzt"];

    /// <summary>Counting ends here for the filters beside the list: nobody needs more than „viele“ there. For the list: <see cref="MemberFilter.CountedUpTo"/>.</summary>
    public const int CountedBeside = 1_000;

    /// <summary>A page of the list.</summary>
    /// <param name="Total">How many there are; one more than the filter is counted up to stands for „more than that“.</param>
    public sealed record Page(IReadOnlyList<Row> Rows, int Total);

    private sealed record Found
    {
        public int Total { get; init; }
        public int[] Ids { get; init; } = [];
    }

    /// <summary>One page, and how many there are.</summary>
    public async Task<Page> PageAsync(MemberFilter filter, string sort, bool descending, int offset, int limit, CancellationToken ct = default)
    {
        var found = await db.SingleAsync<Found>("select total, ids from members.page_of(@filter::jsonb, @sort, @descending, @offset, @limit, @most)", new { filter = filter.Json, sort, descending, offset, limit, most = filter.CountedUpTo }, ct);
        if (found is not { Ids.Length: > 0 }) return new([], found?.Total ?? 0);
        return new(await db.QueryAsync<Row>("""
            select p.id, concat_ws(' ', nullif(p.title, ''), p.given_name, p.family_name) as name, d.short_name as division, t.short_name as place,
              array(select m.kind || ' ' || m.state from members.party_membership m where m.person_id = p.id and m.left_on is null order by m.kind = 'member' desc, m.id) as kinds, b.received_on,
              array(select r.label from members.trait r where r.person_id = p.id and r.kind = 'offer' order by r.label) as offers, p.email, p.phone, p.id <> all ((select privacy.flagged('no-contact'))::integer[]) as may_contact,
              (select l.day from members.last_contact l where l.person_id = p.id) as last_contact
            from organisation.person p join organisation.division d on d.id = p.division_id
            left join lateral (select m.area_key, m.received_on from members.party_membership m where m.person_id = p.id order by m.left_on desc nulls first, m.kind = 'member' desc, m.id desc limit 1) b on true
            left join territory.municipality t on t.ags = b.area_key
            where p.id = any (@Ids) order by array_position(@Ids, p.id)
            """, new { found.Ids }, ct), found.Total);
    }

    /// <summary>Whether the acting person sees anywhere who was last spoken to.</summary>
    public Task<bool> SeesContactsAsync(CancellationToken ct = default) => db.ScalarAsync<bool>("select members.contacts_seen() <> '{}'", ct: ct);

    /// <summary>The rows of one page alone.</summary>
    public async Task<IReadOnlyList<Row>> ListAsync(MemberFilter filter, string sort, bool descending, int offset, int limit, CancellationToken ct = default) =>
        (await PageAsync(filter, sort, descending, offset, limit, ct)).Rows;

    /// <summary>Numbers of all of them, for what is done to a selection.</summary>
    public async Task<int[]> IdsAsync(MemberFilter filter, CancellationToken ct = default) => [.. await db.QueryAsync<int>("select f.id from members.find(@filter::jsonb, 'name', false, 0, null) f join organisation.person p on p.id = f.id order by f.place", new { filter = filter.Json }, ct)];

    /// <summary>How many; one more than <see cref="MemberFilter.CountedUpTo"/> stands for „more than that“.</summary>
    public Task<int> CountAsync(MemberFilter filter, CancellationToken ct = default) =>
        db.ScalarAsync<int>("select members.count_found(@filter::jsonb, @most)", new { filter = filter.Json, most = filter.CountedUpTo + 1 }, ct);

    /// <summary>How many for each of several filters, in one go; one more than its <c>Most</c> stands for „more than that“. The same filter twice is counted once, as far as the farther of them.</summary>
    public async Task<IReadOnlyList<int>> CountsAsync(IReadOnlyCollection<(MemberFilter Filter, int Most)> filters, CancellationToken ct = default)
    {
        var asked = filters.GroupBy(f => f.Filter.Json, f => f.Most + 1).Select(g => (Json: g.Key, Most: g.Max())).ToList();
        var found = await db.QueryAsync<int>("select n from members.count_each(@filters::jsonb[], @most)", new { filters = asked.Select(a => a.Json).ToArray(), most = asked.Select(a => a.Most).ToArray() }, ct);
        var counts = asked.Zip(found).ToDictionary(c => c.First.Json, c => c.Second);
        return [.. filters.Select(f => Math.Min(counts[f.Filter.Json], f.Most + 1))];
    }

    /// <summary>The found by district, largest first.</summary>
    public Task<IReadOnlyList<District>> ByDistrictAsync(MemberFilter filter, CancellationToken ct = default) =>
        db.QueryAsync<District>("select division_id, name, n, own from members.count_by_district(@filter::jsonb)", new { filter = filter.Json }, ct);

    /// <summary>How many of the found do not want to be addressed.</summary>
    public Task<int> SilentAsync(MemberFilter filter, CancellationToken ct = default) => db.ScalarAsync<int>("select members.count_silent(@filter::jsonb)", new { filter = filter.Json }, ct);

    /// <summary>What a call to each of these rests on.</summary>
    public async Task<IReadOnlyDictionary<int, CallBasis>> CallBasesAsync(IEnumerable<int> persons, CancellationToken ct = default) =>
        (await db.QueryAsync<(int Id, string Basis)>("select p.id, members.call_basis(p.id) from organisation.person p where p.id = any (@persons)", new { persons = persons.ToArray() }, ct)).ToDictionary(p => p.Id, p => new CallBasis(p.Basis));

    /// <summary>Filters the acting person has saved, as they stand in an address.</summary>
    public async Task<IReadOnlyList<Saved>> SavedAsync(CancellationToken ct = default) =>
        [.. (await db.QueryAsync<Saved>("select id, name, query from members.saved_filter where person_id = @me order by name collate \"de-x-icu\"", new { me = actor.PersonId }, ct)).Select(s => s with { Query = MemberFilter.InAddress(s.Query) })];

    /// <summary>Saves a filter under a name; the same name replaces it. Whom somebody searched for is not saved, and what is saved is readable, so that an erasure finds who is named in it.</summary>
    public Task<int> SaveAsync(string name, string query, CancellationToken ct = default) => db.InTransactionAsync(async () =>
    {
        var values = new { me = actor.PersonId, name = name.Trim(), query = MemberFilter.ToKeep(query) };
        await db.ExecuteAsync("delete from members.saved_filter where person_id = @me and name = @name", values, ct);
        return await db.ExecuteAsync("insert into members.saved_filter (person_id, name, query) values (@me, @name, @query)", values, ct);
    }, ct);

    /// <summary>Forgets a saved filter.</summary>
    public Task<int> ForgetAsync(int id, CancellationToken ct = default) => db.ExecuteAsync("delete from members.saved_filter where id = @id and person_id = @me", new { id, me = actor.PersonId }, ct);
}
