using System.Globalization;
using System.Text;
using Anlauf.Platform.Audit;
using Anlauf.Platform.Database;
using Anlauf.Platform.Documents;
using Anlauf.Platform.Privacy;

namespace Anlauf.Rooms.Members.Numbers;

/// <summary>Contact points, staff and members by district beside the population (A14). What is hidden arrives here as null, so nothing made of it can give it away.</summary>
public sealed class Concentration(Db db)
{
    /// <param name="Members">Null where the number is not said.</param>
    public sealed record District(int DivisionId, string Name, int Inhabitants, int Points, int Staff, int? Members);

    /// <summary>A district's shares in tenths of a percent; null where its number is not said.</summary>
    public sealed record Shares(District Of, int Inhabitants, int Points, int Staff, int? Members);

    /// <summary>All districts of a state, and the share of those whose members are not said, together.</summary>
    /// <param name="HiddenMembers">Tenths of a percent; 2.5 members stand for each of them.</param>
    public sealed record Report(IReadOnlyList<Shares> Rows, int HiddenMembers, string Members, int Points, int Staff);

    /// <summary>State associations whose districts the acting person may compare.</summary>
    public Task<IReadOnlyList<(int Id, string Name, string Slug)>> RootsAsync(CancellationToken ct = default) => db.QueryAsync<(int, string, string)>("""
        select id, name, slug from organisation.division where parent_id is null and members.compares(id) order by name collate "de-x-icu"
        """, ct: ct);

    /// <summary>The report of a state.</summary>
    public async Task<Report> OfAsync(int root, CancellationToken ct = default) => Of(await db.QueryAsync<District>("select division_id, name, inhabitants, points, staff, members from members.concentration(@root)", new { root }, ct));

    /// <summary>Shares that add up to 100.0 % in each column.</summary>
    public static Report Of(IReadOnlyList<District> districts)
    {
        var hidden = districts.Count(d => d.Members is null);
        var names = districts.Select(d => d.Name).ToList();
        var members = Tenths([.. districts.Where(d => d.Members is not null).Select(d => (decimal)d.Members!.Value), 2.5m * hidden], [.. districts.Where(d => d.Members is not null).Select(d => d.Name), ""]);
        var (people, points, staff) = (Tenths([.. districts.Select(d => (decimal)d.Inhabitants)], names), Tenths([.. districts.Select(d => (decimal)d.Points)], names), Tenths([.. districts.Select(d => (decimal)d.Staff)], names));
        var known = 0;
        return new([.. districts.Select((d, i) => new Shares(d, people[i], points[i], staff[i], d.Members is null ? null : members[known++]))], members[^1], SmallCounts.Sum(districts.Select(d => d.Members)), districts.Sum(d => d.Points), districts.Sum(d => d.Staff));
    }

    /// <summary>
    /// Shares in tenths of a percent that add up to 1000 (largest remainders, Hare/Niemeyer); all 0 where there is nothing. Among equal remainders the
    /// name decides and not the place in the list: a district has the same share on every page, however it sorts.
    /// </summary>
    public static int[] Tenths(IReadOnlyList<decimal> parts, IReadOnlyList<string>? names = null)
    {
        var whole = parts.Sum();
        if (whole == 0) return new int[parts.Count];
        var exact = parts.Select(p => 1000 * p / whole).ToList();
        var shares = exact.Select(e => (int)Math.Floor(e)).ToArray();
        foreach (var i in Enumerable.Range(0, parts.Count).OrderByDescending(i => exact[i] - shares[i]).ThenBy(i => names is null ? "" : names[i], StringComparer.Ordinal).ThenBy(i => i).Take(1000 - shares.Sum())) shares[i]++;
        return shares;
    }

    /// <summary>„34,2 %“.</summary>
    public static string Percent(int? tenths) => tenths is { } t ? (t / 10m).ToString("0.0", CultureInfo.GetCultureInfo("de-DE")) + " %" : "–";

    /// <summary>Where it concentrates, in one sentence: the two districts with most members.</summary>
    public static string Sentence(Report report) => Top(report) is not { } top ? "So verteilen sich Anlaufstellen, Hauptamtliche und Mitglieder auf die Kreise."
        : $"{People(report)}; dort sind {Percent(top.Sum(r => r.Points))} der Anlaufstellen und {Percent(top.Sum(r => r.Staff))} der Hauptamtlichen.";

    /// <summary>The same of inhabitants and members alone, without its full stop; null where there is nothing to compare. Every page that says it says it from here.</summary>
    public static string? People(Report report) => Top(report) is not { } top ? null
        : $"In {top[0].Of.Name} und {top[1].Of.Name} leben {Percent(top.Sum(r => r.Inhabitants))} der Menschen und {Percent(top.Sum(r => r.Members))} der Mitglieder";

    private static List<Shares>? Top(Report report) =>
        report.Rows.Count >= 4 && report.Rows.Where(r => r.Members is > 0).OrderByDescending(r => r.Members).ThenBy(r => r.Of.Name, StringComparer.Ordinal).Take(2).ToList() is { Count: 2 } top ? top : null;

    internal static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/menschen/verteilung.csv", async (Concentration reports, HttpContext http, string? land) =>
        {
            var roots = await reports.RootsAsync(http.RequestAborted);
            return roots.Count == 0 ? Results.NotFound() : Results.Text(Write(await reports.OfAsync(roots.FirstOrDefault(r => r.Slug == land, roots[0]).Id, http.RequestAborted)), "text/csv; charset=utf-8", Encoding.UTF8);
        }).RequireAuthorization(MemberPermissions.ReadFigures).WithMetadata(new GivesFileAttribute());

    /// <summary>The table as a file.</summary>
    public static string Write(Report report)
    {
        var text = new StringBuilder("\uFEFFKreis;Einwohner;Anteil;Anlaufstellen;Anteil;Hauptamtliche;Anteil;Mitglieder;Anteil\r\n");
        foreach (var r in report.Rows)
            text.Append(CultureInfo.InvariantCulture, $"{CsvCell.Of(r.Of.Name)};{r.Of.Inhabitants};{Percent(r.Inhabitants)};{r.Of.Points};{Percent(r.Points)};{r.Of.Staff};{Percent(r.Staff)};{r.Of.Members?.ToString(CultureInfo.InvariantCulture) ?? "unter 5"};{Percent(r.Members)}\r\n");
        if (report.HiddenMembers > 0) text.Append(CultureInfo.InvariantCulture, $"Kreise mit unter 5 zusammen;;;;;;;;{Percent(report.HiddenMembers)}\r\n");
        return text.ToString();
    }
}
