using System.Net;

namespace Anlauf.Tests.Privacy;

/// <summary>The officer's desk as it is used: by HTTP, without JavaScript.</summary>
public sealed class DeskTests(OpenHouse house) : IClassFixture<OpenHouse>
{
    private static readonly string[] Pages =
    [
        "/verwaltung/datenschutz", "/verwaltung/datenschutz/anfragen/neu", "/verwaltung/datenschutz/verzeichnis", "/verwaltung/datenschutz/fristen", "/verwaltung/datenschutz/vorfaelle",
        "/verwaltung/datenschutz/vorfaelle/neu", "/verwaltung/datenschutz/folgenabschaetzung", "/verwaltung/datenschutz/verantwortliche", "/verwaltung/protokoll",
    ];

    private async Task<Visitor> SignInAsync(string name, int person)
    {
        await house.AccountAsync(name, person);
        return await house.SignInAsync(name);
    }

    private Task<Visitor> OfficerAsync(string name) => SignInAsync(name, house.House.Persons["data-protection-officer"]);

    [Fact]
    public async Task The_desk_opens_to_the_officer_alone()
    {
        using var officer = await OfficerAsync("beauftragte");
        using var manager = await SignInAsync("geschaeftsfuehrung", house.House.StateManager);
        using var nobody = house.Visit();
        foreach (var page in Pages)
        {
            (await officer.WhereAsync(page)).ShouldBe("200", page);
            (await manager.WhereAsync(page)).ShouldNotBe("200", page);
            (await nobody.WhereAsync(page)).ShouldStartWith("/anmelden");
        }
        (await nobody.ReadAsync("/datenschutz")).ShouldContain("Personen, Ämter und Mitgliedschaft");

        // a file with the log asks for a reason first; the click brings it, and both stand in the log
        (await officer.WhereAsync("/verwaltung/protokoll.csv?art=aenderung")).ShouldBe("/grund?weiter=%2Fverwaltung%2Fprotokoll.csv%3Fart%3Daenderung");
        (await officer.ReadAsync("/grund?weiter=%2Fverwaltung%2Fprotokoll.csv%3Fart%3Daenderung")).ShouldContain("/verwaltung/protokoll.csv?art=aenderung&grund=incident");
        (await officer.ReadAsync("/grund?weiter=https%3A%2F%2Fboese.example%2F")).ShouldNotContain("boese.example");
        (await officer.WhereAsync("/verwaltung/protokoll.csv?grund=ausgedacht")).ShouldStartWith("/grund");
        (await house.House.AskAsync<int>("select count(*)::int from audit.entry where action = 'export'")).ShouldBe(0);
        using var file = await officer.OpenAsync("/verwaltung/protokoll.csv?art=aenderung&grund=incident");
        file.StatusCode.ShouldBe(HttpStatusCode.OK);
        var entry = await house.House.AskAsync<string>("select concat_ws(' | ', object, reason_id, origin) from audit.entry where action = 'export'");
        entry.ShouldBe("/verwaltung/protokoll.csv | incident | web dieser Rechner /verwaltung/protokoll.csv");

        // from the request to the report, and from there to the erasure by two people
        var member = house.House.LocalMember;
        (await officer.ReadAsync("/verwaltung/datenschutz/anfragen/neu?name=Muster")).ShouldContain("Max Muster");
        var sent = await officer.SendAsync("/verwaltung/datenschutz/anfragen/neu?name=Muster", "request", ("Input.PersonId", $"{member}"), ("Input.Kind", "erasure"), ("Input.ReceivedOn", $"{DateTime.Today:yyyy-MM-dd}"), ("Input.Channel", "letter"));
        var request = Visitor.Where(sent);
        request.ShouldStartWith("/verwaltung/datenschutz/anfragen/");
        // nothing is compiled, and nothing noted as read, before it is noted how the person was recognised
        (await officer.ReadAsync(request)).ShouldNotContain("/auskunft");
        foreach (var form in new[] { "", ".pdf", ".json" })
        {
            using var early = await officer.OpenAsync(request + "/auskunft" + form);
            early.StatusCode.ShouldBe(HttpStatusCode.Conflict, form);
            var said = await early.Content.ReadAsStringAsync();
            said.ShouldContain("Prüfen Sie zuerst, ob die Anfrage wirklich von dieser Person kommt.");
            said.ShouldNotContain("Max Muster");
        }
        (await officer.SendAsync(request, "identify", ("Identity.Value", "document"))).StatusCode.ShouldBe(HttpStatusCode.Found);
        var report = await officer.ReadAsync(request + "/auskunft");
        report.ShouldContain("Max Muster");
        report.ShouldNotContain("Kontur");
        (await officer.WhereAsync(request + "/auskunft.pdf")).ShouldBe("200");
        (await officer.WhereAsync(request + "/auskunft.json")).ShouldBe("200");
        (await manager.WhereAsync(request + "/auskunft.json")).ShouldNotBe("200");
        (await house.House.ListAsync<string>("select action from audit.entry where subject_id = @member and chain = 'access' order by position", new { member })).ShouldBe(["read", "export", "export"]);
        (await officer.SendAsync(request, "erase")).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await manager.ReadAsync("/verwaltung/loeschungen")).ShouldContain("Max Muster");
        (await manager.SendAsync("/verwaltung/loeschungen", "confirm", ("Input.Id", request.Split('/')[^1]))).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await house.House.AskAsync<string>("select family_name from organisation.person where id = @member", new { member })).ShouldBe($"Gelöschte Person {member}");
        (await officer.ReadAsync(request)).ShouldContain("Beantwortet am");
    }
}
