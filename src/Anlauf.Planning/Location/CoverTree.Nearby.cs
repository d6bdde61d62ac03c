namespace Anlauf.Planning.Location;

/// <summary>The search for better plans near the relaxed one, before the proof begins.</summary>
internal sealed partial class CoverTree
{
    private const int NearbyNodes = 60;
    private NodeBudget? _budget;

    /// <summary>
    /// Looks for better plans where relaxation and best plan agree about all other sites, as long as that helps
    /// (relaxation induced neighbourhoods: Danna, Rothberg and Le Pape 2005).
    /// </summary>
    private void SearchNearby(SimplexState root)
    {
        var opened = new bool[_core.Sites];
        // what splits bring in a small part of the problem says little about the whole
        var (history, sites) = (_history, _core.SiteIds.Max() + 1);
        _history = new SplitHistory(sites);
        for (var before = long.MaxValue; _incumbent.Value < before && !_clock.Exhausted;)
        {
            before = _incumbent.Value;
            _incumbent.MarkOpen(_core, opened);
            for (var i = 0; i < _core.Sites; i++)
                _bounds.State[i] = opened[i] && root.Open[i] > 1 - 1e-6 ? Decision.Open : !opened[i] && root.Open[i] < 1e-6 ? Decision.Closed : Decision.Free;
            _budget = new NodeBudget(NearbyNodes);
            Shrink(_core.Settled);
            _budget = null;
        }
        Array.Clear(_bounds.State);
        (_history, OpenBound) = (history, long.MaxValue);
    }

    /// <summary>How many nodes a search may still look at.</summary>
    private sealed class NodeBudget(int left)
    {
        public bool IsUsedUp => left-- <= 0;
    }
}
