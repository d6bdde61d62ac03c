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
    public Task<string> SourceAsync(Db db, CancellationToken ct) => LastElection.SourceAsync(db, LastElection.MunicipalCouncil, ct);
    public string Clause(bool atLeast, decimal target) => "steht eine eigene Liste";
    public string Sql => LastElection.Sql("max(case when l.stood then 1 else 0 end)");
}

/// <summary>Seats of the association's list in municipal councils.</summary>
internal sealed class CouncilSeatsIndicator : IIndicator
{
    public string Id => "territory.council-seats";
    public string Name => "Ratsmitglieder";
    public (string, string) Unit => ("Ratsmitglied", "Ratsmitglieder");
    public AreaLevel Level => AreaLevel.Municipality;
    public decimal? Absent => null;
    public Task<string> SourceAsync(Db db, CancellationToken ct) => LastElection.SourceAsync(db, LastElection.MunicipalCouncil, ct);
    public string Clause(bool atLeast, decimal target) => target == 1 ? $"sitzt {(atLeast ? "mindestens" : "höchstens")} ein eigenes Mitglied im Rat" : $"sitzen {Wording.Amount(atLeast, target)} eigene Mitglieder im Rat";
    public string Sql => LastElection.Sql("sum(coalesce(l.seats, 0))");
}

/// <summary>Members by municipality; small cells are missing where the reader may not see them.</summary>
internal sealed class MemberIndicator : IIndicator
{
    public string Id => "members.count";
    public string Name => "Mitglieder";
    public (string, string) Unit => ("Mitglied", "Mitglieder");
    public AreaLevel Level => AreaLevel.Municipality;
    public decimal? Absent => 0;
    public bool HidesSmall => true;
    public async Task<string> SourceAsync(Db db, CancellationToken ct) =>
        "eigene Zählung" + (await db.ScalarAsync<DateOnly?>("select max(as_of) from members.count_by_municipality()", ct: ct) is { } day ? $", {day:d.M.yyyy}" : "") + "; unter 5 außerhalb der eigenen Gliederung nicht gezeigt";
    public string Clause(bool atLeast, decimal target) => target == 1 ? $"lebt {(atLeast ? "mindestens" : "höchstens")} ein Mitglied" : $"leben {Wording.Amount(atLeast, target)} Mitglieder";
    public string Sql => "select area_key, members::numeric as value from members.count_by_municipality() where area_key like @key || '%'";
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
    public string Clause(bool atLeast, decimal target) => $"leben {Wording.Amount(atLeast, target)} Menschen";
    public string Sql => "select ags as area_key, population::numeric as value from territory.current_municipality where has_council and ags like @key || '%'";
}
