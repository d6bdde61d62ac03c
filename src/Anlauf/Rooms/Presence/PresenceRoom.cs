using System.CommandLine;
using Anlauf.Platform.Hosting;
using Anlauf.Platform.Web;
using Anlauf.Rooms.Situation;

namespace Anlauf.Rooms.Presence;

/// <summary>Permissions of the room.</summary>
public static class PresencePermissions
{
    public const string Read = "presence:read";
    public const string Edit = "presence:edit";
}

/// <summary>Contact points, and the planner that finds good places for them.</summary>
public sealed class PresenceRoom : IRoom
{
    /// <inheritdoc/>
    public void AddServices(IServiceCollection services)
    {
        services.AddSingleton<IIndicator, DistrictContactPoints>();
        services.AddSingleton<IIndicator, LocalContactPoints>();
        services.AddSingleton<IProfileSection, ContactPointsOfArea>();
        services.AddScoped<IRecentChanges, ContactPointChanges>();
        services.AddScoped<ContactPointRegister>();
        services.AddScoped<ISearchPart, ContactPointSearch>();
        services.AddScoped<SaveContactPoint>();
        services.AddScoped<SaveContactPointKind>();
        services.AddScoped<CloseContactPoint>();
        services.AddNavigation(new NavigationEntry("praesenz", "Anlaufstellen", "/praesenz/anlaufstellen", PresencePermissions.Read, 1));
    }

    /// <inheritdoc/>
    public IEnumerable<Command> Commands() => [PlanCommand.Build()];
}
