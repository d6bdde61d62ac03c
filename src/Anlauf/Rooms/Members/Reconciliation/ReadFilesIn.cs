using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Members.Reconciliation;

/// <summary>
/// Goes on with long files in the background, one after the other, in the name of whoever began. A program that stops in between goes on
/// with the same file when it starts again. Acts as the system itself.
/// </summary>
internal sealed partial class ReadFilesIn(Db db, IServiceScopeFactory scopes, ILogger<ReadFilesIn> log)
{
    /// <summary>Goes on with whatever was begun.</summary>
    public async Task GoOnAsync(CancellationToken ct = default)
    {
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

    [LoggerMessage(LogLevel.Information, "file {Id} is not read on: {Why}")]
    private static partial void Stopped(ILogger logger, int id, string why);
}
