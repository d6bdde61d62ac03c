using System.Net;
using Anlauf.Platform;
using Anlauf.Rooms.Members.Statutes;
using Anlauf.Rooms.Welcome.Care;
using Anlauf.Tests.Welcome;

namespace Anlauf.Tests.Members;

/// <summary>What a division decides itself stands above statute and house, with day and name, and goes with one step; through the door.</summary>
public sealed class OwnRulesTests(OpenHouse open) : IClassFixture<OpenHouse>
{
    private AssociationDatabase House => open.House;
    private Task<IReadOnlyList<string>> HistoryAsync(string division) => House.ListAsync<string>("select h.sentence from organisation.history h join organisation.division d on d.id = h.division_id where d.slug = @division order by h.id", new { division });
    private Task<IReadOnlyList<(string, int)>> StepsAsync(int arrival) => House.ListAsync<(string, int)>("select s.step, (s.promised_on - a.received_on)::int from welcome.step s join welcome.arrival a on a.id = s.arrival_id where a.id = @arrival order by 2, 1", new { arrival });

    [Fact]
    public async Task A_promise_of_a_districts_own_holds_for_those_who_come_afterwards_and_is_taken_back()
    {
        var (district, state) = (await House.DivisionAsync("kreis-14522"), await House.DivisionAsync("sachsen"));
        await open.AccountAsync("kreis-regeln", House.DistrictChair);
        using var chair = await open.SignInAsync("kreis-regeln");
        var page = $"/menschen/regeln/eigene?gliederung={district}";
        (await chair.ReadAsync(page)).ShouldContain("alle wie in der Satzung");
        (await chair.SendAsync(page, "promise", ("Input.Step", "first-contact"), ("Input.Days", "5"), ("Input.Whose", "Kreisvorstand"))).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await chair.ReadAsync(page)).ShouldContain("eigene Regel: Kreisverband Mittelsachsen");
        (await StepsAsync(await House.JoinsAsync("Eigens"))).ShouldContain(("first-contact", 5));
        // the statute's row stands as it stood, and the neighbour has it
        (await House.AskAsync<int>("select days from members.promised_step where pack_id = 'horizont' and step = 'first-contact'")).ShouldBe(14);
        (await House.AskAsync<int>("select days from members.steps_of((select id from organisation.division where slug = 'kreis-14521')) where step = 'first-contact'")).ShouldBe(14);
        // less than the association above promises is refused, and so is what is not one's own
        var refused = await chair.SendAsync(page, "promise", ("Input.Step", "first-contact"), ("Input.Days", "30"), ("Input.Whose", "Kreisvorstand"));
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync()).ShouldContain("Der Verband darüber verspricht 14 Tage");
        (await chair.OpenAsync($"/menschen/regeln/eigene?gliederung={state}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await House.UseAsync<OwnRules, Outcome<int>>(House.DistrictChair, r => r.ChooseAsync(new() { DivisionId = state, Pack = "spd" }))).Refusal!.Message.ShouldContain("wählen Sie keine Satzung");
        (await chair.SendAsync(page, "forget-first-contact")).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await StepsAsync(await House.JoinsAsync("Danach"))).ShouldContain(("first-contact", 14));
        (await HistoryAsync("kreis-14522")).ShouldBe(["Neuen Mitgliedern versprochen: erster Kontakt nach 5 Tagen (Kreisvorstand)", "Neuen Mitgliedern versprochen: erster Kontakt wieder wie in der Satzung"]);
    }

    [Fact]
    public async Task The_statute_of_an_association_is_chosen_by_its_office_and_said_in_its_history()
    {
        var state = await House.DivisionAsync("sachsen");
        (await House.UseAsync<OwnRules, Outcome<int>>(House.StateManager, r => r.ChooseAsync(new() { DivisionId = state, Pack = "erfunden" }))).Done.ShouldBeFalse();
        (await House.UseAsync<OwnRules, Outcome<int>>(House.StateManager, r => r.ChooseAsync(new() { DivisionId = state, Pack = "spd" }))).Done.ShouldBeTrue();
        (await House.AskAsync<string>("select members.pack_of((select id from organisation.division where slug = 'ort-14522230'))")).ShouldBe("spd");
        (await HistoryAsync("sachsen")).ShouldContain("Satzung gewählt: SPD, bisher Horizont (Vorführung)");
        await House.UseAsync<OwnRules, Outcome<int>>(House.StateManager, r => r.ChooseAsync(new() { DivisionId = state, Pack = "horizont" }));
    }

    [Fact]
    public async Task A_day_of_a_districts_own_and_its_anniversaries_hold_there_and_below()
    {
        var (district, local, neighbour) = (await House.DivisionAsync("kreis-14521"), await House.AskAsync<int>("select d.id from organisation.division d join organisation.division p on p.id = d.parent_id where p.slug = 'kreis-14521' order by 1 limit 1"), await House.DivisionAsync("kreis-14523"));
        Task<int> DaysAsync(int division) => House.AskAsync<int>("select welcome.days_of('inactive', @division)", new { division });
        (await House.UseAsync<HouseRules, Outcome<int>>(House.DistrictChair, r => r.SetAsync(new() { DivisionId = district, Rule = "inactive", Days = 90 }))).Done.ShouldBeFalse();
        (await House.UseAsync<HouseRules, Outcome<int>>(House.StateManager, r => r.SetAsync(new() { DivisionId = district, Rule = "inactive", Days = 90 }))).Done.ShouldBeTrue();
        (await DaysAsync(district), await DaysAsync(local), await DaysAsync(neighbour)).ShouldBe((90, 90, 365));
        await House.UseAsync<HouseRules, int>(House.StateManager, r => r.ForgetAsync(district, "inactive"));
        (await DaysAsync(local)).ShouldBe(365);
        Task<IReadOnlyList<int>> YearsAsync(int division) => House.ListAsync<int>("select years from welcome.jubilees_of(@division) order by 1", new { division });
        await House.UseAsync<HouseRules, Outcome<int>>(House.StateManager, r => r.CelebrateAsync(new() { DivisionId = district, Years = 5, Words = "Blumen" }));
        (await YearsAsync(local)).ShouldBe([5, 10, 25, 40, 50, 60, 70]);
        (await YearsAsync(neighbour)).ShouldBe([10, 25, 40, 50, 60, 70]);
        await House.UseAsync<HouseRules, int>(House.StateManager, r => r.ForgetAsync(district, 10));
        (await YearsAsync(local)).ShouldBe([5, 25, 40, 50, 60, 70]);
        (await HistoryAsync("kreis-14521")).ShouldContain("Eigene Regel 90: So viele Tage ohne Anruf und ohne Sitzung gilt jemand als lange nicht gesehen");
    }
}
