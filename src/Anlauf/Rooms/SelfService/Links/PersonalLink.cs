using Anlauf.Platform.Database;
using Anlauf.Platform.Identity;

namespace Anlauf.Rooms.SelfService.Links;

/// <summary>Somebody who looks at their own things.</summary>
/// <param name="PersonId">Who it is.</param>
/// <param name="Purpose">data, check or leave; account where they have signed in.</param>
/// <param name="EndsAt">Until when the link opens; null for an account.</param>
public sealed record Visit(int PersonId, string Purpose, DateTime? EndsAt);

/// <summary>
/// Opens the own data by a personal link or for whoever has signed in. A link acts as the person without any office. Opening uses nothing
/// up, because scanners of mail open every link; wrong links are braked like wrong passwords.
/// </summary>
public sealed class OwnDoor(Db db, Actor actor, AddressBrake brake, IHttpContextAccessor accessor)
{
    /// <summary>Who comes; null where the link opens nothing or nobody has signed in.</summary>
    /// <param name="link">Last part of the address; null for the account.</param>
    public async Task<Visit?> OpenAsync(string? link, CancellationToken ct = default)
    {
        if (link is null) return actor.PersonId is { } me ? new(me, "account", null) : null;
        var address = accessor.HttpContext?.Connection.RemoteIpAddress;
        if (!await brake.PassAsync(address)) return null;
        if (await db.SingleAsync<Visit>("select person_id, purpose, ends_at from selfservice.behind(@hash)", new { hash = Invitation.HashOf(link) }, ct) is not { } visit)
        {
            await brake.FailedAsync(address);
            return null;
        }
        // the next connection tells the database who acts
        await db.GiveBackAsync();
        actor.BecomeSelf(visit.PersonId);
        return visit;
    }
}
