using System.Numerics;

namespace Anlauf.Planning.Assignment.Mentors;

/// <summary>
/// Matching of greatest value with capacities: successive shortest augmenting paths with prices (Jonker and Volgenant
/// 1987) over the mentors; a full mentor hands on whichever of its candidates loses least. The prices prove the result:
/// value = Σ capacity_k·π_k + Σ σ_c with π_k + σ_c ≥ value of every allowed pair and π, σ ≥ 0.
/// </summary>
internal sealed class BestMatching
{
    private const long Far = long.MaxValue / 4;
    private readonly int _mentors, _candidates, _stride;
    private readonly int[] _capacity;
    private readonly long[] _value; // c·stride + k, −Far where not allowed or padding
    private readonly long[] _price, _distance, _settled;
    private readonly int[] _parent; // mentor before this one on the path, −1 for the candidate that looks for a place
    private readonly int[] _moved; // candidate that would move here from the parent
    private readonly int[] _slots, _slotStart, _used; // candidates of each mentor
    private readonly int[] _touched;
    private int _touchedCount;

    private BestMatching(MentorProblem problem)
    {
        (_mentors, _candidates, _capacity) = (problem.Mentors, problem.Candidates, (int[])problem.Capacity.Clone());
        _stride = (_mentors + Vector<long>.Count - 1) / Vector<long>.Count * Vector<long>.Count;
        _value = new long[_candidates * _stride];
        (_price, _distance, _settled) = (new long[_stride], new long[_stride], new long[_stride]);
        (_parent, _moved, _touched) = (new int[_stride], new int[_stride], new int[_mentors]);
        MentorOf = new int[_candidates];
        Array.Fill(MentorOf, -1);
        _slotStart = new int[_mentors];
        _used = new int[_mentors];
        var slots = 0;
        for (var k = 0; k < _mentors; k++)
        {
            _capacity[k] = Math.Min(_capacity[k], _candidates);
            _slotStart[k] = slots;
            slots = checked(slots + _capacity[k]);
        }
        _slots = new int[slots];
        for (var c = 0; c < _candidates; c++)
        {
            var row = _value.AsSpan(c * _stride, _stride);
            row.Fill(-Far);
            var source = problem.Value.AsSpan(c * _mentors, _mentors);
            if (problem.Pins[c] == -1)
                for (var k = 0; k < _mentors; k++) row[k] = source[k] > 0 && _capacity[k] > 0 ? source[k] : -Far;
            else if (problem.Pins[c] >= 0) row[problem.Pins[c]] = source[problem.Pins[c]] + PinBonus;
        }
    }

    /// <summary>Added to a pinned pair so that it is never given up; taken off the candidate's own price again.</summary>
    internal const long PinBonus = 1L << 52;

    /// <summary>Mentor of each candidate, −1 for none.</summary>
    public int[] MentorOf { get; }

    /// <summary>Price of one place at each mentor.</summary>
    public ReadOnlySpan<long> Prices => _price.AsSpan(0, _mentors);

    /// <summary>Solves the problem; none when <paramref name="goOn"/> stopped it.</summary>
    public static BestMatching? Solve(MentorProblem problem, Func<bool> goOn)
    {
        var matching = new BestMatching(problem);
        for (var c = 0; c < matching._candidates; c++)
        {
            if ((c & 15) == 0 && !goOn()) return null;
            matching.Place(c);
        }
        return matching;
    }

    // shortest path in reduced losses from candidate c to a free place or to staying without mentor
    private void Place(int candidate)
    {
        var (best, mentor) = BestOffer(candidate);
        if (mentor < 0 || best <= 0) return; // without mentor is at least as good
        if (_used[mentor] < _capacity[mentor]) { Seat(candidate, mentor); return; }
        Search(candidate);
    }

    private (long Best, int Mentor) BestOffer(int candidate)
    {
        // ties go to a mentor with room: that ends the search at once
        long best = 0;
        var mentor = -1;
        var row = _value.AsSpan(candidate * _stride, _mentors);
        for (var k = 0; k < row.Length; k++)
        {
            var offer = row[k] - _price[k];
            if (offer > best || (offer == best && mentor >= 0 && _used[mentor] == _capacity[mentor] && _used[k] < _capacity[k]))
                (best, mentor) = (offer, k);
        }
        return (best, mentor);
    }

    private void Search(int candidate)
    {
        // distance = loss against value 0 ("nobody"), so staying without mentor has distance 0 from the candidate
        _touchedCount = 0;
        Array.Fill(_distance, Far);
        Array.Clear(_settled);
        Relax(candidate, -1, 0);
        long stop = 0; // cheapest end so far: the candidate, or one displaced on the way, stays without mentor
        var (stopCandidate, stopMentor) = (candidate, -1);
        while (true)
        {
            var mentor = Nearest();
            if (mentor < 0 || _distance[mentor] >= stop) break;
            var distance = _distance[mentor];
            if (_used[mentor] < _capacity[mentor])
            {
                Shift(distance);
                Augment(mentor);
                return;
            }
            _settled[mentor] = -1;
            _touched[_touchedCount++] = mentor;
            for (var s = _slotStart[mentor]; s < _slotStart[mentor] + _used[mentor]; s++)
            {
                var other = _slots[s];
                var gain = _value[(other * _stride) + mentor] - _price[mentor]; // what leaving here gives up
                if (distance + gain < stop) (stop, stopCandidate, stopMentor) = (distance + gain, other, mentor);
                Relax(other, mentor, distance + gain);
            }
        }
        Shift(stop);
        if (stopCandidate == candidate) return;
        Unseat(stopCandidate, stopMentor);
        Augment(stopMentor);
    }

    // distance over this candidate to every mentor: base − (value − price)
    private void Relax(int candidate, int from, long start)
    {
        var row = candidate * _stride;
        var starts = new Vector<long>(start);
        for (var k = 0; k < _stride; k += Vector<long>.Count)
        {
            var reach = starts - new Vector<long>(_value, row + k) + new Vector<long>(_price, k);
            var known = new Vector<long>(_distance, k);
            var better = Vector.AndNot(Vector.LessThan(reach, known), new Vector<long>(_settled, k));
            if (Vector.EqualsAll(better, Vector<long>.Zero)) continue;
            Vector.ConditionalSelect(better, reach, known).CopyTo(_distance, k);
            for (var lane = 0; lane < Vector<long>.Count; lane++)
                if (better[lane] != 0) (_parent[k + lane], _moved[k + lane]) = (from, candidate);
        }
    }

    private int Nearest()
    {
        var least = new Vector<long>(Far / 2);
        for (var k = 0; k < _stride; k += Vector<long>.Count)
            least = Vector.Min(least, Vector.BitwiseOr(new Vector<long>(_distance, k), Vector.BitwiseAnd(new Vector<long>(_settled, k), new Vector<long>(long.MaxValue))));
        var smallest = least[0];
        for (var lane = 1; lane < Vector<long>.Count; lane++) smallest = Math.Min(smallest, least[lane]);
        if (smallest >= Far / 2) return -1;
        var found = -1;
        for (var k = 0; k < _mentors; k++)
        {
            if (_settled[k] != 0 || _distance[k] != smallest) continue;
            if (_used[k] < _capacity[k]) return k;
            if (found < 0) found = k;
        }
        return found;
    }

    // places on the way become dearer by how much nearer they were than the end
    private void Shift(long end)
    {
        for (var t = 0; t < _touchedCount; t++)
            _price[_touched[t]] += end - _distance[_touched[t]];
    }

    // everybody on the path moves one place on, the newcomer takes the first
    private void Augment(int mentor)
    {
        while (true)
        {
            var (from, moved) = (_parent[mentor], _moved[mentor]);
            if (from >= 0) Unseat(moved, from);
            Seat(moved, mentor);
            if (from < 0) return;
            mentor = from;
        }
    }

    private void Seat(int candidate, int mentor)
    {
        MentorOf[candidate] = mentor;
        _slots[_slotStart[mentor] + _used[mentor]++] = candidate;
    }

    private void Unseat(int candidate, int mentor)
    {
        var slot = Array.IndexOf(_slots, candidate, _slotStart[mentor], _used[mentor]);
        _slots[slot] = _slots[_slotStart[mentor] + --_used[mentor]];
        MentorOf[candidate] = -1;
    }
}
