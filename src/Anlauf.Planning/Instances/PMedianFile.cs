using System.Numerics;
using System.Runtime.InteropServices;
using Anlauf.Planning.Location;

namespace Anlauf.Planning.Instances;

/// <summary>Reads the p-median format of OR-Library: <c>n m p</c>, then m edges <c>i j c</c>; distances are shortest paths.</summary>
internal static class PMedianFile
{
    private const int Unreached = int.MaxValue / 2;

    public static LocationProblem Read(string path)
    {
        var reader = new NumberReader(path);
        var n = reader.NextInt("n", 1, 20_000);
        var edges = reader.NextInt("m", 0);
        var p = reader.NextInt("p", 1, n);
        var distances = new int[n * (long)n];
        Array.Fill(distances, Unreached);
        for (var i = 0; i < n; i++) distances[i * (long)n + i] = 0;
        for (var k = 0; k < edges; k++)
        {
            var i = reader.NextInt("i", 1, n) - 1;
            var j = reader.NextInt("j", 1, n) - 1;
            var cost = reader.NextInt("c", 0, int.MaxValue / 4 / n);
            // of repeated edges the last one counts
            if (i != j) distances[i * (long)n + j] = distances[j * (long)n + i] = cost;
        }
        if (!reader.AtEnd) throw reader.Refuse(null, $"Nach {edges} Kanten stehen noch weitere Zahlen. Bitte die Kopfzeile prüfen.");
        ShortestPaths(distances, n);
        for (var j = 1; j < n; j++)
            if (distances[j] >= Unreached)
                throw new PlanInputException(path, null, null, $"Ort {j + 1} ist von Ort 1 aus nicht erreichbar. Bitte die fehlende Kante ergänzen.");
        return new LocationProblem(
            Path.GetFileNameWithoutExtension(path), LocationGoal.LeastTravel,
            [.. Enumerable.Range(1, n).Select(i => new CandidateSite($"{i}", 1))], [],
            Enumerable.Repeat(1L, n).ToArray(), new TravelMatrix(n, n, distances), p);
    }

    /// <summary>Floyd and Warshall, a vector of targets at a time.</summary>
    private static void ShortestPaths(int[] distances, int n)
    {
        for (var k = 0; k < n; k++)
        {
            var via = distances.AsSpan(k * n, n);
            for (var i = 0; i < n; i++)
            {
                var first = distances[i * n + k];
                if (first >= Unreached || i == k) continue;
                var row = distances.AsSpan(i * n, n);
                var rows = MemoryMarshal.Cast<int, Vector<int>>(row);
                var vias = MemoryMarshal.Cast<int, Vector<int>>(via);
                var firsts = new Vector<int>(first);
                for (var v = 0; v < rows.Length; v++) rows[v] = Vector.Min(rows[v], firsts + vias[v]);
                for (var j = rows.Length * Vector<int>.Count; j < n; j++) row[j] = Math.Min(row[j], first + via[j]);
            }
        }
    }
}
