using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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
    private readonly long[] _worst; // guest each full mentor likes least, −1 while there is room
    private readonly long[] _worstRank; // the least number while there is room, the greatest where there never was any

    private StableMatching(MentorProblem problem)
    {
        _problem = problem;
        _mentorOf = [.. problem.Pins.Select(pin => Math.Max(pin, -1))];
        _room = (int[])problem.Capacity.Clone();
        foreach (var pin in problem.Pins)
            if (pin >= 0) _room[pin]--;
        _guests = [.. Enumerable.Range(0, problem.Mentors).Select(_ => new List<int>())];
        _worst = [.. Enumerable.Repeat(-1L, problem.Mentors)];
        _worstRank = [.. _room.Select(room => room > 0 ? long.MinValue : long.MaxValue)];
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Ask(int candidate)
    {
        var mentor = BestWhoAccepts(candidate);
        if (mentor < 0) return -1;
        var sent = (int)_worst[mentor];
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

    // vectors of mentors first, what is left over one by one; of equal ones the first
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int BestWhoAccepts(int candidate)
    {
        var (mentors, row, lanes) = (_room.Length, candidate * _room.Length, Vector512<long>.Count);
        var (mentor, best, k) = (-1, long.MinValue, 0);
        var (bests, found, index) = (Vector512.Create(long.MinValue), Vector512.Create(-1L), Vector512<long>.Indices);
        for (; k + lanes <= mentors; k += lanes)
        {
            // a pair counts its score and both wishes, each side minds its own alone
            var value = At(_problem.Value, row + k);
            var rank = _problem.MentorWish is { } theirs ? value - At(theirs, row + k) : value;
            var mentorRank = _problem.CandidateWish is { } wishes ? value - At(wishes, row + k) : value;
            var worst = At(_worstRank, k);
            var liked = Vector512.GreaterThan(mentorRank, worst) | (Vector512.Equals(mentorRank, worst) & Vector512.GreaterThan(At(_worst, k), Vector512.Create((long)candidate)));
            var better = liked & Vector512.GreaterThan(value, Vector512<long>.Zero) & Vector512.GreaterThan(rank, bests);
            bests = Vector512.ConditionalSelect(better, rank, bests);
            found = Vector512.ConditionalSelect(better, index, found);
            index += Vector512.Create((long)lanes);
        }
        for (var lane = 0; lane < lanes; lane++)
            if (found[lane] >= 0 && (bests[lane] > best || (bests[lane] == best && found[lane] < mentor))) (mentor, best) = ((int)found[lane], bests[lane]);
        for (; k < mentors; k++)
            if (_problem.Value[row + k] > 0 && _problem.CandidateRank(candidate, k) is var rank && rank > best && IsLiked(candidate, k)) (mentor, best) = (k, rank);
        return mentor;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> At(long[] values, int from) => Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(values), (nuint)from);

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
