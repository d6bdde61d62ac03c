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
        var row = WorstRow(ref best);
        if (row >= 0) (leaving, isRow, missing) = (row, true, -_now.Slack[row]);
        return leaving >= 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int WorstRow(ref double best)
    {
        var (slack, side, weight) = (_now.Slack, _now.RowSide, _now.RowWeight);
        var rows = _program.Rows;
        Span<Vector<double>> slacks = Lanes(slack, rows), sides = Lanes(side, rows), weights = Lanes(weight, rows);
        var worst = -1;
        var least = new Vector<double>(-PrimalTolerance);
        for (var k = 0; k <= slacks.Length; k++)
        {
            var from = k * Vector<double>.Count;
            if (k < slacks.Length)
            {
                // whole vectors are passed over where no row is worse than the worst so far
                var over = slacks[k] * sides[k];
                if (!Vector.LessThanAny(over, least) || !Vector.GreaterThanAny(over * over, weights[k] * best)) continue;
            }
            for (var r = from; r < rows && r < from + Vector<double>.Count; r++)
            {
                var gap = slack[r] * side[r];
                if (gap >= -PrimalTolerance || gap * gap <= best * weight[r]) continue;
                best = gap * gap / weight[r];
                worst = r;
            }
        }
        return worst;
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
        for (var t = 0; t < basis.Size; t++)
        {
            var slope = sign * _across[t];
            if (Math.Abs(slope) < LeastPivot) continue;
            var dual = _now.Dual[basis.Row[t]];
            var ratio = Math.Max(0, slope > 0 ? dual / slope : (dual - _program.Top[basis.Row[t]]) / slope);
            if (ratio < limit - DualTolerance || (ratio <= limit + DualTolerance && entering != OwnTop && entering >= 0 && Math.Abs(slope) > Math.Abs(_across[entering - n])))
                (limit, entering) = (Math.Min(ratio, limit), n + t);
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
