using System.Runtime.CompilerServices;

namespace Anlauf.Planning.Assignment.Generalised;

/// <summary>
/// Turns any assignment into a plan and improves it: jobs are shifted and swapped while cost plus penalty × load
/// outside the windows falls; the penalty grows until every window is kept.
/// </summary>
internal sealed class LocalSearch(GeneralisedAssignmentProblem problem, Incumbent incumbent)
{
    private const int Rounds = 14, MostPasses = 40;
    private const long MostPairs = 20_000_000;
    private readonly int[] _agentOf = new int[problem.Jobs];
    private readonly long[] _load = new long[problem.Agents];
    private readonly double[] _penalty = new double[problem.Agents];
    private readonly int[] _changed = new int[problem.Agents]; // pass in which an agent's jobs changed last
    private int _pass;

    /// <summary>Agent of each job; fill in before <see cref="Improve"/>, −1 for jobs nobody has.</summary>
    public Span<int> Plan => _agentOf;

    /// <summary>Asked between passes whether to go on; stopped, the search leaves what it has.</summary>
    public Func<bool>? GoOn { get; init; }

    /// <summary>Completes, repairs and improves <see cref="Plan"/>; offers it and says whether it is the best so far.</summary>
    /// <param name="capacityPrice">what a unit of each agent's capacity is worth, or none</param>
    public bool Improve(ReadOnlySpan<double> capacityPrice = default)
    {
        Complete();
        // high enough that a nearly feasible start is repaired, not forgotten
        var mean = MeanPrice();
        for (var i = 0; i < _penalty.Length; i++)
            _penalty[i] = capacityPrice.IsEmpty ? 2 * mean : (1.2 * capacityPrice[i]) + (0.02 * mean);
        // every pass looks at all pairs of jobs: large problems get fewer
        var left = (int)Math.Clamp(MostPairs / ((long)problem.Jobs * problem.Jobs), Rounds, Rounds * MostPasses);
        for (var round = 0; round < Rounds; round++)
        {
            // other penalties: every pair is worth another look
            Array.Fill(_changed, _pass++);
            for (var pass = 0; pass < MostPasses && left-- > 0 && (Shift() | Swap()); pass++, _pass++)
                if (GoOn?.Invoke() == false) return Violation() == 0 && incumbent.Offer(_agentOf);
            if (Violation() == 0) return incumbent.Offer(_agentOf);
            for (var i = 0; i < _penalty.Length; i++) _penalty[i] *= 2;
        }
        return false;
    }

    private void Complete()
    {
        Array.Clear(_load);
        for (var j = 0; j < problem.Jobs; j++)
            if (_agentOf[j] >= 0) _load[_agentOf[j]] += Weight(_agentOf[j], j);
        for (var j = 0; j < problem.Jobs; j++)
        {
            if (_agentOf[j] >= 0) continue;
            var (best, bestExcess, bestCost) = (-1, long.MaxValue, long.MaxValue);
            for (var i = 0; i < problem.Agents; i++)
            {
                if (!problem.Allows(i, j)) continue;
                var excess = Math.Max(0, _load[i] + Weight(i, j) - problem.MaxLoad[i]);
                if (excess > bestExcess || (excess == bestExcess && Cost(i, j) >= bestCost)) continue;
                (best, bestExcess, bestCost) = (i, excess, Cost(i, j));
            }
            if (best < 0) best = 0; // no agent is allowed: the plan will not be accepted
            _agentOf[j] = best;
            _load[best] += Weight(best, j);
        }
    }

    private double MeanPrice()
    {
        double costs = 0, weights = 1;
        for (var j = 0; j < problem.Jobs; j++)
        {
            costs += Math.Abs(Cost(_agentOf[j], j));
            weights += Weight(_agentOf[j], j);
        }
        return Math.Max(costs / weights, 1e-6);
    }

    private bool Shift()
    {
        var improved = false;
        for (var j = 0; j < problem.Jobs; j++)
        {
            var from = _agentOf[j];
            var isOld = IsOld(from);
            var gainAtOld = Penalty(from, _load[from] - Weight(from, j)) - Penalty(from, _load[from]);
            var (best, bestChange) = (-1, -1e-9);
            for (var i = 0; i < problem.Agents; i++)
            {
                if (i == from || (isOld && IsOld(i)) || !problem.Allows(i, j)) continue;
                var change = Cost(i, j) - Cost(from, j) + gainAtOld + Penalty(i, _load[i] + Weight(i, j)) - Penalty(i, _load[i]);
                if (change < bestChange) (best, bestChange) = (i, change);
            }
            if (best < 0) continue;
            _load[from] -= Weight(from, j);
            _load[best] += Weight(best, j);
            _agentOf[j] = best;
            _changed[from] = _changed[best] = _pass;
            improved = true;
        }
        return improved;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Swap()
    {
        var improved = false;
        var penalty = new double[problem.Agents];
        for (var i = 0; i < penalty.Length; i++) penalty[i] = Penalty(i, _load[i]);
        for (var j = 0; j < problem.Jobs; j++)
            for (var k = j + 1; k < problem.Jobs; k++)
            {
                var (a, b) = (_agentOf[j], _agentOf[k]);
                if (a == b || (IsOld(a) && IsOld(b))) continue;
                var costs = Cost(b, j) + Cost(a, k) - Cost(a, j) - Cost(b, k);
                // at best an exchange saves all penalties of now
                if (costs >= penalty[a] + penalty[b]) continue;
                var loadA = _load[a] - Weight(a, j) + Weight(a, k);
                var loadB = _load[b] - Weight(b, k) + Weight(b, j);
                var change = costs + Penalty(a, loadA) + Penalty(b, loadB) - Penalty(a, _load[a]) - Penalty(b, _load[b]);
                if (change >= -1e-9 || !problem.Allows(b, j) || !problem.Allows(a, k)) continue;
                (_load[a], _load[b]) = (loadA, loadB);
                (penalty[a], penalty[b]) = (Penalty(a, loadA), Penalty(b, loadB));
                (_agentOf[j], _agentOf[k]) = (b, a);
                _changed[a] = _changed[b] = _pass;
                improved = true;
            }
        return improved;
    }

    // the same since before the last pass began: whatever two such agents could do was looked at there
    private bool IsOld(int agent) => _changed[agent] < _pass - 1;

    private double Penalty(int agent, long load) => _penalty[agent] * Excess(agent, load);

    private long Excess(int agent, long load) => Math.Max(0, load - problem.MaxLoad[agent]) + Math.Max(0, problem.MinLoad[agent] - load);

    private long Violation()
    {
        long sum = 0;
        for (var i = 0; i < problem.Agents; i++) sum += Excess(i, _load[i]);
        return sum;
    }

    private long Cost(int agent, int job) => problem.Cost[(agent * problem.Jobs) + job];

    private long Weight(int agent, int job) => problem.Weight[(agent * problem.Jobs) + job];
}
