using System.Collections.Concurrent;
using Anlauf.Planning.Assignment.Generalised;

namespace Anlauf.Planning.Assignment.Sponsors;

/// <summary>Plans repaired from relaxed solutions by local search: none knows of another, so they are divided among threads.</summary>
internal sealed class Repairs(GeneralisedAssignmentProblem problem)
{
    private readonly List<(int[] Plan, double[] Prices)> _starts = [];

    /// <summary>Keeps a relaxed solution to repair.</summary>
    /// <param name="plan">agent of each job, −1 for none</param>
    /// <param name="prices">what a unit of each agent's capacity is worth</param>
    public void Add(int[] plan, double[] prices) => _starts.Add((plan, prices));

    /// <summary>Repairs all and offers them in their order.</summary>
    public void Run(int workers, Incumbent incumbent)
    {
        var searches = new ConcurrentBag<LocalSearch>();
        Division.For(workers, _starts.Count, k =>
        {
            if (!searches.TryTake(out var local)) local = new(problem, new(problem));
            _starts[k].Plan.CopyTo(local.Plan);
            local.Improve(_starts[k].Prices);
            local.Plan.CopyTo(_starts[k].Plan);
            searches.Add(local);
        });
        foreach (var (plan, _) in _starts) incumbent.Offer(plan);
    }
}
