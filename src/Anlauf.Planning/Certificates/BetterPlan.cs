using Anlauf.Planning.Routes.MobileOffice;

namespace Anlauf.Planning.Certificates;

/// <summary>
/// Tries every choice of tours that could still beat a plan. The prices say what a choice loses against the bound: tours below
/// the best, towns left out, towns visited twice. A choice that loses more than the room cannot be better.
/// </summary>
internal sealed class BetterPlan(
    MobileOfficeProblem problem, IReadOnlyList<long> prices, long scale, int[] towns, (int Times, List<int[]> Sets)[] stretches)
{
    private const long MostSteps = 300_000_000;

    private readonly Dictionary<int, Int128> _leftOut = towns.ToDictionary(t => t, t => problem.Towns[t].MinVisits > 0
        ? (Int128)long.MaxValue * 1000
        : Int128.Max(0, (Int128)problem.Towns[t].VisitValues[0] * scale - prices[t]));
    private readonly Dictionary<int, int> _visited = towns.ToDictionary(t => t, _ => 0);
    private readonly List<(int[] Set, Int128 Loss, Int128 Gain)[]> _choices = [];
    private Int128 _room;
    private long _steps;

    /// <summary>Says what is wrong when a better plan exists or the search is too long; none when no plan loses as little.</summary>
    public string? Exists(Int128 room)
    {
        if (room < 0) return null;
        _room = room;
        foreach (var (_, sets) in stretches)
        {
            var best = sets.Max(Earned);
            _choices.Add([.. sets.Select(s => (s, best - Earned(s), s.Aggregate((Int128)0, (sum, t) => sum + _leftOut[t])))
                .Where(c => c.Item2 <= room).OrderBy(c => c.Item2)]);
        }
        var missing = _leftOut.Values.Aggregate((Int128)0, (a, b) => a + b);
        if (Better(0, stretches[0].Times, 0, 0, missing)) return "Es gibt einen besseren Plan.";
        return _steps > MostSteps ? "Die Nachprüfung eines Teils dauert zu lange." : null;
    }

    private Int128 Earned(int[] set) => set.Aggregate((Int128)0, (sum, t) => sum + prices[t]);

    private bool Better(int stretch, int times, int first, Int128 loss, Int128 missing)
    {
        if (times == 0)
            return stretch + 1 == stretches.Length
                ? loss + missing <= _room
                : Better(stretch + 1, stretches[stretch + 1].Times, 0, loss, missing);
        Int128 saved = 0;
        for (var s = stretch; s < stretches.Length; s++)
            if (_choices[s].Length > 0) saved += (s == stretch ? times : stretches[s].Times) * _choices[s].Max(c => c.Gain);
        if (loss + missing - saved > _room) return false;
        for (var i = first; i < _choices[stretch].Length && ++_steps <= MostSteps; i++)
        {
            var (set, own, _) = _choices[stretch][i];
            if (loss + times * own > _room) break;
            var (twice, found) = ((Int128)0, missing);
            foreach (var town in set)
                if (_visited[town]++ == 0) found -= _leftOut[town];
                else twice += prices[town];
            var better = loss + own + twice <= _room && Better(stretch, times - 1, i, loss + own + twice, found);
            foreach (var town in set) _visited[town]--;
            if (better) return true;
        }
        return false;
    }
}
