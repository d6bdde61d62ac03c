namespace Anlauf.Planning.Assignment.Generalised;

/// <summary>
/// The knapsack of one agent by its core (Balas and Zemel 1980): the price of a cell at the break item of the greedy
/// order says for every item what deciding against that order costs at least. The table is only made for items where
/// that is not more than what the greedy order misses; all values stay exact. With a least load the whole table is made.
/// </summary>
internal sealed class KnapsackCore(int items, int cells, bool narrow) : Knapsack(items)
{
    private const double Margin = 1e-9;
    private const int SmallTable = 1 << 13; // cells of a table that is made as fast as its core is found
    private readonly Knapsack _table = Create(items, cells, narrow);
    private readonly double[] _ratio = new double[items], _loss = new double[items];
    private readonly int[] _order = new int[items], _core = new int[items];
    private int _count, _coreCount, _least, _most;
    private long _value, _fixedValue;
    private double _relaxed, _margin;
    private bool _whole;

    /// <summary>What deciding against the greedy order was worth last time: the first guess at the core. In and out.</summary>
    public double Reach { get; set; }

    /// <summary>For <see cref="Marginals"/>: rises beyond this need not be known exactly, only that they are beyond.</summary>
    public long Room { get; set; } = Impossible;

    public override long Solve(int count, int least, int most)
    {
        (_count, _least, _most) = (count, least, most);
        if (most < 0 || least > most) return _value = Impossible;
        _whole = least > 0 || (long)count * most <= SmallTable;
        if (_whole) return _value = Whole();
        Relax();
        var reach = Reach;
        for (; ; )
        {
            _value = SolveCore(reach);
            var missed = _value - _relaxed + _margin;
            Reach = Math.Max(missed, 0);
            if (missed <= reach) break;
            reach = missed;
        }
        Array.Clear(Chosen, 0, count);
        for (var k = 0; k < count; k++) Chosen[k] = _loss[k] < -reach;
        for (var t = 0; t < _coreCount; t++) Chosen[_core[t]] = _table.Chosen[t];
        return _value;
    }

    private long Whole()
    {
        Price.AsSpan(0, _count).CopyTo(_table.Price);
        Weight.AsSpan(0, _count).CopyTo(_table.Weight);
        var value = _table.Solve(_count, _least, _most);
        _table.Chosen.AsSpan(0, _count).CopyTo(Chosen);
        return value;
    }

    // the continuous knapsack: _loss is the price less what the item's cells are worth, negative for items in
    private void Relax()
    {
        var count = 0;
        long weight = 0;
        for (var k = 0; k < _count; k++)
        {
            if (Price[k] >= 0 || Weight[k] > _most) continue;
            weight += Weight[k];
            if (Weight[k] == 0) continue;
            (_ratio[count], _order[count++]) = ((double)Price[k] / Weight[k], k);
        }
        var price = weight <= _most ? 0 : Break(count);
        _relaxed = price * _most;
        var greatest = 1.0;
        for (var k = 0; k < _count; k++)
        {
            if (Weight[k] > _most) { _loss[k] = double.MaxValue; continue; }
            var loss = Price[k] - (price * Weight[k]);
            _loss[k] = loss;
            if (loss >= 0) continue;
            _relaxed += loss;
            greatest -= loss;
        }
        // no rounding of the above may ever rule out an item that matters
        _margin = 0.5 + (Margin * (greatest - (price * _most)));
    }

    // ratio of the first item that no longer fits in the order of the ratios, by selection (Hoare 1961)
    private double Break(int count)
    {
        var (low, high) = (0, count - 1);
        long room = _most;
        while (low < high)
        {
            var pivot = Middle(_ratio[low], _ratio[(low + high) >> 1], _ratio[high]);
            var (left, right) = (low, high);
            while (left <= right)
            {
                while (_ratio[left] < pivot) left++;
                while (_ratio[right] > pivot) right--;
                if (left > right) break;
                (_ratio[left], _ratio[right]) = (_ratio[right], _ratio[left]);
                (_order[left], _order[right]) = (_order[right], _order[left]);
                left++;
                right--;
            }
            long weight = 0;
            for (var t = low; t <= right; t++) weight += Weight[_order[t]];
            if (weight > room) { high = right; continue; }
            // an item between the two halves has the ratio of the pivot
            for (var t = right + 1; t < left; t++) weight += Weight[_order[t]];
            if (weight > room) return pivot;
            room -= weight;
            low = left;
        }
        return _ratio[Math.Min(low, count - 1)];
    }

    private static double Middle(double a, double b, double c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));

    // the table over the items whose loss is within reach, the others as the greedy order has them
    private long SolveCore(double reach)
    {
        _coreCount = 0;
        _fixedValue = 0;
        long room = _most;
        for (var k = 0; k < _count; k++)
        {
            var loss = _loss[k];
            if (loss > reach) continue;
            if (loss < -reach)
            {
                _fixedValue += Price[k];
                room -= Weight[k];
                continue;
            }
            (_table.Price[_coreCount], _table.Weight[_coreCount]) = (Price[k], Weight[k]);
            _core[_coreCount++] = k;
        }
        if (room < 0) return Impossible;
        var value = _table.Solve(_coreCount, 0, (int)room);
        return value + _fixedValue;
    }

    public override void Marginals()
    {
        if (_whole)
        {
            _table.Marginals();
            _table.In.AsSpan(0, _count).CopyTo(In);
            _table.Out.AsSpan(0, _count).CopyTo(Out);
            return;
        }
        // a choice that misses less than the room decides nothing outside this reach against the greedy order
        var reach = _value - _relaxed + _margin + Math.Min(Room, Impossible) + 1;
        SolveCore(reach);
        _table.Marginals();
        var beyond = _value + Math.Min(Room, Impossible) + 1;
        for (var k = 0; k < _count; k++)
        {
            var chosen = _loss[k] < 0;
            (In[k], Out[k]) = chosen ? (_value, beyond) : (Weight[k] > _most ? Impossible : beyond, _value);
        }
        for (var t = 0; t < _coreCount; t++)
        {
            var k = _core[t];
            In[k] = Math.Min(beyond, _table.In[t] + _fixedValue);
            Out[k] = Math.Min(beyond, _table.Out[t] + _fixedValue);
        }
    }
}
