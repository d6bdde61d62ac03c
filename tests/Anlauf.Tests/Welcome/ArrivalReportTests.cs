using Anlauf.Rooms.Members.Register;
using Anlauf.Rooms.Welcome.Arrivals;
using Anlauf.Rooms.Welcome.Contacts;

namespace Anlauf.Tests.Welcome;

/// <summary>The report on arrivals, and what is done to a selection of the list.</summary>
public sealed class ArrivalReportTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>, IAsyncLifetime
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(new Anlauf.Platform.GermanTime().GetLocalNow().Date);
    public Task InitializeAsync() => house.EmptyAsync();
    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Days_for_each_step_are_said_by_district_and_small_numbers_are_not()
    {
        for (var i = 0; i < 6; i++) await house.JoinsAsync($"Zeit{i}", day: 40, entered: i * 2);
        await house.JoinsAsync("Einzeln", day: 30, entered: 1, division: "kreis-14521", area: null);
        var paces = await house.UseAsync<ArrivalReport, IReadOnlyList<ArrivalReport.Pace>>(house.StateManager, r => r.PacesAsync(Today));
        // entered after 0, 2, 4, 6, 8, 10 days; three are promised
        paces.Single(p => p is { District: "Mittelsachsen", Step: "entered" }).ShouldSatisfyAllConditions(p => (p.Of, p.Median, p.P90, p.Promised).ShouldBe((6, 4, 10, 3)), p => p.IsLate.ShouldBeTrue());
        paces.Single(p => p.District.Length == 0 && p.Step == "entered").Of.ShouldBe(7);
        var alone = paces.Where(p => p.Of == 1).ToList();
        alone.ShouldNotBeEmpty();
        alone.ShouldAllBe(p => p.Hidden && !p.IsLate);
        ArrivalReport.Write(paces).ShouldSatisfyAllConditions(t => t.ShouldContain("Erfasst;6;4;10;3"), t => t.ShouldContain("Erfasst;unter 5;;;3"));
        // nobody else's: the district sees its own
        (await house.UseAsync<ArrivalReport, IReadOnlyList<ArrivalReport.Pace>>(house.DistrictChair, r => r.PacesAsync(Today))).Single(p => p.District.Length == 0 && p.Step == "entered").Of.ShouldBe(6);
        var load = (await house.UseAsync<ArrivalReport, IReadOnlyList<ArrivalReport.Load>>(house.DistrictChair, r => r.LoadsAsync())).ShouldHaveSingleItem();
        (load.Calls, load.Minutes, load.Hours, load.Contacts).ShouldBe((6, 12, 1.2m, 0));
        ArrivalReport.Write([load]).ShouldContain(";6;12;1,2;0");
    }

    [Fact]
    public async Task A_selection_of_the_list_goes_to_a_contact_row_by_row_where_one_welcomes()
    {
        var contact = await house.ContactAsync("kreis-14522", "Gewählt");
        await house.JoinsAsync("Auswahl Eins");
        await house.JoinsAsync("Auswahl Zwei");
        await house.JoinsAsync("Auswahl Fern", division: "kreis-14521", area: null);
        await house.PersonAsync("kreis-14522", "Auswahl Da");
        await house.TellAsync("update welcome.arrival set contact_person_id = null");
        var filter = MemberFilter.FromQuery("name=auswahl");
        Task<int[]> IdsAsync(int person, MemberFilter f) => house.UseAsync<MemberList, int[]>(person, l => l.IdsAsync(f));
        var ids = await IdsAsync(house.StateManager, filter);
        ids.Length.ShouldBe(4);
        // what is ticked is a filter, and ticking nobody is nobody
        var ticked = MemberFilter.FromQuery($"name=auswahl&wahl=1&auswahl={ids[0]}&auswahl={ids[1]}");
        (await IdsAsync(house.StateManager, ticked)).ShouldBe([ids[0], ids[1]], ignoreOrder: true);
        (await IdsAsync(house.StateManager, MemberFilter.FromQuery("name=auswahl&wahl=1"))).ShouldBeEmpty();
        (await IdsAsync(house.StateManager, MemberFilter.FromQuery($"name=auswahl&wahl=1&alle=ja&auswahl={ids[0]}"))).Length.ShouldBe(4);
        // the district gives out its own and leaves the neighbour's
        (await house.UseAsync<ContactRegister, int>(house.DistrictChair, r => r.ArrivingAsync(ids))).ShouldBe(2);
        (await house.UseAsync<ContactRegister, int>(house.LocalMember, r => r.GiveAsync(Guid.NewGuid(), ids, contact))).ShouldBe(0);
        (await house.UseAsync<ContactRegister, int>(house.DistrictChair, r => r.GiveAsync(Guid.NewGuid(), ids, contact))).ShouldBe(2);
        (await house.ListAsync<string>("select p.family_name from welcome.arrival a join organisation.person p on p.id = a.person_id where a.contact_person_id = @contact order by 1", new { contact })).ShouldBe(["Auswahl Eins", "Auswahl Zwei"]);
        (await house.UseAsync<ContactRegister, int>(house.DistrictChair, r => r.GiveAsync(Guid.NewGuid(), ids, contact))).ShouldBe(0);
        (await house.UseAsync<ContactRegister, int>(house.DistrictChair, r => r.GiveAsync(Guid.NewGuid(), ids, house.LocalMember))).ShouldBe(0);
    }
}
