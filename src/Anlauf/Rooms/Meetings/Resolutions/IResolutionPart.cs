using Anlauf.Platform.Web.Components;

namespace Anlauf.Rooms.Meetings.Resolutions;

/// <summary>What another room shows on a resolution's page: its goals and their gaps. The component takes <c>ResolutionId</c> and <c>Slug</c>.</summary>
public interface IResolutionPart
{
    /// <summary>Razor component shown below the wording.</summary>
    Type Component { get; }

    /// <summary>Steps of the chain after the resolution.</summary>
    Task<IReadOnlyList<ChainStep>> StepsAsync(int resolutionId, CancellationToken ct);
}
