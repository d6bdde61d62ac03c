namespace Anlauf.Planning.Routes.Orienteering;

/// <summary>
/// Tours under change, with the cheapest place of insertion of every open point in every tour kept current. All arrays are made once.
/// </summary>
internal sealed class Tours
{
    // a point on the way is attractive, not infinitely so
    private const double LeastExtra = 1e6;

    private readonly OrienteeringProblem _problem;
    private readonly Shortening _shortening;
    private readonly SearchClock _clock;
    private readonly int _n;
    private readonly long[] _leg;
    private readonly long[] _extra;
    private readonly int[] _at;
    private readonly bool[] _stale;
    private readonly bool[] _changed;

    public Tours(OrienteeringProblem problem, Shortening shortening, SearchClock clock)
    {
        (_problem, _shortening, _clock) = (problem, shortening, clock);
        (_n, _leg) = (problem.Points.Count, problem.Legs);
        Count = problem.Tours;
        Stops = new int[Count][];
        Size = new int[Count];
        Length = new long[Count];
        TourOf = new int[_n];
        _extra = new long[Count * _n];
        _at = new int[Count * _n];
        _stale = new bool[Count];
        _changed = new bool[Count];
        Open = [.. problem.PointsOfUse];
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

    /// <summary>Inserts open points, most attractive first, until none fits or the time is over.</summary>
    /// <param name="worth">worth of each point</param>
    /// <param name="isFirst">a first answer is owed, however little time there is</param>
    public void Insert(double[] worth, bool isFirst = false)
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
            if (best >= 0 && (isFirst || !_clock.Exhausted)) Put(best, tour);
            else if (!ShortenChanged()) return;
        }
    }

    /// <summary>True when the places kept for open points are those of the present stops.</summary>
    public bool IsCurrent => !_stale.AsSpan().Contains(true);

    /// <summary>Where in a tour an open point costs least.</summary>
    public int PlaceOf(int tour, int point) => _at[tour * _n + point];

    /// <summary>Gives a tour other stops, of its own and open ones.</summary>
    public void Replace(int tour, ReadOnlySpan<int> stops)
    {
        foreach (var point in Stops[tour].AsSpan(1, Size[tour] - 2))
        {
            TourOf[point] = -1;
            Score -= _problem.Points[point].Score;
        }
        foreach (var point in stops[1..^1])
        {
            TourOf[point] = tour;
            Score += _problem.Points[point].Score;
        }
        stops.CopyTo(Stops[tour]);
        Size[tour] = stops.Length;
        OpenCount = 0;
        foreach (var point in Useful)
            if (TourOf[point] < 0) Open[OpenCount++] = point;
        Array.Fill(_stale, true);
        Measure(tour);
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
        _changed[r] = true;
        TellOthers(r, at);
    }

    // the stop at this place is new: one leg less to go between, two more
    private void TellOthers(int r, int at)
    {
        var stops = Stops[r];
        int before = stops[at - 1], here = stops[at], after = stops[at + 1];
        long first = _leg[before * _n + here], second = _leg[here * _n + after];
        for (var o = 0; o < OpenCount; o++)
        {
            var point = Open[o];
            ref var place = ref _at[r * _n + point];
            if (place == at)
            {
                FindPlace(r, point);
                continue;
            }
            if (place > at) place++;
            ref var least = ref _extra[r * _n + point];
            var row = point * _n;
            var toHere = _leg[row + here];
            if (_leg[row + before] + toHere - first is var one && one < least) (least, place) = (one, at);
            if (toHere + _leg[row + after] - second is var two && two < least) (least, place) = (two, at + 1);
        }
    }

    // tours are shortened once nothing fits any more: often enough, and much cheaper than after each insertion
    private bool ShortenChanged()
    {
        var any = false;
        for (var r = 0; r < Count; r++)
        {
            if (!_changed[r]) continue;
            if (_shortening.Run(Stops[r], Size[r], _clock))
            {
                Measure(r);
                any = true;
            }
            _changed[r] = false;
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
}
