using System.Net;
using System.Text.RegularExpressions;
using Anlauf.Platform;
using Anlauf.Platform.Identity;
using Anlauf.Platform.Secrets;
using Anlauf.Rooms.Operation;
using Anlauf.Rooms.Organisation.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace Anlauf.Tests.Platform;

/// <summary>Running sessions, seen from outside: what changes in the offices or in the account counts with the next request.</summary>
public sealed partial class SessionTests(OpenHouse door) : IClassFixture<OpenHouse>
{
    private AssociationDatabase House => door.House;
    private static int number;

    // a person with an office in a district, and the account to it
    private async Task<(int Person, int Account, string Name)> OfficerAsync(string role = "district-chair", string district = "kreis-14628")
    {
        var name = "person" + Interlocked.Increment(ref number);
        var division = await House.DivisionAsync(district);
        var person = await House.AskAsync<int>("insert into organisation.person (division_id, given_name, family_name) values (@division, 'Vera', @name) returning id", new { division, name });
        var office = await House.AskAsync<int>("insert into organisation.office (division_id, name, role_id) values (@division, @name, @role) returning id", new { division, name, role });
        await House.TellAsync("insert into organisation.office_holding (office_id, person_id, valid_from) values (@office, @person, current_date - 1)", new { office, person });
        return (person, await door.AccountAsync(name, person), name);
    }

    [Fact]
    public async Task A_right_that_ends_closes_the_page_in_a_running_session_at_once()
    {
        var (person, _, name) = await OfficerAsync();
        using var visitor = await door.SignInAsync(name);
        (await visitor.WhereAsync("/verwaltung/personen")).ShouldBe("200");
        await House.TellAsync("update organisation.office_holding set valid_to = current_date - 1 where person_id = @person", new { person });
        (await visitor.WhereAsync("/verwaltung/personen")).ShouldStartWith("/kein-zugriff");
        await House.TellAsync("update organisation.office_holding set valid_to = null where person_id = @person", new { person });
        (await visitor.WhereAsync("/verwaltung/personen")).ShouldBe("200");
        // the role changes: what it may no longer read is gone from the running session too
        await House.TellAsync("update organisation.office set role_id = 'local-chair' where name = @name", new { name });
        (await visitor.WhereAsync("/verwaltung/personen")).ShouldBe("200");
        (await visitor.WhereAsync("/verwaltung/personen/neu")).ShouldStartWith("/kein-zugriff");
    }

    [Fact]
    public async Task A_locked_account_ends_its_running_session_at_once()
    {
        var (_, account, name) = await OfficerAsync();
        using var visitor = await door.SignInAsync(name);
        (await visitor.WhereAsync("/konto")).ShouldBe("200");
        (await House.UseAsync<KeepAccount, Outcome<string>>(House.StateManager, k => k.HandleAsync(account, "lock"))).Done.ShouldBeTrue();
        (await visitor.WhereAsync("/konto")).ShouldStartWith("/anmelden");
    }

    [Fact]
    public async Task Own_sessions_are_listed_and_one_ends_another()
    {
        var (_, _, name) = await OfficerAsync();
        using var here = await door.SignInAsync(name);
        using var library = await door.SignInAsync(name);
        (await here.ReadAsync("/konto")).ShouldContain("das ist diese Sitzung");
        Visitor.Where(await here.SendToAsync("/konto", "/konto/sitzung/beenden", null)).ShouldBe("/konto?erledigt=sitzung");
        (await library.WhereAsync("/konto")).ShouldStartWith("/anmelden");
        (await here.WhereAsync("/konto")).ShouldBe("200");
    }

    [Fact]
    public async Task Nobody_ends_the_session_of_somebody_else()
    {
        var ((_, _, mine), (_, account, theirs)) = (await OfficerAsync(), await OfficerAsync());
        using var me = await door.SignInAsync(mine);
        using var them = await door.SignInAsync(theirs);
        var session = await House.AskAsync<Guid>("select id from identity.session where account_id = @account", new { account });
        await me.SendToAsync("/konto", "/konto/sitzung/beenden", null, ("sitzung", session.ToString()));
        (await them.WhereAsync("/konto")).ShouldBe("200");
    }

    [Fact]
    public async Task Signing_out_ends_the_session_for_a_copied_cookie_too()
    {
        var (_, account, name) = await OfficerAsync();
        using var visitor = await door.SignInAsync(name);
        await visitor.SendToAsync("/konto", "/abmelden", null);
        (await House.AskAsync<bool>("select exists (select from identity.session where account_id = @account)", new { account })).ShouldBeFalse();
    }

    [Fact]
    public async Task A_required_second_factor_leads_every_page_to_setting_it_up_until_it_is()
    {
        var (_, account, name) = await OfficerAsync();
        using var visitor = await door.SignInAsync(name);
        (await House.UseAsync<KeepAccount, Outcome<string>>(House.StateManager, k => k.HandleAsync(account, "require-factor"))).Done.ShouldBeTrue();
        foreach (var page in new[] { "/heute", "/lage", "/konto", "/verwaltung/personen", "/sitzungen/beschluesse" })
            (await visitor.WhereAsync(page)).ShouldBe("/konto/zweiter-faktor?weiter=" + Uri.EscapeDataString(page));
        var key = Key().Match(await visitor.ReadAsync("/konto/zweiter-faktor")).Groups[1].Value;
        (await visitor.SendAsync("/konto/zweiter-faktor", "totp", ("code", "000000"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var done = await (await visitor.SendAsync("/konto/zweiter-faktor", "totp", ("code", CodeApp.Code(key)))).Content.ReadAsStringAsync();
        var spare = Spare().Matches(done).Select(m => m.Groups[1].Value).ToList();
        spare.Count.ShouldBe(10);
        (await visitor.WhereAsync("/verwaltung/personen")).ShouldBe("200");
        // from now on the password alone opens nothing, a spare code opens once
        using var without = door.Visit();
        (await without.SendAsync("/anmelden", "sign-in", ("name", name), ("password", OpenHouse.Password), ("code", ""))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using var with = await door.SignInAsync(name, spare[0]);
        (await with.ReadAsync("/konto")).ShouldContain("9 von zehn Ersatzcodes");
        using var again = door.Visit();
        (await again.SendAsync("/anmelden", "sign-in", ("name", name), ("password", OpenHouse.Password), ("code", spare[0]))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_code_of_the_app_opens_once()
    {
        var (_, _, name) = await OfficerAsync();
        using (var setup = await door.SignInAsync(name))
        {
            var key = Key().Match(await setup.ReadAsync("/konto/zweiter-faktor")).Groups[1].Value;
            var code = CodeApp.Code(key);
            (await setup.SendAsync("/konto/zweiter-faktor", "totp", ("code", code))).StatusCode.ShouldBe(HttpStatusCode.OK);
            async Task<HttpStatusCode> TryAsync(string with)
            {
                using var visitor = door.Visit();
                return (await visitor.SendAsync("/anmelden", "sign-in", ("name", name), ("password", OpenHouse.Password), ("code", with))).StatusCode;
            }
            // the one that set the app up is spent, and so is the next one once it has opened
            (await TryAsync(code)).ShouldBe(HttpStatusCode.UnprocessableEntity);
            async Task<string> NextAsync()
            {
                // as if half a minute had gone by
                await House.TellAsync("delete from identity.used_code");
                return CodeApp.Code(key);
            }
            var next = await NextAsync();
            (await TryAsync(next)).ShouldBe(HttpStatusCode.Found);
            (await TryAsync(next)).ShouldBe(HttpStatusCode.UnprocessableEntity);
            // of three at once one is let in
            var later = await NextAsync();
            (await Task.WhenAll(TryAsync(later), TryAsync(later), TryAsync(later))).Count(s => s == HttpStatusCode.Found).ShouldBe(1);
            // neither one that is over nor one that is still to come
            foreach (var step in new[] { -3, 2 }) (await TryAsync(CodeApp.Code(key, step))).ShouldBe(HttpStatusCode.UnprocessableEntity);
        }
    }

    [Fact]
    public async Task Neither_the_secret_of_a_code_app_nor_a_spare_code_nor_a_cookie_key_is_readable_in_the_database()
    {
        var (_, account, name) = await OfficerAsync();
        using var setup = await door.SignInAsync(name);
        var key = Key().Match(await setup.ReadAsync("/konto/zweiter-faktor")).Groups[1].Value;
        var spare = Spare().Matches(await (await setup.SendAsync("/konto/zweiter-faktor", "totp", ("code", CodeApp.Code(key)))).Content.ReadAsStringAsync()).Select(m => m.Groups[1].Value).ToList();
        spare.Count.ShouldBe(10);
        await using (var owner = new Npgsql.NpgsqlConnection(House.Connections.Owner))
        {
            await owner.OpenAsync();
            foreach (var table in await House.ListAsync<string>("select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname in ('identity', 'audit', 'platform')"))
            {
                using var copy = await owner.BeginTextExportAsync($"copy {table} to stdout");
                var dump = await copy.ReadToEndAsync();
                foreach (var secret in spare.Append(key).SelectMany(s => new[] { s, s.Replace("-", "", StringComparison.Ordinal) }))
                    foreach (var form in new[] { secret, Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(secret)), Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret))) })
                        dump.ShouldNotContain(form, Case.Insensitive, table);
                dump.ShouldNotContain("masterKey", Case.Insensitive, table);
            }
        }
        (await House.AskAsync<long>("select count(*) from identity.protection_key where sealed is not null")).ShouldBeGreaterThan(0);
        // the keys change, and everything still opens
        await House.UseAsync<KeyRotation, int>(null, k => k.RotateAsync());
        (await House.UseAsync<KeyRotation, int>(null, k => k.ReencryptAsync())).ShouldBeGreaterThan(1);
        (await House.AskAsync<int>("select get_byte(seed, 4) from identity.code_app where account_id = @account", new { account })).ShouldBeGreaterThan(1);
        (await setup.WhereAsync("/konto")).ShouldBe("200");
        await House.TellAsync("delete from identity.used_code where account_id = @account", new { account });
        (await door.SignInAsync(name, CodeApp.Code(key))).Dispose();
        // as people type it, and of three at once one is let in
        async Task<HttpStatusCode> TryAsync(string with)
        {
            using var visitor = door.Visit();
            return (await visitor.SendAsync("/anmelden", "sign-in", ("name", name), ("password", OpenHouse.Password), ("code", with))).StatusCode;
        }
        var typed = spare[1].Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
        (await Task.WhenAll(TryAsync(typed), TryAsync(typed), TryAsync(typed))).Count(s => s == HttpStatusCode.Found).ShouldBe(1);
    }

    [Fact]
    public async Task What_an_older_version_wrote_in_the_clear_is_sealed_at_the_next_start()
    {
        var (_, account, name) = await OfficerAsync();
        await House.TellAsync("""
            insert into identity.account_token values (@account, '[AspNetUserStore]', 'AuthenticatorKey', 'JBSWY3DPEHPK3PXP'), (@account, '[AspNetUserStore]', 'RecoveryCodes', 'AAAAA-BBBBB;CCCCC-DDDDD')
            """, new { account });
        await House.TellAsync("update identity.account set two_factor_enabled = true where id = @account", new { account });
        await using (var app = await Anlauf.Platform.Hosting.AnlaufHost.BuildAsync(Anlauf.Rooms.RoomList.All, House.Connections, OpenHouse.Configure)) await app.StartAsync();
        (await House.AskAsync<long>("select count(*) from identity.account_token where user_id = @account", new { account })).ShouldBe(0);
        (await door.SignInAsync(name, CodeApp.Code("JBSWY3DPEHPK3PXP"))).Dispose();
        (await door.SignInAsync(name, "CCCCC-DDDDD")).Dispose();
    }

    [Fact]
    public async Task A_session_ends_after_its_time_even_while_it_is_used_and_sooner_where_an_office_opens_sensitive_data()
    {
        await House.TellAsync("insert into access.role (id, name) values ('schlicht', 'Schlicht'), ('heikel', 'Heikel')");
        await House.TellAsync("insert into access.role_right values ('schlicht', 'meetings', 'read', 'P1', 'own'), ('heikel', 'dues', 'read', 'P3', 'own')");
        var ((_, plain, plainName), (_, sensitive, sensitiveName)) = (await OfficerAsync("schlicht"), await OfficerAsync("heikel"));
        using var one = await door.SignInAsync(plainName);
        using var other = await door.SignInAsync(sensitiveName);
        (await other.ReadAsync("/konto")).ShouldContain("sonst nach 12 Stunden");
        (await one.ReadAsync("/konto")).ShouldContain("sonst nach 30 Tagen");
        async Task PassAsync(int account, int hours) => await House.TellAsync("update identity.session set started_at = now() - make_interval(hours => @hours), seen_at = now() where account_id = @account", new { account, hours });
        await PassAsync(sensitive, 11);
        (await other.WhereAsync("/konto")).ShouldBe("200");
        await PassAsync(sensitive, 13);
        (await other.WhereAsync("/konto")).ShouldStartWith("/anmelden");
        await PassAsync(plain, 13);
        (await one.WhereAsync("/konto")).ShouldBe("200");
        await PassAsync(plain, 31 * 24);
        (await one.WhereAsync("/konto")).ShouldStartWith("/anmelden");
        // both are settings
        using var again = await door.SignInAsync(plainName);
        (await House.UseAsync<UserAccounts, Outcome<string>>(null, u => u.SessionHoursAsync(null, 2))).Value.ShouldNotBeNull().ShouldContain("sonst nach 2 Stunden");
        await PassAsync(plain, 3);
        (await again.WhereAsync("/konto")).ShouldStartWith("/anmelden");
        (await House.UseAsync<UserAccounts, Outcome<string>>(null, u => u.SessionHoursAsync(0, null))).Done.ShouldBeFalse();
        await House.UseAsync<UserAccounts, Outcome<string>>(null, u => u.SessionHoursAsync(12, 720));
    }

    [Fact]
    public async Task Ending_a_session_asks_for_a_recent_proof()
    {
        var (_, account, name) = await OfficerAsync();
        using var here = await door.SignInAsync(name);
        using var library = await door.SignInAsync(name);
        await House.TellAsync("update identity.session set proved_at = now() - interval '11 minutes' where account_id = @account", new { account });
        Visitor.Where(await here.SendToAsync("/konto", "/konto/sitzung/beenden", null)).ShouldStartWith("/konto/bestaetigen");
        (await library.WhereAsync("/konto")).ShouldBe("200");
    }

    [Fact]
    public async Task Looking_at_the_page_of_the_second_factor_ends_no_other_session()
    {
        var (_, _, name) = await OfficerAsync();
        using var here = await door.SignInAsync(name);
        using var library = await door.SignInAsync(name);
        (await here.WhereAsync("/konto/zweiter-faktor")).ShouldBe("200");
        (await library.WhereAsync("/konto")).ShouldBe("200");
    }

    [Fact]
    public async Task A_role_can_require_the_second_factor_of_everybody_who_holds_it()
    {
        var (_, _, name) = await OfficerAsync("minute-taker");
        using var visitor = await door.SignInAsync(name);
        (await visitor.WhereAsync("/konto")).ShouldBe("200");
        (await House.UseAsync<UserAccounts, Outcome<string>>(null, u => u.SecondFactorAsync("minute-taker", true))).Done.ShouldBeTrue();
        (await House.UseAsync<UserAccounts, Outcome<string>>(null, u => u.SecondFactorAsync("minute-takers", true))).Refusal!.Message.ShouldContain("minute-taker");
        (await visitor.WhereAsync("/konto")).ShouldStartWith("/konto/zweiter-faktor");
        await House.UseAsync<UserAccounts, Outcome<string>>(null, u => u.SecondFactorAsync("minute-taker", false));
        (await visitor.WhereAsync("/konto")).ShouldBe("200");
    }

    [Fact]
    public async Task Changes_of_rights_ask_again_after_ten_minutes_and_go_on_where_they_were()
    {
        var (_, account, name) = await OfficerAsync();
        const string page = "/verwaltung/gliederungen/kreis-14628/amt";
        using var visitor = await door.SignInAsync(name);
        (await visitor.WhereAsync(page)).ShouldBe("200");
        async Task PassAsync(int minutes) => await House.TellAsync("update identity.session set proved_at = proved_at - make_interval(mins => @minutes) where account_id = @account", new { minutes, account });
        await PassAsync(6);
        // a form opened earlier is still taken, a new one asks first, so that ten minutes are never exceeded
        (await visitor.WhereAsync(page)).ShouldStartWith("/konto/bestaetigen");
        await PassAsync(5);
        var prove = "/konto/bestaetigen?weiter=" + Uri.EscapeDataString(page);
        Visitor.Where(await visitor.SendToAsync("/konto", page, "office")).ShouldBe(prove);
        (await visitor.SendAsync(prove, "prove", ("password", "geraten und falsch"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Visitor.Where(await visitor.SendAsync(prove, "prove", ("password", OpenHouse.Password))).ShouldEndWith(page);
        (await visitor.WhereAsync(page)).ShouldBe("200");
        (await visitor.WhereAsync("/verwaltung/gliederungen")).ShouldBe("200");
    }

    [Fact]
    public async Task An_address_that_guesses_at_many_accounts_is_stopped()
    {
        await using var scope = door.Services.CreateAsyncScope();
        var brake = scope.ServiceProvider.GetRequiredService<AddressBrake>();
        var (guesser, neighbour, other) = (IPAddress.Parse("2001:db8:1:2::7"), IPAddress.Parse("2001:db8:1:2:ffff::1"), IPAddress.Parse("192.0.2.9"));
        for (var i = 0; i < AddressBrake.Limit; i++) await brake.FailedAsync(guesser);
        (await brake.PassAsync(guesser)).ShouldBeFalse();
        // one network is one guesser; nobody else suffers, and the machine itself is never braked
        (await brake.PassAsync(neighbour)).ShouldBeFalse();
        (await brake.PassAsync(other)).ShouldBeTrue();
        for (var i = 0; i < AddressBrake.Limit; i++) await brake.FailedAsync(IPAddress.Loopback);
        (await brake.PassAsync(IPAddress.Loopback)).ShouldBeTrue();
        await House.TellAsync("update identity.failed_sign_in set at = at - interval '16 minutes'");
        (await brake.PassAsync(guesser)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_link_sets_the_account_up_and_leads_inside()
    {
        var person = await House.AskAsync<int>("select person_id from organisation.office_holding h join organisation.office o on o.id = h.office_id where o.role_id = 'minute-taker' and o.name = 'Protokollführung'");
        var link = (await House.UseAsync<InvitePerson, Outcome<InvitePerson.Link>>(House.StateManager, i => i.HandleAsync(new() { PersonId = person }))).Value!;
        using var visitor = door.Visit();
        (await (await visitor.SendAsync("/einladung/" + link.Secret, "accept", ("password", "Passwort2026!"))).Content.ReadAsStringAsync()).ShouldContain("zuerst probiert");
        Visitor.Where(await visitor.SendAsync("/einladung/" + link.Secret, "accept", ("password", OpenHouse.Password))).ShouldEndWith("/heute");
        (await visitor.WhereAsync("/konto")).ShouldBe("200");
        using var late = door.Visit();
        (await late.OpenAsync("/einladung/" + link.Secret)).StatusCode.ShouldBe(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task The_shell_invites_by_a_link_too()
    {
        Task<Outcome<string>> InviteAsync() => House.UseAsync<UserAccounts, Outcome<string>>(null, u => u.InviteAsync(new("erna.erste", "Erna", "Erste", "LV Sachsen", "member")));
        var path = (await InviteAsync()).Value.ShouldNotBeNull();
        (await InviteAsync()).Refusal!.Message.ShouldContain("gibt es schon");
        using var visitor = door.Visit();
        Visitor.Where(await visitor.SendAsync(path, "accept", ("password", OpenHouse.Password))).ShouldEndWith("/heute");
        // opened from the shell, the account owes a second factor
        (await visitor.WhereAsync("/heute")).ShouldStartWith("/konto/zweiter-faktor");
    }

    [GeneratedRegex("secret=([A-Z2-7]+)")]
    private static partial Regex Key();

    [GeneratedRegex("<li>([A-Z0-9]{5}-[A-Z0-9]{5})</li>")]
    private static partial Regex Spare();
}
