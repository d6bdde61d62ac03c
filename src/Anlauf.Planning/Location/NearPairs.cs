using System.Runtime.CompilerServices;

namespace Anlauf.Planning.Location;

/// <summary>
/// The pairs of a core: for every client the candidate sites nearer than its ceiling, found client by client on several threads. When
/// time is up the clients left over get none and a ceiling of 0, which is still a bound.
/// </summary>
internal sealed class NearPairs
{
    private const int Piece = 64;
    private readonly LocationProblem _problem;
    private readonly LocationCore _core;
    private readonly int[] _coreSite;
    private readonly int _nearest, _most;
    private readonly bool _isCovering;
    private readonly ArraySegment<long>[] _near;
    private int _isCut;

    private NearPairs(LocationProblem problem, LocationCore core, int nearest)
    {
        (_problem, _core, _nearest, _most) = (problem, core, nearest, NearestSites.Most(problem));
        _isCovering = problem.Goal == LocationGoal.MostCovered;
        _coreSite = new int[problem.Sites.Count];
        Array.Fill(_coreSite, -1);
        for (var i = 0; i < core.Sites; i++) _coreSite[core.SiteIds[i]] = i;
        _near = new ArraySegment<long>[core.Clients];
        Array.Fill(_near, ArraySegment<long>.Empty);
    }

    /// <summary>Adds ceilings and pairs to a core that has its sites, groups and number of clients.</summary>
    /// <param name="core">the core</param>
    /// <param name="problem">the problem</param>
    /// <param name="nearest">where no group bounds how far a client goes, so many of its nearest sites at least</param>
    /// <param name="clock">limits and threads, or none</param>
    public static void AddTo(LocationCore core, LocationProblem problem, int nearest, SearchClock? clock)
    {
        var pairs = new NearPairs(problem, core, nearest);
        var pieces = (core.Clients + Piece - 1) / Piece;
        var workers = clock?.Workers ?? 1;
        // what tables keep is made by the first who asks
        _ = problem.Travel.To(0);
        Division.For(workers, pieces, piece => pairs.Find(piece, clock));
        for (var j = 0; j < core.Clients; j++) core.Start[j + 1] += core.Start[j];
        core.PairSite = new int[core.Pairs];
        core.PairCost = new long[core.Pairs];
        Division.For(workers, pieces, pairs.Fill);
        core.IsCut = pairs._isCut != 0;
    }

    private void Find(int piece, SearchClock? clock)
    {
        var guess = _problem.Travel.Longest / 16;
        var farthest = Array.Empty<int>();
        var outOfTime = clock is { Exhausted: true };
        for (var j = piece * Piece; j < Math.Min(_core.Clients, (piece + 1) * Piece); j++)
        {
            var weight = _problem.Weights[j] * _core.Scale;
            if (_isCovering) _core.Ceiling[j] = weight;
            if (weight == 0) continue;
            if (outOfTime && !_isCovering)
            {
                _isCut = 1;
                continue;
            }
            var limit = _isCovering ? _problem.Reach : FarthestNeeded(j, ref guess, ref farthest) - 1;
            if (!_isCovering) _core.Ceiling[j] = weight * (limit + 1);
            _near[j] = _problem.Travel.Nearest(j, limit);
            _core.Start[j + 1] = Candidates(_near[j]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Fill(int piece)
    {
        for (var j = piece * Piece; j < Math.Min(_core.Clients, (piece + 1) * Piece); j++)
        {
            var weight = _problem.Weights[j] * _core.Scale;
            var at = _core.Start[j];
            foreach (var pair in _near[j])
            {
                if (_coreSite[(int)pair] is not (>= 0 and var site)) continue;
                _core.PairSite[at] = site;
                _core.PairCost[at++] = _isCovering ? 0 : weight * (pair >> 32);
            }
            // all sites in reach are equal
            if (_isCovering) _core.PairSite.AsSpan(_core.Start[j], at - _core.Start[j]).Sort();
            _near[j] = ArraySegment<long>.Empty;
        }
    }

    /// <summary>No plan sends the client farther, or, of very many sites, hardly any: those beyond count as if they were no farther.</summary>
    private int FarthestNeeded(int client, ref int guess, ref int[] farthest)
    {
        var limit = OfGroups(client, ref farthest);
        var count = _nearest;
        if (limit < int.MaxValue)
        {
            if (_most >= _core.Sites || Candidates(_problem.Travel.Nearest(client, limit - 1)) <= _most) return limit;
            count = _most;
        }
        if (count < _core.Sites)
        {
            _isCut = 1;
            return NearestSites.Distance(_problem.Travel, client, count, ref guess, IsCandidate);
        }
        var all = _problem.Travel.Nearest(client, _problem.Travel.Longest);
        for (var k = all.Count - 1; k >= 0; k--)
            if (IsCandidate((int)all[k])) return (int)(all[k] >> 32);
        return 0;
    }

    private int Candidates(ReadOnlySpan<long> pairs)
    {
        var count = 0;
        foreach (var pair in pairs)
            if (_coreSite[(int)pair] >= 0) count++;
        return count;
    }

    private bool IsCandidate(int site) => _coreSite[site] >= 0;

    /// <summary>Where k of the s sites of a group must open, the (s − k + 1)-th nearest of them is the worst case.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int OfGroups(int client, ref int[] farthest)
    {
        var best = int.MaxValue;
        // with coordinates a place is its own candidate and its own group bounds it well; a full matrix is cheap to scan
        var distances = _problem.Travel.To(client);
        var own = _problem.Travel is GeoTravel && _coreSite[client] >= 0 ? _problem.Sites[client].Group : -1;
        for (var g = 0; g < _problem.Groups.Count; g++)
        {
            var need = _core.GroupNeed[g];
            if (need == 0 || (own >= 0 && g != own && _problem.Groups[own].LeastOpen > 0)) continue;
            if (_core.GroupStart[g + 1] - _core.GroupStart[g] < need) continue;
            // only the farthest count, and few are needed: they are kept in descending order
            if (farthest.Length < need) farthest = new int[need];
            var kept = 0;
            for (var i = _core.GroupStart[g]; i < _core.GroupStart[g + 1]; i++)
            {
                var distance = distances.Length > 0 ? distances[_core.SiteIds[i]] : _problem.Travel[_core.SiteIds[i], client];
                if (kept == need && distance <= farthest[kept - 1]) continue;
                var k = kept < need ? kept++ : kept - 1;
                for (; k > 0 && farthest[k - 1] < distance; k--) farthest[k] = farthest[k - 1];
                farthest[k] = distance;
            }
            best = Math.Min(best, farthest[need - 1]);
        }
        return best;
    }
}
