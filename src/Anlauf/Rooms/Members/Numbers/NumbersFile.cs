using System.Globalization;
using System.Text;
using Anlauf.Platform.Documents;

namespace Anlauf.Rooms.Members.Numbers;

/// <summary>The report as a file: months and districts, small numbers left out as on the page.</summary>
internal static class NumbersFile
{
    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/menschen/bericht.csv", async (HttpContext http, MemberNumbers numbers, TimeProvider clock) =>
        {
            var today = DateOnly.FromDateTime(clock.GetLocalNow().Date);
            var first = new DateOnly(today.Year, today.Month, 1).AddMonths(-11);
            var flows = StockAndFlow.Of(await numbers.SpellsAsync(today, http.RequestAborted), await numbers.MovesAsync(http.RequestAborted), first, first.AddMonths(11));
            return Results.Text(Write(flows), "text/csv; charset=utf-8", Encoding.UTF8);
        }).RequireAuthorization(MemberPermissions.Read);

    internal static string Write(IReadOnlyCollection<Flow> flows)
    {
        var text = new StringBuilder("\uFEFFMonat;Kreis;Bestand vorher;Eintritte;Austritte;Verstorbene;zugezogen;weggezogen;Bestand\r\n");
        foreach (var f in ShownFlows.Of(flows))
            text.Append(CultureInfo.InvariantCulture, $"{f.Month:yyyy-MM};{CsvCell.Of(f.Place)};{Of(f.Opening)};{Of(f.Joined)};{Of(f.Left)};{Of(f.Died)};{Of(f.In)};{Of(f.Out)};{Of(f.Closing)}\r\n");
        return text.ToString();
    }

    private static string Of(Told? told) => told?.Words.Replace(".", "", StringComparison.Ordinal) ?? "–";
}
