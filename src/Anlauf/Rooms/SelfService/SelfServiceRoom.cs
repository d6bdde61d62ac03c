using Anlauf.Platform.Hosting;
using Anlauf.Platform.Mail;
using Anlauf.Platform.Privacy;
using Anlauf.Platform.Web;
using Anlauf.Rooms.Members;
using Anlauf.Rooms.SelfService.Checks;
using Anlauf.Rooms.SelfService.Links;
using Anlauf.Rooms.SelfService.Own;

namespace Anlauf.Rooms.SelfService;

/// <summary>People see and correct what is kept about them, by personal link or signed in; those who keep memberships see what came of it.</summary>
public sealed class SelfServiceRoom : IRoom
{
    /// <inheritdoc/>
    public void AddServices(IServiceCollection services)
    {
        services.AddScoped<OwnDoor>();
        services.AddScoped<LinkDesk>();
        services.AddRegularWork<LinkDesk>(TimeSpan.FromSeconds(5), (desk, ct) => desk.AnswerWishesAsync(ct), s => s.GetRequiredService<MailSettings>().IsOn);
        services.AddScoped<OwnData>();
        services.AddScoped<CorrectContact>();
        services.AddScoped<OwnConsents>();
        services.AddScoped<KeepTies>();
        services.AddScoped<Leave>();
        services.AddScoped<PrivacyWish>();
        services.AddScoped<DecideMove>();
        services.AddScoped<CheckDesk>();
        services.AddScoped<CheckFigures>();
        services.AddScoped<LetterDesk>();
        services.AddHostedService<NightlyChecks>();
        services.AddCodeWords("selfservice.link.purpose", ("data", "eigene Angaben"), ("check", "jährliche Prüfung"), ("leave", "Austritt"));
        services.AddNavigation(new NavigationEntry("menschen", "Datenpflege", "/menschen/datenpflege", MemberPermissions.Edit, 5));
    }

    /// <inheritdoc/>
    public void MapEndpoints(IEndpointRouteBuilder endpoints) => LetterDesk.Map(endpoints);
}
