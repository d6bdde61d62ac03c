using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Situation;

/// <summary>
/// Brings the figures of the Lage up to date: at once after a use case changed what an indicator counts, and every quarter of an
/// hour for what came by import or by the calendar. Works in a scope of its own as the system, never as the acting person.
/// </summary>
public sealed partial class IndicatorRefresh(IServiceScopeFactory scopes, TimeProvider clock, ILogger<IndicatorRefresh> log) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromMinutes(15);
    private readonly SemaphoreSlim one = new(1);

    /// <summary>Renews the indicators named, or all of them; call it after the change is committed.</summary>
    public async Task RunAsync(IReadOnlyCollection<string>? only = null, CancellationToken ct = default)
    {
        await one.WaitAsync(ct);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem();
            await scope.ServiceProvider.GetRequiredService<Coverage>().SnapshotAsync(DateOnly.FromDateTime(clock.GetLocalNow().Date), only, ct);
        }
        finally { one.Release(); }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(Pace, clock);
        try
        {
            do
            {
                try { await RunAsync(ct: stoppingToken); }
                catch (Npgsql.NpgsqlException e) when (!stoppingToken.IsCancellationRequested) { Failed(log, e); }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        // the server is told to stop in the middle of the work: the next start renews all
        catch (Exception e) when (stoppingToken.IsCancellationRequested && e is OperationCanceledException or Npgsql.NpgsqlException or ObjectDisposedException) { }
    }

    [LoggerMessage(LogLevel.Warning, "The figures of the Lage could not be renewed; the next attempt follows.")]
    private static partial void Failed(ILogger log, Exception e);
}
