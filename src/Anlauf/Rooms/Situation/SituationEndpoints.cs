using System.Globalization;
using System.Text;
using Anlauf.Platform.Access;
using Anlauf.Platform.Web.Components;
using Anlauf.Rooms.Territory;
using Anlauf.Rooms.Territory.Maps;

namespace Anlauf.Rooms.Situation;

/// <summary>The start page's choice, exports of list and map, and the quick search for places.</summary>
internal static class SituationEndpoints
{
    public static void MapSituation(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/", async (HttpContext http, Rights rights, CancellationToken ct) =>
            http.User.Identity?.IsAuthenticated != true ? Results.LocalRedirect("/anmelden")
            : Results.LocalRedirect(await rights.HoldsAsync(SituationPermissions.EditGoals, ct) ? "/lage" : "/heute")).AllowAnonymous();
        endpoints.MapGet("/lage.csv", CsvAsync).RequireAuthorization(SituationPermissions.Export);
        endpoints.MapGet("/lage/karte.svg", MapAsync).RequireAuthorization(SituationPermissions.Export);
        endpoints.MapGet("/suche.json", async (string? q, TerritoryDirectory territory, CancellationToken ct) =>
            Results.Json((await territory.SearchAsync(q ?? "", limit: 8, ct: ct)).Select(m => new { titel = m.ShortName, gruppe = "Orte", href = "/lage/gemeinden/" + m.Ags }))).RequireAuthorization(SituationPermissions.Read);
    }

    /// <summary>Rows as filtered and sorted in the address: what the list shows is what the file holds.</summary>
    public static List<AreaRow> Filtered(GoalCoverage coverage, ListQuery query)
    {
        var german = StringComparer.Create(CultureInfo.GetCultureInfo("de-DE"), ignoreCase: true);
        var rows = coverage.Areas.Where(a => (query["stand"] is not { } s || a.Standing.Css() == s) && (query["kreis"] is not { } k || a.DistrictKey == k));
        rows = query.Sort switch
        {
            "name" => query.Descending ? rows.OrderByDescending(a => a.Name, german) : rows.OrderBy(a => a.Name, german),
            "kreis" => query.Descending ? rows.OrderByDescending(a => a.DistrictName, german) : rows.OrderBy(a => a.DistrictName, german),
            _ => query.Descending ? rows.OrderByDescending(a => a.Population) : rows.OrderBy(a => a.Population),
        };
        return [.. rows];
    }

    private static async Task<IResult> CsvAsync(HttpContext http, Coverage coverage, CancellationToken ct)
    {
        var query = ListQuery.From(http.Request, "-einwohner", "name", "kreis", "einwohner");
        var goals = await coverage.GoalsAsync(ct);
        if ((goals.FirstOrDefault(g => g.Slug == query["ziel"]) ?? goals.FirstOrDefault()) is not { } goal) return Results.NotFound();
        var state = await coverage.MeasureAsync(goal, Keys.Valid(query["gebiet"]), ct);
        var german = CultureInfo.GetCultureInfo("de-DE");
        var text = new StringBuilder("Schlüssel;Gebiet;Kreis;Einwohner;Wert;Ziel;es fehlen;Stand;zuständig;bis\r\n");
        foreach (var a in Filtered(state, query))
            text.Append(german, $"{a.Key};\"{a.Name}\";\"{a.DistrictName}\";{a.Population};{a.Value};{goal.Target};{a.Gap};{a.Standing.Word()};\"{a.Assignee}\";{a.AssignedUntil:d}\r\n");
        return Results.File([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())], "text/csv; charset=utf-8", $"lage-{goal.Slug}.csv");
    }

    private static async Task<IResult> MapAsync(HttpContext http, Coverage coverage, TerritoryMaps maps, string? ziel, string? gebiet, CancellationToken ct)
    {
        var goals = await coverage.GoalsAsync(ct);
        if ((goals.FirstOrDefault(g => g.Slug == ziel) ?? goals.FirstOrDefault()) is not { } goal) return Results.NotFound();
        var state = await coverage.MeasureAsync(goal, Keys.Valid(gebiet), ct);
        if (await maps.GetAsync(Keys.Valid(gebiet) ?? goal.AreaKey, ct: ct) is not { } map) return Results.NotFound();
        var byKey = state.Areas.ToDictionary(a => a.Key, a => a.Standing);
        Standing Of(MapShape s) => byKey.TryGetValue(s.Key, out var own) || byKey.TryGetValue(s.DistrictKey, out own) ? own : Standing.Unknown;
        // a file of its own: colours inside, since no stylesheet goes along
        var svg = new StringBuilder($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {map.Width} {map.Height + 60}\" font-family=\"sans-serif\"><defs><pattern id=\"s\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect width=\"6\" height=\"6\" fill=\"#fff\"/><rect width=\"1.2\" height=\"6\" fill=\"#52656c\"/></pattern></defs><title>{Xml(goal.Title)}</title>");
        foreach (var shape in map.Shapes)
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"{shape.Path}\" fill=\"{Of(shape) switch { Standing.Reached => "#3f8891", Standing.UnderWay => "#edb94d", Standing.Missing => "url(#s)", _ => "#edf1f1" }}\" stroke=\"#fff\" stroke-width=\".6\"><title>{Xml(shape.Name)}: {Of(shape).Word()}</title></path>");
        svg.Append(CultureInfo.InvariantCulture, $"<path d=\"{map.DistrictLines}\" fill=\"none\" stroke=\"#12232a\"/><path d=\"{map.Outline}\" fill=\"none\" stroke=\"#12232a\" stroke-width=\"1.5\"/><text x=\"0\" y=\"{map.Height + 24}\" font-size=\"18\">{Xml(SituationSentence.Text(state))}</text><text x=\"0\" y=\"{map.Height + 48}\" font-size=\"13\">{Xml(map.Caption)}</text></svg>");
        return Results.Text(svg.ToString(), "image/svg+xml");
    }

    private static string Xml(string text) => System.Security.SecurityElement.Escape(text);
}
