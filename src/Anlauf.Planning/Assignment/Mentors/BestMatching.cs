using System.Numerics;

namespace Anlauf.Planning.Assignment.Mentors;

/// <summary>
/// Matching of greatest value with capacities. First an ascending auction: a mentor asked by too many keeps those who would
/// lose most elsewhere and becomes dearer by what the next one would lose (Bertsekas 1979, with exact regrets). Whoever is
/// left looks for a shortest augmenting path with prices (Jonker and Volgenant 1987). The prices prove the result:
/// value = Σ capacity_k·π_k + Σ σ_c with π_k + σ_c ≥ value of every allowed pair and π, σ ≥ 0.
/// </summary>
/// <param name="MentorOf">mentor of each candidate, −1 for none</param>
/// <param name="Prices">price of one place at each mentor</param>
internal sealed record BestMatching(int[] MentorOf, long[] Prices)
{
    private const long LargestNarrow = 1L << 28;

    /// <summary>Solves the problem; none when <paramref name="goOn"/> stopped it.</summary>
    public static BestMatching? Solve(MentorProblem problem, Func<bool> goOn)
    {
        var narrow = problem.Value.All(value => value < LargestNarrow);
        return narrow ? new MatchingSearch<int>(problem, 1 << 29).Solve(goOn) : new MatchingSearch<long>(problem, long.MaxValue / 4).Solve(goOn);
    }
}

/// <summary>The search on vector lanes of type T.</summary>
internal sealed class MatchingSearch<T>
    where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
{
    private const int ScansPerCandidate = 5;
    private readonly MentorProblem _problem;
    private readonly T _far;
    private readonly int _mentors, _candidates, _stride;
    private readonly int[] _capacity;
    private readonly T[] _value; // c·stride + k, −far where not allowed or padding
    private readonly T[] _price, _distance, _settled; // settled: all bits but the sign once settled
    private readonly T[] _moved; // candidate that would move here
    private readonly int[] _mentorOf;
    private readonly int[] _slots, _slotStart, _used; // candidates of each mentor
    private readonly int[] _touched;
    private int _touchedCount;
    private T _nearest;

    public MatchingSearch(MentorProblem problem, T far)
    {
        (_problem, _far) = (problem, far);
        (_mentors, _candidates, _capacity) = (problem.Mentors, problem.Candidates, (int[])problem.Capacity.Clone());
        _stride = (_mentors + Vector<T>.Count - 1) / Vector<T>.Count * Vector<T>.Count;
        _value = new T[_candidates * _stride];
        (_price, _distance, _settled, _moved) = (new T[_stride], new T[_stride], new T[_stride], new T[_stride]);
        (_touched, _slotStart, _used) = (new int[_mentors], new int[_mentors], new int[_mentors]);
        _mentorOf = [.. problem.Pins.Select(pin => Math.Max(pin, -1))];
        // pinned pairs stand outside: they only take places away
        foreach (var pin in problem.Pins)
            if (pin >= 0) _capacity[pin]--;
        var slots = 0;
        for (var k = 0; k < _mentors; k++)
        {
            _capacity[k] = Math.Min(_capacity[k], _candidates);
            _slotStart[k] = slots;
            slots = checked(slots + _capacity[k]);
        }
        _slots = new int[slots];
        Array.Fill(_value, -far);
        for (var c = 0; c < _candidates; c++)
        {
            if (problem.Pins[c] != -1) continue;
            var row = _value.AsSpan(c * _stride, _mentors);
            var source = problem.Value.AsSpan(c * _mentors, _mentors);
            for (var k = 0; k < row.Length; k++)
                if (source[k] > 0 && _capacity[k] > 0) row[k] = T.CreateTruncating(source[k]);
        }
    }

    public BestMatching? Solve(Func<bool> goOn)
    {
        var left = Auction(goOn);
        if (left is null) return null;
        for (var i = 0; i < left.Count; i++)
        {
            if ((i & 15) == 0 && !goOn()) return null;
            Place(left[i]);
        }
        return new(_mentorOf, [.. Enumerable.Range(0, _mentors).Select(Price)]);
    }

    // with every place pinned the price is beyond everybody
    private long Price(int mentor) => _capacity[mentor] > 0 || _problem.Capacity[mentor] == 0
        ? long.CreateTruncating(_price[mentor])
        : Enumerable.Range(0, _candidates).Max(c => Math.Max(0, _problem.Value[(c * _mentors) + mentor]));

    // candidates still without a place that may be worth one, or none when stopped
    private List<int>? Auction(Func<bool> goOn)
    {
        var looking = Enumerable.Range(0, _candidates).Where(c => _problem.Pins[c] == -1).ToList();
        var asked = new List<int>[_mentors];
        for (var k = 0; k < _mentors; k++) asked[k] = [];
        var busy = new List<int>();
        var scans = (long)ScansPerCandidate * _candidates;
        while (looking.Count > _candidates / 100 && scans > 0)
        {
            if (!goOn()) return null;
            scans -= looking.Count;
            foreach (var c in looking)
            {
                var (best, _, mentor) = Offers(c);
                if (best <= T.Zero) continue; // prices only rise: without mentor is best
                if (asked[mentor].Count == 0) busy.Add(mentor);
                asked[mentor].Add(c);
            }
            looking.Clear();
            foreach (var mentor in busy)
            {
                scans -= Settle(mentor, asked[mentor], looking);
                asked[mentor].Clear();
            }
            busy.Clear();
        }
        return looking;
    }

    // seats those who ask, or the ones who would lose most elsewhere; returns the number of rows read
    private int Settle(int mentor, List<int> asking, List<int> rejected)
    {
        var room = _capacity[mentor] - _used[mentor];
        if (asking.Count <= room)
        {
            foreach (var c in asking) Seat(c, mentor);
            return 0;
        }
        for (var s = 0; s < _used[mentor]; s++) asking.Add(_slots[_slotStart[mentor] + s]);
        while (_used[mentor] > 0) Unseat(_slots[_slotStart[mentor]], mentor);
        var ranked = asking.Select(c => (Loss: Regret(c, mentor), c)).OrderByDescending(pair => pair.Loss).ThenBy(pair => pair.c).ToArray();
        for (var i = 0; i < ranked.Length; i++)
        {
            if (i < _capacity[mentor]) Seat(ranked[i].c, mentor);
            else rejected.Add(ranked[i].c);
        }
        _price[mentor] += ranked[_capacity[mentor]].Loss;
        return ranked.Length;
    }

    // what the candidate loses when this mentor is out of reach
    private T Regret(int candidate, int mentor)
    {
        var (best, second, at) = Offers(candidate);
        return T.Max(T.Zero, at == mentor ? best - T.Max(second, T.Zero) : T.Zero);
    }

    // best and second-best value less price; ties go to a mentor with room
    private (T Best, T Second, int Mentor) Offers(int candidate)
    {
        Vector<T> first = new(-_far - _far), second = first;
        var row = candidate * _stride;
        for (var k = 0; k < _stride; k += Vector<T>.Count)
        {
            var offer = new Vector<T>(_value, row + k) - new Vector<T>(_price, k);
            second = Vector.Max(second, Vector.Min(first, offer));
            first = Vector.Max(first, offer);
        }
        T best = first[0], next = second[0];
        for (var lane = 1; lane < Vector<T>.Count; lane++)
        {
            next = T.Max(T.Max(next, second[lane]), T.Min(best, first[lane]));
            best = T.Max(best, first[lane]);
        }
        var at = -1;
        var wanted = new Vector<T>(best);
        for (var k = 0; k < _stride; k += Vector<T>.Count)
        {
            if (!Vector.EqualsAny(new Vector<T>(_value, row + k) - new Vector<T>(_price, k), wanted)) continue;
            for (var lane = k; lane < Math.Min(k + Vector<T>.Count, _mentors); lane++)
            {
                if (_value[row + lane] - _price[lane] != best) continue;
                if (at < 0) at = lane;
                if (_used[lane] < _capacity[lane]) return (best, next, lane);
            }
        }
        return (best, next, at);
    }

    // shortest path in reduced losses from a candidate to a free place or to staying without mentor
    private void Place(int candidate)
    {
        var (best, _, mentor) = Offers(candidate);
        if (best <= T.Zero) return; // without mentor is at least as good
        if (_used[mentor] < _capacity[mentor]) Seat(candidate, mentor);
        else Search(candidate);
    }

    private void Search(int candidate)
    {
        // distance = loss against value 0 ("nobody"), so staying without mentor has distance 0 from the candidate
        _touchedCount = 0;
        Array.Fill(_distance, _far);
        Array.Clear(_settled);
        Relax(candidate, T.Zero);
        var stop = T.Zero; // cheapest end so far: the candidate, or one displaced on the way, stays without mentor
        var (stopCandidate, stopMentor) = (candidate, -1);
        while (_nearest < stop)
        {
            var distance = _nearest;
            var mentor = Nearest();
            if (_used[mentor] < _capacity[mentor])
            {
                Shift(distance);
                Augment(mentor, candidate);
                return;
            }
            _settled[mentor] = T.MaxValue;
            _touched[_touchedCount++] = mentor;
            for (var s = _slotStart[mentor]; s < _slotStart[mentor] + _used[mentor]; s++)
            {
                var other = _slots[s];
                var gain = _value[(other * _stride) + mentor] - _price[mentor]; // what leaving here gives up
                if (distance + gain < stop) (stop, stopCandidate, stopMentor) = (distance + gain, other, mentor);
                Relax(other, distance + gain);
            }
        }
        Shift(stop);
        if (stopCandidate == candidate) return;
        Unseat(stopCandidate, stopMentor);
        Augment(stopMentor, candidate);
    }

    // distance over this candidate to every mentor: start − (value − price); no settled mentor becomes nearer
    private void Relax(int candidate, T start)
    {
        var row = candidate * _stride;
        Vector<T> starts = new(start), mover = new(T.CreateTruncating(candidate)), least = new(_far);
        for (var k = 0; k < _stride; k += Vector<T>.Count)
        {
            var reach = starts - new Vector<T>(_value, row + k) + new Vector<T>(_price, k);
            var known = new Vector<T>(_distance, k);
            var better = Vector.LessThan(reach, known);
            known = Vector.ConditionalSelect(better, reach, known);
            known.CopyTo(_distance, k);
            Vector.ConditionalSelect(better, mover, new Vector<T>(_moved, k)).CopyTo(_moved, k);
            var settled = new Vector<T>(_settled, k);
            least = Vector.Min(least, Vector.ConditionalSelect(Vector.Equals(settled, Vector<T>.Zero), known, settled));
        }
        _nearest = least[0];
        for (var lane = 1; lane < Vector<T>.Count; lane++) _nearest = T.Min(_nearest, least[lane]);
    }

    // the mentor at the least distance; one with room if there is one
    private int Nearest()
    {
        var found = -1;
        var wanted = new Vector<T>(_nearest);
        for (var k = 0; k < _stride; k += Vector<T>.Count)
        {
            if (!Vector.EqualsAny(new Vector<T>(_distance, k), wanted)) continue;
            for (var lane = k; lane < Math.Min(k + Vector<T>.Count, _mentors); lane++)
            {
                if (_distance[lane] != _nearest || _settled[lane] != T.Zero) continue;
                if (_used[lane] < _capacity[lane]) return lane;
                if (found < 0) found = lane;
            }
        }
        return found;
    }

    // places on the way become dearer by how much nearer they were than the end
    private void Shift(T end)
    {
        for (var t = 0; t < _touchedCount; t++)
            _price[_touched[t]] += end - _distance[_touched[t]];
    }

    // everybody on the path moves one place on, the newcomer takes the first
    private void Augment(int mentor, int newcomer)
    {
        while (true)
        {
            var moved = int.CreateTruncating(_moved[mentor]);
            var from = _mentorOf[moved];
            if (moved != newcomer) Unseat(moved, from);
            Seat(moved, mentor);
            if (moved == newcomer) return;
            mentor = from;
        }
    }

    private void Seat(int candidate, int mentor)
    {
        _mentorOf[candidate] = mentor;
        _slots[_slotStart[mentor] + _used[mentor]++] = candidate;
    }

    private void Unseat(int candidate, int mentor)
    {
        var slot = Array.IndexOf(_slots, candidate, _slotStart[mentor], _used[mentor]);
        _slots[slot] = _slots[_slotStart[mentor] + --_used[mentor]];
        _mentorOf[candidate] = -1;
    }
}
