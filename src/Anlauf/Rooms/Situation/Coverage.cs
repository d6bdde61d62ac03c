using Anlauf.Platform.Database;
using Anlauf.Platform.Web.Components;

namespace Anlauf.Rooms.Situation;

/// <summary>A goal with what it needs to be measured.</summary>
public sealed record Goal(int Id, int DivisionId, string Slug, string Title, string IndicatorId, string Comparison, decimal Target, string Level, string AreaFilter, string AreaKey,
    DateOnly StartedOn, DateOnly? Due, string? Responsible, int? ResolutionId, string? ResolutionSlug, string? ResolutionNumber)
{
    /// <summary>True where more is better.</summary>
    public bool AtLeast => Comparison == "at-least";

    /// <summary>Words for one area and several.</summary>
    public (string One, string Many, string Dative) Areas => Level == "municipality" ? ("Gemeinde", "Gemeinden", "Gemeinden")
        : AreaFilter == "rural-districts" ? ("Landkreis", "Landkreise", "Landkreisen") : ("Kreis", "Kreise", "Kreisen");
}

/// <summary>One area of a goal.</summary>
public sealed record AreaRow(string Key, string Name, string DistrictKey, string DistrictName, int Population, decimal? Value, decimal? Gap, Standing Standing,
    int? AssignmentId, string? Assignee, DateOnly? AssignedUntil, DateTime? AssignedAt);

/// <summary>A goal and the state of each of its areas.</summary>
public sealed record GoalCoverage(Goal Goal, IIndicator Indicator, IReadOnlyList<AreaRow> Areas)
{
    public int Reached => Areas.Count(a => a.Standing == Standing.Reached);
    public int UnderWay => Areas.Count(a => a.Standing == Standing.UnderWay);
    public int Missing => Areas.Count(a => a.Standing == Standing.Missing);
    public int Unknown => Areas.Count(a => a.Standing == Standing.Unknown);

    /// <summary>The counts alone.</summary>
    public GoalCount Count => new(Goal, Areas.Count, Reached, UnderWay, Missing);
}

/// <summary>A goal and how many of its areas are in which state.</summary>
public sealed record GoalCount(Goal Goal, int Total, int Reached, int UnderWay, int Missing)
{
    public int Unknown => Total - Reached - UnderWay - Missing;
}

/// <summary>Measures goals: which areas meet the target, which are looked after, which are white spots.</summary>
public sealed class Coverage(Db db, IEnumerable<IIndicator> indicators, IHttpContextAccessor http)
{
    // frame and page ask for the goals within one request; kept only while a page is read, never while something changes
    private bool Reading => http.HttpContext is { } context && HttpMethods.IsGet(context.Request.Method);
    private IReadOnlyList<Goal>? goals;

    private const string GoalFields = """
        select g.id, g.division_id, g.slug, g.title, g.indicator_id, g.comparison, g.target, g.level, g.area_filter, g.area_key, g.started_on, g.due, g.responsible,
          g.resolution_id, r.slug as resolution_slug, r.number as resolution_number
        from situation.goal g left join meetings.resolution r on r.id = g.resolution_id
        """;

    /// <summary>Open goals the acting person may see, in their order.</summary>
    public async Task<IReadOnlyList<Goal>> GoalsAsync(CancellationToken ct = default) =>
        Reading && goals is not null ? goals : goals = await db.QueryAsync<Goal>(GoalFields + " where g.closed_on is null order by g.sort, g.id", ct: ct);

    /// <summary>A goal by its address or number, or null.</summary>
    public Task<Goal?> GoalAsync(string slugOrId, CancellationToken ct = default) =>
        db.SingleAsync<Goal>(GoalFields + " where g.slug = @slugOrId or g.id::text = @slugOrId order by g.id limit 1", new { slugOrId }, ct);

    /// <summary>Goals of a resolution.</summary>
    public Task<IReadOnlyList<Goal>> OfResolutionAsync(int resolutionId, CancellationToken ct = default) =>
        db.QueryAsync<Goal>(GoalFields + " where g.resolution_id = @resolutionId order by g.id", new { resolutionId }, ct);

    /// <summary>All indicators, by name.</summary>
    public IReadOnlyList<IIndicator> Indicators { get; } = [.. indicators.OrderBy(i => i.Name, StringComparer.Ordinal)];

    /// <summary>Measures a goal now, within <paramref name="within"/> (an area key) where that is narrower than the goal itself.</summary>
    public async Task<GoalCoverage> MeasureAsync(Goal goal, string? within = null, CancellationToken ct = default)
    {
        var indicator = Indicator(goal);
        var key = Within(goal, within);
        var rows = await db.QueryAsync<Row>($"""
            select a.area_key, a.name, a.district_key, a.population, {Value} as value
            from situation.areas_of(@Level, @AreaFilter, @key) a left join situation.values_of(@IndicatorId, @key) v on {SameArea}
            """, new { goal.IndicatorId, goal.Level, goal.AreaFilter, key, absent = indicator.Absent }, ct);
        // few rows beside thousands of areas: names and assignments are looked up here rather than repeated in every row
        var districts = (await db.QueryAsync<(string Key, string Name)>("select key, label from territory.district where key like left(@key, 5) || '%'", new { key }, ct)).ToDictionary(d => d.Key, d => d.Name);
        var assignments = (await db.QueryAsync<Assignment>("""
            select s.area_key, s.id, d.short_name as assignee, s.due, s.created_at
            from situation.assignment s left join organisation.division d on d.id = s.division_id where s.goal_id = @Id and s.state = 'open' and s.area_key like @key || '%'
            """, new { goal.Id, key }, ct)).ToDictionary(s => s.AreaKey);
        return new(goal, indicator, [.. rows.OrderBy(r => r.AreaKey, StringComparer.Ordinal).Select(r =>
        {
            var assigned = assignments.GetValueOrDefault(r.AreaKey);
            return new AreaRow(r.AreaKey, r.Name, r.DistrictKey, districts[r.DistrictKey], r.Population, r.Value, AreaState.Gap(r.Value, goal.Target, goal.AtLeast),
                AreaState.Of(r.Value, goal.Target, goal.AtLeast, assigned is not null), assigned?.Id, assigned?.Assignee, assigned?.Due, assigned?.CreatedAt);
        })]);
    }

    // an area without a figure has the indicator's value for that; keys are compared by their bytes, many times faster than in German order
    private const string Value = "case when v.area_key is null then @absent else v.value end", SameArea = "v.area_key collate \"C\" = a.area_key collate \"C\"";

    private sealed record Row(string AreaKey, string Name, string DistrictKey, int Population, decimal? Value);
    private sealed record Assignment(string AreaKey, int Id, string? Assignee, DateOnly Due, DateTime CreatedAt);

    /// <summary>Only the counts, for several goals at once: what bars and lists of goals show.</summary>
    public async Task<IReadOnlyList<GoalCount>> CountAsync(IReadOnlyList<Goal> goals, string? within = null, CancellationToken ct = default)
    {
        var counted = (await db.QueryAsync<(int GoalId, int Total, int Reached, int UnderWay, int Missing)>("""
            select c.goal_id, sum(c.total)::int, sum(c.reached)::int, sum(c.under_way)::int, sum(c.missing)::int
            from unnest(@ids, @keys, @hide) as w (id, key, hide) join situation.goal_count c on c.goal_id = w.id and starts_with(c.district_key, w.key)
            where not w.hide or situation.knows_persons_in(w.key) group by c.goal_id
            """, new { ids = goals.Select(g => g.Id).ToArray(), keys = goals.Select(g => Within(g, within)).ToArray(), hide = goals.Select(g => Indicator(g).HidesSmall).ToArray() }, ct)).ToDictionary(c => c.GoalId);
        var counts = new List<GoalCount>(goals.Count);
        foreach (var goal in goals)
            // persons are counted as the reader may see them, and single municipalities are not kept apart
            counts.Add(Within(goal, within).Length > 5 ? await CountAsSeenAsync(goal, within, ct)
                : counted.TryGetValue(goal.Id, out var c) ? new GoalCount(goal, c.Total, c.Reached, c.UnderWay, c.Missing)
                : Indicator(goal).HidesSmall ? await CountAsSeenAsync(goal, within, ct) : new GoalCount(goal, 0, 0, 0, 0));
        return counts;
    }

    private async Task<GoalCount> CountAsSeenAsync(Goal goal, string? within, CancellationToken ct)
    {
        var (total, reached, underWay, missing) = await db.SingleAsync<(int, int, int, int)>($"""
            select count(*)::int, count(*) filter (where met)::int, count(*) filter (where not met and looked_after)::int, count(*) filter (where not met and not looked_after and value is not null)::int
            from (
              select x.value, s.id is not null as looked_after, coalesce(case when @AtLeast then x.value >= @Target else x.value <= @Target end, false) as met
              from situation.areas_of(@Level, @AreaFilter, @key) a
              left join situation.values_of(@IndicatorId, @key) v on {SameArea}
              cross join lateral (select {Value} as value) x
              left join situation.assignment s on s.goal_id = @Id and s.area_key = a.area_key and s.state = 'open') t
            """, new { goal.Id, goal.IndicatorId, goal.Level, goal.AreaFilter, goal.AtLeast, goal.Target, absent = Indicator(goal).Absent, key = Within(goal, within) }, ct);
        return new(goal, total, reached, underWay, missing);
    }

    private IIndicator Indicator(Goal goal) => Indicators.FirstOrDefault(i => i.Id == goal.IndicatorId)
        ?? throw new InvalidOperationException($"goal {goal.Id} names the indicator {goal.IndicatorId}, which no room contributes");

    private static string Within(Goal goal, string? within) => within is { Length: > 0 } && within.StartsWith(goal.AreaKey, StringComparison.Ordinal) ? within : goal.AreaKey;

    /// <summary>Values of an indicator for the areas whose key begins with <paramref name="key"/>, as the acting person may see them.</summary>
    public Task<IReadOnlyList<AreaValue>> ValuesAsync(IIndicator indicator, string key, CancellationToken ct = default) =>
        db.QueryAsync<AreaValue>("select area_key, value from situation.values_of(@Id, @key)", new { indicator.Id, key }, ct);

    /// <summary>How many areas met the goal, week by week; the last entry is today.</summary>
    public Task<IReadOnlyList<(DateOnly Day, int Reached)>> TrendAsync(Goal goal, string? within = null, CancellationToken ct = default) =>
        db.QueryAsync<(DateOnly, int)>("select day, reached from situation.reached_by_week(@Id, @within)", new { goal.Id, within = Within(goal, within) }, ct);

    /// <summary>Takes over what the rooms say now: current values, the history of changes, the counts of the goals. Acts as the system.</summary>
    /// <param name="day">Day the changes are written to.</param>
    /// <param name="only">Ids of the indicators to renew; null renews all.</param>
    /// <returns>Number of changed values.</returns>
    public async Task<int> SnapshotAsync(DateOnly day, IReadOnlyCollection<string>? only = null, CancellationToken ct = default)
    {
        var written = 0;
        foreach (var indicator in Indicators.Where(i => only?.Contains(i.Id) != false))
        {
            await db.ExecuteAsync("insert into situation.indicator values (@Id, @Absent, @HidesSmall) on conflict (id) do update set absent = excluded.absent, hides_small = excluded.hides_small",
                new { indicator.Id, indicator.Absent, indicator.HidesSmall }, ct);
            written += await db.ExecuteAsync($"""
                with fresh as materialized ({indicator.Sql}),
                  gone as (delete from situation.current_value c where c.indicator_id = @Id and not exists (select from fresh f where f.area_key = c.area_key) returning c.area_key),
                  changed as (
                    insert into situation.current_value as known (indicator_id, area_key, value) select @Id, area_key, value from fresh
                    on conflict (indicator_id, area_key) do update set value = excluded.value where known.value is distinct from excluded.value returning area_key, value)
                insert into situation.indicator_value (indicator_id, area_key, day, value)
                  select @Id, area_key, @day, value from changed union all select @Id, area_key, @day, @Absent from gone
                on conflict (indicator_id, area_key, day) do update set value = excluded.value
                """, new { indicator.Id, indicator.Absent, day, key = "" }, ct);
        }
        await db.ExecuteAsync("select situation.recount(g.ids), situation.retrace(g.ids) from (select array(select id from situation.goal where @only::text[] is null or indicator_id = any (@only)) as ids) g", new { only = only?.ToArray() }, ct);
        return written;
    }
}
