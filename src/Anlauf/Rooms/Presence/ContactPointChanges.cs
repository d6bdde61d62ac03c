using Anlauf.Platform.Database;
using Anlauf.Platform.Web.Components;
using Anlauf.Rooms.Situation;

namespace Anlauf.Rooms.Presence;

/// <summary>Contact points that opened or closed lately or will close soon, for the Lage.</summary>
internal sealed class ContactPointChanges(Db db, TimeProvider clock) : IRecentChanges
{
    private const int DaysAhead = 60;

    private sealed record Row(string Name, string Slug, string Municipality, DateOnly OpenedOn, DateOnly? ClosedOn, string? ClosingReason);

    public async Task<IReadOnlyList<Change>> SinceAsync(DateOnly since, string areaKey, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(clock.GetLocalNow().Date);
        var rows = await db.QueryAsync<Row>("""
            select p.name, p.slug, m.short_name as municipality, p.opened_on, p.closed_on, p.closing_reason from presence.contact_point p join territory.municipality m on m.ags = p.ags
            where p.ags like @areaKey || '%' and (p.opened_on between @since and @today or p.closed_on between @since and @until) order by coalesce(p.closed_on, p.opened_on) desc limit 4
            """, new { since, today, until = today.AddDays(DaysAhead), areaKey }, ct);
        return [.. rows.Select(r => r.ClosedOn is { } closed && closed >= since
            ? new Change(Standing.Missing, closed > today ? "Anlaufstelle fällt weg:" : "Anlaufstelle weggefallen:", $"{r.Name} in {r.Municipality} {(closed > today ? "schließt" : "schloss")} am {closed:d.M.}{(r.ClosingReason is { } why ? $" ({why})" : "")}", "/praesenz/anlaufstellen/" + r.Slug)
            : new Change(Standing.Reached, "Neue Anlaufstelle:", $"{r.Name} in {r.Municipality}", "/praesenz/anlaufstellen/" + r.Slug))];
    }
}

/// <summary>The contact points on the profiles of areas.</summary>
internal sealed class ContactPointsOfArea : IProfileSection
{
    public Type Component => typeof(ContactPointsSection);
    public int Order => 10;
}
