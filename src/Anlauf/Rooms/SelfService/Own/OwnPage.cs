using Anlauf.Platform;
using Anlauf.Platform.Web;
using Anlauf.Rooms.SelfService.Links;
using Microsoft.AspNetCore.Components;

namespace Anlauf.Rooms.SelfService.Own;

/// <summary>A page about oneself, below /ich/{link} and, for whoever has signed in, below /ich. Nothing of it stays in a cache or in a referrer.</summary>
public abstract class OwnPage : ComponentBase
{
    /// <summary>The personal link; null for the account.</summary>
    [Parameter] public string? Link { get; set; }
    [CascadingParameter] protected HttpContext Http { get; set; } = null!;
    [Inject] private OwnDoor Door { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private TimeProvider Clock { get; set; } = null!;
    [Inject] private Confirmations Confirmations { get; set; } = null!;

    /// <summary>Who looks; null where the link opens nothing, and the page says so.</summary>
    protected Visit? Visit { get; private set; }

    /// <summary>Today in Germany.</summary>
    protected DateOnly Today => DateOnly.FromDateTime(Clock.GetLocalNow().Date);

    /// <summary>Address of a part of the own data, „/kontakt“.</summary>
    protected string Href(string part = "") => (Link is null ? "/ich" : "/ich/" + Link) + part;

    /// <inheritdoc/>
    protected sealed override async Task OnInitializedAsync()
    {
        Http.Response.Headers.CacheControl = "no-cache, no-store";
        Http.Response.Headers["Referrer-Policy"] = "no-referrer";
        var visit = await Door.OpenAsync(Link, Http.RequestAborted);
        if (visit is null && Link is null)
        {
            Navigation.NavigateTo("/ich/anfordern");
            return;
        }
        // a link for leaving opens nothing else
        if (visit is { Purpose: "leave" } && this is not LeavePage)
        {
            Navigation.NavigateTo(Href("/austritt"));
            return;
        }
        if (visit is null) Http.Response.StatusCode = StatusCodes.Status410Gone;
        else await LoadAsync(visit.PersonId, Http.RequestAborted);
        Visit = visit;
    }

    /// <summary>Reads what the page shows.</summary>
    protected abstract Task LoadAsync(int person, CancellationToken ct);

    /// <summary>Leads back to the overview with a sentence; what was refused is shown where it was.</summary>
    protected Refusal? Back<T>(Outcome<T> outcome, string said, string part = "")
    {
        if (!outcome.Done) return outcome.Refusal;
        Confirmations.Say(said);
        Navigation.NavigateTo(Href(part));
        return null;
    }
}
