using Anlauf.Platform.Database;
using Anlauf.Platform.Web;

namespace Anlauf.Rooms.Organisation.RightsInWords;

/// <summary>The nearest office above the acting person that gives out offices and rights, and that somebody else holds today.</summary>
internal sealed class NearestGrantor(Db db) : IGrantingOffice
{
    public Task<string?> FindAsync(CancellationToken ct) => db.ScalarAsync<string>("""
        select o.name || ', ' || d.short_name
        from organisation.office_holding m join organisation.office own on own.id = m.office_id join organisation.division_closure c on c.descendant_id = own.division_id
        join organisation.office o on o.division_id = c.ancestor_id join organisation.division d on d.id = o.division_id
        join access.role_right r on r.role_id = o.role_id and r.feature = 'organisation' and r.action = 'administer' and (c.depth = 0 or r.reach = 'subtree')
        where m.person_id = access.person_id() and current_date between m.valid_from and coalesce(m.valid_to, 'infinity'::date)
          and exists (select from organisation.office_holding h where h.office_id = o.id and h.person_id <> m.person_id and current_date between h.valid_from and coalesce(h.valid_to, 'infinity'::date))
        order by c.depth, o.sort, o.id limit 1
        """, ct: ct);
}
