using System.Security.Cryptography;
using System.Text;
using Anlauf.Platform.Secrets;
using Dapper;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Anlauf.Platform.Identity;

/// <summary>
/// The framework's store, but for two things it would keep readable: the secret of a code app is encrypted with the key ring, and
/// spare codes are slow salted hashes (ASVS 6.5.2), of which a used one is taken out. And wrong tries that come at once all count.
/// </summary>
internal sealed class AccountStore(IdentityDb db, FieldCipher cipher, [FromKeyedServices(IdentitySetup.Connections)] NpgsqlDataSource source, IdentityErrorDescriber describer)
    : UserOnlyStore<Account, IdentityDb, int>(db, describer)
{
    internal const string SeedColumn = "identity.code_app.seed";

    // as for passwords; one salt for the ten codes of an account, so that a try costs one hash and not ten
    private const int Rounds = 210_000, SaltLength = 16, HashLength = 32;

    public override async Task<int> IncrementAccessFailedCountAsync(Account user, CancellationToken cancellationToken = default)
    {
        // in the database, with a new stamp: of tries at once the last one writes the account, and none is forgotten
        var stamp = Guid.NewGuid().ToString();
        await Context.Users.Where(u => u.Id == user.Id).ExecuteUpdateAsync(u => u
            .SetProperty(a => a.AccessFailedCount, a => a.AccessFailedCount + 1)
            .SetProperty(a => a.ConcurrencyStamp, stamp), cancellationToken);
        await Context.Entry(user).ReloadAsync(cancellationToken);
        return user.AccessFailedCount;
    }

    public override async Task SetAuthenticatorKeyAsync(Account user, string key, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenAsSignInAsync(cancellationToken);
        await KeepSeedAsync(connection, user.Id, key);
    }

    public override async Task<string?> GetAuthenticatorKeyAsync(Account user, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenAsSignInAsync(cancellationToken);
        return cipher.Decrypt(await connection.ExecuteScalarAsync<byte[]>("select seed from identity.code_app where account_id = @Id", new { user.Id }), SeedColumn, $"{user.Id}");
    }

    public override async Task ReplaceCodesAsync(Account user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenAsSignInAsync(cancellationToken);
        await KeepCodesAsync(connection, user.Id, [.. recoveryCodes]);
    }

    public override async Task<bool> RedeemCodeAsync(Account user, string code, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenAsSignInAsync(cancellationToken);
        if (await connection.ExecuteScalarAsync<byte[]>("select salt from identity.spare_codes where account_id = @Id", new { user.Id }) is not { } salt) return false;
        // the row's lock decides between two that come at once with the same code
        return await connection.ExecuteAsync("update identity.spare_codes set hashes = array_remove(hashes, @hash) where account_id = @Id and @hash = any (hashes)", new { user.Id, hash = Hash(code, salt) }) == 1;
    }

    public override async Task<int> CountCodesAsync(Account user, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenAsSignInAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<int>("select coalesce((select cardinality(hashes) from identity.spare_codes where account_id = @Id), 0)", new { user.Id });
    }

    internal Task KeepSeedAsync(NpgsqlConnection connection, int account, string seed) =>
        connection.ExecuteAsync("insert into identity.code_app (account_id, seed) values (@account, @seed) on conflict (account_id) do update set seed = excluded.seed",
            new { account, seed = cipher.Encrypt(seed, SeedColumn, $"{account}") });

    internal static async Task KeepCodesAsync(NpgsqlConnection connection, int account, IReadOnlyList<string> codes)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        await connection.ExecuteAsync(codes.Count == 0 ? "delete from identity.spare_codes where account_id = @account"
            : "insert into identity.spare_codes (account_id, salt, hashes) values (@account, @salt, @hashes) on conflict (account_id) do update set salt = excluded.salt, hashes = excluded.hashes",
            new { account, salt, hashes = codes.Select(c => Hash(c, salt)).ToArray() });
    }

    // as people type it: without regard to case, with or without the line in the middle
    private static byte[] Hash(string code, byte[] salt) => Rfc2898DeriveBytes.Pbkdf2(
        Encoding.UTF8.GetBytes(code.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant()), salt, Rounds, HashAlgorithmName.SHA512, HashLength);
}

/// <summary>Once, when the program starts over a database that an older version has written: secrets of code apps and spare codes leave the framework's table.</summary>
internal sealed class SealAccounts(IServiceScopeFactory scopes) : IHostedService
{
    private sealed record Token(int UserId, string Name, string Value);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var connection = await scope.ServiceProvider.GetRequiredKeyedService<NpgsqlDataSource>(IdentitySetup.Connections).OpenAsSignInAsync(cancellationToken);
        var readable = (await connection.QueryAsync<Token>("select user_id, name, value from identity.account_token where name in ('AuthenticatorKey', 'RecoveryCodes') and value is not null")).AsList();
        if (readable.Count == 0) return;
        var store = (AccountStore)scope.ServiceProvider.GetRequiredService<IUserStore<Account>>();
        foreach (var token in readable)
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            if (token.Name == "AuthenticatorKey") await store.KeepSeedAsync(connection, token.UserId, token.Value);
            else await AccountStore.KeepCodesAsync(connection, token.UserId, token.Value.Split(';', StringSplitOptions.RemoveEmptyEntries));
            await connection.ExecuteAsync("delete from identity.account_token where user_id = @UserId and name = @Name", token);
            await transaction.CommitAsync(cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
