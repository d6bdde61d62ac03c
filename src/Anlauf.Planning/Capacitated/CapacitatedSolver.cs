using Anlauf.Planning.Location;

namespace Anlauf.Planning.Capacitated;

/// <summary>
/// Solves facility location with capacities: multipliers by subgradient steps, sites decided by reduced cost, plans by
/// exact transport for the sites the relaxation likes, branch and bound for the rest. With a budget the first question is
/// whether it buys the capacity. Values hold to a thousandth, whole ones exactly.
/// </summary>
public sealed partial class CapacitatedSolver
{
    private const int RootSteps = 3000, PricedSteps = 8000, PricedPatience = 200, NodeSteps = 120, RootPatience = 25, NodePatience = 8, MostMoves = 40, MostRootMoves = 400, MostWaiting = 20_000;
    private const double Thousandth = 0.0004, LeastStep = 0.004, LeastPricedStep = 0.0003, Rounding = 1e-9;
    private readonly CapacitatedProblem _problem;
    private readonly SearchClock _clock;
    private readonly KnapsackRelaxation _relaxation;
    private readonly SiteLimits _limits;
    private readonly PurchaseSearch _purchase;
    private readonly double[] _unit, _costs, _least, _most;
    private readonly double _leastBetter;
    private readonly long _demand;
    private readonly HashSet<string> _tried = [];
    private Transport? _plan;
    private int[] _planOpen = [];
    private double _value = double.PositiveInfinity;
    private double _openBound = double.PositiveInfinity;
    private readonly PriorityQueue<WaitingCase, double> _waiting = new();
    private int _nodes;

    private CapacitatedSolver(CapacitatedProblem problem, SearchClock clock, ulong seed)
    {
        _random = new Random((int)seed);
        (_problem, _clock) = (problem, clock);
        _limits = new SiteLimits(problem);
        _rules = _limits.Start();
        _relaxation = new KnapsackRelaxation(problem, _limits);
        _purchase = new PurchaseSearch(problem, _limits, clock);
        _unit = Transport.UnitCosts(problem);
        _costs = [.. problem.Costs.Select(c => (double)c)];
        _demand = _limits.Demand;
        // a better plan costs a whole unit less, but for what rounding the multipliers loses
        var lost = Math.Max(0.05, (4.0 * problem.Demands.Length + (1 << 18)) / problem.Scale);
        _leastBetter = lost < 0.5 && problem.IsWhole() ? 1 - lost : Thousandth;
        var n = problem.Demands.Length;
        _least = new double[n];
        _most = new double[n];
        for (var j = 0; j < n; j++)
        {
            _least[j] = double.PositiveInfinity;
            for (var i = 0; i < problem.Capacities.Length; i++)
            {
                _least[j] = Math.Min(_least[j], (double)problem.Costs[i * n + j]);
                _most[j] = Math.Max(_most[j], (double)problem.Costs[i * n + j]);
            }
        }
    }

    private double CutOff => _value - _leastBetter;

    /// <summary>Best plan and bound within the limits; iterations are evaluations of the relaxation.</summary>
    public static PlanResult Solve(CapacitatedProblem problem, SearchLimits limits)
    {
        var clock = limits.Start();
        var solver = new CapacitatedSolver(problem, clock, limits.Seed);
        var state = solver._limits.Start();
        if (solver._limits.IsImpossible(state)) return solver.Infeasible("");
        int[]? first = [.. Enumerable.Range(0, state.Length).Where(i => state[i] >= 0)];
        if (solver._limits.HasBudget)
        {
            var purchase = solver._purchase.Explore(state);
            if (solver._purchase is { Found: null, IsOpen: false }) return solver.Infeasible(ProofWriter.Write(purchase));
            first = solver._purchase.Found;
        }
        // neither a plan nor a proof that there is none
        if (first is null) return new PlanResult { Instance = problem.Instance, Status = PlanStatus.Unknown, Seconds = clock.Elapsed.TotalSeconds };
        solver.TryPlan(first);
        var proof = solver.Explore(state, solver.FirstMultipliers(), new long[solver.Width], 0);
        solver.ExploreWaiting();
        return solver.Result(proof);
    }

    /// <summary>Cost at the nearest site plus a share of the fixed costs: where multipliers usually end.</summary>
    private double[] FirstMultipliers()
    {
        var perUnit = _demand == 0 ? 0 : (_value - _least.Sum()) / _demand;
        var multipliers = new double[_relaxation.Stride];
        for (var j = 0; j < _least.Length; j++) multipliers[j] = _least[j] + perUnit * _problem.Demands[j];
        return multipliers;
    }

    // multipliers of the customers and, with a budget, its price
    private int Width => _problem.Demands.Length + (_limits.HasBudget ? 1 : 0);

    private ProofStep Explore(sbyte[] state, double[] multipliers, long[] above, int depth) => Explore(new ProofStep(), state, multipliers, above, depth);

    private ProofStep Explore(ProofStep step, sbyte[] state, double[] multipliers, long[] above, int depth)
    {
        _nodes++;
        if (_limits.IsImpossible(state) || TryPoverty(state, step, above)) return step;
        if (!state.Contains((sbyte)0)) return Complete(state, step, above);
        var best = (double[])multipliers.Clone();
        var average = new double[state.Length];
        var (bound, price, budgetPrice) = Improve(state, best, average, depth);
        var full = Record(step, best, price, budgetPrice, above);
        if (bound >= CutOff) return step;
        if (_clock.Exhausted) return Abandon(step, bound);
        if (depth == 0 || _nodes % 8 == 0)
        {
            TryAround(state, best, average, depth == 0 && !_limits.IsPlain ? MostRootMoves : MostMoves);
            Kick(depth == 0 ? RootKicks : 1, bound);
        }
        else if (!_limits.IsPlain)
        {
            TryRounded(state, average, new bool[state.Length]);
        }
        if (bound >= CutOff) return step;
        var decided = new List<int>();
        Decide(state, best, (price, budgetPrice), bound, step, decided);
        if (decided.Count > 0)
        {
            step.Next = Explore(state, best, full, depth + 1);
            foreach (var i in decided) state[i] = 0;
            return step;
        }
        var site = Enumerable.Range(0, state.Length).Where(i => state[i] == 0)
            .MaxBy(i => Math.Min(average[i], 1 - average[i]) + 1e-6 * average[i]);
        step.Branch = site;
        state[site] = 1;
        step.WhenOpen = Case(state, best, full, bound, depth);
        state[site] = -1;
        step.WhenClosed = Case(state, best, full, bound, depth);
        state[site] = 0;
        return step;
    }

    private ProofStep Case(sbyte[] state, double[] multipliers, long[] above, double bound, int depth)
    {
        var step = new ProofStep();
        if (bound >= CutOff) return step;
        if (_clock.Exhausted) return Abandon(step, bound);
        if (_limits.IsPlain || _waiting.Count >= MostWaiting) return Explore(step, state, multipliers, above, depth + 1);
        _waiting.Enqueue(new(step, (sbyte[])state.Clone(), multipliers, above, depth + 1), bound);
        return step;
    }

    /// <summary>With a budget or groups the case of least bound comes first: the bound of the whole rises from the beginning.</summary>
    private void ExploreWaiting()
    {
        // one that is left out has the multipliers of the step above, which reach its bound
        while (_waiting.TryDequeue(out var next, out var bound) && bound < CutOff)
            if (_clock.Exhausted)
            {
                Abandon(next.Step, bound);
                return;
            }
            else
            {
                Explore(next.Step, next.State, next.Multipliers, next.Above, next.Depth);
            }
    }

    /// <summary>A case that waits.</summary>
    private sealed record WaitingCase(ProofStep Step, sbyte[] State, double[] Multipliers, long[] Above, int Depth);

    private ProofStep Abandon(ProofStep step, double bound)
    {
        _openBound = Math.Min(_openBound, bound);
        return step;
    }

    /// <summary>All sites decided: the transport is exact and its dual is the proof.</summary>
    private ProofStep Complete(sbyte[] state, ProofStep step, long[] above)
    {
        int[] open = [.. Enumerable.Range(0, state.Length).Where(i => state[i] > 0)];
        if (TryPlan(open, needed: true) is { } transport) Record(step, transport.Multiplier, 0, 0, above);
        return step;
    }

    private long[] Record(ProofStep step, double[] multipliers, double price, double budgetPrice, long[] above)
    {
        var full = new long[Width];
        if (_limits.HasBudget) full[^1] = Steps(budgetPrice, _problem.BudgetBits);
        for (var j = 0; j < _problem.Demands.Length; j++) full[j] = (long)Math.Floor(multipliers[j] * _problem.Scale);
        step.Multipliers = VarInt.Differences(above, full);
        step.Price = Steps(price, _problem.CapacityBits);
        return full;
    }

    private long Steps(double price, int bits) => (long)Math.Min(1L << 62, Math.Floor(Math.ScaleB(price * _problem.Scale, bits)));

    private (double Bound, double Price, double BudgetPrice) Improve(sbyte[] state, double[] best, double[] average, int depth)
    {
        var current = (double[])best.Clone();
        var direction = new double[best.Length];
        var (bound, price, budgetPrice, factor, idle) = (double.NegativeInfinity, 0.0, 0.0, depth == 0 ? 1.0 : 0.6, 0);
        // with a budget or groups the multipliers are far off at first: ten times the way pays
        var (steps, patience, least) = depth > 0 ? (NodeSteps, NodePatience, LeastStep)
            : _limits.IsPlain ? (RootSteps, RootPatience, LeastStep) : (PricedSteps, PricedPatience, LeastPricedStep);
        for (var step = 0; step < steps && factor > least; step++)
        {
            var value = _relaxation.Evaluate(current, state);
            var weight = Math.Max(0.05, 1.0 / (step + 1));
            for (var i = 0; i < average.Length; i++) average[i] += weight * (_relaxation.Share[i] - average[i]);
            if (value > bound)
            {
                if (value - bound > (CutOff - bound) / 300) idle = 0;
                (bound, price, budgetPrice) = (value, _relaxation.Price, _relaxation.BudgetPrice);
                current.CopyTo(best, 0);
                if (bound >= CutOff) break;
            }
            if (!_clock.Step()) break;
            if (++idle > patience)
            {
                (idle, factor) = (0, factor / 2);
                best.CopyTo(current, 0);
                Array.Clear(direction);
                value = _relaxation.Evaluate(current, state);
            }
            if (depth == 0 && (step is 60 or 200 or 600 or 1500 or 3000 or 5000)) TryAround(state, best, average);
            double norm = 0;
            for (var j = 0; j < _least.Length; j++)
            {
                direction[j] = 0.4 * direction[j] + 0.6 * (1 - _relaxation.Served[j]);
                norm += direction[j] * direction[j];
            }
            if (norm < 1e-12) break;
            var length = factor * (_value - value) / norm;
            // a nearly balanced choice makes steps endless: nobody is worth more than some times a share of the whole
            var whole = _limits.IsPlain ? double.PositiveInfinity : 50 * _value / Math.Max(1, _demand);
            for (var j = 0; j < _least.Length; j++)
                current[j] = Math.Clamp(current[j] + length * direction[j], _least[j], _most[j] + (whole * Math.Max(1, _problem.Demands[j])));
        }
        return (bound, price, budgetPrice);
    }

    /// <summary>Sites whose other state lifts the bound to the cut-off, and those the budget does not pay for beside what groups need.</summary>
    private void Decide(sbyte[] state, double[] best, (double, double) prices, double bound, ProofStep step, List<int> decided)
    {
        var value = _relaxation.Evaluate(best, state, prices);
        var isSharp = value >= bound - 1e-6;
        var (whenOpen, whenClosed) = _relaxation.Alternatives(state);
        var dearest = new long[_limits.Least.Length];
        var cheapest = _limits.CheapestCost(state, dearest);
        for (var i = 0; i < state.Length; i++)
        {
            if (state[i] != 0) continue;
            var displaced = _limits.Group[i] is var g and >= 0 ? dearest[g] : 0;
            if ((isSharp && value + whenOpen[i] >= CutOff + 1e-4) || cheapest + Math.Max(0, _limits.Cost[i] - displaced) > _limits.Budget) step.Closed.Add(i);
            else if (isSharp && value + whenClosed[i] >= CutOff + 1e-4) step.Opened.Add(i);
            else continue;
            decided.Add(i);
        }
        foreach (var i in step.Closed) state[i] = -1;
        foreach (var i in step.Opened) state[i] = 1;
    }
}
