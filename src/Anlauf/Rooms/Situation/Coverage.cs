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
}

/// <summary>Measures goals: which areas meet the target, which are looked after, which are white spots.</summary>
public sealed class Coverage(Db db, IEnumerable<IIndicator> indicators, IHttpContextAccessor http)
{
    // frame and page ask for the same goal within one request; kept only while a page is read, never while something changes
    private bool Reading => http.HttpContext is { } context && HttpMethods.IsGet(context.Request.Method);
    private readonly Dictionary<(int, string), GoalCoverage> measured = [];
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

    private sealed record Area(string Key, string Name, string DistrictKey, string DistrictName, int Population);
    private sealed record Assigned(string AreaKey, int Id, string Division, DateOnly Due, DateTime CreatedAt);

    /// <summary>Measures a goal now, within <paramref name="within"/> (an area key) where that is narrower than the goal itself.</summary>
    public async Task<GoalCoverage> MeasureAsync(Goal goal, string? within = null, CancellationToken ct = default)
    {
        var indicator = Indicators.FirstOrDefault(i => i.Id == goal.IndicatorId) ?? throw new InvalidOperationException($"goal {goal.Id} names the indicator {goal.IndicatorId}, which no room contributes");
        var key = within is { Length: > 0 } && within.StartsWith(goal.AreaKey, StringComparison.Ordinal) ? within : goal.AreaKey;
        if (Reading && measured.TryGetValue((goal.Id, key), out var known) && known.Goal == goal) return known;
        var areas = await AreasAsync(goal, key, ct);
        var values = (await indicator.ReadAsync(db, key, ct)).ToDictionary(v => v.AreaKey, v => v.Value);
        var assigned = (await db.QueryAsync<Assigned>("""
            select a.area_key, a.id, d.short_name as division, a.due, a.created_at from situation.assignment a join organisation.division d on d.id = a.division_id
            where a.goal_id = @Id and a.state = 'open'
            """, new { goal.Id }, ct)).ToDictionary(a => a.AreaKey);
        return measured[(goal.Id, key)] = new(goal, indicator, [.. areas.Select(area =>
        {
            var value = values.TryGetValue(area.Key, out var v) ? v : indicator.Absent;
            var who = assigned.GetValueOrDefault(area.Key);
            return new AreaRow(area.Key, area.Name, area.DistrictKey, area.DistrictName, area.Population, value, AreaState.Gap(value, goal.Target, goal.AtLeast),
                AreaState.Of(value, goal.Target, goal.AtLeast, who is not null), who?.Id, who?.Division, who?.Due, who?.CreatedAt);
        })]);
    }

    private Task<IReadOnlyList<Area>> AreasAsync(Goal goal, string key, CancellationToken ct) => goal.Level == "district"
        ? db.QueryAsync<Area>("""
            select d.key, split_part(d.name, ',', 1) as name, d.key as district_key, split_part(d.name, ',', 1) as district_name, sum(m.population)::int as population
            from territory.district d join territory.current_municipality m on m.district_key = d.key
            where d.key like @key || '%' and (@AreaFilter <> 'rural-districts' or not d.is_city) group by d.key, d.name order by d.key
            """, new { key, goal.AreaFilter }, ct)
        : db.QueryAsync<Area>("""
            select m.ags as key, m.short_name as name, m.district_key, split_part(d.name, ',', 1) as district_name, m.population
            from territory.current_municipality m join territory.district d on d.key = m.district_key
            where m.has_council and m.ags like @key || '%' and (@AreaFilter in ('all', m.town_size) or (@AreaFilter = 'rural-districts' and not d.is_city)) order by m.ags
            """, new { key, goal.AreaFilter }, ct);

    /// <summary>Writes today's values of all indicators; run daily and after changes. Acts as the system.</summary>
    public async Task<int> SnapshotAsync(DateOnly day, CancellationToken ct = default)
    {
        var written = 0;
        foreach (var indicator in Indicators)
        {
            var values = await indicator.ReadAsync(db, "", ct);
            written += await db.ExecuteAsync("""
                insert into situation.indicator_value (indicator_id, area_key, day, value) select @id, k, @day, v from unnest(@keys, @values) as t (k, v)
                on conflict (indicator_id, day, area_key) do update set value = excluded.value where situation.indicator_value.value is distinct from excluded.value
                """, new { id = indicator.Id, day, keys = values.Select(v => v.AreaKey).ToArray(), values = values.Select(v => v.Value).ToArray() }, ct);
        }
        return written;
    }

    /// <summary>How many areas met the goal on each day a snapshot was taken.</summary>
    public Task<IReadOnlyList<(DateOnly Day, int Reached)>> TrendAsync(GoalCoverage coverage, CancellationToken ct = default) => db.QueryAsync<(DateOnly, int)>(
        "select day, reached from situation.reached_by_day(@indicator, @areas, @AtLeast, @Target)",
        new { indicator = coverage.Goal.IndicatorId, areas = coverage.Areas.Select(a => a.Key).ToArray(), coverage.Goal.AtLeast, coverage.Goal.Target }, ct);
}
