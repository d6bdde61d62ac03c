using Microsoft.AspNetCore.Components;

namespace Anlauf.Platform.Web.Components;

/// <summary>One step of the path above the Lagesatz; the last one usually has no address.</summary>
public sealed record Crumb(string Title, string? Href = null);

/// <summary>Where a step of the chain stands in time.</summary>
public enum StepTime
{
    /// <summary>Done.</summary>
    Past,
    /// <summary>This page.</summary>
    Here,
    /// <summary>Still to come.</summary>
    Coming,
}

/// <summary>A step of the chain Antrag → Beschluss → Ziel → Lücke → Auftrag → Wiedervorlage, or of a deadline chain.</summary>
/// <param name="What">Kind or date, small ("Beschluss", "bis 15.12.").</param>
/// <param name="Title">The thing itself.</param>
/// <param name="Time">Past, here or coming.</param>
/// <param name="Href">Its page.</param>
public sealed record ChainStep(string What, string Title, StepTime Time, string? Href = null);

/// <summary>One of several views of the same thing, as a link that works without script.</summary>
public sealed record Choice(string Title, string Href, bool IsCurrent);

/// <summary>An entry of a vertical timeline.</summary>
public sealed record TimelineEntry(string When, MarkupString Text, StepTime Time, bool IsDeadline = false);
