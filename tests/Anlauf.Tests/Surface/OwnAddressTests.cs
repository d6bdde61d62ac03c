using System.Net;
using Anlauf.Platform.Hosting;
using Anlauf.Platform.Mail;
using Anlauf.Rooms;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;

namespace Anlauf.Tests.Surface;

/// <summary>Links are made from the address that the operator has said, whatever name a request brings along.</summary>
public sealed class OwnAddressTests(OpenHouse door) : IClassFixture<OpenHouse>
{
    [Theory]
    [InlineData("http://127.0.0.1:5080", null, null, "http://127.0.0.1:5080", null)]
    [InlineData("http://0.0.0.0:80", null, null, null, null)]
    [InlineData("http://*:80", "*", null, null, null)]
    [InlineData("http://127.0.0.1:5080;https://anlauf.example.org", null, null, "https://anlauf.example.org", "https://anlauf.example.org")]
    [InlineData("http://127.0.0.1:5080", "anlauf.example.org", null, "https://anlauf.example.org", "https://anlauf.example.org")]
    [InlineData("http://0.0.0.0:80", null, "https://verband.example/", "https://verband.example", "https://verband.example")]
    [InlineData("http://0.0.0.0:80", null, "javascript:alert(1)", null, null)]
    [InlineData("http://0.0.0.0:80", null, "https://a@evil.example/x?y", null, null)]
    public void The_own_address_follows_from_what_the_operator_says(string urls, string? hosts, string? site, string? shown, string? inLetters)
    {
        var configuration = new ConfigurationManager { ["AllowedHosts"] = hosts, ["Https"] = hosts is null or "*" ? null : "true", [OwnAddress.Setting] = site };
        OwnAddress.Follow(configuration, urls);
        var own = new OwnAddress(configuration);
        own.Of("/einladung/x").ShouldBe(shown is null ? null : shown + "/einladung/x");
        // a letter is read elsewhere: an address of this machine leads its reader nowhere
        new MailSettings(configuration).AddressOf("/einladung/x").ShouldBe(inLetters is null ? null : inLetters + "/einladung/x");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("https://anlauf.example.org")]
    public async Task Host_header_an_invitation_never_leads_to_the_name_a_request_brings_along(string? site)
    {
        await using var app = await AnlaufHost.BuildAsync(RoomList.All, door.House.Connections, builder =>
        {
            // as in a container: it listens everywhere and answers to every name
            builder.WebHost.UseUrls("http://0.0.0.0:0");
            builder.Configuration["AllowedHosts"] = "*";
            builder.Configuration[OwnAddress.Setting] = site;
        });
        await app.StartAsync();
        var name = site is null ? "ohne.adresse" : "mit.adresse";
        if (!await door.House.AskAsync<bool>("select exists (select from identity.account where user_name = 'adresse')")) await door.AccountAsync("adresse", door.House.StateManager);
        var person = await door.House.AskAsync<int>("insert into organisation.person (division_id, given_name, family_name) select id, 'Ina', @name from organisation.division where slug = 'kreis-14522' returning id", new { name });
        var office = await door.House.AskAsync<int>("insert into organisation.office (division_id, name, role_id) select division_id, 'Amt von Ina', 'member' from organisation.person where id = @person returning id", new { person });
        await door.House.TellAsync("insert into organisation.office_holding (office_id, person_id, valid_from) values (@office, @person, current_date)", new { office, person });
        using var officer = new Visitor(new UriBuilder(app.Urls.Single()) { Host = "127.0.0.1" }.Uri, "evil.example");
        (await officer.SendAsync("/anmelden", "sign-in", ("name", "adresse"), ("password", OpenHouse.Password), ("code", ""))).StatusCode.ShouldBe(HttpStatusCode.Found);
        using var answer = await officer.SendAsync("/verwaltung/konten/neu", "invite", ("Input.PersonId", $"{person}"));
        var text = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        text.ShouldNotContain("evil.example");
        var opened = await door.House.AskAsync<bool>("select exists (select from identity.account where person_id = @person)", new { person });
        if (site is null)
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
            text.ShouldContain("Anlauf kennt seine eigene Adresse nicht");
            opened.ShouldBeFalse();
        }
        else
        {
            text.ShouldContain("https://anlauf.example.org/einladung/");
            opened.ShouldBeTrue();
        }
        var paper = await door.House.ResolveAsync("kreis-14522", name, "Adresse");
        using var file = await officer.OpenAsync("/sitzungen/beschluesse/" + await door.House.AskAsync<string>("select slug from meetings.resolution where id = @paper", new { paper }) + "/ausfertigung.pdf");
        // asked for a reason first, or given: in no answer does the foreign name stand
        (Visitor.Where(file) + await file.Content.ReadAsStringAsync()).ShouldNotContain("evil.example");
    }
}
