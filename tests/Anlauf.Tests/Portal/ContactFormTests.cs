using System.Net;
using Anlauf.Platform;
using Anlauf.Platform.Hosting;
using Anlauf.Platform.Secrets;
using Anlauf.Rooms.Portal;
using Anlauf.Rooms.Portal.Inbox;
using Anlauf.Rooms.Portal.Outside;
using Npgsql;

namespace Anlauf.Tests.Portal;

/// <summary>From the form outside to the box inside, by HTTP without script.</summary>
public sealed class ContactFormTests(OpenPortal portal) : IClassFixture<OpenPortal>
{
    private static readonly string[] Words = ["Edeltraud", "Fernweh", "edeltraud@fernweh.example", "Bürgerbus"];

    /// <summary>Opens the form, waits as long as a person writes, sends it.</summary>
    private async Task<HttpResponseMessage> SendAsync(Visitor visitor, Dictionary<string, string> typed, TimeSpan? after = null, string? seal = null)
    {
        var page = await visitor.ReadAsync("/");
        typed["formular"] = seal ?? System.Text.RegularExpressions.Regex.Match(page, "name=\"formular\" value=\"([^\"]+)\"").Groups[1].Value;
        portal.Clock.Ahead += after ?? TimeSpan.FromSeconds(20);
        return await visitor.SendToAsync("/", "/", null, [.. typed.Select(t => (t.Key, t.Value))]);
    }

    private Task<long> CountAsync() => portal.House.AskAsync<long>("select count(*) from portal.message");

    [Fact]
    public async Task A_message_is_taken_read_inside_by_right_alone_and_stands_in_no_dump()
    {
        using (var visitor = portal.Visit()) Visitor.Where(await SendAsync(visitor, OpenPortal.Typed())).ShouldBe("/danke");
        var id = await portal.House.AskAsync<Guid>("select id from portal.message order by received_at desc limit 1");

        // a dump of everything but the key file
        await using (var owner = new NpgsqlConnection(portal.House.Connections.Owner))
        {
            await owner.OpenAsync();
            using var copy = await owner.BeginTextExportAsync("copy portal.message to stdout");
            var dump = await copy.ReadToEndAsync();
            dump.ShouldContain(id.ToString());
            foreach (var word in Words) (dump.Contains(word, StringComparison.OrdinalIgnoreCase) || dump.Contains(Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(word)), StringComparison.Ordinal)).ShouldBeFalse(word);
        }

        Task<MessageBox.Opened?> OpenAsync(int person) => portal.House.UseAsync<MessageBox, MessageBox.Opened?>(person, b => b.OpenAsync(id));
        (await OpenAsync(portal.House.StateManager))!.Letter.ShouldNotBeNull().Contact.ShouldBe("edeltraud@fernweh.example");
        foreach (var other in new[] { portal.House.MinuteTaker, portal.House.DistrictChair, portal.House.LocalChair, portal.House.LocalMember, portal.House.Persons["data-protection-officer"] })
            (await OpenAsync(other)).ShouldBeNull();

        await portal.Inside.AccountAsync("empfang", portal.House.StateManager);
        await portal.Inside.AccountAsync("protokollantin", portal.House.MinuteTaker);
        using var reader = await portal.Inside.SignInAsync("empfang");
        (await reader.ReadAsync("/menschen/zuschriften")).ShouldNotContain("Fernweh");
        var opened = await reader.ReadAsync("/menschen/zuschriften/" + id);
        foreach (var word in Words) opened.ShouldContain(word);
        opened.ShouldContain("Hainichen");
        (await portal.House.AskAsync<int>("select count(*)::int from audit.entry where chain = 'access' and action = 'read' and object like '%zuschriften%' and key like '%' || @id", new { id = id.ToString() })).ShouldBe(1);
        using var nobody = await portal.Inside.SignInAsync("protokollantin");
        (await nobody.WhereAsync("/menschen/zuschriften/" + id)).ShouldStartWith("/kein-zugriff");
        using var stranger = portal.Inside.Visit();
        (await stranger.WhereAsync("/menschen/zuschriften/" + id)).ShouldStartWith("/anmelden");

        // passed on, it lies with the district, and the district answers
        var page = "/menschen/zuschriften/" + id;
        var district = await portal.House.DivisionAsync("kreis-14522");
        opened.IndexOf("Ortsverband Hainichen", StringComparison.Ordinal).ShouldBeLessThan(opened.IndexOf("Kreisverband Bautzen", StringComparison.Ordinal), "the nearest is offered first");
        Visitor.Where(await reader.SendAsync(page, "pass-on", ("PassOn.Value", $"{district}"))).ShouldBe("/menschen/zuschriften");
        (await OpenAsync(portal.House.DistrictChair))!.Division.ShouldBe("Kreisverband Mittelsachsen");
        (await portal.House.UseAsync<MessageBox, Outcome<int>>(portal.House.DistrictChair, b => b.PassOnAsync(id, portal.File.DivisionId))).Refusal!.Message.ShouldContain("Dorthin");
        (await portal.House.UseAsync<MessageBox, Outcome<int>>(portal.House.MinuteTaker, b => b.DeleteAsync(id))).Done.ShouldBeFalse();
        Visitor.Where(await reader.SendAsync(page, "answer")).ShouldBe(page);
        (await reader.ReadAsync("/menschen/zuschriften?stand=beantwortet")).ShouldContain("KV Mittelsachsen");
        Visitor.Where(await reader.SendAsync(page, "delete")).ShouldBe("/menschen/zuschriften");
        (await reader.WhereAsync(page)).ShouldBe("404");
    }

    [Fact]
    public async Task What_is_missing_is_named_at_its_field_and_what_was_typed_stays()
    {
        using var visitor = portal.Visit();
        var before = await CountAsync();
        var answer = await SendAsync(visitor, new() { ["name"] = "Ilse", ["kontakt"] = "keine", ["plz"] = "9661", ["text"] = "" });
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        foreach (var said in new[] { "E-Mail-Adresse oder eine Telefonnummer", "fünf Ziffern", "worum es geht", "Setzen Sie das Häkchen", "value=\"Ilse\"", "href=\"#kontakt\"" }) page.ShouldContain(said);
        (await CountAsync()).ShouldBe(before);
    }

    [Theory]
    [InlineData("037207 1234", true)]
    [InlineData("+49 (37207) 12-34", true)]
    [InlineData("a@b.de", true)]
    [InlineData("a@b", false)]
    [InlineData("a b@c.de", false)]
    [InlineData("12345", false)]
    [InlineData("", false)]
    public void A_way_to_answer_is_an_address_or_a_number(string contact, bool reaches) =>
        new ContactInput("N", contact, "09661", "Text", true).Errors().Count.ShouldBe(reaches ? 0 : 1);

    [Fact]
    public async Task Machines_are_thanked_and_forgotten()
    {
        var before = await CountAsync();
        using var visitor = portal.Visit();
        var trap = OpenPortal.Typed();
        trap["webseite"] = "https://spam.example";
        Visitor.Where(await SendAsync(visitor, trap)).ShouldBe("/danke");
        // faster than a person writes, older than a day, not from this form
        (await SendAsync(visitor, OpenPortal.Typed(), TimeSpan.Zero)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await SendAsync(visitor, OpenPortal.Typed(), TimeSpan.FromHours(13))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await SendAsync(visitor, OpenPortal.Typed(), seal: "erfunden")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await CountAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Without_the_token_of_the_form_nothing_is_taken_and_the_same_form_is_taken_once()
    {
        using var visitor = portal.Visit();
        var before = await CountAsync();
        var page = await visitor.ReadAsync("/");
        var typed = OpenPortal.Typed();
        typed["formular"] = System.Text.RegularExpressions.Regex.Match(page, "name=\"formular\" value=\"([^\"]+)\"").Groups[1].Value;
        portal.Clock.Ahead += TimeSpan.FromSeconds(20);
        (await visitor.PostAsync("/", typed)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await CountAsync()).ShouldBe(before);
        for (var i = 0; i < 2; i++) Visitor.Where(await SendAsync(visitor, typed, seal: typed["formular"])).ShouldBe("/danke");
        (await CountAsync()).ShouldBe(before + 1);
    }

    [Fact]
    public async Task Who_sends_too_much_waits_and_who_comes_by_another_name_is_turned_away()
    {
        await using var app = PortalHost.Build(portal.File, portal.File.Connection!, builder =>
        {
            OpenHouse.Configure(builder);
            builder.Configuration["AllowedHosts"] = AllowedHosts.Of("http://127.0.0.1:5090");
        });
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        for (var i = 0; i < 200; i++) (await client.PostAsync("/", new StringContent(""))).StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        var refused = await client.PostAsync("/", new StringContent(""));
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync()).ShouldContain("Warten Sie zehn Minuten");
        client.DefaultRequestHeaders.Host = "evil.example";
        (await client.GetAsync("/")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_page_says_who_is_responsible_loads_nothing_from_elsewhere_and_runs_no_script()
    {
        using var visitor = portal.Visit();
        var answer = await visitor.OpenAsync("/");
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        foreach (var said in new[] { "Horizont Sachsen", "Hauptstraße 1, 01067 Dresden", "datenschutz@horizont.example", "6 Monate", "Art. 9 Abs. 2 Buchst. a", "jederzeit zurück" }) page.ShouldContain(said);
        page.ShouldNotContain("<script");
        page.ShouldNotContain("checked");
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'");
        answer.Headers.Contains("Server").ShouldBeFalse();
        (await visitor.WhereAsync("/anmelden")).ShouldBe("404");
        (await visitor.WhereAsync("/verwaltung/personen")).ShouldBe("404");
    }

    [Fact]
    public async Task A_key_that_the_form_still_uses_is_not_thrown_away_and_a_message_outlives_its_change()
    {
        using (var visitor = portal.Visit()) Visitor.Where(await SendAsync(visitor, OpenPortal.Typed("Ottokar Wechsel"))).ShouldBe("/danke");
        var id = await portal.House.AskAsync<Guid>("select id from portal.message order by received_at desc limit 1");
        var old = portal.File.KeyId;
        await portal.House.UseAsync<KeyRotation, int>(null, k => k.RotateAsync());
        await portal.House.UseAsync<KeyRotation, int>(null, k => k.ReencryptAsync());
        (await portal.House.UseAsync<KeyRotation, Outcome<int>>(null, k => k.RetireAsync(old))).Refusal!.Message.ShouldContain("anlauf portal prepare");
        (await portal.House.UseAsync<HandOutKey, Outcome<PortalFile>>(null, h => h.HandleAsync("sachsen"))).Value!.KeyId.ShouldBe(old + 1);
        // for seven days the form may still come with the old one
        using (var visitor = portal.Visit()) Visitor.Where(await SendAsync(visitor, OpenPortal.Typed())).ShouldBe("/danke");
        (await portal.House.UseAsync<KeyRotation, Outcome<int>>(null, k => k.RetireAsync(old))).Done.ShouldBeFalse();
        (await portal.House.UseAsync<MessageBox, MessageBox.Opened?>(portal.House.StateManager, b => b.OpenAsync(id)))!.Letter!.Name.ShouldBe("Ottokar Wechsel");
        (await portal.House.UseAsync<HandOutKey, Outcome<PortalFile>>(null, h => h.HandleAsync("sachsen-anhalt"))).Refusal!.Message.ShouldContain("verantwortliche Stelle");
    }

    [Fact]
    public async Task A_message_goes_six_months_after_the_answer_or_after_it_came()
    {
        await using var owner = new NpgsqlConnection(portal.House.Connections.Owner);
        await owner.OpenAsync();
        async Task<Guid> PutAsync(int days, bool answered)
        {
            await using var put = new NpgsqlCommand("insert into portal.message (id, division_id, content, received_at, answered_at) values (gen_random_uuid(), $1, '\\x02', now() - interval '400 days', case when $3 then now() - make_interval(days => $2) end) returning id", owner)
            { Parameters = { new() { Value = portal.File.DivisionId }, new() { Value = days }, new() { Value = answered } } };
            return (Guid)(await put.ExecuteScalarAsync())!;
        }
        var (never, longAgo, lately) = (await PutAsync(0, false), await PutAsync(200, true), await PutAsync(100, true));
        await portal.House.TellAsync("select privacy.retain(current_date)");
        (await portal.House.ListAsync<Guid>("select id from portal.message where id = any (@ids)", new { ids = new[] { never, longAgo, lately } })).ShouldBe([lately]);
    }
}
