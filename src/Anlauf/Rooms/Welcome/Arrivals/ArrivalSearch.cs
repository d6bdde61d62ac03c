using Anlauf.Platform.Audit;
using Anlauf.Platform.Database;
using Anlauf.Platform.Web;

namespace Anlauf.Rooms.Welcome.Arrivals;

/// <summary>
/// Finds who is arriving for whoever welcomes them, with or without the register of persons, and leads to the page of their calls: the row
/// policies decide, so it finds whoever stands on the list of calls. Who is shown stands in the log as if the page had been opened.
/// </summary>
internal sealed class ArrivalSearch(Db db, AuditLog audit) : ISearchPart
{
    private sealed record Hit(int Id, int PersonId, string Name, string Place, string? Contact, bool MayContact);

    public async Task<IReadOnlyList<SearchHit>> FindAsync(string text, CancellationToken ct)
    {
        var words = text.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        // who arrives first: left to itself, the plan walks through everybody by name
        var found = await db.QueryAsync<Hit>("""
            with arriving as materialized (select a.id, a.person_id, a.division_id, a.area_key, a.contact_person_id, a.declined_on from welcome.arrival a where a.closed_on is null and a.person_id is distinct from access.person_id()),
              found as materialized (select a.*, p.title, p.given_name, p.family_name from arriving a join organisation.person p on p.id = a.person_id
                where not exists (select from unnest(@words) w where strpos(lower(concat_ws(' ', p.title, p.given_name, p.family_name) collate "de-x-icu"), w) = 0))
            select f.id, f.person_id, concat_ws(' ', nullif(f.title, ''), f.given_name, f.family_name) as name, coalesce(m.short_name, d.short_name) as place,
              (select n.name from welcome.named_contact n where n.person_id = f.contact_person_id) as contact, f.declined_on is null and privacy.may_contact(f.person_id) as may_contact
            from found f join organisation.division d on d.id = f.division_id left join territory.municipality m on m.ags = f.area_key
            order by f.family_name collate "de-x-icu", f.given_name collate "de-x-icu", f.id limit 5
            """, new { words }, ct);
        foreach (var hit in found) await audit.ReadAsync("/suche", "", hit.PersonId, null, ct);
        return [.. found.Select(h => new SearchHit("Ankommen", h.Name, h.MayContact ? $"{h.Place}, {(h.Contact is { } who ? "zuständig: " + who : "niemand zuständig")}" : $"{h.Place}, keine Ansprache", $"/menschen/anrufe/{h.Id}"))];
    }
}
