using Anlauf.Platform.Hosting;
using Anlauf.Platform.Imports;
using Anlauf.Platform.Web;
using Anlauf.Rooms.Members.Statutes;

namespace Anlauf.Rooms.Members;

/// <summary>Permissions of the room.</summary>
public static class MemberPermissions
{
    public const string Read = "membership:read";
    public const string Edit = "membership:edit";
    public const string Export = "membership:export";
}

/// <summary>The register of members: admission by statute, moving, leaving; and members as counts by municipality.</summary>
public sealed class MembersRoom : IRoom
{
    /// <inheritdoc/>
    public void AddServices(IServiceCollection services)
    {
        services.AddScoped<IFileImport, ImportMemberCounts>();
        services.AddScoped<PersonDetails>();
        services.AddScoped<BankDetails>();
        services.AddScoped<PackRegister>();
        services.AddNavigation(new NavigationEntry("menschen", "Satzungsregeln", "/menschen/regeln", MemberPermissions.Read, 9));
    }
}
