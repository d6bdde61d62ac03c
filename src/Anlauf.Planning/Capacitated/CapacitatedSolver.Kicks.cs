namespace Anlauf.Planning.Capacitated;

/// <summary>Iterated local search: a few sites of the best plan are changed at random, then moves that pay until none does.</summary>
public sealed partial class CapacitatedSolver
{
    private const int RootKicks = 40, MostTries = 12;
    private const double Considered = 0.2;
    private readonly Random _random;
    private readonly sbyte[] _rules;

    /// <summary>Kicks the best plan so many times, within all that the rules allow; ends when it meets the bound.</summary>
    private void Kick(int times, double bound)
    {
        if (_limits.IsPlain) return;
        for (var k = 0; k < times && bound < CutOff && !_clock.Exhausted; k++)
        {
            var open = new bool[_rules.Length];
            foreach (var i in _planOpen) open[i] = true;
            var (_, estimate) = Near(open);
            var sites = new OpenSites(_problem, _limits, open);
            for (var change = _random.Next(1, 4); change > 0; change--) Swap(open, sites, estimate);
            Descend(open);
        }
    }

    // a random site leaves for the best of a random part of the others
    private void Swap(bool[] open, OpenSites sites, MoveEstimate estimate)
    {
        int[] leaving = [.. Enumerable.Range(0, open.Length).Where(i => open[i] && _rules[i] == 0)];
        if (leaving.Length == 0) return;
        var from = leaving[_random.Next(leaving.Length)];
        var (best, least) = (-1, double.PositiveInfinity);
        for (var i = 0; i < open.Length; i++)
            if (!open[i] && _rules[i] == 0 && _random.NextDouble() < Considered && sites.Allows(i, from) && estimate.Change(i, from) is var change && change < least) (best, least) = (i, change);
        if (best < 0) return;
        sites.Flip(from);
        sites.Flip(best);
    }

    private (Transport Plan, MoveEstimate Estimate) Near(bool[] open)
    {
        var sites = Sites(open);
        var plan = Transport.Solve(_problem, _unit, sites)!;
        return (plan, new MoveEstimate(_problem, _costs, plan, sites));
    }

    private void Descend(bool[] open)
    {
        for (var isBetter = true; isBetter && !_clock.Exhausted;)
        {
            isBetter = false;
            var (plan, estimate) = Near(open);
            var value = plan.NearCost();
            TryPlan(Sites(open));
            var keeps = new OpenSites(_problem, _limits, open);
            var moves = new List<(double Change, int Entering, int Leaving)>();
            void Consider(int entering, int leaving)
            {
                if (estimate.Change(entering, leaving) is var change && change < -1e-9 * value && keeps.Allows(entering < 0 ? leaving : entering, entering < 0 ? -1 : leaving)) moves.Add((change, entering, leaving));
            }
            int[] free = [.. Enumerable.Range(0, open.Length).Where(i => _rules[i] == 0)];
            foreach (var i in free)
            {
                Consider(open[i] ? -1 : i, open[i] ? i : -1);
                if (open[i]) continue;
                foreach (var k in free)
                    if (open[k]) Consider(i, k);
            }
            moves.Sort();
            foreach (var (_, entering, leaving) in moves.Take(MostTries))
            {
                if (!_clock.Step()) break;
                if (entering >= 0) keeps.Flip(entering);
                if (leaving >= 0) keeps.Flip(leaving);
                if (Transport.Solve(_problem, _unit, Sites(open)) is { } next && next.NearCost() < value * (1 - 1e-12))
                {
                    isBetter = true;
                    break;
                }
                if (entering >= 0) keeps.Flip(entering);
                if (leaving >= 0) keeps.Flip(leaving);
            }
        }
    }
}
