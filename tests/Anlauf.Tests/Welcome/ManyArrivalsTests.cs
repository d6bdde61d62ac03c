using System.Diagnostics;
using Anlauf.Rooms.Situation;
using Anlauf.Rooms.Welcome.Arrivals;
using Anlauf.Testing;
using Xunit.Abstractions;

namespace Anlauf.Tests.Welcome;

/// <summary>A wave of joins: two thousand at once find their contacts, and the pages of the state stay quick.</summary>
public sealed class ManyArrivalsTests(AssociationDatabase house, ITestOutputHelper output) : IClassFixture<AssociationDatabase>
{
    [Fact]
    public async Task Two_thousand_who_join_at_once_are_routed_evenly_and_shown()
    {
        foreach (var district in new[] { "14511", "14521", "14522", "14523", "14612", "14713" })
            for (var i = 0; i < 2; i++) await house.ContactAsync("kreis-" + district, $"Kontakt {district} {i}", capacity: 500);
        await house.TellAsync("""
            insert into organisation.person (division_id, given_name, family_name) select d.id, 'Welle', 'Nummer ' || i from generate_series(1, 2000) i
            join organisation.division d on d.slug = 'kreis-' || (array['14511', '14521', '14522', '14523', '14612', '14713'])[1 + i % 6]
            """);
        var clock = Stopwatch.StartNew();
        await house.TellAsync("""
            insert into members.party_membership (person_id, division_id, kind, state, received_on, entered_on, area_key)
            select p.id, p.division_id, 'member', 'active', current_date - (p.id % 60), current_date, (select min(m.ags) from territory.current_municipality m where m.district_key = right(d.slug, 5) and m.has_council)
            from organisation.person p join organisation.division d on d.id = p.division_id where p.given_name = 'Welle'
            """);
        output.WriteLine($"2,000 joins routed in {clock.Elapsed.TotalSeconds:0.0} s");
        var open = await house.ListAsync<int>("select count(*)::int from welcome.arrival a join organisation.person p on p.id = a.contact_person_id where a.closed_on is null group by a.contact_person_id");
        open.Sum().ShouldBe(2000);
        // two contacts of a district differ by one at most; districts have 333 or 334 each
        open.ShouldAllBe(n => n >= 166 && n <= 168);
        var list = await BestAsync(async () => (await house.UseAsync<ArrivalRegister, IReadOnlyList<Arrival>>(house.StateManager, r => r.ListAsync(new(), DateOnly.FromDateTime(DateTime.Today)))).Count.ShouldBe(2000));
        var today = await BestAsync(async () => (await house.UseAsync<TodayTasks, int>(house.StateManager, t => t.CountAsync())).ShouldBeGreaterThan(0));
        output.WriteLine($"list of 2,000 arrivals for the state: {list.TotalMilliseconds:0} ms; tasks of today: {today.TotalMilliseconds:0} ms");
        list.ShouldBeLessThan(Quiet.Limit(0.5));
        today.ShouldBeLessThan(Quiet.Limit(1));
    }

    private static async Task<TimeSpan> BestAsync(Func<Task> work)
    {
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < 5; i++)
        {
            var clock = Stopwatch.StartNew();
            await work();
            if (clock.Elapsed < best) best = clock.Elapsed;
        }
        return best;
    }
}
