using System.Numerics;
using System.Runtime.CompilerServices;

namespace Anlauf.Planning.Location;

/// <summary>How a step of the dual simplex changes duals, values and basis.</summary>
internal sealed partial class CoverSimplex
{
    /// <summary>Moves passed sites to their other bound.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Flip(int flips)
    {
        if (flips == 0) return;
        var basis = _now.Basis;
        BeginMove();
        for (var k = 0; k < flips; k++)
        {
            var i = _candidate[k];
            var other = _now.Open[i] == _now.High[i] ? _now.Low[i] : _now.High[i];
            SubtractMoves([i], [_now.Open[i] - other]);
            _now.Open[i] = other;
            _side[i] = -_side[i];
        }
        EndMove();
        var count = 0;
        for (var t = 0; t < basis.Size; t++)
            if (_rowMove[basis.Row[t]] is var off && off != 0) (_met[count], _move[count++]) = (t, off);
        var moves = _column.AsSpan(0, basis.Size);
        if (count > 0) basis.Times(_met.AsSpan(0, count), _move.AsSpan(0, count), moves);
        if (count > 0)
        {
            for (var f = 0; f < moves.Length; f++) _now.Open[basis.Site[f]] -= moves[f];
            SubtractMoves(basis.Site, moves);
        }
        if (count > 0) EndMove();
        for (var r = 0; r < _program.Rows; r++) _now.Slack[r] += _rowMove[r];
        for (var t = 0; t < basis.Size; t++) _now.Slack[basis.Row[t]] = 0;
    }

    /// <summary>Begins to gather what sites move by; the rows follow with <see cref="EndMove"/> at the latest.</summary>
    private void BeginMove()
    {
        if (_program.HasSteps) Array.Clear(_siteMove);
        else Array.Clear(_rowMove, 0, _program.Rows);
    }

    private void SubtractMoves(ReadOnlySpan<int> sites, ReadOnlySpan<double> amounts)
    {
        if (!_program.HasSteps) _program.SubtractColumns(_rowMove, sites, amounts);
        else
            for (var k = 0; k < amounts.Length; k++) _siteMove[sites[k]] -= amounts[k];
    }

    // the rows of a client with steps are running sums: one pass for all sites together
    private void EndMove()
    {
        if (_program.HasSteps) _program.TimesSites(_siteMove, _rowMove);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MoveDuals(int leaving, bool isRow, double step, int entering)
    {
        var basis = _now.Basis;
        WorkingBasis.AddMultiple(_now.Reduced, _slope, -step);
        for (var t = 0; t < basis.Size; t++) _now.Dual[basis.Row[t]] -= step * _across[t];
        if (isRow)
        {
            _now.Dual[leaving] += step;
            if (entering == OwnTop) _now.RowSide[leaving] = step > 0 ? -1 : 1;
        }
        else _now.Reduced[leaving] = step;
        if (entering != OwnTop && entering < _program.Sites) _now.Reduced[entering] = 0;
        else if (entering != OwnTop)
        {
            var row = basis.Row[entering - _program.Sites];
            _now.RowSide[row] = _now.Dual[row] > 0.5 * _program.Top[row] ? -1 : 1;
            _now.Dual[row] = _now.RowSide[row] < 0 ? _program.Top[row] : 0;
        }
    }

    /// <summary>Moves the duals as far as the objective still misses, where no variable stops them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MoveAlongRay(int leaving, bool isRow, bool up, double missing)
    {
        // after all flips every further step gains the same
        double value = Math.Abs(isRow ? _now.Slack[leaving] : up ? _now.Low[leaving] - _now.Open[leaving] : _now.Open[leaving] - _now.High[leaving]);
        for (var i = 0; i < _slope.Length; i++)
            if (_side[i] * _slope[i] * (up ? 1 : -1) >= LeastPivot) value -= Math.Abs(_slope[i]) * (_now.High[i] - _now.Low[i]);
        if (value < LeastRay) return;
        var step = missing / value;
        for (var i = 0; i < _slope.Length; i++)
            if (_side[i] * _slope[i] * (up ? 1 : -1) >= LeastPivot) step = Math.Max(step, _now.Reduced[i] / _slope[i] * (up ? 1 : -1) + missing / value);
        if (!up) step = -step;
        WorkingBasis.AddMultiple(_now.Reduced, _slope, -step);
        for (var t = 0; t < _now.Basis.Size; t++) _now.Dual[_now.Basis.Row[t]] -= step * _across[t];
        if (isRow) _now.Dual[leaving] += step;
    }

    /// <summary>Exchanges the two variables in the basis and moves all basic values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pivot(int leaving, bool isRow, bool up, int entering, double pivot)
    {
        var basis = _now.Basis;
        var n = _program.Sites;
        var size = basis.Size;
        var from = isRow ? _now.Slack[leaving] : _now.Open[leaving];
        var to = isRow ? 0 : up ? _now.Low[leaving] : _now.High[leaving];
        var amount = (to - from) / pivot;
        var column = _column.AsSpan(0, size);
        if (entering < n) ColumnTimesInverse(entering, column);
        else basis.NegativeColumn(entering - n, column);

        // everything basic moves with the entering variable
        BeginMove();
        if (entering < n) SubtractMoves([entering], [-1]);
        SubtractMoves(basis.Site, column);
        EndMove();
        var weight = isRow ? _now.RowWeight[leaving] : _now.SiteWeight[leaving];
        var relative = weight / (pivot * pivot);
        if (relative > LargestWeight)
        {
            // the weights have lost touch with what they stand for: they begin anew
            _now.ForgetWeights();
            relative = 1 / (pivot * pivot);
        }
        MoveRows(_now.Slack, _now.RowWeight, _rowMove, _program.Rows, amount, relative);
        for (var f = 0; f < size; f++)
        {
            var i = basis.Site[f];
            _now.Open[i] -= amount * column[f];
            if (column[f] * column[f] * relative > _now.SiteWeight[i]) _now.SiteWeight[i] = column[f] * column[f] * relative;
        }
        if (entering < n)
        {
            _now.Open[entering] += amount;
            _now.SiteWeight[entering] = Math.Max(1, relative);
        }
        else
        {
            _now.Slack[basis.Row[entering - n]] = amount;
            _now.RowWeight[basis.Row[entering - n]] = Math.Max(1, relative);
        }
        if (!isRow) _now.Open[leaving] = to;
        if (!isRow) _side[leaving] = SideOf(leaving);
        if (entering < n) _side[entering] = 0;
        Exchange(leaving, isRow, entering, column, pivot);
        for (var t = 0; t < basis.Size; t++) _now.Slack[basis.Row[t]] = 0;
    }

    /// <summary>Slacks follow the entering variable, and their Devex weights learn from it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MoveRows(double[] slack, double[] weight, double[] move, int rows, double amount, double relative)
    {
        Span<Vector<double>> slacks = Lanes(slack, rows), weights = Lanes(weight, rows), moves = Lanes(move, rows);
        var (amounts, relatives) = (new Vector<double>(amount), new Vector<double>(relative));
        for (var k = 0; k < moves.Length && k < slacks.Length && k < weights.Length; k++)
        {
            slacks[k] += amounts * moves[k];
            weights[k] = Vector.Max(weights[k], moves[k] * moves[k] * relatives);
        }
        for (var r = moves.Length * Vector<double>.Count; r < rows; r++)
        {
            slack[r] += amount * move[r];
            weight[r] = Math.Max(weight[r], move[r] * move[r] * relative);
        }
    }

    /// <summary>Inverse × column of a site, which meets only few of the tight rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ColumnTimesInverse(int site, Span<double> column)
    {
        var program = _program;
        var count = 0;
        for (var k = program.SiteStart[site]; k < program.SiteStart[site + 1]; k++)
            if (_now.PositionOfRow[program.SiteRow[k]] is var t and >= 0) (_met[count], _move[count++]) = (t, program.SiteValue[k]);
        if (program.HasSteps)
            for (var t = 0; t < column.Length; t++)
                if (program.ClientOf(_now.Basis.Row[t]) >= 0 && program.Holds(_now.Basis.Row[t], site)) (_met[count], _move[count++]) = (t, 1);
        _now.Basis.Times(_met.AsSpan(0, count), _move.AsSpan(0, count), column);
    }

    private void Exchange(int leaving, bool isRow, int entering, ReadOnlySpan<double> column, double pivot)
    {
        var basis = _now.Basis;
        var n = _program.Sites;
        var across = _across.AsSpan(0, basis.Size);
        // where the exchange takes place: of a site, of a row
        var (atSite, atRow) = (isRow ? basis.Size : _now.PositionOfSite[leaving], entering < n ? basis.Size : entering - n);
        if (!isRow) _now.PositionOfSite[leaving] = -1;
        if (entering >= n) _now.PositionOfRow[basis.Row[atRow]] = -1;
        if (!isRow && entering < n) basis.SwapSites(atSite, entering, column, across);
        else if (isRow && entering >= n) basis.SwapRows(atRow, leaving, column, across);
        else if (isRow) basis.Grow(entering, leaving, column, across, pivot);
        else basis.Shrink(atSite, atRow, column, across);
        _now.NotePosition(atSite);
        _now.NotePosition(atRow);
    }
}
