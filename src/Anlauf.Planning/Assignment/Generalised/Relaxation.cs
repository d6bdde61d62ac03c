namespace Anlauf.Planning.Assignment.Generalised;

/// <summary>
/// The Lagrangian relaxation of "each job exactly once": L(u) = Σ u_j + Σ_i (knapsack of agent i with prices
/// c_ij − u_j). For every u it is a bound on the scaled cost of every plan within the candidates.
/// </summary>
internal sealed class Relaxation
{
    private readonly ScaledModel _model;
    private readonly KnapsackCore _knapsack;
    private readonly double[] _reach; // of each agent's core
    private readonly int[] _items; // i·n + k: jobs offered to agent i
    private readonly long[] _prices;
    private readonly int[] _itemCount;
    private readonly double[] _ratio;
    private readonly long[] _ratioWeight;
    private readonly long[] _in, _out; // j·m + i: rise of the bound when i must, must not, take j

    public Relaxation(ScaledModel model)
    {
        _model = model;
        _knapsack = new(model.Jobs, model.Cells, model.Narrow);
        _reach = new double[model.Agents];
        _items = new int[model.Agents * model.Jobs];
        _prices = new long[model.Agents * model.Jobs];
        _itemCount = new int[model.Agents];
        _ratio = new double[model.Jobs];
        _ratioWeight = new long[model.Jobs];
        _in = new long[model.Agents * model.Jobs];
        _out = new long[model.Agents * model.Jobs];
        Taken = new int[model.Jobs];
        TakenBy = new int[model.Jobs];
    }

    /// <summary>How often each free job is taken in the relaxed solution.</summary>
    public int[] Taken { get; }

    /// <summary>An agent that takes the job in the relaxed solution, the cheapest of several.</summary>
    public int[] TakenBy { get; }

    /// <summary>L(u), or <see cref="Knapsack.Impossible"/> when some agent cannot keep its window.</summary>
    /// <param name="u">multiplier of each job, scaled</param>
    /// <param name="candidates">pairs still possible</param>
    /// <param name="marginals">also prepare <see cref="Rise"/></param>
    /// <param name="room">rises beyond this need not be known exactly</param>
    public long Evaluate(long[] u, CandidateSet candidates, bool marginals, long room = Knapsack.Impossible)
    {
        _knapsack.Room = room;
        var (n, m) = (_model.Jobs, _model.Agents);
        long bound = 0;
        Array.Clear(_itemCount);
        for (var j = 0; j < n; j++)
        {
            Taken[j] = 0;
            TakenBy[j] = -1;
            var agents = candidates.Of(j);
            if (agents.Length == 0) return Knapsack.Impossible;
            if (agents.Length == 1)
            {
                bound += _model.Cost[(j * m) + agents[0]];
                (Taken[j], TakenBy[j]) = (1, agents[0]);
                continue;
            }
            bound += u[j];
            foreach (var i in agents)
            {
                var k = (i * n) + _itemCount[i]++;
                _items[k] = j;
                _prices[k] = _model.Cost[(j * m) + i] - u[j];
            }
        }
        for (var i = 0; i < m; i++)
        {
            var value = SolveAgent(i, candidates, marginals);
            if (value == Knapsack.Impossible) return Knapsack.Impossible;
            bound += value;
        }
        return bound;
    }

    private long SolveAgent(int agent, CandidateSet candidates, bool marginals)
    {
        var (n, m) = (_model.Jobs, _model.Agents);
        var (least, most) = _model.Window(agent, candidates.Load[agent], candidates.FixedJobs[agent]);
        var count = _itemCount[agent];
        for (var k = 0; k < count; k++)
        {
            _knapsack.Price[k] = _prices[(agent * n) + k];
            _knapsack.Weight[k] = _model.Weight[(_items[(agent * n) + k] * m) + agent];
        }
        _knapsack.Reach = _reach[agent];
        var value = _knapsack.Solve(count, least, most);
        _reach[agent] = _knapsack.Reach;
        if (value == Knapsack.Impossible) return value;
        if (marginals) _knapsack.Marginals();
        for (var k = 0; k < count; k++)
        {
            var job = _items[(agent * n) + k];
            if (marginals)
            {
                _in[(job * m) + agent] = _knapsack.In[k] - value;
                _out[(job * m) + agent] = _knapsack.Out[k] - value;
            }
            if (!_knapsack.Chosen[k]) continue;
            if (Taken[job]++ == 0 || _model.Cost[(job * m) + agent] < _model.Cost[(job * m) + TakenBy[job]]) TakenBy[job] = agent;
        }
        return value;
    }

    /// <summary>
    /// What a unit of each agent's capacity is worth at the multipliers evaluated last, in cost units: the saving per
    /// weight of the first job that no longer fits when jobs are taken in the order of that ratio (Dantzig 1957).
    /// </summary>
    public void PriceCapacity(Span<double> prices)
    {
        var n = _model.Jobs;
        for (var i = 0; i < _model.Agents; i++)
        {
            var count = 0;
            for (var k = i * n; k < (i * n) + _itemCount[i]; k++)
                if (_prices[k] < 0) (_ratio[count], _ratioWeight[count++]) = (_prices[k] / (double)Math.Max(1, Weight(i, _items[k])), Weight(i, _items[k]));
            _ratio.AsSpan(0, count).Sort(_ratioWeight.AsSpan(0, count));
            var room = _model.Problem.MaxLoad[i];
            var last = 0;
            while (last < count && room >= _ratioWeight[last]) room -= _ratioWeight[last++];
            prices[i] = last == count ? 0 : -_ratio[last] / _model.Scale;
        }
    }

    private long Weight(int agent, int job) => _model.Problem.Weight[(agent * _model.Jobs) + job];

    /// <summary>After an evaluation with marginals: how much L(u) rises when nobody takes the job.</summary>
    public long RiseWithout(int job, CandidateSet candidates)
    {
        long sum = 0;
        foreach (var i in candidates.Of(job)) sum += _out[(job * _model.Agents) + i];
        return sum;
    }

    /// <summary>After an evaluation with marginals: rise of the bound when exactly this agent takes the job.</summary>
    /// <param name="job">the job</param>
    /// <param name="agent">the agent</param>
    /// <param name="riseWithout">result of <see cref="RiseWithout"/> for the job</param>
    public long Rise(int job, int agent, long riseWithout)
    {
        var pair = (job * _model.Agents) + agent;
        return _in[pair] + riseWithout - _out[pair];
    }
}
