namespace Anlauf.Planning.Assignment.Mentors;

/// <summary>
/// Deferred acceptance with capacities (Gale and Shapley 1962), candidates proposing: no candidate and mentor both
/// prefer each other to what they have, and no stable matching serves any candidate better. Pinned pairs stand outside.
/// </summary>
internal static class StableMatching
{
    /// <summary>Mentor of each candidate, −1 for none.</summary>
    public static int[] Find(MentorProblem problem)
    {
        var (n, m) = (problem.Candidates, problem.Mentors);
        var mentorOf = Enumerable.Repeat(-1, n).ToArray();
        var room = (int[])problem.Capacity.Clone();
        for (var c = 0; c < n; c++)
            if (problem.Pins[c] >= 0) room[mentorOf[c] = problem.Pins[c]]--;
        var guests = new List<int>[m];
        for (var k = 0; k < m; k++) guests[k] = [];
        var last = Enumerable.Repeat(-1, n).ToArray(); // mentor asked last
        var waiting = new Stack<int>(Enumerable.Range(0, n).Where(c => problem.Pins[c] == -1).Reverse());
        while (waiting.TryPop(out var candidate))
        {
            var mentor = last[candidate] = Next(problem, candidate, last[candidate]);
            if (mentor < 0) continue;
            guests[mentor].Add(candidate);
            mentorOf[candidate] = mentor;
            if (guests[mentor].Count <= room[mentor]) continue;
            var worst = 0;
            for (var g = 1; g < guests[mentor].Count; g++)
                if (Prefers(problem, mentor, guests[mentor][worst], guests[mentor][g])) worst = g;
            var sent = guests[mentor][worst];
            guests[mentor].RemoveAt(worst);
            mentorOf[sent] = -1;
            waiting.Push(sent);
        }
        return mentorOf;
    }

    /// <summary>True when the mentor likes the first candidate better; ties go to the lower number.</summary>
    public static bool Prefers(MentorProblem problem, int mentor, int first, int second) =>
        problem.MentorRank(first, mentor) is var a && problem.MentorRank(second, mentor) is var b && (a > b || (a == b && first < second));

    // the mentor next in the candidate's order after the one asked last
    private static int Next(MentorProblem problem, int candidate, int after)
    {
        var limit = after < 0 ? long.MaxValue : problem.CandidateRank(candidate, after);
        var (next, best) = (-1, long.MinValue);
        for (var k = 0; k < problem.Mentors; k++)
        {
            if (problem.Capacity[k] == 0 || !problem.Allows(candidate, k)) continue;
            var rank = problem.CandidateRank(candidate, k);
            if (rank > best && (rank < limit || (rank == limit && k > after))) (next, best) = (k, rank);
        }
        return next;
    }
}
