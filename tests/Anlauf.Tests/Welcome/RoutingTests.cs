using Anlauf.Platform;
using Anlauf.Rooms.Members.Register;
using Anlauf.Rooms.Welcome.Arrivals;
using Anlauf.Rooms.Welcome.Calls;
using Anlauf.Rooms.Welcome.Contacts;

namespace Anlauf.Tests.Welcome;

/// <summary>Who joins is with somebody by name at once: the branch, else the district, else a neighbour, and the Land only where nobody is (H5).</summary>
public sealed class RoutingTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>, IAsyncLifetime
{
    public async Task InitializeAsync()
    {
        await house.EmptyAsync();
        Division = await house.DivisionAsync("ort-14522230");
    }
    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task The_branch_at_the_place_of_residence_comes_first_and_there_whoever_has_fewest()
    {
        var (first, second) = (await house.ContactAsync("ort-14522230", "Erste"), await house.ContactAsync("ort-14522230", "Zweite"));
        await house.ContactAsync("kreis-14522", "Kreisweit");
        var ways = new List<Newcomers.Where>();
        foreach (var name in new[] { "A", "B", "C", "D" }) ways.Add(await house.WhereAsync(await house.JoinsAsync(name)));
        ways.ShouldAllBe(w => w.Slug == "ort-14522230" && w.Way == "local");
        ways.Select(w => w.Contact).ShouldBe([first, second, first, second]);
    }

    [Fact]
    public async Task Whoever_is_admitted_is_with_a_contact_within_the_hour_who_finds_the_call_to_make()
    {
        var contact = await house.ContactAsync("ort-14522230", "Gleich");
        // the office enters nothing but the place of residence
        var today = DateOnly.FromDateTime(new GermanTime().GetLocalNow().Date);
        var person = (await house.UseAsync<Admit, Outcome<int>>(house.DistrictChair, a => a.HandleAsync(new() { GivenName = "Mira", FamilyName = "Sofort", Phone = "0171 3920099", PostalCode = "09661", Place = "Hainichen", Kind = "member", DeclaredOn = today, ReceivedOn = today }))).Value;
        (await house.AskAsync<int>("select contact_person_id from welcome.arrival where person_id = @person", new { person })).ShouldBe(contact);
        var call = (await house.UseAsync<CallRegister, IReadOnlyList<Arrival>>(contact, r => r.ListAsync())).ShouldHaveSingleItem();
        (call.Name, call.Next!.Kind, call.Next.PromisedOn).ShouldBe(("Mira Sofort", "first-contact", today.AddDays(14)));
        (await house.UseAsync<CallRegister, IReadOnlyList<Arrival>>(house.LocalMember, r => r.ListAsync())).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_contact_at_the_place_it_is_the_district_and_without_that_the_nearest_neighbour()
    {
        var chemnitz = await house.ContactAsync("kreis-14511", "Chemnitz");
        var goerlitz = await house.ContactAsync("kreis-14626", "Görlitz");
        (await house.WhereAsync(await house.JoinsAsync("Nachbarin"))).ShouldBe(new("kreis-14511", chemnitz, "neighbour"));
        (await house.WhereAsync(await house.JoinsAsync("Weit", division: "kreis-14625", area: "14625020"))).ShouldBe(new("kreis-14626", goerlitz, "neighbour"));
        var district = await house.ContactAsync("kreis-14522", "Kreisweit");
        (await house.WhereAsync(await house.JoinsAsync("Später"))).ShouldBe(new("kreis-14522", district, "district"));
    }

    [Fact]
    public async Task The_state_welcomes_only_where_nobody_else_can_and_where_nobody_is_at_all_that_stands_there()
    {
        (await house.WhereAsync(await house.JoinsAsync("Niemand"))).ShouldBe(new("ort-14522230", null, "nobody"));
        var state = await house.ContactAsync("sachsen", "Landesweit", capacity: 1);
        (await house.WhereAsync(await house.JoinsAsync("Land"))).ShouldBe(new("sachsen", state, "state"));
        (await house.WhereAsync(await house.JoinsAsync("Voll"))).Contact.ShouldBeNull();
    }

    [Fact]
    public async Task An_absent_contact_is_stood_in_for_and_a_full_one_gets_nobody_more()
    {
        var away = await house.ContactAsync("ort-14522230", "Abwesend", capacity: 1);
        var standIn = await house.PersonAsync("ort-14522230", "Vertretung");
        (await house.WhereAsync(await house.JoinsAsync("Vorher"))).Contact.ShouldBe(away);
        (await house.WhereAsync(await house.JoinsAsync("Zu viel"))).Contact.ShouldBeNull();
        await house.TellAsync("insert into welcome.absence (contact_id, valid_from, valid_to, stand_in_id) select id, current_date, current_date + 7, @standIn from welcome.contact where person_id = @away", new { standIn, away });
        (await house.WhereAsync(await house.JoinsAsync("Währenddessen"))).Contact.ShouldBe(standIn);
    }

    [Fact]
    public async Task Whoever_has_been_here_for_long_does_not_arrive_and_who_leaves_or_moves_is_followed()
    {
        await house.ContactAsync("ort-14522230", "Vor Ort");
        var dresden = await house.ContactAsync("kreis-14612", "Dresden");
        (await house.JoinsAsync("Langjährig", day: 900)).ShouldBe(0);
        var arrival = await house.JoinsAsync("Zieht um");
        await house.TellAsync("update members.party_membership set area_key = '14612000', division_id = (select id from organisation.division where slug = 'kreis-14612') where id = (select membership_id from welcome.arrival where id = @arrival)", new { arrival });
        (await house.WhereAsync(arrival)).ShouldBe(new("kreis-14612", dresden, "district"));
        await house.TellAsync("update members.party_membership set state = 'left', left_on = current_date, left_reason = 'resigned' where id = (select membership_id from welcome.arrival where id = @arrival)", new { arrival });
        (await house.AskAsync<string>("select outcome from welcome.arrival where id = @arrival", new { arrival })).ShouldBe("left");
        (await house.AskAsync<int>("select count(*)::int from organisation.entrusted where ended_at is null")).ShouldBe(0);
    }

    [Fact]
    public async Task What_is_promised_stands_in_the_pack_and_with_everything_done_somebody_has_arrived()
    {
        var arrival = await house.JoinsAsync("Schritte", day: 5, entered: 2);
        (await house.ListAsync<(string, int, bool)>("select s.step, s.promised_on - a.received_on, s.done_on is not null from welcome.step s join welcome.arrival a on a.id = s.arrival_id where a.id = @arrival order by s.promised_on", new { arrival }))
            .ShouldBe([("entered", 3, true), ("first-contact", 14, false), ("first-meeting", 30, false), ("first-task", 60, false)]);
        await house.TellAsync("update welcome.step set done_on = current_date where arrival_id = @arrival and done_on is null", new { arrival });
        (await house.AskAsync<string>("select outcome from welcome.arrival where id = @arrival", new { arrival })).ShouldBe("arrived");
    }

    [Fact]
    public async Task Whoever_waits_without_a_contact_is_given_to_the_first_one_named()
    {
        var arrival = await house.JoinsAsync("Wartet");
        (await house.WhereAsync(arrival)).Contact.ShouldBeNull();
        (await house.UseAsync<ContactRegister, Outcome<int>>(house.LocalChair, r => r.AddAsync(new() { DivisionId = Division, Name = "Gibts Nicht" }))).Refusal!.Message.ShouldStartWith("Gibts Nicht steht nicht in Ihrem Register");
        (await house.UseAsync<ContactRegister, Outcome<int>>(house.LocalMember, r => r.AddAsync(new() { DivisionId = Division, Name = "Wilma Probe" }))).Refusal!.Field.ShouldBe("DivisionId");
        (await house.UseAsync<ContactRegister, Outcome<int>>(house.LocalChair, r => r.AddAsync(new() { DivisionId = Division, Name = "wilma probe" }))).Done.ShouldBeTrue();
        (await house.WhereAsync(arrival)).ShouldBe(new("ort-14522230", house.LocalChair, "local"));
        var contact = (await house.UseAsync<ContactRegister, IReadOnlyList<ContactRegister.Row>>(house.LocalChair, r => r.ListAsync())).ShouldHaveSingleItem();
        (contact.Name, contact.Open, contact.MayEdit).ShouldBe(("Wilma Probe", 1, true));
        (await house.UseAsync<ContactRegister, Outcome<int>>(house.LocalMember, r => r.BeAwayAsync(new() { ContactId = contact.Id, From = new(2030, 1, 1), To = new(2030, 1, 9) }))).Done.ShouldBeFalse();
        (await house.UseAsync<ContactRegister, Outcome<int>>(house.LocalChair, r => r.BeAwayAsync(new() { ContactId = contact.Id, From = new(2030, 1, 1), To = new(2030, 1, 9) }))).Done.ShouldBeTrue();
    }

    private int Division { get; set; }
}
