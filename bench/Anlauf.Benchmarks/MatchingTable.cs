using System.Diagnostics;
using System.Globalization;
using Anlauf.Planning;
using Anlauf.Planning.Assignment.Mentors;
using Anlauf.Planning.Certificates;

namespace Anlauf.Benchmarks;

/// <summary>Milliseconds of the best and the stable matching together, kinds of scores × shapes.</summary>
internal static class MatchingTable
{
    private static readonly (string Name, int Tenths, int Share, bool Turned, bool Uneven, bool Wishes)[] Shapes =
    [
        ("places for 9 of 10", 9, 1, false, false, false),
        ("places for all", 10, 1, false, false, false),
        ("places for 13 of 10", 13, 1, false, false, false),
        ("a tenth has most places", 9, 1, false, true, false),
        ("a tenth of the mentors", 9, 10, false, false, false),
        ("places for 3 of 10", 3, 1, false, false, false),
        ("more mentors", 10, 1, true, false, false),
        ("wishes", 9, 1, false, false, true),
    ];

    public static int Run(string size, string[] arguments)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var settings = BenchSettings.Parse("mentor", arguments);
        if (size.Split('x') is not [var first, var second] || !int.TryParse(first, out var mentors) || !int.TryParse(second, out var candidates))
        {
            Console.Error.WriteLine("size: MENTORSxCANDIDATES");
            return 2;
        }
        foreach (var kind in MatchingScores.Kinds.Keys) MentorSolver.Solve(MatchingScores.Make(new(1), kind, 200, 800, 9, false, false), settings.Limits); // compiles
        Console.WriteLine($"{size}, wall ms, best of {settings.Repeat}\n| scores | {string.Join(" | ", Shapes.Select(shape => shape.Name))} |\n|{string.Concat(Shapes.Select(_ => " --- |"))} --- |");
        var wrong = 0;
        foreach (var kind in MatchingScores.Kinds.Keys.Where(kind => settings.Only is null || kind.Contains(settings.Only, StringComparison.Ordinal)))
        {
            Console.Write($"| {kind} |");
            foreach (var shape in Shapes)
            {
                var (m, n) = shape.Turned ? (candidates, mentors) : (mentors / shape.Share, candidates);
                var problem = MatchingScores.Make(new(m + n), kind, m, n, shape.Tenths, shape.Uneven, shape.Wishes);
                var best = double.MaxValue;
                for (var run = 0; run < settings.Repeat; run++)
                {
                    GC.Collect();
                    var clock = Stopwatch.StartNew();
                    var result = MentorSolver.Solve(problem, settings.Limits);
                    best = Math.Min(best, clock.Elapsed.TotalMilliseconds);
                    if (run > 0) continue;
                    var check = CertificateChecker.Check(problem, result.Certificate!);
                    if (check.Ok && result.Status == PlanStatus.Optimal) continue;
                    wrong++;
                    Console.Write($" {result.Status} {check.Reason}");
                }
                Console.Write($" {best:0} |");
            }
            Console.WriteLine();
        }
        return wrong == 0 ? 0 : 1;
    }
}
