using System.Runtime.CompilerServices;

namespace Anlauf.Planning.Location;

/// <summary>
/// The linear relaxation of a core in its covering form: how far each site is open is the only variable. A client with
/// site costs c1 ≤ c2 ≤ … ≤ ceiling costs c1 + Σ_k (c_{k+1} − c_k) · max(0, 1 − Σ of its k nearest sites), so every step of
/// cost is a soft row "Σ ≥ 1" whose dual value is at most the height of the step. Needs of groups and the budget are hard rows.
/// Source: Cornuéjols, Nemhauser and Wolsey 1980; García, Labbé and Marín 2011 (radius form of the p-median).
/// </summary>
internal sealed partial class CoverProgram
{
    private const double LargestHeight = 1000, LargestSum = 1L << 60;
    private LocationCore _core;
    private readonly int[] _clientOfRow, _rowOfPair, _shown, _groups;
    private readonly int _generalFrom, _generalEnd;
    private readonly List<(int Row, int From, int To)> _pieces = [];
    private int _filled;
    private readonly double _tiny;

    /// <summary>Builds the rows.</summary>
    /// <param name="core">the core</param>
    /// <param name="costUnit">unit of the budget row, the same for programs that share a basis; none for one that fits</param>
    /// <param name="countsSites">whether the number of open sites gets two rows of its own, so that it may be limited</param>
    /// <param name="near">multipliers near which the optimum lies: steps far above them are shown when they are asked for</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public CoverProgram(LocationCore core, double? costUnit, bool countsSites = false, long[]? near = null)
    {
        _core = core;
        Sites = core.Sites;
        var groups = _groups = Enumerable.Range(0, core.GroupNeed.Length).Where(g => core.GroupNeed[g] > 0).ToArray();
        Capacity = Steps() + groups.Length + (countsSites ? 3 : 1);
        _clientOfRow = new int[Capacity];
        _rowOfPair = new int[core.Pairs];
        RowStart = new int[Capacity];
        RowEnd = new int[Capacity];
        Right = new double[Capacity];
        Top = new double[Capacity];
        _shown = core.Start[..core.Clients];
        RowSite = new int[core.Pairs + core.Sites * (countsSites ? 4 : 2)];
        RowValue = new double[RowSite.Length];
        core.PairSite.AsSpan(0, core.Pairs).CopyTo(RowSite);
        RowValue.AsSpan(0, core.Pairs).Fill(1);
        _filled = core.Pairs;
        Unit = HighestStep() / LargestHeight;
        for (var j = 0; j < core.Clients; j++) Show(j, near is null ? core.Start[j + 1] : LastNear(j, near[j]));
        var steps = _generalFrom = Rows;
        Rows += groups.Length + (countsSites ? 3 : 1);
        _generalEnd = Rows;
        _clientOfRow.AsSpan(steps, Rows - steps).Fill(-1);
        BudgetRow = Rows - 1;
        (FewestRow, MostRow) = countsSites ? (Rows - 3, Rows - 2) : (-1, -1);
        CostUnit = costUnit ?? Math.Max(1e-9, core.SiteCost.Average());
        for (var g = 0; g < groups.Length; g++)
        {
            var (from, to) = (core.GroupStart[groups[g]], core.GroupStart[groups[g] + 1]);
            Add(steps + g, core.GroupNeed[groups[g]], Enumerable.Range(from, to - from).Select(i => (i, 1.0)));
            Top[steps + g] = double.PositiveInfinity;
        }
        if (countsSites)
        {
            Add(FewestRow, 0, Enumerable.Range(0, core.Sites).Select(i => (i, 1.0)));
            Add(MostRow, 0, Enumerable.Range(0, core.Sites).Select(i => (i, -1.0)));
            Top[FewestRow] = Top[MostRow] = double.PositiveInfinity;
            LimitSites();
        }
        Add(BudgetRow, -core.Budget / CostUnit, Enumerable.Range(0, core.Sites).Where(i => core.SiteCost[i] > 0).Select(i => (i, -core.SiteCost[i] / CostUnit)));
        Top[BudgetRow] = double.PositiveInfinity;
        (SiteStart, SiteRow, SiteValue) = Transpose();
        NoteOnes();
        var open = Math.Clamp(core.Budget / Math.Max(1e-9, core.SiteCost.Average()), 1, core.Sites);
        _tiny = Math.Min(core.CostsDiffer ? 1e-5 : 1e-6, 0.05 * core.Scale / (Unit * open));
        TinyPrice = core.CostsDiffer ? _tiny / CostUnit : 0;
        for (var j = 0; j < core.Clients; j++) Constant += core.PairCost[core.Start[j]];
    }

    /// <summary>The same program for the core of another thread; only without steps, where rows stay as they are.</summary>
    public CoverProgram For(LocationCore own)
    {
        var program = (CoverProgram)MemberwiseClone();
        (program._core, program.Right, program.Top) = (own, (double[])Right.Clone(), (double[])Top.Clone());
        for (var j = 0; j < own.Clients; j++) program.SetDue(j, own.IsDue[j]);
        return program;
    }

    /// <summary>Entries of the covering rows of a core; what a program costs to solve grows with it.</summary>
    public static long Entries(LocationCore core)
    {
        long entries = 0;
        for (var j = 0; j < core.Clients; j++)
        {
            long length = core.Start[j + 1] - core.Start[j];
            entries += core.PairCost[core.Start[j + 1] - 1] == core.PairCost[core.Start[j]] ? length : length * (length + 1) / 2;
        }
        return entries;
    }

    /// <summary>Number of variables and rows.</summary>
    public int Sites { get; }

    /// <inheritdoc cref="Sites"/>
    public int Rows { get; private set; }

    /// <summary>Most rows there can be once all are shown.</summary>
    public int Capacity { get; }

    /// <summary>The last row: −cost · y ≥ −budget.</summary>
    public int BudgetRow { get; }

    /// <summary>Two rows before the budget's, Σ y ≥ fewest and −Σ y ≥ −most; −1 where the number of open sites is not counted.</summary>
    public int FewestRow { get; }

    /// <inheritdoc cref="FewestRow"/>
    public int MostRow { get; }

    /// <summary>Takes over the limits of the core for the number of open sites.</summary>
    public void LimitSites()
    {
        Right[FewestRow] = Math.Max(0, _core.FewestOpen - _core.Opened);
        Right[MostRow] = -Math.Min(Sites, _core.MostOpen == LocationCore.NoMost ? Sites : _core.MostOpen - _core.Opened);
    }

    /// <summary>Whole price of an open site from the duals of the two rows; below 0 a reward.</summary>
    public long PerSite(double[] duals)
    {
        if (FewestRow < 0) return 0;
        // sums of prices must stay exact, and where there is no limit there is no price
        var most = _core.MostOpen == LocationCore.NoMost ? 0 : LargestSum / (Sites + 1.0);
        return (long)Math.Clamp(Math.Round((duals[MostRow] - duals[FewestRow]) * Unit), -LargestSum / (Sites + 1.0), most);
    }

    /// <summary>Makes the row of a client hard, or soft again.</summary>
    public void SetDue(int client, bool isDue) => Top[client] = isDue ? double.PositiveInfinity : _core.Ceiling[client] / Unit;

    /// <summary>Unit of the budget row.</summary>
    public double CostUnit { get; }

    /// <summary>Scaled units of the objective in one unit of this program.</summary>
    public double Unit { get; }

    /// <summary>
    /// A cost so small that for all open sites together it stays below a tenth of the step between two values. Where sites
    /// cost unequally it follows their costs: of all relaxed plans of one value the cheapest is found.
    /// </summary>
    public double TinyCost(int site)
    {
        var unclear = (site * 7919L + 13) % 1009 / 1009.0;
        return _tiny * (TinyPrice > 0 ? (1 + 1e-4 * unclear) * _core.SiteCost[site] / CostUnit : 1 + unclear);
    }

    /// <summary>What the tiny costs take for a unit of the budget, in units of this program; 0 where they do not follow the costs.</summary>
    public double TinyPrice { get; }

    /// <summary>Cost of opening a site, in units of this program.</summary>
    public double OpenCost(int site) => _core.OpenCost is { } cost ? cost[site] / Unit : 0;

    /// <summary>Scaled cost that every plan has: each client's nearest site.</summary>
    public long Constant { get; }

    /// <summary>True where clients have several rows: each holds the sites of the one before and more.</summary>
    public bool HasSteps { get; private set; }

    /// <summary>Entries by row: <c>RowStart[r]</c> to <c>RowEnd[r]</c>; the rows of a client share them.</summary>
    public int[] RowStart { get; }

    /// <inheritdoc cref="RowStart"/>
    public int[] RowEnd { get; }

    /// <inheritdoc cref="RowStart"/>
    public int[] RowSite { get; }

    /// <inheritdoc cref="RowStart"/>
    public double[] RowValue { get; }

    /// <summary>Entries by site: <c>SiteStart[i]</c> to <c>SiteStart[i + 1]</c>; with steps only those of groups, number and budget.</summary>
    public int[] SiteStart { get; }

    /// <inheritdoc cref="SiteStart"/>
    public int[] SiteRow { get; }

    /// <inheritdoc cref="SiteStart"/>
    public double[] SiteValue { get; }

    /// <summary>Right-hand side of each row, and the most its dual value may be.</summary>
    public double[] Right { get; private set; }

    /// <inheritdoc cref="Right"/>
    public double[] Top { get; private set; }

    /// <summary>Which soft rows lie wholly below given multipliers: a good place to begin.</summary>
    public void MarkFull(long[] multipliers, bool[] full)
    {
        for (var r = 0; r < Rows; r++)
            if (_clientOfRow[r] >= 0) full[r] = multipliers[_clientOfRow[r]] - _core.PairCost[RowEnd[r] - 1] > 0.5 * Top[r] * Unit;
    }

    /// <summary>
    /// Where the rows of this program are in that of a smaller core of the same problem, −1 for rows that are gone; none
    /// where rows do not correspond (several steps of cost a client).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int[]? RowsIn(CoverProgram smaller)
    {
        if (HasSteps || smaller.HasSteps) return null;
        var clientOf = new Dictionary<int, int>();
        for (var j = 0; j < smaller._core.Clients; j++)
            for (var k = smaller._core.MemberStart[j]; k < smaller._core.MemberStart[j + 1]; k++) clientOf[smaller._core.Members[k]] = j;
        var rows = new int[Rows];
        Array.Fill(rows, -1);
        for (var j = 0; j < _core.Clients; j++) rows[j] = clientOf.GetValueOrDefault(_core.Members[_core.MemberStart[j]], -1);
        var (here, there) = (_core.Clients, smaller._core.Clients);
        for (var g = 0; g < _core.GroupNeed.Length; g++)
        {
            var still = smaller._core.GroupNeed[g] > 0;
            if (_core.GroupNeed[g] > 0) rows[here++] = still ? there : -1;
            if (still) there++;
        }
        if (FewestRow >= 0) (rows[FewestRow], rows[MostRow]) = (smaller.FewestRow, smaller.MostRow);
        rows[BudgetRow] = smaller.BudgetRow;
        return rows;
    }

    /// <summary>
    /// Whole multipliers of the clients and price from dual values of the rows. A client's multiplier is its nearest cost plus
    /// the duals of its steps; that never counts a site for more than the rows do.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public long ToMultipliers(double[] duals, long[] multipliers)
    {
        for (var j = 0; j < _core.Clients; j++) multipliers[j] = 0;
        for (var r = 0; r < Rows; r++)
            if (_clientOfRow[r] >= 0) multipliers[_clientOfRow[r]] += (long)Math.Round(duals[r] * Unit);
        for (var j = 0; j < _core.Clients; j++)
        {
            var least = _core.PairCost[_core.Start[j]];
            multipliers[j] = Math.Clamp(multipliers[j] + least, least, _core.IsDue[j] ? DueClients.Most(_core) : _core.Ceiling[j]);
        }
        return (long)Math.Clamp(Math.Round(duals[BudgetRow] * Unit / CostUnit), 0, LargestSum / Math.Max(1.0, _core.Budget));
    }

    /// <summary>
    /// Multipliers for the question whether the budget pays for all that must be covered at all, from duals that only show
    /// the tiny costs: stretched so far that a unit of the budget reaches the cut-off.
    /// </summary>
    /// <param name="duals">duals of the rows, the budget's 0</param>
    /// <param name="unit">what a unit of the budget shall count, scaled</param>
    /// <param name="multipliers">receives the multipliers</param>
    /// <returns>price of a unit of the budget and of an open site</returns>
    public (long Price, long PerSite) Stretch(double[] duals, long unit, long[] multipliers)
    {
        var factor = unit / TinyPrice;
        var most = DueClients.Most(_core);
        for (var j = 0; j < _core.Clients; j++)
            multipliers[j] = Math.Min((long)Math.Clamp(Math.Round(duals[j] * factor), 0, LargestSum), _core.IsDue[j] ? most : _core.Ceiling[j]);
        var perSite = FewestRow < 0 ? 0 : Math.Round((duals[MostRow] - duals[FewestRow]) * factor);
        var limit = LargestSum / (Sites + 1.0);
        return (unit, (long)Math.Clamp(perSite, -limit, _core.MostOpen == LocationCore.NoMost ? 0 : limit));
    }

    private long NextCost(int client, int pair) => pair + 1 < _core.Start[client + 1] ? _core.PairCost[pair + 1] : _core.Ceiling[client];

    private void Add(int row, double right, IEnumerable<(int Site, double Value)> entries)
    {
        Right[row] = right;
        RowStart[row] = _filled;
        foreach (var (site, value) in entries) (RowSite[_filled], RowValue[_filled++]) = (site, value);
        RowEnd[row] = _filled;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (int[] Start, int[] Row, double[] Value) Transpose()
    {
        var first = HasSteps ? _generalFrom : 0;
        var start = new int[Sites + 1];
        for (var r = first; r < Rows; r++)
            for (var k = RowStart[r]; k < RowEnd[r]; k++) start[RowSite[k] + 1]++;
        for (var i = 0; i < Sites; i++) start[i + 1] += start[i];
        var fill = start[..Sites];
        var (row, value) = (new int[start[^1]], new double[start[^1]]);
        for (var r = first; r < Rows; r++)
            for (var k = RowStart[r]; k < RowEnd[r]; k++)
            {
                var at = fill[RowSite[k]]++;
                (row[at], value[at]) = (r, RowValue[k]);
            }
        return (start, row, value);
    }
}
