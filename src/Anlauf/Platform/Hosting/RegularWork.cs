using System.Security.Cryptography;
using Anlauf.Platform.Database;

namespace Anlauf.Platform.Hosting;

/// <summary>
/// Calls a service again and again while the server runs, as the system, each time in a scope of its own. What fails from outside
/// (database, disk, keys) is logged without its words, which may name people; the next turn comes all the same.
/// </summary>
internal sealed partial class RegularWork<T>(IServiceScopeFactory scopes, TimeProvider clock, ILogger<T> log, TimeSpan pace, Func<T, CancellationToken, Task> work, bool on, bool atStart, bool atEnd) : BackgroundService where T : notnull
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!on) return;
        using var timer = new PeriodicTimer(pace, clock);
        try
        {
            if (atStart) await TurnAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken)) await TurnAsync(stoppingToken);
        }
        catch (OperationCanceledException) { }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (on && atEnd) await TurnAsync(cancellationToken);
    }

    private async Task TurnAsync(CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem();
            await work(scope.ServiceProvider.GetRequiredService<T>(), ct);
        }
        catch (Exception e) when (e is Npgsql.NpgsqlException or IOException or UnauthorizedAccessException or CryptographicException) { Failed(log, typeof(T).Name, e.GetType().Name); }
    }

    [LoggerMessage(LogLevel.Warning, "{Work} did not get through this turn: {Why}")]
    private static partial void Failed(ILogger logger, string work, string why);
}

internal static class RegularWork
{
    /// <summary>Has <paramref name="work"/> done every <paramref name="pace"/>.</summary>
    /// <param name="when">Whether this installation needs it, asked once at the start; always where not given.</param>
    /// <param name="atStart">Also as soon as the server starts.</param>
    /// <param name="atEnd">Once more when the server stops.</param>
    public static void AddRegularWork<T>(this IServiceCollection services, TimeSpan pace, Func<T, CancellationToken, Task> work, Func<IServiceProvider, bool>? when = null, bool atStart = false, bool atEnd = false) where T : notnull =>
        services.AddSingleton<IHostedService>(s => new RegularWork<T>(
            s.GetRequiredService<IServiceScopeFactory>(), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<T>>(), pace, work, when?.Invoke(s) ?? true, atStart, atEnd));
}
