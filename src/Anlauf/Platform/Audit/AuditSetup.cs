using Anlauf.Platform.Database;
using Anlauf.Platform.Secrets;

namespace Anlauf.Platform.Audit;

internal static class AuditSetup
{
    public static void AddAnlaufAudit(this IServiceCollection services)
    {
        services.AddSingleton(s => new KeyRing(s.GetRequiredService<DatabaseConnections>().KeyFile));
        services.AddSingleton<FieldCipher>();
        services.AddScoped<KeyRotation>();
        services.AddScoped<AuditLog>();
        services.AddScoped<AuditAnchors>();
        services.AddScoped<AuditVerification>();
        services.AddHostedService<SignAnchors>();
    }
}
