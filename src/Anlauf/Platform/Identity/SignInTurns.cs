using System.Threading.RateLimiting;

namespace Anlauf.Platform.Identity;

/// <summary>
/// Tries with one name come one after the other, whether an account has it or not: each sees how many were wrong before it, so that
/// a hundred passwords sent at once are not all compared before the first wrong one counts (ASVS 6.3.1).
/// </summary>
public sealed class SignInTurns : IDisposable
{
    private const int MostWaiting = 20;

    private readonly PartitionedRateLimiter<string> _turns = PartitionedRateLimiter.Create<string, string>(
        name => RateLimitPartition.GetConcurrencyLimiter(name, _ => new() { PermitLimit = 1, QueueLimit = MostWaiting }), StringComparer.Ordinal);

    /// <summary>Waits for the turn of a name and tries; null where too many wait already.</summary>
    public async Task<T?> TakeAsync<T>(string name, Func<Task<T>> trial) where T : struct
    {
        using var turn = await _turns.AcquireAsync(name.Trim().ToUpperInvariant());
        return turn.IsAcquired ? await trial() : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _turns.Dispose();
}
