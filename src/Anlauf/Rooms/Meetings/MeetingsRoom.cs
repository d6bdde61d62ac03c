using System.CommandLine;
using Anlauf.Platform.Documents;
using Anlauf.Platform.Hosting;
using Anlauf.Platform.Privacy;
using Anlauf.Platform.Web;
using Anlauf.Rooms.Meetings.Minutes;
using Anlauf.Rooms.Meetings.Resolutions;
using Anlauf.Rooms.Meetings.Review;
using Anlauf.Rooms.Meetings.Tasks;

namespace Anlauf.Rooms.Meetings;

/// <summary>Permissions of the room, written feature:action.</summary>
public static class MeetingsPermissions
{
    public const string ReadMeetings = "meetings:read";
    public const string EditMeetings = "meetings:edit";
    public const string ReadIntake = "intake:read";
    public const string ReadResolutions = "resolutions:read";
    public const string EditResolutions = "resolutions:edit";
    public const string ExportResolutions = "resolutions:export";
}

/// <summary>Meetings, minutes, resolutions, follow-ups, and the intake that reads them from documents.</summary>
public sealed class MeetingsRoom : IRoom
{
    /// <inheritdoc/>
    public void AddServices(IServiceCollection services)
    {
        services.AddSingleton<TesseractOcr>();
        services.AddHostedService<RecogniseScans>();
        services.AddScoped<UploadDocument>();
        services.AddScoped<ReviewDesk>();
        services.AddScoped<AcceptDocument>();
        services.AddScoped<ReviewDraft>();
        services.AddScoped<MeetingRegister>();
        services.AddScoped<ResolutionRegister>();
        services.AddScoped<ChangeResolution>();
        services.AddScoped<CorrectResolution>();
        services.AddScoped<ResolutionNumbers>();
        services.AddScoped<ResolutionControl>();
        services.AddScoped<SaveMeeting>();
        services.AddScoped<SaveAgendaItem>();
        services.AddScoped<SaveResolution>();
        services.AddScoped<PaperRegister>();
        services.AddScoped<TaskRegister>();
        services.AddScoped<AssignTask>();
        services.AddScoped<SetLevel>();
        services.AddScoped<ISearchPart, PaperSearch>();
        services.AddScoped<IMissingPageGuess, NearResolutions>();
        services.AddCodeWords("meetings.attendance.status", ("present", "anwesend"), ("excused", "entschuldigt"), ("absent", "unentschuldigt"), ("guest", "Gast"), ("late", "später gekommen"), ("left", "früher gegangen"));
        services.AddNavigation(
            new NavigationEntry("sitzungen", "Sitzungen", "/sitzungen", MeetingsPermissions.ReadMeetings, 1),
            new NavigationEntry("sitzungen", "Beschlüsse", "/sitzungen/beschluesse", MeetingsPermissions.ReadResolutions, 2),
            new NavigationEntry("sitzungen", "Wiedervorlage", "/sitzungen/wiedervorlage", MeetingsPermissions.ReadResolutions, 3),
            new NavigationEntry("sitzungen", "Kontrolle", "/sitzungen/kontrolle", MeetingsPermissions.ReadResolutions, 4),
            new NavigationEntry("sitzungen", "Drucksachen", "/sitzungen/drucksachen", MeetingsPermissions.ReadMeetings, 5),
            new NavigationEntry("sitzungen", "Eingang", "/sitzungen/eingang", MeetingsPermissions.ReadIntake, 6));
    }

    /// <inheritdoc/>
    public void MapEndpoints(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapResolutionExports();
        endpoints.MapMinutesCopy();
        endpoints.MapMinutesExtract();
    }

    /// <inheritdoc/>
    public IEnumerable<Command> Commands() => [IntakeCommand.Build()];
}
