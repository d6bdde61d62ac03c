using Anlauf.Platform.Hosting;
using Anlauf.Platform.Web;
using Anlauf.Rooms.Organisation.Accounts;
using Anlauf.Rooms.Organisation.Deputies;
using Anlauf.Rooms.Organisation.Handovers;
using Anlauf.Rooms.Organisation.Persons;
using Anlauf.Rooms.Organisation.RightsInWords;
using Anlauf.Rooms.Organisation.Shields;

namespace Anlauf.Rooms.Organisation;

/// <summary>Permissions of the room.</summary>
public static class OrganisationPermissions
{
    public const string Read = "organisation:read";
    public const string Edit = "organisation:edit";
    public const string Administer = "organisation:administer";
    public const string ReadPeople = "people:read";
    public const string EditPeople = "people:edit";
    public const string ExportPeople = "people:export";
}

/// <summary>Divisions, bodies, persons, offices: the ground floor that the rights stand on.</summary>
public sealed class OrganisationRoom : IRoom
{
    /// <inheritdoc/>
    public void AddServices(IServiceCollection services)
    {
        services.AddScoped<Anlauf.Platform.Web.IGrantingOffice, RightsInWords.NearestGrantor>();
        services.AddScoped<DivisionRegister>();
        services.AddScoped<SaveDivision>();
        services.AddScoped<SaveBody>();
        services.AddScoped<SaveOffice>();
        services.AddScoped<FillOffice>();
        services.AddScoped<EndHolding>();
        services.AddScoped<RightsRegister>();
        services.AddScoped<PersonRegister>();
        services.AddScoped<ISearchPart, PersonSearch>();
        services.AddScoped<LedFields>();
        services.AddScoped<MailTroubles>();
        services.AddScoped<SavePerson>();
        services.AddScoped<PersonExport>();
        services.AddScoped<DeputyRegister>();
        services.AddScoped<NameDeputy>();
        services.AddScoped<SetShield>();
        services.AddScoped<HandOver>();
        services.AddScoped<HandoverRegister>();
        services.AddScoped<AccountRegister>();
        services.AddScoped<InvitePerson>();
        services.AddScoped<InvitationLetter>();
        services.AddScoped<KeepAccount>();
        services.AddNavigation(
            new NavigationEntry("verwaltung", "Gliederungen", "/verwaltung/gliederungen", OrganisationPermissions.Read, 1),
            new NavigationEntry("verwaltung", "Personen", "/verwaltung/personen", OrganisationPermissions.ReadPeople, 4),
            new NavigationEntry("verwaltung", "Rechte", "/verwaltung/rechte", OrganisationPermissions.Read, 2),
            new NavigationEntry("verwaltung", "Konten", "/verwaltung/konten", OrganisationPermissions.Administer, 3));
    }

    /// <inheritdoc/>
    public void MapEndpoints(IEndpointRouteBuilder endpoints) => PersonExport.Map(endpoints);

    /// <inheritdoc/>
    public IEnumerable<System.CommandLine.Command> Commands() => [RightsCommand.Build()];
}
