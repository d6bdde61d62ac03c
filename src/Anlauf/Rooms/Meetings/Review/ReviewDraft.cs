using System.Text.Json;
using Anlauf.Platform;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Meetings.Review;

/// <summary>Keeps what was ticked and typed on the review page, so that the check may go on another evening or by somebody else.</summary>
public sealed class ReviewDraft(Db db, Actor actor, TimeProvider clock)
{
    /// <summary>Fields of the form as they were, with who kept them and when.</summary>
    public sealed record Kept(Dictionary<string, string> Fields, string? By, DateTimeOffset At);

    // longer than any field of the form; whoever sends more sends no form of ours
    private const int LongestValue = 4000, MostFields = 5000;

    /// <summary>Keeps the fields; nothing is taken over.</summary>
    public async Task<Outcome<bool>> SaveAsync(int document, IEnumerable<KeyValuePair<string, string>> fields, CancellationToken ct = default)
    {
        var kept = fields.Where(f => f.Value.Length <= LongestValue).Take(MostFields).ToDictionary(f => f.Key, f => f.Value);
        var by = await db.ScalarAsync<string>("select name from organisation.officer where person_id = @PersonId", new { actor.PersonId }, ct);
        return await db.ExecuteAsync("update meetings.document set draft = @draft::jsonb where id = @document and state = 'review'", new { document, draft = JsonSerializer.Serialize(new Kept(kept, by, clock.GetUtcNow())) }, ct) == 1
            ? true : new Refusal("Den Zwischenstand kann nur sichern, wer dieses Dokument übernehmen darf, und nur, bis es übernommen ist");
    }

    /// <summary>What was kept; null where nothing was.</summary>
    public async Task<Kept?> FindAsync(int document, CancellationToken ct = default) =>
        await db.ScalarAsync<string>("select draft::text from meetings.document where id = @document", new { document }, ct) is { } json ? JsonSerializer.Deserialize<Kept>(json) : null;

    /// <summary>Puts a document aside that was taken in by mistake; uploading it again brings it back.</summary>
    public async Task<Outcome<bool>> DiscardAsync(int document, CancellationToken ct = default) =>
        await db.ExecuteAsync("update meetings.document set state = 'discarded', draft = null where id = @document and state = 'review'", new { document }, ct) == 1
            ? true : new Refusal("Verwerfen kann dieses Dokument nur, wer es übernehmen darf, und nur, bis es übernommen ist");
}
