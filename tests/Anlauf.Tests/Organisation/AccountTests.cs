using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Platform.Identity;
using Anlauf.Rooms.Organisation;
using Anlauf.Rooms.Organisation.Accounts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Anlauf.Tests.Organisation;

/// <summary>Accounts as those keep them who administer the offices.</summary>
public sealed class AccountTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>
{
    private const string Password = "ein langer Satz als Kennwort";
    private static DateOnly Today => DateOnly.FromDateTime(DateTime.Today);

    private async Task<int> PersonAsync(string division, string family, string? role = "local-chair")
    {
        var place = await house.DivisionAsync(division);
        var office = (await house.UseAsync<SaveOffice, Outcome<int>>(house.StateManager, s => s.HandleAsync(new() { DivisionId = place, Name = "Amt " + family, RoleId = role }))).Value;
        var holding = (await house.UseAsync<FillOffice, Outcome<int>>(house.StateManager, f => f.HandleAsync(new() { OfficeId = office, GivenName = "Petra", FamilyName = family, ValidFrom = Today }))).Value;
        return await house.AskAsync<int>("select person_id from organisation.office_holding where id = @holding", new { holding });
    }

    private Task<Outcome<InvitePerson.Link>> InviteAsync(int person, string? userName = null, bool secondFactor = false, int? by = null) =>
        house.UseAsync<InvitePerson, Outcome<InvitePerson.Link>>(by ?? house.StateManager, i => i.HandleAsync(new() { PersonId = person, UserName = userName, SecondFactor = secondFactor }));

    private Task<Outcome<string>> StepAsync(int account, string step, int? by = null) => house.UseAsync<KeepAccount, Outcome<string>>(by ?? house.StateManager, k => k.HandleAsync(account, step));

    // accounts belong to the sign-in, where nobody acts yet
    private Task<T> AtTheDoorAsync<TService, T>(Func<TService, IServiceProvider, Task<T>> work) where TService : notnull => house.UseAsNobodyAsync<IServiceProvider, T>(services =>
    {
        services.GetRequiredService<IHttpContextAccessor>().HttpContext = new DefaultHttpContext { RequestServices = services };
        return work(services.GetRequiredService<TService>(), services);
    });

    private Task<Outcome<Account>> AcceptAsync(string secret, string password = Password) => AtTheDoorAsync<Invitations, Outcome<Account>>((i, _) => i.AcceptAsync(secret, password));
    private Task<Outcome<Account>> SignInAsync(string name, string password = Password) => AtTheDoorAsync<SignIn, Outcome<Account>>((s, _) => s.HandleAsync(name, password, null));
    private Task<string> StampAsync(string name) => AtTheDoorAsync<UserManager<Account>, string>(async (u, _) => (await u.FindByNameAsync(name))!.SecurityStamp!);

    [Fact]
    public async Task A_link_opens_the_account_once_and_is_kept_nowhere()
    {
        var person = await PersonAsync("kreis-14521", "Türöffner");
        var link = (await InviteAsync(person)).Value.ShouldNotBeNull();
        link.UserName.ShouldBe("petra.tueroeffner");
        (await SignInAsync(link.UserName)).Refusal!.Message.ShouldContain("stimmen nicht");
        (await AcceptAsync(link.Secret, "zu kurz")).Refusal!.Field.ShouldBe("Password");
        (await AcceptAsync(link.Secret, "petra.tueroeffner 1")).Refusal!.Message.ShouldContain("enthält den Benutzernamen");
        (await AcceptAsync(link.Secret + "x")).Refusal!.Message.ShouldContain("gilt nicht mehr");
        (await AcceptAsync(link.Secret)).Value!.PersonId.ShouldBe(person);
        (await AcceptAsync(link.Secret, "ein anderes Kennwort")).Refusal!.Message.ShouldContain("gilt nicht mehr");
        (await SignInAsync(link.UserName)).Done.ShouldBeTrue();
        (await house.AskAsync<bool>("select exists (select from identity.invitation i where i.account_id = @AccountId)", new { link.AccountId })).ShouldBeFalse();
        var row = (await house.UseAsync<AccountRegister, AccountRegister.Row?>(house.StateManager, r => r.FindAsync(link.AccountId))).ShouldNotBeNull();
        row.LastSignedInAt.ShouldNotBeNull().ShouldBeGreaterThan(DateTime.UtcNow.AddMinutes(-5));
        row.Offices.ShouldBe(["Amt Türöffner, KV Erzgebirgskreis"]);
    }

    [Fact]
    public async Task The_link_goes_by_mail_where_letters_leave_and_nowhere_is_an_account_opened_without_it()
    {
        var person = await PersonAsync("kreis-14521", "Postweg");
        async Task<Outcome<InvitePerson.Link>> ByMailAsync(bool sends)
        {
            await using var scope = house.Scope(house.StateManager);
            var services = scope.ServiceProvider;
            var settings = new Anlauf.Platform.Mail.MailSettings(new Microsoft.Extensions.Configuration.ConfigurationManager { ["Mail:Host"] = sends ? "localhost" : null, ["Mail:From"] = "verband@example.org", ["Mail:Site"] = "https://anlauf.example.org/" });
            var outbox = new Anlauf.Platform.Mail.Outbox(services.GetRequiredService<Db>(), services.GetRequiredService<Anlauf.Platform.Secrets.FieldCipher>(), settings);
            return await new InvitePerson(services.GetRequiredService<Db>(), services.GetRequiredService<UserManager<Account>>(), new InvitationLetter(services.GetRequiredService<Db>(), outbox)).HandleAsync(new() { PersonId = person, ByMail = true });
        }
        Task<bool> OpenedAsync() => house.AskAsync<bool>("select exists (select from identity.account where person_id = @person)", new { person });
        (await ByMailAsync(sends: false)).Refusal!.Field.ShouldBe("ByMail");
        (await ByMailAsync(sends: true)).Refusal!.Message.ShouldContain("keine E-Mail-Adresse");
        (await OpenedAsync()).ShouldBeFalse();
        await house.TellAsync("update organisation.person set email = 'petra@postweg.example' where id = @person", new { person });
        var link = (await ByMailAsync(sends: true)).Value.ShouldNotBeNull();
        link.SentTo.ShouldBe("petra@postweg.example");
        var (id, body) = (await house.ListAsync<(Guid, byte[])>("select id, body from mail.outbox where person_id = @person", new { person })).ShouldHaveSingleItem();
        System.Text.Encoding.UTF8.GetString(body).ShouldNotContain("einladung");
        (await house.UseAsync<Anlauf.Platform.Secrets.FieldCipher, string?>(null, c => Task.FromResult(c.Decrypt(body, "mail.outbox.body", id.ToString()))))!.ShouldContain("https://anlauf.example.org/einladung/" + link.Secret);
        (await AcceptAsync(link.Secret)).Value!.PersonId.ShouldBe(person);
    }

    [Fact]
    public async Task A_link_that_is_too_old_opens_nothing()

    {
        var link = (await InviteAsync(await PersonAsync("kreis-14521", "Spätling"))).Value!;
        await house.TellAsync("update identity.invitation set expires_at = now() - interval '1 second' where account_id = @AccountId", new { link.AccountId });
        (await AcceptAsync(link.Secret)).Refusal!.Message.ShouldContain("gilt nicht mehr");
    }

    [Fact]
    public async Task Two_of_one_name_get_two_user_names_and_a_wished_one_is_not_given_twice()
    {
        var (first, second) = (await PersonAsync("kreis-14523", "Doppel"), await PersonAsync("kreis-14524", "Doppel"));
        ((await InviteAsync(first)).Value!.UserName, (await InviteAsync(second)).Value!.UserName).ShouldBe(("petra.doppel", "petra.doppel2"));
        (await InviteAsync(first)).Refusal!.Message.ShouldContain("schon ein Konto");
        (await InviteAsync(await PersonAsync("kreis-14524", "Drittel"), "Petra.Doppel")).Refusal!.Field.ShouldBe("UserName");
        (await InviteAsync(await PersonAsync("kreis-14524", "Viertel"), "a b!")).Refusal!.Field.ShouldBe("UserName");
    }

    [Fact]
    public async Task Locking_closes_the_door_and_ends_open_sessions_until_it_is_taken_back()
    {
        var link = (await InviteAsync(await PersonAsync("kreis-14625", "Riegel"))).Value!;
        await AcceptAsync(link.Secret);
        var stamp = await StampAsync(link.UserName);
        (await StepAsync(link.AccountId, "lock")).Done.ShouldBeTrue();
        // open sessions carry the stamp and are refused with the old one
        (await StampAsync(link.UserName)).ShouldNotBe(stamp);
        (await SignInAsync(link.UserName)).Refusal!.Message.ShouldContain("gesperrt");
        (await house.UseAsync<AccountRegister, AccountRegister.Row?>(house.StateManager, r => r.FindAsync(link.AccountId)))!.LockedForGood.ShouldBeTrue();
        (await StepAsync(link.AccountId, "unlock")).Done.ShouldBeTrue();
        (await SignInAsync(link.UserName)).Done.ShouldBeTrue();
        var division = await house.DivisionAsync("kreis-14625");
        (await house.ListAsync<string>("select sentence from organisation.history where division_id = @division order by id", new { division }, house.StateManager))
            .TakeLast(3).ShouldBe(["Konto eröffnet: Petra Riegel", "Konto gesperrt: Petra Riegel", "Konto entsperrt: Petra Riegel"]);
    }

    [Fact]
    public async Task Setting_up_anew_takes_away_password_and_code_app()
    {
        var link = (await InviteAsync(await PersonAsync("kreis-14626", "Verlust"))).Value!;
        await AcceptAsync(link.Secret);
        await AtTheDoorAsync<UserManager<Account>, bool>(async (u, _) => (await u.SetTwoFactorEnabledAsync((await u.FindByNameAsync(link.UserName))!, true)).Succeeded);
        (await SignInAsync(link.UserName)).Refusal!.Field.ShouldBe("code");
        var secret = (await house.UseAsync<KeepAccount, Outcome<string>>(house.StateManager, k => k.RenewAsync(link.AccountId))).Value!;
        (await SignInAsync(link.UserName)).Refusal!.Message.ShouldContain("stimmen nicht");
        (await AcceptAsync(secret, "ein ganz neues Kennwort")).Done.ShouldBeTrue();
        (await SignInAsync(link.UserName, "ein ganz neues Kennwort")).Done.ShouldBeTrue();
    }

    [Fact]
    public async Task A_required_second_factor_marks_the_session_until_it_is_set_up()
    {
        var link = (await InviteAsync(await PersonAsync("kreis-14627", "Faktor"), secondFactor: true)).Value!;
        await AcceptAsync(link.Secret);
        Task<bool> MarkedAsync() => AtTheDoorAsync<UserManager<Account>, bool>(async (u, s) =>
            (await s.GetRequiredService<IUserClaimsPrincipalFactory<Account>>().CreateAsync((await u.FindByNameAsync(link.UserName))!)).HasClaim("anlauf:second-factor-missing", "yes"));
        (await MarkedAsync()).ShouldBeTrue();
        await AtTheDoorAsync<UserManager<Account>, bool>(async (u, _) => (await u.SetTwoFactorEnabledAsync((await u.FindByNameAsync(link.UserName))!, true)).Succeeded);
        (await MarkedAsync()).ShouldBeFalse();
        (await StepAsync(link.AccountId, "waive-factor")).Done.ShouldBeTrue();
        (await StepAsync(link.AccountId, "abrakadabra")).Done.ShouldBeFalse();
    }

    [Fact]
    public async Task Accounts_out_of_reach_are_neither_seen_nor_changed()
    {
        var inside = await PersonAsync("kreis-14729", "Innen");
        var account = (await InviteAsync(inside)).Value!.AccountId;
        // a district chair administers no accounts
        (await house.UseAsync<AccountRegister, IReadOnlyList<AccountRegister.Row>>(house.DistrictChair, r => r.ListAsync())).ShouldBeEmpty();
        (await StepAsync(account, "lock", house.DistrictChair)).Refusal!.Message.ShouldContain("führen Sie nicht");
        (await InviteAsync(inside, by: house.DistrictChair)).Done.ShouldBeFalse();
        (await Should.ThrowAsync<PostgresException>(() => house.AskAsync<int?>("select organisation.invite(@inside, 'x', 'X', '\\x00', false)", new { inside }, house.DistrictChair))).SqlState.ShouldBe("42501");
        (await house.ListAsync<int>("select id from identity.account", person: house.StateManager)).ShouldBeEmpty();
        // an office in another association takes the account out of the own reach: it carries rights that are not mine to give
        var foreign = await house.AskAsync<int>("insert into organisation.office (division_id, name, role_id) select id, 'Amt drüben', 'member' from organisation.division where slug = 'sachsen-anhalt' returning id");
        (await StepAsync(account, "end-sessions")).Done.ShouldBeTrue();
        await house.TellAsync("insert into organisation.office_holding (office_id, person_id, valid_from) values (@foreign, @inside, current_date)", new { foreign, inside });
        (await StepAsync(account, "lock")).Done.ShouldBeFalse();
        // and nobody keeps the own account
        (await house.AskAsync<bool>("select organisation.keeps_account_of(@id)", new { id = house.StateManager }, house.StateManager)).ShouldBeFalse();
        (await house.AskAsync<bool>("select organisation.keeps_account_of(@inside)", new { inside }, null)).ShouldBeTrue();
    }

    [Fact]
    public async Task Nobody_sees_or_changes_accounts_without_acting()
    {
        var account = (await InviteAsync(await PersonAsync("kreis-14729", "Namenlos"))).Value!.AccountId;
        (await house.UseAsNobodyAsync<Db, long>(db => db.ScalarAsync<long>("select count(*) from organisation.accounts()"))).ShouldBe(0);
        (await house.UseAsNobodyAsync<Db, bool>(db => db.ScalarAsync<bool>("select organisation.keep_account(@account, 'lock', null)", new { account }))).ShouldBeFalse();
    }
}
