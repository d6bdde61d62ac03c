using Anlauf.Platform.Database;
using Anlauf.Rooms.Situation;

namespace Anlauf.Rooms.Presence;

/// <summary>Open contact points that count, by district (requirement A1) or by municipality.</summary>
internal abstract class ContactPointIndicator : IIndicator
{
    /// <summary>Ids of all indicators over contact points.</summary>
    public static readonly string[] Ids = ["presence.contact-points", "presence.contact-points-local"];

    public abstract string Id { get; }
    public abstract string Name { get; }
    public abstract AreaLevel Level { get; }
    public (string, string) Unit => ("Anlaufstelle", "Anlaufstellen");
    public decimal? Absent => 0;
    public Task<string> SourceAsync(Db db, CancellationToken ct) => Task.FromResult("eigenes Register der Anlaufstellen, heute");
    public string Clause(bool atLeast, decimal target) => $"gibt es {Wording.Amount(atLeast, target)} {(target == 1 ? "Anlaufstelle" : "Anlaufstellen")}";
    public string Sql => $"select left(ags, {(Level == AreaLevel.District ? 5 : 8)}) as area_key, sum(points)::numeric as value from presence.count_by_municipality() where ags like @key || '%' group by 1";
}

internal sealed class DistrictContactPoints : ContactPointIndicator
{
    public override string Id => Ids[0];
    public override string Name => "Anlaufstellen je Kreis";
    public override AreaLevel Level => AreaLevel.District;
}

internal sealed class LocalContactPoints : ContactPointIndicator
{
    public override string Id => Ids[1];
    public override string Name => "Anlaufstellen je Gemeinde";
    public override AreaLevel Level => AreaLevel.Municipality;
}
