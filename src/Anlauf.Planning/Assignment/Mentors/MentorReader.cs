using System.Text.Json;
using Anlauf.Planning.Instances;

namespace Anlauf.Planning.Assignment.Mentors;

/// <summary>Reads mentors × candidates from a state folder or our own JSON.</summary>
internal static class MentorReader
{
    /// <summary>Kind "mentor" of a state folder: 100 per common topic + 300 − a third of the travel time in tenths of a minute.</summary>
    public static PlanTask ReadState(StateFolder folder, StateEntry entry)
    {
        var mentors = folder.Table("mentors.csv").Rows;
        var candidates = folder.Table("candidates.csv").Rows;
        var homes = mentors.Select(row => Place(folder, row)).ToArray();
        var topics = mentors.Select(Topics).ToArray();
        var score = new long[mentors.Count * candidates.Count];
        for (var c = 0; c < candidates.Count; c++)
        {
            var (place, wanted) = (Place(folder, candidates[c]), Topics(candidates[c]));
            for (var k = 0; k < homes.Length; k++)
                score[(c * homes.Length) + k] = Math.Max(0, (100 * topics[k].Count(wanted.Contains)) + 300 - (TravelTime.Tenths(homes[k], place) / 3));
        }
        return Task(new(entry.Id, [.. mentors.Select(row => row.Int("capacity", 0))], score));
    }

    /// <summary>Kind "mentor" of our own JSON format, see docs/plan-format.md.</summary>
    public static PlanTask ReadJson(JsonElement root, string path)
    {
        var json = root.As<Format>(path);
        var capacity = json.Capacity ?? throw JsonInput.Missing(path, "capacity");
        long[]? Wishes(long[]?[]? table, string field) => table is null ? null : JsonInput.Flat(table, json.Score!.Length, capacity.Length, path, field);
        return Task(new(json.Name ?? Path.GetFileNameWithoutExtension(path), capacity,
            JsonInput.Flat(json.Score, null, capacity.Length, path, "score"),
            Wishes(json.CandidateWish, "candidateWish"), Wishes(json.MentorWish, "mentorWish"), json.Pins));
    }

    private static GeoPoint Place(StateFolder folder, CsvRow row) =>
        folder.Municipalities[row.Int("municipality_id", 0, folder.Municipalities.Count - 1)].Position;

    private static HashSet<string> Topics(CsvRow row) => [.. row.Text("topics").Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    private static PlanTask Task(MentorProblem problem) => new(problem, limits => MentorSolver.Solve(problem, limits));

    private sealed record Format(
        string? Kind, string? Name, int[]? Capacity, long[]?[]? Score, long[]?[]? CandidateWish, long[]?[]? MentorWish, int[]? Pins);
}
