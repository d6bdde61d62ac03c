using System.CommandLine;
using Anlauf.Platform.Hosting;
using Anlauf.Platform.Privacy;
using Anlauf.Platform.Web;
using Anlauf.Rooms.Privacy.Breaches;
using Anlauf.Rooms.Privacy.Keeping;
using Anlauf.Rooms.Privacy.Log;
using Anlauf.Rooms.Privacy.Requests;

namespace Anlauf.Rooms.Privacy;

/// <summary>Permissions of the room.</summary>
public static class PrivacyPermissions
{
    public const string ReadLog = "audit:read";
    public const string ExportLog = "audit:export";
    public const string Read = "privacy:read";
    public const string Edit = "privacy:edit";
    public const string Export = "privacy:export";
    public const string ConfirmErasure = "erasure:edit";
}

/// <summary>The desk of the data protection officer: log, record of processing, requests, retention, breaches.</summary>
public sealed class PrivacyRoom : IRoom
{
    /// <inheritdoc/>
    public void AddServices(IServiceCollection services)
    {
        services.AddScoped<AuditRegister>();
        services.AddScoped<RequestRegister>();
        services.AddScoped<HandleRequest>();
        services.AddScoped<SubjectReport>();
        services.AddScoped<RecordOfProcessing>();
        services.AddScoped<Retention>();
        services.AddHostedService<NightlyRetention>();
        services.AddCodeWords("privacy.request.kind", RequestWords.Kinds);
        services.AddCodeWords("privacy.request.channel", RequestWords.Channels);
        services.AddCodeWords("privacy.request.identified_by", RequestWords.Identities);
        services.AddCodeWords("privacy.request.outcome", RequestWords.Outcomes);
        services.AddCodeWords("privacy.hold.reason", RequestWords.HoldReasons);
        services.AddCodeWords("privacy.person_flag.kind", ("restricted", "eingeschränkt (Art. 18 DSGVO)"), ("no-contact", "keine Ansprache (Art. 21 DSGVO)"));
        services.AddScoped<BreachRegister>();
        services.AddNavigation(
            new NavigationEntry("verwaltung", "Datenschutz", "/verwaltung/datenschutz", PrivacyPermissions.Read, 7),
            new NavigationEntry("verwaltung", "Protokoll", "/verwaltung/protokoll", PrivacyPermissions.ReadLog, 8),
            new NavigationEntry("verwaltung", "Löschungen", "/verwaltung/loeschungen", PrivacyPermissions.ConfirmErasure, 9));
    }

    /// <inheritdoc/>
    public void MapEndpoints(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapAuditExport();
        endpoints.MapReportFiles();
        endpoints.MapRecordFiles();
    }

    /// <inheritdoc/>
    public IEnumerable<Command> Commands() => [AuditCommand.Build(), RetentionCommand.Build(), KeysCommand.Build()];
}
