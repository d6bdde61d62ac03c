using System.CommandLine;
using Anlauf.Platform.Hosting;
using Anlauf.Platform.Web;
using Anlauf.Rooms.Meetings.Resolutions;
using Anlauf.Rooms.Situation.Indicators;

namespace Anlauf.Rooms.Situation;

/// <summary>Permissions of the room.</summary>
public static class SituationPermissions
{
    public const string Read = "situation:read";
    public const string EditGoals = "goals:edit";
    public const string Assign = "situation:edit";
    public const string Export = "situation:export";
}

/// <summary>Goals, indicators, the Lage and the profiles of areas. Reads what the other rooms contribute.</summary>
public sealed class SituationRoom : IRoom
{
    /// <inheritdoc/>
    public void AddServices(IServiceCollection services)
    {
        services.AddSingleton<IIndicator, CouncilListIndicator>();
        services.AddSingleton<IIndicator, CouncilSeatsIndicator>();
        services.AddSingleton<IIndicator, MemberIndicator>();
        services.AddSingleton<IIndicator, PopulationIndicator>();
        services.AddScoped<Coverage>();
        services.AddScoped<SaveGoal>();
        services.AddScoped<AssignWhiteSpots>();
        services.AddScoped<IFramePart, SituationFrame>();
        services.AddScoped<IResolutionPart, ResolutionGoals>();
        services.AddNavigation(
            new NavigationEntry("lage", "Karte", "/lage", SituationPermissions.Read, 1),
            new NavigationEntry("lage", "Weiße Flecken", "/lage/weisse-flecken", SituationPermissions.Read, 2),
            new NavigationEntry("lage", "Ziele", "/lage/ziele", SituationPermissions.Read, 3));
    }

    /// <inheritdoc/>
    public void MapEndpoints(IEndpointRouteBuilder endpoints) => endpoints.MapSituation();

    /// <inheritdoc/>
    public IEnumerable<Command> Commands() => [CoverageCommand.Build()];
}
