using Anlauf.Platform.Access;
using Anlauf.Platform.Identity;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.WebUtilities;

namespace Anlauf.Platform.Web.Search;

/// <summary>Takes the form of a search and leads to its list, the typed words sealed.</summary>
internal static class SearchWordsEndpoint
{
    /// <summary>Where such a form is sent.</summary>
    public static string Action(string list) => "/suchwort?zu=" + Uri.EscapeDataString(list);

    public static void MapSearchWords(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/suchwort", async (string? zu, HttpContext http, SearchWords words) =>
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            var asked = form.Where(f => !f.Key.StartsWith("__", StringComparison.Ordinal)).SelectMany(f => f.Value.OfType<string>().Select(v => v.Trim()).Where(v => v.Length > 0)
                .Select(v => KeyValuePair.Create(f.Key, (string?)(SearchWords.Fields.Contains(f.Key) && words.Open(v) is var open && (open == v || open == SearchWords.Unreadable) ? words.Seal(v) : v))));
            // 303: the browser opens the list, and going back asks nobody to send again
            http.Response.StatusCode = StatusCodes.Status303SeeOther;
            http.Response.Headers.Location = QueryHelpers.AddQueryString(LocalUrl.OrHome(zu), asked);
            return Results.Empty;
        }).RequireAuthorization(AccessSetup.SignedIn).WithMetadata(new RequireAntiforgeryTokenAttribute());
}
