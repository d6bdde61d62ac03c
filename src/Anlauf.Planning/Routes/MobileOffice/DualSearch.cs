namespace Anlauf.Planning.Routes.MobileOffice;

/// <summary>
/// Lagrangian bound of one part: each visit has a price u ≥ 0, towns buy visits at that price, tours earn it.
/// L(u) = Σ towns max V(k) − u k + Σ copies × best stretch(u). Deflected subgradient steps with Polyak's length (Camerini, Fratta,
/// Maffioli 1975); everything that counts is in whole numbers, so that each L(u) is a proof.
/// </summary>
internal sealed class DualSearch
{
    private readonly TourMaster _part;
    private readonly VisitValue _value;
    private readonly int[] _visits;
    private readonly double[] _direction;
    private readonly long[] _current;
    private readonly DayChoice[] _chosen = new DayChoice[7];
    private readonly long[] _prices, _noPrices;
    private readonly long _withoutPrices;
    private long _bound;

    public DualSearch(TourMaster part, VisitValue value, long scale)
    {
        (_part, _value, Scale) = (part, value, scale);
        var towns = part.Problem.Towns.Count;
        _visits = new int[towns];
        _direction = new double[towns];
        _current = new long[towns];
        (_prices, _noPrices) = (new long[towns], new long[towns]);
        // half the value of a visit: enough to choose first tours by
        foreach (var town in part.Towns) _current[town] = value.Next(town, 0) > value.Total ? value.Total * scale / 2 : value.Next(town, 0) * scale / 2;
        _bound = long.MaxValue;
        _withoutPrices = part.Towns.Sum(town => value.AtPrice(town, 0, scale, out _));
    }

    /// <summary>Prices and bound are in units of 1 ÷ scale.</summary>
    public long Scale { get; }

    /// <summary>Best prices so far; 0, where every town has all it wants, before any are known.</summary>
    public long[] Prices => _bound <= _withoutPrices ? _prices : _noPrices;

    /// <summary>Lowest bound so far, in units of 1 ÷ scale.</summary>
    public long Bound => Math.Min(_bound, _withoutPrices);

    /// <summary>Begins from other prices, for example of the problem before one change.</summary>
    public void StartFrom(IReadOnlyList<long> prices, long scale)
    {
        foreach (var town in _part.Towns)
            if (town < prices.Count) _current[town] = Clamp(town, (long)((Int128)prices[town] * Scale / Math.Max(1, scale)));
        Array.Clear(_direction);
    }

    /// <summary>Steps towards a lower bound until it meets the target or steps become tiny.</summary>
    /// <param name="target">value of the best plan known</param>
    /// <param name="steps">most steps</param>
    /// <param name="clock">stops early</param>
    public void Run(Func<long> target, int steps, SearchClock clock)
    {
        var length = 1.0;
        var sinceBetter = 0;
        for (var step = 0; step < steps && clock.Step(); step++)
        {
            var bound = Evaluate();
            if (bound < _bound)
            {
                if (_bound - bound > _bound / 10_000) sinceBetter = 0;
                _bound = bound;
                _current.CopyTo(_prices, 0);
            }
            else if (++sinceBetter > 20)
            {
                length *= 0.7;
                sinceBetter = 0;
                _prices.CopyTo(_current, 0);
                Array.Clear(_direction);
                if (length < 1e-4) return;
            }
            var goal = target() * Scale;
            // no whole number lies between
            if (Bound < goal + Scale) return;
            if (!Move(length * Math.Max(bound - goal, Scale / 2.0))) return;
        }
    }

    private long Evaluate()
    {
        Array.Clear(_visits);
        var bound = 0L;
        foreach (var group in _part.Groups) bound += group.Copies.Length * group.Bound(_current, _visits, _chosen);
        foreach (var town in _part.Towns)
        {
            bound += _value.AtPrice(town, _current[town], Scale, out var wanted);
            _visits[town] -= wanted;
        }
        return bound;
    }

    private bool Move(double distance)
    {
        double norm = 0;
        foreach (var town in _part.Towns)
        {
            // the price of a town nobody wants more of cannot fall below zero
            var g = _current[town] == 0 && _visits[town] > 0 ? 0 : _visits[town];
            _direction[town] = 0.7 * _direction[town] + g;
            norm += _direction[town] * _direction[town];
        }
        if (norm < 1e-12) return false;
        foreach (var town in _part.Towns)
            _current[town] = Clamp(town, _current[town] - (long)Math.Round(distance / norm * _direction[town]));
        return true;
    }

    private long Clamp(int town, long price) => Math.Clamp(price, 0, Math.Min(_value.Next(town, 0), 2 * _value.Total + 1) * Scale);
}
