namespace Anlauf.Planning.Assignment.Generalised;

/// <summary>
/// One thread's search for plans near the bound: dives from the root's multipliers, and between them parts of the plan
/// solved anew. How far above the bound a dive may end follows the best plan; without one it widens.
/// </summary>
internal sealed class PlanSearch
{
    private const int StepsPerNode = 3, EvaluationsPerRest = 500, EvaluationsPerAgent = 50;
    private readonly ScaledModel _model;
    private readonly TreeSearch _tree;
    private SplitMix _random;
    private double _width = 0.005;
    private int _dives;

    public PlanSearch(ScaledModel model, ulong seed)
    {
        _model = model;
        Incumbent = new(model.Problem);
        _tree = new(model, Incumbent) { NodeSteps = StepsPerNode };
        Neighbourhood = new(model, Incumbent, seed);
        _random = new(seed ^ 0x5851F42D4C957F2D);
    }

    /// <summary>The best plan this search knows.</summary>
    public Incumbent Incumbent { get; }

    /// <summary>The search in parts of the plan.</summary>
    public NeighbourhoodSearch Neighbourhood { get; }

    /// <summary>Evaluations of the bound so far.</summary>
    public long Evaluations => _tree.Evaluations + Neighbourhood.Evaluations;

    /// <summary>One dive.</summary>
    /// <param name="u">the root's multipliers</param>
    /// <param name="bound">no plan costs less</param>
    /// <param name="goOn">false stops</param>
    public void Dive(long[] u, long bound, Func<bool> goOn)
    {
        if (Incumbent.Exists && Incumbent.Cost <= bound) return;
        var most = Incumbent.Exists ? Incumbent.Cost - 1 : _model.Problem.CostlierThanAny;
        var width = Incumbent.Exists ? (long)((most - bound) * (0.3 + (0.7 * _random.Unit()))) : (long)(8 + (_width * Math.Abs((double)bound)));
        var share = 0.2 + (0.2 * _random.Unit());
        _tree.Dive(u, Math.Min(most, bound + width), share, EvaluationsPerRest + (EvaluationsPerAgent * _model.Agents), ref _random, goOn);
        if (++_dives % 2 == 0 && !Incumbent.Exists) _width = Math.Min(10, _width * 2);
    }

    /// <summary>Some tries in parts of the plan, about as long as a dive.</summary>
    /// <param name="u">the root's multipliers</param>
    /// <param name="goOn">false stops</param>
    public void Polish(long[] u, Func<bool> goOn)
    {
        var end = Neighbourhood.Evaluations + 1500;
        while (Incumbent.Exists && _model.Agents > 1 && Neighbourhood.Evaluations < end && goOn()) Neighbourhood.Try(u, goOn);
    }
}
