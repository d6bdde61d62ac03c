using Anlauf.Planning.Assignment.Sponsors;

namespace Anlauf.Planning.Certificates;

/// <summary>
/// Lists the sets of constituencies one member may have, by price c − u. Includes and leaves out one constituency after
/// the other; a table over loads rounded down to cells gives a bound on what the rest can still bring.
/// </summary>
internal sealed class ColumnLister
{
    /// <summary>Stands for the price of a set that does not exist.</summary>
    public const long Never = 1L << 60;

    private const int Cells = 1500;
    private readonly SponsorProblem _problem;
    private readonly long[] _price, _cost;
    private readonly int[] _cells;
    private readonly long[][] _rest; // [k][cells so far]: least price of constituencies k, k + 1, …
    private readonly List<byte> _chosen = [];
    private Action<UInt128, byte[], long>? _found;
    private long _limit;
    private int _left;

    public ColumnLister(SponsorProblem problem, int member, long[] u, long scale)
    {
        (_problem, Member) = (problem, member);
        var n = problem.Constituencies;
        _cost = [.. Enumerable.Range(0, n).Select(v => problem.Cost[(member * n) + v] * scale)];
        _price = [.. _cost.Select((c, v) => c - u[v])];
        var unit = (Math.Max(problem.MaxLoad, 0) / Cells) + 1;
        _cells = [.. problem.Population.Select(p => (int)Math.Min(p / unit, int.MaxValue / 4))];
        var most = (int)(Math.Max(problem.MaxLoad, 0) / unit);
        // rounding down loses less than one cell per constituency, and no more of them fit than the lightest ones do
        long sum = 0;
        var fitting = problem.Population.Order().TakeWhile(p => (sum += p) <= problem.MaxLoad).Count();
        var least = problem.MinLoad - (fitting * (unit - 1)) is var low && low > 0 ? (low + unit - 1) / unit : 0;
        _rest = new long[n + 1][];
        _rest[n] = [.. Enumerable.Range(0, most + 1).Select(c => c >= least ? 0 : Never)];
        for (var k = n - 1; k >= 0; k--)
        {
            _rest[k] = new long[most + 1];
            for (var c = 0; c <= most; c++)
            {
                var without = Must(k) ? Never : _rest[k + 1][c];
                var with = May(k) && c + _cells[k] <= most ? _price[k] + _rest[k + 1][c + _cells[k]] : Never;
                _rest[k][c] = Math.Min(without, with);
            }
        }
        Least = _rest[0][0] >= Never / 2 ? Never : _rest[0][0];
        TightenLeast();
    }

    /// <summary>The member.</summary>
    public int Member { get; }

    /// <summary>No set of this member has a lower price.</summary>
    public long Least { get; private set; }

    /// <summary>Calls for every set with a price of at most <paramref name="limit"/>; false when there are more than <paramref name="most"/>.</summary>
    public bool Below(long limit, Action<UInt128, byte[], long> found, int most)
    {
        (_limit, _found, _left) = (limit, found, most);
        Walk(0, 0, 0, 0);
        return _left >= 0;
    }

    // the table only knows rounded loads: look for the least true price
    private void TightenLeast()
    {
        if (Least == Never) return;
        var best = Never;
        _limit = Never / 2;
        _left = int.MaxValue;
        _found = (_, areas, _) =>
        {
            best = areas.Sum(v => _price[v]);
            _limit = best - 1;
        };
        Walk(0, 0, 0, 0);
        Least = best;
    }

    private bool Must(int v) => _problem.Pins[v] == Member;

    private bool May(int v) => _problem.Pins[v] < 0 || Must(v);

    private void Walk(int k, int cells, long load, long price)
    {
        if (_left < 0 || price + _rest[k][cells] > _limit) return;
        if (k == _price.Length)
        {
            if (load < _problem.MinLoad || --_left < 0) return;
            UInt128 set = 0;
            foreach (var v in _chosen) set |= UInt128.One << v;
            _found!(set, [.. _chosen], _chosen.Sum(v => _cost[v]));
            return;
        }
        if (May(k) && cells + _cells[k] < _rest[k].Length && load + _problem.Population[k] <= _problem.MaxLoad)
        {
            _chosen.Add((byte)k);
            Walk(k + 1, cells + _cells[k], load + _problem.Population[k], price + _price[k]);
            _chosen.RemoveAt(_chosen.Count - 1);
        }
        if (!Must(k)) Walk(k + 1, cells, load, price);
    }
}
