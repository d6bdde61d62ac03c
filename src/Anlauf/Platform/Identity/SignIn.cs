using Anlauf.Platform.Database;
using Microsoft.AspNetCore.Identity;

namespace Anlauf.Platform.Identity;

/// <summary>Sign-in with user name, password and, where the account has a second factor, a one-time or spare code, in one step.</summary>
public sealed class SignIn(SignInManager<Account> signIn, UserManager<Account> users, IUserStore<Account> accounts, AddressBrake brake, SignInTurns turns, Db db, IHttpContextAccessor http, SecurityLog log)
{
    private static readonly Refusal Wrong = new("Name oder Kennwort stimmen nicht. Prüfen Sie beides und versuchen Sie es noch einmal", "name");
    private static readonly Refusal Crowded = new("Mit diesem Namen wird gerade von vielen Stellen zugleich angemeldet. Versuchen Sie es gleich noch einmal", "name");

    /// <summary>
    /// Checks all factors and signs in. Each wrong try slows the next down; five lock the account for 15 minutes, thirty from one
    /// address lock that address.
    /// </summary>
    public async Task<Outcome<Account>> HandleAsync(string name, string password, string? code)
    {
        // slowed down and hashing, a sign-in keeps nothing that others wait for
        await db.GiveBackAsync();
        var address = http.HttpContext?.Connection.RemoteIpAddress;
        if (!await brake.PassAsync(address))
            return Refused(null, "address", new Refusal("Von Ihrem Anschluss kamen zu viele falsche Anmeldungen. Versuchen Sie es in 15 Minuten noch einmal", "name"));
        var outcome = await turns.TakeAsync(name, () => TryAsync(name, password, code)) ?? Refused(null, "turns", Crowded);
        if (!outcome.Done) await brake.FailedAsync(address);
        return outcome;
    }

    /// <summary>Whether the person at the keyboard knows the password of a signed-in account; wrong tries count as at the door.</summary>
    public async Task<Outcome<Account>> ProveAsync(Account account, string password) =>
        await turns.TakeAsync(account.UserName!, () => TryProofAsync(account, password)) ?? Refused(account.Id, "turns", Crowded with { Field = "password" });

    private async Task<Outcome<Account>> TryProofAsync(Account account, string password)
    {
        await AddressBrake.SlowDownAsync(account.AccessFailedCount);
        var result = await signIn.CheckPasswordSignInAsync(account, password, lockoutOnFailure: true);
        if (result.IsLockedOut) return Refused(account.Id, "locked", new Refusal("Nach fünf falschen Versuchen ist dieses Konto für 15 Minuten gesperrt. Versuchen Sie es danach noch einmal", "password"));
        return result.Succeeded || result.RequiresTwoFactor ? account : Refused(account.Id, "password", new Refusal("Das Kennwort stimmt nicht. Versuchen Sie es noch einmal", "password"));
    }

    private async Task<Outcome<Account>> TryAsync(string name, string password, string? code)
    {
        var account = await users.FindByNameAsync(name.Trim());
        if (account is null)
        {
            // the same work as for a known name, so that the time does not tell which names exist
            users.PasswordHasher.HashPassword(new Account(), password);
            return Refused(null, "unknown", Wrong);
        }
        await AddressBrake.SlowDownAsync(account.AccessFailedCount);
        var checkedPassword = await signIn.CheckPasswordSignInAsync(account, password, lockoutOnFailure: true);
        if (checkedPassword.IsLockedOut && account.LockoutEnd > DateTimeOffset.UtcNow.AddYears(1)) return Refused(account.Id, "locked", new Refusal("Dieses Konto ist gesperrt. Fragen Sie Ihre Geschäftsstelle", "name"));
        if (checkedPassword.IsLockedOut) return Refused(account.Id, "locked", new Refusal("Nach fünf falschen Versuchen ist dieses Konto für 15 Minuten gesperrt. Versuchen Sie es danach noch einmal", "name"));
        if (!checkedPassword.Succeeded && !checkedPassword.RequiresTwoFactor) return Refused(account.Id, "password", Wrong);
        if (account.TwoFactorEnabled && !await AcceptsAsync(account, code))
        {
            await users.AccessFailedAsync(account);
            return Refused(account.Id, "code", new Refusal(string.IsNullOrWhiteSpace(code)
                ? "Dieses Konto braucht auch den Code aus Ihrer Code-App. Tragen Sie ihn ein"
                : "Dieser Code ist abgelaufen oder falsch. Nehmen Sie den nächsten", "code"));
        }
        await users.ResetAccessFailedCountAsync(account);
        await signIn.SignInAsync(account, isPersistent: false);
        return account;
    }

    private Refusal Refused(int? account, string why, Refusal said)
    {
        log.SignInRefused(account, why);
        return said;
    }

    private async Task<bool> AcceptsAsync(Account account, string? code)
    {
        var digits = (code ?? "").Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        if (digits.Length == 0) return false;
        if (await users.VerifyTwoFactorTokenAsync(account, users.Options.Tokens.AuthenticatorTokenProvider, digits)) return true;
        // not by the manager: it writes the account as well, and would refuse a code already used up because of a wrong try at the same moment
        return await ((IUserTwoFactorRecoveryCodeStore<Account>)accounts).RedeemCodeAsync(account, (code ?? "").Trim(), CancellationToken.None);
    }
}

/// <summary>Sign-ins offered on the sign-in page by one click; contributed by the demo association only.</summary>
public interface IOfferedSignIns
{
    /// <summary>User name, password and what the sign-in stands for; empty outside a demo installation.</summary>
    Task<IReadOnlyList<(string Name, string Password, string Role)>> ListAsync(CancellationToken ct);
}
