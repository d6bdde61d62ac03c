using Anlauf.Planning.Assignment.Mentors;

namespace Anlauf.Planning.Certificates;

/// <summary>Certificate of mentors × candidates (family mentor).</summary>
public sealed record MentorCertificate : Certificate
{
    /// <inheritdoc/>
    public override string Family => "mentor";

    /// <summary>Mentor of each candidate, −1 for none.</summary>
    public required IReadOnlyList<int> MentorOf { get; init; }

    /// <summary>Price of one place at each mentor (dual variables): they bound every matching.</summary>
    public required IReadOnlyList<long> Prices { get; init; }

    /// <summary>Mentor of each candidate in the stable matching, −1 for none.</summary>
    public required IReadOnlyList<int> StableMentorOf { get; init; }

    /// <summary>Claimed value of the stable matching.</summary>
    public required long StableObjective { get; init; }
}

/// <summary>
/// Verifies matchings by weak duality: for prices π ≥ 0 no matching is worth more than
/// Σ capacity·π + Σ over candidates of the best value − price. Counts blocking pairs of the stable matching.
/// </summary>
internal sealed class MentorChecker : FamilyChecker
{
    /// <inheritdoc/>
    public override string Family => "mentor";

    /// <inheritdoc/>
    public override Type CertificateType => typeof(MentorCertificate);

    /// <inheritdoc/>
    public override CheckResult Check(PlanProblem problem, Certificate certificate)
    {
        if (problem is not MentorProblem data || certificate is not MentorCertificate claim || claim.Instance != data.Instance)
            return Reject(certificate, "Nachweis und Aufgabe gehören nicht zusammen.");
        if (claim.MentorOf is null || claim.StableMentorOf is null || claim.Prices is null) return Reject(claim, "Dem Nachweis fehlen Teile.");
        if (Fault(data, claim.MentorOf, out var value) is { } fault) return Reject(claim, fault);
        if (claim.Objective != (decimal)value) return Reject(claim, "Der genannte Wert ist nicht der Wert des Plans.", true, (decimal)value);
        if (claim.Prices.Count != data.Mentors || claim.Prices.Any(price => price < 0)) return Reject(claim, "Die Preise passen nicht.", true, (decimal)value);
        var bound = Bound(data, claim.Prices);
        if (claim.Bound != (decimal)bound) return Reject(claim, "Die genannte Schranke ist nicht die bewiesene.", true, (decimal)value);
        if (claim.Status != (value == bound ? PlanStatus.Optimal : PlanStatus.Feasible)) return Reject(claim, "Der genannte Stand ist nicht der bewiesene.", true, (decimal)value);
        if (Fault(data, claim.StableMentorOf, out var stable) is { } wrong) return Reject(claim, $"Stabile Fassung: {wrong}", true, (decimal)value);
        if (claim.StableObjective != stable) return Reject(claim, "Der Wert der stabilen Fassung stimmt nicht.", true, (decimal)value);
        if (BlockingPairs(data, claim.StableMentorOf) is var blocking && blocking > 0)
            return Reject(claim, $"In der stabilen Fassung würden {blocking} Paare lieber miteinander gehen.", true, (decimal)value);
        var price = value == 0 ? 0 : 100 * (decimal)(value - stable) / (decimal)value;
        var sentence = value == bound
            ? $"Mehr als {German((decimal)value)} Punkte erreicht keine Zuordnung. Die stabile Fassung erreicht {German((decimal)stable)} ({German(price)} % weniger), dafür würde kein Paar lieber tauschen."
            : $"Die Zuordnung erreicht {German((decimal)value)} Punkte, keine erreicht mehr als {German((decimal)bound)}.";
        return new(claim.Instance, true, (decimal)value, (decimal)bound, true, null, sentence);
    }

    private static string? Fault(MentorProblem problem, IReadOnlyList<int> mentorOf, out Int128 value)
    {
        value = 0;
        if (mentorOf.Count != problem.Candidates) return "Der Plan nennt nicht alle Kandidaturen.";
        var used = new int[problem.Mentors];
        for (var c = 0; c < mentorOf.Count; c++)
        {
            var k = mentorOf[c];
            if (problem.Pins[c] >= 0 && k != problem.Pins[c]) return $"Die feste Zuordnung von Kandidat {c + 1} fehlt.";
            if (k == -1) continue;
            if (k < 0 || k >= problem.Mentors || !problem.Allows(c, k)) return $"Kandidat {c + 1} hat jemanden, der nicht erlaubt ist.";
            if (++used[k] > problem.Capacity[k]) return $"Mentor {k + 1} hat mehr als {problem.Capacity[k]}.";
            value += problem.Value[(c * problem.Mentors) + k];
        }
        return null;
    }

    private static Int128 Bound(MentorProblem problem, IReadOnlyList<long> prices)
    {
        Int128 bound = 0;
        for (var k = 0; k < problem.Mentors; k++) bound += (Int128)Math.Min(problem.Capacity[k], problem.Candidates) * prices[k];
        for (var c = 0; c < problem.Candidates; c++)
        {
            if (problem.Pins[c] >= 0)
            {
                bound += (Int128)problem.Value[(c * problem.Mentors) + problem.Pins[c]] - prices[problem.Pins[c]];
                continue;
            }
            Int128 best = 0;
            for (var k = 0; k < problem.Mentors; k++)
                if (problem.Capacity[k] > 0 && problem.Allows(c, k)) best = Int128.Max(best, (Int128)problem.Value[(c * problem.Mentors) + k] - prices[k]);
            bound += best;
        }
        return bound;
    }

    private static int BlockingPairs(MentorProblem problem, IReadOnlyList<int> mentorOf)
    {
        var guests = mentorOf.Select((mentor, candidate) => (mentor, candidate)).Where(p => p.mentor >= 0).ToLookup(p => p.mentor, p => p.candidate);
        var blocking = 0;
        for (var k = 0; k < problem.Mentors; k++)
        {
            var full = guests[k].Count() >= problem.Capacity[k];
            var free = guests[k].Where(c => problem.Pins[c] < 0).ToArray();
            for (var c = 0; c < problem.Candidates; c++)
            {
                if (problem.Pins[c] != -1 || mentorOf[c] == k || !problem.Allows(c, k)) continue;
                var current = mentorOf[c];
                if (current >= 0 && Rank(problem.CandidateRank(c, current), current, problem.CandidateRank(c, k), k)) continue;
                if (!full || free.Any(g => Rank(problem.MentorRank(c, k), c, problem.MentorRank(g, k), g))) blocking++;
            }
        }
        return blocking;
    }

    // true when the first is preferred: more points, or as many and the lower number
    private static bool Rank(long points, int number, long otherPoints, int otherNumber) =>
        points > otherPoints || (points == otherPoints && number < otherNumber);
}
