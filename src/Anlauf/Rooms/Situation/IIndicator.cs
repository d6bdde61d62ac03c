using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Situation;

/// <summary>A figure by area that a room contributes. Goals are set on it; the Lage shows it.</summary>
public interface IIndicator
{
    /// <summary>Stable id, kept in goals: <c>presence.contact-points</c>.</summary>
    string Id { get; }

    /// <summary>German name: „Anlaufstellen“.</summary>
    string Name { get; }

    /// <summary>What one unit is called: singular and plural, nominative.</summary>
    (string One, string Many) Unit { get; }

    /// <summary>Level the values are given for: district or municipality.</summary>
    AreaLevel Level { get; }

    /// <summary>Where the figure comes from and as of when, as it stands beside it.</summary>
    Task<string> SourceAsync(Db db, CancellationToken ct);

    /// <summary>
    /// A query with the columns <c>area_key text, value numeric</c> for the areas whose key begins with the parameter <c>@key</c>.
    /// Goals are counted inside the database, therefore text and not rows. An area that is missing has the value <see cref="Absent"/>.
    /// </summary>
    string Sql { get; }

    /// <summary>What holds in an area that meets the target, after „In 270 von 418 Gemeinden“: „steht eine eigene Liste“.</summary>
    string Clause(bool atLeast, decimal target);

    /// <summary>What a missing area means: 0 for counts, null for „keine Angabe“.</summary>
    decimal? Absent { get; }

    /// <summary>True for counts of persons: 1 to 4 are then shown only to those who may see the persons (P2).</summary>
    bool HidesSmall => false;
}

/// <summary>What one row is.</summary>
public enum AreaLevel { Municipality, District }

/// <summary>The value of one area; null where it is not known or not to be shown.</summary>
public sealed record AreaValue(string AreaKey, decimal? Value);
