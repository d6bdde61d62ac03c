using System.Globalization;
using Anlauf.Platform.Database;
using Anlauf.Rooms.Organisation.Persons;
using Anlauf.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit.Abstractions;

namespace Anlauf.Tests.Access;

/// <summary>
/// The register of persons at size, as a state, a district and a local office see it. 40,000 persons by default, so that growth is
/// noticed; ANLAUF_PERSONS=500000 gives the figures of docs/measurements.md.
/// </summary>
public sealed class NationalSizeTests(TestDatabase database, ITestOutputHelper output) : IClassFixture<TestDatabase>
{
    private static readonly int Persons = int.TryParse(Environment.GetEnvironmentVariable("ANLAUF_PERSONS"), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 40_000;
    private static readonly int Divisions = Math.Max(200, Persons / 250);

    [Fact]
    public async Task Lists_counts_and_exports_of_persons_stay_quick_at_national_size()
    {
        var who = await NationalSize.FillAsync(database.Connections.Owner, Persons, Divisions);
        output.WriteLine($"{Persons} persons, {Divisions} divisions");
        var slow = new List<string>();
        foreach (var (level, person, division) in new[] { ("state", who.State, who.DistrictDivision), ("district", who.District, who.LocalDivision), ("local", who.Local, who.LocalDivision) })
        {
            await using var scope = database.As(person);
            var register = scope.ServiceProvider.GetRequiredService<PersonRegister>();
            var backend = (await scope.ServiceProvider.GetRequiredService<Db>().OpenAsync()).ProcessID;
            (string What, PersonRegister.Filter Filter, string Sort, bool Down, int Offset)[] lists =
            [
                ("all by name", new(), "name", false, 0), ("all by name, down", new(), "name", true, 0), ("all by division", new(), "gliederung", false, 0), ("page 200", new(), "name", false, 4975),
                ("rare name", new("dilek kaufkötter"), "name", false, 0), ("frequent name", new("mann"), "name", false, 0), ("one letter", new("a"), "gliederung", true, 0),
                ("one division", new("", division), "name", false, 0), ("one division and name", new("berg", division), "gliederung", false, 50),
            ];
            foreach (var list in lists)
            {
                var (found, total) = (0, 0);
                var page = await NationalSize.MeasureAsync(40, async () =>
                {
                    var shown = await register.PageAsync(list.Filter, list.Sort, list.Down, list.Offset, 25);
                    (found, total) = (shown.Rows.Count, shown.Total);
                }, backend);
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{level,-9} {list.What,-22} best {page.Best,6:0.0} ms   median {page.Median,6:0.0} ms   p95 {page.P95,6:0.0} ms   cpu {page.Cpu,5:0.0} ms   {total} persons, {found} on the page"));
                if (page.Best > Quiet.Limit(0.05).TotalMilliseconds) slow.Add($"{level}, {list.What}: {page.Best:0} ms");
            }
        }
        await ExportsAsync(who);
        slow.ShouldBeEmpty();
        await PredicateAsync(who);
    }

    // the same page and the same rows, once as the state's office and once without any right: no reach, no policy
    private async Task PredicateAsync(NationalSize.Lookers who)
    {
        const string Rows = """
            select p.id, p.given_name, p.family_name, d.short_name, p.email, p.phone, array(select o.name || ', ' || od.short_name from organisation.office_holding h join organisation.office o on o.id = h.office_id join organisation.division od on od.id = o.division_id
              where h.person_id = p.id and current_date between h.valid_from and coalesce(h.valid_to, 'infinity'::date) order by o.sort, o.id) from organisation.person p join organisation.division d on d.id = p.division_id where p.id = any ($1) order by array_position($1, p.id)
            """;
        await using var owner = new NpgsqlConnection(database.Connections.Owner);
        await owner.OpenAsync();
        await using (var bare = new NpgsqlCommand("""
            create schema bare;
            do $$ declare def text; begin
              def := replace(pg_get_functiondef('organisation.persons_asked(text,integer)'::regprocedure), 'organisation.persons_asked', 'bare.persons_asked');
              execute replace(replace(def, 'access.whole(''P2'', ''people'', ''read'')', 'true'), 'privacy.hidden_persons()', 'array[]::integer[]');
              execute replace(replace(pg_get_functiondef('organisation.page_of_persons(text,integer,text,boolean,integer,integer)'::regprocedure), 'organisation.page_of_persons', 'bare.page_of_persons'), 'organisation.persons_asked', 'bare.persons_asked');
            end $$;
            """, owner)) await bare.ExecuteNonQueryAsync();
        await using var scope = database.As(who.State);
        var acting = await scope.ServiceProvider.GetRequiredService<Db>().OpenAsync();
        static async Task OnceAsync(NpgsqlConnection connection, string schema)
        {
            await using var page = new NpgsqlCommand($"select total, ids from {schema}.page_of_persons('', null, 'name', false, 0, 25)", connection);
            await page.PrepareAsync();
            int[] ids;
            await using (var reader = await page.ExecuteReaderAsync()) ids = await reader.ReadAsync() ? reader.GetFieldValue<int[]>(1) : [];
            ids.Length.ShouldBe(25);
            await using var rows = new NpgsqlCommand(Rows, connection) { Parameters = { new() { Value = ids } } };
            await rows.PrepareAsync();
            var found = 0;
            await using (var reader = await rows.ExecuteReaderAsync()) while (await reader.ReadAsync()) found++;
            found.ShouldBe(25);
        }
        // in turns, so that what else the machine does meets both
        var (with, without) = (new List<double>(), new List<double>());
        for (var round = 0; round < 8; round++)
        {
            with.Add((await NationalSize.MeasureAsync(25, () => OnceAsync(acting, "organisation"))).Best);
            without.Add((await NationalSize.MeasureAsync(25, () => OnceAsync(owner, "bare"))).Best);
        }
        var (dearer, plain) = (with.Order().ElementAt(3), without.Order().ElementAt(3));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"state's page with all rights {dearer:0.00} ms, the same without any {plain:0.00} ms: {100 * (dearer - plain) / plain:0} % more (each the median of eight bests of 25)"));
        // under 20 % at national size; a small database is given room, and a busy machine, which meets the two unequally, more of it
        dearer.ShouldBeLessThan(1.5 * plain + Quiet.Limit(0.001).TotalMilliseconds);
    }

    // as the district's deputy would: the list of one district, and of the whole association where somebody may
    private async Task ExportsAsync(NationalSize.Lookers who)
    {
        await using (var system = database.AsSystem())
            await system.ServiceProvider.GetRequiredService<Db>().ExecuteAsync("insert into access.role_right values ('state-manager', 'people', 'export', 'P2', 'subtree')");
        foreach (var (level, person) in new[] { ("state", who.State), ("district", who.District) })
        {
            await using var scope = database.As(person);
            await using var file = new CountingStream();
            var watch = System.Diagnostics.Stopwatch.StartNew();
            var written = await scope.ServiceProvider.GetRequiredService<PersonExport>().WriteAsync(new(), file);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{level,-9} export of {written} persons, {file.Length / 1024} KB: {watch.Elapsed.TotalSeconds:0.00} s, largest piece {file.Largest} bytes"));
            (watch.Elapsed * (10_000.0 / Math.Max(written, 10_000))).ShouldBeLessThan(Quiet.Limit(5));
            file.Largest.ShouldBeLessThan(100_000);
        }
    }

    // keeps nothing, so that what is measured is the writing
    private sealed class CountingStream : MemoryStream
    {
        private long written;
        public int Largest { get; private set; }
        public override long Length => written;
        public override void Write(ReadOnlySpan<byte> buffer) => (written, Largest) = (written + buffer.Length, Math.Max(Largest, buffer.Length));
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Write(buffer.Span);
            return ValueTask.CompletedTask;
        }
    }
}
