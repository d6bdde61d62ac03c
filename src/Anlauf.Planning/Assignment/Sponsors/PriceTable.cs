using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Anlauf.Planning.Assignment.Sponsors;

/// <summary>
/// The sets of one member by their price c(m,S) − u(S): depth first over the constituencies; a table of cheapest
/// completions per load says which branches reach the limit, so the work is in proportion to what is found. Loads in the
/// table are rounded down to cells and the window widened accordingly, prices are rounded down to 30 bits: the table
/// never forbids a set that fits. Constituencies too dear for any set within the limit are left out at once: what a set
/// with one of them costs at least says the knapsack that may be filled in part (Dantzig 1957).
/// </summary>
internal sealed class PriceTable
{
    private const int MostCells = 2048;
    private const int Sum = 1 << 28, Never = 1 << 30; // no sum of prices reaches the one in size, nor less than three quarters of the other
    private readonly SponsorProblem _problem;
    private readonly int[] _order, _cells;
    private readonly int _least, _most;
    private readonly long[] _priceOf, _costOf; // by constituency
    private readonly double[] _ratio;
    private readonly int[] _byRatio;
    private readonly int[] _kept, _weight; // constituencies in the table, the largest first
    private readonly long[] _price, _cost, _load;
    private readonly bool[] _forced;
    private int[] _completion = []; // k·(most + 1) + cells so far: least price of the constituencies kept from k on that ends in the window
    private int _count, _shift, _member;
    private long _limit, _top;
    private int _longest;
    private UInt128 _found;
    private SetBuffer _sets = new();

    public PriceTable(SponsorProblem problem)
    {
        _problem = problem;
        var n = problem.Constituencies;
        var unit = Math.Max(1, problem.MaxLoad / MostCells);
        _order = [.. Enumerable.Range(0, n).OrderByDescending(v => problem.Population[v])];
        _cells = [.. problem.Population.Select(p => (int)Math.Min(int.MaxValue / 4, p / unit))];
        long room = problem.MaxLoad;
        var members = problem.Population.Order().TakeWhile(p => (room -= p) >= 0).Count();
        var lost = problem.Population.Select(p => p % unit).OrderDescending().Take(members).Sum();
        _most = (int)(problem.MaxLoad / unit);
        _least = (int)Math.Max(0, (problem.MinLoad - lost + unit - 1) / unit);
        (_priceOf, _costOf, _price, _cost, _load) = (new long[n], new long[n], new long[n], new long[n], new long[n]);
        (_kept, _weight, _byRatio, _ratio, _forced) = (new int[n], new int[n], new int[n], new double[n], new bool[n]);
    }

    /// <summary>Sets up the table of a member for sets of at most this price.</summary>
    /// <param name="member">the member</param>
    /// <param name="u">multipliers, scaled</param>
    /// <param name="scale">units of a multiplier in one unit of cost</param>
    /// <param name="known">a set of the member, or none</param>
    /// <param name="room">sets wanted cost at most this more than the cheapest one, which costs no more than the one known</param>
    public void Prepare(int member, long[] u, long scale, UInt128? known, long room)
    {
        _member = member;
        var limit = long.MaxValue / 4;
        for (var v = 0; v < u.Length; v++)
        {
            _costOf[v] = _problem.Cost[(member * u.Length) + v] * scale;
            _priceOf[v] = _costOf[v] - u[v];
        }
        if (known is { } set)
            for (limit = room; set != 0; set &= set - 1) limit += _priceOf[(int)UInt128.TrailingZeroCount(set)];
        Keep(limit);
        Complete();
    }

    // which constituencies a set within the limit may have
    private void Keep(long limit)
    {
        var (lambda, bound) = Fill();
        var slack = 1 + (1e-9 * (Math.Abs(bound) + Math.Abs((double)limit)));
        _count = 0;
        decimal sum = 0;
        foreach (var v in _order)
        {
            var pin = _problem.Pins[v];
            if (pin >= 0 && pin != _member) continue;
            if (pin < 0 && bound + Math.Max(0, _priceOf[v] - (lambda * _problem.Population[v])) > limit + slack) continue;
            (_kept[_count], _weight[_count], _price[_count], _cost[_count], _load[_count], _forced[_count]) =
                (v, _cells[v], _priceOf[v], _costOf[v], _problem.Population[v], pin >= 0);
            sum += Math.Abs(_priceOf[v]);
            _count++;
        }
        _shift = 0;
        while (sum / (1L << _shift) >= Sum - _count) _shift++;
        _top = (long)Sum << _shift;
    }

    // the knapsack filled in part: price of a unit of load, and with it a bound on the price of every set
    private (double Lambda, double Bound) Fill()
    {
        var n = _priceOf.Length;
        for (var v = 0; v < n; v++)
            (_byRatio[v], _ratio[v]) = (v, _problem.Population[v] > 0 ? _priceOf[v] / (double)_problem.Population[v] : _priceOf[v] < 0 ? double.MinValue : double.MaxValue);
        Array.Sort(_ratio, _byRatio);
        var (load, lambda) = (0L, 0.0);
        for (var k = 0; k < n; k++)
        {
            if (_ratio[k] >= 0 && load >= _problem.MinLoad) break;
            if (_ratio[k] is > double.MinValue and < double.MaxValue) lambda = _ratio[k];
            load += _problem.Population[_byRatio[k]];
            if (_ratio[k] < 0 ? load >= _problem.MaxLoad : load >= _problem.MinLoad) break;
            if (_ratio[k] < 0) lambda = 0;
        }
        var bound = lambda < 0 ? lambda * _problem.MaxLoad : lambda * _problem.MinLoad;
        for (var v = 0; v < n; v++) bound += Math.Min(0, _priceOf[v] - (lambda * _problem.Population[v]));
        return (lambda, bound);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Complete()
    {
        var width = _most + 1;
        if (_completion.Length < (_count + 1) * width) _completion = new int[(_priceOf.Length + 1) * width];
        // no further than the constituencies before reach
        Span<int> reach = stackalloc int[_count + 1];
        reach[0] = 0;
        for (var k = 0; k < _count; k++) reach[k + 1] = Math.Min(_most, reach[k] + Math.Min(_most, _weight[k]));
        var last = _completion.AsSpan(_count * width, reach[_count] + 1);
        last.Fill(Never);
        if (_least < last.Length) last[_least..].Clear();
        for (var k = _count - 1; k >= 0; k--)
        {
            var from = _completion.AsSpan((k + 1) * width, reach[k + 1] + 1);
            var to = _completion.AsSpan(k * width, reach[k] + 1);
            var price = (int)(_price[k] >> _shift);
            var both = Math.Clamp(from.Length - _weight[k], 0, to.Length);
            if (both > 0) Lower(to[..both], from, from[_weight[k]..], _forced[k] ? Never : 0, price);
            if (_forced[k]) to[both..].Fill(Never);
            else from[both..to.Length].CopyTo(to[both..]);
        }
    }

    // to = min(without + more, with + price)
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Lower(Span<int> to, ReadOnlySpan<int> without, ReadOnlySpan<int> with, int more, int price)
    {
        if (more > 0)
        {
            for (var c = 0; c < to.Length; c++) to[c] = with[c] + price;
            return;
        }
        var target = MemoryMarshal.Cast<int, Vector<int>>(to);
        var first = MemoryMarshal.Cast<int, Vector<int>>(without[..to.Length]);
        var second = MemoryMarshal.Cast<int, Vector<int>>(with[..to.Length]);
        var prices = new Vector<int>(price);
        for (var k = 0; k < target.Length; k++) target[k] = Vector.Min(first[k], second[k] + prices);
        for (var c = target.Length * Vector<int>.Count; c < to.Length; c++) to[c] = Math.Min(without[c], with[c] + price);
    }

    /// <summary>The cheapest set with its price, or none.</summary>
    public (UInt128 Set, long Price)? Cheapest()
    {
        _limit = _top;
        Lower(0, 0, 0, 0, 0);
        return _limit == _top ? null : (_found, _limit + 1);
    }

    // the way the table promises more is gone first
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Lower(int k, int cells, long load, UInt128 set, long price)
    {
        if (_completion[(k * (_most + 1)) + cells] > (_limit - price) >> _shift) return;
        if (k == _count)
        {
            if (load >= _problem.MinLoad && price <= _limit) (_found, _limit) = (set, price - 1);
            return;
        }
        var next = ((k + 1) * (_most + 1)) + cells;
        var heavier = cells + _weight[k];
        var without = _forced[k] ? Never : _completion[next];
        var with = heavier <= _most && load + _load[k] <= _problem.MaxLoad ? (_price[k] >> _shift) + _completion[next + _weight[k]] : Never;
        if (with < without) Lower(k + 1, heavier, load + _load[k], set | (UInt128.One << _kept[k]), price + _price[k]);
        if (without < Never / 2) Lower(k + 1, cells, load, set, price);
        if (with >= without && with < Never / 2) Lower(k + 1, heavier, load + _load[k], set | (UInt128.One << _kept[k]), price + _price[k]);
    }

    /// <summary>Adds all sets of at most this price; stops when there are more than <paramref name="longest"/>.</summary>
    public void List(SetBuffer sets, long limit, int longest)
    {
        (_sets, _limit, _longest) = (sets, Math.Min(limit, _top), longest);
        Extend(0, 0, 0, 0, 0, 0);
    }

    // chooses the next constituency of a set for the list
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Extend(int k, int cells, long load, UInt128 set, long price, long cost)
    {
        var (width, completion, weight) = (_most + 1, _completion, _weight);
        var left = (_limit - price) >> _shift;
        for (; ; k++)
        {
            if (completion[(k * width) + cells] > left || _sets.Count > _longest) return;
            if (k == _count) break;
            var heavier = cells + weight[k];
            if (heavier <= _most && load + _load[k] <= _problem.MaxLoad
                && completion[((k + 1) * width) + heavier] <= (_limit - price - _price[k]) >> _shift)
                Extend(k + 1, heavier, load + _load[k], set | (UInt128.One << _kept[k]), price + _price[k], cost + _cost[k]);
            if (_forced[k]) return;
        }
        if (load >= _problem.MinLoad && price <= _limit) _sets.Add(set, cost);
    }
}

/// <summary>Sets of one member with their scaled costs, as they are listed.</summary>
internal sealed class SetBuffer
{
    private UInt128[] _sets = new UInt128[256];
    private long[] _cost = new long[256];

    /// <summary>Number of sets.</summary>
    public int Count { get; private set; }

    /// <summary>The sets.</summary>
    public ReadOnlySpan<UInt128> Sets => _sets.AsSpan(0, Count);

    /// <summary>Scaled cost of each set.</summary>
    public ReadOnlySpan<long> Cost => _cost.AsSpan(0, Count);

    /// <summary>Adds a set.</summary>
    public void Add(UInt128 set, long cost)
    {
        if (Count == _sets.Length)
        {
            Array.Resize(ref _sets, Count * 2);
            Array.Resize(ref _cost, Count * 2);
        }
        (_sets[Count], _cost[Count++]) = (set, cost);
    }

    /// <summary>Forgets all sets.</summary>
    public void Clear() => Count = 0;
}
