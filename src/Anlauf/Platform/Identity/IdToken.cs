using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Anlauf.Platform.Identity;

/// <summary>
/// Checks the ID token of an identity provider (OpenID Connect Core 1.0, 3.1.3.7): signature by a published key, issuer, audience,
/// time, nonce. The framework's own package is not in the package source we build from, hence these lines.
/// </summary>
internal static class IdToken
{
    // clocks differ
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(2);

    /// <param name="Subject">The person at the provider; never reassigned.</param>
    /// <param name="AuthenticatedAt">When the provider last asked the person to sign in, where it says so (seconds since 1970).</param>
    /// <param name="SecondFactor">Whether the provider asked for a second factor, by the methods it names (amr, RFC 8176); null where it names none.</param>
    public sealed record Claims(string Subject, long? AuthenticatedAt, bool? SecondFactor = null);

    // one of these beside or instead of a password (RFC 8176, 2)
    private static readonly string[] Second = ["mfa", "mca", "otp", "hwk", "swk", "sc", "pop", "fpt", "face", "iris", "retina", "vbm", "sms", "tel"];

    /// <summary>The claims, or a refusal whose message is for the log: the person at the keyboard can do nothing about it.</summary>
    /// <param name="token">Three parts in base64url: header, claims, signature.</param>
    /// <param name="keys">The provider's key set (JSON Web Key Set).</param>
    public static Outcome<Claims> Read(string token, JsonElement keys, string issuer, string client, string nonce, DateTimeOffset now)
    {
        try
        {
            var parts = token.Split('.');
            if (parts.Length != 3) return new Refusal("ID token: not three parts");
            using var header = JsonDocument.Parse(WebEncoders.Base64UrlDecode(parts[0]));
            using var body = JsonDocument.Parse(WebEncoders.Base64UrlDecode(parts[1]));
            if (!IsSigned(Encoding.ASCII.GetBytes(parts[0] + "." + parts[1]), WebEncoders.Base64UrlDecode(parts[2]), header.RootElement, keys)) return new Refusal("ID token: no published key made this signature");
            return Check(body.RootElement, issuer, client, nonce, now);
        }
        catch (Exception e) when (e is FormatException or JsonException or KeyNotFoundException or InvalidOperationException or CryptographicException) { return new Refusal("ID token: " + e.Message); }
    }

    private static Outcome<Claims> Check(JsonElement body, string issuer, string client, string nonce, DateTimeOffset now)
    {
        if (Text(body, "iss") != issuer) return new Refusal("ID token: other issuer");
        var audience = body.GetProperty("aud") is { ValueKind: JsonValueKind.Array } several ? [.. several.EnumerateArray().Select(a => a.GetString())] : new[] { Text(body, "aud") };
        if (!audience.Contains(client)) return new Refusal("ID token: made for another client");
        if (audience.Length > 1 && Text(body, "azp") != client) return new Refusal("ID token: made for several clients, and not for this one");
        if (DateTimeOffset.FromUnixTimeSeconds(body.GetProperty("exp").GetInt64()) < now - Leeway) return new Refusal("ID token: expired");
        if (DateTimeOffset.FromUnixTimeSeconds(body.GetProperty("iat").GetInt64()) > now + Leeway) return new Refusal("ID token: from the future");
        if (Text(body, "nonce") != nonce) return new Refusal("ID token: other nonce");
        return Text(body, "sub") is { Length: > 0 } subject ? new Claims(subject, body.TryGetProperty("auth_time", out var at) ? at.GetInt64() : null, Methods(body)) : new Refusal("ID token: no subject");
    }

    private static bool? Methods(JsonElement body) => body.TryGetProperty("amr", out var methods) && methods.ValueKind == JsonValueKind.Array
        ? methods.EnumerateArray().Any(m => m.ValueKind == JsonValueKind.String && Second.Contains(m.GetString())) : null;

    private static bool IsSigned(byte[] data, byte[] signature, JsonElement header, JsonElement keys)
    {
        var (algorithm, id) = (Text(header, "alg"), Text(header, "kid"));
        return keys.GetProperty("keys").EnumerateArray()
            .Where(k => (id is null || Text(k, "kid") == id) && Text(k, "use") is null or "sig")
            .Any(k => (algorithm, Text(k, "kty")) switch
            {
                ("RS256", "RSA") => Rsa(k).VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
                ("PS256", "RSA") => Rsa(k).VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
                ("ES256", "EC") when Text(k, "crv") == "P-256" => Curve(k).VerifyData(data, signature, HashAlgorithmName.SHA256),
                // "none" and keys shared with the client are not accepted
                _ => false,
            });
    }

    private static RSA Rsa(JsonElement key) => RSA.Create(new RSAParameters { Modulus = Bytes(key, "n"), Exponent = Bytes(key, "e") });
    private static ECDsa Curve(JsonElement key) => ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = Bytes(key, "x"), Y = Bytes(key, "y") } });
    private static byte[] Bytes(JsonElement key, string name) => WebEncoders.Base64UrlDecode(key.GetProperty(name).GetString()!);
    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
