using System.Globalization;
using Anlauf.Planning.Certificates;

namespace Anlauf.Planning.Assignment.Sponsors;

/// <summary>What impossible limits mean, in German for people.</summary>
internal static class SponsorSentences
{
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");

    /// <summary>Explains why no plan exists and what would help.</summary>
    public static string Refusal(SponsorProblem problem, SponsorCertificate certificate)
    {
        for (var v = 0; v < problem.Constituencies; v++)
            if (problem.Population[v] > problem.MaxLoad)
                return string.Create(German, $"Wahlkreis {v + 1} hat allein {problem.Population[v]:#,0} Menschen, erlaubt sind je Abgeordnete höchstens {problem.MaxLoad:#,0}. {Remedy(problem, certificate)}");
        for (var m = 0; m < problem.Members; m++)
            if (Enumerable.Range(0, problem.Constituencies).Where(v => problem.Pins[v] == m).Sum(v => problem.Population[v]) is var pinned && pinned > problem.MaxLoad)
                return string.Create(German, $"Die festen Zuordnungen von Person {m + 1} ergeben {pinned:#,0} Menschen, erlaubt sind höchstens {problem.MaxLoad:#,0}. Bitte eine davon lösen.");
        return Remedy(problem, certificate);
    }

    private static string Remedy(SponsorProblem problem, SponsorCertificate certificate)
    {
        var kind = problem.Connected ? "zusammenhängende Aufteilung" : "Aufteilung";
        var window = problem.TolerancePermille is { } permille
            ? $"Unter ±{Percent(permille)} % gibt es keine {kind}"
            : string.Create(German, $"Mit {problem.MinLoad:#,0} bis {problem.MaxLoad:#,0} Menschen je Abgeordnete gibt es keine {kind}");
        return certificate.LeastTolerancePermille is { } least ? $"{window}; ab ±{Percent(least)} % schon." : $"{window}.";
    }

    private static string Percent(int permille) => (permille / 10m).ToString("0.#", German);
}
