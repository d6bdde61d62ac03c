using Anlauf.Planning.Certificates;

namespace Anlauf.Planning.Assignment.Generalised;

/// <summary>
/// Solves generalised assignment with load windows: dual ascent at the root, local search and neighbourhood search for
/// plans, then a series of decisions "is there a plan of cost at most T?" with growing T, each finished one a proof
/// (Posta, Ferland and Michelon 2012). One iteration is one evaluation of the Lagrangian bound.
/// </summary>
public sealed class GeneralisedAssignmentSolver
{
    private const int MostProofBytes = 192 << 20, ManyJobs = 800;
    private readonly GeneralisedAssignmentProblem _problem;
    private readonly ScaledModel _model;
    private readonly Incumbent _incumbent;
    private readonly TreeSearch _tree;
    private readonly LocalSearch _local;
    private readonly NeighbourhoodSearch _neighbourhood;
    private readonly ProofWriter _proof = new(MostProofBytes);
    private readonly SearchClock _clock;
    private readonly long[] _u;
    private long _counted, _treeEvaluations, _triesWithout;
    private long? _bound; // no plan costs less; the bytes prove it
    private byte[] _provenBy = [];

    private GeneralisedAssignmentSolver(GeneralisedAssignmentProblem problem, SearchLimits limits, GeneralisedAssignmentStart? start)
    {
        _problem = problem;
        _clock = limits.Start();
        _model = new(problem);
        _incumbent = new(problem);
        _tree = new(_model, _incumbent);
        _local = new(problem, _incumbent) { GoOn = () => !_clock.Exhausted };
        _neighbourhood = new(_model, _incumbent, limits.Seed);
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
        for (var j = 0; j < _u.Length; j++) _u[j] = SecondLeastCost(j);
    }

    private long SecondLeastCost(int job)
    {
        long least = long.MaxValue, second = long.MaxValue;
        for (var i = 0; i < _model.Agents; i++)
        {
            var cost = _model.Cost[(job * _model.Agents) + i];
            if (cost < least) (least, second) = (cost, least);
            else if (cost < second) second = cost;
        }
        return second == long.MaxValue ? least : second;
    }

    private PlanResult Search()
    {
        Root();
        if (!Proven) Improve();
        for (var round = 0; !Proven && !_clock.Exhausted; round++)
            if (!Decide(NextThreshold(round))) break;
        return Result();
    }

    private bool Proven => _bound is { } bound && (_incumbent.Exists ? bound >= _incumbent.Cost : bound > _problem.CostlierThanAny);

    private void Root()
    {
        if (!_incumbent.Exists)
        {
            _local.Plan.Fill(-1);
            _local.Improve();
        }
        var calls = 0;
        // a repair looks at all pairs of jobs: in large problems it waits until the multipliers are worth it
        var firstRepair = _model.Jobs > ManyJobs ? 64 : 1;
        _tree.Relaxed = relaxation =>
        {
            calls++;
            if (calls < firstRepair || ((calls & (calls - 1)) != 0 && calls % 128 != 0)) return;
            Repair(relaxation);
        };
        _tree.RootGoOn = Count;
        var worst = _problem.CostlierThanAny;
        for (var climb = 0; climb < 3; climb++)
        {
            var target = _incumbent.Exists ? _incumbent.Cost : worst;
            var threshold = _incumbent.Exists ? _incumbent.Cost - 1 : worst;
            var steps = (int)Math.Clamp(40_000_000L / (_model.Agents * (long)_model.Jobs), 200, 1200);
            var bound = _tree.ClimbRoot(_u, target, threshold, _clock.Exhausted ? 1 : steps, 10);
            RaiseRootBound(bound);
            if (!Proven && _tree.Relax(_u) is { } relaxed) Repair(relaxed);
            if (Proven || _clock.Exhausted || _incumbent.Exists) break;
        }
    }

    // the relaxed solution is nearly a plan: jobs nobody took are placed, those of overfull agents moved
    private void Repair(Relaxation relaxation)
    {
        relaxation.PriceCapacity(_neighbourhood.CapacityPrice);
        relaxation.TakenBy.CopyTo(_local.Plan);
        _local.Improve(_neighbourhood.CapacityPrice);
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
        Report();
    }

    private void Report() => _clock.Report(_incumbent.Exists ? _incumbent.Cost : null, _bound);

    // while it pays: at least a few tries, and on as long as one in a hundred brings something
    private void Improve()
    {
        _triesWithout = 0;
        while (_triesWithout < 40 && !Proven && !_clock.Exhausted && _incumbent.Exists && _model.Agents > 1) TryNeighbourhood();
    }

    private void TryNeighbourhood()
    {
        var before = _incumbent.Cost;
        if (_neighbourhood.Try(_u, () => Count())) Report();
        Count();
        _triesWithout = _incumbent.Cost < before ? 0 : _triesWithout + 1;
    }

    // small steps above the bound first: their trees are small and each is a better bound
    private long NextThreshold(int round)
    {
        var bound = _bound ?? -_problem.CostlierThanAny;
        if (!_incumbent.Exists) return _problem.CostlierThanAny;
        var open = _incumbent.Cost - 1 - bound;
        return bound + (round >= 3 && open > 16 ? open : (open * (1L << Math.Min(round, 2))) >> 3);
    }

    private bool Decide(long threshold)
    {
        _proof.Clear();
        _treeEvaluations = 0;
        var startedAt = _tree.Evaluations;
        var finished = _tree.Run(_u, threshold, _proof, long.MaxValue / 2, () =>
        {
            var go = Count();
            // every now and then the same effort goes into better plans, less while that brings nothing
            if (go && _incumbent.Exists && _model.Agents > 1 && _tree.Evaluations - startedAt - _treeEvaluations > 100 + Math.Min(100_000, 10 * _triesWithout))
            {
                // parts are far smaller than the whole: as many evaluations as take about as long
                var effort = _neighbourhood.Evaluations + (100 * Math.Clamp(_model.Agents * (long)_model.Jobs / 300, 5, 100));
                for (; _neighbourhood.Evaluations < effort && go; go = !_clock.Exhausted) TryNeighbourhood();
                _treeEvaluations = _tree.Evaluations - startedAt;
                _tree.LowerThreshold(_incumbent.Cost - 1);
            }
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
        var all = _tree.Evaluations + _neighbourhood.Evaluations;
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
