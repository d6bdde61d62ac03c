using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Anlauf.Platform.Identity;

/// <summary>Signing out, and the exchange with the browser for passkeys (WebAuthn). All of them are form posts with an antiforgery token.</summary>
internal static class AccountEndpoints
{
    public static void MapAccount(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/abmelden", async ([FromForm] string? _, SignInManager<Account> signIn) =>
        {
            await signIn.SignOutAsync();
            return Results.LocalRedirect("/anmelden");
        }).AllowAnonymous();
        endpoints.MapPost("/anmelden/geraet/optionen", async ([FromForm] string? _, SignInManager<Account> signIn) =>
            Results.Text(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json")).AllowAnonymous();
        endpoints.MapPost("/anmelden/geraet", SignInAsync).AllowAnonymous();
        endpoints.MapPost("/konto/geraet/optionen", CreationOptionsAsync).RequireAuthorization(Access.AccessSetup.SignedIn);
        endpoints.MapPost("/konto/geraet", AddAsync).RequireAuthorization(Access.AccessSetup.SignedIn);
    }

    private static async Task<RedirectHttpResult> SignInAsync([FromForm] string credential, [FromForm] string? weiter, SignInManager<Account> signIn)
    {
        var result = await signIn.PasskeySignInAsync(credential);
        return TypedResults.LocalRedirect(result.Succeeded ? LocalUrl.OrHome(weiter) : "/anmelden?geraet=unbekannt");
    }

    private static async Task<IResult> CreationOptionsAsync([FromForm] string? _, ClaimsPrincipal user, UserManager<Account> users, SignInManager<Account> signIn)
    {
        if (await users.GetUserAsync(user) is not { } account) return Results.Unauthorized();
        var name = account.UserName ?? "Anlauf";
        return Results.Text(await signIn.MakePasskeyCreationOptionsAsync(new() { Id = account.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), Name = name, DisplayName = name }), "application/json");
    }

    private static async Task<IResult> AddAsync([FromForm] string credential, [FromForm] string? geraetename, ClaimsPrincipal user, UserManager<Account> users, SignInManager<Account> signIn)
    {
        if (await users.GetUserAsync(user) is not { } account) return Results.Unauthorized();
        var attestation = await signIn.PerformPasskeyAttestationAsync(credential);
        if (!attestation.Succeeded) return Results.LocalRedirect("/konto?geraet=abgelehnt");
        attestation.Passkey.Name = string.IsNullOrWhiteSpace(geraetename) ? "Gerät" : geraetename.Trim()[..Math.Min(40, geraetename.Trim().Length)];
        await users.AddOrUpdatePasskeyAsync(account, attestation.Passkey);
        return Results.LocalRedirect("/konto?geraet=angelegt");
    }
}
