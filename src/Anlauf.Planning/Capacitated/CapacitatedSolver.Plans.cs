namespace Anlauf.Planning.Capacitated;

/// <summary>Plans: sites the relaxation likes made to keep all conditions, then moves of one or two sites.</summary>
public sealed partial class CapacitatedSolver
{
    /// <summary>
    /// Plans from the sites open most in the relaxation, then opens, closes and swaps single sites. The relaxation bounds
    /// the cost of every set of sites from below, so few of them need an exact transport.
    /// </summary>
    private void TryAround(sbyte[] state, double[] multipliers, double[] average, int mostMoves = MostMoves)
    {
        var open = new bool[state.Length];
        _relaxation.Evaluate(multipliers, state);
        TryRounded(state, average, open);
        var sum = multipliers.Sum();
        for (var i = 0; i < open.Length; i++) open[i] = state[i] > 0 || (state[i] == 0 && Array.IndexOf(_planOpen, i) >= 0);
        // the plan as far as this case allows it: what is missing is put right first
        if (!_limits.IsPlain && !new SiteRepair(_problem, _limits, state, average, _relaxation.Alone).Apply(open)) return;
        while (TryMoves(state, open, sum, mostMoves) && !_clock.Exhausted)
            for (var i = 0; i < open.Length; i++) open[i] = Array.IndexOf(_planOpen, i) >= 0;
    }

    /// <summary>The sites open most in the relaxation, made to keep all conditions.</summary>
    private void TryRounded(sbyte[] state, double[] average, bool[] open)
    {
        var order = Enumerable.Range(0, state.Length).Where(i => state[i] >= 0)
            .OrderByDescending(i => state[i] > 0 ? 2 : average[i]).ToArray();
        long room = 0;
        var count = 0;
        while (count < order.Length && (room < _demand || average[order[count]] > 0.5 || state[order[count]] > 0)) room += _problem.Capacities[order[count++]];
        foreach (var i in order[..count]) open[i] = true;
        if (_limits.IsPlain || new SiteRepair(_problem, _limits, state, average, _relaxation.Alone).Apply(open)) TryPlan(Sites(open));
    }

    private static int[] Sites(bool[] open) => [.. Enumerable.Range(0, open.Length).Where(i => open[i])];

    /// <summary>Tries the moves of one or two sites that the relaxation does not rule out, the most promising first: by that bound, with a budget or groups also by what the move seems to change.</summary>
    private bool TryMoves(sbyte[] state, bool[] open, double sum, int most)
    {
        var net = _relaxation.Alone;
        var here = sum;
        for (var i = 0; i < open.Length; i++)
            if (open[i]) here += net[i];
        var keeps = new OpenSites(_problem, _limits, open);
        var moves = new List<(double Order, int First, int Second)>();
        double Change(int i) => open[i] ? -net[i] : net[i];
        var around = _limits.IsPlain ? null : Transport.Solve(_problem, _unit, Sites(open));
        var estimate = around is null ? null : new MoveEstimate(_problem, _costs, around, Sites(open));
        var cost = around?.NearCost() ?? 0;
        double Order(double least, int i, int k) => estimate is null ? least : Math.Max(least, cost + (open[i] ? estimate.Change(k, i) : estimate.Change(i, k)));
        for (var i = 0; i < open.Length; i++)
        {
            if (state[i] != 0) continue;
            if (here + Change(i) is var one && one < CutOff && keeps.Allows(i, -1)) moves.Add((Order(one, i, -1), i, -1));
            for (var k = i + 1; k < open.Length; k++)
                if (state[k] == 0 && open[k] != open[i] && here + Change(i) + Change(k) is var two && two < CutOff && keeps.Allows(i, k)) moves.Add((Order(two, i, k), i, k));
        }
        moves.Sort();
        var before = _value;
        foreach (var (_, first, second) in moves.Take(most))
        {
            open[first] ^= true;
            if (second >= 0) open[second] ^= true;
            TryPlan(Sites(open));
            open[first] ^= true;
            if (second >= 0) open[second] ^= true;
            if (_value < before || _clock.Exhausted) break;
        }
        return _value < before;
    }

    // the transport of a set tried before only where it is needed for its dual solution
    private Transport? TryPlan(int[] open, bool needed = false)
    {
        var known = !_tried.Add(string.Join(',', open));
        if ((known && !needed) || Transport.Solve(_problem, _unit, open) is not { } transport) return null;
        if (known || transport.NearCost() > _value * (1 + Rounding)) return transport;
        var cost = (double)transport.Cost();
        if (cost < _value - 1e-9)
        {
            (_value, _plan, _planOpen) = (cost, transport, open);
            _clock.Report(_problem.Value(decimal.Round(transport.Cost(), 3)), null);
        }
        return transport;
    }
}
