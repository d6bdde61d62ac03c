using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace Anlauf.Platform.Identity;

/// <summary>
/// Codes of a code app (RFC 6238), each of which is taken once (5.2 there). A code counts in its thirty seconds and, for typing and the
/// way, the thirty after them; the framework alone takes it for five steps, again and again.
/// </summary>
internal sealed class OneTimeCodes([FromKeyedServices(IdentitySetup.Connections)] NpgsqlDataSource source, TimeProvider clock) : AuthenticatorTokenProvider<Account>
{
    private const int Seconds = 30, Digits = 6;

    public override async Task<bool> ValidateAsync(string purpose, string token, UserManager<Account> manager, Account user)
    {
        if (await manager.GetAuthenticatorKeyAsync(user) is not { Length: > 0 } key || !Matches(key, token, clock.GetUtcNow())) return false;
        await using var connection = await source.OpenAsSignInAsync();
        await connection.ExecuteAsync("delete from identity.used_code where used_at < now() - interval '10 minutes'");
        // the insert decides between two that come at once
        return await connection.ExecuteAsync("insert into identity.used_code (account_id, code) values (@Id, @token) on conflict do nothing", new { user.Id, token }) == 1;
    }

    /// <summary>Whether a code is that of this moment or of the step before.</summary>
    /// <param name="key">Secret of the app, base32.</param>
    internal static bool Matches(string key, string code, DateTimeOffset now)
    {
        var (secret, step, found) = (FromBase32(key), now.ToUnixTimeSeconds() / Seconds, false);
        foreach (var at in new[] { step, step - 1 })
            found |= CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Code(secret, at)), Encoding.UTF8.GetBytes(code));
        return found;
    }

    // RFC 4226, 5.3
    private static string Code(byte[] secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // the algorithm of all code apps
        var hash = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue;
        return (number % 1_000_000).ToString(CultureInfo.InvariantCulture).PadLeft(Digits, '0');
    }

    // RFC 4648, 6; as the framework makes its keys
    private static byte[] FromBase32(string key)
    {
        var (bytes, bits, held) = (new List<byte>(), 0, 0);
        foreach (var c in key.TrimEnd('='))
        {
            var value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(char.ToUpperInvariant(c), StringComparison.Ordinal);
            if (value < 0) return [];
            (bits, held) = ((bits << 5 | value) & 0xFFF, held + 5);
            if (held < 8) continue;
            held -= 8;
            bytes.Add((byte)(bits >> held));
        }
        return [.. bytes];
    }
}
