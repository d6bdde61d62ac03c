using Anlauf.Platform.Hosting;

namespace Anlauf.Rooms.Members;

/// <summary>What only few may see of a person. The register of members builds on it.</summary>
public sealed class MembersRoom : IRoom
{
    /// <inheritdoc/>
    public void AddServices(IServiceCollection services)
    {
        services.AddScoped<PersonDetails>();
        services.AddScoped<BankDetails>();
    }
}
