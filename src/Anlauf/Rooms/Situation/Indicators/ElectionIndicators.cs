using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Situation.Indicators;

/// <summary>Share of the own list in percent of the valid votes, latest state election.</summary>
internal sealed class StateVoteShareIndicator : IIndicator
{
    public string Id => "territory.state-vote-share";
    public string Name => "Stimmenanteil bei der letzten Landtagswahl";
    public (string, string) Unit => ("Prozent", "Prozent");
    public AreaLevel Level => AreaLevel.Municipality;
    public decimal? Absent => null;
    public Task<string> SourceAsync(Db db, CancellationToken ct) => LastElection.SourceAsync(db, LastElection.StateParliament, ct);
    public string Clause(bool atLeast, decimal target) => $"liegt der eigene Anteil bei {(atLeast ? "mindestens" : "höchstens")} {Wording.Number(target)} Prozent";
    public string Sql => LastElection.Sql("round(100.0 * sum(l.votes) / nullif(sum(r.valid_votes), 0), 2)", LastElection.StateParliament);
}

/// <summary>Share of the own list in percent of the valid votes, latest council election; null where it did not stand.</summary>
internal sealed class CouncilVoteShareIndicator : IIndicator
{
    public string Id => "territory.council-vote-share";
    public string Name => "Stimmenanteil bei der letzten Ratswahl";
    public (string, string) Unit => ("Prozent", "Prozent");
    public AreaLevel Level => AreaLevel.Municipality;
    public decimal? Absent => null;
    public Task<string> SourceAsync(Db db, CancellationToken ct) => LastElection.SourceAsync(db, LastElection.MunicipalCouncil, ct);
    public string Clause(bool atLeast, decimal target) => $"liegt der eigene Anteil bei {(atLeast ? "mindestens" : "höchstens")} {Wording.Number(target)} Prozent";
    public string Sql => LastElection.Sql("round(100.0 * sum(l.votes) / nullif(sum(r.valid_votes) filter (where l.stood), 0), 2)");
}

/// <summary>SQL over the own list's latest results, one election for each state; keys of election day are carried to today's municipalities.</summary>
internal static class LastElection
{
    public const string MunicipalCouncil = "MunicipalCouncil", StateParliament = "StateParliament";

    /// <param name="aggregate">SQL over <c>l</c> (the list's result) and <c>r</c> (the municipality's), a constant of the calling indicator.</param>
    public static string Sql(string aggregate, string kind = MunicipalCouncil) => $"""
        select a.ags as area_key, ({aggregate})::numeric as value
        from (select distinct on (state_key) id from territory.election where kind = '{kind}' order by state_key, day desc) e
        join territory.list_result l on l.election_id = e.id and l.list = (select value from platform.setting where key = '{OwnList.Setting}')
        join territory.result r on r.election_id = l.election_id and r.ags = l.ags
        cross join lateral (
          select l.ags where exists (select from territory.current_municipality m where m.ags = l.ags)
          union all select k.new_ags from territory.key_change k where k.old_ags = l.ags and k.kind in (1, 3) and k.new_ags <> k.old_ags
            and not exists (select from territory.current_municipality m where m.ags = l.ags)) a
        where a.ags like @key || '%' group by 1
        """;

    public static async Task<string> SourceAsync(Db db, string kind, CancellationToken ct) => await db.ScalarAsync<string>("""
        select string_agg(distinct s.line, '; ') from territory.election e join territory.source s on s.id = e.source_id where e.kind = @kind
          and e.day = (select max(day) from territory.election x where x.state_key = e.state_key and x.kind = e.kind)
        """, new { kind }, ct) ?? "noch keine Wahlergebnisse eingelesen";
}
