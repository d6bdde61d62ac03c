using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Members.Reconciliation;

/// <summary>
/// Goes on with long files in the background, one after the other, in the name of whoever began. A program that stops in between goes on
/// with the same file when it starts again.
/// </summary>
internal sealed partial class ReadFilesIn(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ReadFilesIn> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(2), clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await LookAsync(stoppingToken);
        }
        catch (OperationCanceledException) { }
    }

    /// <summary>Goes on with whatever was begun.</summary>
    internal async Task LookAsync(CancellationToken ct)
    {
        try
        {
            await using var system = scopes.CreateAsyncScope();
            system.ServiceProvider.GetRequiredService<Actor>().BecomeSystem();
            var db = system.ServiceProvider.GetRequiredService<Db>();
            foreach (var (id, by) in await db.QueryAsync<(int, int?)>("select id, taken_by from members.people_import where state in ('reading', 'undoing') order by id", ct: ct))
            {
                await db.GiveBackAsync();
                await using var scope = scopes.CreateAsyncScope();
                var actor = scope.ServiceProvider.GetRequiredService<Actor>();
                if (by is { } person) actor.Become(person);
                else actor.BecomeSystem();
                actor.Origin = "Hintergrund: Einlesen";
                if (await scope.ServiceProvider.GetRequiredService<ImportDesk>().FindAsync(id, ct) is null)
                {
                    await db.ExecuteAsync("update members.people_import set state = 'paused', trouble = 'Wer begonnen hat, führt hier keine Mitgliedschaften mehr' where id = @id", new { id }, ct);
                    continue;
                }
                var outcome = await scope.ServiceProvider.GetRequiredService<ImportRun>().GoOnAsync(id, ct);
                if (!outcome.Done) Stopped(log, id, outcome.Refusal!.Message);
            }
        }
        catch (Exception e) when (e is Npgsql.NpgsqlException or IOException) { NotLooked(log, e); }
    }

    [LoggerMessage(LogLevel.Information, "file {Id} is not read on: {Why}")]
    private static partial void Stopped(ILogger logger, int id, string why);
    [LoggerMessage(LogLevel.Warning, "files of members could not be read on")]
    private static partial void NotLooked(ILogger logger, Exception e);
}
