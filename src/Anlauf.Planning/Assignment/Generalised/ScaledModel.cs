namespace Anlauf.Planning.Assignment.Generalised;

/// <summary>
/// The problem in the whole numbers the bound is computed with. Costs are multiplied by <see cref="Scale"/>, so that
/// multipliers may be fractions of a cost unit. Loads are counted in cells of <see cref="Unit"/> when a capacity is too
/// large for a table: floor(weight ÷ unit) never lets a plan of the problem exceed floor(capacity ÷ unit), and the least
/// load is lowered by what rounding may have taken away. Every plan of the problem is a plan of the model.
/// </summary>
internal sealed class ScaledModel
{
    private const int MostCells = 8192;
    private const int MostWindowCells = 1024; // with a least load every item is in the table
    private const int FinestScale = 1024;

    /// <param name="problem">the problem</param>
    /// <param name="windowCells">most cells of a capacity with a least load: fewer are faster and bound less tightly</param>
    public ScaledModel(GeneralisedAssignmentProblem problem, int windowCells = MostWindowCells)
    {
        Problem = problem;
        (Agents, Jobs) = (problem.Agents, problem.Jobs);
        Unit = new long[Agents];
        Cells = 0;
        for (var i = 0; i < Agents; i++)
        {
            var most = problem.MinLoad[i] > 0 ? windowCells : MostCells;
            Unit[i] = Math.Max(1, -(-problem.MaxLoad[i] / most));
            Cells = Math.Max(Cells, (int)(Math.Max(0, problem.MaxLoad[i]) / Unit[i]));
        }

        // multipliers stay in [least cost − reach, greatest cost + reach] of their job
        long range = 0, sum = 0;
        (UnscaledLow, UnscaledHigh) = (new long[Jobs], new long[Jobs]);
        for (var j = 0; j < Jobs; j++)
        {
            long low = long.MaxValue, high = long.MinValue;
            for (var i = 0; i < Agents; i++)
            {
                low = Math.Min(low, problem.Cost[(i * Jobs) + j]);
                high = Math.Max(high, problem.Cost[(i * Jobs) + j]);
            }
            range = Math.Max(range, high - low);
            (UnscaledLow[j], UnscaledHigh[j]) = (low, high);
        }
        var reach = (2 * range) + 1;
        for (var j = 0; j < Jobs; j++) sum += UnscaledHigh[j] - UnscaledLow[j] + (2 * reach);
        var scale = FinestScale;
        while (scale > 1 && sum * scale >= 1 << 28) scale /= 2;
        Narrow = sum * scale < 1 << 28 && scale * range >= 4096;
        if (!Narrow)
        {
            scale = FinestScale;
            while (scale > 1 && sum * (decimal)scale >= 1L << 50) scale /= 2;
        }
        Scale = scale;
        Low = [.. UnscaledLow.Select(low => (low - reach) * scale)];
        High = [.. UnscaledHigh.Select(high => (high + reach) * scale)];

        Cost = new long[Jobs * Agents];
        Weight = new int[Jobs * Agents];
        for (var j = 0; j < Jobs; j++)
            for (var i = 0; i < Agents; i++)
            {
                Cost[(j * Agents) + i] = problem.Cost[(i * Jobs) + j] * scale;
                Weight[(j * Agents) + i] = (int)Math.Min(int.MaxValue, problem.Weight[(i * Jobs) + j] / Unit[i]);
            }
        Slack = new RoundingSlack[Agents];
        for (var i = 0; i < Agents; i++)
            Slack[i] = new(problem.Weight.AsSpan(i * Jobs, Jobs), problem.MaxLoad[i], problem.MinLoad[i] > 0 ? Unit[i] : 1);
    }

    public GeneralisedAssignmentProblem Problem { get; }

    public int Agents { get; }

    public int Jobs { get; }

    /// <summary>Units of a multiplier in one unit of cost.</summary>
    public long Scale { get; }

    /// <summary>Weight of one cell of each agent's table.</summary>
    public long[] Unit { get; }

    /// <summary>Most cells of any capacity.</summary>
    public int Cells { get; }

    /// <summary>32-bit sums suffice.</summary>
    public bool Narrow { get; }

    /// <summary>Least multiplier of each job.</summary>
    public long[] Low { get; }

    /// <summary>Greatest multiplier of each job.</summary>
    public long[] High { get; }

    /// <summary>Scaled cost at j·m + i.</summary>
    public long[] Cost { get; }

    /// <summary>Weight in cells at j·m + i, rounded down.</summary>
    public int[] Weight { get; }

    private RoundingSlack[] Slack { get; }

    private long[] UnscaledLow { get; }

    private long[] UnscaledHigh { get; }

    /// <summary>Window in cells that is left for the free jobs of an agent.</summary>
    /// <param name="agent">the agent</param>
    /// <param name="load">load already fixed, true weight</param>
    /// <param name="jobs">number of jobs already fixed</param>
    public (int Least, int Most) Window(int agent, long load, int jobs)
    {
        var unit = Unit[agent];
        var most = Problem.MaxLoad[agent] - load;
        if (most < 0) return (0, -1);
        var least = Problem.MinLoad[agent] - load - Slack[agent].Lost(jobs);
        return (least <= 0 ? 0 : (int)Math.Min(int.MaxValue, (least + unit - 1) / unit), (int)(most / unit));
    }
}

/// <summary>How much of a set's true weight rounding down to cells can lose.</summary>
internal sealed class RoundingSlack
{
    private readonly long[] _lost; // _lost[k]: the k greatest remainders together
    private readonly int _mostJobs;

    public RoundingSlack(ReadOnlySpan<long> weights, long capacity, long unit)
    {
        var remainders = weights.ToArray().Select(weight => weight % unit).OrderDescending().ToArray();
        _lost = new long[remainders.Length + 1];
        for (var k = 0; k < remainders.Length; k++) _lost[k + 1] = _lost[k] + remainders[k];
        // no set within the capacity has more members than the lightest jobs taken one after the other
        foreach (var weight in weights.ToArray().Order())
        {
            if (weight > capacity) break;
            capacity -= weight;
            _mostJobs++;
        }
    }

    /// <summary>Most weight that disappears in the jobs an agent can still take beside those it has.</summary>
    public long Lost(int jobsFixed) => _lost[Math.Clamp(_mostJobs - jobsFixed, 0, _lost.Length - 1)];
}
