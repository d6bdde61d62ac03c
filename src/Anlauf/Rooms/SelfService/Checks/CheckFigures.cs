using Anlauf.Platform.Database;
using Anlauf.Platform.Privacy;

namespace Anlauf.Rooms.SelfService.Checks;

/// <summary>
/// What came of the checks of the last twelve months, by district. Numbers of one to four are not said outside of the own division, and a
/// sum beside them is made from what is shown, so that nothing can be subtracted.
/// </summary>
public sealed class CheckFigures(Db db)
{
    /// <summary>States in the order of the columns.</summary>
    public static IReadOnlyList<(string Id, string Name)> States { get; } = [("confirmed", "bestätigt"), ("corrected", "berichtigt"), ("open", "noch offen"), ("silent", "nicht bestätigt"), ("undeliverable", "kam nicht an")];

    private sealed record Row(string District, bool Own, string State, int N);

    /// <summary>A row of the table: number of each state as the reader sees it, null for a hidden one.</summary>
    public sealed record Line(string District, IReadOnlyList<int?> Parts)
    {
        /// <summary>„41“ or „etwa 40“: all that were asked.</summary>
        public string Asked => SmallCounts.Sum(Parts);
    }

    /// <summary>One line for each district with a check.</summary>
    public async Task<IReadOnlyList<Line>> LinesAsync(CancellationToken ct = default) => Of(await db.QueryAsync<Row>("select district, own, state, n from selfservice.check_figures()", ct: ct));

    private static IReadOnlyList<Line> Of(IEnumerable<Row> rows) =>
        [.. rows.GroupBy(r => r.District).OrderBy(g => g.Key, StringComparer.Create(System.Globalization.CultureInfo.GetCultureInfo("de-DE"), true))
            .Select(g => new Line(g.Key, [.. States.Select(s => SmallCounts.Shown(g.Where(r => r.State == s.Id).Sum(r => r.N), g.First().Own))]))];

    /// <summary>The column sums of what is shown.</summary>
    public static IReadOnlyList<string> Sums(IReadOnlyList<Line> lines) => [.. States.Select((_, i) => SmallCounts.Sum(lines.Select(l => l.Parts[i])))];
}
