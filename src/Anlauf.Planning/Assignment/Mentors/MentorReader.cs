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

    /// <summary>
    /// Our own format: <c>{"kind":"mentor","capacity":[…],"score":[[…] per candidate],"candidateWish"?:[[…]],
    /// "mentorWish"?:[[…] per candidate],"pins"?:[mentor, -1 for any, -2 for nobody]}</c>.
    /// </summary>
    public static PlanTask ReadJson(JsonElement root, string path)
    {
        var json = root.Deserialize<Format>(Certificates.CertificateJson.Options)!;
        if (json.Capacity is null || json.Score is null || json.Score.Any(row => row is null || row.Length != json.Capacity.Length))
            throw new PlanInputException(path, null, "score", "Gebraucht werden „capacity“ und je Kandidatur eine Zeile „score“ mit einem Wert je Mentor.");
        return Task(new(json.Instance ?? Path.GetFileNameWithoutExtension(path), json.Capacity, Flat(json.Score)!,
            Flat(json.CandidateWish), Flat(json.MentorWish), json.Pins));
    }

    private static long[]? Flat(long[][]? table) => table is null ? null : [.. table.SelectMany(row => row)];

    private static GeoPoint Place(StateFolder folder, CsvRow row) =>
        folder.Municipalities[row.Int("municipality_id", 0, folder.Municipalities.Count - 1)].Position;

    private static HashSet<string> Topics(CsvRow row) => [.. row.Text("topics").Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    private static PlanTask Task(MentorProblem problem) => new(problem, limits => MentorSolver.Solve(problem, limits));

    private sealed record Format(string? Instance, int[]? Capacity, long[][]? Score, long[][]? CandidateWish, long[][]? MentorWish, int[]? Pins);
}
