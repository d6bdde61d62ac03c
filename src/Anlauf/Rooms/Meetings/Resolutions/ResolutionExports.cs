using Anlauf.Platform.Documents.Papers;
using Anlauf.Platform.Hosting;
using Anlauf.Platform.Identity;
using Anlauf.Platform.Web;
using Anlauf.Platform.Web.Components;
using Anlauf.Platform.Web.Search;

namespace Anlauf.Rooms.Meetings.Resolutions;

/// <summary>The register as a file: exactly the rows of the filtered list.</summary>
internal static class ResolutionExports
{
    internal const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    public static void MapResolutionExports(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/sitzungen/beschluesse.csv", async (HttpContext http, ResolutionRegister register, CancellationToken ct) =>
        {
            var query = ListQuery.From(http.Request, "-datum", ResolutionRegister.SortColumns);
            var file = await register.CsvAsync(FilterOf(query), query.Sort, query.Descending, ct);
            return Results.File(file, "text/csv; charset=utf-8", "beschluesse.csv");
        }).RequireAuthorization(MeetingsPermissions.ExportResolutions).WithMetadata(new FreshProofAttribute());
        endpoints.MapGet("/sitzungen/beschluesse/{slug}/ausfertigung.{format:regex(^(pdf|docx)$)}", async (string slug, string format, ResolutionRegister register, PageFrame frame, IEnumerable<IFramePart> parts, HttpContext http, OwnAddress own, CancellationToken ct) =>
        {
            if (await register.FindAsync(slug, ct) is not { } r) return Results.NotFound();
            foreach (var part in parts) await part.FillAsync(frame, http);
            var paper = OfficialCopy.Of(r, await register.TasksAsync(r.Id, ct), await register.ReferralsAsync(r.Id, ct), await register.RecipientsAsync(r.Id, ct), frame.Organisation.Length > 0 ? frame.Organisation : r.Division, frame.IsDemo ? "Vorführdaten" : null, own.Name);
            return format == "pdf" ? Results.File(PdfPaper.Write(paper), "application/pdf", $"beschluss-{slug}.pdf") : Results.File(DocxPaper.Write(paper), Docx, $"beschluss-{slug}.docx");
        }).RequireAuthorization(MeetingsPermissions.ExportResolutions).WithMetadata(new FreshProofAttribute());
        endpoints.MapGet("/sitzungen/kontrolle.csv", async (HttpContext http, ResolutionControl control, CancellationToken ct) =>
            Results.File(await control.CsvAsync(SearchWords.Of(http.Request, "name"), ct), "text/csv; charset=utf-8", "beschlusskontrolle.csv")).RequireAuthorization(MeetingsPermissions.ExportResolutions).WithMetadata(new FreshProofAttribute());
    }

    /// <summary>The filter as it stands in the address.</summary>
    public static ResolutionRegister.Filter FilterOf(ListQuery query) =>
        new(query["q"], query["stand"], int.TryParse(query["gliederung"], out var division) ? division : null, query["ergebnis"], query["ueberfaellig"] == "ja", query["zustaendig"] == "niemand");
}
