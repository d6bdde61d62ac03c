using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Privacy.Keeping;

/// <summary>Runs retention once a night at three o'clock, on one node only.</summary>
internal sealed partial class NightlyRetention(IServiceScopeFactory scopes, TimeProvider clock, ILogger<NightlyRetention> log) : BackgroundService
{
    private const long LockKey = 0x46726973742E; // "Frist."

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(UntilThree(clock.GetLocalNow()), clock, stoppingToken);
                await RunAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) { }
    }

    /// <summary>Time until the next three o'clock; never nothing, so that one night is one run.</summary>
    internal static TimeSpan UntilThree(DateTimeOffset now)
    {
        var next = now.Date.AddHours(3);
        if (next <= now.DateTime) next = next.AddDays(1);
        return next - now.DateTime;
    }

    private async Task RunAsync(CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem();
            var db = scope.ServiceProvider.GetRequiredService<Db>();
            if (!await db.ScalarAsync<bool>("select pg_try_advisory_lock(@LockKey)", new { LockKey }, ct)) return;
            await scope.ServiceProvider.GetRequiredService<Retention>().RunAsync(ct);
            await db.ExecuteAsync("select pg_advisory_unlock(@LockKey)", new { LockKey }, ct);
        }
        catch (Npgsql.NpgsqlException e) { NotRun(log, e); }
    }

    [LoggerMessage(LogLevel.Error, "retention did not run this night")]
    private static partial void NotRun(ILogger logger, Exception e);
}
