using Anlauf.Intake;
using Anlauf.Platform.Database;
using Anlauf.Platform.Documents;

namespace Anlauf.Rooms.Meetings.Review;

/// <summary>
/// Recognises the text of scanned documents in the background, one after the other. The document waits in the inbox with the
/// state „ocr“; a program that stops in between begins again with the same document.
/// </summary>
internal sealed class RecogniseScans(IServiceScopeFactory scopes, TesseractOcr ocr, ILogger<RecogniseScans> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);
    private sealed record Waiting(int Id, string FileName, byte[] Content);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await NextAsync(stoppingToken)) await Task.Delay(Pause, stoppingToken);
            }
            catch (OperationCanceledException) { return; }
            catch (Exception e) when (e is Npgsql.NpgsqlException or IOException)
            {
                log.LogWarning(e, "text recognition pauses");
                await Task.Delay(TimeSpan.FromSeconds(30), stoppingToken);
            }
        }
    }

    private async Task<bool> NextAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        if (await db.SingleAsync<Waiting>("select id, file_name, content from meetings.document where state = 'ocr' order by id limit 1", ct: ct) is not { } waiting) return false;
        try
        {
            var source = await ocr.RecogniseAsync(waiting.FileName, waiting.Content, ct: ct);
            var record = RecordJson.Write(IntakeReader.Read(source), waiting.FileName);
            await db.ExecuteAsync("update meetings.document set text = @Text, record = @record::jsonb, from_ocr = true, state = 'review' where id = @Id and state = 'ocr'", new { waiting.Id, source.Text, record }, ct);
        }
        catch (UnreadableDocumentException e)
        {
            // the reason stands where the reader looks for the text; the document can be discarded and uploaded anew
            await db.ExecuteAsync("update meetings.document set text = @Message, state = 'discarded' where id = @Id", new { waiting.Id, e.Message }, ct);
        }
        return true;
    }
}
