namespace Anlauf.Planning.Routes.Orienteering;

/// <summary>
/// Tours under change, with the cheapest place of insertion of every open point in every tour kept current. All arrays are made once.
/// </summary>
internal sealed class Tours
{
    // a point on the way is attractive, not infinitely so
    private const double LeastExtra = 1e6;

    private readonly OrienteeringProblem _problem;
    private readonly int _n;
    private readonly long[] _leg;
    private readonly long[] _extra;
    private readonly int[] _at;
    private readonly bool[] _stale;
    private readonly bool[] _changed;

    public Tours(OrienteeringProblem problem)
    {
        _problem = problem;
        _n = problem.Points.Count;
        _leg = new long[_n * _n];
        for (var i = 0; i < _n; i++)
            for (var j = 0; j < _n; j++) _leg[i * _n + j] = problem.Leg(i, j);
        Count = problem.Tours;
        Stops = new int[Count][];
        Size = new int[Count];
        Length = new long[Count];
        TourOf = new int[_n];
        _extra = new long[Count * _n];
        _at = new int[Count * _n];
        _stale = new bool[Count];
        _changed = new bool[Count];
        Open = [.. Enumerable.Range(0, _n).Where(problem.IsOfUse)];
        Useful = [.. Open];
        OpenCount = Open.Length;
        Array.Fill(TourOf, -1);
        for (var r = 0; r < Count; r++)
        {
            Stops[r] = new int[_n + 2];
            Stops[r][0] = problem.Start;
            Stops[r][1] = problem.End;
            Size[r] = 2;
            Length[r] = problem.Leg(problem.Start, problem.End);
            _stale[r] = true;
        }
    }

    /// <summary>True: attraction is worth ÷ extra length; false: worth alone.</summary>
    public bool ByLength { get; set; } = true;

    public int Count { get; }
    public int[] Useful { get; }
    public int[][] Stops { get; }
    public int[] Size { get; }
    public long[] Length { get; }

    /// <summary>Tour of each point, or −1.</summary>
    public int[] TourOf { get; }

    /// <summary>Points not visited: the first <see cref="OpenCount"/> entries.</summary>
    public int[] Open { get; }

    public int OpenCount { get; private set; }
    public long Score { get; private set; }

    public long TotalLength
    {
        get
        {
            var sum = 0L;
            foreach (var length in Length) sum += length;
            return sum;
        }
    }

    public void CopyFrom(Tours other)
    {
        for (var r = 0; r < Count; r++)
        {
            Array.Copy(other.Stops[r], Stops[r], other.Size[r]);
            Size[r] = other.Size[r];
            Length[r] = other.Length[r];
            _stale[r] = other._stale[r];
            _changed[r] = other._changed[r];
        }
        Array.Copy(other._extra, _extra, _extra.Length);
        Array.Copy(other._at, _at, _at.Length);
        Array.Copy(other.TourOf, TourOf, _n);
        Array.Copy(other.Open, Open, Open.Length);
        OpenCount = other.OpenCount;
        Score = other.Score;
    }

    /// <summary>Takes the points marked with tour −2 out of their tours.</summary>
    public void RemoveMarked()
    {
        for (var r = 0; r < Count; r++)
        {
            var stops = Stops[r];
            var kept = 1;
            for (var k = 1; k < Size[r]; k++)
            {
                var point = stops[k];
                if (k < Size[r] - 1 && TourOf[point] == -2)
                {
                    TourOf[point] = -1;
                    Open[OpenCount++] = point;
                    Score -= _problem.Points[point].Score;
                    // the place kept for it in other tours is from before they changed
                    for (var other = 0; other < Count; other++)
                        if (!_stale[other]) FindPlace(other, point);
                }
                else stops[kept++] = point;
            }
            if (kept == Size[r]) continue;
            Size[r] = kept;
            Measure(r);
        }
    }

    /// <summary>Inserts open points, most attractive first, until none fits.</summary>
    public void Insert(double[] worth)
    {
        while (true)
        {
            for (var r = 0; r < Count; r++)
                if (_stale[r]) FindPlaces(r);
            var (best, tour, attraction, least) = (-1, -1, -1.0, long.MaxValue);
            for (var o = 0; o < OpenCount; o++)
            {
                var point = Open[o];
                for (var r = 0; r < Count; r++)
                {
                    var extra = _extra[r * _n + point];
                    if (Length[r] + extra > _problem.Budget) continue;
                    var value = ByLength ? worth[point] / (extra + LeastExtra) : worth[point];
                    if (value > attraction || (value == attraction && extra < least)) (best, tour, attraction, least) = (o, r, value, extra);
                }
            }
            if (best >= 0) Put(best, tour);
            else if (!ShortenChanged()) return;
        }
    }

    /// <summary>2-opt and or-opt on one tour until it is no longer shortened.</summary>
    public void Shorten(int r)
    {
        var stops = Stops[r];
        var size = Size[r];
        var any = false;
        while (TwoOpt(stops, size) || OrOpt(stops, size)) any = true;
        if (any) Measure(r);
    }

    private void Measure(int r)
    {
        var length = 0L;
        for (var k = 1; k < Size[r]; k++) length += _leg[Stops[r][k - 1] * _n + Stops[r][k]];
        Length[r] = length;
        _stale[r] = true;
        _changed[r] = true;
    }

    private void Put(int open, int r)
    {
        var point = Open[open];
        Open[open] = Open[--OpenCount];
        var at = _at[r * _n + point];
        Array.Copy(Stops[r], at, Stops[r], at + 1, Size[r] - at);
        Stops[r][at] = point;
        Size[r]++;
        TourOf[point] = r;
        Score += _problem.Points[point].Score;
        Length[r] += _extra[r * _n + point];
        _stale[r] = true;
        _changed[r] = true;
    }

    // tours are shortened once nothing fits any more: often enough, and much cheaper than after each insertion
    private bool ShortenChanged()
    {
        var any = false;
        for (var r = 0; r < Count; r++)
        {
            if (!_changed[r]) continue;
            var before = Length[r];
            Shorten(r);
            _changed[r] = false;
            any |= Length[r] < before;
        }
        return any;
    }

    private void FindPlaces(int r)
    {
        for (var o = 0; o < OpenCount; o++) FindPlace(r, Open[o]);
        _stale[r] = false;
    }

    private void FindPlace(int r, int point)
    {
        var stops = Stops[r];
        var size = Size[r];
        var row = point * _n;
        var (best, at) = (long.MaxValue, -1);
        var before = _leg[row + stops[0]];
        for (var k = 1; k < size; k++)
        {
            var after = _leg[row + stops[k]];
            var extra = before + after - _leg[stops[k - 1] * _n + stops[k]];
            if (extra < best) (best, at) = (extra, k);
            before = after;
        }
        _extra[r * _n + point] = best;
        _at[r * _n + point] = at;
    }

    private bool TwoOpt(int[] stops, int size)
    {
        var any = false;
        for (var i = 1; i < size - 2; i++)
            for (var j = i + 1; j < size - 1; j++)
            {
                int a = stops[i - 1], b = stops[i], c = stops[j], d = stops[j + 1];
                if (_leg[a * _n + c] + _leg[b * _n + d] >= _leg[a * _n + b] + _leg[c * _n + d]) continue;
                Array.Reverse(stops, i, j - i + 1);
                any = true;
            }
        return any;
    }

    // moves one to three stops elsewhere in the tour
    private bool OrOpt(int[] stops, int size)
    {
        for (var count = 1; count <= 3; count++)
            for (var i = 1; i + count < size; i++)
            {
                int a = stops[i - 1], b = stops[i], c = stops[i + count - 1], d = stops[i + count];
                var saved = _leg[a * _n + b] + _leg[c * _n + d] - _leg[a * _n + d];
                if (saved <= 0) continue;
                for (var k = 0; k < size - 1; k++)
                {
                    if (k >= i - 1 && k < i + count) continue;
                    int p = stops[k], q = stops[k + 1];
                    var forward = _leg[p * _n + b] + _leg[c * _n + q] - _leg[p * _n + q];
                    var backward = _leg[p * _n + c] + _leg[b * _n + q] - _leg[p * _n + q];
                    if (Math.Min(forward, backward) >= saved) continue;
                    if (backward < forward) Array.Reverse(stops, i, count);
                    if (k < i)
                    {
                        // rotate [k + 1, i + count) so that the block comes first
                        Array.Reverse(stops, k + 1, i - k - 1);
                        Array.Reverse(stops, i, count);
                        Array.Reverse(stops, k + 1, i + count - k - 1);
                    }
                    else
                    {
                        Array.Reverse(stops, i, count);
                        Array.Reverse(stops, i + count, k - i - count + 1);
                        Array.Reverse(stops, i, k - i + 1);
                    }
                    return true;
                }
            }
        return false;
    }
}
