using System.Globalization;
using System.Text;
using Anlauf.Platform.Documents;
using Anlauf.Platform.Privacy;

namespace Anlauf.Rooms.Members.Numbers;

/// <summary>The report as a file: months and districts, small numbers left out as on the page.</summary>
internal static class NumbersFile
{
    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/menschen/bericht.csv", async (HttpContext http, MemberNumbers numbers, TimeProvider clock) =>
        {
            var today = DateOnly.FromDateTime(clock.GetLocalNow().Date);
            var first = new DateOnly(today.Year, today.Month, 1).AddMonths(-11);
            var part = http.Request.Query["teil"].ToString();
            if (part == "vollstaendig") return Results.Text(Complete(await numbers.CompletenessAsync(http.RequestAborted)), "text/csv; charset=utf-8", Encoding.UTF8);
            if (part == "bleiben") return Results.Text(Cohorts(StockAndFlow.Retention(await numbers.SpellsAsync(today, http.RequestAborted), today)), "text/csv; charset=utf-8", Encoding.UTF8);
            var flows = StockAndFlow.Of(await numbers.SpellsAsync(today, http.RequestAborted), await numbers.MovesAsync(http.RequestAborted), first, first.AddMonths(11));
            return Results.Text(Write(flows), "text/csv; charset=utf-8", Encoding.UTF8);
        }).RequireAuthorization(MemberPermissions.Read);

    internal static string Complete(MemberNumbers.Completeness complete) =>
        "\uFEFFAngabe;Anteil in Prozent\r\n" + string.Concat(complete.Parts.Select(p => $"{p.Name};{(complete.Members == 0 ? "" : (100.0 * p.N / complete.Members).ToString("0.0", German))}\r\n"));

    internal static string Cohorts(IEnumerable<(int Year, int Began, IReadOnlyList<int?> StillAfter)> cohorts) =>
        "\uFEFFEingetreten;Menschen;nach einem Jahr noch da in Prozent;nach zwei Jahren;nach drei Jahren\r\n"
        + string.Concat(cohorts.Select(c => $"{c.Year};{Of(c.Began)};{string.Join(';', c.StillAfter.Select(n => StockAndFlow.Share(c.Began, n)?.ToString("0.0", German) ?? ""))}\r\n"));

    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");

    internal static string Write(IReadOnlyCollection<Flow> flows)
    {
        // where a number of a district is hidden all its stocks are rounded, or the difference of two months would tell it
        var rounded = flows.Where(f => new[] { f.Joined, f.Left, f.Died, f.In, f.Out }.Any(SmallCounts.Hides)).Select(f => f.Place).ToHashSet();
        var text = new StringBuilder("\uFEFFMonat;Kreis;Bestand vorher;Eintritte;Austritte;Verstorbene;zugezogen;weggezogen;Bestand\r\n");
        foreach (var f in flows)
            text.Append(CultureInfo.InvariantCulture, $"{f.Month:yyyy-MM};{CsvCell.Of(f.Place)};{Stock(f, f.Opening)};{Of(f.Joined)};{Of(f.Left)};{Of(f.Died)};{Of(f.In)};{Of(f.Out)};{Stock(f, f.Closing)}\r\n");
        return text.ToString();
        string Stock(Flow flow, int n) => Plain(rounded.Contains(flow.Place) && n >= SmallCounts.Least ? SmallCounts.Around(n) : SmallCounts.Of(n));
    }

    private static string Of(int n) => Plain(SmallCounts.Of(n));
    private static string Plain(string number) => number.Replace(".", "", StringComparison.Ordinal);
}
