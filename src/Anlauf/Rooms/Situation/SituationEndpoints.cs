using Anlauf.Platform.Access;
using Anlauf.Platform.Database;
using Anlauf.Platform.Identity;
using Anlauf.Platform.Web;
using Anlauf.Platform.Web.Components;
using Anlauf.Platform.Web.Search;
using Anlauf.Rooms.Situation.Gaps;
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
            : http.User.IsGuest() ? Results.LocalRedirect(GuestClaims.Home)
            : Results.LocalRedirect(await rights.HoldsAsync(SituationPermissions.EditGoals, ct) ? "/lage" : "/heute")).AllowAnonymous();
        endpoints.MapGet("/lage.csv", CsvAsync).RequireAuthorization(SituationPermissions.Export).WithMetadata(new FreshProofAttribute());
        endpoints.MapGet("/lage/karte.svg", MapAsync).RequireAuthorization(SituationPermissions.Export);
        endpoints.MapPost("/heute/morgen", PutOffAsync).RequireAuthorization(AccessSetup.SignedIn);
        endpoints.MapPost("/heute/wieder", ShowAgainAsync).RequireAuthorization(AccessSetup.SignedIn).WithMetadata(new Microsoft.AspNetCore.Antiforgery.RequireAntiforgeryTokenAttribute());
        // by form, though it only reads: what is typed belongs into no log
        endpoints.MapPost("/suche.json", QuickSearchAsync).RequireAuthorization(SituationPermissions.Read).WithMetadata(new Microsoft.AspNetCore.Antiforgery.RequireAntiforgeryTokenAttribute());
    }

    private static async Task<IResult> PutOffAsync([Microsoft.AspNetCore.Mvc.FromForm] string? aufgabe, TodayTasks tasks, Confirmations confirmations, CancellationToken ct)
    {
        confirmations.Say(await tasks.PutOffAsync(aufgabe, ct) is { } what ? $"Bis morgen zurückgestellt: „{what}“." : "Diese Aufgabe steht nicht mehr auf Ihrer Liste.");
        return Results.LocalRedirect("/heute");
    }

    private static async Task<IResult> ShowAgainAsync(TodayTasks tasks, CancellationToken ct)
    {
        await tasks.ShowAgainAsync(ct);
        return Results.LocalRedirect("/heute");
    }

    private static async Task<IResult> QuickSearchAsync(HttpContext http, TerritoryDirectory territory, IEnumerable<ISearchPart> parts, SearchWords words, CancellationToken ct)
    {
        var q = (await http.Request.ReadFormAsync(ct))["q"].ToString().Trim();
        if (q.Length == 0) return Results.Json(Array.Empty<object>());
        var hits = (await territory.SearchAsync(q, limit: 6, ct: ct)).Select(m => new SearchHit("Orte", m.ShortName, m.PostalCode, AreaLink.To(m.Ags, m.ShortName))).ToList();
        if (q.Any(char.IsLetterOrDigit))
            foreach (var part in parts) hits.AddRange(await part.FindAsync(q, ct));
        hits.Add(new("Suche", $"Überall nach „{q}“ suchen", null, "/suche?q=" + words.Seal(q)));
        return Results.Json(hits.Select(h => new { titel = h.Title, gruppe = h.Group, href = h.Href, neben = h.Beside }));
    }

    private static async Task<IResult> CsvAsync(HttpContext http, Coverage coverage, WhiteSpotList list, CancellationToken ct)
    {
        var query = ListQuery.From(http.Request, WhiteSpotList.DefaultSort, WhiteSpotList.Columns);
        var goals = await coverage.GoalsAsync(ct);
        if ((goals.FirstOrDefault(g => g.Slug == query["ziel"]) ?? goals.FirstOrDefault()) is not { } goal) return Results.NotFound();
        var state = await coverage.MeasureAsync(goal, Keys.Valid(query["gebiet"]), ct);
        return Results.File(AreaFile.Write(state, WhiteSpotList.Filtered(await list.ReadAsync(state, ct: ct), query), await state.Indicator.SourceAsync(http.RequestServices.GetRequiredService<Db>(), ct)),
            "text/csv; charset=utf-8", $"weisse-flecken-{goal.Slug}.csv");
    }

    private static async Task<IResult> MapAsync(Coverage coverage, TerritoryMaps maps, PageFrame frame, IEnumerable<IFramePart> parts, TimeProvider clock, HttpContext http, string? ziel, string? gebiet, CancellationToken ct)
    {
        var goals = await coverage.GoalsAsync(ct);
        if ((goals.FirstOrDefault(g => g.Slug == ziel) ?? goals.FirstOrDefault()) is not { } goal) return Results.NotFound();
        var state = await coverage.MeasureAsync(goal, Keys.Valid(gebiet), ct);
        foreach (var part in parts) await part.FillAsync(frame, http);
        return await maps.GetAsync(Keys.Valid(gebiet) ?? goal.AreaKey, ct: ct) is { } map
            ? Results.Text(MapFile.Write(map, state, DateOnly.FromDateTime(clock.GetLocalNow().Date), frame.IsDemo ? "Vorführdaten" : null), "image/svg+xml") : Results.NotFound();
    }
}
