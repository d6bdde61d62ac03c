using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Anlauf.Platform.Identity;

/// <summary>
/// Sign-in through an identity provider of the association: OpenID Connect, code flow with PKCE. Set up by the section
/// <c>SingleSignOn</c> of the configuration (anlauf.json, or environment SingleSignOn__Authority and so on); without it there is none.
/// </summary>
public sealed class SingleSignOn(IConfiguration configuration, TimeProvider clock) : IDisposable
{
    // the addresses are the provider's own; where it sends us on to is not followed
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(10) }) { Timeout = TimeSpan.FromSeconds(10) };
    private readonly SemaphoreSlim turn = new(1);
    private (Provider Provider, DateTimeOffset ReadAt)? known;

    private sealed record Provider(string Issuer, string AuthorizationEndpoint, string TokenEndpoint, JsonElement Keys);

    /// <summary>What must come back unchanged from the way to the provider; kept in a protected cookie.</summary>
    /// <param name="Invitation">Secret of the link that connects the account, where this sign-in completes an invitation.</param>
    public sealed record Way(string State, string Nonce, string Verifier, string ReturnUrl, string? Invitation, bool Anew);

    private string? this[string key] => configuration["SingleSignOn:" + key] is { Length: > 0 } value ? value : null;

    /// <summary>True where the association has set it up.</summary>
    public bool Configured => this["Authority"] is not null && this["ClientId"] is not null;

    /// <summary>How the button calls it: „das Konto des Landesverbands“.</summary>
    public string Name => this["Name"] ?? "das Konto des Landesverbands";

    /// <summary>The provider asks for a second factor itself, so that none is asked for here.</summary>
    public bool ProvidesSecondFactor => bool.TryParse(this["ProvidesSecondFactor"], out var provides) && provides;

    /// <summary>A new way to the provider, with secrets for this one time.</summary>
    public static Way Begin(string? returnUrl, string? invitation, bool anew) => new(Random(), Random(), Random(), LocalUrl.OrHome(returnUrl), invitation, anew);

    /// <summary>Address of the provider to send the browser to.</summary>
    public async Task<string> AddressAsync(Way way, string redirect, CancellationToken ct)
    {
        var query = new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = this["ClientId"],
            ["redirect_uri"] = redirect,
            ["scope"] = "openid",
            ["state"] = way.State,
            ["nonce"] = way.Nonce,
            ["code_challenge"] = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(way.Verifier))),
            ["code_challenge_method"] = "S256",
        };
        if (way.Anew) (query["prompt"], query["max_age"]) = ("login", "0");
        return QueryHelpers.AddQueryString((await ProviderAsync(fresh: false, ct)).AuthorizationEndpoint, query);
    }

    /// <summary>Exchanges the code for the ID token and checks it. The issuer comes back with the claims.</summary>
    /// <exception cref="HttpRequestException">The provider does not answer.</exception>
    internal async Task<Outcome<(string Issuer, IdToken.Claims Claims)>> RedeemAsync(string code, Way way, string redirect, CancellationToken ct)
    {
        var provider = await ProviderAsync(fresh: false, ct);
        using var request = new HttpRequestMessage(HttpMethod.Post, provider.TokenEndpoint)
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = redirect, ["code_verifier"] = way.Verifier, ["client_id"] = this["ClientId"]! }),
        };
        if (this["ClientSecret"] is { } secret)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(this["ClientId"]!)}:{Uri.EscapeDataString(secret)}")));
        using var answer = await Http.SendAsync(request, ct);
        if (!answer.IsSuccessStatusCode) return new Refusal($"token endpoint answered {(int)answer.StatusCode}");
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>(ct)).GetProperty("id_token").GetString()!;
        var read = IdToken.Read(token, provider.Keys, provider.Issuer, this["ClientId"]!, way.Nonce, clock.GetUtcNow());
        // providers change their keys: a signature by an unknown key is worth reading the keys once more
        if (!read.Done) read = IdToken.Read(token, (await ProviderAsync(fresh: true, ct)).Keys, provider.Issuer, this["ClientId"]!, way.Nonce, clock.GetUtcNow());
        return read.Value is { } claims ? (provider.Issuer, claims) : read.Refusal!;
    }

    private async Task<Provider> ProviderAsync(bool fresh, CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            if (known is { } read && read.ReadAt > clock.GetUtcNow() - (fresh ? TimeSpan.FromSeconds(10) : TimeSpan.FromHours(1))) return read.Provider;
            var authority = this["Authority"]!.TrimEnd('/');
            if (new Uri(authority) is not { Scheme: "https" } and not { IsLoopback: true }) throw new InvalidOperationException("SingleSignOn:Authority must be an https address");
            var discovered = await Http.GetFromJsonAsync<JsonElement>(authority + "/.well-known/openid-configuration", ct);
            var issuer = discovered.GetProperty("issuer").GetString()!;
            if (issuer.TrimEnd('/') != authority) throw new InvalidOperationException($"SingleSignOn: the provider calls itself {issuer}, not {authority}");
            var provider = new Provider(issuer, discovered.GetProperty("authorization_endpoint").GetString()!, discovered.GetProperty("token_endpoint").GetString()!,
                await Http.GetFromJsonAsync<JsonElement>(discovered.GetProperty("jwks_uri").GetString(), ct));
            known = (provider, clock.GetUtcNow());
            return provider;
        }
        finally { turn.Release(); }
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    private static string Random() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
}
