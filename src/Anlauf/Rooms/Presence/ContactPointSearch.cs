using Anlauf.Platform.Access;
using Anlauf.Platform.Database;
using Anlauf.Platform.Web;

namespace Anlauf.Rooms.Presence;

/// <summary>Finds contact points that hold every word in name, kind or municipality; open ones first.</summary>
internal sealed class ContactPointSearch(Db db, Rights rights) : ISearchPart
{
    public async Task<IReadOnlyList<SearchHit>> FindAsync(string text, CancellationToken ct)
    {
        if (!await rights.HoldsAsync(PresencePermissions.Read, ct)) return [];
        var words = text.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return [.. (await db.QueryAsync<(string Slug, string Name, string Municipality)>("""
            select p.slug, p.name, m.short_name from presence.contact_point p join presence.contact_point_kind k on k.id = p.kind_id join territory.municipality m on m.ags = p.ags
            where not exists (select from unnest(@words) w where strpos(lower(concat_ws(' ', p.name, k.name, m.short_name)), w) = 0)
            order by p.closed_on is not null, p.name collate "de-x-icu" limit 5
            """, new { words }, ct)).Select(p => new SearchHit("Anlaufstellen", p.Name, p.Municipality, "/praesenz/anlaufstellen/" + p.Slug))];
    }
}
