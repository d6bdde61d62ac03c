namespace Anlauf.Planning.Assignment.Sponsors;

/// <summary>
/// Whether what is left of a state can still be divided by load: each connected part of the rest needs a whole number of
/// members, and these numbers must add up to the members left. A quick test that never refuses a division that exists.
/// </summary>
internal sealed class Remainders
{
    private readonly SponsorProblem _problem;
    private readonly UInt128[] _neighbours;

    public Remainders(SponsorProblem problem)
    {
        _problem = problem;
        _neighbours = new UInt128[problem.Constituencies];
        foreach (var (a, b) in problem.Neighbours)
        {
            _neighbours[a] |= UInt128.One << b;
            _neighbours[b] |= UInt128.One << a;
        }
        All = problem.Constituencies == 128 ? UInt128.MaxValue : (UInt128.One << problem.Constituencies) - 1;
    }

    /// <summary>Every constituency.</summary>
    public UInt128 All { get; }

    /// <summary>The sets whose rest may be divided among the other members, in their order.</summary>
    public List<ConnectedSet> Useful(List<ConnectedSet> sets) =>
        [.. sets.Where(set => MayBeDivided(All & ~set.Areas, _problem.Members - 1))];

    /// <summary>False when these constituencies cannot be divided among so many members.</summary>
    public bool MayBeDivided(UInt128 open, int members)
    {
        long least = 0, most = 0;
        while (open != 0)
        {
            var (load, areas) = (0L, 0);
            var part = open & (~open + 1);
            for (var edge = part; edge != 0;)
            {
                var v = (int)UInt128.TrailingZeroCount(edge);
                load += _problem.Population[v];
                areas++;
                edge &= edge - 1;
                var reached = _neighbours[v] & open & ~part;
                part |= reached;
                edge |= reached;
            }
            var fewest = Math.Max(1, _problem.MaxLoad <= 0 ? (load > 0 ? long.MaxValue / 256 : 1) : (load + _problem.MaxLoad - 1) / _problem.MaxLoad);
            var greatest = _problem.MinLoad <= 0 ? areas : Math.Min(areas, load / _problem.MinLoad);
            if (fewest > greatest) return false;
            (least, most) = (least + fewest, most + greatest);
            if (least > members) return false;
            open &= ~part;
        }
        return most >= members;
    }
}
