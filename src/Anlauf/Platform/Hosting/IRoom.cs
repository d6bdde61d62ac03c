using System.CommandLine;

namespace Anlauf.Platform.Hosting;

/// <summary>A room: one capability of the product. It registers itself; the platform knows no room by name.</summary>
public interface IRoom
{
    /// <summary>Services, handlers and contributions (indicators, profile sections, navigation) of the room.</summary>
    void AddServices(IServiceCollection services);

    /// <summary>Endpoints beside the Razor pages: files, JSON, form posts without a page of their own.</summary>
    void MapEndpoints(IEndpointRouteBuilder endpoints) { }

    /// <summary>Commands of the command line.</summary>
    IEnumerable<Command> Commands() => [];
}
