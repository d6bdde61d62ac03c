using Anlauf.Platform.Hosting;

namespace Anlauf.Rooms.Organisation;

/// <summary>Divisions, bodies, persons, offices: the ground floor that the rights stand on.</summary>
public sealed class OrganisationRoom : IRoom
{
    /// <inheritdoc/>
    public void AddServices(IServiceCollection services) { }
}
