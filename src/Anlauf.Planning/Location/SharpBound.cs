namespace Anlauf.Planning.Location;

/// <summary>What solving the parts of a core brought.</summary>
internal sealed class SharpBound
{
    private readonly LocationCore _core;

    public SharpBound(LocationCore core, long[] multipliers, long price)
    {
        (_core, Price) = (core, price);
        (Own, Open) = (new long[core.Sites], new double[core.Sites]);
        (WhenOpen, WhenClosed) = (new long[core.Sites], new long[core.Sites]);
        Bound = new SiteBounds(core).Evaluate(multipliers, price);
    }

    /// <summary>Price of a unit of the budget.</summary>
    public long Price { get; }

    /// <summary>Scaled bound of the whole.</summary>
    public long Bound { get; private set; }

    /// <summary>What the best choices of all parts together take of the budget.</summary>
    public long Used { get; private set; }

    /// <summary>For each site the gain of its own part.</summary>
    public long[] Own { get; }

    /// <summary>What an open site, or a closed one, adds to the bound of the whole because its part cannot be as good then.</summary>
    public long[] WhenOpen { get; }

    /// <inheritdoc cref="WhenOpen"/>
    public long[] WhenClosed { get; }

    /// <summary>1 for sites open in the best choices of all parts together.</summary>
    public double[] Open { get; }

    /// <summary>The parts for the proof.</summary>
    public List<ProofPart> Parts { get; } = [];

    /// <summary>Adds one part.</summary>
    public void Add(CorePart part, PartTree tree, ProofStep proof)
    {
        var gain = tree.Bound - tree.FirstBound;
        Bound += gain;
        for (var i = 0; i < part.Sites.Length; i++)
        {
            Own[part.Sites[i]] = gain;
            // where a part brought nothing no proof is written
            if (gain > 0) (WhenOpen[part.Sites[i]], WhenClosed[part.Sites[i]]) = (tree.WhenOpen[i] - tree.Bound, tree.WhenClosed[i] - tree.Bound);
            if (!tree.Open[i]) continue;
            Open[part.Sites[i]] = 1;
            Used += _core.SiteCost[part.Sites[i]];
        }
        Parts.Add(new ProofPart([.. part.Sites.Select(i => _core.SiteIds[i])], gain, proof));
    }
}
