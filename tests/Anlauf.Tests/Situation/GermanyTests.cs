using System.Diagnostics;
using Anlauf.Platform.Database;
using Anlauf.Rooms.Situation;
using Anlauf.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit.Abstractions;

namespace Anlauf.Tests.Situation;

/// <summary>The Lage for the whole country: as many municipalities as Germany has, eight goals on eight indicators, generated figures.</summary>
public sealed class GermanyTests(TestDatabase database, ITestOutputHelper output) : IClassFixture<TestDatabase>
{
    private const int Municipalities = 10_786;

    private const string Country = """
        insert into territory.source (id, line) values ('made-up', 'erzeugt') on conflict do nothing;
        insert into territory.state select lpad(s::text, 2, '0'), 'Land ' || s, date '2024-12-31' from generate_series(1, 16) s;
        insert into territory.district select lpad((d % 16 + 1)::text, 2, '0') || lpad(d::text, 3, '0'), lpad((d % 16 + 1)::text, 2, '0'), 'Kreis ' || d, 44, d % 4 = 0 from generate_series(1, 400) d;
        insert into territory.municipality (ags, ars, name, kind, state_key, district_key, population, area_km2, longitude, latitude, register_on, source_id)
          select key || lpad(n::text, 3, '0'), key || '0000' || lpad(n::text, 3, '0'), 'Gemeinde ' || key || n, 63, left(key, 2), key, 200 + (abs(hashtext(key || n)) % 30000), 25, 10, 51, date '2024-12-31', 'made-up'
          from (select key, row_number() over (order by key) as d from territory.district) k, generate_series(1, 27) n where (d - 1) * 27 + n <= @Municipalities;
        insert into territory.election select kind || s, kind || ' ' || s, kind, s, date '2024-06-09', 'made-up' from (select key as s from territory.state) x, (values ('MunicipalCouncil'), ('StateParliament')) k (kind);
        insert into territory.result select e.id, m.ags, m.name, m.population, m.population / 2, m.population / 2 from territory.municipality m join territory.election e on e.state_key = m.state_key;
        insert into territory.list_result select r.election_id, r.ags, 'Liste ' || n, n::smallint, (abs(hashtext(r.ags || n)) % 3) > 0, case when (abs(hashtext(r.ags || n)) % 3) > 0 then r.valid_votes / 8 end, n from territory.result r, generate_series(1, 8) n;
        insert into platform.setting (key, value) values ('own-list', 'Liste 3');
        insert into members.member_count select ags, date '2026-11-01', abs(hashtext(ags)) % 60 from territory.municipality;
        insert into organisation.division (kind, name, short_name, slug) values ('StateAssociation', 'Bund', 'Bund', 'bund');
        insert into presence.contact_point (division_id, kind_id, name, slug, ags, opened_on) select d.id, 'party-office', 'Büro ' || ags, 'buero-' || ags, ags, date '2025-01-01' from territory.municipality, organisation.division d where abs(hashtext(ags)) % 9 = 0;
        """;

    [Fact]
    public async Task The_state_of_eight_goals_in_the_whole_country_is_there_in_less_than_a_tenth_of_a_second()
    {
        await using var scope = database.AsSystem();
        var (db, coverage) = (scope.ServiceProvider.GetRequiredService<Db>(), scope.ServiceProvider.GetRequiredService<Coverage>());
        foreach (var statement in Country.Split(";\n")) await db.ExecuteAsync(statement, new { Municipalities });
        coverage.Indicators.Count.ShouldBeGreaterThanOrEqualTo(8);
        foreach (var indicator in coverage.Indicators.Take(8))
            await db.ExecuteAsync("insert into situation.goal (division_id, slug, title, indicator_id, target, level, started_on) select id, @Id, @Name, @Id, 2, @level, date '2026-01-01' from organisation.division",
                new { indicator.Id, indicator.Name, level = indicator.Level == AreaLevel.District ? "district" : "municipality" });
        var refresh = Stopwatch.StartNew();
        await coverage.SnapshotAsync(new DateOnly(2026, 11, 21));
        output.WriteLine($"all figures renewed in {refresh.ElapsedMilliseconds} ms");
        // as autovacuum does soon after a change of this size
        await using (var owner = new NpgsqlConnection(database.Connections.Owner))
        {
            await owner.OpenAsync();
            await using var analyze = new NpgsqlCommand("analyze", owner);
            await analyze.ExecuteNonQueryAsync();
        }

        var goals = await coverage.GoalsAsync();
        var times = new List<double>();
        // a server has answered before: the first runs pay for compilation
        for (var run = 0; run < 75; run++)
        {
            var watch = Stopwatch.StartNew();
            var counts = await coverage.CountAsync(goals);
            var counted = watch.Elapsed;
            var chosen = await coverage.MeasureAsync(goals.First(g => g.Level == "municipality"));
            if (run >= 60) times.Add(watch.Elapsed.TotalMilliseconds);
            chosen.Areas.Count.ShouldBe(Municipalities);
            counts.Count.ShouldBe(8);
            counts.Where(c => c.Goal.Level == "municipality").ShouldAllBe(c => c.Total == Municipalities);
            if (run is 0 or >= 60) output.WriteLine($"{watch.Elapsed.TotalMilliseconds:0} ms, of that counting {counted.TotalMilliseconds:0} ms");
        }
        times.Sort();
        times[0].ShouldBeLessThan(Quiet.Limit(0.1).TotalMilliseconds);
        output.WriteLine($"fifteen after sixty: best {times[0]:0} ms, median {times[7]:0} ms, worst {times[^1]:0} ms");
    }
}
