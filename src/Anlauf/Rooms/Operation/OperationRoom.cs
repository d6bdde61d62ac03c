using System.CommandLine;
using Anlauf.Platform.Hosting;

namespace Anlauf.Rooms.Operation;

/// <summary>Running an installation: server, accounts, backup, integrity.</summary>
public sealed class OperationRoom : IRoom
{
    /// <inheritdoc/>
    public void AddServices(IServiceCollection services)
    {
        services.AddScoped<UserAccounts>();
        services.AddScoped<Integrity>();
    }

    /// <inheritdoc/>
    public IEnumerable<Command> Commands() => [ServeCommand.Build(), UserCommand.Build(), BackupCommands.Backup(), BackupCommands.Restore(), CheckCommand.Build()];
}
