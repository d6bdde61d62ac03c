using Anlauf.Platform;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Territory;

/// <summary>A municipality as other rooms see it.</summary>
/// <param name="Ags">Official key, eight digits.</param>
/// <param name="Name">Official name with suffixes: „Hainichen, Stadt“.</param>
/// <param name="ShortName">Name without suffixes: „Hainichen“.</param>
/// <param name="DistrictKey">Key of the district, five digits; null for waters outside every district.</param>
/// <param name="TownSize">rural, small, medium or large, by the classes of Destatis.</param>
/// <param name="Urbanisation">1 dense, 2 intermediate, 3 sparse; null where unknown.</param>
public sealed record Municipality(
    string Ags, string Ars, string Name, string ShortName, int Kind, bool HasCouncil, string StateKey, string? DistrictKey, string? AssociationKey,
    int Population, DateOnly? PopulationOn, decimal AreaKm2, string? PostalCode, double? Longitude, double? Latitude, short? Urbanisation,
    string TownSize, DateOnly? ValidFrom, DateOnly? ValidTo);

/// <summary>A district; cities that are their own district are marked, because targets differ (requirement A18).</summary>
/// <param name="Label">Name in lists and on maps: „Mittelsachsen“, where two share a name „Leipzig (Stadt)“ and „Landkreis Leipzig“.</param>
public sealed record District(string Key, string StateKey, string Name, int Kind, bool IsCity, string Label);

/// <summary>
/// All that other rooms may use of Territory. An area key has no digit (the country), two (Land), five (Kreis), nine
/// (Gemeindeverband) or eight (Gemeinde).
/// </summary>
public sealed class TerritoryDirectory(Db db)
{
    private const string Fields = "ags, ars, name, short_name, kind, has_council, state_key, district_key, association_key, population, population_on, area_km2, postal_code, longitude, latitude, urbanisation, town_size, valid_from, valid_to";

    /// <summary>Today's municipalities with a council inside an area, ordered by key.</summary>
    public Task<IReadOnlyList<Municipality>> MunicipalitiesAsync(string areaKey = "", CancellationToken ct = default) => db.QueryAsync<Municipality>(
        $"select {Fields} from territory.current_municipality where has_council and (ags like @areaKey || '%' or association_key = @areaKey) order by ags", new { areaKey }, ct);

    /// <summary>A municipality by key, also one that has ended; null where the key is not known.</summary>
    public Task<Municipality?> MunicipalityAsync(string ags, CancellationToken ct = default) =>
        db.SingleAsync<Municipality>($"select {Fields} from territory.municipality where ags = @ags", new { ags }, ct);

    /// <summary>Today's keys for a key that may be old: itself, or the municipalities that took it over, with their shares.</summary>
    public Task<IReadOnlyList<(string Ags, decimal Share)>> SuccessorsAsync(string ags, CancellationToken ct = default) => db.QueryAsync<(string, decimal)>("""
        with recursive chain (ags, share, depth) as (
          select @ags, 1::numeric, 0
          union all
          select k.new_ags, c.share * k.share, c.depth + 1 from chain c join territory.key_change k on k.old_ags = c.ags and k.kind in (1, 3) and k.new_ags <> k.old_ags
          where c.depth < 10 and not exists (select from territory.current_municipality m where m.ags = c.ags))
        select ags, sum(share) from chain where exists (select from territory.current_municipality m where m.ags = chain.ags) group by ags order by 2 desc, 1
        """, new { ags }, ct);

    /// <summary>States that a directory was taken over for.</summary>
    public Task<IReadOnlyList<(string Key, string Name)>> StatesAsync(CancellationToken ct = default) =>
        db.QueryAsync<(string, string)>("select key, name from territory.state order by key", ct: ct);

    /// <summary>Today's districts of a state, or of the country, ordered by key.</summary>
    public Task<IReadOnlyList<District>> DistrictsAsync(string stateKey = "", CancellationToken ct = default) => db.QueryAsync<District>("""
        select key, state_key, name, kind, is_city, label from territory.district d where key like @stateKey || '%'
          and exists (select from territory.current_municipality m where m.district_key = d.key) order by key
        """, new { stateKey }, ct);

    /// <summary>Name of any area; null where the key is not known.</summary>
    public Task<string?> NameAsync(string key, CancellationToken ct = default) => key.Length switch
    {
        0 => Task.FromResult<string?>("Deutschland"),
        2 => db.ScalarAsync<string>("select name from territory.state where key = @key", new { key }, ct),
        5 => db.ScalarAsync<string>("select label from territory.district where key = @key", new { key }, ct),
        9 => db.ScalarAsync<string>("select name from territory.association where key = @key", new { key }, ct),
        _ => db.ScalarAsync<string>("select short_name from territory.municipality where ags = @key", new { key }, ct),
    };

    /// <summary>
    /// Municipalities by name, tolerant of typing errors, or by postal code; best first. „Hainchen“ finds Hainichen.
    /// </summary>
    public Task<IReadOnlyList<Municipality>> SearchAsync(string text, string areaKey = "", int limit = 10, CancellationToken ct = default)
    {
        // % and _ mean themselves; without a letter or digit there is nothing to find
        if (!text.Any(char.IsLetterOrDigit)) return Task.FromResult<IReadOnlyList<Municipality>>([]);
        var lower = text.Trim().ToLowerInvariant();
        var begin = lower.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";
        return db.QueryAsync<Municipality>($"""
        select {Fields} from territory.current_municipality m
        where has_council and ags like @areaKey || '%' and (
          lower(short_name) like @begin or lower(short_name) % @lower
          or (@lower ~ '^[0-9]+$' and (postal_code like @lower || '%' or ags = @lower
              or exists (select from territory.postal_code p where p.ags = m.ags and p.postal_code like @lower || '%'))))
        order by lower(short_name) = @lower desc, lower(short_name) like @begin desc, similarity(lower(short_name), @lower) desc, population desc, ags
        limit @limit
        """, new { lower, begin, areaKey, limit }, ct);
    }

    /// <summary>The one municipality a person means by a name, a key or a postal code: never a guess, similar names are offered in the refusal.</summary>
    public async Task<Outcome<Municipality>> NamedAsync(string text, CancellationToken ct = default)
    {
        var said = text.Trim();
        var found = await SearchAsync(said, limit: 8, ct: ct);
        var exact = found.Where(m => said == m.Ags || said == m.PostalCode || said.Equals(m.ShortName, StringComparison.OrdinalIgnoreCase) || said.Equals(m.Name, StringComparison.OrdinalIgnoreCase)).ToList();
        if (exact.Count == 1) return exact[0];
        // several of one name are told apart by their district
        var districts = (await DistrictsAsync(ct: ct)).ToDictionary(d => d.Key, d => d.Label);
        var choice = string.Join("; ", (exact.Count > 1 ? exact : found).Take(5).Select(m => $"{m.ShortName}, {(m.DistrictKey is { } d ? districts.GetValueOrDefault(d, d) : m.StateKey)} ({m.Ags})"));
        return new Refusal(found.Count == 0 ? $"Eine Gemeinde „{said}“ gibt es nicht. Prüfen Sie die Schreibweise"
            : exact.Count > 1 ? $"„{said}“ gibt es mehrmals: {choice}. Schreiben Sie statt des Namens die Zahl aus der Klammer"
            : $"Eine Gemeinde „{said}“ gibt es nicht. Meinten Sie {choice}?");
    }

    /// <summary>Key of the state, district or municipality a person means by a name or a key; where a city and a district share a name, both are offered.</summary>
    public async Task<Outcome<string>> AreaNamedAsync(string text, CancellationToken ct = default)
    {
        var said = text.Trim();
        var found = await db.QueryAsync<(string Key, string Name)>("""
            select key, name from territory.state where key = @said or lower(name) = lower(@said)
            union all select key, name from territory.district where valid_to is null and (key = @said or lower(name) = lower(@said) or lower(split_part(name, ',', 1)) = lower(@said))
            """, new { said }, ct);
        if (found.Count == 1) return found[0].Key;
        if (found.Count > 1) return new Refusal($"„{said}“ gibt es mehrmals: {string.Join("; ", found.Select(f => $"{f.Name} ({f.Key})"))}. Schreiben Sie statt des Namens die Zahl aus der Klammer");
        var (place, refusal) = await NamedAsync(said, ct);
        return place is null ? refusal! : place.Ags;
    }

    /// <summary>Changes whether a district counts as a city of its own (kreisfreie Stadt) or as a district of many municipalities.</summary>
    /// <returns>False where there is no such district.</returns>
    public async Task<bool> SetDistrictIsCityAsync(string districtKey, bool isCity, CancellationToken ct = default) =>
        await db.ExecuteAsync("update territory.district set is_city = @isCity where key = @districtKey", new { districtKey, isCity }, ct) == 1;
}
