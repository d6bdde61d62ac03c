using Anlauf.Platform.Hosting;
using Anlauf.Platform.Privacy;
using Anlauf.Platform.Web;
using Anlauf.Rooms.Situation;
using Anlauf.Rooms.Welcome.Arrivals;
using Anlauf.Rooms.Welcome.Calls;
using Anlauf.Rooms.Welcome.Care;
using Anlauf.Rooms.Welcome.Contacts;

namespace Anlauf.Rooms.Welcome;

/// <summary>Permissions of the room.</summary>
public static class WelcomePermissions
{
    public const string Read = "welcome:read";
    public const string Edit = "welcome:edit";
    public const string ReadRecruiting = "recruiting:read";
}

/// <summary>Ankommen: each new member is welcomed by somebody by name, by the day that was promised.</summary>
public sealed class WelcomeRoom : IRoom
{
    /// <inheritdoc/>
    public void AddServices(IServiceCollection services)
    {
        services.AddScoped<ArrivalRegister>();
        services.AddScoped<ArrivalReport>();
        services.AddScoped<CallRegister>();
        services.AddScoped<NoteCall>();
        services.AddScoped<SendWelcomeMail>();
        services.AddScoped<ContactRegister>();
        services.AddScoped<CareRegister>();
        services.AddScoped<HouseRules>();
        services.AddScoped<Campaigns>();
        services.AddScoped<YouthConsent>();
        services.AddCodeWords(StepWords.Way, "welcome.arrival.way");
        services.AddCodeWords("welcome.arrival.outcome", ("arrived", "angekommen"), ("left", "ausgetreten"), ("refused", "nicht aufgenommen"));
        services.AddCodeWords(StepWords.Name, "welcome.arrival.next_step", "welcome.arrival.call_step");
        services.AddCodeWords(CallWords.Word, "welcome.call.outcome", "welcome.call.taken_back");
        services.AddSingleton<IIndicator, FirstContactsInTime>();
        services.AddSingleton<IIndicator, ContactsByMunicipality>();
        services.AddSingleton<ITodayPart, PromisesToday>();
        services.AddScoped<ISearchPart, ArrivalSearch>();
        services.AddSingleton<Members.Register.IMemberPart, ArrivalOfMember>();
        services.AddSingleton<Members.Register.IMemberPart, CallsOfMember>();
        services.AddSingleton(new Members.Register.SelectionAction("Ansprechperson setzen", "/menschen/ankommen/zuweisen", WelcomePermissions.Edit, 1));
        services.AddNavigation(
            new NavigationEntry("menschen", "Ankommen", "/menschen/ankommen", WelcomePermissions.Read, 1),
            new NavigationEntry("menschen", "Anrufe", "/menschen/anrufe", WelcomePermissions.Read, 2),
            new NavigationEntry("menschen", "Betreuung", "/menschen/betreuung", WelcomePermissions.Edit, 3),
            new NavigationEntry("menschen", "Jugend", "/menschen/jugend", WelcomePermissions.Read, 4),
            new NavigationEntry("menschen", "Für mich", "/menschen/fuer-mich", Anlauf.Platform.Access.AccessSetup.SignedIn, 71),
            new NavigationEntry("menschen", "Werbung", "/menschen/werbung", WelcomePermissions.ReadRecruiting, 8));
    }

    /// <inheritdoc/>
    public void MapEndpoints(IEndpointRouteBuilder endpoints)
    {
        CallEndpoints.Map(endpoints);
        GivingEndpoint.Map(endpoints);
        WelcomeLetter.Map(endpoints);
        ArrivalReport.Map(endpoints);
    }
}
