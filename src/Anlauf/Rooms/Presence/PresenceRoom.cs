using System.CommandLine;
using Anlauf.Platform.Hosting;

namespace Anlauf.Rooms.Presence;

/// <summary>Where the party is present: contact points, mobile office, deployments, and the planner behind them.</summary>
public sealed class PresenceRoom : IRoom
{
    /// <inheritdoc/>
    public void AddServices(IServiceCollection services) { }

    /// <inheritdoc/>
    public IEnumerable<Command> Commands() => [PlanCommand.Build()];
}
