namespace Anlauf.Planning.Certificates;

/// <summary>
/// The knapsack of one agent for the checker: least price of items with a total weight in a window, and how much that
/// rises when an item is forced in or out. Plain tables, no vectors.
/// </summary>
internal sealed class KnapsackReplay(int items, int cells)
{
    private const long Never = 1L << 60;
    private readonly int[] _job = new int[items];
    private readonly long[] _price = new long[items];
    private readonly long[] _weight = new long[items];
    private readonly long[] _suffix = new long[cells + 1];
    private readonly List<long[]> _prefix = [];
    private int _count;

    /// <summary>Removes all items.</summary>
    public void Clear() => _count = 0;

    /// <summary>Adds an item.</summary>
    public void Add(int job, long price, long weight) => (_job[_count], _price[_count], _weight[_count++]) = (job, price, weight);

    /// <summary>Least price within [least, most]; fills the rises by job.</summary>
    public long Solve(long least, long most, Span<long> riseIn, Span<long> riseOut)
    {
        if (least > most) return Never;
        // without a least weight an item of positive price is only ever taken when forced
        var useful = Enumerable.Range(0, _count).Where(k => _weight[k] <= most && (least > 0 || _price[k] < 0)).ToArray();
        var row = Row(0);
        Array.Fill(row, least > 0 ? Never : 0);
        row[0] = 0;
        for (var t = 0; t < useful.Length; t++)
        {
            var (price, weight, from, to) = (_price[useful[t]], _weight[useful[t]], Row(t), Row(t + 1));
            for (long c = 0; c <= most; c++)
                to[c] = c >= weight && from[c - weight] < Never ? Math.Min(from[c], from[c - weight] + price) : from[c];
        }
        var last = Row(useful.Length);
        var value = Never;
        for (var c = least; c <= most; c++) value = Math.Min(value, last[c]);
        if (value >= Never) return Never;
        for (var k = 0; k < _count; k++)
        {
            riseOut[_job[k]] = 0;
            riseIn[_job[k]] = _weight[k] > most || least > 0 ? Never : _price[k] + last[most - _weight[k]] - value;
        }
        for (long c = 0; c <= most; c++) _suffix[c] = c >= least ? 0 : Never;
        for (var t = useful.Length - 1; t >= 0; t--)
        {
            var (price, weight, before) = (_price[useful[t]], _weight[useful[t]], Row(t));
            long with = Never, without = Never;
            for (long c = 0; c <= most; c++)
            {
                var take = c + weight <= most && _suffix[c + weight] < Never ? _suffix[c + weight] + price : Never;
                if (before[c] < Never && take < Never) with = Math.Min(with, before[c] + take);
                if (before[c] < Never && _suffix[c] < Never) without = Math.Min(without, before[c] + _suffix[c]);
                _suffix[c] = Math.Min(_suffix[c], take);
            }
            riseIn[_job[useful[t]]] = with >= Never ? Never : with - value;
            riseOut[_job[useful[t]]] = without >= Never ? Never : without - value;
        }
        return value;
    }

    private long[] Row(int index)
    {
        while (_prefix.Count <= index) _prefix.Add(new long[cells + 1]);
        return _prefix[index];
    }
}
