namespace Anlauf.Planning.Routes.Orienteering;

/// <summary>
/// Shortens a tour whose ends are fixed by 2-opt and by moving one to three stops elsewhere (or-opt), looking only at places
/// beside near points (Bentley 1992): the work of a pass grows with the number of stops, not with its square.
/// </summary>
internal sealed class Shortening
{
    private const int MostNear = 8, LongestSegment = 3;
    private readonly int _n, _start, _end;
    private readonly long[] _leg;
    private readonly int[][] _near;
    private readonly int[] _place; // of a point in the tour looked at; of the start, where it is the end as well, the first
    private int[] _stops = [];
    private int _size;

    public Shortening(OrienteeringProblem problem)
    {
        (_n, _leg, _start, _end) = (problem.Points.Count, problem.Legs, problem.Start, problem.End);
        _near = Nearest.Of(problem, [.. Enumerable.Range(0, _n).Where(point => point == _start || point == _end || problem.IsOfUse(point))], MostNear);
        _place = new int[_n];
    }

    /// <summary>Shortens the tour in the first <paramref name="size"/> entries as far as these moves go, or the time.</summary>
    /// <returns>true when it is shorter now</returns>
    public bool Run(int[] stops, int size, SearchClock clock)
    {
        (_stops, _size) = (stops, size);
        Renumber(0, size - 1);
        var any = false;
        while (TwoOpt(clock) | OrOpt(clock)) any = true;
        return any;
    }

    // asking the clock costs as much as looking at some places
    private static bool IsOver(int place, SearchClock clock) => place % 64 == 63 && clock.Exhausted;

    private long Leg(int from, int to) => _leg[from * _n + to];

    private void Renumber(int from, int to)
    {
        for (var k = to; k >= from; k--) _place[_stops[k]] = k;
    }

    // where the point is left by a leg, or −1
    private int Leaving(int point) => point == _end && _end != _start ? -1 : Place(point);

    // where the point is reached by a leg, or −1
    private int Reaching(int point) => point == _end ? _size - 1 : point == _start ? -1 : Place(point);

    private int Place(int point) => _place[point] is var k && k < _size && _stops[k] == point ? k : -1;

    private bool TwoOpt(SearchClock clock)
    {
        var any = false;
        for (var i = 0; i < _size - 1 && !IsOver(i, clock); i++)
            if (Uncross(i)) any = true;
        return any;
    }

    // the leg from place i: one of the two new legs begins or ends with it and is shorter
    private bool Uncross(int i)
    {
        int a = _stops[i], b = _stops[i + 1];
        var leg = Leg(a, b);
        foreach (var c in _near[a])
        {
            if (Leg(a, c) >= leg) break;
            var j = Leaving(c);
            if (j >= 0 && Turn(i, j)) return true;
        }
        foreach (var d in _near[b])
        {
            if (Leg(b, d) >= leg) break;
            var j = Reaching(d) - 1;
            if (j >= 0 && Turn(i, j)) return true;
        }
        return false;
    }

    // legs from i and from j leave, those between the ends and between the beginnings come
    private bool Turn(int i, int j)
    {
        if (i > j) (i, j) = (j, i);
        if (i == j) return false;
        int a = _stops[i], b = _stops[i + 1], c = _stops[j], d = _stops[j + 1];
        if (Leg(a, c) + Leg(b, d) >= Leg(a, b) + Leg(c, d)) return false;
        Array.Reverse(_stops, i + 1, j - i);
        Renumber(i + 1, j);
        return true;
    }

    private bool OrOpt(SearchClock clock)
    {
        var any = false;
        for (var count = 1; count <= LongestSegment; count++)
            for (var i = 1; i + count < _size && !IsOver(i, clock); i++)
                if (MoveSegment(i, count)) any = true;
        return any;
    }

    private bool MoveSegment(int i, int count)
    {
        int b = _stops[i], c = _stops[i + count - 1];
        var saved = Leg(_stops[i - 1], b) + Leg(c, _stops[i + count]) - Leg(_stops[i - 1], _stops[i + count]);
        if (saved <= 0) return false;
        foreach (var x in _near[b])
            if (Between(i, count, Leaving(x), saved, false) || Between(i, count, Reaching(x) - 1, saved, true)) return true;
        if (count > 1)
            foreach (var x in _near[c])
                if (Between(i, count, Reaching(x) - 1, saved, false) || Between(i, count, Leaving(x), saved, true)) return true;
        return false;
    }

    // the segment between places k and k + 1, turned or not, where that is shorter
    private bool Between(int i, int count, int k, long saved, bool turned)
    {
        if (k < 0 || (k >= i - 1 && k < i + count)) return false;
        int b = _stops[i], c = _stops[i + count - 1], p = _stops[k], q = _stops[k + 1];
        if ((turned ? Leg(p, c) + Leg(b, q) : Leg(p, b) + Leg(c, q)) - Leg(p, q) >= saved) return false;
        if (turned) Array.Reverse(_stops, i, count);
        // three turns exchange the segment and the stops between it and its new place
        var (from, to, cut) = k < i ? (k + 1, i + count, i) : (i, k + 1, i + count);
        Array.Reverse(_stops, from, cut - from);
        Array.Reverse(_stops, cut, to - cut);
        Array.Reverse(_stops, from, to - from);
        Renumber(from, to - 1);
        return true;
    }
}
