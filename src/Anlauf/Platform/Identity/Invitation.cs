using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Npgsql;

namespace Anlauf.Platform.Identity;

/// <summary>The secret of a link that sets up an account: 256 random bits, of which only the hash is kept.</summary>
public static class Invitation
{
    /// <summary>A new secret for the address, and its hash for the table.</summary>
    public static (string Secret, byte[] Hash) New()
    {
        var secret = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
        return (secret, HashOf(secret));
    }

    /// <summary>What the table keeps. A plain hash is enough: there is nothing to guess in 256 random bits.</summary>
    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}

/// <summary>Accepts links that set up an account: once, within seven days.</summary>
public sealed class Invitations([FromKeyedServices(IdentitySetup.Connections)] NpgsqlDataSource source, UserManager<Account> users)
{
    private static readonly Refusal Gone = new("Dieser Link gilt nicht mehr. Er öffnet ein Konto einmal und sieben Tage lang. Bitten Sie Ihre Geschäftsstelle um einen neuen");

    /// <summary>The account a link belongs to, or the reason why it opens nothing.</summary>
    public async Task<Outcome<Account>> FindAsync(string secret, CancellationToken ct = default)
    {
        await using var connection = await source.OpenAsSignInAsync(ct);
        var id = await connection.ExecuteScalarAsync<int?>("select account_id from identity.invitation where secret_hash = @hash and expires_at > now()", new { hash = Invitation.HashOf(secret) });
        return id is not null && await users.FindByIdAsync($"{id}") is { } account ? account : Gone;
    }

    /// <summary>Sets the password and uses the link up.</summary>
    public async Task<Outcome<Account>> AcceptAsync(string secret, string password, CancellationToken ct = default)
    {
        var (account, refusal) = await FindAsync(secret, ct);
        if (account is null) return refusal!;
        var set = await users.AddPasswordAsync(account, password);
        if (set.Errors.FirstOrDefault(e => e.Code is nameof(IdentityErrorDescriber.ConcurrencyFailure) or nameof(IdentityErrorDescriber.UserAlreadyHasPassword)) is not null) return Gone;
        if (!set.Succeeded) return new Refusal(set.Errors.First().Description, "Password");
        await UseUpAsync(account, ct);
        return account;
    }

    /// <summary>Links a sign-in elsewhere (single sign-on) to the account instead of a password, and uses the link up.</summary>
    public async Task<Outcome<Account>> AcceptAsync(string secret, UserLoginInfo login, CancellationToken ct = default)
    {
        var (account, refusal) = await FindAsync(secret, ct);
        if (account is null) return refusal!;
        if (!(await users.AddLoginAsync(account, login)).Succeeded) return new Refusal("Diese Anmeldung gehört schon zu einem anderen Konto. Fragen Sie Ihre Geschäftsstelle");
        await UseUpAsync(account, ct);
        return account;
    }

    private async Task UseUpAsync(Account account, CancellationToken ct)
    {
        await using var connection = await source.OpenAsSignInAsync(ct);
        await connection.ExecuteAsync("delete from identity.invitation where account_id = @Id", new { account.Id });
    }
}
