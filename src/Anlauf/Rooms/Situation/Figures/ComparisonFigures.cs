using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Situation.Figures;

/// <summary>A figure to compare with, and the own one beside it (requirements J10, Q4).</summary>
/// <param name="Own">Own value in the same unit; null where none is known.</param>
public sealed record Comparison(string Title, decimal Value, string Unit, int? Numerator, int? Denominator, string Source, DateOnly AsOf, decimal? Own, int? OwnNumerator, int? OwnDenominator, string? OwnSource, DateOnly? OwnAsOf)
{
    /// <summary>Own value minus the figure, in points; null where there is no own value.</summary>
    public decimal? Gap => Own is { } own ? Math.Round(own - Value, 1) : null;
}

/// <summary>Reads the figures to compare with for an area.</summary>
public sealed class ComparisonFigures(Db db)
{
    /// <summary>Entered figures first, then those computed from election results.</summary>
    public async Task<IReadOnlyList<Comparison>> ReadAsync(string areaKey, CancellationToken ct = default)
    {
        var entered = await db.QueryAsync<Comparison>("""
            select title, value, unit, numerator, denominator, source, as_of, round(100.0 * own_numerator / own_denominator, 1) as own, own_numerator, own_denominator, own_source, own_as_of
            from situation.baseline_figure where @areaKey like area_key || '%' or (length(area_key) = 2 and area_key like @areaKey || '%') order by id
            """, new { areaKey }, ct);
        return areaKey.Length < 2 ? entered : [.. entered, .. await RuralShareAsync(areaKey[..2], ct)];
    }

    /// <summary>A figure that was entered by hand.</summary>
    public sealed record Entered(int Id, int? DivisionId, string? Division, string AreaKey, string Area, string Title, decimal Value, string Unit, int? Numerator, int? Denominator, string Source, DateOnly AsOf,
        int? OwnNumerator, int? OwnDenominator, string? OwnSource, DateOnly? OwnAsOf, bool MayEdit);

    /// <summary>Figures entered for one area itself, or all of them; the newest first.</summary>
    public Task<IReadOnlyList<Entered>> EnteredAsync(string? areaKey = null, int? id = null, CancellationToken ct = default) => db.QueryAsync<Entered>("""
        select f.id, f.division_id, d.short_name as division, f.area_key, coalesce(s.name, k.label, m.short_name, f.area_key) as area, f.title, f.value, f.unit, f.numerator, f.denominator, f.source, f.as_of,
          f.own_numerator, f.own_denominator, f.own_source, f.own_as_of, coalesce(f.division_id = any ((select access.editable_divisions('P1', 'goals'))::integer[]), false) as may_edit
        from situation.baseline_figure f left join organisation.division d on d.id = f.division_id
        left join territory.state s on s.key = f.area_key left join territory.district k on k.key = f.area_key and k.valid_to is null left join territory.current_municipality m on m.ags = f.area_key
        where (@areaKey::text is null or f.area_key = @areaKey) and (@id::int is null or f.id = @id) order by f.as_of desc, f.id desc
        """, new { areaKey, id }, ct);

    /// <summary>
    /// Share of the voters who live outside the cities that are their own district, and the share of the own votes that came from
    /// there, in the latest state election: how much of the own result is rural (requirement Q4).
    /// </summary>
    private async Task<IReadOnlyList<Comparison>> RuralShareAsync(string state, CancellationToken ct) => await db.QueryAsync<Comparison>("""
        with e as (select * from territory.election where kind = 'StateParliament' and state_key = @state order by day desc limit 1),
          r as (select r.voters, l.votes, coalesce(d.is_city, false) as city from e join territory.result r on r.election_id = e.id left join territory.district d on d.key = left(r.ags, 5)
            left join territory.list_result l on l.election_id = e.id and l.ags = r.ags and l.list = (select value from platform.setting where key = 'own-list'))
        select 'der Wählenden leben außerhalb der kreisfreien Städte; so groß ist der Anteil dieser Orte an den eigenen Stimmen' as title, round(100.0 * sum(voters) filter (where not city) / sum(voters), 1) as value, '%' as unit,
          (sum(voters) filter (where not city))::int as numerator, sum(voters)::int as denominator, (select s.line from territory.source s join e on e.source_id = s.id) as source, (select day from e) as as_of,
          round(100.0 * sum(votes) filter (where not city) / nullif(sum(votes), 0), 1) as own, (sum(votes) filter (where not city))::int as own_numerator, sum(votes)::int as own_denominator, (select title from e) as own_source, (select day from e) as own_as_of
        from r having sum(voters) > 0 and sum(votes) > 0
        """, new { state }, ct);
}
