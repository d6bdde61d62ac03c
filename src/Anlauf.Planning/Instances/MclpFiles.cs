using System.Globalization;
using Anlauf.Planning.Location;

namespace Anlauf.Planning.Instances;

/// <summary>Reads Lorena's covering problems: a file of coordinates (header, then x y) and a file of demands.</summary>
internal static class MclpFiles
{
    // two points are never further apart than Beyond, and its square still fits
    private const decimal MostCoordinate = 1e12m, Beyond = 1e13m;

    public static LocationProblem Read(PlanInput input)
    {
        if (input.Files is not [var coordinates, var demands])
            throw new PlanInputException("Die Familie „mclp“ braucht zwei Dateien: Koordinaten und Bedarf.");
        var radius = input.Radius is { } r and >= 0 ? r : throw new PlanInputException("Bitte den Radius angeben: --radius R, nicht negativ.");
        var sites = input.Sites is { } p and >= 0 ? p : throw new PlanInputException("Bitte die Zahl der Standorte angeben: --p P, nicht negativ.");
        var (x, y) = ReadPoints(coordinates);
        var weights = ReadDemands(demands, x.Length);
        var n = x.Length;
        var within = Math.Min(radius, Beyond);
        // 0 = within the radius, 1 = outside; decided on squares, so no rounding
        var distances = new int[n * (long)n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
                distances[i * (long)n + j] = Within(x[i] - x[j], y[i] - y[j], within) ? 0 : 1;
        var number = Path.GetFileNameWithoutExtension(coordinates).Replace("coord", "", StringComparison.Ordinal);
        return new LocationProblem(
            string.Create(CultureInfo.InvariantCulture, $"mclp{number}-R{radius:0.###}-p{sites}"), LocationGoal.MostCovered,
            [.. Enumerable.Range(1, n).Select(i => new CandidateSite($"{i}", 1))], [],
            weights, new TravelMatrix(n, n, distances), sites);
    }

    private static bool Within(decimal dx, decimal dy, decimal radius) =>
        Math.Abs(dx) <= radius && Math.Abs(dy) <= radius && dx * dx + dy * dy <= radius * radius;

    private static (decimal[] X, decimal[] Y) ReadPoints(string path)
    {
        var reader = new NumberReader(path);
        var n = reader.NextInt("n", 1, 20_000);
        var headerLine = reader.Line;
        var numbers = new List<decimal>();
        while (!reader.AtEnd)
        {
            var value = reader.NextDecimal("x y");
            if (Math.Abs(value) > MostCoordinate) throw reader.Refuse("x y", "Die Koordinate ist zu groß.");
            if (reader.Line > headerLine) numbers.Add(value);
        }
        if (numbers.Count != 2 * n) throw reader.Refuse("x y", $"Erwartet sind {n} Punkte, gefunden {numbers.Count / 2m:0.#}.");
        return ([.. numbers.Where((_, k) => k % 2 == 0)], [.. numbers.Where((_, k) => k % 2 == 1)]);
    }

    private static long[] ReadDemands(string path, int n)
    {
        var reader = new NumberReader(path);
        var weights = new long[n];
        for (var j = 0; j < n; j++) weights[j] = reader.NextLong("demand", 0);
        return reader.AtEnd ? weights : throw reader.Refuse("demand", $"Es stehen mehr als {n} Werte in der Datei.");
    }
}
