using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Anlauf.Planning.Location;

/// <summary>
/// The Lagrangian of a core: the rule "every client is served once" is priced with multipliers u, the budget with a price λ.
/// What remains falls apart by site: a site is worth w_i = Σ_j max(0, u_j − c_ij), opens where w_i exceeds λ × cost,
/// and the best ones of a group open in any case until its need is met. Every value of u and λ ≥ 0 gives a lower bound
/// offset + Σ u_j − λ × budget − Σ over open (w_i − λ × cost_i), exact in 64-bit integers.
/// Source: Cornuéjols, Fisher, Nemhauser 1977; budget row as in Christofides and Beasley 1982.
/// </summary>
internal sealed partial class Relaxation
{
    /// <summary>A whole site in <see cref="Share"/>; the site at the edge of the budget opens in part.</summary>
    public const long Whole = 256;

    // cells of a row that are read in the time of one pair of a list
    private const int PairAsCells = 6, CountEvery = 64;
    private readonly LocationCore _core;
    private int _sinceCounted;
    private readonly long[] _worth;
    private readonly long[] _bestLeft;
    private readonly int[] _bestLeftSite;
    private readonly bool[] _open, _openBelow;
    private readonly long[] _net;
    private readonly double[] _costs;
    private readonly long _exactBelow;

    public Relaxation(LocationCore core)
    {
        _core = core;
        _worth = new long[core.Sites];
        _open = new bool[core.Sites];
        _openBelow = new bool[core.Sites];
        _net = new long[core.Sites];
        _costs = [.. core.SiteCost.Select(cost => (double)cost)];
        _exactBelow = PriceKernels.Largest / Math.Max(1, core.SiteCost.DefaultIfEmpty(0).Max());
        (_below, _above, _between) = core.IsLimited ? (new Trial(core.Sites), new Trial(core.Sites), new Trial(core.Sites)) : (s_none, s_none, s_none);
        Share = new long[core.Sites];
        var most = core.GroupNeed.Length == 0 ? 0 : core.GroupNeed.Max();
        _bestLeft = new long[most];
        _bestLeftSite = new int[most];
    }

    /// <summary>True while so many pairs lie below their multipliers that whole rows are read faster than lists.</summary>
    public bool IsDense { get; private set; } = true;

    /// <summary>How many pairs lay below their multipliers when lists were read last.</summary>
    public long PairsRead { get; private set; }

    /// <summary>Price of one budget unit, scaled.</summary>
    public long Price { get; private set; }

    /// <summary>How far each site is open in the relaxed plan, in parts of <see cref="Whole"/>.</summary>
    public long[] Share { get; }

    /// <summary>Worth of each site at the multipliers evaluated last.</summary>
    public ReadOnlySpan<long> Worth => _worth;

    /// <summary>The bound at these multipliers with the best price for them.</summary>
    /// <param name="multipliers">one a client, padded to the stride with 0</param>
    /// <param name="nearPrice">price to start the search at</param>
    public long Evaluate(long[] multipliers, long nearPrice)
    {
        ComputeWorth(multipliers);
        long sum = _core.Offset;
        for (var j = 0; j < _core.Clients; j++) sum += multipliers[j];
        return sum - FindPrices(nearPrice);
    }

    /// <summary>The bound at these multipliers and exactly these prices.</summary>
    public long EvaluateAt(long[] multipliers, long price, long perSite)
    {
        ComputeWorth(multipliers);
        long sum = _core.Offset;
        for (var j = 0; j < _core.Clients; j++) sum += multipliers[j];
        (Price, PerSite) = (price, perSite);
        return sum - Relaxed(price).Value;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ComputeWorth(long[] multipliers)
    {
        var core = _core;
        // where few pairs lie below their multiplier, reading those alone is faster than whole rows
        if (core.Stride > 0 && _sinceCounted++ % CountEvery != 0 && IsDense)
        {
            var rows = core.Rows!;
            var u = multipliers.AsSpan(0, core.Stride);
            for (var i = 0; i < core.Sites; i++)
                _worth[i] = SavingKernels.Worth(u, rows.AsSpan(i * core.Stride, core.Stride));
            return;
        }
        Array.Clear(_worth);
        long read = 0;
        // indices were checked when the core was made
        ref var worth = ref MemoryMarshal.GetArrayDataReference(_worth);
        ref var site = ref MemoryMarshal.GetArrayDataReference(core.PairSite);
        ref var cost = ref MemoryMarshal.GetArrayDataReference(core.PairCost);
        for (var j = 0; j < core.Clients; j++)
        {
            var u = multipliers[j];
            int k = core.Start[j], end = core.Start[j + 1];
            for (; k < end; k++)
            {
                var saving = u - Unsafe.Add(ref cost, k);
                if (saving <= 0) break;
                Unsafe.Add(ref worth, Unsafe.Add(ref site, k)) += saving;
            }
            read += k - core.Start[j];
        }
        PairsRead = read;
        IsDense = core.Stride > 0 && read * PairAsCells > (long)core.Sites * core.Stride;
    }
}
