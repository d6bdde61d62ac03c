using System.Globalization;
using Anlauf.Planning;
using Anlauf.Planning.Location;

namespace Anlauf.Benchmarks.Baselines;

/// <summary>The textbook integer program of a location problem in LP format, for the baseline solver.</summary>
internal static class LocationModelWriter
{
    private const int MostSites = 2_000;

    public static bool Write(PlanProblem problem, TextWriter writer)
    {
        if (problem is LocationProblem { Goal: LocationGoal.MostCovered } covering && covering.Sites.Count <= MostSites) return WriteCover(covering, writer);
        if (problem is not LocationProblem { Goal: LocationGoal.LeastTravel, Travel: TravelMatrix } location) return false;
        int sites = location.Sites.Count, clients = location.Weights.Count;
        writer.WriteLine("Minimize\n obj:");
        for (var j = 0; j < clients; j++)
            for (var i = 0; i < sites; i++)
                if (location.Weights[j] * location.Travel[i, j] is var cost and > 0)
                    writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $" + {cost} x{i}_{j}"));
        writer.WriteLine("Subject To");
        for (var j = 0; j < clients; j++) writer.WriteLine(string.Join(" + ", Enumerable.Range(0, sites).Select(i => $"x{i}_{j}")) + " = 1");
        for (var j = 0; j < clients; j++)
            for (var i = 0; i < sites; i++) writer.WriteLine($"x{i}_{j} - y{i} <= 0");
        writer.WriteLine(string.Join(" + ", Enumerable.Range(0, sites).Select(i => $"{location.Sites[i].Cost} y{i}")) + $" <= {location.Budget}");
        for (var g = 0; g < location.Groups.Count; g++)
            if (location.Groups[g].LeastOpen > 0)
                writer.WriteLine(string.Join(" + ", Enumerable.Range(0, sites).Where(i => location.Sites[i].Group == g).Select(i => $"y{i}")) + $" >= {location.Groups[g].LeastOpen}");
        writer.WriteLine("Binary\n" + string.Join(' ', Enumerable.Range(0, sites).Select(i => $"y{i}")) + "\nEnd");
        return true;
    }

    // least weight left uncovered: z is 1 where no open site is within reach; one term a line
    private static bool WriteCover(LocationProblem problem, TextWriter writer)
    {
        int sites = problem.Sites.Count, clients = problem.Weights.Count;
        writer.WriteLine("Minimize\n obj:");
        for (var j = 0; j < clients; j++)
            if (problem.Weights[j] > 0) writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $" + {problem.Weights[j]} z{j}"));
        writer.WriteLine("Subject To");
        for (var j = 0; j < clients; j++)
        {
            writer.WriteLine($" z{j}");
            for (var i = 0; i < sites; i++)
                if (problem.Travel[i, j] <= problem.Reach) writer.WriteLine($" + y{i}");
            writer.WriteLine(" >= 1");
        }
        for (var i = 0; i < sites; i++) writer.WriteLine($" + {problem.Sites[i].Cost} y{i}");
        writer.WriteLine($" <= {problem.Budget}");
        for (var g = 0; g < problem.Groups.Count; g++)
        {
            if (problem.Groups[g].LeastOpen <= 0) continue;
            for (var i = 0; i < sites; i++)
                if (problem.Sites[i].Group == g) writer.WriteLine($" + y{i}");
            writer.WriteLine($" >= {problem.Groups[g].LeastOpen}");
        }
        for (var i = 0; i < sites; i++)
            if (problem.Sites[i].Rule != SiteRule.Free) writer.WriteLine($" y{i} = {(problem.Sites[i].Rule == SiteRule.KeepOpen ? 1 : 0)}");
        writer.WriteLine("Binary");
        for (var i = 0; i < sites; i++) writer.WriteLine($" y{i}");
        writer.WriteLine("End");
        return true;
    }
}
