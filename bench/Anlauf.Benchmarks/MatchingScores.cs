using System.Numerics;
using Anlauf.Planning.Assignment.Mentors;

namespace Anlauf.Benchmarks;

/// <summary>Mentors × candidates with scores of many kinds: what is easy for one search is hard for another.</summary>
internal static class MatchingScores
{
    /// <summary>What a pair counts, by name of the kind.</summary>
    public static IReadOnlyDictionary<string, Func<Random, Person, Person, long>> Kinds { get; } = new Dictionary<string, Func<Random, Person, Person, long>>
    {
        ["topics and distance"] = (_, a, b) => Math.Max(0, (100 * Common(a, b)) + 300 - (long)(13 * Distance(a, b) / 3)),
        ["topics"] = (_, a, b) => 100 * Common(a, b),
        ["distance"] = (_, a, b) => 1000 - (long)(3 * Distance(a, b)),
        ["distance, towns"] = (_, a, b) => 1000 - (long)(3 * double.Hypot(a.TownX - b.TownX, a.TownY - b.TownY)),
        ["random to 1,000"] = (random, _, _) => random.Next(1, 1_000),
        ["random to 10^6"] = (random, _, _) => random.Next(1, 1_000_000),
        ["random to 10^9"] = (random, _, _) => random.Next(1, 1_000_000_000),
        ["1 to 4"] = (random, _, _) => random.Next(1, 5),
        ["equal"] = (_, _, _) => 7,
        ["5 % of the pairs"] = (random, _, _) => random.Next(20) == 0 ? random.Next(1, 1000) : 0,
        ["product to 60²"] = (_, a, b) => (1 + (a.Quality * 60 / 1000)) * (1 + (b.Quality * 60 / 1000)),
        ["product to 10^6"] = (_, a, b) => (1 + a.Quality) * (1 + b.Quality),
        ["product, few good"] = (_, a, b) => (1 + (a.Quality * a.Quality / 1000)) * (1 + (b.Quality * b.Quality / 1000)),
        ["product + noise"] = (random, a, b) => ((1 + a.Quality) * (1 + b.Quality) / 400) + random.Next(50),
        ["product + little noise"] = (random, a, b) => (4 * (1 + (a.Quality * 30 / 1000)) * (1 + (b.Quality * 30 / 1000))) + random.Next(3),
        ["product, half forbidden"] = (random, a, b) => random.Next(2) == 0 ? 0 : (1 + (a.Quality * 60 / 1000)) * (1 + (b.Quality * 60 / 1000)),
        ["product + topics"] = (_, a, b) => ((1 + a.Quality) * (1 + b.Quality) / 500) + (100 * Common(a, b)),
        ["two products"] = (_, a, b) => 1 + (((a.Quality * b.Quality) + (a.Other * b.Other)) / 600),
        ["sum"] = (_, a, b) => 1 + a.Quality + b.Quality,
        ["sum + noise"] = (random, a, b) => 1 + a.Quality + b.Quality + random.Next(20),
        ["near on a line"] = (random, a, b) => 1003 - Math.Abs(a.Quality - b.Quality) + random.Next(3),
        ["far on a line"] = (_, a, b) => 1 + Math.Abs(a.Quality - b.Quality),
        ["square of the difference"] = (_, a, b) => 1_000_001 - ((a.Quality - b.Quality) * (a.Quality - b.Quality)),
        ["the lower of two"] = (_, a, b) => 1 + Math.Min(a.Quality, b.Quality),
        ["the mentor alone"] = (_, a, _) => 1 + a.Quality,
        ["the candidate alone"] = (_, _, b) => 1 + b.Quality,
    };

    /// <summary>Mentors, candidates and places in tenths of the candidates.</summary>
    /// <param name="random">draws everything</param>
    /// <param name="kind">name of the kind</param>
    /// <param name="mentors">number of mentors</param>
    /// <param name="candidates">number of candidates</param>
    /// <param name="tenths">places in tenths of the candidates</param>
    /// <param name="uneven">a tenth of the mentors has most places</param>
    /// <param name="wishes">both sides add wishes</param>
    public static MentorProblem Make(Random random, string kind, int mentors, int candidates, int tenths, bool uneven, bool wishes)
    {
        var (givers, takers, count) = (People(random, mentors), People(random, candidates), Kinds[kind]);
        var score = new long[mentors * candidates];
        for (var c = 0; c < candidates; c++)
            for (var k = 0; k < mentors; k++) score[(c * mentors) + k] = count(random, givers[k], takers[c]);
        var capacity = new int[mentors];
        for (var place = candidates * tenths / 10; place > 0; place--)
            capacity[uneven && random.Next(5) > 0 ? random.Next(Math.Max(1, mentors / 10)) : random.Next(mentors)]++;
        long[] Wish() => [.. score.Select(_ => random.Next(10) == 0 ? (long)random.Next(100) : 0)];
        return new($"{kind}, {mentors} x {candidates}", capacity, score, wishes ? Wish() : null, wishes ? Wish() : null);
    }

    private static Person[] People(Random random, int count)
    {
        var towns = new Random(1);
        var places = Enumerable.Range(0, 12).Select(_ => (X: towns.NextDouble() * 200, Y: towns.NextDouble() * 200)).ToArray();
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var town = places[random.Next(places.Length)];
            return new Person(random.Next(1000), random.Next(1000), random.NextDouble() * 200, random.NextDouble() * 200,
                town.X + (random.NextDouble() * 10), town.Y + (random.NextDouble() * 10), random.Next(1 << 12) & random.Next(1 << 12));
        })];
    }

    private static int Common(Person a, Person b) => BitOperations.PopCount((uint)(a.Topics & b.Topics));

    private static double Distance(Person a, Person b) => double.Hypot(a.X - b.X, a.Y - b.Y);

    /// <summary>What scores are made of: two qualities from 0 to 999, a place anywhere and one in a town, a set of topics.</summary>
    internal sealed record Person(long Quality, long Other, double X, double Y, double TownX, double TownY, int Topics);
}
