using Anlauf.Platform.Hosting;
using Anlauf.Rooms.Members.Motives;

namespace Anlauf.Rooms.SelfService.Checks;

/// <summary>Half past seven: letters of the yearly check come in the morning, not at night.</summary>
internal sealed class NightlyChecks(IServiceScopeFactory scopes, TimeProvider clock, ILogger<NightlyChecks> log) : NightlyWork(scopes, clock, log, new(7, 30), 0x50727565) // "Prue"
{
    /// <inheritdoc/>
    protected override async Task RunAsync(IServiceProvider services, CancellationToken ct)
    {
        await services.GetRequiredService<MotiveBox>().TakeAsync(ct);
        await services.GetRequiredService<CheckDesk>().NightAsync(ct);
    }
}
