using System.Collections.Concurrent;

namespace Anlauf.Planning.Assignment.Sponsors;

/// <summary>
/// Which constituency a node branches on: of those divided most in the linear programme the one whose cases, looked at by
/// some pivots each, leave least to search (strong branching, Applegate, Bixby, Chvátal and Cook 1995).
/// </summary>
internal sealed partial class ColumnTree
{
    private const int Looked = 3, LookPivots = 12;
    private readonly List<(double Divided, int Area)> _candidates = [];
    private readonly ConcurrentBag<MasterProgram> _twins = []; // to look at cases with, on several threads

    private int Choose(Level level, long bound)
    {
        FindAllowed(level);
        _master.Shares(_shares);
        FindCandidates();
        var best = _candidates[0].Area;
        if (level.MemberStart[^1] >= 2 * Exhaustible && _candidates.Count > 1) best = LeastLeft(level, bound);
        level.Children.Clear();
        for (var m = 0; m < problem.Members; m++)
            if (_allowed[(best * problem.Members) + m]) level.Children.Add(((long)(-1e6 * _shares[(best * problem.Members) + m]), m));
        level.Children.Sort();
        return best;
    }

    // the most divided first
    private void FindCandidates()
    {
        _candidates.Clear();
        var members = problem.Members;
        for (var v = 0; v < problem.Constituencies; v++)
        {
            var (count, most) = (0, 0.0);
            for (var m = 0; m < members; m++)
            {
                if (!_allowed[(v * members) + m]) continue;
                count++;
                most = Math.Max(most, _shares[(v * members) + m]);
            }
            _candidates.Add((count < 2 ? double.MinValue / 2 : 1 - most - (0.02 * count), v));
        }
        _candidates.Sort((a, b) => a.Divided == b.Divided ? a.Area.CompareTo(b.Area) : b.Divided.CompareTo(a.Divided));
        if (_candidates[0].Divided > 0.05) _candidates.RemoveAll(c => c.Divided < 0.05);
    }

    // the candidate whose cases leave least of the room above the bound together, cubed as trees grow with it
    private int LeastLeft(Level level, long bound)
    {
        var looked = Math.Min(Looked, _candidates.Count);
        var cases = new List<(int Candidate, int Member)>();
        for (var c = 0; c < looked; c++)
            for (var m = 0; m < problem.Members; m++)
                if (_allowed[(_candidates[c].Area * problem.Members) + m]) cases.Add((c, m));
        var left = new double[cases.Count];
        Division.For(workers, cases.Count, k => left[k] = Left(level, _candidates[cases[k].Candidate].Area, cases[k].Member, bound));
        var sums = new double[looked];
        for (var k = 0; k < left.Length; k++) sums[cases[k].Candidate] += left[k] * left[k] * left[k];
        return _candidates[Array.IndexOf(sums, sums.Min())].Area;
    }

    // share of the room above the bound a case leaves
    private double Left(Level level, int area, int member, long bound)
    {
        if (!_twins.TryTake(out var twin)) twin = _master.Twin();
        twin.Follow(_master);
        twin.Load(level.State);
        for (var k = 0; k < twin.Columns; k++) twin.Bar(k, !IsLive(k) || ((columns.Sets[twin.Number(k)] >> area) & 1) != 0 != (twin.MemberOf(k) == member));
        var (limit, room) = (Limit / (double)columns.Scale, (Limit - bound) / (double)columns.Scale);
        twin.Restore(limit + 1, LookPivots);
        var left = Math.Clamp((limit + 1 - twin.Value) / (room + 1), 0, 1);
        _twins.Add(twin);
        return left;
    }
}
