namespace Anlauf.Platform.Web;

/// <summary>A room's guess which page was meant: transposed digits, an old slug. Only pages the user may open.</summary>
public interface IMissingPageGuess
{
    /// <summary>At most three pages near the missing path, best first; empty when the path belongs to another room.</summary>
    Task<IReadOnlyList<PageGuess>> GuessAsync(string path, CancellationToken ct);
}

/// <summary>Address and title of a page that may have been meant.</summary>
public sealed record PageGuess(string Href, string Title);
