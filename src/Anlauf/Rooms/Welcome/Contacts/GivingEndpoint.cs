using Anlauf.Platform.Web;
using Anlauf.Rooms.Situation;
using Microsoft.AspNetCore.Antiforgery;

namespace Anlauf.Rooms.Welcome.Contacts;

/// <summary>Takes back what was given to a contact at once, from the bar that confirms it.</summary>
internal static class GivingEndpoint
{
    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapPost("/menschen/ankommen/zuweisen/{id:guid}/zurueck", UndoAsync)
        .RequireAuthorization(WelcomePermissions.Edit).WithMetadata(new RequireAntiforgeryTokenAttribute());

    /// <summary>Where a giving is taken back, by POST; <paramref name="back"/> is the list it was done from.</summary>
    public static string UndoHref(Guid giving, string back) => $"/menschen/ankommen/zuweisen/{giving}/zurueck{(back.IndexOf('?', StringComparison.Ordinal) is > 0 and var at ? back[at..] : "")}";

    private static async Task<IResult> UndoAsync(Guid id, HttpContext http, ContactRegister register, Confirmations confirmations, CancellationToken ct)
    {
        var done = await register.TakeBackAsync(id, ct);
        confirmations.Say(done.Done ? $"Zurückgenommen: {Wording.Count(done.Value.Back, "Ein Mensch ist", "Menschen sind")} wieder, wo {(done.Value.Back == 1 ? "er war" : "sie waren")}.{(done.Value.Stay == 0 ? "" : $" Bei {Wording.Number(done.Value.Stay)} hat sich seither etwas geändert; das bleibt.")}" : done.Refusal!.Message + ".");
        return Results.LocalRedirect(Members.Register.MemberFilter.Back(http.Request));
    }
}
