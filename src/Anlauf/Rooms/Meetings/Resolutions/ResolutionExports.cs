using Anlauf.Platform.Web.Components;

namespace Anlauf.Rooms.Meetings.Resolutions;

/// <summary>The register as a file: exactly the rows of the filtered list.</summary>
internal static class ResolutionExports
{
    public static void MapResolutionExports(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/sitzungen/beschluesse.csv", async (HttpContext http, ResolutionRegister register, CancellationToken ct) =>
        {
            var query = ListQuery.From(http.Request, "-datum", ResolutionRegister.SortColumns);
            var file = await register.CsvAsync(FilterOf(query), query.Sort, query.Descending, ct);
            return Results.File(file, "text/csv; charset=utf-8", "beschluesse.csv");
        }).RequireAuthorization(MeetingsPermissions.ExportResolutions);

    /// <summary>The filter as it stands in the address.</summary>
    public static ResolutionRegister.Filter FilterOf(ListQuery query) =>
        new(query["q"], query["stand"], int.TryParse(query["gliederung"], out var division) ? division : null, query["ergebnis"], query["ueberfaellig"] == "ja");
}
