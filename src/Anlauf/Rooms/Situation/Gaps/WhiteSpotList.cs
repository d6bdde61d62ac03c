using System.Globalization;
using Anlauf.Platform.Database;
using Anlauf.Platform.Web.Components;
using Anlauf.Rooms.Territory;

namespace Anlauf.Rooms.Situation.Gaps;

/// <summary>A white spot with what is known about it.</summary>
/// <param name="Area">State and assignment.</param>
/// <param name="Priority">Points; null for goals by district, where the formula has nothing to say.</param>
/// <param name="Members">Members there; null where it is not to be shown or not known.</param>
/// <param name="NearestPlace">Municipality of the nearest contact point.</param>
/// <param name="Kilometres">As the crow flies.</param>
/// <param name="SeatsInReach">Seats with the share of the last state election; null where unknown.</param>
/// <param name="Reason">Why somebody put it first; null where nobody did.</param>
/// <param name="Since">Since when nobody looks after it: start of the goal, or the end of the last assignment.</param>
public sealed record WhiteSpotRow(AreaRow Area, Priority? Priority, decimal? Members, string? NearestPlace, double? Kilometres, decimal? SeatsInReach, string? Reason, DateOnly Since)
{
    /// <summary>Somebody lives there whom one may ask.</summary>
    public bool SomebodyKnown => Priority is { Known: > 0 };
}

/// <summary>The white spots of a goal as list, table and file: the same rows by the same filters.</summary>
public sealed class WhiteSpotList(Db db, Coverage coverage, TerritoryDirectory territory)
{
    /// <summary>Columns a list may be sorted by.</summary>
    public static readonly string[] Columns = ["vorrang", "name", "kreis", "einwohner", "seit"];

    /// <summary>Sorting where the address names none.</summary>
    public const string DefaultSort = "vorrang";

    private const string Members = "members.count", ContactPoints = "presence.contact-points-local", Share = "territory.state-vote-share", Seats = "territory.seats-in-reach";

    /// <summary>All areas of the goal that are not reached, with what is known.</summary>
    /// <param name="withPriority">False leaves out members, nearest contact point and points, which cost the most.</param>
    public async Task<IReadOnlyList<WhiteSpotRow>> ReadAsync(GoalCoverage state, bool withPriority = true, CancellationToken ct = default)
    {
        var goal = state.Goal;
        var reasons = (await db.QueryAsync<(string Key, string Reason)>("select area_key, reason from situation.priority where goal_id = @Id", new { goal.Id }, ct)).ToDictionary(r => r.Key, r => r.Reason);
        var ended = (await db.QueryAsync<(string Key, DateOnly On)>("select area_key, max(ended_at)::date from situation.assignment where goal_id = @Id and ended_at is not null group by 1", new { goal.Id }, ct)).ToDictionary(r => r.Key, r => r.On);
        DateOnly Since(AreaRow a) => ended.TryGetValue(a.Key, out var on) && on > goal.StartedOn ? on : goal.StartedOn;
        var open = state.Areas.Where(a => a.Standing != Standing.Reached).ToList();
        if (goal.Level != "municipality" || !withPriority)
            return [.. open.Select(a => new WhiteSpotRow(a, null, null, null, null, null, reasons.GetValueOrDefault(a.Key), Since(a)))];

        var places = (await territory.MunicipalitiesAsync(goal.AreaKey, ct)).ToDictionary(m => m.Ags);
        var members = await ByAreaAsync(Members, goal.AreaKey, ct);
        var shares = await ByAreaAsync(Share, goal.AreaKey, ct);
        var seats = await ByAreaAsync(Seats, goal.AreaKey, ct);
        var middle = Middle([.. shares.Values.OfType<decimal>()]);
        var points = (await ByAreaAsync(ContactPoints, goal.AreaKey, ct)).Where(p => p.Value > 0).Select(p => places.GetValueOrDefault(p.Key)).OfType<Municipality>().ToList();
        return [.. open.Select(a =>
        {
            var (place, km) = places.TryGetValue(a.Key, out var here) ? Distance.Nearest(here, points) : default;
            var count = members.TryGetValue(a.Key, out var m) ? m : 0;
            return new WhiteSpotRow(a, Priority.Of(count, km, a.Population, shares.GetValueOrDefault(a.Key), middle, seats.GetValueOrDefault(a.Key)), count, place?.ShortName, km, seats.GetValueOrDefault(a.Key), reasons.GetValueOrDefault(a.Key), Since(a));
        })];
    }

    private async Task<Dictionary<string, decimal?>> ByAreaAsync(string indicator, string key, CancellationToken ct) =>
        coverage.Indicators.FirstOrDefault(i => i.Id == indicator) is { } known ? (await coverage.ValuesAsync(known, key, ct)).ToDictionary(v => v.AreaKey, v => v.Value) : [];

    private static decimal? Middle(List<decimal> shares)
    {
        shares.Sort();
        return shares.Count == 0 ? null : shares[shares.Count / 2];
    }

    /// <summary>Rows as filtered and sorted in the address: <c>stand</c> (fehlt, weg, ka; absent: all), <c>kreis</c>, <c>bekannt=ja</c>, <c>sort</c>.</summary>
    public static List<WhiteSpotRow> Filtered(IEnumerable<WhiteSpotRow> rows, ListQuery query) => Filtered(rows, query, query["stand"]);

    /// <summary>The same for a state that is not taken from the address; null is all that is not reached.</summary>
    public static List<WhiteSpotRow> Filtered(IEnumerable<WhiteSpotRow> rows, ListQuery query, string? stand)
    {
        var german = StringComparer.Create(CultureInfo.GetCultureInfo("de-DE"), ignoreCase: true);
        rows = rows.Where(r => (stand is null || r.Area.Standing.Css() == stand) && (query["kreis"] is not { } k || r.Area.DistrictKey == k) && (query["bekannt"] != "ja" || r.SomebodyKnown));
        var sorted = query.Sort switch
        {
            "name" => Order(rows, r => r.Area.Name, query.Descending, german),
            "kreis" => Order(rows, r => r.Area.DistrictName, query.Descending, german),
            "einwohner" => Order(rows, r => r.Area.Population, query.Descending),
            "seit" => Order(rows, r => r.Since, query.Descending),
            // most points first; what somebody put first stands above all
            _ => Order(rows, r => r.Reason is not null ? -100 : -(r.Priority?.Points ?? 0), query.Descending),
        };
        return [.. sorted.ThenByDescending(r => r.Area.Population).ThenBy(r => r.Area.Key, StringComparer.Ordinal)];
    }

    private static IOrderedEnumerable<WhiteSpotRow> Order<TKey>(IEnumerable<WhiteSpotRow> rows, Func<WhiteSpotRow, TKey> by, bool descending, IComparer<TKey>? comparer = null) =>
        descending ? rows.OrderByDescending(by, comparer) : rows.OrderBy(by, comparer);
}
