namespace Anlauf.Planning.Routes.MobileOffice;

/// <summary>
/// Primal search of one part: some stretches are emptied and filled again one by one, each time with the best stretch for the visits
/// still worth something (an exact best response); a plan not worse is kept.
/// </summary>
internal sealed partial class PlanSearch
{
    private readonly TourMaster _part;
    private readonly VisitValue _value;
    private readonly (TourGroup Group, int Copy)[] _slots;
    private readonly DayChoice[][] _plan;
    private readonly DayChoice[][] _best;
    private readonly int[] _visits;
    private readonly long[] _weights;
    private readonly bool[] _empty;
    private readonly int[] _order;
    private ulong _random;

    public PlanSearch(TourMaster part, VisitValue value, ulong seed, SearchClock clock)
    {
        (_part, _value, _random) = (part, value, seed * 0x9E3779B97F4A7C15 + 1);
        _slots = [.. part.Groups.SelectMany(group => Enumerable.Range(0, group.Copies.Length).Select(copy => (group, copy)))];
        _plan = [.. _slots.Select(s => new DayChoice[s.Group.Weekdays.Length])];
        _best = [.. _slots.Select(s => new DayChoice[s.Group.Weekdays.Length])];
        _visits = new int[part.Problem.Towns.Count];
        _weights = new long[part.Problem.Towns.Count];
        _empty = new bool[_slots.Length];
        _order = [.. Enumerable.Range(0, _slots.Length)];
        Array.Fill(_empty, true);
        for (var slot = 0; slot < _slots.Length; slot++)
        {
            // any tour from the depot to the depot is a plan
            if (clock.Exhausted) Count(slot, 1);
            else Fill(slot, 0);
        }
        Keep();
    }

    /// <summary>Value of the best plan, below zero while demanded visits are missing.</summary>
    public long Value { get; private set; } = long.MinValue;

    /// <summary>The stretches of the best plan.</summary>
    public IEnumerable<(TourGroup Group, int Copy, DayChoice[] Days)> Best => _slots.Select((s, i) => (s.Group, s.Copy, _best[i]));

    /// <summary>Takes over a plan of single days found elsewhere; days it leaves out do what helps most.</summary>
    public void Adopt(List<(int Group, int Tour)> plan)
    {
        for (var slot = 0; slot < _slots.Length; slot++) Empty(slot);
        var next = 0;
        foreach (var day in plan.OrderBy(p => p.Group))
        {
            _plan[next][0] = new(0, 0, day.Tour);
            Count(next++, 1);
        }
        for (; next < _slots.Length; next++) Fill(next, 0);
        if (PlanValue() > Value) Keep();
        else Restore();
    }

    /// <summary>Tries that many changes.</summary>
    public void Run(int rounds, long bound, SearchClock clock)
    {
        var current = PlanValue();
        for (var round = 0; round < rounds && Value < bound && clock.Step(); round++)
        {
            var removed = Math.Min(_slots.Length, 1 + (int)(Next() % 4));
            Shuffle();
            for (var i = 0; i < removed; i++) Empty(_order[i]);
            for (var i = 0; i < removed; i++) Fill(_order[i], i == removed - 1 ? 0 : (int)(Next() % 3) * 20);
            for (var i = 0; i < removed; i++) Refill(_order[i]);
            for (var i = removed; i < Math.Min(_slots.Length, removed + 4); i++) Refill(_order[i]);
            var value = PlanValue();
            if (value >= current || Next() % 200 == 0)
            {
                current = value;
                if (value > Value) Keep();
                else if (value < Value - Math.Max(1, Math.Abs(Value) / 50)) current = Restore();
            }
            else current = Restore();
        }
    }

    private void Keep()
    {
        Value = PlanValue();
        for (var i = 0; i < _plan.Length; i++) _plan[i].CopyTo(_best[i], 0);
    }

    private long Restore()
    {
        Array.Clear(_visits);
        for (var i = 0; i < _plan.Length; i++)
        {
            _best[i].CopyTo(_plan[i], 0);
            _empty[i] = true;
            Count(i, 1);
        }
        return Value;
    }

    private void Refill(int slot)
    {
        Empty(slot);
        Fill(slot, 0);
    }

    private void Fill(int slot, int noisePercent)
    {
        foreach (var town in _part.Towns)
        {
            var worth = _value.Next(town, _visits[town]);
            _weights[town] = noisePercent == 0 ? worth : worth - worth / 100 * (long)(Next() % (ulong)noisePercent);
        }
        _slots[slot].Group.Best(_weights, _plan[slot]);
        Count(slot, 1);
    }

    private void Empty(int slot)
    {
        if (!_empty[slot]) Count(slot, -1);
    }

    private void Count(int slot, int change)
    {
        _empty[slot] = change < 0;
        for (var day = 0; day < _plan[slot].Length; day++)
            foreach (var town in _slots[slot].Group.Towns(day, _plan[slot][day])) _visits[town] += change;
    }

    private long PlanValue()
    {
        var value = 0L;
        foreach (var town in _part.Towns) value += _value.Penalised(town, _visits[town]);
        return value;
    }

    private void Shuffle()
    {
        for (var i = 0; i < Math.Min(8, _order.Length - 1); i++)
        {
            var j = i + (int)(Next() % (ulong)(_order.Length - i));
            (_order[i], _order[j]) = (_order[j], _order[i]);
        }
    }

    private ulong Next()
    {
        // splitmix64 (Steele, Lea, Flood 2014)
        var z = _random += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
