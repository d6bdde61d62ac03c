using System.Net;
using Anlauf.Platform;
using Anlauf.Rooms.Organisation.Handovers;
using Anlauf.Rooms.Welcome.Contacts;

namespace Anlauf.Tests.Welcome;

/// <summary>Welcoming ends: by a step of the house, by leaving the association, and not in silence when an office ends. Whoever has stopped sees nobody.</summary>
public sealed class ContactEndTests(OpenHouse door) : IClassFixture<OpenHouse>, IAsyncLifetime
{
    private AssociationDatabase House => door.House;
    private static DateOnly Today => DateOnly.FromDateTime(DateTime.Today);
    public Task InitializeAsync() => House.EmptyAsync();
    public Task DisposeAsync() => Task.CompletedTask;

    private Task<int> SeenByAsync(int contact) => House.AskAsync<int>("select count(*)::int from organisation.person where id <> access.person_id()", person: contact);
    private Task<int> RowAsync(int person) => House.AskAsync<int>("select id from welcome.contact where person_id = @person", new { person });
    private Task<Outcome<int>> EndAsync(int by, int contact) => House.UseAsync<ContactRegister, Outcome<int>>(by, r => r.EndAsync(contact));

    [Fact]
    public async Task Whoever_has_stopped_sees_nobody_and_those_entrusted_go_to_the_next_one_or_wait()
    {
        var (first, next) = (await House.ContactAsync("ort-14522230", "Ersteins"), await House.ContactAsync("kreis-14522", "Nächste"));
        var arrival = await House.JoinsAsync("E1");
        (await House.WhereAsync(arrival)).Contact.ShouldBe(first);
        (await SeenByAsync(first)).ShouldBe(1);
        await House.TellAsync("insert into welcome.absence (contact_id, valid_from, valid_to, stand_in_id) select id, current_date + 5, current_date + 9, @first from welcome.contact where person_id = @next", new { first, next });

        (await EndAsync(House.LocalMember, await RowAsync(first))).Done.ShouldBeFalse();
        (await EndAsync(next, await RowAsync(first))).Done.ShouldBeFalse();
        (await EndAsync(House.DistrictChair, await RowAsync(first))).Done.ShouldBeTrue();
        (await SeenByAsync(first)).ShouldBe(0);
        (await House.WhereAsync(arrival)).Contact.ShouldBe(next);
        (await SeenByAsync(next)).ShouldBe(1);
        (await House.AskAsync<int>("select count(*)::int from welcome.absence where stand_in_id is not null")).ShouldBe(0, "nor does she stand in for anybody");
        // began earlier: it ends yesterday, and the last one leaves nobody in charge
        await House.TellAsync("update welcome.contact set valid_from = current_date - 30");
        (await EndAsync(House.DistrictChair, await RowAsync(next))).Done.ShouldBeTrue();
        (await House.WhereAsync(arrival)).ShouldBe(new("ort-14522230", null, "nobody"));
        (await EndAsync(House.DistrictChair, await RowAsync(next))).Done.ShouldBeFalse();
    }

    [Fact]
    public async Task Whoever_leaves_the_association_stops_and_whoever_becomes_a_member_instead_of_a_guest_does_not()
    {
        var (leaving, staying) = (await House.ContactAsync("ort-14522230", "Gehtweg"), await House.ContactAsync("kreis-14522", "Bleibtda"));
        await House.TellAsync("insert into members.party_membership (person_id, division_id, kind, state, effective_on) select p.id, p.division_id, case p.id when @staying then 'guest' else 'member' end, 'active', current_date - 900 from organisation.person p where p.id in (@leaving, @staying)", new { leaving, staying });
        await House.TellAsync("update welcome.contact set valid_from = current_date - 30");
        var arrival = await House.JoinsAsync("E2");
        await House.TellAsync("""
            update members.party_membership set state = 'left', left_on = current_date, left_reason = 'guest-ended' where person_id = @staying;
            insert into members.party_membership (person_id, division_id, kind, state, effective_on) select p.id, p.division_id, 'member', 'active', current_date from organisation.person p where p.id = @staying;
            """, new { staying });
        (await House.WhereAsync(arrival)).Contact.ShouldBe(leaving);
        await House.TellAsync("update members.party_membership set state = 'left', left_on = current_date + 20, left_reason = 'resigned' where person_id = @leaving", new { leaving });
        (await House.WhereAsync(arrival)).Contact.ShouldBe(staying);
        (await SeenByAsync(leaving)).ShouldBe(0);
    }

    [Fact]
    public async Task Whoever_left_the_association_and_still_holds_an_office_is_named_to_those_who_decide_and_to_nobody_else()
    {
        var (division, person) = (await House.DivisionAsync("ort-14522180"), await House.PersonAsync("ort-14522180", "Amtsmüde"));
        var office = await House.AskAsync<int>("insert into organisation.office (division_id, name, role_id, sort) values (@division, 'Ortsvorsitz', 'local-chair', 900) returning id", new { division });
        await House.TellAsync("insert into organisation.office_holding (office_id, person_id, valid_from) values (@office, @person, current_date - 100)", new { office, person });
        await House.TellAsync("insert into members.party_membership (person_id, division_id, kind, state, effective_on) values (@person, @division, 'member', 'active', current_date - 900)", new { person, division });
        Task<IReadOnlyList<string>> ToldAsync(int by) => House.UseAsync<Anlauf.Rooms.Situation.TodayTasks, IReadOnlyList<string>>(by, async t => [.. (await t.ListAsync()).Select(i => i.Title).Where(t => t.StartsWith("Ausgetreten", StringComparison.Ordinal))]);
        (await ToldAsync(House.DistrictChair)).ShouldBeEmpty();
        await House.TellAsync("update members.party_membership set state = 'left', left_on = current_date + 12, left_reason = 'resigned' where person_id = @person", new { person });
        // the level above decides, where nobody of the division itself keeps offices
        (await ToldAsync(House.DistrictChair)).ShouldBe(["Ausgetreten und noch im Amt: Neu Amtsmüde"]);
        foreach (var other in new[] { House.LocalMember, House.LocalChair, House.MinuteTaker, person }) (await ToldAsync(other)).ShouldBeEmpty();
        await House.TellAsync("update organisation.office_holding set valid_to = current_date - 1 where office_id = @office", new { office });
        (await ToldAsync(House.DistrictChair)).ShouldBeEmpty();
    }

    [Fact]
    public async Task When_an_office_changes_hands_the_list_asks_about_those_who_are_entrusted_and_the_page_says_whose_office_ended()
    {
        var holding = await House.AskAsync<int>("select h.id from organisation.office_holding h join organisation.office o on o.id = h.office_id where h.person_id = @LocalChair and o.role_id = 'local-chair'", new { House.LocalChair });
        await House.TellAsync("insert into welcome.contact (division_id, person_id) select id, @LocalChair from organisation.division where slug = 'ort-14522230'", new { House.LocalChair });
        await House.JoinsAsync("E3");
        await House.JoinsAsync("E4");
        var handover = (await House.UseAsync<HandOver, Outcome<int>>(House.StateManager, h => h.StartAsync(new() { HoldingId = holding, PersonId = House.LocalMember, SwitchOn = Today.AddDays(9) }))).Value;
        (await House.UseAsync<HandoverRegister, IReadOnlyList<HandoverRegister.Item>>(House.StateManager, r => r.ItemsAsync(handover))).Select(i => i.Title)
            .ShouldContain("Besprochen, wer neue Mitglieder begrüßt: 2 Menschen sind anvertraut; das geht nicht mit dem Amt über (Menschen, Ansprechpersonen)");
        await House.UseAsync<HandOver, Outcome<int>>(House.StateManager, h => h.StopAsync(handover));

        await door.AccountAsync("endet", House.DistrictChair);
        using var visitor = await door.SignInAsync("endet");
        const string page = "/menschen/ansprechpersonen";
        (await visitor.ReadAsync(page)).ShouldNotContain("begrüßt weiter?");
        var (from, to) = (await House.AskAsync<DateTime>("select valid_from from organisation.office_holding where id = @holding", new { holding }), await House.AskAsync<DateTime?>("select valid_to from organisation.office_holding where id = @holding", new { holding }));
        await House.TellAsync("update organisation.office_holding set valid_from = current_date - 500, valid_to = current_date - 1 where person_id = @LocalChair", new { House.LocalChair });
        (await visitor.ReadAsync(page)).ShouldContain($"Amt endete am {Today.AddDays(-1):d.M.yyyy}: begrüßt weiter?");
        var row = await RowAsync(House.LocalChair);
        // asked first, with how many it is about; the list alone has no button that ends
        (await visitor.ReadAsync(page)).ShouldNotContain("name=\"ende\"");
        (await visitor.ReadAsync($"{page}?beenden={row}")).ShouldContain("2 Menschen sind anvertraut");
        (await visitor.SendAsync($"{page}?beenden={row}", "end-contact", ("ende", $"{row}"))).StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Redirect, HttpStatusCode.SeeOther);
        (await House.AskAsync<int>("select count(*)::int from welcome.contact")).ShouldBe(0);
        await House.TellAsync("update organisation.office_holding set valid_from = @from, valid_to = @to where id = @holding", new { holding, from, to });
    }
}
