using Anlauf.Platform.Hosting;

namespace Anlauf.Rooms.Members.Register;

/// <summary>Days pass: a quarter past midnight, periods that ended make members of those who waited.</summary>
internal sealed class NightlyStandings(IServiceScopeFactory scopes, TimeProvider clock, ILogger<NightlyStandings> log) : NightlyWork(scopes, clock, log, new(0, 15), 0x53746164) // "Stad"
{
    /// <inheritdoc/>
    protected override Task RunAsync(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<Standings>().RefreshAsync(ct: ct);
}
