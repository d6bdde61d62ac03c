using Anlauf.Platform.Database;

namespace Anlauf.Platform.Hosting;

/// <summary>Work that one node does once a night, as the system. A night that fails is logged, the next one comes all the same.</summary>
/// <param name="at">Time of the clock in Germany.</param>
/// <param name="lockKey">Number that no other work has: whoever holds it is the node that does it.</param>
public abstract partial class NightlyWork(IServiceScopeFactory scopes, TimeProvider clock, ILogger log, TimeOnly at, long lockKey) : BackgroundService
{
    /// <summary>The work of one night.</summary>
    protected abstract Task RunAsync(IServiceProvider services, CancellationToken ct);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Until(at, clock.GetLocalNow()), clock, stoppingToken);
                await RunOnceAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) { }
    }

    /// <summary>Time until the next such hour; never nothing, so that one night is one run.</summary>
    internal static TimeSpan Until(TimeOnly at, DateTimeOffset now)
    {
        var next = now.Date + at.ToTimeSpan();
        if (next <= now.DateTime) next = next.AddDays(1);
        return next - now.DateTime;
    }

    private async Task RunOnceAsync(CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem();
            var db = scope.ServiceProvider.GetRequiredService<Db>();
            if (!await db.ScalarAsync<bool>("select pg_try_advisory_lock(@lockKey)", new { lockKey }, ct)) return;
            await RunAsync(scope.ServiceProvider, ct);
            await db.ExecuteAsync("select pg_advisory_unlock(@lockKey)", new { lockKey }, ct);
        }
        catch (Npgsql.NpgsqlException e) { NotRun(log, GetType().Name, e); }
    }

    [LoggerMessage(LogLevel.Error, "{Work} did not run this night")]
    private static partial void NotRun(ILogger logger, string work, Exception e);
}
