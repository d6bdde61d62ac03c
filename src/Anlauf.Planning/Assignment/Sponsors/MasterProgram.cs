using System.Runtime.CompilerServices;

namespace Anlauf.Planning.Assignment.Sponsors;

/// <summary>
/// The linear programme of set partitioning over some columns, with subset rows, by the primal simplex method with a dense
/// inverse. Every constituency may be missed or taken twice at a price, which keeps its multiplier in a box (du Merle,
/// Villeneuve, Desrosiers and Hansen 1999) and every basis feasible, whatever is priced out of the programme later.
/// Its multipliers are a proposal: bounds are computed from them in whole numbers elsewhere.
/// </summary>
internal sealed partial class MasterProgram
{
    private const double Perturbation = 1e-5, Broken = 2e-4, Enough = 1e-4, LeastPivot = 1e-5, Tolerance = 1e-6, Negative = 1e-7;
    private const int RefreshAfter = 150, Segment = 400;
    private readonly int _areas, _members, _stride;
    private readonly double[] _inverse; // row r of the programme: _inverse[r·stride + position in the basis]
    private readonly double[] _value, _entering, _right, _pivotRow;
    private readonly int[] _basis; // number of a column, or −1 − 2r for +1 in row r, −2 − 2r for −1
    private readonly double[] _low, _high; // box of the multipliers of constituencies; subset rows have [−high, 0]
    private readonly List<SubsetRow> _subsets;
    private readonly List<UInt128> _sets;
    private readonly List<int> _memberOf, _number;
    private double[] _cost = [], _reduced = [], _alpha = [];
    private bool[] _barred = [];
    private int[] _rowStart = [0];
    private ushort[] _rowsOf = [];
    private int _since, _turn;
    private double _radius = 1;

    public MasterProgram(int members, int areas, int mostSubsets)
    {
        (_areas, _members) = (areas, members);
        (_sets, _memberOf, _number, _subsets) = ([], [], [], []);
        var rows = areas + members + mostSubsets;
        _stride = (rows + 7) & ~7;
        _inverse = new double[_stride * _stride];
        _value = new double[_stride];
        _entering = new double[_stride];
        _right = new double[rows];
        _pivotRow = new double[rows];
        _basis = new int[rows];
        _low = new double[rows];
        _high = new double[rows];
        Multipliers = new double[rows];
        MostSubsets = mostSubsets;
    }

    /// <summary>Most subset rows there is room for.</summary>
    public int MostSubsets { get; }

    /// <summary>Rows: constituencies, members, subset rows.</summary>
    public int Rows => _areas + _members + _subsets.Count;

    /// <summary>The subset rows, in the order of their rows.</summary>
    public IReadOnlyList<SubsetRow> Subsets => _subsets;

    /// <summary>Multiplier of each row after <see cref="Solve"/>; those of subset rows are not positive.</summary>
    public double[] Multipliers { get; }

    /// <summary>Number of columns in the programme.</summary>
    public int Columns => _number.Count;

    /// <summary>Number of column k in the list it was taken from.</summary>
    public int Number(int k) => _number[k];

    /// <summary>Member of column k.</summary>
    public int MemberOf(int k) => _memberOf[k];

    /// <summary>The basis cannot be inverted any more: begin anew.</summary>
    public bool Singular { get; private set; }

    /// <summary>Value of the present basis, with what is paid for constituencies missed or taken twice.</summary>
    public double Value
    {
        get
        {
            var sum = 0.0;
            for (var i = 0; i < Rows; i++) sum += _value[i] * CostOf(_basis[i]);
            return sum;
        }
    }

    /// <summary>Adds a column.</summary>
    public void Add(int number, int member, UInt128 set, double cost)
    {
        var k = _number.Count;
        _number.Add(number);
        _memberOf.Add(member);
        _sets.Add(set);
        if (_cost.Length == k)
        {
            Array.Resize(ref _cost, Math.Max(1024, k * 2));
            Array.Resize(ref _reduced, _cost.Length);
            Array.Resize(ref _alpha, _cost.Length);
            Array.Resize(ref _barred, _cost.Length);
            Array.Resize(ref _rowStart, _cost.Length + 1);
        }
        (_cost[k], _barred[k]) = (cost, true);
        WriteRows(k);
    }

    private void WriteRows(int k)
    {
        var at = _rowStart[k];
        if (at + Rows > _rowsOf.Length) Array.Resize(ref _rowsOf, (at + Rows) * 2);
        for (var open = _sets[k]; open != 0; open &= open - 1) _rowsOf[at++] = (ushort)UInt128.TrailingZeroCount(open);
        _rowsOf[at++] = (ushort)(_areas + _memberOf[k]);
        for (var s = 0; s < _subsets.Count; s++)
            if (_subsets[s].Counts(_sets[k], _memberOf[k])) _rowsOf[at++] = (ushort)(_areas + _members + s);
        _rowStart[k + 1] = at;
    }

    /// <summary>Takes column k out of the programme, or in again; <see cref="Restore"/> drives it out of the basis.</summary>
    public void Bar(int k, bool barred) => _barred[k] = barred;

    /// <summary>Begins with a basis of a programme with the same rows; as <see cref="Begin(ReadOnlySpan{double}, double)"/> where it is none.</summary>
    /// <param name="u">multiplier of each constituency</param>
    /// <param name="radius">half the side of the box around u</param>
    /// <param name="basis">basic variables</param>
    public void Begin(ReadOnlySpan<double> u, double radius, ReadOnlySpan<int> basis)
    {
        Begin(u, radius);
        if (basis.Length != Rows) return;
        basis.CopyTo(_basis);
        Refresh();
        if (!Singular && _value.AsSpan(0, Rows).IndexOfAnyInRange(double.NegativeInfinity, -Negative) < 0) return;
        Begin(u, radius);
    }

    /// <summary>Begins with the cheapest column of each member under multipliers u; what is missed or double is paid for.</summary>
    /// <param name="u">multiplier of each constituency</param>
    /// <param name="radius">half the side of the box around u</param>
    public void Begin(ReadOnlySpan<double> u, double radius)
    {
        Singular = false;
        _radius = radius;
        for (var v = 0; v < _areas; v++) (_low[v], _high[v]) = (u[v] - radius, u[v] + radius);
        Span<int> chosen = stackalloc int[_members];
        Span<double> least = stackalloc double[_members];
        least.Fill(double.MaxValue);
        chosen.Fill(-1);
        for (var k = 0; k < Columns; k++)
        {
            var price = _cost[k];
            foreach (var r in RowsOf(k))
                if (r < _areas) price -= u[r];
            ref var best = ref chosen[_memberOf[k]];
            // a barred column only where there is no other
            if (best >= 0 && !(_barred[k] == _barred[best] ? price < least[_memberOf[k]] : _barred[best])) continue;
            (least[_memberOf[k]], best) = (price, k);
        }
        for (var r = 0; r < Rows; r++) _right[r] = 1 + (Perturbation * ((((r + 1) * 0x9E3779B1u) & 1023) / 1024.0));
        for (var m = 0; m < _members; m++) _basis[_areas + m] = chosen[m];
        for (var v = 0; v < _areas; v++)
        {
            var taken = 0.0;
            foreach (var k in chosen)
                if (((_sets[k] >> v) & 1) == 1) taken += _right[_areas + _memberOf[k]];
            _basis[v] = taken < _right[v] ? -1 - (2 * v) : -2 - (2 * v);
        }
        for (var s = 0; s < _subsets.Count; s++)
        {
            var (r, taken) = (_areas + _members + s, 0.0);
            foreach (var k in chosen)
                if (_subsets[s].Counts(_sets[k], _memberOf[k])) taken += _right[_areas + _memberOf[k]];
            _basis[r] = taken < _right[r] ? -1 - (2 * r) : -2 - (2 * r);
        }
        Refresh();
    }

    /// <summary>Adds a subset row, broken at first; <see cref="Restore"/> mends it.</summary>
    public void Add(SubsetRow subset, double most)
    {
        var r = Rows;
        _subsets.Add(subset);
        (_high[r], _right[r]) = (most, 1 + (Perturbation * ((((r + 1) * 0x9E3779B1u) & 1023) / 1024.0)));
        _basis[r] = -1 - (2 * r);
    }

    /// <summary>Forgets subset rows that have room to spare at present; <see cref="TakeSubsets"/> is to follow.</summary>
    public void DropIdle()
    {
        var first = _areas + _members;
        var rows = Rows;
        var idle = new bool[rows];
        for (var i = 0; i < rows; i++)
            if (_basis[i] < 0 && ((-1 - _basis[i]) & 1) == 0 && (-1 - _basis[i]) >> 1 is var r && r >= first) idle[r] = true;
        var place = new int[rows];
        var kept = 0;
        for (var r = 0; r < rows; r++)
        {
            place[r] = kept;
            if (idle[r]) continue;
            if (r >= first) (_subsets[kept - first], _high[kept], _right[kept]) = (_subsets[r - first], _high[r], _right[r]);
            kept++;
        }
        var basics = 0;
        for (var i = 0; i < rows; i++)
        {
            if (_basis[i] >= 0) _basis[basics++] = _basis[i];
            else if ((-1 - _basis[i]) >> 1 is var r && !idle[r]) _basis[basics++] = -1 - ((2 * place[r]) | ((-1 - _basis[i]) & 1));
        }
        _subsets.RemoveRange(kept - first, rows - kept);
    }

    /// <summary>After subset rows were added: all columns learn of them.</summary>
    public void TakeSubsets()
    {
        for (var k = 0; k < Columns; k++) WriteRows(k);
        Refresh();
    }

    private ReadOnlySpan<ushort> RowsOf(int k) => _rowsOf.AsSpan(_rowStart[k], _rowStart[k + 1] - _rowStart[k]);

    private double CostOf(int basic)
    {
        if (basic >= 0) return _cost[basic];
        var r = (-1 - basic) >> 1;
        var plus = ((-1 - basic) & 1) == 0;
        if (r < _areas) return plus ? _high[r] : -_low[r];
        return plus ? 0 : _high[r];
    }

    /// <summary>Pivots to the optimum of the columns present, or as far as <paramref name="most"/> pivots go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Solve(int most)
    {
        Price();
        for (var pivot = 0; pivot < most; pivot++)
        {
            var (enters, reduced) = Enter();
            if (reduced >= -Enough * _radius) return;
            if (!Pivot(enters, reduced) || Singular) return;
        }
    }

    // the most negative reduced cost
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (int Basic, double Reduced) Enter()
    {
        var y = Multipliers;
        var (best, least) = (0, 0.0);
        var (rows, start) = (_rowsOf, _rowStart);
        // partial pricing: the columns in turns, as long as some of them are attractive
        var enough = -Enough * _radius;
        for (var seen = 0; seen < _number.Count;)
        {
            var stop = Math.Min(_number.Count, _turn + Segment);
            seen += stop - _turn;
            for (var k = _turn; k < stop; k++)
            {
                if (_barred[k]) continue;
                var price = _cost[k];
                var end = start[k + 1];
                for (var at = start[k]; at < end; at++) price -= y[rows[at]];
                if (price < least) (least, best) = (price, k);
            }
            _turn = stop == _number.Count ? 0 : stop;
            if (least < enough) break;
        }
        for (var r = 0; r < Rows; r++)
        {
            if (r >= _areas && r < _areas + _members) continue;
            if (CostOf(-1 - (2 * r)) - y[r] is var plus && plus < least) (least, best) = (plus, -1 - (2 * r));
            if (CostOf(-2 - (2 * r)) + y[r] is var minus && minus < least) (least, best) = (minus, -2 - (2 * r));
        }
        return (best, least);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Pivot(int enters, double reduced)
    {
        Column(enters, _entering);
        var (at, size, reach) = (-1, 0.0, double.MaxValue);
        var rows = Rows;
        for (var i = 0; i < rows; i++)
        {
            if (_entering[i] > LeastPivot) reach = Math.Min(reach, (Math.Max(_value[i], 0) + 1e-8) / _entering[i]);
        }
        for (var i = 0; i < rows; i++)
            if (_entering[i] > size && _entering[i] > LeastPivot && Math.Max(_value[i], 0) <= reach * _entering[i]) (at, size) = (i, _entering[i]);
        if (at < 0) return false;
        var step = Math.Max(_value[at], 0) / _entering[at];
        for (var i = 0; i < rows; i++) _value[i] -= step * _entering[i];
        _value[at] = step;
        _basis[at] = enters;
        Update(at, reduced);
        if (++_since >= RefreshAfter) Refresh();
        return true;
    }
}
