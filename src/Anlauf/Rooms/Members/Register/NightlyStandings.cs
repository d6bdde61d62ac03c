using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Members.Register;

/// <summary>Days pass: a quarter past midnight, periods that ended make members of those who waited. One node does it.</summary>
internal sealed partial class NightlyStandings(IServiceScopeFactory scopes, TimeProvider clock, ILogger<NightlyStandings> log) : BackgroundService
{
    private const long LockKey = 0x53746164; // "Stand"

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                var now = clock.GetLocalNow().DateTime;
                await Task.Delay(now.Date.AddDays(1).AddMinutes(15) - now, clock, stoppingToken);
                await RunAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) { }
    }

    private async Task RunAsync(CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem();
            var db = scope.ServiceProvider.GetRequiredService<Db>();
            if (!await db.ScalarAsync<bool>("select pg_try_advisory_lock(@LockKey)", new { LockKey }, ct)) return;
            await scope.ServiceProvider.GetRequiredService<Standings>().RefreshAsync(ct: ct);
            await db.ExecuteAsync("select pg_advisory_unlock(@LockKey)", new { LockKey }, ct);
        }
        catch (Npgsql.NpgsqlException e) { NotRun(log, e); }
    }

    [LoggerMessage(LogLevel.Error, "standings of memberships were not refreshed this night")]
    private static partial void NotRun(ILogger logger, Exception e);
}
