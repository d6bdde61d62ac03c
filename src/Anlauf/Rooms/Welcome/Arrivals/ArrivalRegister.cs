using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Welcome.Arrivals;

/// <summary>Who is arriving within the reach of the acting person: rows are decided by the database, their order by their promises.</summary>
public sealed class ArrivalRegister(Db db)
{
    /// <summary>A district in which somebody arrives, or came in the last ninety days.</summary>
    /// <param name="Median">Days until half of them were entered; those who still wait count with today.</param>
    /// <param name="P90">Days until nine of ten were entered.</param>
    /// <param name="InTime">First contacts by the promised day.</param>
    /// <param name="Promised">Days promised for entering.</param>
    public sealed record District(string Key, string Name, int Arrivals, int Median, int P90, int InTime, int Promised)
    {
        /// <summary>Entering takes longer than promised, for half of them or for the last tenth.</summary>
        public bool IsLate => Median > Promised || P90 > Promised;
    }

    /// <summary>A promised step of the pack that holds here.</summary>
    public sealed record Promise(string Step, int Days, string Whose, string Source);

    /// <summary>Who of them is shown; null is everybody.</summary>
    /// <param name="District">Key of the district.</param>
    /// <param name="Contact">Who welcomes; 0 is nobody.</param>
    public sealed record Filter(string? District = null, int? Contact = null, ArrivalPace? Pace = null)
    {
        /// <summary>The tally belongs to it, whatever the pace.</summary>
        public bool Counts(Tally tally) => (District is null || tally.Key == District) && (Contact is null || (tally.Contact ?? 0) == Contact);
    }

    /// <summary>How many arrive in a district with one contact.</summary>
    public sealed record Tally(string Key, string Name, int? Contact, string? ContactName, int Arrivals, int Overdue, int ThisWeek);

    /// <summary>A queue with how many wait and who waits longest.</summary>
    public sealed record Queue(string Id, string Name, int Waiting, DateOnly? Since, string? Oldest, int? OldestId);

    /// <summary>Calls that are not made yet, and what they take.</summary>
    public sealed record Workload(int Calls, int Minutes)
    {
        /// <summary>„120 × 12 Minuten = 24 Stunden“.</summary>
        public string Words => $"{Situation.Wording.Number(Calls)} × {Minutes} Minuten = {Situation.Wording.Duration(Calls * Minutes)}";
    }

    /// <summary>First contacts whose day was within the last ninety days: how many, how many in time.</summary>
    public sealed record Kept(int All, int InTime);

    private const string Rows = """
        select a.id, a.person_id, concat_ws(' ', nullif(p.title, ''), p.given_name, p.family_name) as name, coalesce(m.short_name, d.short_name) as place, coalesce(t.key, '') as district_key, coalesce(t.label, d.short_name) as district,
          a.received_on, a.contact_person_id as contact_id, (select n.name from welcome.named_contact n where n.person_id = a.contact_person_id) as contact, d.short_name as division, a.way,
          a.declined_on is null and not a.person_id = any ((select privacy.flagged('no-contact') || privacy.flagged('restricted'))::integer[]) as may_contact, a.effective_on, a.closed_on
        from welcome.arrival a join organisation.person p on p.id = a.person_id join organisation.division d on d.id = a.division_id
        left join territory.municipality m on m.ags = a.area_key left join territory.district t on t.key = m.district_key
        """;

    /// <summary>Those who are arriving and match; the longest broken promise first, then the next day due. Order and page are the database's.</summary>
    public async Task<IReadOnlyList<Arrival>> ListAsync(Filter filter, DateOnly today, int skip = 0, int most = int.MaxValue, CancellationToken ct = default)
    {
        var ids = await db.QueryAsync<int>($"select a.id from welcome.arrival a where a.closed_on is null{Condition(filter)} order by a.next_on, a.received_on, a.id offset @skip limit @most", new { filter.District, filter.Contact, today, skip, most }, ct);
        return ids.Count == 0 ? [] : await OpenAsync(ids, ct);
    }

    /// <summary>How many arrive, by district and contact: whatever is counted on the page is a sum of these.</summary>
    public Task<IReadOnlyList<Tally>> TalliesAsync(DateOnly today, CancellationToken ct = default) => db.QueryAsync<Tally>("""
        select coalesce(t.key, '') as key, coalesce(t.label, d.short_name) as name, x.contact_person_id as contact, (select n.name from welcome.named_contact n where n.person_id = x.contact_person_id) as contact_name,
          sum(x.arrivals)::int as arrivals, sum(x.overdue)::int as overdue, sum(x.this_week)::int as this_week
        from (select a.area_key, a.division_id, a.contact_person_id, count(*) as arrivals, count(*) filter (where a.next_on < @today) as overdue, count(*) filter (where a.next_on between @today and @today + 6) as this_week
          from welcome.arrival a where a.closed_on is null group by 1, 2, 3) x
        join organisation.division d on d.id = x.division_id left join territory.municipality m on m.ags = x.area_key left join territory.district t on t.key = m.district_key group by 1, 2, 3
        """, new { today }, ct);

    private static string Condition(Filter filter) =>
        (filter.District is null ? "" : " and a.area_key in (select m.ags from territory.municipality m where m.district_key = @District)")
        + (filter.Contact is null ? "" : filter.Contact == 0 ? " and a.contact_person_id is null" : " and a.contact_person_id = @Contact")
        + filter.Pace switch
        {
            ArrivalPace.Overdue => " and a.next_on < @today",
            ArrivalPace.ThisWeek => " and a.next_on between @today and @today + 6",
            ArrivalPace.OnTime => " and (a.next_on is null or a.next_on > @today + 6)",
            _ => "",
        };

    /// <summary>Those of them who are named.</summary>
    public Task<IReadOnlyList<Arrival>> OpenAsync(IReadOnlyList<int> ids, CancellationToken ct = default) => ReadAsync("a.closed_on is null and a.id = any (@ids)", new { ids }, ct);

    /// <summary>One who is arriving; null where the acting person does not see it.</summary>
    public async Task<Arrival?> FindAsync(int id, CancellationToken ct = default) => (await ReadAsync("a.closed_on is null and a.id = @id", new { id }, ct)).FirstOrDefault();

    /// <summary>The latest arrival of a person, also when it is over; null where the acting person sees none.</summary>
    public async Task<Arrival?> OfPersonAsync(int person, CancellationToken ct = default) => (await ReadAsync("a.person_id = @person", new { person }, ct)).MaxBy(a => a.ReceivedOn);

    private async Task<IReadOnlyList<Arrival>> ReadAsync(string which, object? parameters, CancellationToken ct)
    {
        var arrivals = await db.QueryAsync<Arrival>($"{Rows} where {which}", parameters, ct);
        if (arrivals.Count == 0) return [];
        var ids = arrivals.Select(a => a.Id).ToArray();
        // whether a step may be seen is asked of its arrival: for a few one by one, for thousands all at once
        var steps = (await db.QueryAsync<Step>($"select s.arrival_id, s.step as kind, s.promised_on, s.done_on from {(ids.Length <= 500 ? "unnest(@ids) i cross join lateral (select * from welcome.step x where x.arrival_id = i offset 0) s" : "welcome.step s where s.arrival_id = any (@ids)")} order by s.promised_on, s.step", new { ids }, ct)).ToLookup(s => s.ArrivalId);
        var duties = (await db.QueryAsync<(int Id, int Open)>("select arrival_id, count(*)::int from welcome.duty where done_on is null and arrival_id = any (@ids) group by 1", new { ids }, ct)).ToDictionary(d => d.Id, d => d.Open);
        return [.. arrivals.Select(a => a with { Steps = [.. steps[a.Id]], OpenDuties = duties.GetValueOrDefault(a.Id) })
            .OrderBy(a => a.Next?.PromisedOn ?? DateOnly.MaxValue).ThenBy(a => a.ReceivedOn).ThenBy(a => a.Id)];
    }

    /// <summary>„Wo es klemmt“: the slowest district first.</summary>
    public Task<IReadOnlyList<District>> DistrictsAsync(DateOnly today, CancellationToken ct = default) => db.QueryAsync<District>("""
        select key, name, arrivals, median, p90, in_time, promised from welcome.districts(@today) order by median desc, p90 desc, name collate "de-x-icu"
        """, new { today }, ct);

    /// <summary>Steps as promised to those who arrive within reach, soonest first.</summary>
    public Task<IReadOnlyList<Promise>> PromisesAsync(CancellationToken ct = default) => db.QueryAsync<Promise>("""
        select s.step, s.days, s.whose, s.source from members.steps_of(coalesce((select a.division_id from welcome.arrival a order by a.id desc limit 1), (select w.division_id from access.my_rights_and_why() w limit 1))) s order by s.days
        """, ct: ct);

    /// <summary>The three queues of the work: entering, first contact, waiting period (H3).</summary>
    public async Task<IReadOnlyList<Queue>> QueuesAsync(CancellationToken ct = default) => [.. (await db.QueryAsync<Queue>("""
        select q.queue as id, '' as name, q.waiting, q.since, concat_ws(' ', nullif(p.title, ''), p.given_name, p.family_name) as oldest, q.arrival_id as oldest_id
        from welcome.queues() q left join welcome.arrival a on a.id = q.arrival_id left join organisation.person p on p.id = a.person_id
        """, ct: ct)).Select(q => q with { Name = q.Id switch { "entry" => "Stammdaten erfassen", "contact" => "Erstkontakt", _ => "Wartezeit begleiten" }, Oldest = q.OldestId is null ? null : q.Oldest })];

    /// <summary>Minutes that a call of class „call“ takes: what the backlog of first contacts costs (B10).</summary>
    public Task<int> MinutesAsync(CancellationToken ct = default) => db.ScalarAsync<int>("""
        select coalesce((select max(welcome.days_of('minutes', w.division_id)) from access.my_rights_and_why() w where w.feature = 'welcome'), (select days from welcome.rule where id = 'minutes'))
        """, ct: ct);

    /// <summary>How many first contacts came in time, of those promised for the last ninety days.</summary>
    public async Task<Kept> KeptAsync(DateOnly today, CancellationToken ct = default) => (await db.SingleAsync<Kept>("""
        select "all", in_time from welcome.kept(@today)
        """, new { today }, ct))!;
}
