using Anlauf.Planning.Certificates;

namespace Anlauf.Planning.Assignment.Generalised;

/// <summary>
/// Solves generalised assignment with load windows: dual ascent at the root, local search and neighbourhood search for
/// plans, then a series of decisions "is there a plan of cost at most T?" with growing T, each finished one a proof
/// (Posta, Ferland and Michelon 2012). One iteration is one evaluation of the Lagrangian bound.
/// </summary>
public sealed class GeneralisedAssignmentSolver
{
    private const int MostProofBytes = 192 << 20, ManyJobs = 200, ManyPairs = 1000, MostPairsAgain = 20_000, MostPriceSteps = 1500, EvaluationsAlone = 500;
    private readonly GeneralisedAssignmentProblem _problem;
    private readonly ScaledModel _model;
    private readonly Incumbent _incumbent;
    private readonly TreeSearch _tree;
    private readonly LocalSearch _local;
    private readonly PlanSearch _plans; // this thread's
    private readonly CapacityPrices _prices;
    private readonly ulong _seed;
    private PlanSearchers? _searchers; // the other threads'
    private int _versionSeen;
    private readonly ProofWriter _proof = new(MostProofBytes);
    private readonly SearchClock _clock;
    private readonly long[] _u;
    private long _counted, _tries, _triesWithout;
    private long? _bound; // no plan costs less; the bytes prove it
    private byte[] _provenBy = [];

    private GeneralisedAssignmentSolver(GeneralisedAssignmentProblem problem, SearchLimits limits, GeneralisedAssignmentStart? start)
    {
        _problem = problem;
        _clock = limits.Start();
        _model = new(problem);
        _plans = new(_model, limits.Seed);
        _incumbent = _plans.Incumbent;
        _seed = limits.Seed;
        _prices = new(problem);
        _tree = new(_model, _incumbent);
        _local = new(problem, _incumbent) { GoOn = () => !_clock.Exhausted };
        _u = new long[problem.Jobs];
        Begin(start);
    }

    /// <summary>Solves the problem.</summary>
    /// <param name="problem">the data</param>
    /// <param name="limits">time, iterations, seed, cancellation, progress</param>
    /// <param name="start">plan and multipliers of a similar problem solved before, or none</param>
    public static PlanResult Solve(GeneralisedAssignmentProblem problem, SearchLimits limits, GeneralisedAssignmentStart? start = null) =>
        new GeneralisedAssignmentSolver(problem, limits, start).Search();

    private void Begin(GeneralisedAssignmentStart? start)
    {
        if (start?.AgentOf is { } plan && plan.Length == _problem.Jobs)
        {
            for (var j = 0; j < plan.Length; j++)
                _local.Plan[j] = plan[j] >= 0 && plan[j] < _problem.Agents && _problem.Allows(plan[j], j) ? plan[j] : -1;
            _local.Improve();
        }
        if (start?.Multipliers is { } multipliers && multipliers.Length == _problem.Jobs)
        {
            for (var j = 0; j < _u.Length; j++)
                _u[j] = (long)Math.Clamp(Math.Round(multipliers[j] * _model.Scale), _model.Low[j], _model.High[j]);
            return;
        }
        _prices.Climb(MostPriceSteps, () => _clock.Step());
        // between what a job costs at its best and at its second best agent the knapsacks bound more than the linear relaxation
        for (var j = 0; j < _u.Length; j++)
            _u[j] = (long)Math.Clamp(Math.Round(0.5 * (_prices.Value[j] + Math.Min(_prices.Second[j], CapacityPrices.Forbidden)) * _model.Scale), _model.Low[j], _model.High[j]);
    }

    private PlanResult Search()
    {
        Root();
        if (!Proven) Improve();
        try
        {
            for (var round = 0; !Proven && !_clock.Exhausted; round++)
                if (!Decide(NextThreshold(round))) break;
        }
        finally
        {
            _searchers?.End();
        }
        _searchers?.Exchange(_incumbent);
        return Result();
    }

    private bool Proven => _bound is { } bound && (_incumbent.Exists ? bound >= _incumbent.Cost : bound > _problem.CostlierThanAny);

    private long BoundSoFar => _bound ?? -_problem.CostlierThanAny;

    private void Root()
    {
        if (!_incumbent.Exists)
        {
            if (_prices.Bound > double.MinValue) _prices.Agent.CopyTo(_local.Plan);
            else _local.Plan.Fill(-1);
            _local.Improve(_prices.Price);
        }
        var calls = 0;
        _tree.Relaxed = relaxation =>
        {
            calls++;
            // a repair looks at all pairs of jobs: in large problems the dives do without
            if (_model.Jobs > ManyJobs || ((calls & (calls - 1)) != 0 && calls % 128 != 0)) return;
            Repair(relaxation);
        };
        _tree.RootGoOn = Count;
        var worst = _problem.CostlierThanAny;
        var reached = double.MinValue;
        for (var climb = 0; climb < 4; climb++)
        {
            // the steps aim a little above the linear relaxation first, then a little above what was reached
            var target = _incumbent.Exists ? _incumbent.Cost : worst;
            var near = climb == 0 ? _prices.Bound + (0.0005 * Math.Abs(_prices.Bound)) + 1 : reached + (0.3 * Math.Max(0, reached - _prices.Bound)) + 1;
            if (_prices.Bound > double.MinValue && near < target) target = (long)near;
            var threshold = _incumbent.Exists ? _incumbent.Cost - 1 : worst;
            var steps = (int)Math.Clamp(40_000_000L / (_model.Agents * (long)_model.Jobs), 200, 1200);
            var bound = _tree.ClimbRoot(_u, target, threshold, _clock.Exhausted ? 1 : steps, climb == 0 ? 10 : 4);
            RaiseRootBound(bound);
            if (!Proven && climb == 0 && _tree.Relax(_u) is { } relaxed) Repair(relaxed);
            if (Proven || _clock.Exhausted || (long)_model.Agents * _model.Jobs > MostPairsAgain) break;
            var before = reached;
            reached = bound >= Knapsack.Impossible ? worst : bound / (double)_model.Scale;
            if (_prices.Bound == double.MinValue ? _incumbent.Exists : reached - before < 0.05) break;
        }
    }

    // the relaxed solution is nearly a plan: jobs nobody took are placed, those of overfull agents moved
    private void Repair(Relaxation relaxation)
    {
        relaxation.PriceCapacity(_plans.Neighbourhood.CapacityPrice);
        relaxation.TakenBy.CopyTo(_local.Plan);
        _local.Improve(_plans.Neighbourhood.CapacityPrice);
    }

    // the multipliers alone prove that no plan costs less than the bound rounded up
    private void RaiseRootBound(long scaled)
    {
        var bound = scaled >= Knapsack.Impossible ? _problem.CostlierThanAny + 1 : CeilingDivide(scaled, _model.Scale);
        bound = Math.Min(bound, _problem.CostlierThanAny + 1);
        if (_bound is { } known && bound <= known) return;
        _proof.Clear();
        _proof.WritePass(_u, new long[_u.Length]);
        _proof.WriteClose();
        Keep(bound);
    }

    private void Keep(long bound)
    {
        if (_proof.Overflown) return;
        _bound = bound;
        _provenBy = _proof.ToArray();
        _searchers?.Raise(bound);
        Report();
    }

    private void Report() => _clock.Report(_incumbent.Exists ? _incumbent.Cost : null, _bound);

    // dives while it pays: a few, and on as long as one in eight brings something
    private void Improve()
    {
        for (var without = 0; without < 8 && !Proven && !_clock.Exhausted && _model.Agents > 1; without++)
        {
            var before = _incumbent.Exists ? _incumbent.Cost : long.MaxValue;
            _plans.Dive(_u, BoundSoFar, Count);
            Count();
            if (_incumbent.Exists && _incumbent.Cost < before)
            {
                without = -1;
                Report();
            }
            // the others dive on while this thread turns to the proof
            if (_clock.Workers < 2 || (long)_model.Agents * _model.Jobs < ManyPairs || Proven) continue;
            BeginSearchers();
            return;
        }
    }

    private void BeginSearchers() =>
        _searchers = new(_model, _clock, _incumbent, _plans.Neighbourhood, _u, BoundSoFar, _seed, _clock.Workers - 1);

    private void TryPlans()
    {
        var before = _incumbent.Exists ? _incumbent.Cost : long.MaxValue;
        if ((_tries++ & 1) == 0) _plans.Polish(_u, Count);
        else _plans.Dive(_u, BoundSoFar, Count);
        Count();
        if (!_incumbent.Exists || _incumbent.Cost >= before) { _triesWithout++; return; }
        _triesWithout = 0;
        Report();
    }

    // small steps above the bound first: their trees are small and each is a better bound
    private long NextThreshold(int round)
    {
        var bound = BoundSoFar;
        if (!_incumbent.Exists) return _problem.CostlierThanAny;
        var open = _incumbent.Cost - 1 - bound;
        return bound + (round >= 3 && open > 16 ? open : (open * (1L << Math.Min(round, 2))) >> 3);
    }

    private bool Decide(long threshold)
    {
        _proof.Clear();
        var next = _tree.Evaluations + EvaluationsAlone;
        var finished = _tree.Run(_u, threshold, _proof, long.MaxValue / 2, () =>
        {
            var go = Count();
            if (!go || _model.Agents < 2) return go;
            if (_searchers is null && _clock.Workers > 1 && _tree.Evaluations >= next)
                BeginSearchers();
            if (_searchers is { } others)
            {
                if (others.Version == _versionSeen) return go;
                _versionSeen = others.Version;
                others.Exchange(_incumbent);
                Report();
            }
            else if (_tree.Evaluations >= next)
            {
                // alone, the same effort goes into better plans, less while that brings nothing
                var before = _plans.Evaluations;
                TryPlans();
                next = _tree.Evaluations + Math.Max(EvaluationsAlone, (_plans.Evaluations - before) * Math.Clamp(_triesWithout / 4, 1, 100));
                go = !_clock.Exhausted;
            }
            if (_incumbent.Exists) _tree.LowerThreshold(_incumbent.Cost - 1);
            return go;
        });
        Count();
        if (!finished) return false;
        var bound = _tree.Threshold + 1;
        if (_bound is null || bound > _bound) Keep(bound);
        return !_proof.Overflown;
    }

    private bool Count()
    {
        var all = _tree.Evaluations + _plans.Evaluations;
        var go = _clock.Step(all - _counted);
        _counted = all;
        return go;
    }

    private PlanResult Result()
    {
        var infeasible = !_incumbent.Exists && Proven;
        var status = infeasible ? PlanStatus.Infeasible
            : !_incumbent.Exists ? PlanStatus.Unknown
            : Proven ? PlanStatus.Optimal : PlanStatus.Feasible;
        var objective = _incumbent.Exists ? _incumbent.Cost : (long?)null;
        // a plan of the cost of the bound proves the rest
        var bound = infeasible ? null : objective is { } cost && _bound is { } b ? Math.Min(b, cost) : _bound;
        return new()
        {
            Instance = _problem.Instance,
            Objective = objective,
            Bound = bound,
            Status = status,
            Seconds = _clock.Elapsed.TotalSeconds,
            Solution = objective is null ? null : new GeneralisedAssignmentPlan([.. _incumbent.AgentOf]),
            Certificate = new GapCertificate
            {
                Instance = _problem.Instance,
                Objective = objective,
                Bound = bound,
                Status = status,
                AgentOf = objective is null ? null : [.. _incumbent.AgentOf],
                Proof = new AssignmentProof((_bound ?? 0) - 1, _model.Scale, _model.Unit, _bound is null ? [] : _provenBy),
                Multipliers = [.. _u.Select(u => (double)u / _model.Scale)],
            },
        };
    }

    private static long CeilingDivide(long a, long b) => (a / b) + (a % b > 0 ? 1 : 0);
}

/// <summary>The plan: agent of each job, counted from 0.</summary>
/// <param name="AgentOf">agent of each job</param>
public sealed record GeneralisedAssignmentPlan(IReadOnlyList<int> AgentOf);

/// <summary>What is known from a similar problem solved before.</summary>
/// <param name="AgentOf">agent of each job, −1 where unknown</param>
/// <param name="Multipliers">multiplier of each job, in cost units</param>
public sealed record GeneralisedAssignmentStart(int[]? AgentOf, double[]? Multipliers);
