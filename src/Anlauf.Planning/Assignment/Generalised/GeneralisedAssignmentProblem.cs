namespace Anlauf.Planning.Assignment.Generalised;

/// <summary>
/// Generalised assignment with load windows: every job goes to exactly one agent, the load of agent i stays
/// within [MinLoad, MaxLoad], the sum of costs is least. The classical problem (Martello and Toth 1990) has MinLoad 0;
/// constituencies (jobs) and their sponsors (agents) have both sides.
/// </summary>
public sealed record GeneralisedAssignmentProblem : PlanProblem
{
    private const long LargestSum = 1L << 44;

    /// <summary>Checks shapes and sizes once, so that every later sum fits 64 bits.</summary>
    /// <param name="instance">name of the problem</param>
    /// <param name="agents">number of agents m</param>
    /// <param name="jobs">number of jobs n</param>
    /// <param name="cost">cost of job j at agent i, at i·n + j</param>
    /// <param name="weight">load job j puts on agent i, at i·n + j, not negative</param>
    /// <param name="minLoad">least load of each agent</param>
    /// <param name="maxLoad">greatest load of each agent</param>
    /// <param name="allowed">pairs that may be used, at i·n + j; none means all</param>
    /// <exception cref="PlanInputException">a shape does not fit or a number is out of range</exception>
    public GeneralisedAssignmentProblem(
        string instance, int agents, int jobs, long[] cost, long[] weight, long[] minLoad, long[] maxLoad, bool[]? allowed = null)
        : base(instance)
    {
        if (agents < 1) throw new PlanInputException($"„{instance}“ hat niemanden, dem etwas zugeteilt werden kann.");
        if (jobs < 1) throw new PlanInputException($"„{instance}“ hat nichts zu verteilen.");
        if (cost.Length != agents * jobs || weight.Length != agents * jobs || minLoad.Length != agents || maxLoad.Length != agents
            || (allowed is not null && allowed.Length != agents * jobs))
            throw new PlanInputException($"„{instance}“: Die Tabellen passen nicht zu {agents} × {jobs}.");
        decimal costs = 0, weights = 0;
        for (var j = 0; j < jobs; j++)
        {
            decimal greatestCost = 0, greatestWeight = 0;
            for (var i = 0; i < agents; i++)
            {
                if (weight[(i * jobs) + j] < 0)
                    throw PlanInputException.At($"weight[{i}][{j}]", $"„{instance}“: Die Last von Aufgabe {j + 1} bei {i + 1} ist negativ. Bitte 0 oder mehr angeben.");
                greatestCost = Math.Max(greatestCost, Math.Abs((decimal)cost[(i * jobs) + j]));
                greatestWeight = Math.Max(greatestWeight, weight[(i * jobs) + j]);
            }
            costs += greatestCost;
            weights += greatestWeight;
        }
        if (costs > LargestSum || weights > LargestSum)
            throw new PlanInputException($"„{instance}“: Die Summe der Kosten oder Lasten ist größer als {LargestSum}. Bitte gröbere Einheiten wählen.");
        (Agents, Jobs, Cost, Weight, MinLoad, MaxLoad, Allowed) = (agents, jobs, cost, weight, [.. minLoad.Select(Within)], [.. maxLoad.Select(Within)], allowed);
    }

    // loads are between 0 and LargestSum, so a limit beyond says the same as one just beyond
    internal static long Within(long load) => Math.Clamp(load, -1, LargestSum + 1);

    /// <summary>Number of agents m.</summary>
    public int Agents { get; }

    /// <summary>Number of jobs n.</summary>
    public int Jobs { get; }

    /// <summary>Cost of job j at agent i, at i·n + j.</summary>
    public long[] Cost { get; }

    /// <summary>Load of job j at agent i, at i·n + j.</summary>
    public long[] Weight { get; }

    /// <summary>Least load of each agent.</summary>
    public long[] MinLoad { get; }

    /// <summary>Greatest load of each agent.</summary>
    public long[] MaxLoad { get; }

    /// <summary>Pairs that may be used, at i·n + j; none means all.</summary>
    public bool[]? Allowed { get; }

    /// <summary>True when job j may go to agent i.</summary>
    public bool Allows(int agent, int job) => Allowed is null || Allowed[(agent * Jobs) + job];

    /// <summary>No plan can cost more than this: the sum over the jobs of their dearest allowed agent.</summary>
    public long CostlierThanAny
    {
        get
        {
            long sum = 0;
            for (var j = 0; j < Jobs; j++)
            {
                var most = long.MinValue;
                for (var i = 0; i < Agents; i++)
                    if (Allows(i, j)) most = Math.Max(most, Cost[(i * Jobs) + j]);
                if (most != long.MinValue) sum += most;
            }
            return sum;
        }
    }
}
