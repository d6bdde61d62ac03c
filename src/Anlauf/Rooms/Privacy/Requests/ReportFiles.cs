using Anlauf.Platform.Audit;
using Anlauf.Platform.Documents.Papers;
using Anlauf.Platform.Identity;
using Anlauf.Platform.Web;

namespace Anlauf.Rooms.Privacy.Requests;

/// <summary>The answer as files for the person: PDF to read, JSON to take along.</summary>
internal static class ReportFiles
{
    public static void MapReportFiles(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/verwaltung/datenschutz/anfragen/{id:int}/auskunft.{format:regex(^(pdf|json)$)}", async (int id, string format, HttpContext http, RequestRegister register, SubjectReport reports, AuditLog audit, PageFrame frame, IEnumerable<IFramePart> parts, TimeProvider clock, CancellationToken ct) =>
        {
            if (await register.FindAsync(id, ct) is not { PersonId: { } person } request) return Results.NotFound();
            if (request.Withheld is { } why) return Results.Text(why.Message + ".", statusCode: StatusCodes.Status409Conflict);
            await audit.ExportAsync("privacy.request", $"id={id} {format}", person, "privacy", ct);
            var (report, today) = (await reports.CompileAsync(person, ct), DateOnly.FromDateTime(clock.GetLocalNow().Date));
            foreach (var part in parts) await part.FillAsync(frame, http);
            // the name of the person stays out of the file's name: it lands in download lists and mails
            return format == "json" ? Results.File(SubjectReport.Json(report, today), "application/json", $"auskunft-{id}.json")
                : Results.File(PdfPaper.Write(SubjectReport.Paper(report, today, frame.IsDemo ? "Vorführdaten" : null)), "application/pdf", $"auskunft-{id}.pdf");
        }).RequireAuthorization(PrivacyPermissions.Edit).WithMetadata(new FreshProofAttribute());
}
