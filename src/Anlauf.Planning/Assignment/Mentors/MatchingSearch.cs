using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Anlauf.Planning.Assignment.Mentors;

/// <summary>
/// The search on vector lanes of type T, the narrower the faster. Prices and distances stay within the largest value, so
/// with <c>far</c> at least twice as large and four times within the range of T no sum overflows.
/// </summary>
internal sealed partial class MatchingSearch<T>
    where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
{
    private const int ScansPerCandidate = 8;
    private static readonly int Lanes = Vector512<T>.Count;
    private readonly MentorProblem _problem;
    private readonly T _far;
    private readonly int _mentors, _candidates, _stride;
    private readonly int[] _capacity;
    private readonly T[] _value; // c·stride + k, −far where not allowed or padding
    private readonly T[] _price, _distance, _settled; // settled: the greatest number once settled, before the least
    private readonly T[] _full; // the greatest number where no place is left, else the least
    private readonly T[] _moved; // candidate that would move here
    private readonly int[] _mentorOf;
    private readonly int[] _slots, _slotStart, _used; // candidates of each mentor
    private readonly int[] _touched;
    private readonly T[] _starts;
    private int _touchedCount;
    private T _nearest;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public MatchingSearch(MentorProblem problem, T far)
    {
        (_problem, _far) = (problem, far);
        (_mentors, _candidates, _capacity) = (problem.Mentors, problem.Candidates, (int[])problem.Capacity.Clone());
        _stride = (_mentors + Lanes - 1) / Lanes * Lanes;
        _value = new T[_candidates * _stride];
        (_price, _distance, _settled, _moved, _full) = (new T[_stride], new T[_stride], new T[_stride], new T[_stride], new T[_stride]);
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
        (_slots, _starts) = (new int[slots], new T[Math.Max(1, _capacity.Max())]);
        Array.Fill(_full, T.MaxValue);
        for (var k = 0; k < _mentors; k++) NoteRoom(k);
        CopyValues();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CopyValues()
    {
        var (far, shut) = (long.CreateTruncating(_far), new long[_mentors]);
        for (var k = 0; k < shut.Length; k++) shut[k] = _capacity[k] > 0 ? 0 : -1;
        for (var c = 0; c < _candidates; c++)
        {
            var row = _value.AsSpan(c * _stride, _stride);
            row[_mentors..].Fill(-_far);
            if (_problem.Pins[c] != -1)
            {
                row.Fill(-_far);
                continue;
            }
            var source = _problem.Value.AsSpan(c * _mentors, _mentors);
            // without branches: every other pair may be without value, in no order
            for (var k = 0; k < source.Length && k < shut.Length && k < row.Length; k++)
                row[k] = T.CreateTruncating(source[k] - ((source[k] + far) & (((source[k] - 1) >> 63) | shut[k])));
        }
    }

    private void NoteRoom(int mentor) => _full[mentor] = _used[mentor] < _capacity[mentor] ? T.MinValue : T.MaxValue;

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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
        var ranked = new (T Loss, int Candidate)[asking.Count];
        for (var i = 0; i < ranked.Length; i++) ranked[i] = (Regret(asking[i], mentor), asking[i]);
        ranked.AsSpan().Sort(static (a, b) => a.Loss == b.Loss ? a.Candidate.CompareTo(b.Candidate) : b.Loss.CompareTo(a.Loss));
        for (var i = 0; i < ranked.Length; i++)
        {
            if (i < _capacity[mentor]) Seat(ranked[i].Candidate, mentor);
            else rejected.Add(ranked[i].Candidate);
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

    // shortest path in reduced losses from a candidate to a free place or to staying without mentor
    private void Place(int candidate)
    {
        var (best, _, mentor) = Offers(candidate);
        if (best <= T.Zero) return; // without mentor is at least as good
        if (_used[mentor] < _capacity[mentor]) Seat(candidate, mentor);
        else Search(candidate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Search(int candidate)
    {
        // distance = loss against value 0 ("nobody"), so staying without mentor has distance 0 from the candidate
        _touchedCount = 0;
        Array.Fill(_distance, _far);
        Array.Fill(_settled, T.MinValue);
        _starts[0] = T.Zero;
        Relax([candidate], _starts.AsSpan(0, 1));
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
            var guests = _slots.AsSpan(_slotStart[mentor], _used[mentor]);
            for (var i = 0; i < guests.Length; i++)
            {
                var gain = _value[(guests[i] * _stride) + mentor] - _price[mentor]; // what leaving here gives up
                _starts[i] = distance + gain;
                if (_starts[i] < stop) (stop, stopCandidate, stopMentor) = (_starts[i], guests[i], mentor);
            }
            Relax(guests, _starts.AsSpan(0, guests.Length));
        }
        Shift(stop);
        if (stopCandidate == candidate) return;
        Unseat(stopCandidate, stopMentor);
        Augment(stopMentor, candidate);
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
        NoteRoom(mentor);
    }

    private void Unseat(int candidate, int mentor)
    {
        var slot = Array.IndexOf(_slots, candidate, _slotStart[mentor], _used[mentor]);
        _slots[slot] = _slots[_slotStart[mentor] + --_used[mentor]];
        _mentorOf[candidate] = -1;
        NoteRoom(mentor);
    }
}
