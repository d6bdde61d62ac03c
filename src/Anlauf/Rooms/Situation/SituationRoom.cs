using System.CommandLine;
using Anlauf.Platform.Hosting;
using Anlauf.Platform.Web;
using Anlauf.Rooms.Meetings.Resolutions;
using Anlauf.Rooms.Situation.Figures;
using Anlauf.Rooms.Situation.Gaps;
using Anlauf.Rooms.Situation.Indicators;
using Anlauf.Rooms.Situation.Profiles;

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
        services.AddSingleton<IIndicator, StateVoteShareIndicator>();
        services.AddSingleton<IIndicator, CouncilVoteShareIndicator>();
        services.AddSingleton<IIndicator, SeatsInReachIndicator>();
        services.AddSingleton<IIndicator, MemberIndicator>();
        services.AddSingleton<IIndicator, PopulationIndicator>();
        services.AddScoped<Coverage>();
        services.AddScoped<ISearchPart, DistrictSearch>();
        services.AddScoped<TodayTasks>();
        services.AddSingleton<IndicatorRefresh>();
        services.AddHostedService(s => s.GetRequiredService<IndicatorRefresh>());
        services.AddScoped<SaveGoal>();
        services.AddScoped<AreaProfile>();
        services.AddScoped<ComparisonFigures>();
        services.AddScoped<SaveFigure>();
        services.AddScoped<IRecentChanges, SituationChanges>();
        services.AddScoped<IDeadlines, SituationDeadlines>();
        services.AddScoped<AssignWhiteSpots>();
        services.AddScoped<AssignmentRegister>();
        services.AddScoped<WhiteSpotList>();
        services.AddScoped<PutFirst>();
        services.AddScoped<ReportOnAssignment>();
        services.AddScoped<IFramePart, SituationFrame>();
        services.AddScoped<IResolutionPart, ResolutionGoals>();
        services.AddNavigation(
            new NavigationEntry("lage", "Karte", "/lage", SituationPermissions.Read, 1),
            new NavigationEntry("lage", "Weiße Flecken", "/lage/weisse-flecken", SituationPermissions.Read, 2),
            new NavigationEntry("lage", "Ziele", "/lage/ziele", SituationPermissions.Read, 3),
            new NavigationEntry("lage", "Aufträge", "/lage/auftraege", SituationPermissions.Read, 4),
            new NavigationEntry("lage", "Vergleichszahlen", "/lage/vergleichszahlen", SituationPermissions.Read, 5));
    }

    /// <inheritdoc/>
    public void MapEndpoints(IEndpointRouteBuilder endpoints) => endpoints.MapSituation();

    /// <inheritdoc/>
    public IEnumerable<Command> Commands() => [CoverageCommand.Build(), OwnListCommand.Build()];
}
