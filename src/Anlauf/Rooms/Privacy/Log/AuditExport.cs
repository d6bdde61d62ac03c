using Anlauf.Platform.Identity;
using Anlauf.Platform.Web.Components;

namespace Anlauf.Rooms.Privacy.Log;

/// <summary>The filtered log as a file.</summary>
internal static class AuditExport
{
    public static void MapAuditExport(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/verwaltung/protokoll.csv", async (HttpContext http, AuditRegister register, CancellationToken ct) =>
            Results.File(await register.CsvAsync(FilterOf(ListQuery.From(http.Request, "")), ct), "text/csv; charset=utf-8", "protokoll.csv")).RequireAuthorization(PrivacyPermissions.ExportLog).WithMetadata(new FreshProofAttribute());

    /// <summary>The filter as it stands in the address; what cannot be read filters nothing.</summary>
    public static AuditRegister.Filter FilterOf(ListQuery query) => new(query["art"], query["wer"], int.TryParse(query["betrifft"], out var subject) ? subject : null, query["bereich"],
        DateOnly.TryParse(query["von"], out var from) ? from : null, DateOnly.TryParse(query["bis"], out var to) ? to : null);
}
