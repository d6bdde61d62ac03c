using Anlauf.Platform.Hosting;
using Anlauf.Platform.Imports;

namespace Anlauf.Rooms.Members;

/// <summary>Members as counts by municipality, and what only few may see of a person. The register of members builds on it.</summary>
public sealed class MembersRoom : IRoom
{
    /// <inheritdoc/>
    public void AddServices(IServiceCollection services)
    {
        services.AddScoped<IFileImport, ImportMemberCounts>();
        services.AddScoped<PersonDetails>();
        services.AddScoped<BankDetails>();
    }
}
