using System.Runtime.CompilerServices;

namespace Anlauf.Planning.Location;

/// <summary>How a run of <see cref="CoverSimplex"/> ended.</summary>
internal enum SimplexEnd
{
    Optimal,
    CutOff,
    Infeasible,
    Stopped,
}

/// <summary>
/// Dual simplex for a <see cref="CoverProgram"/>: sites between their bounds, soft rows whose duals stay between 0 and the
/// height of their step. Only partly open sites and tight rows enter the basis, so it stays small. Ratio test with bound
/// flipping; the leaving variable is chosen by Devex weights.
/// Source: Koberstein 2005 (bound flipping, dual Devex); Forrest and Goldfarb 1992.
/// It runs in floating point: its duals are suggestions that <see cref="SiteBounds"/> turns into proofs.
/// </summary>
internal sealed class CoverSimplex
{
    private const double PrimalTolerance = 1e-7, DualTolerance = 1e-9, LeastPivot = 1e-8;
    private const int InvertEvery = 400, SelectBeforeSort = 8, MostRepairs = 8;
    private readonly CoverProgram _program;
    private readonly SimplexState _now;
    private readonly double[] _cost, _slope, _across, _column, _move, _rowMove;
    private readonly double[] _ratio;
    private readonly int[] _candidate;
    private int _sinceInvert;
    private bool _fresh;

    public CoverSimplex(CoverProgram program)
    {
        _program = program;
        _now = new SimplexState(program);
        int n = program.Sites, m = program.Rows;
        _cost = new double[n];
        // tiny unequal costs keep the choice of the entering variable clear
        for (var i = 0; i < n; i++) _cost[i] = 1e-6 * (1 + (i * 7919L + 13) % 1009 / 1009.0);
        _cost.CopyTo(_now.Reduced, 0);
        _slope = new double[n];
        _across = new double[n + 1];
        _column = new double[n + 1];
        _move = new double[n + 1];
        _rowMove = new double[m];
        _ratio = new double[n + n + 2];
        _candidate = new int[n + n + 2];
        _now.Refresh(_program, _cost);
    }

    /// <summary>Iterations so far.</summary>
    public long Iterations { get; private set; }

    /// <summary>Bounds, values and duals at present.</summary>
    public SimplexState State => _now;

    /// <summary>Begins where some soft rows carry their full height and all others nothing.</summary>
    public void BeginWith(bool[] fullRows)
    {
        _now.Basis.Clear();
        _now.NotePositions();
        Array.Clear(_now.AtTop);
        for (var r = 0; r < _program.Rows; r++)
            if (fullRows[r] && double.IsFinite(_program.Top[r])) _now.AtTop[r] = true;
        Restore();
    }

    /// <summary>Begins with what is left of the basis of a larger program.</summary>
    /// <param name="larger">state of the larger program</param>
    /// <param name="largerTops">the most the duals of its rows may be</param>
    /// <param name="sites">where its sites are here, −1 for those gone</param>
    /// <param name="rows">the same for its rows</param>
    /// <returns>false when nothing was taken over</returns>
    public bool TryBeginLike(SimplexState larger, double[] largerTops, int[] sites, int[] rows)
    {
        if (!_now.Basis.TryCopy(larger.Basis, sites, rows)) return false;
        for (var r = 0; r < rows.Length; r++)
            if (rows[r] >= 0 && (larger.PositionOfRow[r] >= 0 ? 2 * larger.Dual[r] > largerTops[r] : larger.AtTop[r])) _now.AtTop[rows[r]] = true;
        _now.NotePositions();
        Restore();
        // what left may have pushed duals out of their range; such rows leave too
        for (var round = 0; round < MostRepairs; round++)
        {
            var gone = _now.Basis.RemoveRows(t => Outside(_now.Basis.Row[t]), r => _now.AtTop[r] = _now.Dual[r] > 0);
            if (gone == 0) return true;
            if (gone < 0) return false;
            _now.NotePositions();
            Restore();
        }
        return false;
    }

    private bool Outside(int row) => _now.Dual[row] < -DualTolerance || _now.Dual[row] > _program.Top[row] + DualTolerance;

    /// <summary>Returns to a state kept earlier; its bounds are not taken over.</summary>
    public void Return(SimplexState kept) => _now.CopyFrom(kept);

    /// <summary>The bound of the current duals, in units of the program.</summary>
    public double Objective() => _now.DualObjective(_program);

    /// <summary>To be called after the bounds of sites changed.</summary>
    public void Restore() => _now.Refresh(_program, _cost);

    /// <summary>Runs until optimal, infeasible, above the cut-off or out of iterations.</summary>
    /// <param name="cutOff">in units of the program</param>
    /// <param name="most">most iterations</param>
    public SimplexEnd Run(double cutOff, int most)
    {
        var objective = Objective();
        _fresh = false;
        for (var k = 0; k < most; k++)
        {
            if (objective >= cutOff) return SimplexEnd.CutOff;
            if (_sinceInvert >= InvertEvery && !Invert()) return SimplexEnd.Stopped;
            if (!ChooseLeaving(out var leaving, out var isRow, out var missing)) return SimplexEnd.Optimal;
            Iterations++;
            var up = missing > 0;
            ComputeSlopes(leaving, isRow);
            var own = isRow ? _program.Top[leaving] : double.PositiveInfinity;
            var entering = ChooseEntering(up ? 1 : -1, Math.Abs(missing), own, out var step, out var gained, out var flips);
            if (entering == Unbounded)
            {
                if (_fresh || !Invert()) return SimplexEnd.Infeasible;
                continue;
            }
            var pivot = entering == OwnTop ? 1 : entering < _program.Sites ? _slope[entering] : _across[entering - _program.Sites];
            if (Math.Abs(pivot) < LeastPivot)
            {
                if (_fresh || !Invert()) return SimplexEnd.Stopped;
                continue;
            }
            objective += gained;
            Flip(flips);
            MoveDuals(leaving, isRow, up ? step : -step, entering);
            if (entering != OwnTop) Pivot(leaving, isRow, up, entering, pivot);
            _fresh = false;
        }
        return SimplexEnd.Stopped;
    }

    private const int Unbounded = -1, OwnTop = int.MaxValue;

    private bool Invert()
    {
        _sinceInvert = 0;
        if (!_now.Basis.Invert(_program, _now.PositionOfSite)) return false;
        Restore();
        _fresh = true;
        return true;
    }

    /// <summary>The basic variable farthest outside its bounds in its Devex measure; <paramref name="missing"/> is what brings it back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool ChooseLeaving(out int leaving, out bool isRow, out double missing)
    {
        (leaving, isRow, missing) = (-1, false, 0);
        double best = 0;
        var basis = _now.Basis;
        for (var f = 0; f < basis.Size; f++)
        {
            var i = basis.Site[f];
            var value = _now.Open[i];
            var gap = value < _now.Low[i] ? _now.Low[i] - value : value > _now.High[i] ? _now.High[i] - value : 0;
            if (Math.Abs(gap) <= PrimalTolerance || gap * gap <= best * _now.SiteWeight[i]) continue;
            best = gap * gap / _now.SiteWeight[i];
            (leaving, isRow, missing) = (i, false, gap);
        }
        var slack = _now.Slack;
        for (var r = 0; r < slack.Length; r++)
        {
            var gap = -slack[r];
            if (_now.AtTop[r] ? gap >= -PrimalTolerance : gap <= PrimalTolerance) continue;
            if (gap * gap <= best * _now.RowWeight[r]) continue;
            best = gap * gap / _now.RowWeight[r];
            (leaving, isRow, missing) = (r, true, gap);
        }
        return leaving >= 0;
    }

    /// <summary>How the leaving variable follows every site (<see cref="_slope"/>) and every tight row (<see cref="_across"/>).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ComputeSlopes(int leaving, bool isRow)
    {
        var basis = _now.Basis;
        var program = _program;
        Array.Clear(_slope);
        var across = _across.AsSpan(0, basis.Size);
        if (isRow)
        {
            across.Clear();
            for (var k = program.RowStart[leaving]; k < program.RowStart[leaving + 1]; k++)
            {
                var i = program.RowSite[k];
                _slope[i] = program.RowValue[k];
                if (_now.PositionOfSite[i] is var f and >= 0) WorkingBasis.AddMultiple(across, basis.Inverse(f), program.RowValue[k]);
            }
        }
        else basis.Inverse(_now.PositionOfSite[leaving]).CopyTo(across);
        for (var t = 0; t < across.Length; t++)
        {
            var factor = across[t];
            if (Math.Abs(factor) < 1e-12) continue;
            var row = basis.Row[t];
            for (var k = program.RowStart[row]; k < program.RowStart[row + 1]; k++) _slope[program.RowSite[k]] -= factor * program.RowValue[k];
        }
    }

    /// <summary>
    /// The variable whose reduced cost stops the step: sites pass to their other bound as long as the objective still gains.
    /// Sites are numbered 0 …, tight rows follow by position.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ChooseEntering(int sign, double gain, double own, out double step, out double gained, out int flips)
    {
        var n = _program.Sites;
        var count = 0;
        var limit = own;
        var entering = double.IsFinite(own) ? OwnTop : Unbounded;
        var basis = _now.Basis;
        for (var t = 0; t < basis.Size; t++)
        {
            var slope = sign * _across[t];
            if (Math.Abs(slope) < LeastPivot) continue;
            var dual = _now.Dual[basis.Row[t]];
            var ratio = Math.Max(0, slope > 0 ? dual / slope : (dual - _program.Top[basis.Row[t]]) / slope);
            if (ratio < limit - DualTolerance || (ratio <= limit + DualTolerance && entering != OwnTop && entering >= 0 && Math.Abs(slope) > Math.Abs(_across[entering - n])))
                (limit, entering) = (Math.Min(ratio, limit), n + t);
        }
        for (var i = 0; i < n; i++)
        {
            var slope = sign * _slope[i];
            if (Math.Abs(slope) < LeastPivot || _now.PositionOfSite[i] >= 0 || _now.Low[i] == _now.High[i]) continue;
            if (_now.Open[i] == _now.High[i] ? slope > 0 : slope < 0) continue;
            var ratio = Math.Max(0, _now.Reduced[i] / slope);
            if (ratio > limit) continue;
            (_ratio[count], _candidate[count++]) = (ratio, i);
        }
        double at = 0;
        gained = 0;
        for (flips = 0; flips < count; flips++)
        {
            if (flips < SelectBeforeSort) MoveLeastTo(flips, count);
            else if (flips == SelectBeforeSort) Array.Sort(_ratio, _candidate, flips, count - flips);
            var i = _candidate[flips];
            var width = Math.Abs(_slope[i]) * (_now.High[i] - _now.Low[i]);
            gained += (_ratio[flips] - at) * gain;
            at = _ratio[flips];
            if (gain > width)
            {
                gain -= width;
                continue;
            }
            // of several that stop the step together the largest pivot is the safest
            var last = flips;
            for (var k = flips + 1; k < count; k++)
                if (_ratio[k] <= at + DualTolerance && Math.Abs(_slope[_candidate[k]]) > Math.Abs(_slope[_candidate[last]])) last = k;
            step = at;
            return _candidate[last];
        }
        step = limit;
        gained += entering == Unbounded ? 0 : (limit - at) * gain;
        return entering;
    }

    private void MoveLeastTo(int position, int count)
    {
        var least = position;
        for (var k = position + 1; k < count; k++)
            if (_ratio[k] < _ratio[least]) least = k;
        (_ratio[least], _ratio[position]) = (_ratio[position], _ratio[least]);
        (_candidate[least], _candidate[position]) = (_candidate[position], _candidate[least]);
    }

    /// <summary>Moves passed sites to their other bound.</summary>
    private void Flip(int flips)
    {
        if (flips == 0) return;
        var basis = _now.Basis;
        Array.Clear(_rowMove);
        for (var k = 0; k < flips; k++)
        {
            var i = _candidate[k];
            var other = _now.Open[i] == _now.High[i] ? _now.Low[i] : _now.High[i];
            AddColumn(i, other - _now.Open[i]);
            _now.Open[i] = other;
        }
        for (var t = 0; t < basis.Size; t++) _column[t] = -_rowMove[basis.Row[t]];
        for (var f = 0; f < basis.Size; f++)
        {
            var move = WorkingBasis.Dot(basis.Inverse(f), _column.AsSpan(0, basis.Size));
            if (move == 0) continue;
            _now.Open[basis.Site[f]] += move;
            AddColumn(basis.Site[f], move);
        }
        for (var r = 0; r < _rowMove.Length; r++) _now.Slack[r] += _rowMove[r];
        for (var t = 0; t < basis.Size; t++) _now.Slack[basis.Row[t]] = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddColumn(int site, double amount)
    {
        var program = _program;
        for (var k = program.SiteStart[site]; k < program.SiteStart[site + 1]; k++) _rowMove[program.SiteRow[k]] += amount * program.SiteValue[k];
    }

    private void MoveDuals(int leaving, bool isRow, double step, int entering)
    {
        var basis = _now.Basis;
        WorkingBasis.AddMultiple(_now.Reduced, _slope, -step);
        for (var t = 0; t < basis.Size; t++) _now.Dual[basis.Row[t]] -= step * _across[t];
        if (isRow)
        {
            _now.Dual[leaving] += step;
            if (entering == OwnTop) _now.AtTop[leaving] = step > 0;
        }
        else _now.Reduced[leaving] = step;
        if (entering != OwnTop && entering < _program.Sites) _now.Reduced[entering] = 0;
        else if (entering != OwnTop)
        {
            var row = basis.Row[entering - _program.Sites];
            _now.AtTop[row] = _now.Dual[row] > 0.5 * _program.Top[row];
            _now.Dual[row] = _now.AtTop[row] ? _program.Top[row] : 0;
        }
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
        else for (var f = 0; f < size; f++) column[f] = -basis[f, entering - n];

        // everything basic moves with the entering variable
        Array.Clear(_rowMove);
        if (entering < n) AddColumn(entering, 1);
        for (var f = 0; f < size; f++)
            if (column[f] != 0) AddColumn(basis.Site[f], -column[f]);
        var weight = isRow ? _now.RowWeight[leaving] : _now.SiteWeight[leaving];
        var relative = weight / (pivot * pivot);
        for (var r = 0; r < _rowMove.Length; r++)
        {
            var move = _rowMove[r];
            _now.Slack[r] += amount * move;
            if (move * move * relative > _now.RowWeight[r]) _now.RowWeight[r] = move * move * relative;
        }
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
        Exchange(leaving, isRow, entering, column, pivot);
        for (var t = 0; t < basis.Size; t++) _now.Slack[basis.Row[t]] = 0;
        _sinceInvert++;
    }

    private void ColumnTimesInverse(int site, Span<double> column)
    {
        var program = _program;
        var entries = _move.AsSpan(0, column.Length);
        entries.Clear();
        for (var k = program.SiteStart[site]; k < program.SiteStart[site + 1]; k++)
            if (_now.PositionOfRow[program.SiteRow[k]] is var t and >= 0) entries[t] = program.SiteValue[k];
        for (var f = 0; f < column.Length; f++) column[f] = WorkingBasis.Dot(_now.Basis.Inverse(f), entries);
    }

    private void Exchange(int leaving, bool isRow, int entering, ReadOnlySpan<double> column, double pivot)
    {
        var basis = _now.Basis;
        var n = _program.Sites;
        var across = _across.AsSpan(0, basis.Size);
        if (!isRow && entering < n) basis.SwapSites(_now.PositionOfSite[leaving], entering, column);
        else if (isRow && entering >= n)
        {
            _now.PositionOfRow[basis.Row[entering - n]] = -1;
            basis.SwapRows(entering - n, leaving, across);
        }
        else if (isRow) basis.Grow(entering, leaving, column, across, pivot);
        else
        {
            _now.PositionOfRow[basis.Row[entering - n]] = -1;
            basis.Shrink(_now.PositionOfSite[leaving], entering - n);
        }
        if (!isRow) _now.PositionOfSite[leaving] = -1;
        _now.UpdatePositions();
    }
}
