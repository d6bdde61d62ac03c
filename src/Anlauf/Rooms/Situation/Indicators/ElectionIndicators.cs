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

/// <summary>
/// Seats the own list would have in the council with its share of the last state election (requirement J3, „Sitze in Reichweite“):
/// an estimate by plain rounding, only where the whole council is known.
/// </summary>
internal sealed class SeatsInReachIndicator : IIndicator
{
    public string Id => "territory.seats-in-reach";
    public string Name => "Sitze in Reichweite";
    public (string, string) Unit => ("Sitz", "Sitze");
    public AreaLevel Level => AreaLevel.Municipality;
    public decimal? Absent => null;
    public async Task<string> SourceAsync(Db db, CancellationToken ct) => "geschätzt: eigener Anteil bei der letzten Landtagswahl, auf die Sitze im Rat gerechnet; " + await LastElection.SourceAsync(db, LastElection.StateParliament, ct);
    public string Clause(bool atLeast, decimal target) => target == 1 ? $"ist {(atLeast ? "mindestens" : "höchstens")} ein Sitz in Reichweite" : $"sind {Wording.Amount(atLeast, target)} Sitze in Reichweite";
    public string Sql => $"""
        select c.area_key, round(c.value * s.value / 100) as value from (
          {LastElection.Sql("max((select sum(x.seats) from territory.list_result x where x.election_id = l.election_id and x.ags = l.ags having count(x.seats) > 1))")}) c
        join ({LastElection.Sql("100.0 * sum(l.votes) / nullif(sum(r.valid_votes), 0)", LastElection.StateParliament)}) s on s.area_key = c.area_key
        where c.value is not null and s.value is not null
        """;
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
