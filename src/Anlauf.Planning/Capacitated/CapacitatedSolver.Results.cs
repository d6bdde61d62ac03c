using Anlauf.Planning.Certificates;
using Anlauf.Planning.Location;

namespace Anlauf.Planning.Capacitated;

/// <summary>What the search says at its end.</summary>
public sealed partial class CapacitatedSolver
{
    private PlanResult Infeasible(string proof) => new()
    {
        Instance = _problem.Instance,
        Status = PlanStatus.Infeasible,
        Seconds = _clock.Elapsed.TotalSeconds,
        Certificate = new CapacitatedCertificate { Instance = _problem.Instance, Status = PlanStatus.Infeasible, Served = [], Open = [], Scale = _purchase.Scale, Proof = proof },
    };

    private PlanResult Result(ProofStep proof)
    {
        var cost = decimal.Round(_plan!.Cost(), 3);
        var complete = _openBound >= CutOff;
        var objective = _problem.Value(cost);
        var bound = _problem.Value(complete ? cost : SafeBound());
        var served = _plan.Services();
        var status = complete || bound == objective ? PlanStatus.Optimal : PlanStatus.Feasible;
        _clock.Report(objective, bound);
        var seconds = _clock.Elapsed.TotalSeconds;
        return new PlanResult
        {
            Instance = _problem.Instance,
            Objective = objective,
            Bound = bound,
            Status = status,
            Seconds = seconds,
            Solution = Plan(served, objective),
            Certificate = new CapacitatedCertificate
            {
                Instance = _problem.Instance,
                Objective = objective,
                Bound = bound,
                Status = status,
                Open = _planOpen,
                Served = served,
                Scale = _problem.Scale,
                // that no plan costs less than nothing needs no proof
                Proof = _problem.Value(bound) > 0 ? ProofWriter.Write(proof) : "",
            },
        };
    }

    // what is left open lies above this; whole values may be rounded up
    private decimal SafeBound() => _leastBetter > 0.5
        ? Math.Max(0, decimal.Ceiling((decimal)(_openBound - (1 - _leastBetter))))
        : Math.Max(0, decimal.Round((decimal)_openBound - 0.001m, 3));

    private CapacitatedPlan Plan(List<Service> served, decimal objective)
    {
        // being left out is no site
        var last = _problem.Everybody is null ? -1 : _problem.Capacities.Length - 1;
        int[] open = [.. _planOpen.Where(i => i != last)];
        return new(open, last < 0 ? served : served.FindAll(s => s.Site != last))
        {
            Names = _problem.Conditions.IsNamed ? [.. open.Select(i => _problem.Conditions.Sites[i].Name)] : null,
            BudgetCost = _limits.HasBudget ? open.Sum(i => _limits.Cost[i]) : null,
            Covered = last < 0 ? null : (long)objective,
        };
    }
}
