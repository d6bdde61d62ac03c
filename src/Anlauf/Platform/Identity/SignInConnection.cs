using Dapper;
using Npgsql;

namespace Anlauf.Platform.Identity;

/// <summary>A connection that acts as the sign-in: it sees accounts, and nothing but accounts.</summary>
internal static class SignInConnection
{
    public static async Task<NpgsqlConnection> OpenAsSignInAsync(this NpgsqlDataSource source, CancellationToken ct = default)
    {
        var connection = await source.OpenConnectionAsync(ct);
        await connection.ExecuteAsync("select set_config('anlauf.actor', 'sign-in', false)");
        return connection;
    }
}
