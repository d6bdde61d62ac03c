using Anlauf.Platform.Database;
using Anlauf.Platform.Privacy;
using Anlauf.Platform.Web.Components;
using Anlauf.Rooms.Situation.Figures;
using Anlauf.Rooms.Territory;

namespace Anlauf.Rooms.Situation.Profiles;

/// <summary>A figure of an area as it must be shown: with source and date (requirement A15).</summary>
/// <param name="Value">As it stands in the table; „keine Angabe“ where unknown.</param>
/// <param name="Middle">The same for the comparison (the middle district of the state), null where there is none.</param>
public sealed record Figure(string Title, string Value, string? Middle, string Source);

/// <summary>An own result in an election, with those of district and state.</summary>
public sealed record OwnResult(string Election, DateOnly Day, bool Stood, decimal? Share, decimal? District, decimal? State, int? Seats, int? AllSeats);

/// <summary>A neighbour where the leading goal is reached.</summary>
public sealed record Neighbour(Municipality Place, double Kilometres, decimal? Value);

/// <summary>What the profiles of municipalities and districts show.</summary>
public sealed class AreaProfile(Db db, Coverage coverage, TerritoryDirectory territory, ComparisonFigures comparison)
{
    /// <summary>States of all goals that concern one municipality, goals by district included.</summary>
    public async Task<IReadOnlyList<(GoalCoverage State, AreaRow Row)>> GoalsOfMunicipalityAsync(Municipality m, CancellationToken ct = default)
    {
        var found = new List<(GoalCoverage, AreaRow)>();
        foreach (var goal in await coverage.GoalsAsync(ct))
        {
            var key = goal.Level == "district" ? m.DistrictKey ?? m.Ags : m.Ags;
            if (!key.StartsWith(goal.AreaKey, StringComparison.Ordinal)) continue;
            if ((await coverage.MeasureAsync(goal, key, ct)) is { Areas: [var row] } state) found.Add((state, row));
        }
        return found;
    }

    /// <summary>States of all goals inside a district.</summary>
    public async Task<IReadOnlyList<GoalCoverage>> GoalsOfDistrictAsync(string key, CancellationToken ct = default)
    {
        var found = new List<GoalCoverage>();
        foreach (var goal in (await coverage.GoalsAsync(ct)).Where(g => key.StartsWith(g.AreaKey, StringComparison.Ordinal)))
            if (await coverage.MeasureAsync(goal, key, ct) is { Areas.Count: > 0 } state) found.Add(state);
        return found;
    }

    /// <summary>All indicators for a municipality, each with source and date.</summary>
    public async Task<IReadOnlyList<Figure>> FiguresOfMunicipalityAsync(Municipality m, CancellationToken ct = default)
    {
        var register = $"Destatis, Gemeindeverzeichnis{(m.PopulationOn is { } on ? $", {on:d.M.yyyy}" : "")}";
        var figures = new List<Figure> { new("Einwohner", Wording.Number(m.Population), null, register), new("Fläche", m.AreaKm2.ToString("#,0.0", Wording.German) + " km²", null, register) };
        foreach (var indicator in coverage.Indicators.Where(i => i.Id != "territory.population"))
        {
            var value = (await coverage.ValuesAsync(indicator, indicator.Level == AreaLevel.District ? m.DistrictKey ?? m.Ags : m.Ags, ct)) is [var only] ? only.Value : indicator.Absent;
            figures.Add(new(indicator.Name, Show(indicator, value), null, await indicator.SourceAsync(db, ct)));
        }
        figures.AddRange(await EnteredAsync(m.Ags, ct));
        return figures;
    }

    /// <summary>Figures of a district beside the middle one of its kind in the state.</summary>
    public async Task<IReadOnlyList<Figure>> FiguresOfDistrictAsync(District district, IReadOnlyList<Municipality> inState, CancellationToken ct = default)
    {
        var kinds = (await territory.DistrictsAsync(district.StateKey, ct)).Where(d => d.IsCity == district.IsCity).Select(d => d.Key).ToHashSet();
        var groups = inState.Where(m => m.DistrictKey is { } k && (kinds.Contains(k) || k == district.Key)).GroupBy(m => m.DistrictKey!).ToDictionary(g => g.Key, g => g.ToList());
        if (!groups.TryGetValue(district.Key, out var own)) return [];
        var register = $"Destatis, Gemeindeverzeichnis{(own[0].PopulationOn is { } on ? $", {on:d.M.yyyy}" : "")}";
        Figure Of(string title, Func<List<Municipality>, decimal> sum, string unit = "") => new(title, Wording.Number(sum(own)) + unit, Wording.Number(Middle([.. groups.Values.Select(sum)])) + unit, register);
        var figures = new List<Figure>
        {
            Of("Gemeinden", g => g.Count), Of("Einwohner", g => g.Sum(m => m.Population)), Of("Fläche", g => g.Sum(m => m.AreaKm2), " km²"),
            Of("Einwohner je km²", g => Math.Round(g.Sum(m => m.Population) / g.Sum(m => m.AreaKm2))),
            new("Anteil in Orten unter 5.000 Einwohnern", Wording.Percent(Small(own)), Wording.Percent(Middle([.. groups.Values.Select(Small)])), register),
        };
        if (await SeatAsync(district.StateKey, ct) is { } seat && inState.FirstOrDefault(m => m.Ags == seat) is { } office)
        {
            // people of the district on their way there, not its middle
            int Minutes(List<Municipality> g) => Distance.DrivingMinutes(g.Sum(m => m.Population * (Distance.Between(m, office) ?? 0)) / Math.Max(1, g.Sum(m => m.Population)));
            figures.Add(new("Fahrzeit zur Landesgeschäftsstelle", $"etwa {Minutes(own)} min", $"etwa {Middle([.. groups.Values.Select(g => (decimal)Minutes(g))]):0} min", $"geschätzt: Luftlinie nach {office.ShortName} + ein Drittel, 60 km/h, Mittel über die Menschen"));
        }
        foreach (var indicator in coverage.Indicators.Where(i => i.Id is not "territory.population" && i.Unit.Many != "Prozent"))
        {
            var byDistrict = (await coverage.ValuesAsync(indicator, district.StateKey, ct)).GroupBy(v => v.AreaKey[..5]).ToDictionary(g => g.Key, g => (Sum: g.Sum(v => v.Value ?? 0), Hidden: g.Count(v => v.Value is null)));
            if (byDistrict.Count == 0) continue;
            // a sum beside its parts must not give the hidden ones away: it is made from what is shown
            (decimal Sum, int Hidden) At(string key) => byDistrict.TryGetValue(key, out var v) ? v : (0, 0);
            string Text((decimal Sum, int Hidden) v) => indicator.HidesSmall && v.Hidden > 0 ? "etwa " + Wording.Number(SmallCounts.Estimate((int)v.Sum, v.Hidden)) : Wording.Number(v.Sum);
            figures.Add(new(indicator.Name, Text(At(district.Key)), indicator.HidesSmall && byDistrict.Values.Any(v => v.Hidden > 0) ? null : Wording.Number(Middle([.. groups.Keys.Select(k => At(k).Sum)])), await indicator.SourceAsync(db, ct)));
        }
        figures.AddRange(await EnteredAsync(district.Key, ct));
        return figures;
    }

    // where the state association has its office
    private Task<string?> SeatAsync(string stateKey, CancellationToken ct) => db.ScalarAsync<string>("select d.seat_ags from organisation.division d join organisation.division_area a on a.division_id = d.id where d.parent_id is null and a.area_key = @stateKey and d.dissolved_on is null order by d.id limit 1", new { stateKey }, ct);

    private async Task<IEnumerable<Figure>> EnteredAsync(string key, CancellationToken ct) => (await comparison.EnteredAsync(key, ct: ct)).Select(f =>
        new Figure(f.Title, f.Unit == "%" ? Wording.Percent(f.Value) : $"{Wording.Number(f.Value)} {f.Unit}", null, $"{f.Source}, {f.AsOf:d.M.yyyy}"));

    private static decimal Small(List<Municipality> own) => 100m * own.Where(m => m.Population < 5000).Sum(m => m.Population) / Math.Max(1, own.Sum(m => m.Population));

    private static decimal Middle(List<decimal> values)
    {
        values.Sort();
        return values.Count == 0 ? 0 : values[values.Count / 2];
    }

    private static string Show(IIndicator indicator, decimal? value) => (indicator.Id, value) switch
    {
        (_, null) => indicator.HidesSmall ? "unter 5" : "keine Angabe",
        ("territory.council-list", 1) => "ja",
        ("territory.council-list", _) => "nein",
        (_, { } v) => indicator.Unit.Many == "Prozent" ? Wording.Percent(v) : Wording.Number(v),
    };

    /// <summary>Own results, newest first. Keys are those of election day; a municipality that was merged since has the results of its today's key only.</summary>
    public Task<IReadOnlyList<OwnResult>> ResultsAsync(string ags, CancellationToken ct = default) => db.QueryAsync<OwnResult>("""
        with own as (select l.election_id, l.ags, l.votes, l.stood, l.seats from territory.list_result l where l.list = (select value from platform.setting where key = 'own-list'))
        select e.title as election, e.day, coalesce(o.stood, false) as stood, round(100.0 * o.votes / nullif(r.valid_votes, 0), 1) as share,
          (select round(100.0 * sum(x.votes) / nullif(sum(y.valid_votes), 0), 1) from territory.result y left join own x on x.election_id = y.election_id and x.ags = y.ags where y.election_id = e.id and left(y.ags, 5) = left(@ags, 5)) as district,
          (select round(100.0 * sum(x.votes) / nullif(sum(y.valid_votes), 0), 1) from territory.result y left join own x on x.election_id = y.election_id and x.ags = y.ags where y.election_id = e.id) as state,
          o.seats, (select sum(seats)::int from territory.list_result s where s.election_id = e.id and s.ags = @ags) as all_seats
        from territory.election e join territory.result r on r.election_id = e.id and r.ags = @ags left join own o on o.election_id = e.id and o.ags = @ags
        order by e.day desc, e.id limit 12
        """, new { ags }, ct);

    /// <summary>Nearest municipalities where a goal is reached.</summary>
    public async Task<IReadOnlyList<Neighbour>> NeighboursAsync(Municipality m, Goal goal, CancellationToken ct = default)
    {
        if (goal.Level != "municipality") return [];
        var reached = (await coverage.MeasureAsync(goal, m.StateKey, ct)).Areas.Where(a => a.Standing == Standing.Reached).ToDictionary(a => a.Key);
        return [.. (await territory.MunicipalitiesAsync(m.StateKey, ct)).Where(o => o.Ags != m.Ags && reached.ContainsKey(o.Ags))
            .Select(o => (Place: o, Km: Distance.Between(m, o))).Where(n => n.Km is not null).OrderBy(n => n.Km).Take(3).Select(n => new Neighbour(n.Place, n.Km!.Value, reached[n.Place.Ags].Value))];
    }

    /// <summary>Divisions that cover an area, smallest first.</summary>
    public Task<IReadOnlyList<string>> DivisionsAsync(string key, CancellationToken ct = default) => db.QueryAsync<string>("""
        select d.name from organisation.division d join organisation.division_area a on a.division_id = d.id where @key like a.area_key || '%' and d.dissolved_on is null and length(a.area_key) > 2
        group by d.id, d.name order by max(length(a.area_key)) desc, d.name
        """, new { key }, ct);
}
