namespace Anlauf.Rooms.Situation;

/// <summary>What a room shows on the profile of an area. The component takes the parameter <c>AreaKey</c> (5 or 8 digits) and shows nothing where it has nothing to say.</summary>
public interface IProfileSection
{
    /// <summary>Razor component.</summary>
    Type Component { get; }

    /// <summary>Position among the sections.</summary>
    int Order { get; }
}

/// <summary>Something that changed lately, for „Seit …“ on the Lage.</summary>
/// <param name="Standing">Which fill stands before it: reached, taken over, lost.</param>
/// <param name="Bold">What happened.</param>
/// <param name="Rest">Where, who.</param>
public sealed record Change(Platform.Web.Components.Standing Standing, string Bold, string Rest, string? Href = null);

/// <summary>A room's news since a day inside an area, most important first, few.</summary>
public interface IRecentChanges
{
    /// <summary>What changed since a day, the day included.</summary>
    Task<IReadOnlyList<Change>> SinceAsync(DateOnly since, string areaKey, CancellationToken ct);
}

/// <summary>A date ahead that matters for the Lage.</summary>
public sealed record Deadline(DateOnly On, string Title, string Detail, string? Href = null);

/// <summary>A room's deadlines from today on.</summary>
public interface IDeadlines
{
    /// <summary>The next ones, earliest first.</summary>
    Task<IReadOnlyList<Deadline>> NextAsync(DateOnly today, string areaKey, int limit, CancellationToken ct);
}
