using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Anlauf.Platform.Identity;

/// <summary>Signing out, ending sessions, and the exchange with the browser for passkeys (WebAuthn). All of them are form posts with an antiforgery token.</summary>
internal static class AccountEndpoints
{
    public static void MapAccount(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/abmelden", SignOutAsync).AllowAnonymous();
        endpoints.MapPost("/anmelden/geraet/optionen", async ([FromForm] string? _, SignInManager<Account> signIn) =>
            Results.Text(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json")).AllowAnonymous();
        endpoints.MapPost("/anmelden/geraet", SignInAsync).AllowAnonymous();
        endpoints.MapSingleSignOn();
        var own = endpoints.MapGroup("/konto").RequireAuthorization(Access.AccessSetup.OwnAccount);
        own.MapPost("/geraet/optionen", CreationOptionsAsync).WithMetadata(new WithoutSecondFactorAttribute(), new FreshProofAttribute());
        own.MapPost("/geraet", AddAsync).WithMetadata(new WithoutSecondFactorAttribute(), new FreshProofAttribute());
        own.MapPost("/geraet/entfernen", RemoveDeviceAsync).WithMetadata(new FreshProofAttribute());
        own.MapPost("/code-app/entfernen", RemoveCodeAppAsync).WithMetadata(new FreshProofAttribute());
        own.MapPost("/sitzung/beenden", EndSessionAsync).WithMetadata(new FreshProofAttribute());
        own.MapPost("/bestaetigen/optionen", ProofOptionsAsync).WithMetadata(new WithoutSecondFactorAttribute());
        own.MapPost("/bestaetigen/geraet", ProveAsync).WithMetadata(new WithoutSecondFactorAttribute());
    }

    private static async Task<RedirectHttpResult> SignOutAsync([FromForm] string? _, ClaimsPrincipal user, UserManager<Account> users, SignInManager<Account> signIn, Sessions sessions, CurrentSession current, HttpContext http, CancellationToken ct)
    {
        // pages kept for going back, drafts kept on the device: the next one at this keyboard finds nothing
        http.Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
        if (current.Id is { } session && int.TryParse(users.GetUserId(user), out var account)) await sessions.EndAsync(account, session, ct);
        await signIn.SignOutAsync();
        return TypedResults.LocalRedirect("/anmelden");
    }

    private static async Task<RedirectHttpResult> SignInAsync([FromForm] string credential, [FromForm] string? weiter, SignInManager<Account> signIn, SecurityLog log)
    {
        var result = await OrFailedAsync(credential, () => signIn.PasskeySignInAsync(credential)) ?? SignInResult.Failed;
        if (!result.Succeeded) log.SignInRefused(null, result.IsLockedOut ? "locked" : "device");
        return TypedResults.LocalRedirect(result.Succeeded ? LocalUrl.OrHome(weiter) : result.IsLockedOut ? "/anmelden?geraet=gesperrt" : "/anmelden?geraet=unbekannt");
    }

    private static async Task<IResult> CreationOptionsAsync([FromForm] string? _, ClaimsPrincipal user, UserManager<Account> users, SignInManager<Account> signIn)
    {
        if (await users.GetUserAsync(user) is not { } account) return Results.Unauthorized();
        var name = account.UserName ?? "Anlauf";
        return Results.Text(await signIn.MakePasskeyCreationOptionsAsync(new() { Id = account.Id.ToString(CultureInfo.InvariantCulture), Name = name, DisplayName = name }), "application/json");
    }

    private static async Task<IResult> AddAsync([FromForm] string credential, [FromForm] string? geraetename, [FromForm] string? weiter, ClaimsPrincipal user, UserManager<Account> users, SignInManager<Account> signIn)
    {
        if (await users.GetUserAsync(user) is not { } account) return Results.Unauthorized();
        var attestation = await OrFailedAsync(credential, () => signIn.PerformPasskeyAttestationAsync(credential));
        if (attestation is not { Succeeded: true }) return Results.LocalRedirect("/konto/zweiter-faktor?geraet=abgelehnt");
        attestation.Passkey.Name = string.IsNullOrWhiteSpace(geraetename) ? "Gerät" : geraetename.Trim()[..Math.Min(40, geraetename.Trim().Length)];
        await users.AddOrUpdatePasskeyAsync(account, attestation.Passkey);
        return Results.LocalRedirect(string.IsNullOrEmpty(weiter) ? "/konto?erledigt=geraet" : LocalUrl.OrHome(weiter));
    }

    private static async Task<IResult> RemoveDeviceAsync([FromForm] string geraet, ClaimsPrincipal user, UserManager<Account> users)
    {
        if (await users.GetUserAsync(user) is not { } account) return Results.Unauthorized();
        var id = new byte[1024];
        if (Convert.TryFromBase64String(geraet, id, out var length)) await users.RemovePasskeyAsync(account, id[..length]);
        return Results.LocalRedirect("/konto?erledigt=geraet-weg");
    }

    private static async Task<IResult> RemoveCodeAppAsync([FromForm] string? _, ClaimsPrincipal user, UserManager<Account> users, SignInManager<Account> signIn)
    {
        if (await users.GetUserAsync(user) is not { } account) return Results.Unauthorized();
        await users.SetTwoFactorEnabledAsync(account, false);
        await users.ResetAuthenticatorKeyAsync(account);
        await users.GenerateNewTwoFactorRecoveryCodesAsync(account, 0);
        await signIn.RefreshSignInAsync(account);
        return Results.LocalRedirect("/konto?erledigt=code-app-weg");
    }

    private static async Task<IResult> EndSessionAsync([FromForm] Guid? sitzung, ClaimsPrincipal user, UserManager<Account> users, Sessions sessions, CancellationToken ct)
    {
        if (!int.TryParse(users.GetUserId(user), out var account)) return Results.Unauthorized();
        await sessions.EndAsync(account, sitzung, ct);
        return Results.LocalRedirect("/konto?erledigt=sitzung");
    }

    private static async Task<IResult> ProofOptionsAsync([FromForm] string? _, ClaimsPrincipal user, UserManager<Account> users, SignInManager<Account> signIn) =>
        await users.GetUserAsync(user) is { } account ? Results.Text(await signIn.MakePasskeyRequestOptionsAsync(account), "application/json") : Results.Unauthorized();

    // the framework throws where nothing was sent, or no exchange with a device is under way: somebody's own form, or one that was open too long
    private static async Task<T?> OrFailedAsync<T>(string credential, Func<Task<T>> exchange) where T : class
    {
        if (string.IsNullOrWhiteSpace(credential)) return null;
        try { return await exchange(); }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or System.Text.Json.JsonException) { return null; }
    }

    private static async Task<IResult> ProveAsync([FromForm] string credential, [FromForm] string? weiter, ClaimsPrincipal user, UserManager<Account> users, SignInManager<Account> signIn, Sessions sessions, CancellationToken ct)
    {
        var assertion = await OrFailedAsync(credential, () => signIn.PerformPasskeyAssertionAsync(credential));
        // a device of somebody else at this keyboard proves nothing about the person who is signed in
        if (assertion is not { Succeeded: true } || assertion.User.Id.ToString(CultureInfo.InvariantCulture) != users.GetUserId(user)) return Results.LocalRedirect("/konto/bestaetigen?weiter=" + Uri.EscapeDataString(LocalUrl.OrHome(weiter)));
        await users.AddOrUpdatePasskeyAsync(assertion.User, assertion.Passkey);
        await sessions.ProveAsync(ct);
        return Results.LocalRedirect(LocalUrl.OrHome(weiter));
    }
}
