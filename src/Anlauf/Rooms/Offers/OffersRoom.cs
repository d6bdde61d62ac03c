using Anlauf.Platform.Access;
using Anlauf.Platform.Hosting;
using Anlauf.Platform.Privacy;
using Anlauf.Platform.Web;
using Anlauf.Rooms.Meetings.Tasks;
using Anlauf.Rooms.Situation;

namespace Anlauf.Rooms.Offers;

/// <summary>Permissions of the room.</summary>
public static class OfferPermissions
{
    public const string Edit = "offers:edit";
}

/// <summary>Tasks are offered to members, to those with a mandate or an office, and taken by those who want to (R7).</summary>
public sealed class OffersRoom : IRoom
{
    /// <inheritdoc/>
    public void AddServices(IServiceCollection services)
    {
        services.AddScoped<OfferRegister>();
        services.AddScoped<SaveOffer>();
        services.AddScoped<AnswerOffer>();
        services.AddScoped<RunOffer>();
        services.AddSingleton<ITodayPart, OffersToday>();
        services.AddScoped<ITaskPart, OfferOfTask>();
        services.AddCodeWords("offers.answer.answer", ("yes", "zugesagt"), ("no", "abgesagt"), ("back", "zurückgegeben"));
        services.AddNavigation(new NavigationEntry("menschen", "Mitmachen", "/menschen/mitmachen", AccessSetup.SignedIn, 70));
    }
}
