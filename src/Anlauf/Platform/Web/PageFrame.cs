namespace Anlauf.Platform.Web;

/// <summary>
/// What surrounds the content of a page. Rooms fill it before rendering by registering an <see cref="IFramePart"/>,
/// pages change it while rendering (title of the section, count) and call <see cref="Update"/>.
/// Every property has a harmless default, so an anonymous visitor or an empty database shows a plain frame.
/// </summary>
public sealed class PageFrame
{
    private bool prepared;

    /// <summary>Name of the state association or party, shown below the mark on public pages.</summary>
    public string Organisation { get; set; } = "";

    /// <summary>True for the demo association: the mark then carries "Vorführdaten".</summary>
    public bool IsDemo { get; set; }

    /// <summary>Shown at the account: office or name. Null for anonymous visitors.</summary>
    public string? AccountName { get; set; }

    /// <summary>Name of the area in force ("Landesverband Sachsen"); null hides the switch.</summary>
    public string? ScopeName { get; set; }

    /// <summary>Key of the area as it stands in the address (?gebiet=14522).</summary>
    public string? ScopeKey { get; set; }

    /// <summary>Areas the user may switch to, key and name.</summary>
    public IReadOnlyList<ScopeChoice> Scopes { get; set; } = [];

    /// <summary>Open tasks of the user for the badge at "Heute".</summary>
    public int OpenTasks { get; set; }

    /// <summary>State of the leading goal for the strip on top of each page; null shows a neutral strip.</summary>
    public GoalStrip? Strip { get; set; }

    /// <summary>Sources that must be credited in the footer.</summary>
    public string SourceLine { get; set; } = "";

    /// <summary>Confirmation of the last action, shown on top of the page until it is left.</summary>
    public Confirmation? Confirmation { get; set; }

    /// <summary>True when a form of the page was refused; the title of the window then starts with "Fehler:".</summary>
    public bool HasErrors { get; set; }

    /// <summary>Lets the layout render again after a page changed the frame.</summary>
    public event Action? Changed;

    /// <summary>Call after changing the frame from within a page.</summary>
    public void Update() => Changed?.Invoke();

    internal async Task PrepareAsync(IEnumerable<IFramePart> parts, HttpContext? http)
    {
        if (prepared || http is null) return;
        prepared = true;
        foreach (var part in parts) await part.FillAsync(this, http);
    }
}

/// <summary>Fills its part of the frame once per request. Called for anonymous visitors too; must not throw when nothing is there.</summary>
public interface IFramePart
{
    /// <summary>Sets the properties this room knows.</summary>
    Task FillAsync(PageFrame frame, HttpContext http);
}

/// <summary>One area a user may look at.</summary>
public sealed record ScopeChoice(string Key, string Name);

/// <summary>Counts of the leading goal: reached, under way, missing (white spots), unknown.</summary>
public sealed record GoalStrip(string Goal, int Reached, int UnderWay, int Missing, int Unknown = 0)
{
    /// <summary>All units together.</summary>
    public int Total => Reached + UnderWay + Missing + Unknown;
}

/// <summary>What was done, and where it can be taken back (an address that accepts POST), if it can.</summary>
public sealed record Confirmation(string Text, string? UndoHref = null);
