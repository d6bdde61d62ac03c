namespace Anlauf.Planning.Certificates;

/// <summary>
/// A part of the free sites of a covering problem at fixed multipliers u and price λ: what its clients cost uncovered, and
/// what its sites cost at the price of the budget less what they are worth to clients of other parts. Sites are numbered
/// within the part, its clients ascend as in the problem.
/// </summary>
/// <param name="weights">the most each client may cost, scaled</param>
/// <param name="multipliers">multiplier each client has outside the part</param>
/// <param name="near">sites that serve each client</param>
/// <param name="openCost">scaled cost of each site</param>
/// <param name="budgetCost">what each site takes of the budget</param>
/// <param name="groups">groups that need some of the sites</param>
internal sealed class PartBound(
    List<long> weights, List<long> multipliers, List<List<int>> near, Int128[] openCost, long[] budgetCost, List<(List<int> Sites, int Least)> groups) : CaseBound
{
    private readonly int[] _groupOf = [.. Enumerable.Range(0, openCost.Length).Select(site => groups.FindIndex(g => g.Sites.Contains(site)))];

    /// <inheritdoc/>
    protected override sbyte[] State { get; } = new sbyte[openCost.Length];

    /// <inheritdoc/>
    public override int Multipliers => weights.Count;

    /// <summary>What the multipliers say about the part by themselves.</summary>
    public Int128 First => Value([.. multipliers], 0, 0);

    /// <summary>Choices found complete: what they take of the budget and the scaled weight they leave uncovered.</summary>
    public List<(Int128 Cost, Int128 Value)> Choices { get; } = [];

    /// <inheritdoc/>
    public override bool IsImpossible() => groups.Exists(g => g.Sites.Count(i => State[i] >= 0) < g.Least);

    /// <inheritdoc/>
    public override Int128 Value(long[] multipliers, long price, long scale) =>
        Choose(multipliers, out var sum) is { } choice ? sum - choice.Taken : Int128.MaxValue;

    /// <inheritdoc/>
    public override string? DecisionFault(long[] multipliers, long price, long scale, Func<int, Int128> target, List<int> opened, List<int> closed) =>
        Choose(multipliers, out var sum) is { } choice ? choice.Fault(sum - choice.Taken, target, opened, closed) : null;

    private readonly Int128[] _whenOpen = NoneYet(openCost.Length), _whenClosed = NoneYet(openCost.Length);
    private Int128 _floor = Int128.MaxValue >> 1;

    /// <summary>
    /// Bound of the part when a site is open, or closed: the least of all ends of the proof. What a decision about another
    /// site left out may have this site in either state.
    /// </summary>
    public Int128 When(int site, bool open) => Int128.Min(_floor, open ? _whenOpen[site] : _whenClosed[site]);

    /// <inheritdoc/>
    public override void NoteAlternatives(long[] multipliers, (List<int> Opened, List<int> Closed)? decided)
    {
        if (Choose(multipliers, out var sum) is not { } choice) return;
        var (open, closed) = decided is null ? (_whenOpen, _whenClosed) : (NoneYet(State.Length), NoneYet(State.Length));
        choice.NoteAlternatives(sum - choice.Taken, State, open, closed);
        if (decided is not { } now) return;
        foreach (var i in now.Opened) _floor = Int128.Min(_floor, closed[i]);
        foreach (var i in now.Closed) _floor = Int128.Min(_floor, open[i]);
    }

    private static Int128[] NoneYet(int sites)
    {
        var values = new Int128[sites];
        Array.Fill(values, Int128.MaxValue >> 1);
        return values;
    }

    /// <inheritdoc/>
    public override bool TakeComplete()
    {
        if (groups.Exists(g => g.Sites.Count(i => State[i] > 0) < g.Least)) return false;
        Int128 cost = 0, value = 0;
        for (var j = 0; j < weights.Count; j++)
        {
            if (near[j].Exists(i => State[i] > 0)) continue;
            if (near[j].Exists(i => State[i] == 0)) return false;
            value += weights[j];
        }
        for (var i = 0; i < State.Length; i++)
            if (State[i] > 0) cost += budgetCost[i];
        Choices.Add((cost, value));
        return true;
    }

    private SiteChoice? Choose(long[] chosen, out Int128 sum)
    {
        sum = 0;
        var net = new Int128[State.Length];
        for (var i = 0; i < net.Length; i++) net[i] = -openCost[i];
        for (var j = 0; j < chosen.Length; j++)
        {
            if (chosen[j] > weights[j]) throw new InvalidDataException();
            sum += chosen[j];
            if (chosen[j] <= 0) continue;
            foreach (var i in near[j]) net[i] += chosen[j];
        }
        return SiteChoice.Make(net, State, groups, site => _groupOf[site]);
    }
}
