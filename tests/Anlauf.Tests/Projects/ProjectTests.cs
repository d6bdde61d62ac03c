using Anlauf.Platform;
using Anlauf.Rooms.Projects;
using Anlauf.Tests.Offers;

namespace Anlauf.Tests.Projects;

/// <summary>Projects and the way of a guest: invited by a link, in until a day, out at once (I10).</summary>
public sealed class ProjectTests(OpenHouse open) : IClassFixture<OpenHouse>
{
    [Fact]
    public async Task A_guest_is_invited_sets_up_the_account_by_the_link_sees_the_project_and_is_out_with_the_next_request()
    {
        var house = open.House;
        var today = Asked.Today;
        var division = await house.DivisionAsync("kreis-14522");
        var project = (await house.UseAsync<SaveProject, Outcome<int>>(house.DistrictChair, s => s.HandleAsync(new() { DivisionId = division, Title = "Bürgerbus", Purpose = "Bis Weihnachten", StartsOn = today, EndsOn = today.AddDays(60) }))).Value;
        var task = await house.AskAsync<int>("insert into meetings.task (division_id, kind, text) values (@division, 'task', 'Fahrplan entwerfen') returning id", new { division });
        await house.TellAsync("insert into meetings.meeting (division_id, title, held_on, slug, confidential) values (@division, 'Geheime Runde', current_date, 'geheime-runde', true)", new { division });
        var secret = await house.AskAsync<int>("select id from meetings.meeting where slug = 'geheime-runde'");
        foreach (var _ in new[] { 1, 2 }) (await house.UseAsync<SaveProject, Outcome<int>>(house.DistrictChair, s => s.AddAsync(project, $"task-{task}"))).Done.ShouldBeTrue();
        // even linked by the system a confidential meeting stays out of sight
        await house.TellAsync("insert into projects.item (project_id, meeting_id) values (@project, @secret)", new { project, secret });
        (await house.UseAsync<InviteGuest, Outcome<InviteGuest.Link>>(house.DistrictChair, i => i.HandleAsync(project, new() { GivenName = "Rita", FamilyName = "Büro", Employer = "Landtagsfraktion", Until = today.AddDays(61) }))).Refusal!.Field.ShouldBe("Until");
        (await house.UseAsync<InviteGuest, Outcome<InviteGuest.Link>>(house.StateManager, i => i.HandleAsync(project, new() { GivenName = "Rita", FamilyName = "Büro", Employer = "x", Until = today }))).Done.ShouldBeFalse();
        var link = (await house.UseAsync<InviteGuest, Outcome<InviteGuest.Link>>(house.DistrictChair, i => i.HandleAsync(project, new() { GivenName = "Rita", FamilyName = "Büro", Employer = "Landtagsfraktion", Until = today.AddDays(30) }))).Value!;
        link.UserName.ShouldBe("gast.rita.buero");
        using var guest = open.Visit();
        var page = await guest.ReadAsync("/einladung/" + link.Secret);
        page.ShouldContain("gast.rita.buero");
        (await guest.SendAsync("/einladung/" + link.Secret, "accept", ("password", OpenHouse.Password))).Dispose();
        using var signedIn = await open.SignInAsync(link.UserName);
        (await signedIn.WhereAsync("/")).ShouldBe("/gast");
        (await signedIn.ReadAsync("/gast")).ShouldSatisfyAllConditions(p => p.ShouldContain("Fahrplan entwerfen"), p => p.ShouldNotContain("Geheime Runde"), p => p.ShouldContain("Keine Parteiaufgaben mit Mandatsmitteln"));
        foreach (var elsewhere in new[] { "/heute", "/menschen/mitmachen", "/suche?q=a", "/projekte", $"/projekte/{project}", "/lage", "/konto/rechte", $"/sitzungen/auftraege/{task}" })
            (await signedIn.WhereAsync(elsewhere)).ShouldStartWith("/kein-zugriff", customMessage: elsewhere);
        (await signedIn.WhereAsync("/konto")).ShouldBe("200");
        // a paper of an internal item is none of a guest's business, and a project that ended early has no guests
        var meeting = await house.AskAsync<int>("insert into meetings.meeting (division_id, title, held_on, slug) values (@division, 'Offene Runde', current_date, 'offene-runde') returning id", new { division });
        var paper = await house.AskAsync<int>("insert into meetings.paper (division_id, reference, reference_key, title) values (@division, 'GV 1', 'gv-1', 'Vorlage mit Namen') returning id", new { division });
        var item = await house.AskAsync<int>("insert into meetings.agenda_item (meeting_id, division_id, position, number, title, level) values (@meeting, @division, 1, '1', 'Personal', 'members') returning id", new { meeting, division });
        await house.TellAsync("insert into meetings.agenda_item_paper values (@item, @paper, @division); insert into projects.item (project_id, paper_id) values (@project, @paper)", new { item, paper, division, project });
        (await signedIn.ReadAsync("/gast")).ShouldContain("Vorlage mit Namen");
        await house.TellAsync("update meetings.agenda_item set level = 'internal' where id = @item", new { item });
        (await signedIn.ReadAsync("/gast")).ShouldNotContain("Vorlage mit Namen");
        await house.TellAsync("update projects.project set starts_on = current_date - 9, ends_on = current_date - 1 where id = @project", new { project });
        (await signedIn.ReadAsync("/gast")).ShouldNotContain("Fahrplan entwerfen");
        await house.TellAsync("update projects.project set ends_on = current_date + 60 where id = @project", new { project });
        var grant = (await house.UseAsync<ProjectRegister, IReadOnlyList<ProjectRegister.Guest>>(house.DistrictChair, r => r.GuestsAsync(project))).ShouldHaveSingleItem();
        (grant.Name, grant.Employer).ShouldBe(("Rita Büro", "Landtagsfraktion"));
        (await house.UseAsync<InviteGuest, Outcome<bool>>(house.LocalChair, i => i.RevokeAsync(grant.Id))).Done.ShouldBeFalse();
        (await house.UseAsync<InviteGuest, Outcome<bool>>(house.DistrictChair, i => i.RevokeAsync(grant.Id))).Done.ShouldBeTrue();
        (await signedIn.WhereAsync("/gast")).ShouldStartWith("/anmelden");
        (await house.UseAsync<InviteGuest, Outcome<bool>>(house.DistrictChair, i => i.RevokeAsync(grant.Id))).Done.ShouldBeFalse();
    }
}
