using Anlauf.Planning.Location;
using Anlauf.Planning.Routes.MobileOffice;

namespace Anlauf.Planning.Certificates;

/// <summary>Verifies the bound of a part of single days and single visits as one of maximal covering, with tours listed by the checker.</summary>
internal static class TourCoveringReplay
{
    private const long MostPairs = 1 << 26;

    /// <summary>What is wrong with the claimed bound, or none.</summary>
    /// <param name="problem">the problem</param>
    /// <param name="towns">towns of the part in rising order</param>
    /// <param name="sets">all sets of towns a bus can visit on a day</param>
    /// <param name="days">number of such days</param>
    /// <param name="claim">bound and proof</param>
    public static string? Fault(MobileOfficeProblem problem, int[] towns, List<int[]> sets, int days, CoveringProof claim)
    {
        if (claim.Proof is null || claim.Scale is < 1 or > 1 << 20 || claim.Bound is > LocationProblem.MostSum or < -LocationProblem.MostSum) return "Dem Nachweis eines Teils fehlen Angaben.";
        var demand = problem.Towns.Sum(t => t.VisitValues.Sum()) + 1;
        Int128 demanded = towns.Count(t => problem.Towns[t].MinVisits > 0);
        var tours = Maximal(sets);
        if (towns.Any(t => problem.Towns[t].VisitValues.Count != 1) || (long)tours.Count * towns.Length > MostPairs || (demanded + 1) * demand > LocationProblem.MostSum)
            return "Ein Teil soll ein Überdeckungsproblem sein, ist es aber nicht.";
        long[] weights = [.. towns.Select(t => problem.Towns[t].VisitValues[0] + (problem.Towns[t].MinVisits > 0 ? demand : 0))];
        var missed = weights.Sum() - claim.Bound - ((long)demanded * demand);
        if (missed <= 0) return claim.Proof.Length == 0 ? null : "Ein Teil hat einen Beweis, den er nicht braucht.";
        var reach = tours.SelectMany(tour => towns.Select(t => tour.Contains(t) ? 0 : 1));
        var covering = new LocationProblem(problem.Instance, LocationGoal.MostCovered, [.. tours.Select(_ => new CandidateSite("", 1))], [],
            weights, new TravelMatrix(tours.Count, towns.Length, [.. reach]), days);
        return ProofWalk.Verify(LocationBound.Start(covering), claim.Scale, (Int128)(missed - 1) * claim.Scale + 1, claim.Proof);
    }

    private static List<int[]> Maximal(List<int[]> sets)
    {
        static string Key(IEnumerable<int> set) => string.Join(' ', set);
        var contained = sets.SelectMany(set => set.Select(left => Key(set.Where(t => t != left)))).ToHashSet();
        var kept = sets.Where(set => !contained.Contains(Key(set))).ToList();
        kept.Sort((a, b) => a.Length != b.Length ? a.Length.CompareTo(b.Length) : a.AsSpan().SequenceCompareTo(b));
        return kept;
    }
}
