using System.Net;
using Anlauf.Platform.Database;
using Anlauf.Platform.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Anlauf.Tests.Access;

/// <summary>I10: a guest as a role × every address and × every table: one project, and nothing else.</summary>
public sealed partial class HttpMatrixTests
{
    private async Task<(int Person, int Project, int Grant)> GuestAsync(string family)
    {
        var house = http.Scene.House;
        var project = await house.AskAsync<int>("select id from projects.project where title = 'mk-projects-own'");
        var person = await house.AskAsync<int>("insert into organisation.person (division_id, given_name, family_name) values (@own, 'Gast', @family) returning id", new { own = http.Scene.Divisions["own"], family });
        var grant = await house.AskAsync<int>("insert into projects.guest (project_id, person_id, employer, valid_to) values (@project, @person, 'Fraktion', current_date + 30) returning id", new { project, person });
        foreach (var kind in new[] { "task", "meeting", "paper" })
            await house.TellAsync($"insert into projects.item (project_id, {kind}_id) select @project, min(id) from meetings.{kind} where division_id = @own and not exists (select from projects.item where project_id = @project and {kind}_id is not null) having min(id) is not null", new { project, own = http.Scene.Divisions["own"] });
        return (person, project, grant);
    }

    [Fact]
    public async Task A_guest_opens_the_own_project_and_no_other_address_shows_anything()
    {
        var guest = await GuestAsync("Fraktion");
        await using (var scope = http.Services.CreateAsyncScope())
            (await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().CreateAsync(new Account { UserName = "gast", PersonId = guest.Person, IsGuest = true }, OpenHouse.Password)).Succeeded.ShouldBeTrue();
        using var visitor = new Visitor(http.Address);
        (await visitor.SendAsync("/anmelden", "sign-in", ("name", "gast"), ("password", OpenHouse.Password), ("code", ""))).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await visitor.WhereAsync("/")).ShouldBe("/gast");
        var own = await HttpScene.OpenAsync(visitor, "/gast");
        own.Status.ShouldBe(200);
        own.Body.ShouldContain("mk-projects-own");
        own.Body.ShouldContain("Keine Parteiaufgaben mit Mandatsmitteln");
        own.Body.ShouldNotContain("mk-projects-sibling");
        var wrong = new List<string>();
        var opened = 0;
        foreach (var address in await AddressesAsync())
        {
            if (address.Url.StartsWith("/gast", StringComparison.Ordinal)) continue;
            var answer = await HttpScene.OpenAsync(visitor, address.Url);
            opened++;
            // what was typed into the address stands in the answer again
            var text = answer.Without(address.Value).Replace("mk-people-sibling", "", StringComparison.Ordinal).Replace("mk-resolutions-sibling", "", StringComparison.Ordinal);
            foreach (var mark in Opening.Keys)
                if (text.Contains($"mk-{mark}-", StringComparison.Ordinal)) wrong.Add($"sees {mark} at {address.Url}");
            if (address.Route.Policy is not (null or "own-account") && answer.Status is >= 200 and < 300) wrong.Add($"is let to {address.Url}");
            if (answer.Status >= 500) wrong.Add($"{address.Url}: {answer.Status}");
        }
        wrong.Take(20).ShouldBeEmpty($"{wrong.Count} of {opened}");
        opened.ShouldBeGreaterThan(200);
        // the last day is over
        await http.Scene.House.TellAsync("update projects.guest set valid_from = current_date - 9, valid_to = current_date - 1 where id = @Grant", new { guest.Grant });
        (await visitor.ReadAsync("/gast")).ShouldSatisfyAllConditions(p => p.ShouldContain("Ihr Zugang als Gast ist beendet"), p => p.ShouldNotContain("mk-projects"));
        // revoked: the next request finds no session
        await http.Scene.House.TellAsync("update projects.guest set valid_to = current_date + 9 where id = @Grant", new { guest.Grant });
        (await visitor.ReadAsync("/gast")).ShouldContain("mk-projects-own");
        var chair = await http.Scene.OfficerAsync("project-runner", ("projects", "edit", "P1", "own"));
        (await http.Scene.House.AskAsync<bool>("select projects.revoke(@Grant)", new { guest.Grant }, chair)).ShouldBeTrue();
        (await visitor.WhereAsync("/gast")).ShouldStartWith("/anmelden");
    }

    [Fact]
    public async Task For_the_database_a_guest_is_nobody_but_for_one_project()
    {
        var (person, project, _) = await GuestAsync("Datenbank");
        var tables = await http.Scene.House.ListAsync<string>("""
            select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'v', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') and has_table_privilege('anlauf_app', c.oid, 'select') and has_schema_privilege('anlauf_app', n.oid, 'usage') order by 1
            """);
        tables.Count.ShouldBeGreaterThan(90);
        async Task<Dictionary<string, long>> CountAsync(Action<Actor> become)
        {
            await using var scope = http.Services.CreateAsyncScope();
            become(scope.ServiceProvider.GetRequiredService<Actor>());
            var db = scope.ServiceProvider.GetRequiredService<Db>();
            var counts = new Dictionary<string, long>();
            foreach (var table in tables) counts[table] = await db.ScalarAsync<long>($"select count(*) from {table}");
            return counts;
        }
        var (nobody, guest) = (await CountAsync(_ => { }), await CountAsync(a => a.BecomeGuest(person)));
        guest.Where(g => g.Value != nobody[g.Key]).Select(g => (g.Key, g.Value)).ShouldBe([("projects.project", 1L)]);
        nobody["projects.project"].ShouldBe(0);
        // and writes nothing
        await using var scope = http.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().BecomeGuest(person);
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        (await db.ExecuteAsync("update projects.project set title = 'mein' where id = @project", new { project })).ShouldBe(0);
        (await db.ScalarAsync<int>("select count(*)::int from projects.contents(@project)", new { project })).ShouldBe(3);
        (await db.ScalarAsync<int>("select count(*)::int from projects.guests(@project)", new { project })).ShouldBe(0);
        foreach (var other in await http.Scene.House.ListAsync<int>("select id from projects.project where id <> @project", new { project }))
            (await db.ScalarAsync<int>("select count(*)::int from projects.contents(@other)", new { other })).ShouldBe(0);
        (await db.ScalarAsync<bool>("select access.actor() is null and access.person_id() is null and not access.is_system()")).ShouldBeTrue();
    }
}
