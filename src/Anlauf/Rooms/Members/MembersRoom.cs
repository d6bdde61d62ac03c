using Anlauf.Platform.Hosting;
using Anlauf.Platform.Imports;

namespace Anlauf.Rooms.Members;

/// <summary>Members as counts by municipality; the indicator over them is the Lage's.</summary>
public sealed class MembersRoom : IRoom
{
    /// <inheritdoc/>
    public void AddServices(IServiceCollection services) => services.AddScoped<IFileImport, ImportMemberCounts>();
}
