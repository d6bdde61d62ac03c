using Anlauf.Platform.Hosting;

namespace Anlauf.Rooms.Privacy.Keeping;

/// <summary>Runs retention at three o'clock.</summary>
internal sealed class NightlyRetention(IServiceScopeFactory scopes, TimeProvider clock, ILogger<NightlyRetention> log) : NightlyWork(scopes, clock, log, At, 0x46726973742E) // "Frist."
{
    internal static readonly TimeOnly At = new(3, 0);

    /// <inheritdoc/>
    protected override Task RunAsync(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<Retention>().RunAsync(ct);
}
