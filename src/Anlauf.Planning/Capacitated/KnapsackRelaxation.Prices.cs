namespace Anlauf.Planning.Capacitated;

/// <summary>Prices of capacity and budget at given multipliers, and what a site costs when it must open or close.</summary>
internal sealed partial class KnapsackRelaxation
{
    private const int MostTangents = 12, MostSteps = 12;
    // a price of everything beyond this, in steps, could not be written down; only cases without any plan lead there
    private const double DearestSum = 1L << 60;
    private readonly bool[] _low, _high;

    /// <summary>
    /// The budget's price where the choice just spends it, then that of capacity where the choice just holds the demand: the
    /// bound is concave in each of them. Both begin where they ended before.
    /// </summary>
    private void ChoosePriced(sbyte[] state)
    {
        if (!_limits.HasBudget)
        {
            Find(state, isBudget: false);
            return;
        }
        Find(state, isBudget: true);
        if (Price == 0 && Used(_problem.Capacities) >= _demand) return;
        Find(state, isBudget: false);
        Find(state, isBudget: true);
    }

    private long Used(long[] amounts)
    {
        long used = 0;
        for (var i = 0; i < amounts.Length; i++)
            if (_chosen[i]) used += amounts[i];
        return used;
    }

    private (double Value, double Slope) At(double price, sbyte[] state, bool isBudget) => isBudget
        ? (Choose(Price, price, state), Used(_limits.Cost) - (double)_limits.Budget)
        : (Choose(price, BudgetPrice, state), _demand - (double)Used(_problem.Capacities));

    /// <summary>Tangents of the concave bound from both sides until they meet; shares are then mixed so that the row just holds.</summary>
    private void Find(sbyte[] state, bool isBudget)
    {
        var price = isBudget ? BudgetPrice : Price;
        var (value, slope) = At(price, state, isBudget);
        _chosen.CopyTo(slope > 0 ? _low : _high, 0);
        if (slope == 0 || (slope < 0 && price == 0)) return;
        var (low, valueLow, slopeLow) = (price, value, slope);
        var (high, valueHigh, slopeHigh) = (price, value, slope);
        var step = Math.Max(price * 0.05, FirstStep(isBudget));
        var known = false;
        var most = DearestSum / (_problem.Scale * Math.Max(1.0, isBudget ? _limits.Budget : _demand));
        for (var k = 0; k < MostSteps && !known; k++, step *= 4)
        {
            var next = slope > 0 ? Math.Min(most, high + step) : Math.Max(0, low - step);
            var (here, slopeHere) = At(next, state, isBudget);
            if (slope > 0) (high, valueHigh, slopeHigh) = (next, here, slopeHere);
            else (low, valueLow, slopeLow) = (next, here, slopeHere);
            _chosen.CopyTo(slope > 0 ? _high : _low, 0);
            known = slope > 0 ? slopeHere <= 0 : slopeHere >= 0;
            if (!known && slope > 0)
            {
                (low, valueLow, slopeLow) = (high, valueHigh, slopeHigh);
                _high.CopyTo(_low, 0);
            }
            else if (!known)
            {
                (high, valueHigh, slopeHigh) = (low, valueLow, slopeLow);
                _low.CopyTo(_high, 0);
                // a row that holds with room costs nothing
                if (next == 0) return;
            }
        }
        var (best, bestValue) = valueLow >= valueHigh ? (low, valueLow) : (high, valueHigh);
        for (var k = 0; k < MostTangents && known && slopeLow > slopeHigh; k++)
        {
            var meet = (valueHigh - valueLow + (slopeLow * low) - (slopeHigh * high)) / (slopeLow - slopeHigh);
            if (!(meet > low && meet < high)) break;
            var (here, slopeHere) = At(meet, state, isBudget);
            if (here > bestValue) (best, bestValue) = (meet, here);
            var met = here >= valueLow + (slopeLow * (meet - low)) - 1e-9;
            if (slopeHere > 0)
            {
                (low, valueLow, slopeLow) = (meet, here, slopeHere);
                _chosen.CopyTo(_low, 0);
            }
            else
            {
                (high, valueHigh, slopeHigh) = (meet, here, slopeHere);
                _chosen.CopyTo(_high, 0);
            }
            if (met) break;
        }
        At(best, state, isBudget);
        if (!known || slopeLow <= slopeHigh) return;
        var part = Math.Clamp(-slopeHigh / (slopeLow - slopeHigh), 0, 1);
        for (var i = 0; i < Share.Length; i++) Share[i] = (_low[i] ? part : 0) + (_high[i] ? 1 - part : 0);
    }

    private double FirstStep(bool isBudget)
    {
        double gain = 0;
        foreach (var alone in Alone) gain += Math.Abs(alone);
        return 1e-9 + (0.01 * gain / Math.Max(1, isBudget ? _limits.Budget : _demand));
    }

    /// <summary>
    /// What must be added to the bound for one site open, or closed: opening lets a site go that was taken only because its
    /// group, or the capacity, needs one more; closing brings the next of the group, or the next of all. Infinite where there is none.
    /// </summary>
    public (double[] WhenOpen, double[] WhenClosed) Alternatives(sbyte[] state)
    {
        var (edge, next, isTight) = Edges(state);
        var total = 0;
        for (var i = 0; i < state.Length; i++)
            if (state[i] == 0 && _chosen[i]) total++;
        var isCounted = Need > 0 && total <= Need;
        var (edgeOfAll, nextOfAll) = (0.0, double.PositiveInfinity);
        for (var i = 0; i < state.Length; i++)
        {
            if (state[i] != 0) continue;
            if (!_chosen[i]) nextOfAll = Math.Min(nextOfAll, Net[i]);
            else if (_limits.Group[i] < 0 || !isTight[_limits.Group[i]]) edgeOfAll = Math.Max(edgeOfAll, Net[i]);
        }
        if (!isCounted) (edgeOfAll, nextOfAll) = (0, 0);
        var (open, closed) = (new double[state.Length], new double[state.Length]);
        for (var i = 0; i < state.Length; i++)
        {
            if (state[i] != 0) continue;
            var g = _limits.Group[i];
            open[i] = Math.Max(0, Net[i] - Math.Max(edgeOfAll, g < 0 ? 0 : edge[g]));
            closed[i] = Math.Max(0, Math.Max(0, g >= 0 && isTight[g] ? next[g] : nextOfAll) - Net[i]);
        }
        return (open, closed);
    }

    // per group the dearest site taken, the cheapest one left, and whether none can be spared
    private (double[] Edge, double[] Next, bool[] IsTight) Edges(sbyte[] state)
    {
        var groups = _limits.Least.Length;
        var (edge, next, isTight) = (new double[groups], new double[groups], new bool[groups]);
        for (var g = 0; g < groups; g++)
        {
            next[g] = double.PositiveInfinity;
            var count = 0;
            foreach (var i in _limits.Members[g])
            {
                if (_chosen[i]) count++;
                if (state[i] == 0 && _chosen[i]) edge[g] = Math.Max(edge[g], Net[i]);
                if (state[i] == 0 && !_chosen[i]) next[g] = Math.Min(next[g], Net[i]);
            }
            isTight[g] = count <= _limits.Least[g];
        }
        return (edge, next, isTight);
    }
}
