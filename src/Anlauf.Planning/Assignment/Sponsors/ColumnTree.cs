using System.Runtime.CompilerServices;
using Anlauf.Planning.Assignment.Generalised;

namespace Anlauf.Planning.Assignment.Sponsors;

/// <summary>
/// Decides whether a plan of cost at most <see cref="Threshold"/> can be put together from listed columns, one per member,
/// each constituency once. Lagrangian bound per node raised by a few subgradient steps; columns whose price exceeds the
/// member's least by more than the room above the bound fall away; branches on the member of one constituency. A plan
/// found lowers the threshold below its cost, so a finished search proves that none costs at most the final threshold.
/// </summary>
internal sealed class ColumnTree
{
    private const int ExhaustAtRoot = 30_000, ExhaustBelow = 3_000, Dive = 2_500;
    private readonly SponsorProblem _problem;
    private readonly ColumnList _columns;
    private readonly ColumnAscent _ascent;
    private readonly ProofWriter _proof;
    private readonly Func<bool> _goOn;
    private readonly List<Level> _levels = [];
    private readonly long[] _in, _out; // v·members + m: least excess of the member's columns with, without the constituency
    private readonly ColumnChoice _choice;
    private bool _stopped;

    public ColumnTree(SponsorProblem problem, ColumnList columns, ProofWriter proof, Func<bool> goOn)
    {
        (_problem, _columns, _proof, _goOn) = (problem, columns, proof, goOn);
        _ascent = new(problem, columns) { Found = Take };
        _choice = new(problem);
        _in = new long[problem.Constituencies * problem.Members];
        _out = new long[problem.Constituencies * problem.Members];
    }

    /// <summary>Plans wanted cost at most this.</summary>
    public long Threshold { get; private set; }

    /// <summary>Member of each constituency in the best plan found, or none.</summary>
    public int[]? Best { get; private set; }

    private long Limit => Threshold * _columns.Scale;

    // what belongs to one depth of the search
    private sealed class Level(int members, int constituencies)
    {
        public int[] Live = [];
        public readonly int[] MemberStart = new int[members + 1];
        public readonly long[] U = new long[constituencies], Written = new long[constituencies];
        public readonly List<(long Rise, int Member)> Children = [];
    }

    /// <summary>Searches all columns; true when finished.</summary>
    /// <param name="u">multipliers the columns were listed with</param>
    /// <param name="threshold">plans wanted cost at most this</param>
    public bool Run(long[] u, long threshold)
    {
        var root = Root(u, threshold);
        Array.Clear(root.Written);
        _proof.WritePass(u, root.Written);
        Explore(0, 400);
        return !_stopped;
    }

    /// <summary>Climbs over all columns and looks for a plan among those nearest to their member's least price; proves nothing.</summary>
    /// <param name="u">in and out: ends as the best multipliers for this list</param>
    /// <param name="threshold">plans wanted cost at most this</param>
    /// <param name="steps">most evaluations</param>
    public void Dip(long[] u, long threshold, int steps)
    {
        var root = Root(u, threshold);
        _ascent.Climb(root.U, root.Live, root.MemberStart, () => Limit, steps);
        TryNearest(root, _ascent.Evaluate(root.U, root.Live, root.MemberStart));
        root.U.CopyTo(u, 0);
    }

    private Level Root(long[] u, long threshold)
    {
        Threshold = threshold;
        var root = LevelAt(0, _columns.Count);
        for (var c = 0; c < _columns.Count; c++) root.Live[c] = c;
        for (var m = 0; m <= _problem.Members; m++) root.MemberStart[m] = _columns.MemberStart[m];
        u.CopyTo(root.U, 0);
        return root;
    }

    private void Explore(int depth, int steps)
    {
        var level = LevelAt(depth);
        for (var round = 0; ; round++)
        {
            var live = level.MemberStart[^1];
            var bound = _ascent.Climb(level.U, level.Live, level.MemberStart, () => Limit, steps);
            _proof.WritePass(level.U, level.Written);
            if (bound > Limit) { _proof.WriteClose(); return; }
            if (!_goOn()) { _stopped = true; return; }
            bound = _ascent.Evaluate(level.U, level.Live, level.MemberStart);
            if (depth == 0 && round == 0 && live > Dive) TryNearest(level, bound);
            var left = DropDear(level, bound);
            steps = 6;
            if (left <= (depth == 0 ? ExhaustAtRoot : ExhaustBelow) && Exhaust(level, bound, long.MaxValue, depth == 0 ? 4000 : 100))
            {
                _proof.WriteExhaust();
                return;
            }
            if (left > live * 4 / 5 || round == 8)
            {
                Branch(depth, bound);
                return;
            }
        }
    }

    // tries everything that is left, if that is not too much
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Exhaust(Level level, long bound, long dearest, int nodes)
    {
        var (count, all) = (0, level.MemberStart[^1]);
        var columns = _choice.Columns(all);
        for (var m = 0; m < _problem.Members; m++)
            for (var k = level.MemberStart[m]; k < level.MemberStart[m + 1]; k++)
                if (_ascent.Prices[k] - _ascent.Least[m] is var excess && excess <= dearest)
                    columns[count++] = new(excess, _columns.Sets[level.Live[k]], m, level.Live[k]);
        var finished = _choice.Run(count, bound, Limit, nodes);
        if (_choice.Best is { } best) Take(best);
        return finished;
    }

    // a good plan from the columns with the least excess, before the whole list is searched
    private void TryNearest(Level level, long bound)
    {
        var excesses = new long[level.MemberStart[^1]];
        for (var m = 0; m < _problem.Members; m++)
            for (var k = level.MemberStart[m]; k < level.MemberStart[m + 1]; k++) excesses[k] = _ascent.Prices[k] - _ascent.Least[m];
        Array.Sort(excesses);
        Exhaust(level, bound, excesses[Math.Min(Dive, excesses.Length) - 1], 2000);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int DropDear(Level level, long bound)
    {
        var (left, from) = (0, 0);
        for (var m = 0; m < _problem.Members; m++)
        {
            var end = level.MemberStart[m + 1];
            for (var k = from; k < end; k++)
                if (bound + _ascent.Prices[k] - _ascent.Least[m] <= Limit) (level.Live[left], _ascent.Prices[left++]) = (level.Live[k], _ascent.Prices[k]);
            from = end;
            level.MemberStart[m + 1] = left;
        }
        return left;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Branch(int depth, long bound)
    {
        var level = LevelAt(depth);
        var area = Choose(level, bound);
        _proof.WriteBranch(area, level.Children.Count);
        var bit = UInt128.One << area;
        foreach (var (_, member) in level.Children.ToArray())
        {
            _proof.WriteChild(member);
            var next = LevelAt(depth + 1, level.MemberStart[^1]);
            var left = 0;
            for (var m = 0; m < _problem.Members; m++)
            {
                next.MemberStart[m] = left;
                for (var k = level.MemberStart[m]; k < level.MemberStart[m + 1]; k++)
                    if ((_columns.Sets[level.Live[k]] & bit) != 0 == (m == member)) next.Live[left++] = level.Live[k];
            }
            next.MemberStart[^1] = left;
            level.U.CopyTo(next.U, 0);
            level.Written.CopyTo(next.Written, 0);
            Explore(depth + 1, 8);
            if (_stopped) return;
        }
    }

    // the constituency whose branches promise the smallest tree
    private int Choose(Level level, long bound)
    {
        var (n, members) = (_problem.Constituencies, _problem.Members);
        FillExcesses(level);
        var spread = Math.Max(1.0, (Limit - bound) / 4.0);
        var (best, size) = (-1, double.MaxValue);
        for (var v = 0; v < n; v++)
        {
            var (sum, count) = (0.0, 0);
            var without = 0.0;
            for (var m = 0; m < members; m++) without += _out[(v * members) + m];
            for (var m = 0; m < members; m++)
            {
                if (_in[(v * members) + m] == long.MaxValue) continue;
                count++;
                sum += Math.Exp(-(_in[(v * members) + m] + without - _out[(v * members) + m]) / spread);
            }
            if (count < 2 && best >= 0) continue;
            if (count >= 2 && sum < size) (best, size) = (v, sum);
        }
        if (best < 0) best = Enumerable.Range(0, n).MaxBy(v => Enumerable.Range(0, members).Count(m => _in[(v * members) + m] != long.MaxValue));
        level.Children.Clear();
        for (var m = 0; m < members; m++)
            if (_in[(best * members) + m] is var least && least != long.MaxValue) level.Children.Add((least - _out[(best * members) + m], m));
        level.Children.Sort();
        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FillExcesses(Level level)
    {
        var members = _problem.Members;
        Array.Fill(_in, long.MaxValue);
        Array.Clear(_out);
        for (var m = 0; m < members; m++)
        {
            var cheapest = -1;
            for (var k = level.MemberStart[m]; k < level.MemberStart[m + 1]; k++)
            {
                var excess = _ascent.Prices[k] - _ascent.Least[m];
                if (excess == 0) cheapest = level.Live[k];
                foreach (var v in _columns.Areas(level.Live[k]))
                {
                    ref var least = ref _in[(v * members) + m];
                    if (excess < least) least = excess;
                }
            }
            if (cheapest < 0) continue;
            foreach (var v in _columns.Areas(cheapest))
            {
                var least = Limit; // nothing without: as dear as can be
                for (var k = level.MemberStart[m]; k < level.MemberStart[m + 1]; k++)
                    if (((_columns.Sets[level.Live[k]] >> v) & 1) == 0) least = Math.Min(least, _ascent.Prices[k] - _ascent.Least[m]);
                _out[(v * members) + m] = least;
            }
        }
    }

    private Level LevelAt(int depth, int room = 0)
    {
        if (_levels.Count == depth) _levels.Add(new(_problem.Members, _problem.Constituencies));
        if (_levels[depth].Live.Length < room) _levels[depth].Live = new int[room];
        return _levels[depth];
    }

    private void Take(ReadOnlySpan<int> chosen)
    {
        long cost = 0;
        var plan = new int[_problem.Constituencies];
        for (var m = 0; m < chosen.Length; m++)
        {
            cost += _columns.Cost[chosen[m]];
            foreach (var v in _columns.Areas(chosen[m])) plan[v] = m;
        }
        cost /= _columns.Scale;
        if (cost > Threshold) return;
        Best = plan;
        Threshold = cost - 1;
    }
}
