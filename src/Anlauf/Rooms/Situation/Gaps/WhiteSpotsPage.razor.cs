using Anlauf.Platform.Database;
using Anlauf.Platform.Web.Components;
using Microsoft.AspNetCore.Components;

namespace Anlauf.Rooms.Situation.Gaps;

/// <summary>White spots as a table: filter, sort, page, choose, assign.</summary>
public sealed partial class WhiteSpotsPage
{
    private sealed record DistrictCount(string Key, string Name, int Missing, int UnderWay, int Total);

    private IReadOnlyList<Goal> goals = [];
    private GoalCoverage? state;
    private ListQuery query = null!;
    private IReadOnlyList<WhiteSpotRow> all = [];
    private List<WhiteSpotRow> rows = [];
    private List<(string Key, string Name)> districts = [];
    private List<DistrictCount> byDistrict = [];
    private IReadOnlyList<(string Area, string Sentence, DateOnly On)> helped = [];
    private IReadOnlyList<Choice> stands = [];
    private readonly List<(string, string, string)> chips = [];
    private List<Crumb> crumbs = [];
    private int known;
    private bool mayAssign, mayOrder, mayExport, scored, whole;

    /// <summary>A page that is to be printed shows all rows up to here.</summary>
    private const int PrintedAtMost = 1000;

    [CascadingParameter] private HttpContext Http { get; set; } = null!;
    [Inject] private Db Db { get; set; } = null!;

    private DateOnly Today => DateOnly.FromDateTime(Clock.GetLocalNow().Date);
    private string Csv => "/lage.csv" + Http.Request.QueryString;
    private string With(string name, string? value) => query.With(name, value);
    private IEnumerable<WhiteSpotRow> Shown => whole ? rows.Take(PrintedAtMost) : rows.Skip(query.Offset).Take(ListQuery.PageSize);

    // whoever assigns or moves up comes back to the list as it was filtered
    private string List => Http.Request.QueryString.Value?.TrimStart('?') ?? "";
    private string Assign(AreaRow area) => $"/lage/auftraege/neu?ziel={state!.Goal.Slug}&flecken={area.Key}&liste={Uri.EscapeDataString(List)}";
    private string First(AreaRow area) => $"/lage/weisse-flecken/vorziehen?ziel={state!.Goal.Slug}&gebiet={area.Key}&liste={Uri.EscapeDataString(List)}";
    private string KnownHref => $"/lage/weisse-flecken?ziel={state!.Goal.Slug}&stand=fehlt&bekannt=ja{(query["kreis"] is { } k ? "&kreis=" + Uri.EscapeDataString(k) : "")}{(query["gebiet"] is { } g ? "&gebiet=" + Uri.EscapeDataString(g) : "")}";
    private string Areas(int count) => Wording.Count(count, (state!.Goal.Areas.One == "Gemeinde" ? "eine " : "einen ") + state.Goal.Areas.One, state.Goal.Areas.Many);

    /// <summary>„ in Mittelsachsen“ where the list is limited to a district.</summary>
    private string Where => query["kreis"] is { } key && districts.FirstOrDefault(d => d.Key == key).Name is { } name ? (name.Contains("kreis ", StringComparison.OrdinalIgnoreCase) ? " im " : " in ") + name : "";

    /// <summary>Address of a white spots list from the query it was left with; the path is never taken from outside.</summary>
    internal static string Back(HttpRequest request, Goal goal) =>
        request.Query["liste"].ToString() is { Length: > 0 and < 2000 } list ? "/lage/weisse-flecken?" + list : $"/lage/weisse-flecken?ziel={goal.Slug}&stand=fehlt";

    protected override async Task OnInitializedAsync()
    {
        var ct = Http.RequestAborted;
        query = ListQuery.From(Http.Request, WhiteSpotList.DefaultSort, WhiteSpotList.Columns);
        goals = await Coverage.GoalsAsync(ct);
        if ((goals.FirstOrDefault(g => g.Slug == query["ziel"]) ?? goals.FirstOrDefault()) is not { } goal) return;
        state = await Coverage.MeasureAsync(goal, Keys.Valid(query["gebiet"]), ct);
        all = await Spots.ReadAsync(state, ct: ct);
        rows = WhiteSpotList.Filtered(all, query);
        scored = goal.Level == "municipality";
        whole = query["alle"] == "1";
        var everywhere = state.Areas;
        // sentence and tabs speak of the district that is chosen
        if (scored && query["kreis"] is { } chosen)
        {
            state = state with { Areas = [.. state.Areas.Where(a => a.DistrictKey == chosen)] };
            all = [.. all.Where(r => r.Area.DistrictKey == chosen)];
        }
        known = all.Count(r => r.Area.Standing == Standing.Missing && r.SomebodyKnown);
        mayAssign = await Rights.HoldsAsync(SituationPermissions.Assign, ct);
        mayExport = await Rights.HoldsAsync(SituationPermissions.Export, ct);
        mayOrder = scored && await Db.ScalarAsync<bool>("select @DivisionId = any ((select access.editable_divisions('P1', 'goals'))::integer[])", new { goal.DivisionId }, ct);
        crumbs = [new("Lage", "/lage?ziel=" + goal.Slug), new("Weiße Flecken")];
        stands =
        [
            new($"niemand {state.Missing}", With("stand", "fehlt"), query["stand"] == "fehlt"), new($"in Arbeit {state.UnderWay}", With("stand", "weg"), query["stand"] == "weg"),
            .. state.Unknown > 0 ? [new Choice($"keine Angabe {state.Unknown}", With("stand", "ka"), query["stand"] == "ka")] : Array.Empty<Choice>(),
            new($"alle {all.Count}", With("stand", null), query["stand"] is null),
        ];
        if (scored)
        {
            byDistrict = [.. everywhere.GroupBy(a => (a.DistrictKey, a.DistrictName))
                .Select(g => new DistrictCount(g.Key.DistrictKey, g.Key.DistrictName, g.Count(a => a.Standing == Standing.Missing), g.Count(a => a.Standing == Standing.UnderWay), g.Count()))
                .OrderByDescending(d => d.Missing).ThenBy(d => d.Key)];
            districts = [.. byDistrict.Select(d => (d.Key, d.Name)).OrderBy(d => d.Name, StringComparer.Create(Wording.German, true))];
            byDistrict = [.. byDistrict.Where(d => d.Missing > 0).Take(8)];
        }
        if (query["kreis"] is { } district) chips.Add(("kreis", "Kreis", districts.FirstOrDefault(d => d.Key == district).Name ?? district));
        if (query["bekannt"] == "ja") chips.Add(("bekannt", "nur", "jemand ist bekannt"));
        helped = await Db.QueryAsync<(string, string, DateOnly)>("""
            select coalesce(m.short_name, d.label), r.sentence, r.happened_at::date
            from situation.assignment a join situation.assignment_report r on r.assignment_id = a.id and r.happened_at >= a.ended_at - interval '1 minute'
            left join territory.municipality m on m.ags = a.area_key left join territory.district d on d.key = a.area_key
            where a.goal_id = @Id and a.state = 'done' and r.sentence <> 'Erledigt.' order by r.happened_at desc limit 4
            """, new { goal.Id }, ct);
    }

    private static string Known(WhiteSpotRow row) => row.Members switch
    {
        null => "weniger als fünf Mitglieder",
        0 => "kein Mitglied bekannt",
        var m => Wording.Count((int)m, "ein Mitglied", "Mitglieder"),
    };

    private string Since(WhiteSpotRow row)
    {
        var since = row.Area.AssignedAt is { } at && row.Area.Standing == Standing.UnderWay ? DateOnly.FromDateTime(at) : row.Since;
        return (Today.DayNumber - since.DayNumber) switch { 0 => "seit heute", 1 => "seit gestern", var days => $"seit {days} Tagen" };
    }
}
