using System.CommandLine;
using Anlauf.Platform.Hosting;

namespace Anlauf.Rooms.Demo;

/// <summary>The demo association, built through the other rooms' own commands.</summary>
public sealed class DemoRoom : IRoom
{
    /// <inheritdoc/>
    public void AddServices(IServiceCollection services) { }

    /// <inheritdoc/>
    public IEnumerable<Command> Commands() => [DemoCommand.Build()];
}
