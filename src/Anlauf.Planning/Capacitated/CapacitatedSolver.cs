using Anlauf.Planning.Certificates;
using Anlauf.Planning.Location;

namespace Anlauf.Planning.Capacitated;

/// <summary>
/// Solves facility location with capacities: multipliers by subgradient steps, sites decided by reduced cost, plans by
/// exact transport for the sites the relaxation likes, branch and bound for the rest. Values hold to a thousandth.
/// </summary>
public sealed class CapacitatedSolver
{
    private const int RootSteps = 3000, NodeSteps = 120, RootPatience = 25, NodePatience = 8, MostMoves = 40;
    private const double Thousandth = 0.0004, LeastStep = 0.004, Rounding = 1e-9;
    private readonly CapacitatedProblem _problem;
    private readonly SearchClock _clock;
    private readonly KnapsackRelaxation _relaxation;
    private readonly double[] _unit, _least, _most;
    private readonly long _demand;
    private readonly HashSet<string> _tried = [];
    private Transport? _plan;
    private int[] _planOpen = [];
    private double _value = double.PositiveInfinity;
    private double _openBound = double.PositiveInfinity;
    private int _nodes;

    private CapacitatedSolver(CapacitatedProblem problem, SearchClock clock)
    {
        (_problem, _clock) = (problem, clock);
        _relaxation = new KnapsackRelaxation(problem);
        _unit = Transport.UnitCosts(problem);
        _demand = problem.Demands.Sum();
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

    private double CutOff => _value - Thousandth;

    /// <summary>Best plan and bound within the limits; iterations are evaluations of the relaxation.</summary>
    public static PlanResult Solve(CapacitatedProblem problem, SearchLimits limits)
    {
        var clock = limits.Start();
        var solver = new CapacitatedSolver(problem, clock);
        if (problem.Capacities.Sum() < solver._demand)
            return new PlanResult
            {
                Instance = problem.Instance,
                Status = PlanStatus.Infeasible,
                Seconds = clock.Elapsed.TotalSeconds,
                Certificate = new CapacitatedCertificate { Instance = problem.Instance, Status = PlanStatus.Infeasible, Served = [], Open = [], Scale = problem.Scale, Proof = "" },
            };
        var state = new sbyte[problem.Capacities.Length];
        solver.TryPlan([.. Enumerable.Range(0, state.Length)]);
        var proof = solver.Explore(state, solver.FirstMultipliers(), new long[problem.Demands.Length], 0);
        return solver.Result(proof);
    }

    private PlanResult Result(ProofStep proof)
    {
        var objective = decimal.Round(_plan!.Cost(), 3);
        var complete = _openBound >= CutOff;
        var bound = complete ? objective : Math.Max(0, decimal.Round((decimal)_openBound - 0.001m, 3));
        var served = _plan.Services();
        var status = complete ? PlanStatus.Optimal : PlanStatus.Feasible;
        var seconds = _clock.Elapsed.TotalSeconds;
        return new PlanResult
        {
            Instance = _problem.Instance,
            Objective = objective,
            Bound = bound,
            Status = status,
            Seconds = seconds,
            Solution = new CapacitatedPlan(_planOpen, served),
            Certificate = new CapacitatedCertificate
            {
                Instance = _problem.Instance,
                Objective = objective,
                Bound = bound,
                Status = status,
                Open = _planOpen,
                Served = served,
                Scale = _problem.Scale,
                Proof = ProofWriter.Write(proof),
            },
        };
    }

    /// <summary>Cost at the nearest site plus a share of the fixed costs: where multipliers usually end.</summary>
    private double[] FirstMultipliers()
    {
        var perUnit = _demand == 0 ? 0 : (_value - _least.Sum()) / _demand;
        var multipliers = new double[_relaxation.Stride];
        for (var j = 0; j < _least.Length; j++) multipliers[j] = _least[j] + perUnit * _problem.Demands[j];
        return multipliers;
    }

    private ProofStep Explore(sbyte[] state, double[] multipliers, long[] above, int depth)
    {
        _nodes++;
        var step = new ProofStep();
        long open = 0, free = 0;
        for (var i = 0; i < state.Length; i++)
        {
            if (state[i] > 0) open += _problem.Capacities[i];
            if (state[i] == 0) free += _problem.Capacities[i];
        }
        if (open + free < _demand) return step;
        if (!state.Contains((sbyte)0)) return Complete(state, step, above);
        var best = (double[])multipliers.Clone();
        var average = new double[state.Length];
        var (bound, price) = Improve(state, best, average, depth);
        var full = Record(step, best, price, above);
        if (bound >= CutOff) return step;
        if (_clock.Exhausted) return Abandon(step, bound);
        if (depth == 0 || _nodes % 8 == 0) TryAround(state, best, average);
        if (bound >= CutOff) return step;
        var decided = new List<int>();
        Decide(state, best, bound, step, decided);
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

    private ProofStep Case(sbyte[] state, double[] multipliers, long[] above, double bound, int depth) =>
        bound >= CutOff ? new ProofStep()
        : _clock.Exhausted ? Abandon(new ProofStep(), bound)
        : Explore(state, multipliers, above, depth + 1);

    private ProofStep Abandon(ProofStep step, double bound)
    {
        _openBound = Math.Min(_openBound, bound);
        return step;
    }

    /// <summary>All sites decided: the transport is exact and its dual is the proof.</summary>
    private ProofStep Complete(sbyte[] state, ProofStep step, long[] above)
    {
        int[] open = [.. Enumerable.Range(0, state.Length).Where(i => state[i] > 0)];
        if (TryPlan(open, needed: true) is { } transport) Record(step, transport.Multiplier, 0, above);
        return step;
    }

    private long[] Record(ProofStep step, double[] multipliers, double price, long[] above)
    {
        var full = new long[_problem.Demands.Length];
        for (var j = 0; j < full.Length; j++) full[j] = (long)Math.Floor(multipliers[j] * _problem.Scale);
        step.Multipliers = VarInt.Differences(above, full);
        step.Price = (long)Math.Floor(price * _problem.Scale);
        return full;
    }

    private (double Bound, double Price) Improve(sbyte[] state, double[] best, double[] average, int depth)
    {
        var current = (double[])best.Clone();
        var direction = new double[best.Length];
        var (bound, price, factor, idle) = (double.NegativeInfinity, 0.0, depth == 0 ? 1.0 : 0.6, 0);
        var (steps, patience) = depth == 0 ? (RootSteps, RootPatience) : (NodeSteps, NodePatience);
        for (var step = 0; step < steps && factor > LeastStep; step++)
        {
            var value = _relaxation.Evaluate(current, state);
            var weight = Math.Max(0.05, 1.0 / (step + 1));
            for (var i = 0; i < average.Length; i++) average[i] += weight * (_relaxation.Share[i] - average[i]);
            if (value > bound)
            {
                if (value - bound > (CutOff - bound) / 300) idle = 0;
                (bound, price) = (value, _relaxation.Price);
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
            if (depth == 0 && (step is 60 or 200 or 600 or 1500)) TryAround(state, best, average);
            double norm = 0;
            for (var j = 0; j < _least.Length; j++)
            {
                direction[j] = 0.4 * direction[j] + 0.6 * (1 - _relaxation.Served[j]);
                norm += direction[j] * direction[j];
            }
            if (norm < 1e-12) break;
            var length = factor * (_value - value) / norm;
            for (var j = 0; j < _least.Length; j++) current[j] = Math.Max(_least[j], current[j] + length * direction[j]);
        }
        return (bound, price);
    }

    private void Decide(sbyte[] state, double[] best, double bound, ProofStep step, List<int> decided)
    {
        var value = _relaxation.Evaluate(best, state);
        if (value < bound - 1e-6) return;
        // the last site needed leaves when another one must open, the next one opens when one of them must close
        var net = Enumerable.Range(0, state.Length).Where(i => state[i] == 0).Select(i => _relaxation.Net[i]).Order().ToArray();
        var need = _relaxation.Need;
        var edge = need > 0 ? Math.Max(0, net[need - 1]) : 0;
        var next = need == 0 ? 0 : net.Length > need ? Math.Max(0, net[need]) : double.PositiveInfinity;
        for (var i = 0; i < state.Length; i++)
        {
            if (state[i] != 0) continue;
            var own = _relaxation.Net[i];
            if (own > edge && value + own - edge >= CutOff + 1e-4) step.Closed.Add(i);
            else if (double.IsPositiveInfinity(next) || (own < next && value + next - own >= CutOff + 1e-4)) step.Opened.Add(i);
            else continue;
            decided.Add(i);
        }
        foreach (var i in step.Closed) state[i] = -1;
        foreach (var i in step.Opened) state[i] = 1;
    }

    /// <summary>
    /// Plans from the sites open most in the relaxation, then opens, closes and swaps single sites. The relaxation bounds
    /// the cost of every set of sites from below, so few of them need an exact transport.
    /// </summary>
    private void TryAround(sbyte[] state, double[] multipliers, double[] average)
    {
        var order = Enumerable.Range(0, state.Length).Where(i => state[i] >= 0)
            .OrderByDescending(i => state[i] > 0 ? 2 : average[i]).ToArray();
        long room = 0;
        var count = 0;
        while (count < order.Length && (room < _demand || average[order[count]] > 0.5 || state[order[count]] > 0)) room += _problem.Capacities[order[count++]];
        var open = new bool[state.Length];
        foreach (var i in order[..count]) open[i] = true;
        TryPlan(Sites(open));
        _relaxation.Evaluate(multipliers, state);
        var sum = multipliers.Sum();
        for (var i = 0; i < open.Length; i++) open[i] = state[i] > 0 || (state[i] == 0 && Array.IndexOf(_planOpen, i) >= 0);
        while (TryMoves(state, open, sum) && !_clock.Exhausted)
            for (var i = 0; i < open.Length; i++) open[i] = Array.IndexOf(_planOpen, i) >= 0;
    }

    private static int[] Sites(bool[] open) => [.. Enumerable.Range(0, open.Length).Where(i => open[i])];

    /// <summary>Tries the moves of one or two sites that the relaxation does not rule out, the most promising first.</summary>
    private bool TryMoves(sbyte[] state, bool[] open, double sum)
    {
        var net = _relaxation.Alone;
        var here = sum;
        for (var i = 0; i < open.Length; i++)
            if (open[i]) here += net[i];
        var moves = new List<(double Least, int First, int Second)>();
        double Change(int i) => open[i] ? -net[i] : net[i];
        for (var i = 0; i < open.Length; i++)
        {
            if (state[i] != 0) continue;
            if (here + Change(i) < CutOff) moves.Add((here + Change(i), i, -1));
            for (var k = i + 1; k < open.Length; k++)
                if (state[k] == 0 && open[k] != open[i] && here + Change(i) + Change(k) < CutOff) moves.Add((here + Change(i) + Change(k), i, k));
        }
        moves.Sort();
        var before = _value;
        foreach (var (_, first, second) in moves.Take(MostMoves))
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
            _clock.Report(decimal.Round(transport.Cost(), 3), null);
        }
        return transport;
    }
}
