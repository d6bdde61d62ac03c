using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Anlauf.Platform.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace Anlauf.Platform.Identity;

/// <summary>The way to the identity provider and back. An account is found by the subject linked through an invitation, never by an e-mail address.</summary>
internal static partial class SingleSignOnEndpoints
{
    private const string Back = "/anmelden/sso/zurueck";
    private const string Cookie = "anlauf-sso";

    public static void MapSingleSignOn(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/anmelden/sso", GoAsync).AllowAnonymous();
        endpoints.MapGet(Back, ReturnAsync).AllowAnonymous();
    }

    private static ITimeLimitedDataProtector Protector(IDataProtectionProvider protection) => protection.CreateProtector("single sign-on").ToTimeLimitedDataProtector();
    // where nobody has said the own address: the provider sends nobody anywhere but to the addresses entered there
    private static string RedirectAddress(HttpContext http) => (http.RequestServices.GetRequiredService<Hosting.OwnAddress>().Said ?? $"{http.Request.Scheme}://{http.Request.Host}") + Back;

    private static async Task<IResult> GoAsync(HttpContext http, SingleSignOn provider, IDataProtectionProvider protection, ILoggerFactory logs, string? weiter, string? einladung, string? neu, CancellationToken ct)
    {
        if (!provider.Configured) return Results.NotFound();
        var way = SingleSignOn.Begin(weiter, einladung, neu is not null);
        try
        {
            var address = await provider.AddressAsync(way, RedirectAddress(http), ct);
            // Lax: the browser comes back from another site by a link
            http.Response.Cookies.Append(SiteCookies.Name(http, Cookie), Protector(protection).Protect(JsonSerializer.Serialize(way), TimeSpan.FromMinutes(10)),
                new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, IsEssential = true, Secure = http.Request.IsHttps });
            return Results.Redirect(address);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or InvalidOperationException or KeyNotFoundException or TaskCanceledException) { return Failed(logs, e.Message); }
    }

    private static async Task<IResult> ReturnAsync(HttpContext http, SingleSignOn provider, IDataProtectionProvider protection, ILoggerFactory logs, SignInManager<Account> signIn, UserManager<Account> users,
        Invitations invitations, Sessions sessions, CurrentSession current, string? code, string? state, CancellationToken ct)
    {
        if (!provider.Configured) return Results.NotFound();
        if (Take(http, protection) is not { } way || code is null || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(state ?? ""), Encoding.UTF8.GetBytes(way.State))) return Failed(logs, "the browser came back without the state it left with, or without a code");
        Outcome<(string Issuer, IdToken.Claims Claims)> redeemed;
        try { redeemed = await provider.RedeemAsync(code, way, RedirectAddress(http), ct); }
        catch (Exception e) when (e is HttpRequestException or JsonException or InvalidOperationException or KeyNotFoundException or TaskCanceledException) { return Failed(logs, e.Message); }
        if (!redeemed.Done) return Failed(logs, redeemed.Refusal!.Message);
        var (issuer, claims) = redeemed.Value;
        var account = await users.FindByLoginAsync(issuer, claims.Subject);
        if (account is null && way.Invitation is { } secret) account = (await invitations.AcceptAsync(secret, new UserLoginInfo(issuer, claims.Subject, provider.Name), ct)).Value;
        if (account is null) return Results.LocalRedirect("/anmelden?sso=unbekannt");
        if (await users.IsLockedOutAsync(account)) return Results.LocalRedirect("/anmelden?sso=gesperrt");
        if (current.Id is { } before) await sessions.EndAsync(account.Id, before, ct);
        var properties = new AuthenticationProperties();
        // a session that the provider already had is no proof that the person sits here now
        properties.Items[Sessions.ProvedElsewhere] = (claims.AuthenticatedAt ?? 0).ToString(CultureInfo.InvariantCulture);
        // the setting says that the provider asks for it; where the provider names its methods, they must say so too
        if (provider.ProvidesSecondFactor && claims.SecondFactor is not false) properties.Items[Sessions.FactorElsewhere] = "yes";
        await signIn.SignInAsync(account, properties);
        return Results.LocalRedirect(way.ReturnUrl);
    }

    private static SingleSignOn.Way? Take(HttpContext http, IDataProtectionProvider protection)
    {
        if (http.Request.Cookies[SiteCookies.Name(http, Cookie)] is not { } value) return null;
        http.Response.Cookies.Delete(SiteCookies.Name(http, Cookie), new CookieOptions { Secure = http.Request.IsHttps });
        try { return JsonSerializer.Deserialize<SingleSignOn.Way>(Protector(protection).Unprotect(value)); }
        catch (CryptographicException) { return null; }
    }

    private static IResult Failed(ILoggerFactory logs, string why)
    {
        Say(logs.CreateLogger("Anlauf.SingleSignOn"), why);
        return Results.LocalRedirect("/anmelden?sso=gescheitert");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "single sign-on: {Why}")]
    private static partial void Say(ILogger log, string why);
}
