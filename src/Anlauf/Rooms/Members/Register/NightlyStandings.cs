using Anlauf.Platform.Database;
using Anlauf.Platform.Hosting;

namespace Anlauf.Rooms.Members.Register;

/// <summary>Days pass: a quarter past midnight, periods that ended make members of those who waited, and what the day changed in the numbers of members becomes one number a division.</summary>
internal sealed class NightlyStandings(IServiceScopeFactory scopes, TimeProvider clock, ILogger<NightlyStandings> log) : NightlyWork(scopes, clock, log, new(0, 15), 0x53746164) // "Stad"
{
    /// <inheritdoc/>
    protected override async Task RunAsync(IServiceProvider services, CancellationToken ct)
    {
        await services.GetRequiredService<Standings>().RefreshAsync(ct: ct);
        await services.GetRequiredService<Db>().ExecuteAsync("select members.sum_active()", ct: ct);
    }
}
