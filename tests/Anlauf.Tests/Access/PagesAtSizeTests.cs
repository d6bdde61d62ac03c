using System.Globalization;
using Anlauf.Platform.Hosting;
using Anlauf.Platform.Identity;
using Anlauf.Rooms;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit.Abstractions;

namespace Anlauf.Tests.Access;

/// <summary>
/// Every page that is reached without knowing anything, as a state, a district and a local office open it in a large association; 12,000
/// people by default, ANLAUF_PERSONS=500000 gives the figures of docs/measurements.md. The time is the server's: from the request to the
/// first byte, over the loopback.
/// </summary>
public sealed class PagesAtSizeTests(TestDatabase database, ITestOutputHelper output) : IClassFixture<TestDatabase>
{
    private static readonly int Persons = int.TryParse(Environment.GetEnvironmentVariable("ANLAUF_PERSONS"), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 12_000;

    // lists as they are asked for; the rest of the pages by their own address
    private static readonly string[] Asked = ["/menschen?art=member&stand=active", "/menschen?name=berg", "/menschen?stand=left", "/menschen?art=member&sort=gliederung", "/menschen/ankommen?ansicht=liste", "/menschen/betreuung?plan=anniversary", "/verwaltung/personen?name=berg", "/suche?q=berg"];

    [Fact]
    public async Task Pages_answer_quickly_however_many_people_there_are()
    {
        var who = await NationalSize.FillAsync(database.Connections.Owner, Persons, Math.Max(200, Persons / 250));
        await FillAsync();
        await using var app = await AnlaufHost.BuildAsync(RoomList.All, database.Connections, OpenHouse.Configure);
        await app.StartAsync();
        var address = new Uri(app.Urls.Single());
        var pages = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')).Where(p => !p.Contains('{')).Concat(Asked).Distinct().Order(StringComparer.Ordinal).ToList();
        var (slow, figures) = (new List<string>(), new List<(double Best, string Line)>());
        foreach (var (level, person) in new[] { ("state", who.State), ("district", who.District), ("local", who.Local) })
        {
            using var visitor = await SignInAsync(app.Services, address, level, person);
            foreach (var page in pages)
            {
                var status = 0;
                var (best, median, p95, _) = await NationalSize.MeasureAsync(7, async () =>
                {
                    using var answer = await visitor.OpenAsync(page);
                    status = (int)answer.StatusCode;
                });
                if (status >= 500) slow.Add($"{level} {page}: {status}");
                if (best > 1000) slow.Add($"{level} {page}: {best:0} ms");
                if (status == 200) figures.Add((best, string.Create(CultureInfo.InvariantCulture, $"{level,-9} {page,-48} best {best,6:0} ms   median {median,6:0} ms   p95 {p95,6:0} ms")));
            }
        }
        output.WriteLine($"{Persons} persons, {figures.Count} pages, {figures.Count(f => f.Best > 50)} above 50 ms at best");
        foreach (var (_, line) in figures.OrderByDescending(f => f.Best)) output.WriteLine(line);
        slow.ShouldBeEmpty();
        figures.Count.ShouldBeGreaterThan(60);
    }

    // nine of ten are members; one in 31 (no divisor of the numbers the others are told apart by) came within four months and is arriving, a third of those have arrived
    private async Task FillAsync()
    {
        await using var owner = new NpgsqlConnection(database.Connections.Owner);
        await owner.OpenAsync();
        await using var fill = new NpgsqlCommand("""
            alter table members.party_membership disable trigger user; alter table members.trait disable trigger user; alter table welcome.arrival disable trigger user; alter table welcome.step disable trigger user; alter table welcome.call disable trigger user;
            insert into members.party_membership (person_id, division_id, kind, state, received_on, effective_on, left_on, left_reason)
              select p.id, p.division_id, case when p.id % 50 = 0 then 'guest' when p.id % 9 = 0 then 'supporter' else 'member' end, case when p.id % 13 = 0 then 'left' when p.id % 97 = 0 then 'awaiting-objection' else 'active' end,
                j.day, j.day, case when p.id % 13 = 0 then current_date - 1 end, case when p.id % 13 = 0 then 'resigned' end
              from organisation.person p cross join lateral (select current_date - case when p.id % 31 = 0 then p.id / 31 % 120 else 120 + (p.id::bigint * 7919 % 12000)::int end as day) j where p.id % 10 > 0 or p.id % 50 = 0;
            insert into members.trait (person_id, kind, label) select id, 'offer', case when id % 3000 = 0 then 'Gebärdensprache' else 'Infostand' end from organisation.person where id % 20 = 0;
            insert into welcome.arrival (membership_id, person_id, division_id, way, received_on, opened_on, effective_on, closed_on, outcome)
              select m.id, m.person_id, m.division_id, 'local', m.received_on, m.received_on, m.effective_on, case when m.id % 3 = 0 then current_date - 1 end, case when m.id % 3 = 0 then 'arrived' end
              from members.party_membership m where m.received_on > current_date - 120 and m.state <> 'left' and m.kind = 'member';
            insert into welcome.step (arrival_id, step, promised_on, done_on)
              select a.id, s.step, a.received_on + s.days, case when a.id % 4 > 0 and a.received_on + s.days - a.id % 7 <= current_date then a.received_on + s.days - a.id % 7 end
              from welcome.arrival a cross join (values ('entered', 14), ('first-contact', 14), ('first-meeting', 60)) s (step, days);
            insert into welcome.call (id, arrival_id, person_id, at, outcome) select gen_random_uuid(), a.id, a.person_id, now() - interval '2 days', 'missed' from welcome.arrival a where a.id % 2 = 0;
            insert into organisation.entrusted (person_id, division_id, because) select a.person_id, a.division_id, 'Ansprechperson beim Ankommen' from welcome.arrival a where a.closed_on is null;
            select members.recount_active();
            select welcome.renew_next();
            alter table members.party_membership enable trigger user; alter table members.trait enable trigger user; alter table welcome.arrival enable trigger user; alter table welcome.step enable trigger user; alter table welcome.call enable trigger user;
            """, owner)
        { CommandTimeout = 600 };
        await fill.ExecuteNonQueryAsync();
        // as the database does by itself within a minute
        foreach (var table in new[] { "members.party_membership", "members.trait", "welcome.arrival", "welcome.step", "welcome.call", "organisation.entrusted", "members.active_count" })
        {
            await using var tidy = new NpgsqlCommand($"vacuum analyze {table}", owner) { CommandTimeout = 600 };
            await tidy.ExecuteNonQueryAsync();
        }
    }

    private static async Task<Visitor> SignInAsync(IServiceProvider services, Uri address, string name, int person)
    {
        await using var scope = services.CreateAsyncScope();
        (await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().CreateAsync(new Account { UserName = name, PersonId = person }, OpenHouse.Password)).Succeeded.ShouldBeTrue();
        var visitor = new Visitor(address);
        (await visitor.SendAsync("/anmelden", "sign-in", ("name", name), ("password", OpenHouse.Password), ("code", ""))).StatusCode.ShouldBe(System.Net.HttpStatusCode.Found);
        return visitor;
    }
}
