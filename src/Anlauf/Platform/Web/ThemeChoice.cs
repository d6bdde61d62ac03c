using Anlauf.Platform.Identity;

namespace Anlauf.Platform.Web;

/// <summary>Light, dark or what the system says. The choice lies in a cookie, so that the first paint is right without script.</summary>
internal static class ThemeChoice
{
    private const string Cookie = "anlauf-farben";

    /// <summary>"light", "dark", or null when the system decides.</summary>
    public static string? Of(HttpContext? http) =>
        http?.Request.Cookies[SiteCookies.Name(http, Cookie)] switch { "dunkel" => "dark", "hell" => "light", _ => null };

    public static void MapThemeChoice(this WebApplication app) =>
        app.MapGet("/farben/{wahl}", (string wahl, string? zurueck, HttpContext http) =>
        {
            if (wahl is "hell" or "dunkel")
                http.Response.Cookies.Append(SiteCookies.Name(http, Cookie), wahl, new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, IsEssential = true, Secure = http.Request.IsHttps });
            else
                http.Response.Cookies.Delete(SiteCookies.Name(http, Cookie), new CookieOptions { Secure = http.Request.IsHttps });
            return Results.LocalRedirect(LocalUrl.OrHome(zurueck));
        }).AllowAnonymous().ExcludeFromDescription();
}
