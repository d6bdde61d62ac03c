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

    /// <summary>A queue with how many wait and who waits longest.</summary>
    public sealed record Queue(string Id, string Name, int Waiting, DateOnly? Since, string? Oldest, int? OldestId);

    /// <summary>Calls that are not made yet, and what they take.</summary>
    public sealed record Workload(int Calls, int Minutes)
    {
        /// <summary>„120 × 12 Minuten = 24 Stunden“.</summary>
        public string Words => $"{Calls.ToString("#,0", Situation.Wording.German)} × {Minutes} Minuten = {(Calls * Minutes / 60m).ToString("#,0.#", Situation.Wording.German)} Stunden";
    }

    /// <summary>First contacts whose day was within the last ninety days: how many, how many in time.</summary>
    public sealed record Kept(int All, int InTime);

    private const string Rows = """
        select a.id, a.person_id, concat_ws(' ', nullif(p.title, ''), p.given_name, p.family_name) as name, coalesce(m.short_name, d.short_name) as place, coalesce(t.key, '') as district_key, coalesce(t.label, d.short_name) as district,
          a.received_on, a.contact_person_id as contact_id, (select n.name from welcome.named_contact n where n.person_id = a.contact_person_id) as contact, d.short_name as division, a.way,
          a.declined_on is null and not a.person_id = any ((select privacy.flagged('no-contact') || privacy.flagged('restricted'))::integer[]) as may_contact, a.effective_on
        from welcome.arrival a join organisation.person p on p.id = a.person_id join organisation.division d on d.id = a.division_id
        left join territory.municipality m on m.ags = a.area_key left join territory.district t on t.key = m.district_key
        where a.closed_on is null
        """;

    /// <summary>Everybody who is arriving; the longest broken promise first, then the next day due.</summary>
    public async Task<IReadOnlyList<Arrival>> OpenAsync(CancellationToken ct = default)
    {
        var arrivals = await db.QueryAsync<Arrival>(Rows, ct: ct);
        if (arrivals.Count == 0) return [];
        var steps = (await db.QueryAsync<Step>("""
            select s.arrival_id, s.step as kind, s.promised_on, s.done_on from welcome.step s where s.arrival_id = any (@ids) order by s.promised_on, s.step
            """, new { ids = arrivals.Select(a => a.Id).ToArray() }, ct)).ToLookup(s => s.ArrivalId);
        var duties = (await db.QueryAsync<(int Id, int Open)>("select arrival_id, count(*)::int from welcome.duty where done_on is null and arrival_id = any (@ids) group by 1", new { ids = arrivals.Select(a => a.Id).ToArray() }, ct)).ToDictionary(d => d.Id, d => d.Open);
        return [.. arrivals.Select(a => a with { Steps = [.. steps[a.Id]], OpenDuties = duties.GetValueOrDefault(a.Id) })
            .OrderBy(a => a.Next?.PromisedOn ?? DateOnly.MaxValue).ThenBy(a => a.ReceivedOn).ThenBy(a => a.Id)];
    }

    /// <summary>„Wo es klemmt“: the slowest district first.</summary>
    public Task<IReadOnlyList<District>> DistrictsAsync(DateOnly today, CancellationToken ct = default) => db.QueryAsync<District>("""
        select * from (select coalesce(t.key, '') as key, coalesce(t.label, d.short_name) as name, count(*)::int as arrivals,
          percentile_disc(0.5) within group (order by coalesce(e.done_on, @today) - a.received_on)::int as median,
          percentile_disc(0.9) within group (order by coalesce(e.done_on, @today) - a.received_on)::int as p90,
          (count(*) filter (where f.done_on <= f.promised_on))::int as in_time, min(e.promised_on - a.received_on)::int as promised
        from welcome.arrival a join organisation.division d on d.id = a.division_id
        left join territory.municipality m on m.ags = a.area_key left join territory.district t on t.key = m.district_key
        join welcome.step e on e.arrival_id = a.id and e.step = 'entered' left join welcome.step f on f.arrival_id = a.id and f.step = 'first-contact'
        where a.opened_on > @today - 90 group by 1, 2) x order by median desc, p90 desc, name collate "de-x-icu"
        """, new { today }, ct);

    /// <summary>Steps as promised to those who arrive within reach, soonest first.</summary>
    public Task<IReadOnlyList<Promise>> PromisesAsync(CancellationToken ct = default) => db.QueryAsync<Promise>("""
        select s.step, s.days, s.whose, s.source from members.steps_of(coalesce((select a.division_id from welcome.arrival a order by a.id desc limit 1), (select w.division_id from access.my_rights_and_why() w limit 1))) s order by s.days
        """, ct: ct);

    /// <summary>The three queues of the work: entering, first contact, waiting period (H3).</summary>
    public Task<IReadOnlyList<Queue>> QueuesAsync(CancellationToken ct = default) => db.QueryAsync<Queue>("""
        with waiting as (
          select case s.step when 'entered' then 'entry' else 'contact' end as id, a.id as arrival, a.received_on, a.person_id from welcome.arrival a join welcome.step s on s.arrival_id = a.id where a.closed_on is null and s.done_on is null and s.step in ('entered', 'first-contact')
          union all select 'waiting-period', a.id, a.received_on, a.person_id from welcome.arrival a where a.closed_on is null and exists (select from welcome.duty u where u.arrival_id = a.id and u.done_on is null)
        ), oldest as (select distinct on (id) w.id, w.arrival, w.received_on, p.given_name || ' ' || p.family_name as name from waiting w join organisation.person p on p.id = w.person_id order by w.id, w.received_on, w.arrival)
        select q.id, q.name, (select count(*) from waiting w where w.id = q.id)::int as waiting, o.received_on as since, o.name as oldest, o.arrival as oldest_id
        from (values ('entry', 'Stammdaten erfassen', 1), ('contact', 'Erstkontakt', 2), ('waiting-period', 'Wartezeit begleiten', 3)) as q (id, name, sort) left join oldest o on o.id = q.id order by q.sort
        """, ct: ct);

    /// <summary>Open steps of class „call“ and the minutes one takes: what the backlog costs (B10).</summary>
    public async Task<Workload> WorkloadAsync(CancellationToken ct = default) => (await db.SingleAsync<Workload>("""
        select count(*)::int as calls, coalesce((select max(welcome.days_of('minutes', w.division_id)) from access.my_rights_and_why() w where w.feature = 'welcome'), (select days from welcome.rule where id = 'minutes')) as minutes from welcome.arrival a where a.closed_on is null and a.declined_on is null
          and exists (select from welcome.step s where s.arrival_id = a.id and s.done_on is null and s.step = 'first-contact')
        """, ct: ct))!;

    /// <summary>How many first contacts came in time, of those promised for the last ninety days.</summary>
    public async Task<Kept> KeptAsync(DateOnly today, CancellationToken ct = default) => (await db.SingleAsync<Kept>("""
        select count(*)::int as "all", (count(*) filter (where s.done_on <= s.promised_on))::int as in_time
        from welcome.step s join welcome.arrival a on a.id = s.arrival_id where s.step = 'first-contact' and s.promised_on between @today - 90 and @today - 1
        """, new { today }, ct))!;
}
