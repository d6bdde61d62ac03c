using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Anlauf.Platform;
using Anlauf.Platform.Identity;
using Microsoft.AspNetCore.WebUtilities;

namespace Anlauf.Tests.SingleSignOn;

/// <summary>An ID token opens the door only as the provider made it, for us, for this sign-in, now.</summary>
public sealed class IdTokenTests
{
    private static readonly RSA Key = RSA.Create(2048);
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    private static JsonElement Keys(RSA key) => JsonSerializer.SerializeToElement(new { keys = new[] { new { kty = "RSA", use = "sig", kid = "k1", alg = "RS256", n = WebEncoders.Base64UrlEncode(key.ExportParameters(false).Modulus!), e = "AQAB" } } });

    private static string Token(string algorithm = "RS256", RSA? key = null, params (string Name, object? Value)[] changed)
    {
        var claims = new Dictionary<string, object?> { ["iss"] = "https://id.example", ["aud"] = "anlauf", ["sub"] = "person-7", ["nonce"] = "n1", ["iat"] = Now.ToUnixTimeSeconds(), ["exp"] = Now.AddMinutes(5).ToUnixTimeSeconds() };
        foreach (var (name, value) in changed) claims[name] = value;
        var data = $"{Encode(new { alg = algorithm, kid = "k1" })}.{Encode(claims)}";
        var bytes = Encoding.ASCII.GetBytes(data);
        var signature = algorithm switch
        {
            "RS256" => (key ?? Key).SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            // the public key taken for a shared secret
            "HS256" => HMACSHA256.HashData(Key.ExportSubjectPublicKeyInfo(), bytes),
            _ => [],
        };
        return $"{data}.{WebEncoders.Base64UrlEncode(signature)}";
    }

    private static string Encode(object value) => WebEncoders.Base64UrlEncode(JsonSerializer.SerializeToUtf8Bytes(value));
    private static Outcome<IdToken.Claims> Read(string token) => IdToken.Read(token, Keys(Key), "https://id.example", "anlauf", "n1", Now);

    [Fact]
    public void A_token_of_the_provider_names_the_person() => Read(Token(changed: ("auth_time", Now.ToUnixTimeSeconds()))).Value.ShouldBe(new IdToken.Claims("person-7", Now.ToUnixTimeSeconds()));

    [Theory]
    [InlineData("iss", "https://evil.example", "issuer")]
    [InlineData("aud", "other-client", "another client")]
    [InlineData("nonce", "n2", "nonce")]
    [InlineData("nonce", null, "nonce")]
    [InlineData("sub", "", "subject")]
    [InlineData("sub", null, "subject")]
    public void A_token_for_something_else_is_refused(string claim, string? value, string why) => Read(Token(changed: (claim, value))).Refusal!.Message.ShouldContain(why);

    [Theory]
    [InlineData(null, null)]
    [InlineData("pwd", false)]
    [InlineData("pwd otp", true)]
    [InlineData("hwk", true)]
    public void The_methods_the_provider_names_say_whether_there_was_a_second_factor(string? methods, bool? second) =>
        (methods is null ? Read(Token()) : Read(Token(changed: ("amr", methods.Split(' '))))).Value!.SecondFactor.ShouldBe(second);

    [Fact]
    public void A_token_of_another_time_is_refused()
    {
        Read(Token(changed: ("exp", Now.AddMinutes(-3).ToUnixTimeSeconds()))).Refusal!.Message.ShouldContain("expired");
        Read(Token(changed: ("iat", Now.AddMinutes(9).ToUnixTimeSeconds()))).Refusal!.Message.ShouldContain("future");
    }

    [Fact]
    public void A_token_for_several_clients_must_be_meant_for_us()
    {
        Read(Token(changed: ("aud", new[] { "other", "anlauf" }))).Done.ShouldBeFalse();
        Read(Token(changed: [("aud", new[] { "other", "anlauf" }), ("azp", "anlauf")])).Done.ShouldBeTrue();
    }

    [Fact]
    public void A_signature_that_no_published_key_made_is_refused()
    {
        using var other = RSA.Create(2048);
        Read(Token(key: other)).Refusal!.Message.ShouldContain("signature");
        Read(Token("none")).Refusal!.Message.ShouldContain("signature");
        Read(Token("HS256")).Refusal!.Message.ShouldContain("signature");
        var parts = Token().Split('.');
        Read($"{parts[0]}.{Encode(new { iss = "https://id.example", aud = "anlauf", sub = "person-8", nonce = "n1", iat = Now.ToUnixTimeSeconds(), exp = Now.AddMinutes(5).ToUnixTimeSeconds() })}.{parts[2]}").Refusal!.Message.ShouldContain("signature");
        Read("rubbish").Done.ShouldBeFalse();
        Read("a.b.c").Done.ShouldBeFalse();
    }
}
