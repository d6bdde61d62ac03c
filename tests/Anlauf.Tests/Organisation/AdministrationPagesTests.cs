using System.Net;
using System.Text.RegularExpressions;

namespace Anlauf.Tests.Organisation;

/// <summary>The pages of accounts, persons, deputies, shields and handovers, used without JavaScript as a volunteer uses them.</summary>
public sealed partial class AdministrationPagesTests(OpenHouse door) : IClassFixture<OpenHouse>, IAsyncLifetime
{
    private static readonly SemaphoreSlim Once = new(1);
    private static bool ready;
    private AssociationDatabase House => door.House;

    public async Task InitializeAsync()
    {
        await Once.WaitAsync();
        if (!ready)
        {
            await door.AccountAsync("land", House.StateManager);
            await door.AccountAsync("kreis", House.DistrictChair);
            await door.AccountAsync("ort", House.LocalChair);
            ready = true;
        }
        Once.Release();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private static string Day(int days) => DateTime.Today.AddDays(days).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_refused_page_names_the_office_that_gives_out_rights_and_not_the_readers_own()
    {
        using var visitor = await door.SignInAsync("ort");
        var page = await visitor.ReadAsync(await visitor.WhereAsync("/verwaltung/konten"));
        page.ShouldContain("Das dürfen Sie nicht sehen.");
        page.ShouldContain("Fragen Sie das Amt, das ihn einrichten kann: Landesgeschäftsführung, LV Sachsen.");
    }

    [Fact]
    public async Task An_account_is_opened_locked_and_set_up_anew_by_form()
    {
        using var visitor = await door.SignInAsync("land");
        var person = await House.AskAsync<int>("select person_id from organisation.office_holding h join organisation.office o on o.id = h.office_id where o.name = 'Landesvorsitz'");
        var opened = WebUtility.HtmlDecode(await (await visitor.SendAsync("/verwaltung/konten/neu", "invite", ("Input.PersonId", $"{person}"), ("Input.UserName", ""))).Content.ReadAsStringAsync());
        opened.ShouldContain("Benutzername: alma.beispiel");
        var link = Link().Match(opened).Value;
        using (var invited = door.Visit()) Visitor.Where(await invited.SendAsync(link, "accept", ("password", OpenHouse.Password))).ShouldEndWith("/heute");
        var account = await House.AskAsync<int>("select id from identity.account where user_name = 'alma.beispiel'");
        Visitor.Where(await visitor.SendAsync($"/verwaltung/konten/{account}", "step", ("schritt", "lock"))).ShouldEndWith($"/verwaltung/konten/{account}");
        (await visitor.ReadAsync($"/verwaltung/konten/{account}")).ShouldContain("Konto entsperren");
        (await visitor.ReadAsync("/verwaltung/konten?stand=gesperrt")).ShouldContain("Alma Beispiel");
        Link().IsMatch(await (await visitor.SendAsync($"/verwaltung/konten/{account}/neu-einrichten", "renew")).Content.ReadAsStringAsync()).ShouldBeTrue();
        // a district chair finds no such page
        using var chair = await door.SignInAsync("kreis");
        (await chair.WhereAsync($"/verwaltung/konten/{account}")).ShouldStartWith("/kein-zugriff");
    }

    [Fact]
    public async Task A_person_is_entered_and_a_namesake_asked_about_by_form()
    {
        using var chair = await door.SignInAsync("kreis");
        var division = await House.DivisionAsync("kreis-14522");
        (string, string)[] input = [("Input.GivenName", "Olga"), ("Input.FamilyName", "Doppelt"), ("Input.DivisionId", $"{division}"), ("Input.Email", "olga@verband.example")];
        Visitor.Where(await chair.SendAsync("/verwaltung/personen/neu", "person", input)).ShouldContain("/verwaltung/personen/");
        var asked = await chair.SendAsync("/verwaltung/personen/neu", "person", input);
        asked.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        WebUtility.HtmlDecode(await asked.Content.ReadAsStringAsync()).ShouldContain("eine andere Person mit demselben Namen");
        Visitor.Where(await chair.SendAsync("/verwaltung/personen/neu", "person", [.. input, ("Input.Another", "true")])).ShouldContain("/verwaltung/personen/");
        (await chair.ReadAsync("/verwaltung/personen?name=olga dopp")).ShouldContain("2 Personen heißen");
    }

    [Fact]
    public async Task A_mail_that_is_optional_may_stay_blank_in_every_form_and_half_an_address_is_said()
    {
        using var chair = await door.SignInAsync("kreis");
        var division = await House.DivisionAsync("kreis-14522");
        var project = await House.AskAsync<int>("insert into projects.project (division_id, title) values (@division, 'Ohne Post') returning id", new { division });
        (string Page, string Form, (string, string)[] Fields)[] forms =
        [
            ("/verwaltung/personen/neu", "person", [("Input.GivenName", "Bodo"), ("Input.FamilyName", "Postlos"), ("Input.DivisionId", $"{division}")]),
            ("/menschen/neu", "admit", [("Input.Kind", "supporter"), ("Input.GivenName", "Beate"), ("Input.FamilyName", "Postlos"), ("Input.DivisionId", $"{division}")]),
            ("/verwaltung/gliederungen/kreis-14522/amt", "office", [("Input.Name", "Beisitz ohne Post")]),
            ($"/projekte/{project}/gast", "guest", [("Input.GivenName", "Rita"), ("Input.FamilyName", "Postlos"), ("Input.Employer", "Fraktion"), ("Input.Until", Day(20))]),
        ];
        foreach (var (page, form, fields) in forms)
        {
            var wrong = await chair.SendAsync(page, form, [.. fields, ("Input.Email", "halb@")]);
            wrong.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, page);
            WebUtility.HtmlDecode(await wrong.Content.ReadAsStringAsync()).ShouldContain("Diese E-Mail-Adresse ist unvollständig");
            (await chair.SendAsync(page, form, [.. fields, ("Input.Email", " ")])).StatusCode.ShouldNotBe(HttpStatusCode.UnprocessableEntity, page);
        }
        (await House.AskAsync<int>("select count(*)::int from organisation.person where family_name = 'Postlos' and email is null")).ShouldBeGreaterThanOrEqualTo(2);
        (await House.AskAsync<string>("select coalesce(email, 'keine') from organisation.office where name = 'Beisitz ohne Post'")).ShouldBe("keine");
        (await House.AskAsync<int>("select count(*)::int from projects.guest where project_id = @project", new { project })).ShouldBe(1);
    }

    [Fact]
    public async Task A_division_closes_confidential_meetings_by_form()
    {
        using var chair = await door.SignInAsync("kreis");
        const string page = "/verwaltung/gliederungen/kreis-14522/schutz";
        Visitor.Where(await chair.SendAsync(page, "shield", ("teil", "zu meetings:P7"))).ShouldEndWith(page);
        (await chair.ReadAsync("/verwaltung/gliederungen/kreis-14522")).ShouldContain("Für die Ebenen darüber geschlossen: vertrauliche Sitzungen");
        using var state = await door.SignInAsync("land");
        (await state.ReadAsync(page)).ShouldContain("wer ein Amt in dieser Gliederung selbst hat");
        (await state.SendAsync(page, "shield", ("teil", "auf meetings:P7"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Visitor.Where(await chair.SendAsync(page, "shield", ("teil", "auf meetings:P7"))).ShouldEndWith(page);
    }

    [Fact]
    public async Task A_deputy_is_named_and_ended_by_form()
    {
        using var local = await door.SignInAsync("ort");
        var holding = await House.AskAsync<int>("select id from organisation.office_holding where person_id = @LocalChair", new { House.LocalChair });
        Visitor.Where(await local.SendAsync("/konto/vertretung/neu", "deputy", ("Input.HoldingId", $"{holding}"), ("Input.PersonId", $"{House.LocalMember}"), ("Input.ValidFrom", Day(0)), ("Input.ValidTo", Day(7)))).ShouldEndWith("/konto/vertretung");
        (await local.ReadAsync("/konto/vertretung")).ShouldContain("Max Muster");
        var id = await House.AskAsync<int>("select max(id) from organisation.delegation where holding_id = @holding", new { holding });
        Visitor.Where(await local.SendAsync("/konto/vertretung", "end", ("id", $"{id}"))).ShouldEndWith("/konto/vertretung");
        (await local.ReadAsync("/konto/vertretung")).ShouldContain("Zurzeit vertritt niemand jemanden");
    }

    [Fact]
    public async Task An_office_is_handed_over_by_form_with_both_sides_ticking()
    {
        using var state = await door.SignInAsync("land");
        var division = await House.DivisionAsync("ort-14522230");
        var office = await House.AskAsync<int>("insert into organisation.office (division_id, name, role_id) values (@division, 'Kasse', 'local-chair') returning id", new { division });
        var holding = await House.AskAsync<int>("insert into organisation.office_holding (office_id, person_id, valid_from, valid_to) values (@office, @LocalChair, current_date - 30, current_date + 5) returning id", new { office, House.LocalChair });
        var started = Visitor.Where(await state.SendAsync($"/verwaltung/amtszeit/{holding}/uebergeben", "handover", ("Input.PersonId", $"{House.LocalMember}"), ("Input.SwitchOn", Day(0)), ("Input.Items", "Kassenbuch")));
        var page = started[started.IndexOf("/verwaltung/", StringComparison.Ordinal)..];
        using var giver = await door.SignInAsync("ort");
        (await giver.ReadAsync("/heute")).ShouldContain("Übergabe abhaken: Kasse");
        foreach (Match point in Point().Matches(await giver.ReadAsync(page))) Visitor.Where(await giver.SendAsync(page, "tick", ("punkt", point.Groups[1].Value))).ShouldEndWith(page);
        (await state.ReadAsync(page)).ShouldContain("Die Liste ist abgehakt");
        Visitor.Where(await state.SendAsync(page, "complete", ("schritt", "abschliessen"))).ShouldEndWith(page);
        (await state.ReadAsync(page)).ShouldContain("Abgeschlossen");
        (await House.AskAsync<int>("select person_id from organisation.office_holding where office_id = @office and valid_from = current_date", new { office })).ShouldBe(House.LocalMember);
    }

    [GeneratedRegex("/einladung/[A-Za-z0-9_-]+")]
    private static partial Regex Link();

    [GeneratedRegex("name=\"punkt\" value=\"([^\"]+)\"")]
    private static partial Regex Point();
}
