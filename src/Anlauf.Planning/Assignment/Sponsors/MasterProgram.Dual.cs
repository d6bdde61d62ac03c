using System.Runtime.CompilerServices;

namespace Anlauf.Planning.Assignment.Sponsors;

/// <summary>The dual simplex method: after columns were barred and subset rows added.</summary>
internal sealed partial class MasterProgram
{
    /// <summary>
    /// Dual simplex method: drives barred columns and broken subset rows out while reduced costs stay as they should.
    /// The value rises; ends when nothing is left to drive out, above <paramref name="limit"/>, or after so many pivots.
    /// </summary>
    /// <returns>true when nothing is left to drive out</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Restore(double limit, int most)
    {
        Price();
        for (var k = 0; k < Columns; k++)
        {
            var price = _cost[k];
            foreach (var r in RowsOf(k)) price -= Multipliers[r];
            _reduced[k] = price;
        }
        for (var pivot = 0; pivot < most; pivot++)
        {
            if (pivot % 8 == 7 && Value > limit) return false;
            var (at, worst) = (-1, Broken);
            for (var i = 0; i < Rows; i++)
            {
                var violation = _basis[i] >= 0 && _barred[_basis[i]] ? Math.Abs(_value[i]) : -_value[i];
                if (violation > worst) (at, worst) = (i, violation);
            }
            if (at < 0) return true;
            if (!DualPivot(at) || Singular) return false;
        }
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool DualPivot(int at)
    {
        var rows = Rows;
        var sign = _value[at] > 0 ? 1.0 : -1.0;
        for (var r = 0; r < rows; r++) _pivotRow[r] = sign * _inverse[(r * _stride) + at];
        var (list, start) = (_rowsOf, _rowStart);
        var reach = double.MaxValue; // least ratio with a tolerance (Harris 1973): of those within it the largest pivot is taken
        for (var k = 0; k < _number.Count; k++)
        {
            if (_barred[k]) continue;
            var alpha = 0.0;
            var end = start[k + 1];
            for (var to = start[k]; to < end; to++) alpha += _pivotRow[list[to]];
            _alpha[k] = alpha;
            if (alpha > LeastPivot) reach = Math.Min(reach, (Math.Max(_reduced[k], 0) + Tolerance * _radius) / alpha);
        }
        for (var r = 0; r < rows; r++)
            if (Unit(r) is var alpha && alpha > LeastPivot) reach = Math.Min(reach, (Math.Max(UnitReduced(r), 0) + Tolerance * _radius) / alpha);
        var (enters, size) = (int.MinValue, 0.0);
        for (var k = 0; k < _number.Count; k++)
            if (!_barred[k] && _alpha[k] > size && _alpha[k] > LeastPivot && Math.Max(_reduced[k], 0) <= reach * _alpha[k]) (enters, size) = (k, _alpha[k]);
        for (var r = 0; r < rows; r++)
            if (Unit(r) is var alpha && alpha > size && alpha > LeastPivot && Math.Max(UnitReduced(r), 0) <= reach * alpha) (enters, size) = (UnitOf(r), alpha);
        if (enters == int.MinValue) return false;
        Column(enters, _entering);
        if (Math.Abs(_entering[at]) < LeastPivot / 2) return false;
        var step = _value[at] / _entering[at];
        for (var i = 0; i < rows; i++) _value[i] -= step * _entering[i];
        _value[at] = step;
        _basis[at] = enters;
        var d = enters >= 0 ? _reduced[enters] : CostOf(enters) - (((-1 - enters) & 1) == 0 ? Multipliers[(-1 - enters) >> 1] : -Multipliers[(-1 - enters) >> 1]);
        Update(at, d);
        var share = d * sign / _entering[at];
        for (var k = 0; k < _number.Count; k++) _reduced[k] -= share * _alpha[k];
        if (++_since >= RefreshAfter) Refresh();
        return true;
    }

    private double Unit(int r) => r >= _areas && r < _areas + _members ? 0 : Math.Abs(_pivotRow[r]);

    private int UnitOf(int r) => _pivotRow[r] > 0 ? -1 - (2 * r) : -2 - (2 * r);

    private double UnitReduced(int r) => CostOf(UnitOf(r)) - (_pivotRow[r] > 0 ? Multipliers[r] : -Multipliers[r]);
}
