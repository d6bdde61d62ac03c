using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Anlauf.Planning.Location;

/// <summary>Which variable leaves the basis and which one enters; whole vectors are passed over where nothing can be chosen.</summary>
internal sealed partial class CoverSimplex
{
    /// <summary>The basic variable farthest outside its bounds in its Devex measure; <paramref name="missing"/> is what brings it back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool ChooseLeaving(out int leaving, out bool isRow, out double missing)
    {
        var (site, ofSite) = WorstSite();
        var (row, ofRow) = WorstRow();
        isRow = ofRow > ofSite;
        leaving = isRow ? row : site;
        missing = leaving < 0 ? 0 : isRow ? -_now.Slack[row] : (_now.Open[site] < _now.Low[site] ? _now.Low[site] : _now.High[site]) - _now.Open[site];
        return leaving >= 0;
    }

    // those outside the basis stand at a bound
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (int Site, double Measure) WorstSite()
    {
        Span<Vector<double>> open = Lanes(_now.Open), low = Lanes(_now.Low), high = Lanes(_now.High), weights = Lanes(_now.SiteWeight);
        var worst = new Worst();
        for (var k = 0; k < open.Length && k < low.Length && k < high.Length && k < weights.Length; k++)
            worst.Look(k, Vector.MaxNative(low[k] - open[k], open[k] - high[k]), weights[k]);
        var (site, best) = worst.Found();
        for (var i = open.Length * Vector<double>.Count; i < _program.Sites; i++)
            Worst.Look(i, Math.Max(_now.Low[i] - _now.Open[i], _now.Open[i] - _now.High[i]), _now.SiteWeight[i], ref site, ref best);
        return (site, best);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (int Row, double Measure) WorstRow()
    {
        var rows = _program.Rows;
        Span<Vector<double>> slacks = Lanes(_now.Slack, rows), sides = Lanes(_now.RowSide, rows), weights = Lanes(_now.RowWeight, rows);
        var worst = new Worst();
        for (var k = 0; k < slacks.Length && k < sides.Length && k < weights.Length; k++) worst.Look(k, -slacks[k] * sides[k], weights[k]);
        var (row, best) = worst.Found();
        for (var r = slacks.Length * Vector<double>.Count; r < rows; r++) Worst.Look(r, -_now.Slack[r] * _now.RowSide[r], _now.RowWeight[r], ref row, ref best);
        return (row, best);
    }

    /// <summary>The greatest gap in its Devex measure, one a lane; of equal ones the first.</summary>
    private ref struct Worst()
    {
        private Vector<double> _best = default;
        private Vector<long> _which = new(-1L);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Look(int vector, Vector<double> gaps, Vector<double> weights)
        {
            // what is within the tolerance counts nothing
            gaps = Vector.ConditionalSelect(Vector.GreaterThan(gaps, new Vector<double>(PrimalTolerance)), gaps, default);
            var squares = gaps * gaps;
            var better = Vector.GreaterThan(squares, weights * _best);
            // few are better than the best so far: only those are divided
            if (better == Vector<long>.Zero) return;
            _best = Vector.ConditionalSelect(better, squares / weights, _best);
            _which = Vector.ConditionalSelect(better, Vector.CreateSequence((long)vector * Vector<long>.Count, 1L), _which);
        }

        public static void Look(int at, double gap, double weight, ref int which, ref double best)
        {
            if (gap > PrimalTolerance && gap * gap / weight > best) (which, best) = (at, gap * gap / weight);
        }

        public readonly (int Which, double Measure) Found()
        {
            var (which, best) = (-1L, 0.0);
            for (var lane = 0; lane < Vector<double>.Count; lane++)
                if (_best[lane] > best || (_best[lane] == best && best > 0 && _which[lane] < which)) (which, best) = (_which[lane], _best[lane]);
            return ((int)which, best);
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
        var limit = own;
        var entering = double.IsFinite(own) ? OwnTop : Unbounded;
        var basis = _now.Basis;
        // by how much each dual may still move is gathered first: then whole vectors are passed over where nothing stops the step
        for (var t = 0; t < basis.Size; t++) (_dual[t], _top[t]) = (_now.Dual[basis.Row[t]], _program.Top[basis.Row[t]]);
        Span<Vector<double>> slopes = Lanes(_across, basis.Size), duals = Lanes(_dual, basis.Size), tops = Lanes(_top, basis.Size);
        var signs = new Vector<double>(sign);
        for (var k = 0; k <= slopes.Length; k++)
        {
            var from = k * Vector<double>.Count;
            if (k < slopes.Length)
            {
                var towards = slopes[k] * signs;
                var room = Vector.ConditionalSelect(Vector.GreaterThan(towards, default), duals[k], tops[k] - duals[k]);
                if (Vector.GreaterThanAll(room, Vector.Abs(towards) * new Vector<double>(limit + DualTolerance))) continue;
            }
            for (var t = from; t < basis.Size && t < from + Vector<double>.Count; t++)
            {
                var slope = sign * _across[t];
                if (Math.Abs(slope) < LeastPivot) continue;
                var ratio = Math.Max(0, slope > 0 ? _dual[t] / slope : (_dual[t] - _top[t]) / slope);
                if (ratio < limit - DualTolerance || (ratio <= limit + DualTolerance && entering != OwnTop && entering >= 0 && Math.Abs(slope) > Math.Abs(_across[entering - n])))
                    (limit, entering) = (Math.Min(ratio, limit), n + t);
            }
        }
        var count = Candidates(sign, limit);
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
            if (gain > width + PrimalTolerance)
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

    /// <summary>Sites outside the basis whose reduced cost reaches 0 before the limit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Candidates(int sign, double limit)
    {
        var (slope, side, reduced) = (_slope, _side, _now.Reduced);
        Span<Vector<double>> slopes = Lanes(slope), sides = Lanes(side), costs = Lanes(reduced);
        var count = 0;
        var (signs, limits, pivots) = (new Vector<double>(sign), new Vector<double>(limit), new Vector<double>(LeastPivot));
        for (var k = 0; k <= slopes.Length; k++)
        {
            var from = k * Vector<double>.Count;
            if (k < slopes.Length)
            {
                var towards = slopes[k] * sides[k] * signs;
                if (Vector.EqualsAll(Vector.GreaterThanOrEqual(towards, pivots) & Vector.LessThanOrEqual(costs[k] * sides[k], limits * towards), Vector<long>.Zero)) continue;
            }
            for (var i = from; i < slope.Length && i < from + Vector<double>.Count; i++)
            {
                var towards = sign * slope[i] * side[i];
                if (towards < LeastPivot) continue;
                var ratio = Math.Max(0, reduced[i] * side[i] / towards);
                if (ratio > limit) continue;
                (_ratio[count], _candidate[count++]) = (ratio, i);
            }
        }
        return count;
    }

    private static Span<Vector<double>> Lanes(double[] values) => MemoryMarshal.Cast<double, Vector<double>>(values.AsSpan());

    private static Span<Vector<double>> Lanes(double[] values, int count) => MemoryMarshal.Cast<double, Vector<double>>(values.AsSpan(0, count));

    private void MoveLeastTo(int position, int count)
    {
        var least = position;
        for (var k = position + 1; k < count; k++)
            if (_ratio[k] < _ratio[least]) least = k;
        (_ratio[least], _ratio[position]) = (_ratio[position], _ratio[least]);
        (_candidate[least], _candidate[position]) = (_candidate[position], _candidate[least]);
    }
}
