using System.CommandLine;
using Anlauf.Platform.Hosting;
using Anlauf.Platform.Identity;
using Anlauf.Platform.Web;

namespace Anlauf.Rooms.Demo;

/// <summary>The demo association, built through the other rooms' own commands.</summary>
public sealed class DemoRoom : IRoom
{
    /// <inheritdoc/>
    public void AddServices(IServiceCollection services)
    {
        services.AddScoped<IOfferedSignIns, DemoSignIns>();
        services.AddScoped<IFramePart, DemoFrame>();
    }

    /// <inheritdoc/>
    public IEnumerable<Command> Commands() => [DemoCommand.Build()];
}
