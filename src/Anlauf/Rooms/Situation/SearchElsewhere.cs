using Anlauf.Platform.Access;
using Anlauf.Platform.Database;
using Anlauf.Rooms.Meetings;
using Anlauf.Rooms.Organisation;
using Anlauf.Rooms.Presence;

namespace Anlauf.Rooms.Situation;

/// <summary>What the search finds besides municipalities and resolutions; row-level security decides what each person sees of it.</summary>
public sealed class SearchElsewhere(Db db, Rights rights)
{
    /// <summary>A hit: what kind it is, its name, where it leads.</summary>
    public sealed record Hit(string Kind, string Title, string Href);

    /// <summary>Districts, contact points, papers and officers whose name holds the text; „Kreis Mittelsachsen“ asks for Mittelsachsen.</summary>
    public async Task<IReadOnlyList<Hit>> FindAsync(string text, CancellationToken ct = default)
    {
        var asked = text.Trim().ToLowerInvariant();
        var place = asked.StartsWith("kreis ", StringComparison.Ordinal) ? asked[6..] : asked.StartsWith("landkreis ", StringComparison.Ordinal) ? asked[10..] : asked;
        // a paper's number is written „DS 6 – 031“ and typed „6-031“
        var paper = string.Concat(asked.Where(char.IsLetterOrDigit));
        if (paper.Length < 2) return [];
        var hits = new List<Hit>();
        hits.AddRange((await db.QueryAsync<(string Key, string Name)>("""
            select key, split_part(name, ',', 1) || case when is_city then ' (Stadt)' else '' end from territory.district where valid_to is null and strpos(lower(name), @place) > 0 order by name limit 5
            """, new { place }, ct)).Select(d => new Hit("Kreis", d.Name, AreaLink.To(d.Key, d.Name))));
        if (await rights.HoldsAsync(PresencePermissions.Read, ct))
            hits.AddRange((await db.QueryAsync<(string Slug, string Name)>("select slug, name from presence.contact_point where strpos(lower(name), @asked) > 0 order by closed_on nulls first, name limit 5", new { asked }, ct))
                .Select(p => new Hit("Anlaufstelle", p.Name, "/praesenz/anlaufstellen/" + p.Slug)));
        if (await rights.HoldsAsync(MeetingsPermissions.ReadMeetings, ct))
            hits.AddRange((await db.QueryAsync<string>("""
                select concat_ws(' ', reference, title) from meetings.paper
                where strpos(regexp_replace(lower(reference), '[^[:alnum:]]', '', 'g'), @paper) > 0 or strpos(lower(title), @asked) > 0 order by reference limit 5
                """, new { paper, asked }, ct)).Select(p => new Hit("Drucksache", p, "/sitzungen/drucksachen")));
        if (await rights.HoldsAsync(OrganisationPermissions.Read, ct))
            hits.AddRange((await db.QueryAsync<(string Name, string Office, string Slug)>("""
                select o.name, f.name || ', ' || d.short_name, d.slug from organisation.officer o join organisation.office_holding h on h.person_id = o.person_id
                join organisation.office f on f.id = h.office_id join organisation.division d on d.id = f.division_id
                where strpos(lower(o.name), @asked) > 0 order by o.family_name, o.given_name limit 5
                """, new { asked }, ct)).Select(o => new Hit("Person", $"{o.Name} ({o.Office})", "/verwaltung/gliederungen/" + o.Slug)));
        return hits;
    }
}
