namespace Anlauf.Planning.Routes.MobileOffice;

/// <summary>
/// Exhaustive choice of tours for a part of single days and single visits. At given prices a plan's value is the bound minus its
/// losses: of each tour against the best one, of each town not visited, of each visited twice. Tours that lose more than
/// the gap cannot be in a better plan; the others are tried in order of loss. Ends with proof or at the limit of nodes.
/// </summary>
internal sealed class ListSearch
{
    private readonly TourMaster _part;
    private readonly long[] _prices;
    private readonly List<(int Tour, long Loss)>[] _tours;
    private readonly long[] _unvisited;
    private readonly long[] _mostSaved;
    private readonly long[] _savedLater;
    private readonly int[] _count;
    private readonly List<(int Group, int Tour)> _stack = [];
    private long _room;
    private long _missing;
    private long _nodes;

    private ListSearch(TourMaster part, VisitValue value, long[] prices, long scale, long bound, long atLeast)
    {
        (_part, _prices) = (part, prices);
        _unvisited = new long[part.Problem.Towns.Count];
        _count = new int[part.Problem.Towns.Count];
        foreach (var town in part.Towns)
        {
            _unvisited[town] = value.Least(town) > 0 ? long.MaxValue / 1_000_000 : Math.Max(0, value.Of(town, 1) * scale - prices[town]);
            _missing += _unvisited[town];
        }
        _room = bound - atLeast * scale;
        _tours = [.. part.Groups.Select(Survivors)];
        _mostSaved = [.. part.Groups.Select((group, g) => _tours[g].Count == 0 ? 0 : _tours[g].Max(t => Saved(group, t.Tour)))];
        _savedLater = new long[part.Groups.Length + 1];
        for (var g = part.Groups.Length - 1; g >= 0; g--) _savedLater[g] = _savedLater[g + 1] + part.Groups[g].Copies.Length * _mostSaved[g];
    }

    /// <summary>True when the method applies: single days, complete lists, at most one visit to a town.</summary>
    public static bool Fits(TourMaster part, VisitValue value) =>
        part.Groups.All(g => g is { Nodes: 1, Weekdays.Length: 1 } && g.Lists[0][0][0] is { Relaxation: null })
        && part.Towns.All(t => value.Most(t) == 1);

    /// <summary>Looks for a plan of value ≥ atLeast. A plan, or none with proof, or none at the limit.</summary>
    public static (List<(int Group, int Tour)>? Plan, bool Proven) Find(
        TourMaster part, VisitValue value, DualSearch dual, long atLeast, long nodes, SearchClock clock)
    {
        var search = new ListSearch(part, value, dual.Prices, dual.Scale, dual.Bound, atLeast) { _nodes = nodes };
        if (search._room < 0) return (null, true);
        var found = search.Choose(0, part.Groups[0].Copies.Length, 0, 0, clock);
        return found ? (search._stack, true) : (null, search._nodes > 0);
    }

    private List<(int, long)> Survivors(TourGroup group)
    {
        var list = group.Lists[0][0][0]!;
        list.Best(_prices, out var best);
        var kept = new List<(int Tour, long Loss)>();
        for (var t = 0; t < list.Count; t++)
        {
            var loss = best;
            foreach (var town in list.Tour(t)) loss -= _prices[town];
            if (loss <= _room) kept.Add((t, loss));
        }
        kept.Sort((a, b) => (a.Loss, a.Tour).CompareTo((b.Loss, b.Tour)));
        return kept;
    }

    private long Saved(TourGroup group, int tour)
    {
        var saved = 0L;
        foreach (var town in group.Lists[0][0][0]!.Tour(tour)) saved += _unvisited[town];
        return saved;
    }

    private bool Choose(int g, int copies, int first, long loss, SearchClock clock)
    {
        while (copies == 0)
        {
            if (++g == _part.Groups.Length) return loss + _missing <= _room;
            (copies, first) = (_part.Groups[g].Copies.Length, 0);
        }
        if (loss + _missing - copies * _mostSaved[g] - _savedLater[g + 1] > _room) return false;
        var list = _part.Groups[g].Lists[0][0][0]!;
        for (var i = first; i < _tours[g].Count; i++)
        {
            var (tour, own) = _tours[g][i];
            // later tours of the group lose at least as much each
            if (loss + copies * own > _room) break;
            if (--_nodes <= 0 || ((_nodes & 4095) == 0 && clock.Exhausted))
            {
                _nodes = 0;
                return false;
            }
            var twice = 0L;
            foreach (var town in list.Tour(tour))
            {
                if (_count[town]++ == 0) _missing -= _unvisited[town];
                else twice += _prices[town];
            }
            _stack.Add((g, tour));
            if (loss + own + twice <= _room && Choose(g, copies - 1, i, loss + own + twice, clock)) return true;
            _stack.RemoveAt(_stack.Count - 1);
            foreach (var town in list.Tour(tour))
                if (--_count[town] == 0) _missing += _unvisited[town];
            if (_nodes <= 0) return false;
        }
        return false;
    }
}
