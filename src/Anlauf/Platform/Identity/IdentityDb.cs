using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Anlauf.Platform.Identity;

/// <summary>A sign-in. It belongs to at most one person; rights come from the offices this person holds, never from the account.</summary>
public sealed class Account : IdentityUser<int>
{
    /// <summary>The person who signs in with this account.</summary>
    public int? PersonId { get; set; }

    /// <summary>A second factor is required of this account, whatever its roles say.</summary>
    public bool SecondFactorRequired { get; set; }

    /// <summary>The account of a guest: it never acts as a person of the house.</summary>
    public bool IsGuest { get; set; }
}

/// <summary>Accounts as ASP.NET Core Identity stores them. The only use of an object mapper in the house: the framework's own store needs it.</summary>
public sealed partial class IdentityDb(DbContextOptions<IdentityDb> options) : IdentityUserContext<Account, int>(options)
{
    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.HasDefaultSchema("identity");
        builder.Entity<Account>().ToTable("account");
        builder.Entity<IdentityUserClaim<int>>().ToTable("account_claim");
        builder.Entity<IdentityUserLogin<int>>().ToTable("account_login");
        builder.Entity<IdentityUserToken<int>>().ToTable("account_token");
        builder.Entity<IdentityUserPasskey<int>>().ToTable("account_passkey");
        foreach (var entity in builder.Model.GetEntityTypes().Where(e => !e.IsOwned()))
            foreach (var property in entity.GetProperties())
                property.SetColumnName(WordStart().Replace(property.Name, "_").ToLowerInvariant());
        // the passkey's data is one JSON column, owned by its row
        foreach (var owned in builder.Model.GetEntityTypes().Where(e => e.IsOwned())) owned.SetContainerColumnName("data");
    }

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex WordStart();

    /// <summary>The sign-in acts as itself: it may see accounts, and nothing but accounts.</summary>
    internal sealed class ActsAsSignIn : DbConnectionInterceptor
    {
        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "select set_config('anlauf.actor', 'sign-in', false)";
            command.ExecuteNonQuery();
        }

        public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "select set_config('anlauf.actor', 'sign-in', false)";
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
