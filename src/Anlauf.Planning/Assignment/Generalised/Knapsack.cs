using System.Numerics;

namespace Anlauf.Planning.Assignment.Generalised;

/// <summary>
/// The knapsack of one agent by dynamic programming over its load: choose items of least total price with a total
/// weight within [least, most]. Also gives, for every item, the least price with the item forced in and forced out
/// (tables from both sides; Posta, Ferland and Michelon 2012). All numbers are whole, so every value is exact.
/// </summary>
internal abstract class Knapsack
{
    /// <summary>Stands for "no choice of items fits".</summary>
    public const long Impossible = 1L << 54;

    /// <summary>Prices of the items of the current problem.</summary>
    public long[] Price { get; }

    /// <summary>Weights of the items of the current problem, in cells.</summary>
    public int[] Weight { get; }

    /// <summary>After <see cref="Marginals"/>: least total price with the item in.</summary>
    public long[] In { get; }

    /// <summary>After <see cref="Marginals"/>: least total price without the item.</summary>
    public long[] Out { get; }

    /// <summary>After <see cref="Solve"/>: true for the items chosen.</summary>
    public bool[] Chosen { get; }

    protected Knapsack(int items)
    {
        Price = new long[items];
        Weight = new int[items];
        In = new long[items];
        Out = new long[items];
        Chosen = new bool[items];
    }

    /// <summary>A kernel on 32-bit lanes where the sums allow it, else on 64-bit lanes.</summary>
    /// <param name="items">most items</param>
    /// <param name="cells">most cells of a capacity</param>
    /// <param name="narrow">every sum of prices stays below 2^28</param>
    public static Knapsack Create(int items, int cells, bool narrow) =>
        narrow ? new VectorKnapsack<int>(items, cells, 1 << 29) : new VectorKnapsack<long>(items, cells, Impossible);

    /// <summary>Least total price of items 0 … count−1 within the window, or <see cref="Impossible"/>.</summary>
    public abstract long Solve(int count, int least, int most);

    /// <summary>Fills <see cref="In"/> and <see cref="Out"/> for the problem solved last.</summary>
    public abstract void Marginals();
}

/// <summary>The dynamic programme on vector lanes of type T.</summary>
internal sealed class VectorKnapsack<T>(int items, int cells, T impossible) : Knapsack(items)
    where T : struct, IBinaryInteger<T>
{
    private readonly int _stride = cells + 1;
    private readonly int[] _core = new int[items]; // items that can lower the price; the others only matter when forced in
    private readonly T[] _back = new T[cells + 1];
    private T[] _rows = new T[Math.Min(items + 1, 16) * (cells + 1)];
    private int _count, _coreCount, _least, _most;
    private long _value;

    /// <summary>False runs the same programme without vectors: the twin tests compare with.</summary>
    internal bool UseVectors { get; init; } = Vector.IsHardwareAccelerated;

    public override long Solve(int count, int least, int most)
    {
        (_count, _least, _most) = (count, Math.Max(0, least), most);
        if (most < 0 || least > most) return _value = Impossible;
        _coreCount = 0;
        for (var k = 0; k < count; k++)
            if (Weight[k] <= most && (_least > 0 || Price[k] < 0)) _core[_coreCount++] = k;
        if (_rows.Length < (_coreCount + 1) * _stride) Array.Resize(ref _rows, (_coreCount + 1) * _stride * 3 / 2);

        var width = most + 1;
        var row = _rows.AsSpan(0, width);
        if (_least > 0) { row.Fill(impossible); row[0] = T.Zero; }
        else row.Clear();
        for (var k = 0; k < _coreCount; k++)
        {
            var item = _core[k];
            Extend(_rows.AsSpan(k * _stride, width), _rows.AsSpan((k + 1) * _stride, width), Weight[item], T.CreateTruncating(Price[item]));
        }
        return _value = Choose(_rows.AsSpan(_coreCount * _stride, width));
    }

    private void Extend(ReadOnlySpan<T> from, Span<T> to, int weight, T price)
    {
        from[..weight].CopyTo(to);
        var c = weight;
        if (UseVectors)
        {
            var prices = new Vector<T>(price);
            for (; c <= to.Length - Vector<T>.Count; c += Vector<T>.Count)
                Vector.Min(new Vector<T>(from[c..]), new Vector<T>(from[(c - weight)..]) + prices).CopyTo(to[c..]);
        }
        for (; c < to.Length; c++) to[c] = T.Min(from[c], from[c - weight] + price);
    }

    private long Choose(ReadOnlySpan<T> last)
    {
        Array.Clear(Chosen, 0, _count);
        var load = _most;
        if (_least > 0)
            for (var c = _most - 1; c >= _least; c--)
                if (last[c] < last[load]) load = c;
        var value = last[load];
        if (IsImpossible(value)) return Impossible;
        for (var k = _coreCount - 1; k >= 0; k--)
        {
            if (_rows[((k + 1) * _stride) + load] == _rows[(k * _stride) + load]) continue;
            Chosen[_core[k]] = true;
            load -= Weight[_core[k]];
        }
        return long.CreateTruncating(value);
    }

    public override void Marginals()
    {
        var width = _most + 1;
        for (var k = 0; k < _count; k++)
        {
            Out[k] = _value;
            In[k] = Weight[k] > _most ? Impossible
                : _least > 0 ? Impossible
                : Price[k] + long.CreateTruncating(_rows[(_coreCount * _stride) + _most - Weight[k]]);
        }
        var back = _back.AsSpan(0, width);
        back.Clear();
        if (_least > 0) back[..Math.Min(_least, width)].Fill(impossible);
        for (var k = _coreCount - 1; k >= 0; k--)
        {
            var item = _core[k];
            var (least, without) = Combine(_rows.AsSpan(k * _stride, width), back, Weight[item], T.CreateTruncating(Price[item]));
            In[item] = IsImpossible(least) ? Impossible : long.CreateTruncating(least);
            Out[item] = IsImpossible(without) ? Impossible : long.CreateTruncating(without);
        }
    }

    // one pass: best completion with the item, best without, and the backward row for the next item
    private (T With, T Without) Combine(ReadOnlySpan<T> front, Span<T> back, int weight, T price)
    {
        T with = impossible, without = impossible;
        var c = 0;
        var end = back.Length - weight;
        if (UseVectors && end >= Vector<T>.Count)
        {
            Vector<T> prices = new(price), withs = new(impossible), withouts = new(impossible);
            for (; c <= end - Vector<T>.Count; c += Vector<T>.Count)
            {
                var before = new Vector<T>(front[c..]);
                var stay = new Vector<T>(back[c..]);
                var take = new Vector<T>(back[(c + weight)..]) + prices;
                withs = Vector.Min(withs, before + take);
                withouts = Vector.Min(withouts, before + stay);
                Vector.Min(stay, take).CopyTo(back[c..]);
            }
            for (var lane = 0; lane < Vector<T>.Count; lane++)
            {
                with = T.Min(with, withs[lane]);
                without = T.Min(without, withouts[lane]);
            }
        }
        for (; c < end; c++)
        {
            var take = back[c + weight] + price;
            with = T.Min(with, front[c] + take);
            without = T.Min(without, front[c] + back[c]);
            back[c] = T.Min(back[c], take);
        }
        if (UseVectors && c <= back.Length - Vector<T>.Count)
        {
            Vector<T> withouts = new(impossible);
            for (; c <= back.Length - Vector<T>.Count; c += Vector<T>.Count)
                withouts = Vector.Min(withouts, new Vector<T>(front[c..]) + new Vector<T>(back[c..]));
            for (var lane = 0; lane < Vector<T>.Count; lane++) without = T.Min(without, withouts[lane]);
        }
        for (; c < back.Length; c++) without = T.Min(without, front[c] + back[c]);
        return (with, without);
    }

    private bool IsImpossible(T value) => value > impossible >> 1;
}
