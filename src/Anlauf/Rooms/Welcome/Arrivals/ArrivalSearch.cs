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
        var found = await db.QueryAsync<Hit>("""
            select f.id, f.person_id, concat_ws(' ', nullif(p.title, ''), p.given_name, p.family_name) as name, coalesce(m.short_name, d.short_name) as place,
              (select n.name from welcome.named_contact n where n.person_id = f.contact_person_id) as contact, f.declined_on is null and privacy.may_contact(f.person_id) as may_contact
            from welcome.find_arriving(@words) g join welcome.arrival f on f.id = g.arrival_id join organisation.person p on p.id = f.person_id join organisation.division d on d.id = f.division_id left join territory.municipality m on m.ags = f.area_key
            order by g.place
            """, new { words }, ct);
        foreach (var hit in found) await audit.ReadAsync("/suche", "", hit.PersonId, null, ct);
        return [.. found.Select(h => new SearchHit("Ankommen", h.Name, h.MayContact ? $"{h.Place}, {(h.Contact is { } who ? "zuständig: " + who : "niemand zuständig")}" : $"{h.Place}, keine Ansprache", $"/menschen/anrufe/{h.Id}"))];
    }
}
