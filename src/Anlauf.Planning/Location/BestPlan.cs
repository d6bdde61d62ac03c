namespace Anlauf.Planning.Location;

/// <summary>The best plan of all threads that search together.</summary>
/// <param name="improved">hears of every better value, one at a time</param>
internal sealed class BestPlan(Action<long> improved)
{
    private readonly Lock _lock = new();
    private volatile Found _found = new(long.MaxValue, []);

    // value and plan change together
    private sealed record Found(long Value, int[] Sites);

    /// <summary>Its scaled value.</summary>
    public long Value => _found.Value;

    /// <summary>Its sites, as numbers of the problem.</summary>
    public int[] Sites => _found.Sites;

    /// <summary>Takes a plan that is better.</summary>
    /// <param name="value">its scaled value</param>
    /// <param name="sites">sites of a core</param>
    /// <param name="ids">their numbers in the problem</param>
    public void Take(long value, IReadOnlyList<int> sites, int[] ids)
    {
        lock (_lock)
        {
            if (value >= _found.Value) return;
            _found = new(value, [.. sites.Select(i => ids[i])]);
            improved(value);
        }
    }
}
