using System.CommandLine;
using Anlauf.Platform.Hosting;
using Anlauf.Platform.Secrets;
using Anlauf.Platform.Web;
using Anlauf.Rooms.Portal.Inbox;

namespace Anlauf.Rooms.Portal;

/// <summary>Permissions of the room.</summary>
public static class PortalPermissions
{
    public const string Read = "inbox:read";
    public const string Edit = "inbox:edit";
}

/// <summary>
/// What strangers write to the association. Outside: a process of its own with a form, which seals each message and can read none.
/// Inside: the box that the messages arrive in.
/// </summary>
public sealed class PortalRoom : IRoom
{
    /// <inheritdoc/>
    public void AddServices(IServiceCollection services)
    {
        services.AddScoped<MessageBox>();
        services.AddScoped<HandOutKey>();
        services.AddScoped<AskForConfirmation>();
        services.AddRegularWork<AskForConfirmation>(TimeSpan.FromSeconds(10), (letters, ct) => letters.AskAsync(ct));
        services.AddSingleton(new KeyUse("select count(*) from portal.key where key_id = @id and (ended_at is null or ended_at > now())",
            "Das öffentliche Formular versiegelt noch mit diesem Schlüssel. Geben Sie ihm einen neuen (anlauf portal prepare), und warten Sie sieben Tage"));
        services.AddNavigation(new NavigationEntry("menschen", "Zuschriften", "/menschen/zuschriften", PortalPermissions.Read, 5));
    }

    /// <inheritdoc/>
    public IEnumerable<Command> Commands() => [PortalCommand.Build()];
}
