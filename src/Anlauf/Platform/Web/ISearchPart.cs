namespace Anlauf.Platform.Web;

/// <summary>A room's part of the search. It finds only what the acting person may open: the room asks its permission, the row policies do the rest.</summary>
public interface ISearchPart
{
    /// <summary>At most five hits, best first.</summary>
    /// <param name="text">What was typed, at least one letter or digit. Signs such as % and _ mean themselves.</param>
    /// <param name="ct">Ends the search.</param>
    Task<IReadOnlyList<SearchHit>> FindAsync(string text, CancellationToken ct);
}

/// <summary>A hit: the heading it stands under („Anlaufstellen“), its name, what tells it from others, where it leads.</summary>
public sealed record SearchHit(string Group, string Title, string? Beside, string Href);
