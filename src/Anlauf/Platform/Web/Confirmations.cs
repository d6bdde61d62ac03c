using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Anlauf.Platform.Web;

/// <summary>
/// Carries "was just done" over the redirect to the next page in a protected cookie of five minutes.
/// Use: <c>confirmations.Say("Sayda liegt jetzt beim Ortsverband Frauenstein.", undo: "/lage/auftraege/7/zurueck")</c>, then navigate.
/// </summary>
public sealed class Confirmations(IDataProtectionProvider protection, IHttpContextAccessor accessor)
{
    private const string Cookie = "anlauf-meldung";
    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("confirmation").ToTimeLimitedDataProtector();

    /// <summary>Shows the sentence on top of the next page.</summary>
    /// <param name="text">Sentence without exclamation mark.</param>
    /// <param name="undo">Address that takes it back by POST, if it can be taken back.</param>
    public void Say(string text, string? undo = null)
    {
        if (accessor.HttpContext is not { Response.HasStarted: false } http) return;
        var value = protector.Protect(JsonSerializer.Serialize(new Confirmation(text, undo)), TimeSpan.FromMinutes(5));
        http.Response.Cookies.Append(SiteCookies.Name(http, Cookie), value, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, IsEssential = true, Secure = http.Request.IsHttps });
    }

    /// <summary>Takes the waiting confirmation; it is shown once.</summary>
    public Confirmation? Take()
    {
        if (accessor.HttpContext is not { Response.HasStarted: false } http || http.Request.Cookies[SiteCookies.Name(http, Cookie)] is not { } value) return null;
        if (!HttpMethods.IsGet(http.Request.Method)) return null;
        http.Response.Cookies.Delete(SiteCookies.Name(http, Cookie), new CookieOptions { Secure = http.Request.IsHttps });
        try
        {
            return JsonSerializer.Deserialize<Confirmation>(protector.Unprotect(value));
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null; // expired or written with keys that are gone
        }
    }
}
