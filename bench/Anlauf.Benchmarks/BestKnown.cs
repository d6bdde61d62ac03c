using System.Globalization;
using Anlauf.Planning;
using Anlauf.Planning.Instances;

namespace Anlauf.Benchmarks;

/// <summary>One row of a best_known.csv: names the files and options of an instance and its best known value.</summary>
internal sealed record BestKnown(string Instance, string Value, IReadOnlyDictionary<string, string> Fields)
{
    public static bool In(string folder) => File.Exists(Path.Combine(folder, "best_known.csv"));

    public static IEnumerable<BestKnown> Read(string folder)
    {
        var path = Path.Combine(folder, "best_known.csv");
        var header = File.ReadLines(path).First().TrimEnd('\r').Split(',');
        return CsvTable.Read(path).Rows.Select(row => new BestKnown(
            row.Text("instance"), row.Text("best_known"), header.ToDictionary(field => field, row.Text)));
    }

    /// <summary>The task of this row, or none when its files are absent or its kind is not in the table.</summary>
    public PlanTask? Open(string family, string folder)
    {
        var files = Fields.TryGetValue("folder", out var sub) ? [sub]
            : Fields.TryGetValue("files", out var many) ? many.Split(' ')
            : new[] { Fields["file"] };
        var input = new PlanInput([.. files.Select(file => Path.Combine(folder, file))])
        {
            Problem = family == "state" ? Instance : null,
            Radius = Number("radius"),
            Sites = (int?)Number("p"),
            Capacity = (long?)Number("capacity"),
        };
        if (!input.Files.All(file => File.Exists(file) || Directory.Exists(file))) return null;
        var task = PlanFamilies.Find(family).Read(input).FirstOrDefault();
        if (task is not null && task.Problem.Instance != Instance)
            Console.WriteLine($"  name {task.Problem.Instance} instead of {Instance}");
        return task;
    }

    private decimal? Number(string field) =>
        Fields.TryGetValue(field, out var text) && decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var value) ? value : null;
}
