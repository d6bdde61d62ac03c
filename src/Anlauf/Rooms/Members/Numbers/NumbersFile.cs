using System.Globalization;
using System.Text;
using Anlauf.Platform.Audit;
using Anlauf.Platform.Documents;

namespace Anlauf.Rooms.Members.Numbers;

/// <summary>The report as a file: months and districts, small numbers left out as on the page.</summary>
internal static class NumbersFile
{
    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/menschen/bericht.csv", async (HttpContext http, MemberReport reports) =>
        {
            var report = await reports.OfAsync(http.RequestAborted);
            var text = http.Request.Query["teil"].ToString() switch
            {
                "vollstaendig" => Complete(report.Complete),
                "bleiben" => Cohorts(ShownShares.Cohorts(report.Retention, ShownFlows.Together(report.Flows), report.Today)),
                _ => Write(report.Flows),
            };
            return Results.Text(text, "text/csv; charset=utf-8", Encoding.UTF8);
        }).RequireAuthorization(MemberPermissions.Read).WithMetadata(new GivesFileAttribute());

    internal static string Complete(MemberNumbers.Completeness complete) =>
        "\uFEFFAngabe;vorhanden bei\r\n" + string.Concat(complete.Parts.Select(p => $"{p.Name};{ShownShares.Had(p.N, complete.Members).Words}\r\n"));

    internal static string Cohorts(IEnumerable<ShownShares.Cohort> cohorts) =>
        "\uFEFFEingetreten;Menschen;nach einem Jahr noch da in Prozent;nach zwei Jahren;nach drei Jahren\r\n"
        + string.Concat(cohorts.Select(c => $"{c.Year};{Of(c.Began)};{string.Join(';', c.Stayed.Select(n => n?.ToString("0.0", German) ?? ""))}\r\n"));

    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");

    internal static string Write(IReadOnlyCollection<Flow> flows)
    {
        var text = new StringBuilder("\uFEFFMonat;Kreis;Bestand vorher;Eintritte;Austritte;Verstorbene;zugezogen;weggezogen;Bestand\r\n");
        foreach (var f in ShownFlows.Of(flows))
            text.Append(CultureInfo.InvariantCulture, $"{f.Month:yyyy-MM};{CsvCell.Of(f.Place)};{Of(f.Opening)};{Of(f.Joined)};{Of(f.Left)};{Of(f.Died)};{Of(f.In)};{Of(f.Out)};{Of(f.Closing)}\r\n");
        return text.ToString();
    }

    private static string Of(Told? told) => told?.Words.Replace(".", "", StringComparison.Ordinal) ?? "–";
}
