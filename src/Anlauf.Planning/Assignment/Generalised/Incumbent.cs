namespace Anlauf.Planning.Assignment.Generalised;

/// <summary>The best plan found so far. Only plans that keep every rule get in.</summary>
internal sealed class Incumbent(GeneralisedAssignmentProblem problem)
{
    private readonly long[] _load = new long[problem.Agents];

    /// <summary>True once a plan exists.</summary>
    public bool Exists { get; private set; }

    /// <summary>Cost of the plan.</summary>
    public long Cost { get; private set; }

    /// <summary>Agent of each job.</summary>
    public int[] AgentOf { get; } = new int[problem.Jobs];

    /// <summary>Takes the plan if it keeps every rule and costs less than the one held.</summary>
    public bool Offer(ReadOnlySpan<int> agentOf)
    {
        Array.Clear(_load);
        long cost = 0;
        for (var j = 0; j < agentOf.Length; j++)
        {
            var i = agentOf[j];
            if (i < 0 || !problem.Allows(i, j)) return false;
            cost += problem.Cost[(i * problem.Jobs) + j];
            _load[i] += problem.Weight[(i * problem.Jobs) + j];
        }
        if (Exists && cost >= Cost) return false;
        for (var i = 0; i < _load.Length; i++)
            if (_load[i] > problem.MaxLoad[i] || _load[i] < problem.MinLoad[i]) return false;
        agentOf.CopyTo(AgentOf);
        (Exists, Cost) = (true, cost);
        return true;
    }
}
