using System.Net;
using Anlauf.Platform.Access;
using Anlauf.Platform.Database;
using Anlauf.Platform.Hosting;
using Anlauf.Platform.Identity;
using Anlauf.Rooms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Anlauf.Tests.Access;

/// <summary>Handlers that forgot everything: no right, no filter, whatever id and column the address says. The database still gives out no foreign row.</summary>
public sealed class BrokenHandlerTests(Scene scene) : IClassFixture<Scene>
{
    // what somebody in a hurry might write; „insert“, „update“ and „delete“ included
    private sealed class Broken : IRoom
    {
        public void AddServices(IServiceCollection services) { }

        public void MapEndpoints(IEndpointRouteBuilder endpoints)
        {
            foreach (var open in new[] { "/kaputt", "/kaputt/offen" })
            {
                var route = endpoints.MapGet(open, async (string sql, Db db, CancellationToken ct) =>
                {
                    try { return string.Join('\n', await db.QueryAsync<string>(sql, ct: ct)); }
                    catch (Npgsql.PostgresException e) { return e.SqlState; }
                });
                if (open.EndsWith("offen", StringComparison.Ordinal)) route.AllowAnonymous();
                else route.RequireAuthorization(AccessSetup.SignedIn);
            }
            // and one that forgot even to say who may open it
            endpoints.MapGet("/kaputt/vergessen", () => "offen");
        }
    }

    [Fact]
    public async Task A_handler_without_any_check_gives_out_no_foreign_row()
    {
        await using var app = await AnlaufHost.BuildAsync([.. RoomList.All, new Broken()], scene.House.Connections, OpenHouse.Configure);
        await app.StartAsync();
        await using (var scope = app.Services.CreateAsyncScope())
            (await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().CreateAsync(new Account { UserName = "kreis", PersonId = await scene.OfficerAsync("district-chair") }, OpenHouse.Password)).Succeeded.ShouldBeTrue();
        using var chair = new Visitor(new Uri(app.Urls.Single()));
        (await chair.SendAsync("/anmelden", "sign-in", ("name", "kreis"), ("password", OpenHouse.Password), ("code", ""))).StatusCode.ShouldBe(HttpStatusCode.Found);
        using var stranger = new Visitor(new Uri(app.Urls.Single()));
        Task<string> AskAsync(string sql) => chair.ReadAsync("/kaputt?sql=" + Uri.EscapeDataString(sql));

        // everything, from every table at once
        var everything = await AskAsync("select title || wording from meetings.resolution union all select family_name || email from organisation.person union all select name || address from presence.contact_point union all select title from situation.goal union all select text from meetings.document");
        everything.ShouldContain("mk-people-own");
        everything.ShouldNotContain("sibling");
        (await AskAsync("select count(*)::text from organisation.person where family_name like '%sibling%'")).ShouldBe("0");
        (await AskAsync("select max(family_name) from organisation.person where family_name like '%sibling'")).ShouldBe("");
        (await AskAsync("select family_name from organisation.person order by (division_id = (select division_id from meetings.meeting where slug = 'mk-meeting-sibling')), id limit 1")).ShouldNotContain("sibling");
        (await AskAsync("update organisation.person set family_name = 'gekapert' where family_name like 'mk-people-sibling' returning family_name")).ShouldBe("");
        (await AskAsync("delete from meetings.resolution where slug = 'mk-resolution-sibling' returning slug")).ShouldBe("");
        (await AskAsync("insert into meetings.meeting (division_id, title, held_on, slug) select id, 'x', current_date, 'x' from organisation.division where slug = 'kreis-14521' returning slug")).ShouldBe("42501");
        // nor does it become somebody else, switch the policies off or read around them
        foreach (var way in new[] { "set role anlauf_owner", "alter table organisation.person disable row level security", "select user_name from identity.account", "select password_hash from identity.account", "select person_id::text from access.path" })
            (await AskAsync(way)).ShouldBeOneOf("", "42501");
        // without an actor there is no row at all, whatever the page forgot
        (await stranger.ReadAsync("/kaputt/offen?sql=" + Uri.EscapeDataString("select family_name from organisation.person union all select title from meetings.resolution"))).ShouldBe("");
        // an endpoint that declares nothing is closed
        (await chair.WhereAsync("/kaputt/vergessen")).ShouldBeOneOf("403", "/kein-zugriff?weiter=%2Fkaputt%2Fvergessen");
    }
}
