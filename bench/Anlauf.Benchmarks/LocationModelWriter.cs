using System.Globalization;
using Anlauf.Planning;
using Anlauf.Planning.Location;

namespace Anlauf.Benchmarks;

/// <summary>The textbook integer program of a location problem in LP format, for the baseline solver.</summary>
internal static class LocationModelWriter
{
    public static bool Write(PlanProblem problem, TextWriter writer)
    {
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
}
