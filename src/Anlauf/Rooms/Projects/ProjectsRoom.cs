using Anlauf.Platform.Hosting;
using Anlauf.Platform.Web;

namespace Anlauf.Rooms.Projects;

/// <summary>Permissions of the room.</summary>
public static class ProjectPermissions
{
    public const string Read = "projects:read";
    public const string Edit = "projects:edit";
}

/// <summary>Projects, and guests from outside who see exactly one of them until a day (I10).</summary>
public sealed class ProjectsRoom : IRoom
{
    /// <inheritdoc/>
    public void AddServices(IServiceCollection services)
    {
        services.AddScoped<ProjectRegister>();
        services.AddScoped<SaveProject>();
        services.AddScoped<InviteGuest>();
        services.AddScoped<IFramePart, GuestFrame>();
        services.AddNavigation(new NavigationEntry("projekte", "Projekte", "/projekte", ProjectPermissions.Read, 1));
    }
}
