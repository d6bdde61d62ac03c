using System.Net;
using System.Net.Sockets;
using Dapper;
using Npgsql;

namespace Anlauf.Platform.Identity;

/// <summary>
/// Slows down and stops guessing from one address. The machine itself is not braked: behind a proxy that does not pass addresses on,
/// one guesser would otherwise lock everybody out (see docs/rooms/organisation.md).
/// </summary>
public sealed class AddressBrake([FromKeyedServices(IdentitySetup.Connections)] NpgsqlDataSource source)
{
    /// <summary>Wrong tries within 15 minutes after which an address is refused.</summary>
    public const int Limit = 30;

    private const int SlowFrom = 10;

    /// <summary>Waits a second where an address has failed often, and says no where it has failed too often.</summary>
    public async Task<bool> PassAsync(IPAddress? address)
    {
        if (Network(address) is not { } network) return true;
        int failed;
        await using (var connection = await source.OpenAsSignInAsync())
            failed = await connection.ExecuteScalarAsync<int>("select count(*)::int from identity.failed_sign_in where address = @network::inet and at > now() - interval '15 minutes'", new { network });
        if (failed is >= SlowFrom and < Limit) await Task.Delay(TimeSpan.FromSeconds(1));
        return failed < Limit;
    }

    /// <summary>Notes a wrong try; those older than an hour are forgotten.</summary>
    public async Task FailedAsync(IPAddress? address)
    {
        if (Network(address) is not { } network) return;
        await using var connection = await source.OpenAsSignInAsync();
        await connection.ExecuteAsync("delete from identity.failed_sign_in where at < now() - interval '1 hour'; insert into identity.failed_sign_in (address) values (@network::inet)", new { network });
    }

    /// <summary>The more wrong tries at an account, the longer the next one takes: 0.1 s, 0.2 s, 0.4 s, 0.8 s.</summary>
    public static Task SlowDownAsync(int failures) => failures <= 0 ? Task.CompletedTask : Task.Delay(TimeSpan.FromMilliseconds(50 << Math.Min(failures, 5)));

    // one household or one rented server has a /64 of IPv6
    private static string? Network(IPAddress? address)
    {
        if (address is { IsIPv4MappedToIPv6: true }) address = address.MapToIPv4();
        if (address is null || IPAddress.IsLoopback(address)) return null;
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address.ToString();
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new IPAddress(bytes).ToString();
    }
}
