using System.Net;
using Anlauf.Platform;
using Anlauf.Rooms.Members.Register;
using Anlauf.Rooms.Organisation.Persons;

namespace Anlauf.Tests.SelfService;

/// <summary>What the federal register leads is read here, and changed by its file alone.</summary>
public sealed class LedFieldTests(OpenHouse door) : IClassFixture<OpenHouse>
{
    private const string Remedy = "Schreiben Sie an mitglieder@bund.example.";
    private AssociationDatabase House => door.House;

    private async Task LeadAsync(params string[] fields) =>
        (await House.UseAsync<LedFields, Outcome<int>>(House.StateManager, async f => await f.SaveAsync(await House.DivisionAsync("sachsen"), fields, Remedy))).Done.ShouldBeTrue();

    [Fact]
    public async Task The_office_reads_a_led_field_and_a_form_that_changes_it_is_refused()
    {
        await LeadAsync("email", "name");
        var person = await House.MemberAsync("Geführt");
        await door.AccountAsync("kreisled", House.DistrictChair);
        using var chair = await door.SignInAsync("kreisled");
        var page = $"/verwaltung/personen/{person}/aendern";
        var form = await chair.ReadAsync(page);
        form.ShouldContain("führt der Bundesverband. " + Remedy);
        form.ShouldNotContain("type=\"email\"");
        (string, string)[] Fields(string given, string email, string phone) => [("Input.DivisionId", $"{House.AskAsync<int>("select division_id from organisation.person where id = @person", new { person }).Result}"), ("Input.Title", ""), ("Input.GivenName", given), ("Input.FamilyName", "Geführt"), ("Input.Email", email), ("Input.Phone", phone)];
        // somebody writes their own form
        var refused = await chair.SendAsync(page, "person", Fields("Nora", "erfunden@mitglied.example", "03727 5"));
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync()).ShouldContain("E-Mail: führt der Bundesverband. Schreiben Sie an mitglieder@bund.example");
        (await chair.SendAsync(page, "person", Fields("Norbert", "gefuehrt@mitglied.example", "03727 5"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await House.AskAsync<string>("select given_name || ' ' || email from organisation.person where id = @person", new { person })).ShouldBe("Nora gefuehrt@mitglied.example");
        // what is not led is changed as ever
        (await chair.SendAsync(page, "person", Fields("Nora", "gefuehrt@mitglied.example", "03727 5"))).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await chair.ReadAsync($"/menschen/{person}")).ShouldContain("Führt der Bundesverband: Name und Titel, E-Mail. " + Remedy);
        await LeadAsync();
    }

    [Fact]
    public async Task The_person_reads_it_too_and_is_told_how_to_have_it_changed()
    {
        await LeadAsync("address", "email");
        var person = await House.MemberAsync("Liest nur");
        var link = await House.LinkAsync(person);
        using var visitor = door.Visit();
        (await visitor.ReadAsync("/ich/" + link)).ShouldContain("Führt der Bundesverband: E-Mail, Anschrift. " + Remedy);
        (await visitor.ReadAsync($"/ich/{link}/kontakt")).ShouldContain("führt der Bundesverband. " + Remedy);
        var refused = await visitor.SendAsync($"/ich/{link}/kontakt", "contact", ("Input.Email", "eigene@mitglied.example"), ("Input.Phone", "1"), ("Input.Street", ""), ("Input.PostalCode", ""), ("Input.Place", ""));
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused = await visitor.SendAsync($"/ich/{link}/kontakt", "contact", ("Input.Email", "liest-nur@mitglied.example"), ("Input.Phone", "1"), ("Input.Street", "Neuer Weg 1"), ("Input.PostalCode", "09661"), ("Input.Place", "Hainichen"));
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await House.AskAsync<string>("select email || ' ' || phone from organisation.person where id = @person", new { person })).ShouldBe("liest-nur@mitglied.example 03727 100");
        // an office that notes a move moves the membership and leaves the address to the file
        (await House.UseAsync<MovePerson, Outcome<MovePerson.Done>>(House.DistrictChair, m => m.HandleAsync(new() { PersonId = person, PostalCode = "", Place = "Freiberg", Street = "Neuer Weg 1", Confirmed = true }))).Done.ShouldBeTrue();
        (await House.AskAsync<int>("select count(*)::int from members.person_detail where person_id = @person and address is not null", new { person })).ShouldBe(0);
        await LeadAsync();
    }

    [Fact]
    public async Task Whoever_keeps_memberships_says_for_their_divisions_what_is_led_and_how_to_change_it()
    {
        var (district, other) = (await House.DivisionAsync("kreis-14522"), await House.DivisionAsync("kreis-14521"));
        Task<Outcome<int>> SaveAsync(int by, int division, string? remedy, params string[] fields) => House.UseAsync<LedFields, Outcome<int>>(by, f => f.SaveAsync(division, fields, remedy));
        (await SaveAsync(House.DistrictChair, other, Remedy, "phone")).Refusal!.Message.ShouldContain("führen Sie keine Mitgliedschaften");
        (await SaveAsync(House.LocalMember, district, Remedy, "phone")).Done.ShouldBeFalse();
        (await SaveAsync(House.DistrictChair, district, "kurz", "phone")).Refusal!.Field.ShouldBe("Remedy");
        (await SaveAsync(House.DistrictChair, district, Remedy, "phone", "unsinn")).Done.ShouldBeTrue();
        (await House.UseAsync<LedFields, IReadOnlyDictionary<string, string>>(House.LocalMember, async f => await f.OfAsync(await House.DivisionAsync("ort-14522230")))).Keys.ShouldBe(["phone"], "it holds below as well");
        (await House.UseAsync<LedFields, IReadOnlyDictionary<string, string>>(House.LocalMember, f => f.OfAsync(other))).ShouldBeEmpty();
        // through its page
        await door.AccountAsync("landfelder", House.StateManager);
        using var chair = await door.SignInAsync("landfelder");
        var neighbour = await House.DivisionAsync("sachsen-anhalt");
        var page = $"/menschen/einlesen/felder?gliederung={district}";
        (await chair.ReadAsync(page)).ShouldContain(Remedy);
        (await chair.SendAsync(page, "led", ("Input.DivisionId", $"{neighbour}"), ("Input.Fields", "phone"), ("Input.Remedy", Remedy))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await chair.SendAsync(page, "led", ("Input.DivisionId", $"{district}"), ("Input.Remedy", Remedy))).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await House.UseAsync<LedFields, IReadOnlyDictionary<string, string>>(House.LocalMember, f => f.OfAsync(district))).ShouldBeEmpty();
    }
}
