using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Rooms.Organisation.Accounts;
using Anlauf.Rooms.Organisation.Deputies;
using Anlauf.Rooms.Organisation.Handovers;
using Anlauf.Rooms.Organisation.RightsInWords;
using Npgsql;

namespace Anlauf.Tests.Organisation;

/// <summary>In Vertretung: rights for a time, never more and never longer than the office itself.</summary>
public sealed class DeputyTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>
{
    private static DateOnly Today => DateOnly.FromDateTime(DateTime.Today);

    private Task<int> HoldingAsync(int person) => house.AskAsync<int>("select min(id) from organisation.office_holding where person_id = @person", new { person });

    private async Task<Outcome<int>> NameAsync(int holder, int deputy, int by, DateOnly? from = null, DateOnly? to = null, bool export = false)
    {
        var holding = await HoldingAsync(holder);
        return await house.UseAsync<NameDeputy, Outcome<int>>(by, n => n.HandleAsync(new() { HoldingId = holding, PersonId = deputy, ValidFrom = from ?? Today, ValidTo = to ?? Today.AddDays(14), WithExport = export }));
    }

    private async Task<bool> MayAsync(int person, string feature, string action, string division)
    {
        var id = await house.DivisionAsync(division);
        return await house.AskAsync<bool>("select coalesce(@id = any (access.divisions_for('P1', @feature, @action)), false)", new { id, feature, action }, person);
    }

    private Task<int> EndAllAsync() => house.TellAsync("delete from organisation.delegation");

    [Fact]
    public async Task A_deputy_does_what_the_office_does_from_the_first_day_to_the_last()
    {
        await EndAllAsync();
        var deputy = house.LocalMember;
        (await MayAsync(deputy, "resolutions", "edit", "kreis-14522")).ShouldBeFalse();
        var id = (await NameAsync(house.DistrictChair, deputy, house.DistrictChair)).Value;
        (await MayAsync(deputy, "resolutions", "edit", "kreis-14522")).ShouldBeTrue();
        (await MayAsync(deputy, "resolutions", "edit", "kreis-14521")).ShouldBeFalse();
        (await house.AskAsync<bool>("select exists (select from access.my_rights() where feature = 'people' and action = 'edit')", person: deputy)).ShouldBeTrue();
        (await house.UseAsync<RightsRegister, IReadOnlyList<RightsRegister.Own>>(deputy, r => r.OwnAsync())).ShouldContain(o => o.DeputyFor == "Theo Kontur" && o.FeatureName == "Personen");
        // tomorrow, and over
        await house.TellAsync("update organisation.delegation set valid_from = current_date + 1 where id = @id", new { id });
        (await MayAsync(deputy, "resolutions", "edit", "kreis-14522")).ShouldBeFalse();
        await house.TellAsync("update organisation.delegation set valid_from = current_date - 5, valid_to = current_date - 1 where id = @id", new { id });
        (await MayAsync(deputy, "resolutions", "edit", "kreis-14522")).ShouldBeFalse();
    }

    [Fact]
    public async Task Giving_out_lists_stays_with_the_holder_unless_it_is_granted()
    {
        await EndAllAsync();
        var deputy = house.LocalMember;
        await NameAsync(house.DistrictChair, deputy, house.DistrictChair);
        (await MayAsync(deputy, "resolutions", "export", "kreis-14522")).ShouldBeFalse();
        (await house.AskAsync<bool>("select exists (select from access.my_rights() where action = 'export')", person: deputy)).ShouldBeFalse();
        await EndAllAsync();
        await NameAsync(house.DistrictChair, deputy, house.DistrictChair, export: true);
        (await MayAsync(deputy, "resolutions", "export", "kreis-14522")).ShouldBeTrue();
        // granted, but the office itself gives out nothing of this kind
        (await MayAsync(deputy, "presence", "export", "kreis-14522")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_deputy_has_no_more_and_no_longer_than_the_holder()
    {
        await EndAllAsync();
        var deputy = house.LocalMember;
        await NameAsync(house.DistrictChair, deputy, house.DistrictChair);
        var holding = await HoldingAsync(house.DistrictChair);
        await house.TellAsync("update organisation.office_holding set valid_to = current_date - 1 where id = @holding", new { holding });
        (await MayAsync(deputy, "resolutions", "edit", "kreis-14522")).ShouldBeFalse();
        await house.TellAsync("update organisation.office_holding set valid_to = current_date + 300 where id = @holding", new { holding });
        // nor hands it on: the office is not theirs
        (await house.UseAsync<NameDeputy, Outcome<int>>(deputy, n => n.HandleAsync(new() { HoldingId = holding, PersonId = house.LocalChair, ValidFrom = Today, ValidTo = Today }))).Refusal!.Message.ShouldContain("wer das Amt hat");
        (await Should.ThrowAsync<PostgresException>(() => house.TellAsync("insert into organisation.delegation (holding_id, person_id, valid_from, valid_to) values (@holding, @LocalChair, current_date, current_date)", new { holding, house.LocalChair }, deputy))).SqlState.ShouldBe("42501");
    }

    [Fact]
    public async Task Nobody_makes_themself_a_deputy()
    {
        await EndAllAsync();
        var holding = await HoldingAsync(house.DistrictChair);
        (await NameAsync(house.DistrictChair, house.LocalMember, house.LocalMember)).Refusal!.Message.ShouldContain("wer das Amt hat");
        // not even who administers the offices there; but they may name somebody else when the holder cannot
        (await NameAsync(house.DistrictChair, house.StateManager, house.StateManager)).Refusal!.Message.ShouldContain("Sich selbst");
        (await Should.ThrowAsync<PostgresException>(() => house.TellAsync("insert into organisation.delegation (holding_id, person_id, valid_from, valid_to) values (@holding, @StateManager, current_date, current_date)", new { holding, house.StateManager }, house.StateManager))).SqlState.ShouldBe("42501");
        (await NameAsync(house.DistrictChair, house.LocalChair, house.StateManager)).Done.ShouldBeTrue();
        (await NameAsync(house.DistrictChair, house.DistrictChair, house.DistrictChair)).Refusal!.Field.ShouldBe("PersonId");
        (await NameAsync(house.DistrictChair, house.LocalMember, house.DistrictChair, Today, Today.AddDays(-1))).Refusal!.Field.ShouldBe("ValidTo");
        (await NameAsync(house.DistrictChair, house.LocalMember, house.DistrictChair, Today, Today.AddYears(2))).Refusal!.Message.ShouldContain("höchstens ein Jahr");
    }

    [Fact]
    public async Task A_number_guessed_names_nobody_and_gives_away_no_name()
    {
        await EndAllAsync();
        var neighbour = await house.DivisionAsync("kreis-14521");
        var stranger = await house.AskAsync<int>("insert into organisation.person (division_id, given_name, family_name) values (@neighbour, 'Nie', 'Gesehen') returning id", new { neighbour });
        var holding = await HoldingAsync(house.DistrictChair);
        foreach (var number in new[] { stranger, 999_999 })
        {
            (await NameAsync(house.DistrictChair, number, house.DistrictChair)).Refusal!.Message.ShouldContain("gibt es nicht, oder Sie dürfen sie nicht sehen");
            (await house.UseAsync<HandOver, Outcome<int>>(house.StateManager, h => h.StartAsync(new() { HoldingId = holding, PersonId = 999_999, SwitchOn = Today.AddDays(3) }))).Refusal!.Field.ShouldBe("PersonId");
        }
        (await Should.ThrowAsync<PostgresException>(() => house.TellAsync("insert into organisation.delegation (holding_id, person_id, valid_from, valid_to) values (@holding, @stranger, current_date, current_date)", new { holding, stranger }, house.DistrictChair))).SqlState.ShouldBe("42501");
        (await house.AskAsync<bool>("select exists (select from organisation.officer where person_id = @stranger)", new { stranger }, house.DistrictChair)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_deputy_of_an_administrator_does_not_keep_the_administrators_account()
    {
        await EndAllAsync();
        var (chair, manager) = (house.DistrictChair, house.StateManager);
        await NameAsync(manager, chair, manager);
        (await house.AskAsync<bool>("select organisation.keeps_account_of(@LocalChair)", new { house.LocalChair }, chair)).ShouldBeTrue();
        (await house.AskAsync<bool>("select organisation.keeps_account_of(@manager)", new { manager }, chair)).ShouldBeFalse();
        (await house.AskAsync<bool>("select organisation.keeps_account_of(@chair)", new { chair }, chair)).ShouldBeFalse();
        (await house.UseAsync<AccountRegister, IReadOnlyList<AccountRegister.Row>>(chair, r => r.ListAsync())).ShouldNotContain(r => r.PersonId == manager);
    }

    [Fact]
    public async Task Ending_it_takes_the_rights_at_once_and_the_history_says_so()
    {
        await EndAllAsync();
        var id = (await NameAsync(house.DistrictChair, house.LocalMember, house.DistrictChair)).Value;
        (await house.UseAsync<NameDeputy, Outcome<int>>(house.LocalMember, n => n.EndAsync(id))).Done.ShouldBeFalse();
        (await house.UseAsync<NameDeputy, Outcome<int>>(house.DistrictChair, n => n.EndAsync(id))).Done.ShouldBeTrue();
        (await MayAsync(house.LocalMember, "resolutions", "edit", "kreis-14522")).ShouldBeFalse();
        var division = await house.DivisionAsync("kreis-14522");
        (await house.ListAsync<string>("select sentence from organisation.history where division_id = @division order by id desc limit 2", new { division })).ShouldBe(
            ["Vertretung durch Max Muster (Kreisvorsitz) zurückgenommen", $"Vertretung: Max Muster für Theo Kontur (Kreisvorsitz) vom {Today:dd.MM.yyyy} bis {Today.AddDays(14):dd.MM.yyyy}"]);
    }

    [Fact]
    public async Task Who_stands_in_for_whom_is_known_to_both_and_to_those_who_keep_the_offices()
    {
        await EndAllAsync();
        await NameAsync(house.DistrictChair, house.LocalMember, house.DistrictChair);
        Task<IReadOnlyList<DeputyRegister.Row>> SeenByAsync(int person) => house.UseAsync<DeputyRegister, IReadOnlyList<DeputyRegister.Row>>(person, r => r.ListAsync());
        (await SeenByAsync(house.LocalMember)).ShouldHaveSingleItem().MayEnd.ShouldBeFalse();
        (await SeenByAsync(house.DistrictChair)).ShouldHaveSingleItem().MayEnd.ShouldBeTrue();
        (await SeenByAsync(house.StateManager)).ShouldHaveSingleItem().Deputy.ShouldBe("Max Muster");
        (await house.UseAsNobodyAsync<Db, long>(db => db.ScalarAsync<long>("select count(*) from organisation.delegation"))).ShouldBe(0);
        (await house.UseAsync<DeputyRegister, IReadOnlyList<DeputyRegister.Holding>>(house.DistrictChair, r => r.CandidatesAsync([1, 2, 3, 4, 5, 6, 7]))).ShouldContain(c => c.Name.StartsWith("Wilma Probe (Ortsvorsitz"));
    }
}
