using Anlauf.Platform.Documents.Papers;
using Anlauf.Platform.Identity;
using Anlauf.Platform.Web;

namespace Anlauf.Rooms.Privacy.Keeping;

/// <summary>Record and assessment as files; they hold no person.</summary>
internal static class RecordFiles
{
    public static void MapRecordFiles(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/verwaltung/datenschutz/verzeichnis.csv", async (RecordOfProcessing record, CancellationToken ct) =>
            Results.File(await record.CsvAsync(ct), "text/csv; charset=utf-8", "verzeichnis.csv")).RequireAuthorization(PrivacyPermissions.Export).WithMetadata(new FreshProofAttribute());
        endpoints.MapGet("/verwaltung/datenschutz/folgenabschaetzung.pdf", async (RecordOfProcessing record, PageFrame frame, IEnumerable<IFramePart> parts, HttpContext http, TimeProvider clock, CancellationToken ct) =>
        {
            foreach (var part in parts) await part.FillAsync(frame, http);
            var paper = RecordOfProcessing.Assessment(frame.Organisation, await record.ActivitiesAsync(ct), DateOnly.FromDateTime(clock.GetLocalNow().Date), frame.IsDemo ? "Vorführdaten" : null);
            return Results.File(PdfPaper.Write(paper), "application/pdf", "folgenabschaetzung.pdf");
        }).RequireAuthorization(PrivacyPermissions.Export).WithMetadata(new FreshProofAttribute());
    }
}
