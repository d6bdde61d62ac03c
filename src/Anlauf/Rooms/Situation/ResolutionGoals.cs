using Anlauf.Platform.Web.Components;
using Anlauf.Rooms.Meetings.Resolutions;

namespace Anlauf.Rooms.Situation;

/// <summary>Shows on a resolution's page which goals it became and what is missing.</summary>
internal sealed class ResolutionGoals(Coverage coverage) : IResolutionPart
{
    public Type Component => typeof(ResolutionGoalsPart);

    public async Task<IReadOnlyList<ChainStep>> StepsAsync(int resolutionId, CancellationToken ct)
    {
        if ((await coverage.OfResolutionAsync(resolutionId, ct)).FirstOrDefault() is not { } goal) return [new("Ziel", "noch keines", StepTime.Coming)];
        var state = await coverage.MeasureAsync(goal, ct: ct);
        var open = state.Missing + state.UnderWay;
        return [new("Ziel", goal.Title, StepTime.Past, "/lage/ziele/" + goal.Slug), new("Lücken", open == 0 ? "keine" : $"{open} {(open == 1 ? goal.Areas.One : goal.Areas.Many)}", StepTime.Coming, "/lage/weisse-flecken?ziel=" + goal.Slug)];
    }
}
