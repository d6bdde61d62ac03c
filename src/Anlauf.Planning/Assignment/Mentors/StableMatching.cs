namespace Anlauf.Planning.Assignment.Mentors;

/// <summary>
/// Deferred acceptance with capacities (Gale and Shapley 1962), candidates proposing: no candidate and mentor both
/// prefer each other to what they have, and no stable matching serves any candidate better. Pinned pairs stand outside.
/// A candidate asks the best mentor who would accept at the moment: whoever refuses now, full of guests liked better,
/// refuses for good.
/// </summary>
internal sealed class StableMatching
{
    private readonly MentorProblem _problem;
    private readonly int[] _mentorOf, _room;
    private readonly List<int>[] _guests;
    private readonly int[] _worst; // guest each full mentor likes least, −1 while there is room
    private readonly long[] _worstRank;

    private StableMatching(MentorProblem problem)
    {
        _problem = problem;
        _mentorOf = [.. problem.Pins.Select(pin => Math.Max(pin, -1))];
        _room = (int[])problem.Capacity.Clone();
        foreach (var pin in problem.Pins)
            if (pin >= 0) _room[pin]--;
        _guests = [.. Enumerable.Range(0, problem.Mentors).Select(_ => new List<int>())];
        _worst = [.. Enumerable.Repeat(-1, problem.Mentors)];
        _worstRank = new long[problem.Mentors];
    }

    /// <summary>Mentor of each candidate, −1 for none.</summary>
    public static int[] Find(MentorProblem problem)
    {
        var matching = new StableMatching(problem);
        for (var c = 0; c < problem.Candidates; c++)
            for (var candidate = problem.Pins[c] == -1 ? c : -1; candidate >= 0;)
                candidate = matching.Ask(candidate);
        return matching._mentorOf;
    }

    // seats the candidate with the best mentor who accepts; returns the guest sent away, −1 for none
    private int Ask(int candidate)
    {
        var row = candidate * _problem.Mentors;
        var (mentor, best) = (-1, long.MinValue);
        for (var k = 0; k < _room.Length; k++)
        {
            if (_room[k] <= 0 || _problem.Value[row + k] <= 0) continue;
            var rank = _problem.CandidateRank(candidate, k);
            if (rank > best && (_worst[k] < 0 || IsLiked(candidate, k))) (mentor, best) = (k, rank);
        }
        if (mentor < 0) return -1;
        var sent = _worst[mentor];
        if (sent >= 0)
        {
            _guests[mentor].Remove(sent);
            _mentorOf[sent] = -1;
        }
        _guests[mentor].Add(candidate);
        _mentorOf[candidate] = mentor;
        if (_guests[mentor].Count == _room[mentor]) FindWorst(mentor);
        return sent;
    }

    private bool IsLiked(int candidate, int mentor) =>
        _problem.MentorRank(candidate, mentor) is var rank && (rank > _worstRank[mentor] || (rank == _worstRank[mentor] && candidate < _worst[mentor]));

    private void FindWorst(int mentor)
    {
        _worst[mentor] = -1;
        foreach (var guest in _guests[mentor])
        {
            var rank = _problem.MentorRank(guest, mentor);
            if (_worst[mentor] >= 0 && (rank > _worstRank[mentor] || (rank == _worstRank[mentor] && guest < _worst[mentor]))) continue;
            (_worst[mentor], _worstRank[mentor]) = (guest, rank);
        }
    }
}
