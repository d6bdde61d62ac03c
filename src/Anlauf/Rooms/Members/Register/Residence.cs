using Anlauf.Platform;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Members.Register;

/// <summary>Finds the municipality of an address and the division that keeps it.</summary>
public sealed class Residence(Db db)
{
    /// <param name="Ags">Official key of the municipality.</param>
    /// <param name="DivisionId">Smallest division whose area holds it; null where no division does.</param>
    public sealed record Found(string Ags, string Place, int? DivisionId, string? Division);

    /// <summary>By postal code and place; either may be empty. Refused where several municipalities fit, with their names.</summary>
    public async Task<Outcome<Found>> FindAsync(string? postalCode, string? place, CancellationToken ct = default)
    {
        var (code, town) = (postalCode?.Trim() ?? "", place?.Trim() ?? "");
        if (code.Length > 0 && (code.Length != 5 || !code.All(char.IsAsciiDigit))) return new Refusal("Eine Postleitzahl hat fünf Ziffern", "PostalCode");
        var found = await db.QueryAsync<Found>("""
            select m.ags, m.short_name as place, d.id as division_id, d.name as division
            from territory.current_municipality m left join organisation.division d on d.id = members.division_for(m.ags)
            where m.has_council and (@code = '' or exists (select from territory.postal_code c where c.ags = m.ags and c.postal_code = @code) or m.postal_code = @code)
              and (@town = '' or lower(m.short_name) = lower(@town) or lower(m.name) = lower(@town)) and (@code <> '' or @town <> '')
            order by m.short_name collate "de-x-icu" limit 6
            """, new { code, town }, ct);
        return found.Count switch
        {
            1 => found[0],
            0 => new Refusal(town.Length > 0 ? $"„{(code + " " + town).Trim()}“ ist keine Gemeinde, die wir kennen. Prüfen Sie Postleitzahl und Ort; bei einem Ortsteil nennen Sie die Gemeinde" : $"Zur Postleitzahl {code} kennen wir keine Gemeinde", "Place"),
            _ => new Refusal($"{(code + " " + town).Trim()} gibt es mehrmals. Nennen Sie Postleitzahl und Ort genau: {string.Join(", ", found.Take(5).Select(f => f.Place + (f.Division is null ? "" : $" ({f.Division})")))}{(found.Count > 5 ? " …" : "")}", "Place"),
        };
    }
}
