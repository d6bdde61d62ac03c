using Dapper;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace Anlauf.Platform.Identity;

/// <summary>Codes of a code app (RFC 6238), each of which is taken once (5.2 there): the framework alone takes the same one again for minutes.</summary>
internal sealed class OneTimeCodes([FromKeyedServices(IdentitySetup.Connections)] NpgsqlDataSource source) : AuthenticatorTokenProvider<Account>
{
    public override async Task<bool> ValidateAsync(string purpose, string token, UserManager<Account> manager, Account user)
    {
        if (!await base.ValidateAsync(purpose, token, manager, user)) return false;
        await using var connection = await source.OpenAsSignInAsync();
        await connection.ExecuteAsync("delete from identity.used_code where used_at < now() - interval '10 minutes'");
        // the insert decides between two that come at once
        return await connection.ExecuteAsync("insert into identity.used_code (account_id, code) values (@Id, @token) on conflict do nothing", new { user.Id, token }) == 1;
    }
}
