using System.Runtime.CompilerServices;
using Anlauf.Planning.Assignment.Generalised;

namespace Anlauf.Planning.Assignment.Sponsors;

/// <summary>
/// Decides whether a plan of cost at most <see cref="Threshold"/> can be put together from listed columns, one per member,
/// each constituency once. Bound per node by a linear programme with subset rows, computed again in whole numbers; columns whose price exceeds the
/// member's least by more than the room above the bound fall away; branches on the member of one constituency. A plan
/// found lowers the threshold below its cost, so a finished search proves that none costs at most the final threshold.
/// </summary>
internal sealed partial class ColumnTree(SponsorProblem problem, ColumnList columns, ProofWriter proof, int workers, Func<bool> goOn)
{
    private const int CutRounds = 12, EnoughRise = 30;
    private readonly ColumnPrices _prices = new(problem, columns, workers);
    private readonly List<Level> _levels = [];
    private readonly bool[] _allowed = new bool[problem.Constituencies * problem.Members]; // v·members + m: the member has a column with the constituency
    private readonly ColumnChoice _choice = new(problem);
    private bool _stopped;

    /// <summary>Plans wanted cost at most this.</summary>
    public long Threshold { get; private set; }

    /// <summary>So many columns left are tried one by one instead of branching on; the first linear programme and the first plans come from about as many.</summary>
    public int Exhaustible { get; init; } = LoadSearch.Exhaustible;

    private int FirstColumns => Exhaustible * 3 / 5;

    /// <summary>Member of each constituency in the best plan found, or none.</summary>
    public int[]? Best { get; private set; }

    private long Limit => Threshold * columns.Scale;

    // what belongs to one depth of the search
    private sealed class Level(int members, int constituencies)
    {
        public int[] Live = [];
        public readonly int[] MemberStart = new int[members + 1];
        public readonly long[] U = new long[constituencies], Written = new long[constituencies];
        public readonly List<(long Rise, int Member)> Children = [];
        public List<(SubsetRow Row, long Price)> Subsets = [];
        public readonly MasterProgram.State State = new();
    }

    /// <summary>Searches all columns; true when finished.</summary>
    /// <param name="u">multipliers the columns were listed with</param>
    /// <param name="threshold">plans wanted cost at most this</param>
    public bool Run(long[] u, long threshold)
    {
        var root = Root(u, threshold);
        Array.Clear(root.Written);
        proof.WritePass(u, root.Written);
        Explore(0);
        return !_stopped;
    }

    private Level Root(long[] u, long threshold)
    {
        Threshold = threshold;
        var root = LevelAt(0, columns.Count);
        for (var c = 0; c < columns.Count; c++) root.Live[c] = c;
        for (var m = 0; m <= problem.Members; m++) root.MemberStart[m] = columns.MemberStart[m];
        u.CopyTo(root.U, 0);
        return root;
    }

    private void Explore(int depth)
    {
        var level = LevelAt(depth);
        if (depth == 0 && !BeginMaster(level))
        {
            proof.WriteClose(); // a member without any column, or all of them too dear
            return;
        }
        if (depth > 0) _master.Load(LevelAt(depth - 1).State);
        var known = depth == 0 ? _master.Columns : LevelAt(depth - 1).State.Columns;
        var (before, stale) = (long.MinValue / 2, 0);
        for (var round = 0; ; round++)
        {
            var bound = Climb(level, known, before);
            known = _master.Columns;
            if (level.Subsets.Count > 0) proof.WritePass(level.U, level.Written, level.Subsets);
            else proof.WritePass(level.U, level.Written);
            if (bound > Limit) { proof.WriteClose(); return; }
            if (!goOn()) { _stopped = true; return; }
            // the last proposal is mostly the best, and still evaluated
            if (!_current) bound = _prices.Evaluate(level.U, level.Live, level.MemberStart, level.Subsets);
            var left = DropDear(level, bound);
            if (left <= Exhaustible && Exhaust(level, bound, depth == 0 ? 400 : 100))
            {
                proof.WriteExhaust();
                return;
            }
            stale = bound - before > (Limit - bound) / EnoughRise ? 0 : stale + 1;
            before = bound;
            if (round < (depth == 0 ? CutRounds : 1) && stale < 2 && Cut(depth == 0)) continue;
            Branch(depth, bound);
            return;
        }
    }

    // tries everything that is left, if that is not too much
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Exhaust(Level level, long bound, int nodes)
    {
        var (count, all) = (0, level.MemberStart[^1]);
        var open = _choice.Columns(all);
        for (var m = 0; m < problem.Members; m++)
            for (var k = level.MemberStart[m]; k < level.MemberStart[m + 1]; k++)
                open[count++] = new(_prices.Prices[k] - _prices.Least[m], columns.Sets[level.Live[k]], m, level.Live[k], columns.Cost[level.Live[k]]);
        var finished = _choice.Run(count, bound, Limit, nodes);
        if (_choice.Best is { } best) Take(best);
        return finished;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int DropDear(Level level, long bound)
    {
        var (left, from) = (0, 0);
        for (var m = 0; m < problem.Members; m++)
        {
            var end = level.MemberStart[m + 1];
            for (var k = from; k < end; k++)
                if (bound + _prices.Prices[k] - _prices.Least[m] <= Limit) (level.Live[left], _prices.Prices[left++]) = (level.Live[k], _prices.Prices[k]);
            from = end;
            level.MemberStart[m + 1] = left;
        }
        return left;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Branch(int depth, long bound)
    {
        var level = LevelAt(depth);
        _master.Save(level.State);
        var area = Choose(level, bound);
        proof.WriteBranch(area, level.Children.Count);
        var bit = UInt128.One << area;
        foreach (var (_, member) in level.Children.ToArray())
        {
            proof.WriteChild(member);
            var next = LevelAt(depth + 1, level.MemberStart[^1]);
            var left = 0;
            for (var m = 0; m < problem.Members; m++)
            {
                next.MemberStart[m] = left;
                for (var k = level.MemberStart[m]; k < level.MemberStart[m + 1]; k++)
                    if ((columns.Sets[level.Live[k]] & bit) != 0 == (m == member)) next.Live[left++] = level.Live[k];
            }
            next.MemberStart[^1] = left;
            level.U.CopyTo(next.U, 0);
            level.Written.CopyTo(next.Written, 0);
            next.Subsets = level.Subsets;
            Explore(depth + 1);
            if (_stopped) return;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindAllowed(Level level)
    {
        Array.Clear(_allowed);
        for (var m = 0; m < problem.Members; m++)
        {
            var any = UInt128.Zero;
            for (var k = level.MemberStart[m]; k < level.MemberStart[m + 1]; k++) any |= columns.Sets[level.Live[k]];
            for (; any != 0; any &= any - 1) _allowed[((int)UInt128.TrailingZeroCount(any) * problem.Members) + m] = true;
        }
    }

    private Level LevelAt(int depth, int room = 0)
    {
        if (_levels.Count == depth) _levels.Add(new(problem.Members, problem.Constituencies));
        if (_levels[depth].Live.Length < room) _levels[depth].Live = new int[room];
        return _levels[depth];
    }

    private void Take(ReadOnlySpan<int> chosen)
    {
        long cost = 0;
        foreach (var column in chosen) cost += columns.Cost[column];
        cost /= columns.Scale;
        if (cost > Threshold) return;
        Best = columns.Plan(chosen);
        Threshold = cost - 1;
    }
}
