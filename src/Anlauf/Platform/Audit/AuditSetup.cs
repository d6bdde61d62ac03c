using Anlauf.Platform.Database;
using Anlauf.Platform.Hosting;
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
        // what is younger than that is protected by the head of the chain alone
        services.AddRegularWork<AuditAnchors>(TimeSpan.FromSeconds(10), (anchors, ct) => anchors.SignAsync(ct), atStart: true, atEnd: true);
    }
}
