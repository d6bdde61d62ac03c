using System.Security.Cryptography;
using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Platform.Identity;
using Microsoft.AspNetCore.Identity;

namespace Anlauf.Rooms.Operation;

/// <summary>Accounts from the shell: the first administrator, a forgotten password, a lost device.</summary>
public sealed class UserAccounts(Db db, UserManager<Account> users)
{
    /// <param name="Name">Name to sign in with.</param>
    /// <param name="Division">Division the office belongs to; created as a state association where there is none yet.</param>
    /// <param name="Role">Id of a role.</param>
    public sealed record New(string Name, string Given, string Family, string Division, string Role);

    /// <summary>Creates person, office and account; returns the first password, shown once and kept nowhere.</summary>
    public async Task<Outcome<string>> AddAsync(New input, CancellationToken ct = default)
    {
        var (person, refusal) = await AddPersonAsync(input, ct);
        if (refusal is not null) return refusal;
        var password = NewPassword();
        // accounts have a connection of their own, which sees the person only once it is committed
        var result = await users.CreateAsync(new Account { UserName = input.Name, PersonId = person }, password);
        return result.Succeeded ? password : new Refusal(string.Join("; ", result.Errors.Select(e => e.Description)));
    }

    /// <summary>Creates person, office and an account that a link completes; returns the path of the link, valid for seven days and once.</summary>
    public async Task<Outcome<string>> InviteAsync(New input, CancellationToken ct = default)
    {
        var (person, refusal) = await AddPersonAsync(input, ct);
        if (refusal is not null) return refusal;
        var (secret, hash) = Invitation.New();
        var opened = await db.ScalarAsync<int?>("select organisation.invite(@person, @Name, @normalized, @hash, true)", new { person, input.Name, normalized = users.NormalizeName(input.Name), hash }, ct);
        return opened is null ? new Refusal($"Ein Konto „{input.Name}“ gibt es schon") : $"/einladung/{secret}";
    }

    private Task<Outcome<int>> AddPersonAsync(New input, CancellationToken ct) => db.InTransactionAsync<Outcome<int>>(async () =>
    {
        if (await db.ScalarAsync<string>("select name from access.role where id = @Role", input, ct) is not { } role)
            return new Refusal($"Eine Rolle „{input.Role}“ gibt es nicht. Es gibt: {string.Join(", ", await db.QueryAsync<string>("select id from access.role order by 1", ct: ct))}");
        if (await users.FindByNameAsync(input.Name) is not null) return new Refusal($"Ein Konto „{input.Name}“ gibt es schon");
        var division = await db.ScalarAsync<int?>("select id from organisation.division where name = @Division or short_name = @Division or slug = @Division", input, ct);
        if (division is null && await db.ScalarAsync<bool>("select exists (select from organisation.division)", ct: ct))
            return new Refusal($"Eine Gliederung „{input.Division}“ gibt es nicht. Prüfen Sie die Schreibweise");
        division ??= await db.ScalarAsync<int>("insert into organisation.division (kind, name, short_name, slug) values ('StateAssociation', @Division, @Division, @slug) returning id", new { input.Division, slug = Platform.Web.Slug.From(input.Division) }, ct);
        var person = await db.ScalarAsync<int>("insert into organisation.person (division_id, given_name, family_name) values (@division, @Given, @Family) returning id", new { division, input.Given, input.Family }, ct);
        var office = await db.ScalarAsync<int>("insert into organisation.office (division_id, name, role_id) values (@division, @name, @Role) returning id", new { division, name = role, input.Role }, ct);
        await db.ExecuteAsync("insert into organisation.office_holding (office_id, person_id, valid_from) values (@office, @person, current_date)", new { office, person }, ct);
        return person;
    }, ct);

    /// <summary>Locks an account, for its devices too; open sessions end within five seconds.</summary>
    public async Task<Outcome<string>> LockAsync(string name)
    {
        if (await users.FindByNameAsync(name) is not { } account) return Unknown(name);
        await users.SetLockoutEndDateAsync(account, DateTimeOffset.MaxValue);
        await users.UpdateSecurityStampAsync(account);
        return name;
    }

    /// <summary>Sets a new password, removes devices, code app and lock: a lost device opens nothing any more. Returns the password, shown once.</summary>
    public async Task<Outcome<string>> ResetAsync(string name)
    {
        if (await users.FindByNameAsync(name) is not { } account) return Unknown(name);
        var password = NewPassword();
        await users.ResetPasswordAsync(account, await users.GeneratePasswordResetTokenAsync(account), password);
        foreach (var device in await users.GetPasskeysAsync(account)) await users.RemovePasskeyAsync(account, device.CredentialId);
        await users.SetTwoFactorEnabledAsync(account, false);
        await users.SetLockoutEndDateAsync(account, null);
        await users.UpdateSecurityStampAsync(account);
        return password;
    }

    /// <summary>Asks everybody who holds a role for a second factor, or no longer; counts with the next page of running sessions too.</summary>
    public async Task<Outcome<string>> SecondFactorAsync(string role, bool required, CancellationToken ct = default) =>
        await db.ScalarAsync<string>("update access.role set second_factor = @required where id = @role returning name", new { role, required }, ct) is { } name
            ? $"{name}, {(required ? "zweiter Faktor ist Pflicht" : "ohne zweiten Faktor")}"
            : new Refusal($"Eine Rolle „{role}“ gibt es nicht. Es gibt: {string.Join(", ", await db.QueryAsync<string>("select id from access.role order by 1", ct: ct))}");

    /// <summary>How long a session lasts at most while it is used, in hours; it counts with the next page of running sessions too.</summary>
    /// <param name="sensitive">For offices with rights on data from P3 on; null leaves it.</param>
    /// <param name="others">For all others; null leaves it.</param>
    public async Task<Outcome<string>> SessionHoursAsync(int? sensitive, int? others, CancellationToken ct = default)
    {
        if (sensitive is < 1 or > 8760 || others is < 1 or > 8760) return new Refusal("Eine Sitzung dauert zwischen einer Stunde und einem Jahr (8760 Stunden)");
        foreach (var (key, hours) in new[] { ("session-hours-sensitive", sensitive), ("session-hours", others) })
            if (hours is not null) await db.ExecuteAsync("update platform.setting set value = @value, changed_at = now() where key = @key", new { key, value = $"{hours}" }, ct);
        var set = (await db.QueryAsync<(string Key, string Value)>("select key, value from platform.setting where key like 'session-hours%'", ct: ct)).ToDictionary(s => s.Key, s => s.Value);
        return $"Sitzungen enden nach {set["session-hours-sensitive"]} Stunden, wo ein Amt Daten ab P3 öffnet, sonst nach {set["session-hours"]} Stunden";
    }

    private static Refusal Unknown(string name) => new($"Ein Konto „{name}“ gibt es nicht");

    // easy to read aloud, without letters that look alike: about 77 bits
    private static string NewPassword() => string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString("abcdefghkmnpqrstuvwxyz23456789", 4)));
}
