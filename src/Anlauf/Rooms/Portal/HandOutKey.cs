using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Platform.Secrets;

namespace Anlauf.Rooms.Portal;

/// <summary>Makes the file that the process outside works with, and opens the box for its key. An older key is taken for seven more days.</summary>
public sealed class HandOutKey(Db db, KeyRing keys, DatabaseConnections connections)
{
    private sealed record Responsible(int Id, string Association, string? Name, string Address, string Contact, string OfficerContact, string Recipients, string Kept);

    /// <param name="division">Slug of the division that gets the messages.</param>
    /// <param name="site">Address at which people reach the form, „https://kontakt.example.org“: letters that confirm an address lead there. Null switches them off.</param>
    public async Task<Outcome<PortalFile>> HandleAsync(string division, string? site = null, CancellationToken ct = default)
    {
        site = site?.TrimEnd('/');
        if (site is not null && !(Uri.TryCreate(site, UriKind.Absolute, out var address) && (address.Scheme == "https" || address is { Scheme: "http", IsLoopback: true }) && address.PathAndQuery == "/"))
            return new Refusal("Die Adresse des Formulars sieht so aus: https://kontakt.example.org");
        if (await db.SingleAsync<Responsible>("""
            select d.id, d.name as association, c.name, coalesce(c.address, '') as address, coalesce(c.contact, '') as contact, coalesce(c.officer_contact, '') as officer_contact, p.recipients,
              privacy.period_words(r.period) || ' nach der Antwort, dann werden sie gelöscht' as kept
            from organisation.division d left join privacy.controller c on c.division_id = d.id, privacy.process p, privacy.retention_rule r where d.slug = @division and p.id = 'contact' and r.id = 'contact'
            """, new { division }, ct) is not { } found)
            return new Refusal($"Eine Gliederung „{division}“ gibt es nicht. Gemeint ist der Teil ihrer Adresse hinter /verwaltung/gliederungen/");
        if (found.Name is null) return new Refusal($"Für „{found.Association}“ ist keine verantwortliche Stelle eingetragen, und ohne sie darf das Formular nicht öffnen (Art. 13 DSGVO). Tragen Sie sie ein unter Verwaltung, Datenschutz, verantwortliche Stelle");
        var (id, point) = keys.PublicKey();
        await db.InTransactionAsync(async () =>
        {
            await db.ExecuteAsync("update portal.key set ended_at = now() + interval '7 days' where division_id = @division and key_id <> @id and ended_at is null", new { division = found.Id, id }, ct);
            return await db.ExecuteAsync("insert into portal.key (division_id, key_id, public_key, site) values (@division, @id, @point, @site) on conflict (division_id, key_id) do update set ended_at = null, site = excluded.site", new { division = found.Id, id, point, site }, ct);
        }, ct);
        return new PortalFile(found.Id, found.Association, id, point, found.Name, found.Address, found.Contact, found.OfficerContact, found.Recipients, found.Kept, connections.Portal, site);
    }
}
