using Anlauf.Platform.Database;
using Anlauf.Platform.Web;

namespace Anlauf.Rooms.Situation.Profiles;

/// <summary>Finds districts by name or key; „Kreis Mittelsachsen“ asks for Mittelsachsen.</summary>
internal sealed class DistrictSearch(Db db) : ISearchPart
{
    private static readonly string[] Words = ["landkreis ", "kreis ", "kreisfreie stadt "];

    public async Task<IReadOnlyList<SearchHit>> FindAsync(string text, CancellationToken ct)
    {
        var asked = text.Trim().ToLowerInvariant();
        var place = Words.FirstOrDefault(w => asked.StartsWith(w, StringComparison.Ordinal)) is { } word ? asked[word.Length..].Trim() : asked;
        if (place.Length < 2) return [];
        return [.. (await db.QueryAsync<(string Key, string Label, bool IsCity)>("""
            select key, label, is_city from territory.district where valid_to is null and (key = @place or strpos(lower(name), @place) > 0 or strpos(lower(label), @asked) > 0)
            order by strpos(lower(name), @place) = 1 desc, name collate "de-x-icu", key limit 5
            """, new { place, asked }, ct)).Select(d => new SearchHit("Kreise", d.Label, d.IsCity ? "kreisfreie Stadt" : "Landkreis", AreaLink.To(d.Key, d.Label)))];
    }
}
