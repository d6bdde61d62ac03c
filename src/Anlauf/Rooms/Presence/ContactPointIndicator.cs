using Anlauf.Platform.Database;
using Anlauf.Rooms.Situation;

namespace Anlauf.Rooms.Presence;

/// <summary>Open contact points that count, by district.</summary>
internal sealed class ContactPointIndicator : IIndicator
{
    public string Id => "presence.contact-points";
    public string Name => "Anlaufstellen je Kreis";
    public (string, string) Unit => ("Anlaufstelle", "Anlaufstellen");
    public AreaLevel Level => AreaLevel.District;
    public decimal? Absent => 0;
    public Task<string> SourceAsync(Db db, CancellationToken ct) => Task.FromResult("eigenes Register der Anlaufstellen, heute");
    public Task<IReadOnlyList<AreaValue>> ReadAsync(Db db, string areaKey, CancellationToken ct) =>
        db.QueryAsync<AreaValue>("select area_key, points::numeric as value from presence.count_by_district() where area_key like @areaKey || '%'", new { areaKey }, ct);
}
