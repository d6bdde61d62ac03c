using System.Runtime.CompilerServices;

namespace Anlauf.Planning.Assignment.Sponsors;

/// <summary>
/// The bound of a node: multipliers from a linear programme over some of the live columns, which grows by columns the
/// multipliers underrate and by subset rows its solution breaks; in whole numbers over all live columns.
/// </summary>
internal sealed partial class ColumnTree
{
    private const int MostSubsets = 120, CutsAtOnce = 25, MostAdded = 40, MostPivots = 500, MostRounds = 20;
    private const double NearEnough = 50;
    private readonly MasterProgram _master = new(problem.Members, problem.Constituencies, MostSubsets);
    private readonly int[] _within = new int[columns.Count]; // the node that counted the column among its live ones last
    private readonly bool[] _held = new bool[columns.Count]; // part of the programme
    private readonly double[] _shares = new double[problem.Constituencies * problem.Members];
    private readonly int[] _whole = new int[problem.Members];
    private readonly List<(double Reduced, int Column)>[] _new = [.. Enumerable.Range(0, problem.Members).Select(_ => new List<(double, int)>())];
    private double _radius;
    private int _node;
    private bool _current; // prices are those of the level's multipliers

    /// <summary>What the first programme begins with, where all of it is listed.</summary>
    public IReadOnlyList<MasterProgram.Basic> Basis { get; init; } = [];

    // the columns nearest to their member's least price make the first programme
    private bool BeginMaster(Level level)
    {
        var bound = _prices.Evaluate(level.U, level.Live, level.MemberStart);
        if (bound > Limit) return false;
        var live = level.MemberStart[^1];
        var excesses = new long[live];
        for (var m = 0; m < problem.Members; m++)
            for (var k = level.MemberStart[m]; k < level.MemberStart[m + 1]; k++) excesses[k] = _prices.Prices[k] - _prices.Least[m];
        var dearest = Ranks.At(excesses.ToArray(), Math.Min(FirstColumns, live) - 1);
        for (var m = 0; m < problem.Members; m++)
            for (var k = level.MemberStart[m]; k < level.MemberStart[m + 1]; k++)
                if (excesses[k] == 0 || excesses[k] < dearest || (excesses[k] == dearest && _master.Columns < FirstColumns)) Hold(level.Live[k], m);
        var basis = FindBasis();
        for (var k = 0; k < _master.Columns; k++) _master.Bar(k, false);
        _radius = Math.Max(1, (Limit - bound) / (double)columns.Scale);
        _master.Begin([.. level.U.Select(u => (double)u / columns.Scale)], _radius, basis);
        return true;
    }

    // the columns of the basis in the programme, none where one is not listed
    private int[] FindBasis()
    {
        var places = new Dictionary<(int, UInt128), int>();
        for (var k = 0; k < _master.Columns; k++) places[(_master.MemberOf(k), columns.Sets[_master.Number(k)])] = k;
        var basis = new int[Basis.Count];
        for (var i = 0; i < basis.Length; i++)
        {
            var (unit, member, set) = Basis[i];
            if (unit < 0 || places.TryGetValue((member, set), out unit))
            {
                basis[i] = unit;
                continue;
            }
            var start = columns.MemberStart[member];
            var at = columns.Sets[start..columns.MemberStart[member + 1]].IndexOf(set);
            if (at < 0) return [];
            basis[i] = _master.Columns;
            Hold(start + at, member);
        }
        return basis;
    }

    // column k of the program is one of the node looked at
    private bool IsLive(int k) => _within[_master.Number(k)] == _node;

    private void Hold(int column, int member)
    {
        _held[column] = true;
        _master.Add(column, member, columns.Sets[column], (double)columns.Cost[column] / columns.Scale);
    }

    // column generation over the live columns; the best multipliers met stay in the level
    private long Climb(Level level, int known, long best)
    {
        _node++;
        for (var k = 0; k < level.MemberStart[^1]; k++) _within[level.Live[k]] = _node;
        for (var k = 0; k < _master.Columns; k++) _master.Bar(k, k >= known || !IsLive(k));
        var feasible = _master.Restore((Limit / (double)columns.Scale) + 1, MostPivots);
        var u = new long[level.U.Length];
        for (var round = 0; ; round++)
        {
            if (round > 0 && !feasible) feasible = _master.Restore(double.MaxValue, 4 * MostPivots);
            if (round > 0 && (!feasible || _master.Singular)) Restart(level);
            else if (feasible)
            {
                for (; known < _master.Columns; known++) _master.Bar(known, !IsLive(known));
                _master.Solve(MostPivots);
            }
            var y = _master.Multipliers;
            for (var v = 0; v < u.Length; v++) u[v] = Scaled(y[v]);
            var subsets = new List<(SubsetRow, long)>();
            for (var s = 0; s < _master.Subsets.Count; s++)
                if (Scaled(-y[u.Length + problem.Members + s]) is > 0 and var price) subsets.Add((_master.Subsets[s], price));
            if (_master.IsPlan(_whole)) Take(_whole);
            var bound = _prices.Evaluate(u, level.Live, level.MemberStart, subsets);
            _current = bound > best;
            if (_current)
            {
                best = bound;
                u.CopyTo(level.U, 0);
                level.Subsets = subsets;
            }
            if (best > Limit || round == MostRounds) return best;
            var value = _master.Value * columns.Scale;
            if (value - best <= Math.Max(columns.Scale, (Limit - best) / NearEnough)) return best;
            if (AddCheap(level) == 0) return best;
        }
    }

    // the simplex method lost its way: from the multipliers of the level with nothing else
    private void Restart(Level level)
    {
        for (var k = 0; k < _master.Columns; k++) _master.Bar(k, !IsLive(k));
        _master.Begin([.. level.U.Select(v => (double)v / columns.Scale)], _radius);
        _master.Solve(4 * MostPivots);
        _master.Restore(double.MaxValue, MostPivots);
    }

    // live columns that would lower the value of the programme
    private int AddCheap(Level level)
    {
        Division.For(level.MemberStart[^1] < ColumnPrices.Many ? 1 : workers, problem.Members, m => FindCheap(level, m));
        var added = 0;
        for (var m = 0; m < problem.Members; m++)
            for (var k = 0; k < _new[m].Count && k < MostAdded; k++, added++) Hold(_new[m][k].Column, m);
        return added;
    }

    // those of a member, the cheapest first
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindCheap(Level level, int member)
    {
        var (found, target) = (_new[member], _master.Multipliers[problem.Constituencies + member] * columns.Scale);
        found.Clear();
        for (var k = level.MemberStart[member]; k < level.MemberStart[member + 1]; k++)
            if (_prices.Prices[k] < target - 1 && !_held[level.Live[k]]) found.Add((_prices.Prices[k] - target, level.Live[k]));
        found.Sort();
    }

    private long Scaled(double multiplier) =>
        double.IsFinite(multiplier) ? (long)Math.Round(Math.Clamp(multiplier * columns.Scale, -(double)(1L << 48), 1L << 48)) : 0;

    // subset rows the solution of the programme breaks
    private bool Cut(bool isRoot)
    {
        var rows = _master.Violated(CutsAtOnce);
        if (rows.Count == 0) return false;
        // deeper down bases above are kept that know all rows
        if (isRoot) _master.DropIdle();
        var room = MostSubsets - _master.Subsets.Count;
        foreach (var row in rows.Take(room)) _master.Add(row, 2 * _radius);
        _master.TakeSubsets();
        return isRoot || room > 0;
    }
}
