using Anlauf.Platform.Access;
using Anlauf.Platform.Database;
using Anlauf.Platform.Web.Components;
using Anlauf.Rooms.Meetings.Resolutions;
using Anlauf.Rooms.Situation.Figures;
using Anlauf.Rooms.Situation.Gaps;
using Anlauf.Rooms.Territory;
using Anlauf.Rooms.Territory.Maps;
using Microsoft.AspNetCore.Components;

namespace Anlauf.Rooms.Situation;

/// <summary>The Lage: one sentence, goals, map, white spots, what is due and what changed.</summary>
public sealed partial class LagePage(Db db, Coverage coverage, WhiteSpotList list, TerritoryMaps maps, TerritoryDirectory territory, ResolutionRegister register, ComparisonFigures figures,
    IEnumerable<IRecentChanges> news, IEnumerable<IDeadlines> dates, Rights rights, TimeProvider clock)
{
    private const int NewsDays = 7, RowsBelow = 4;

    private IReadOnlyList<GoalCount> counts = [];
    private GoalCoverage? current;
    private ListQuery query = null!;
    private string area = "", source = "";
    private string? shown;
    private List<WhiteSpotRow> spots = [];
    private List<(string Key, string Name)> districts = [];
    private IReadOnlyList<Choice> choices = [];
    private List<Crumb> crumbs = [];
    private TerritoryMap? map;
    private Outlook.Result? outlook;
    private IReadOnlyList<(DateOnly Day, int Reached)> trend = [];
    private IReadOnlyList<ResolutionRegister.Due> followUps = [];
    private IReadOnlyList<Deadline> deadlines = [];
    private IReadOnlyList<Change> changes = [];
    private IReadOnlyList<Comparison> comparisons = [];
    private Dictionary<string, string> states = [];
    private int late;
    private bool mayAssign, mayExport;

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    private DateOnly Today => DateOnly.FromDateTime(clock.GetLocalNow().Date);
    private string Within => query["gebiet"] is { } key ? "&gebiet=" + key : "";
    private string Address => $"?ziel={current!.Goal.Slug}{Within}";

    protected override async Task OnInitializedAsync()
    {
        var ct = Http.RequestAborted;
        query = ListQuery.From(Http.Request, "-einwohner", WhiteSpotList.Columns);
        var goals = await coverage.GoalsAsync(ct);
        if ((goals.FirstOrDefault(g => g.Slug == query["ziel"]) ?? goals.FirstOrDefault()) is not { } goal) return;
        var asked = Keys.Valid(query["gebiet"]) is { } key && key.StartsWith(goal.AreaKey, StringComparison.Ordinal) ? key : null;
        area = asked ?? goal.AreaKey;
        var measured = await coverage.MeasureAsync(goal, asked, ct);
        counts = [.. (await coverage.CountAsync(goals, asked, ct)).Select(c => c.Goal.Id == goal.Id ? measured.Count : c)];
        map = await maps.GetAsync(area, goal.Level == "district" && area.Length < 2 ? MapUnit.District : null, ct);
        source = await measured.Indicator.SourceAsync(db, ct);
        mayAssign = await rights.HoldsAsync(SituationPermissions.Assign, ct);
        mayExport = await rights.HoldsAsync(SituationPermissions.Export, ct);
        await ReadCrumbsAsync(ct);
        ReadSpots(measured, await list.ReadAsync(measured, withPriority: query.Sort == "vorrang" || query["bekannt"] is not null, ct));
        trend = await coverage.TrendAsync(goal, asked, ct);
        outlook = Outlook.Of(trend, measured.Reached, measured.Areas.Count, Today, goal.Due);
        // mine: of the divisions I speak for
        var own = await db.QueryAsync<string>("select short_name from organisation.division where id = any ((select access.editable_divisions('P1', 'resolutions'))::integer[])", ct: ct);
        followUps = [.. (await register.FollowUpsAsync(ct: ct)).Where(f => own.Contains(f.Division))];
        late = followUps.Count(f => f.On < Today);
        comparisons = await figures.ReadAsync(area, ct);
        var (due, changed) = (new List<Deadline>(), new List<Change>());
        foreach (var d in dates) due.AddRange(await d.NextAsync(Today, area, RowsBelow, ct));
        foreach (var n in news) changed.AddRange(await n.SinceAsync(Today.AddDays(-NewsDays), area, ct));
        (deadlines, changes) = ([.. due.OrderBy(d => d.On).Take(RowsBelow)], [.. changed.Take(5)]);
        current = measured;
    }

    private async Task ReadCrumbsAsync(CancellationToken ct)
    {
        crumbs = [new("Lage", "/lage")];
        if (area.Length == 0) states = (await territory.StatesAsync(ct)).ToDictionary(s => s.Key, s => s.Name);
        if (area.Length >= 2) crumbs.Add(new(await territory.NameAsync(area[..2], ct) ?? area[..2], area.Length > 2 ? "/lage?gebiet=" + area[..2] : null));
        else crumbs.Add(new("Deutschland"));
        if (area.Length >= 5 && await territory.NameAsync(area[..5], ct) is { } district) crumbs.Add(new(district, AreaLink.To(area[..5], district)));
        crumbs.Add(new($"Stand: {clock.GetLocalNow().ToString("dddd, d. MMMM yyyy, HH:mm", Wording.German)} Uhr"));
    }

    private void ReadSpots(GoalCoverage measured, IReadOnlyList<WhiteSpotRow> all)
    {
        shown = query["stand"] ?? "fehlt";
        if (shown is not ("fehlt" or "weg" or "alle")) shown = "fehlt";
        spots = WhiteSpotList.Filtered(all, ListQuery.From(Http.Request, "-einwohner", WhiteSpotList.Columns), shown == "alle" ? null : shown);
        choices = [new($"niemand {measured.Missing}", query.With("stand", null), shown == "fehlt"), new($"in Arbeit {measured.UnderWay}", query.With("stand", "weg"), shown == "weg"), new($"alle {measured.Missing + measured.UnderWay}", query.With("stand", "alle"), shown == "alle")];
        if (measured.Goal.Level == "municipality")
            districts = [.. measured.Areas.Select(a => (a.DistrictKey, a.DistrictName)).Distinct().OrderBy(d => d.DistrictName, StringComparer.Create(Wording.German, true))];
    }

    private IEnumerable<(Standing, int)> Counts() => new[] { (Standing.Reached, current!.Reached), (Standing.UnderWay, current.UnderWay), (Standing.Missing, current.Missing), (Standing.Unknown, current.Unknown) }.Where(c => c.Item2 > 0 || c.Item1 != Standing.Unknown);

    /// <summary>„Die Lücken häufen sich in den Kreisen Görlitz (22) und Zwickau (9).“</summary>
    private string Cluster
    {
        get
        {
            if (current!.Goal.Level != "municipality" || area.Length > 2 || current.Missing < 5) return "";
            var most = current.Areas.Where(a => a.Standing == Standing.Missing).GroupBy(a => a.DistrictName).OrderByDescending(g => g.Count()).Take(2).ToList();
            return most.Count < 2 ? "" : $" Die Lücken häufen sich in den Kreisen {most[0].Key} ({most[0].Count()}) und {most[1].Key} ({most[1].Count()}).";
        }
    }

    private string White(Standing? standing) => $"/lage/weisse-flecken?ziel={current!.Goal.Slug}{(standing is { } s ? "&stand=" + s.Css() : "")}{(query["kreis"] is { } k ? "&kreis=" + k : "")}{Within}";

    private string Course(GoalCount c)
    {
        var parts = new List<string>();
        if (c.Goal.Id == current!.Goal.Id && trend.Count > 2 && c.Reached - trend[^3].Reached is var gained and not 0) parts.Add($"{(gained > 0 ? "+" : "−")}{Math.Abs(gained)} in 14 Tagen");
        if (Pace.Due(c, Today) is { } due) parts.Add($"Soll heute {Wording.Number(due)}");
        if (parts.Count < 2) parts.Add(c.Goal.Due is { } d ? $"bis {d:d.M.yyyy}" : "ohne Frist");
        return string.Join(" · ", parts);
    }

    private string Since(WhiteSpotRow row) => (Today.DayNumber - row.Since.DayNumber) switch { 0 => "seit heute", 1 => "seit gestern", var days => $"seit {days} Tagen" };
}
