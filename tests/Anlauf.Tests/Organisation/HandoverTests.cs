using Anlauf.Platform;
using Anlauf.Rooms.Organisation;
using Anlauf.Rooms.Organisation.Handovers;
using Npgsql;

namespace Anlauf.Tests.Organisation;

/// <summary>An office changes hands in one step: rights, tasks and mailbox, once the list is done.</summary>
public sealed class HandoverTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>
{
    private static DateOnly Today => DateOnly.FromDateTime(DateTime.Today);

    private sealed record Scene(int Division, int Office, int Holding, int Giver, int Taker, string GiverName, string TakerName);

    private async Task<Scene> SceneAsync(string district, string family)
    {
        var division = await house.DivisionAsync(district);
        var office = (await house.UseAsync<SaveOffice, Outcome<int>>(house.StateManager, s => s.HandleAsync(new() { DivisionId = division, Name = "Kreisvorsitz " + family, RoleId = "district-chair", Email = "vorsitz@kv.example" }))).Value;
        var holding = (await house.UseAsync<FillOffice, Outcome<int>>(house.StateManager, f => f.HandleAsync(new() { OfficeId = office, GivenName = "Bodo", FamilyName = family, ValidFrom = Today.AddDays(-400), ValidTo = Today.AddDays(20) }))).Value;
        var giver = await house.AskAsync<int>("select person_id from organisation.office_holding where id = @holding", new { holding });
        var taker = await house.AskAsync<int>("insert into organisation.person (division_id, given_name, family_name) values (@division, 'Vera', @name) returning id", new { division, name = "Nach" + family });
        return new(division, office, holding, giver, taker, "Bodo " + family, "Vera Nach" + family);
    }

    private Task<Outcome<int>> StartAsync(Scene s, DateOnly? on = null, DateOnly? joint = null, string? items = null, int? by = null) =>
        house.UseAsync<HandOver, Outcome<int>>(by ?? house.StateManager, h => h.StartAsync(new() { HoldingId = s.Holding, PersonId = s.Taker, SwitchOn = on ?? Today, JointTo = joint, Items = items }));

    private Task<Outcome<DateOnly>> CompleteAsync(int id, int? by = null) => house.UseAsync<HandOver, Outcome<DateOnly>>(by ?? house.StateManager, h => h.CompleteAsync(id));

    private async Task TickAllAsync(int id, int by)
    {
        foreach (var item in await house.UseAsync<HandoverRegister, IReadOnlyList<HandoverRegister.Item>>(by, r => r.ItemsAsync(id)))
            (await house.UseAsync<HandOver, Outcome<int>>(by, h => h.TickAsync(item.Id, true))).Done.ShouldBeTrue();
    }

    private Task<bool> MayAsync(Scene s, int person) => house.AskAsync<bool>("select coalesce(@Division = any (access.editable_divisions('P1', 'presence')), false)", new { s.Division }, person);

    [Fact]
    public async Task One_step_moves_rights_and_tasks_once_the_list_is_done()
    {
        var s = await SceneAsync("kreis-14523", "Linie");
        await house.TellAsync("insert into meetings.task (division_id, text, responsible) values (@Division, 'Raum suchen', 'Bodo Linie und Olga Fremd'), (@Division, 'Etwas anderes', 'Bodo Linienmann')", new { s.Division });
        var resolution = await house.ResolveAsync("kreis-14523", "V-1", "Fahrten");
        await house.TellAsync("update meetings.resolution set responsible = 'Bodo Linie' where id = @resolution", new { resolution });
        var id = (await StartAsync(s, items: "Kassenbuch\n\n Stempel ")).Value;
        (await house.UseAsync<HandoverRegister, IReadOnlyList<HandoverRegister.Item>>(house.StateManager, r => r.ItemsAsync(id))).Select(i => i.Title).ShouldBe(
            ["2 offene Aufträge und Beschlüsse besprochen; sie gehen mit dem Amt über", "Schlüssel, Unterlagen und Zugänge übergeben", "Anstehende Sitzungen und Fristen besprochen", "Zugang zum Postfach vorsitz@kv.example übergeben; es gehört zum Amt", "Kassenbuch", "Stempel"], ignoreOrder: true);
        (await CompleteAsync(id)).Refusal!.Message.ShouldContain("6 Punkte sind noch offen");
        (await MayAsync(s, s.Taker)).ShouldBeFalse();
        await TickAllAsync(id, s.Giver);
        (await CompleteAsync(id)).Value.ShouldBe(Today);
        (await MayAsync(s, s.Giver)).ShouldBeFalse();
        (await MayAsync(s, s.Taker)).ShouldBeTrue();
        (await house.ListAsync<string>("select responsible from meetings.task where division_id = @Division order by id", new { s.Division })).ShouldBe(["Vera NachLinie und Olga Fremd", "Bodo Linienmann"]);
        (await house.AskAsync<string>("select responsible from meetings.resolution where id = @resolution", new { resolution })).ShouldBe("Vera NachLinie");
        (await house.ListAsync<string>("select sentence from organisation.history where division_id = @Division and sentence like '%Übergabe%' order by id", new { s.Division })).ShouldBe(
            [$"Kreisvorsitz Linie: Übergabe an Vera NachLinie begonnen, Wechsel am {Today:dd.MM.yyyy}", "Kreisvorsitz Linie: Übergabe an Vera NachLinie abgeschlossen"]);
        (await CompleteAsync(id)).Done.ShouldBeFalse();
    }

    [Fact]
    public async Task Done_in_time_the_office_changes_by_itself_on_the_day_and_both_hold_it_in_the_joint_time()
    {
        var s = await SceneAsync("kreis-14524", "Zeitig");
        var id = (await StartAsync(s, Today.AddDays(10), Today.AddDays(15))).Value;
        await TickAllAsync(id, s.Taker);
        (await CompleteAsync(id)).Value.ShouldBe(Today.AddDays(10));
        ((await MayAsync(s, s.Giver)), (await MayAsync(s, s.Taker))).ShouldBe((true, false));
        (await house.ListAsync<(DateOnly, DateOnly?)>("select valid_from, valid_to from organisation.office_holding where office_id = @Office order by id", new { s.Office })).ShouldBe([(Today.AddDays(-400), Today.AddDays(15)), (Today.AddDays(10), null)]);
        // the day comes: nothing has to run
        await house.TellAsync("update organisation.office_holding set valid_from = valid_from - 12, valid_to = valid_to - 12 where office_id = @Office", new { s.Office });
        ((await MayAsync(s, s.Giver)), (await MayAsync(s, s.Taker))).ShouldBe((true, true));
        await house.TellAsync("update organisation.office_holding set valid_from = valid_from - 12, valid_to = valid_to - 12 where office_id = @Office", new { s.Office });
        ((await MayAsync(s, s.Giver)), (await MayAsync(s, s.Taker))).ShouldBe((false, true));
    }

    [Fact]
    public async Task A_list_that_is_late_keeps_the_old_holder_and_raises_the_alarm()
    {
        var s = await SceneAsync("kreis-14625", "Spät");
        var id = (await StartAsync(s, Today.AddDays(3))).Value;
        await house.TellAsync("update organisation.handover set switch_on = current_date - 4 where id = @id", new { id });
        (await MayAsync(s, s.Giver)).ShouldBeTrue();
        (await house.UseAsync<HandoverRegister, IReadOnlyList<HandoverRegister.Row>>(house.StateManager, r => r.OpenAsync())).ShouldContain(h => h.Id == id && h.SwitchOn < Today && h.Open == 3);
        await TickAllAsync(id, s.Giver);
        (await CompleteAsync(id)).Value.ShouldBe(Today);
        (await MayAsync(s, s.Giver)).ShouldBeFalse();
    }

    [Fact]
    public async Task Terms_that_end_are_told_in_time_and_whether_somebody_follows()
    {
        var s = await SceneAsync("kreis-14626", "Ende");
        Task<IReadOnlyList<HandoverRegister.Ending>> EndingAsync(int person) => house.UseAsync<HandoverRegister, IReadOnlyList<HandoverRegister.Ending>>(person, r => r.EndingAsync());
        (await EndingAsync(house.StateManager)).Single(e => e.HoldingId == s.Holding).Successor.ShouldBeFalse();
        (await EndingAsync(s.Giver)).ShouldHaveSingleItem().ValidTo.ShouldBe(Today.AddDays(20));
        (await EndingAsync(house.LocalChair)).ShouldBeEmpty();
        await StartAsync(s, Today.AddDays(21));
        (await EndingAsync(house.StateManager)).Single(e => e.HoldingId == s.Holding).Successor.ShouldBeTrue();
        await house.TellAsync("update organisation.office_holding set valid_to = current_date + 90 where id = @Holding", new { s.Holding });
        (await EndingAsync(house.StateManager)).ShouldNotContain(e => e.HoldingId == s.Holding);
    }

    [Fact]
    public async Task Only_who_fills_the_office_hands_it_over_and_nobody_takes_it_themself()
    {
        var s = await SceneAsync("kreis-14627", "Recht");
        (await StartAsync(s, by: house.LocalChair)).Refusal!.Message.ShouldContain("können Sie nicht übergeben");
        (await house.UseAsync<HandOver, Outcome<int>>(house.StateManager, h => h.StartAsync(new() { HoldingId = s.Holding, PersonId = house.StateManager, SwitchOn = Today }))).Refusal!.Field.ShouldBe("PersonId");
        var id = (await StartAsync(s)).Value;
        (await StartAsync(s)).Refusal!.Message.ShouldContain("läuft schon");
        await TickAllAsync(id, s.Taker);
        // the taker may tick and may not complete, whatever way is tried
        (await CompleteAsync(id, s.Taker)).Refusal!.Message.ShouldContain("können Sie nicht abschließen");
        (await Should.ThrowAsync<PostgresException>(() => house.TellAsync("insert into organisation.office_holding (office_id, person_id, valid_from) values (@Office, @Taker, current_date)", new { s.Office, s.Taker }, s.Taker))).SqlState.ShouldBe("42501");
        (await house.TellAsync("update organisation.handover set done_at = now() where id = @id", new { id }, s.Taker)).ShouldBe(0);
        // others do not even see it
        (await house.AskAsync<bool>("select exists (select from organisation.handover where id = @id)", new { id }, house.LocalMember)).ShouldBeFalse();
        (await house.UseAsync<HandOver, Outcome<int>>(house.StateManager, h => h.StopAsync(id))).Done.ShouldBeTrue();
        (await MayAsync(s, s.Giver)).ShouldBeTrue();
    }
}
