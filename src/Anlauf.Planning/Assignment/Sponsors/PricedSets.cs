using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Anlauf.Planning.Assignment.Sponsors;

/// <summary>
/// Lists every (member, set of constituencies) within the load window whose price c(m,S) − u(S) lies near the member's
/// least. Depth first over the constituencies; a table of cheapest completions per load says which branches reach the
/// limit, so the work is in proportion to what is listed. Loads in the table are rounded down to cells and the window
/// widened accordingly: the table never forbids a set that fits.
/// </summary>
internal sealed class PricedSets
{
    /// <summary>Most constituencies: sets are 128 bits wide.</summary>
    public const int MostConstituencies = 128;

    private const int MostCells = 2048;
    private const long Never = 1L << 58;
    private readonly SponsorProblem _problem;
    private readonly int[] _order, _weight;
    private readonly int _least, _most;
    private readonly long[] _completion; // k·(most + 1) + load so far: least price of constituencies k, k + 1, … that ends in the window
    private readonly long[] _price;
    private readonly long[] _leastPrice;
    private ColumnList? _columns;
    private long _limit;
    private int _longest;

    public PricedSets(SponsorProblem problem, long scale)
    {
        (_problem, Scale) = (problem, scale);
        var n = problem.Constituencies;
        var unit = Math.Max(1, problem.MaxLoad / MostCells);
        _order = [.. Enumerable.Range(0, n).OrderByDescending(v => problem.Population[v])];
        _weight = [.. _order.Select(v => (int)Math.Min(int.MaxValue / 4, problem.Population[v] / unit))];
        long room = problem.MaxLoad;
        var members = problem.Population.Order().TakeWhile(p => (room -= p) >= 0).Count();
        var lost = problem.Population.Select(p => p % unit).OrderDescending().Take(members).Sum();
        _most = (int)(problem.MaxLoad / unit);
        _least = (int)Math.Max(0, (problem.MinLoad - lost + unit - 1) / unit);
        _completion = new long[(n + 1) * (_most + 1)];
        _price = new long[n];
        _leastPrice = new long[problem.Members];
    }

    /// <summary>Units of a multiplier in one unit of cost.</summary>
    public long Scale { get; }

    /// <summary>L(u) = Σ u + Σ_m least price of a set, scaled: a bound on the scaled cost of every plan.</summary>
    public long Bound(long[] u)
    {
        var bound = u.Sum();
        for (var m = 0; m < _problem.Members && bound < Never / 2; m++) bound += LeastOf(m, u);
        return Math.Min(bound, Never);
    }

    /// <summary>
    /// <see cref="Bound"/>, and some columns little above their member's least price. Where they are too many, room
    /// shrinks; where they are few, it grows for the next time.
    /// </summary>
    public (long Bound, ColumnList Columns) Near(long[] u, ref long room, int most)
    {
        var columns = new ColumnList(_problem, Scale);
        var bound = u.Sum();
        for (var m = 0; m < _problem.Members; m++)
        {
            columns.BeginMember();
            if (LeastOf(m, u) is var least && least == Never) return (Never, columns);
            bound += least;
            var before = columns.Count;
            for (var longest = Share(m, most); ; room = room * 3 / 5)
            {
                (_columns, _limit, _longest) = (columns, least + room, longest);
                Extend(m, 0, 0, 0, 0, 0);
                if (columns.Count <= longest || room <= 0) break;
                columns.Forget(before);
            }
            _columns = null;
        }
        columns.BeginMember();
        if (columns.Count < most / 4) room = room * 5 / 4;
        return (bound, columns);
    }

    // what the first members may have: an even share and that of another
    private int Share(int member, int most) => (int)Math.Min(most, most * (member + 2L) / _problem.Members);

    private long LeastOf(int member, long[] u)
    {
        _leastPrice[member] = Never;
        Complete(member, u);
        Lower(member, 0, 0, 0, 0);
        return _leastPrice[member];
    }

    /// <summary>
    /// All columns at most <paramref name="room"/> above their member's least price, or none when there are more than
    /// <paramref name="most"/>. Call <see cref="Bound"/> with the same multipliers before.
    /// </summary>
    /// <param name="u">scaled multipliers</param>
    /// <param name="room">scaled</param>
    /// <param name="most">most columns</param>
    /// <param name="evenly">whether the first members have their share of them and no more than another, so that a list much too long is noticed at the first</param>
    public ColumnList? List(long[] u, long room, int most, bool evenly = false)
    {
        var columns = new ColumnList(_problem, Scale);
        for (var m = 0; m < _problem.Members; m++)
        {
            columns.BeginMember();
            Complete(m, u);
            (_columns, _limit, _longest) = (columns, _leastPrice[m] + room, evenly ? Share(m, most) : most);
            Extend(m, 0, 0, 0, 0, 0);
            _columns = null;
            if (columns.Count > _longest) return null;
        }
        columns.BeginMember();
        return columns;
    }

    // the least price of a set: the way the table promises more is gone first
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Lower(int member, int k, int cells, long load, long price)
    {
        if (price + _completion[(k * (_most + 1)) + cells] >= _leastPrice[member]) return;
        if (k == _order.Length)
        {
            if (load >= _problem.MinLoad) _leastPrice[member] = price;
            return;
        }
        var next = _completion.AsSpan((k + 1) * (_most + 1), _most + 1);
        var (v, heavier) = (_order[k], cells + _weight[k]);
        var without = _problem.Pins[v] == member ? Never : next[cells];
        var with = heavier <= _most && load + _problem.Population[v] <= _problem.MaxLoad && _price[k] < Never / 2 ? _price[k] + next[heavier] : Never;
        if (with < without) Lower(member, k + 1, heavier, load + _problem.Population[v], price + _price[k]);
        if (without < Never) Lower(member, k + 1, cells, load, price);
        if (with >= without && with < Never) Lower(member, k + 1, heavier, load + _problem.Population[v], price + _price[k]);
    }

    // chooses the next constituency of a set for the list
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Extend(int member, int k, int cells, long load, UInt128 set, long price)
    {
        var width = _most + 1;
        for (; ; k++)
        {
            if (price + _completion[(k * width) + cells] > _limit || _columns!.Count > _longest) return;
            if (k == _order.Length) break;
            var (v, heavier) = (_order[k], cells + _weight[k]);
            if (heavier <= _most && load + _problem.Population[v] <= _problem.MaxLoad && _price[k] < Never / 2
                && price + _price[k] + _completion[((k + 1) * width) + heavier] <= _limit)
                Extend(member, k + 1, heavier, load + _problem.Population[v], set | (UInt128.One << v), price + _price[k]);
            if (_problem.Pins[v] == member) return;
        }
        if (load >= _problem.MinLoad) _columns.Add(set);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Complete(int member, long[] u)
    {
        var (n, width) = (_order.Length, _most + 1);
        var last = _completion.AsSpan(n * width, width);
        last.Fill(Never);
        if (_least <= _most) last[_least..].Clear();
        for (var k = n - 1; k >= 0; k--)
        {
            var v = _order[k];
            var from = _completion.AsSpan((k + 1) * width, width);
            var to = _completion.AsSpan(k * width, width);
            _price[k] = _problem.Pins[v] < 0 || _problem.Pins[v] == member ? (_problem.Cost[(member * n) + v] * Scale) - u[v] : Never;
            if (_problem.Pins[v] == member) to.Fill(Never);
            else from.CopyTo(to);
            if (_price[k] < Never / 2 && _weight[k] < width) Lower(to, from[_weight[k]..], _price[k]);
        }
    }

    // to = min(to, from + price), as far as from goes
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Lower(Span<long> to, ReadOnlySpan<long> from, long price)
    {
        var target = MemoryMarshal.Cast<long, Vector<long>>(to[..from.Length]);
        var source = MemoryMarshal.Cast<long, Vector<long>>(from);
        var prices = new Vector<long>(price);
        for (var k = 0; k < target.Length; k++) target[k] = Vector.Min(target[k], source[k] + prices);
        for (var c = target.Length * Vector<long>.Count; c < from.Length; c++) to[c] = Math.Min(to[c], from[c] + price);
    }
}
