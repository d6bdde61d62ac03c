using Anlauf.Platform.Hosting;
using Anlauf.Platform.Mail;
using Anlauf.Platform.Web;

namespace Anlauf.Rooms.Surveys;

/// <summary>Permissions of the room.</summary>
public static class SurveyPermissions
{
    public const string Read = "surveys:read";
    public const string Edit = "surveys:edit";
}

/// <summary>Questionnaires, consultations of the members and binding votes: electorate on a day, secret answers, results that can be checked.</summary>
public sealed class SurveysRoom : IRoom
{
    /// <inheritdoc/>
    public void AddServices(IServiceCollection services)
    {
        services.AddScoped<SurveyRegister>();
        services.AddScoped<SaveSurvey>();
        services.AddScoped<SaveQuestion>();
        services.AddScoped<RunSurvey>();
        services.AddRegularWork<RunSurvey>(TimeSpan.FromSeconds(30), (surveys, ct) => surveys.SendRestAsync(ct), s => s.GetRequiredService<MailSettings>().IsOn);
        services.AddHostedService<SealAnswers>();
        services.AddScoped<AnswerSurvey>();
        services.AddScoped<CountByHand>();
        services.AddNavigation(new NavigationEntry("menschen", "Umfragen", "/menschen/umfragen", SurveyPermissions.Read, 60));
    }

    /// <inheritdoc/>
    public void MapEndpoints(IEndpointRouteBuilder endpoints) => ResultFile.Map(endpoints);
}
