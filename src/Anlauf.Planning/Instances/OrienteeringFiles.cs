using Anlauf.Planning.Routes.Orienteering;

namespace Anlauf.Planning.Instances;

/// <summary>Reads orienteering (Tsiligirides, Chao) and team orienteering (Chao) files.</summary>
internal static class OrienteeringFiles
{
    /// <summary>"Tmax P", then "x y score"; the first point is the start, the second the end.</summary>
    public static OrienteeringProblem ReadSingle(string path)
    {
        var reader = new NumberReader(path);
        var budget = reader.NextDecimal("Tmax");
        var tours = reader.NextInt("P", 1, 1000);
        var points = new List<ScoredPoint>();
        while (!reader.AtEnd) points.Add(Point(reader));
        return points.Count >= 2
            ? new(Path.GetFileNameWithoutExtension(path), points, 0, 1, tours, budget)
            : throw reader.Refuse("x", "Es fehlen Start und Ziel. Erwartet werden wenigstens zwei Punkte.");
    }

    /// <summary>"n", "m", "tmax" with their words, then "x y score"; the first point is the start, the last the end.</summary>
    public static OrienteeringProblem ReadTeam(string path)
    {
        var reader = new NumberReader(path);
        Word(reader, "n");
        var count = reader.NextInt("n", 2, 2000);
        Word(reader, "m");
        var tours = reader.NextInt("m", 1, 1000);
        Word(reader, "tmax");
        var budget = reader.NextDecimal("tmax");
        var points = new ScoredPoint[count];
        for (var i = 0; i < count; i++) points[i] = Point(reader);
        return reader.AtEnd
            ? new(Path.GetFileNameWithoutExtension(path), points, 0, count - 1, tours, budget)
            : throw reader.Refuse("n", $"Nach {count} Punkten folgen weitere Zahlen. Bitte n prüfen.");
    }

    private static ScoredPoint Point(NumberReader reader) => new(reader.NextDouble("x"), reader.NextDouble("y"), reader.NextLong("score", 0));

    private static void Word(NumberReader reader, string word)
    {
        var found = reader.NextWord(word);
        if (!found.SequenceEqual(word)) throw reader.Refuse(word, $"Erwartet wird „{word}“, gefunden wurde „{found}“.");
    }
}
