using Anlauf.Platform.Hosting;
using Anlauf.Platform.Imports;
using Anlauf.Platform.Privacy;
using Anlauf.Platform.Web;
using Anlauf.Rooms.Members.Duplicates;
using Anlauf.Rooms.Members.Motives;
using Anlauf.Rooms.Members.Numbers;
using Anlauf.Rooms.Members.Reconciliation;
using Anlauf.Rooms.Members.Register;
using Anlauf.Rooms.Members.Statutes;

namespace Anlauf.Rooms.Members;

/// <summary>Permissions of the room.</summary>
public static class MemberPermissions
{
    public const string Read = "membership:read";
    public const string Edit = "membership:edit";
    public const string Export = "membership:export";
    /// <summary>Figures without people: everybody who reads the situation.</summary>
    public const string ReadFigures = "situation:read";
    /// <summary>Rules of a division's own.</summary>
    public const string Rules = "house-rules:edit";
    /// <summary>Who finds the comparison in the navigation: those who give out figures of the situation.</summary>
    public const string CompareDistricts = "situation:export";
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
        services.AddScoped<OwnRules>();
        services.AddScoped<Standings>();
        services.AddHostedService<NightlyStandings>();
        services.AddScoped<Residence>();
        services.AddScoped<Admit>();
        services.AddScoped<KeepMembership>();
        services.AddScoped<MovePerson>();
        services.AddScoped<KeepConsent>();
        services.AddScoped<KeepTraits>();
        services.AddScoped<MemberRegister>();
        services.AddScoped<MemberList>();
        services.AddScoped<IssueList>();
        services.AddScoped<DuplicateDesk>();
        services.AddMemoryCache();
        services.AddScoped<MemberReport>();
        services.AddScoped<MemberNumbers>();
        services.AddScoped<MotiveBox>();
        services.AddScoped<Concentration>();
        services.AddScoped<KnownPersons>();
        services.AddScoped<Reconcile>();
        services.AddScoped<WayBack>();
        services.AddScoped<ReadIn>();
        services.AddScoped<ImportDesk>();
        services.AddScoped<Corrections>();
        services.AddScoped<ImportRun>();
        services.AddScoped<StepJournal>();
        services.AddScoped<ForgetErased>();
        services.AddRegularWork<ForgetErased>(TimeSpan.FromSeconds(10), (journals, ct) => journals.RunAsync(ct), atStart: true);
        services.AddScoped<ReadFilesIn>();
        services.AddRegularWork<ReadFilesIn>(TimeSpan.FromSeconds(2), (files, ct) => files.GoOnAsync(ct));
        services.AddScoped<WeekReport>();
        services.AddHostedService<WeeklyLetter>();
        services.AddScoped<SameShape>();
        services.AddScoped<IFileImport, ImportPeople>();
        services.AddCodeWords(MemberWords.Kind, "members.party_membership.kind");
        services.AddCodeWords(MemberWords.State, "members.party_membership.state");
        services.AddCodeWords(MemberWords.Reason, "members.party_membership.left_reason");
        services.AddCodeWords(MemberWords.Consent, "members.consent.kind");
        services.AddCodeWords(MemberWords.Channel, "members.consent.channel");
        services.AddCodeWords("members.trait.kind", ("interest", "Interesse"), ("skill", "Kann"), ("offer", "Bietet"));
        services.AddSingleton(new SelectionAction("Anrufliste zeigen", "/menschen/anrufliste", MemberPermissions.Read, -1));
        services.AddSingleton(new SelectionAction("Liste ausgeben", "/menschen/ausgabe", MemberPermissions.Export));
        services.AddNavigation(
            new NavigationEntry("menschen", "Alle", "/menschen", Organisation.OrganisationPermissions.ReadPeople),
            new NavigationEntry("menschen", "Bericht", "/menschen/bericht", MemberPermissions.Read, 6),
            new NavigationEntry("menschen", "Verteilung", "/menschen/verteilung", MemberPermissions.CompareDistricts, 61),
            new NavigationEntry("menschen", "Doppelungen", "/menschen/doppelungen", MemberPermissions.Edit, 7),
            new NavigationEntry("menschen", "Einlesen", "/menschen/einlesen", MemberPermissions.Edit, 8),
            new NavigationEntry("menschen", "Satzungsregeln", "/menschen/regeln", MemberPermissions.Read, 9));
    }
    /// <inheritdoc/>
    public void MapEndpoints(IEndpointRouteBuilder endpoints)
    {
        IssueList.Map(endpoints);
        NumbersFile.Map(endpoints);
        Concentration.Map(endpoints);
        SameShape.Map(endpoints);
        FaultyLines.Map(endpoints);
    }
}
