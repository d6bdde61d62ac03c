using Anlauf.Platform;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.SelfService.Own;

/// <summary>The person asks the privacy desk for access or erasure (Art. 15 and 17 GDPR); the desk finds it among its requests.</summary>
public sealed class PrivacyWish(Db db)
{
    /// <summary>Opens the request; a second one of the same kind waits for the answer to the first.</summary>
    /// <param name="kind">access or erasure.</param>
    public async Task<Outcome<bool>> AskAsync(string kind, CancellationToken ct = default) =>
        await db.ScalarAsync<bool>("select privacy.ask_for_myself(@kind)", new { kind }, ct) ? true : new Refusal("Diese Anfrage liegt schon bei der Datenschutzstelle");
}
