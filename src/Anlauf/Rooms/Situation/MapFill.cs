using Anlauf.Platform.Web.Components;
using Anlauf.Rooms.Territory.Maps;

namespace Anlauf.Rooms.Situation;

/// <summary>
/// Which fill each area of a map gets. A goal by district paints every municipality of the district; a goal by municipality on a
/// map of districts paints each district as most of its municipalities stand.
/// </summary>
public sealed class MapFill
{
    private readonly Dictionary<string, AreaRow> byKey;
    private readonly Dictionary<string, (Standing Most, int Reached, int Total)> byDistrict = [];

    /// <param name="state">The goal's areas.</param>
    /// <param name="map">The map they are shown on; null where none is there.</param>
    public MapFill(GoalCoverage state, TerritoryMap? map)
    {
        byKey = state.Areas.ToDictionary(a => a.Key);
        IsSummed = map?.Unit == MapUnit.District && state.Goal.Level == "municipality";
        if (!IsSummed) return;
        foreach (var district in state.Areas.GroupBy(a => a.DistrictKey))
            // of two states that are equally frequent the worse one is shown
            byDistrict[district.Key] = (district.GroupBy(a => a.Standing).OrderByDescending(g => g.Count()).ThenByDescending(g => g.Key == Standing.Missing).First().Key,
                district.Count(a => a.Standing == Standing.Reached), district.Count());
    }

    /// <summary>True where a shape stands for several areas of the goal; the page then says so.</summary>
    public bool IsSummed { get; }

    /// <summary>The sentence that stands under a summed map.</summary>
    public const string SummedNote = "Jeder Kreis ist gefüllt wie die meisten seiner Gemeinden.";

    /// <summary>State to paint; null where the shape does not belong to the goal.</summary>
    public Standing? Of(MapShape shape) => Row(shape)?.Standing ?? (byDistrict.TryGetValue(shape.Key, out var sum) ? sum.Most : null);

    /// <summary>What the shape says when pointed at: „Görlitz · erreicht“, „12 von 30 erreicht“.</summary>
    public string Text(MapShape shape) => Row(shape) is { } row ? $"{(shape.Key.Length == 8 ? row.DistrictName + " · " : "")}{row.Standing.Word()}"
        : byDistrict.TryGetValue(shape.Key, out var sum) ? $"{sum.Reached} von {sum.Total} erreicht" : "gehört nicht zum Ziel";

    private AreaRow? Row(MapShape shape) => byKey.GetValueOrDefault(shape.Key) ?? byKey.GetValueOrDefault(shape.DistrictKey);
}
