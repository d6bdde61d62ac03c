namespace Anlauf.Planning.Assignment.Sponsors;

/// <summary>
/// Which constituency a node branches on: of those divided most in the linear programme the one whose cases, looked at by
/// some pivots each, leave least to search (strong branching, Applegate, Bixby, Chvátal and Cook 1995).
/// </summary>
internal sealed partial class ColumnTree
{
    private const int Looked = 3, LookPivots = 12;
    private readonly List<(double Divided, int Area)> _candidates = [];

    private int Choose(Level level, long bound)
    {
        FindAllowed(level);
        _master.Shares(_shares);
        FindCandidates();
        var best = _candidates[0].Area;
        if (level.MemberStart[^1] >= 2 * Exhaustible && _candidates.Count > 1)
        {
            var least = double.MaxValue;
            foreach (var (_, area) in _candidates.Take(Looked))
                if (Left(level, area, bound) is var left && left < least) (least, best) = (left, area);
        }
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

    // share of the room above the bound the cases leave, cubed as trees grow with it
    private double Left(Level level, int area, long bound)
    {
        var (limit, room, sum) = (Limit / (double)columns.Scale, (Limit - bound) / (double)columns.Scale, 0.0);
        for (var m = 0; m < problem.Members; m++)
        {
            if (!_allowed[(area * problem.Members) + m]) continue;
            _master.Load(level.State);
            for (var k = 0; k < _master.Columns; k++) _master.Bar(k, !IsLive(k) || ((columns.Sets[_master.Number(k)] >> area) & 1) != 0 != (_master.MemberOf(k) == m));
            _master.Restore(limit + 1, LookPivots);
            var left = Math.Clamp((limit + 1 - _master.Value) / (room + 1), 0, 1);
            sum += left * left * left;
        }
        _master.Load(level.State);
        return sum;
    }
}
