using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Situation.Indicators;

/// <summary>Which list is the association's own: a setting, since parties stand under different names.</summary>
public static class OwnList
{
    /// <summary>Key of the setting that holds the name of the list, as it stands in the official results.</summary>
    public const string Setting = "own-list";
}

/// <summary>Whether the association's list stood in the last council election, by municipality.</summary>
internal sealed class CouncilListIndicator : IIndicator
{
    public string Id => "territory.council-list";
    public string Name => "Eigene Liste bei der letzten Ratswahl";
    public (string, string) Unit => ("Liste", "Listen");
    public AreaLevel Level => AreaLevel.Municipality;
    public decimal? Absent => null;
    public Task<string> SourceAsync(Db db, CancellationToken ct) => LastElection.SourceAsync(db, ct);
    public Task<IReadOnlyList<AreaValue>> ReadAsync(Db db, string areaKey, CancellationToken ct) => LastElection.ReadAsync(db, "case when l.stood then 1 else 0 end", areaKey, ct);
}

/// <summary>Seats of the association's list in municipal councils.</summary>
internal sealed class CouncilSeatsIndicator : IIndicator
{
    public string Id => "territory.council-seats";
    public string Name => "Ratsmitglieder";
    public (string, string) Unit => ("Ratsmitglied", "Ratsmitglieder");
    public AreaLevel Level => AreaLevel.Municipality;
    public decimal? Absent => null;
    public Task<string> SourceAsync(Db db, CancellationToken ct) => LastElection.SourceAsync(db, ct);
    public Task<IReadOnlyList<AreaValue>> ReadAsync(Db db, string areaKey, CancellationToken ct) => LastElection.ReadAsync(db, "coalesce(l.seats, 0)", areaKey, ct);
}

/// <summary>Members by municipality; small cells are missing where the reader may not see them.</summary>
internal sealed class MemberIndicator : IIndicator
{
    public string Id => "members.count";
    public string Name => "Mitglieder";
    public (string, string) Unit => ("Mitglied", "Mitglieder");
    public AreaLevel Level => AreaLevel.Municipality;
    public decimal? Absent => 0;
    public async Task<string> SourceAsync(Db db, CancellationToken ct) =>
        "eigene Zählung" + (await db.ScalarAsync<DateOnly?>("select max(as_of) from members.count_by_municipality()", ct: ct) is { } day ? $", {day:d.M.yyyy}" : "") + "; unter 5 außerhalb der eigenen Gliederung nicht gezeigt";
    public Task<IReadOnlyList<AreaValue>> ReadAsync(Db db, string areaKey, CancellationToken ct) =>
        db.QueryAsync<AreaValue>("select area_key, members::numeric as value from members.count_by_municipality() where area_key like @areaKey || '%'", new { areaKey }, ct);
}

/// <summary>Inhabitants, for shares and for sorting by size.</summary>
internal sealed class PopulationIndicator : IIndicator
{
    public string Id => "territory.population";
    public string Name => "Einwohner";
    public (string, string) Unit => ("Einwohner", "Einwohner");
    public AreaLevel Level => AreaLevel.Municipality;
    public decimal? Absent => null;
    public Task<string> SourceAsync(Db db, CancellationToken ct) => Task.FromResult("Destatis, Gemeindeverzeichnis");
    public Task<IReadOnlyList<AreaValue>> ReadAsync(Db db, string areaKey, CancellationToken ct) =>
        db.QueryAsync<AreaValue>("select ags as area_key, population::numeric as value from territory.current_municipality where has_council and ags like @areaKey || '%'", new { areaKey }, ct);
}

internal static class LastElection
{
    /// <summary>A value of the own list's latest council result; keys of election day are carried to today's municipalities.</summary>
    /// <param name="value">SQL over <c>l</c>, a constant of the calling indicator.</param>
    public static Task<IReadOnlyList<AreaValue>> ReadAsync(Db db, string value, string areaKey, CancellationToken ct) => db.QueryAsync<AreaValue>($"""
        with last as (select distinct on (state_key) id from territory.election where kind = 'MunicipalCouncil' order by state_key, day desc)
        select coalesce(k.new_ags, l.ags) as area_key, max({value})::numeric as value
        from territory.list_result l join last e on e.id = l.election_id
        left join territory.key_change k on k.old_ags = l.ags and k.kind in (1, 3) and k.new_ags <> k.old_ags and not exists (select from territory.current_municipality m where m.ags = l.ags)
        where l.list = (select value from platform.setting where key = '{OwnList.Setting}') and coalesce(k.new_ags, l.ags) like @areaKey || '%'
        group by 1
        """, new { areaKey }, ct);

    public static async Task<string> SourceAsync(Db db, CancellationToken ct) => await db.ScalarAsync<string>("""
        select string_agg(distinct s.line, '; ') from territory.election e join territory.source s on s.id = e.source_id where e.kind = 'MunicipalCouncil'
          and e.day = (select max(day) from territory.election x where x.state_key = e.state_key and x.kind = e.kind)
        """, ct: ct) ?? "noch keine Wahlergebnisse eingelesen";
}
