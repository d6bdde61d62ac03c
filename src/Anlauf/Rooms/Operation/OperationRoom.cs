using System.CommandLine;
using Anlauf.Platform.Hosting;
using Anlauf.Platform.Web;
using Anlauf.Rooms.Organisation;

namespace Anlauf.Rooms.Operation;

/// <summary>Running an installation: server, accounts, backup, integrity.</summary>
public sealed class OperationRoom : IRoom
{
    /// <inheritdoc/>
    public void AddServices(IServiceCollection services)
    {
        services.AddScoped<UserAccounts>();
        services.AddScoped<Integrity>();
        services.AddNavigation(new NavigationEntry("verwaltung", "Betrieb", "/verwaltung/betrieb", OrganisationPermissions.Administer, 10));
    }

    /// <inheritdoc/>
    public IEnumerable<Command> Commands() => [ServeCommand.Build(), UserCommand.Build(), BackupCommands.Backup(), BackupCommands.Restore(), CheckCommand.Build(), MailCommand.Build()];
}
