using System.Globalization;
using Anlauf.Platform.Database;
using Anlauf.Rooms.Members.Register;
using Anlauf.Testing;
using Anlauf.Tests.Access;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Anlauf.Tests.Members;

/// <summary>
/// The list of members at size, as a state, a district and a local office see it; 12,000 members by default (H12), ANLAUF_PERSONS=500000
/// gives the figures of docs/measurements.md.
/// </summary>
public sealed class MembersAtSizeTests(TestDatabase database, ITestOutputHelper output) : IClassFixture<TestDatabase>
{
    private static readonly int Persons = int.TryParse(Environment.GetEnvironmentVariable("ANLAUF_PERSONS"), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 12_000;

    [Fact]
    public async Task Lists_and_counts_of_members_stay_quick()
    {
        var who = await NationalSize.FillAsync(database.Connections.Owner, Persons, Math.Max(200, Persons / 250));
        await NationalSize.FillMembersAsync(database.Connections.Owner);
        output.WriteLine($"{Persons} persons");
        var slow = new List<string>();
        foreach (var (level, person) in new[] { ("state", who.State), ("district", who.District), ("local", who.Local) })
        {
            await using var scope = database.As(person);
            var list = scope.ServiceProvider.GetRequiredService<MemberList>();
            var backend = (await scope.ServiceProvider.GetRequiredService<Db>().OpenAsync()).ProcessID;
            (string What, MemberFilter Filter, string Sort)[] lists =
            [
                ("everybody", new(), "name"), ("members", new(Kind: "member", Standing: "active"), "name"), ("members by division", new(Kind: "member", Standing: "active"), "gliederung"), ("in admission", new(Kind: "member", Standing: "waiting"), "name"),
                ("by last contact", new(), "zuletzt"), ("by last, latest", new(), "-zuletzt"), ("members by last", new(Kind: "member", Standing: "active"), "zuletzt"), ("members, latest", new(Kind: "member", Standing: "active"), "-zuletzt"),
                ("new in 60 days", new(Days: 60), "name"), ("former", new(Standing: "left"), "name"), ("rare offer", new(Offer: "Gebärdensprache"), "name"), ("any offer", new(Offer: "*"), "name"), ("members named", new("berg", Kind: "member"), "name"), ("without", new(Kind: "none"), "name"),
            ];
            foreach (var (what, filter, sort) in lists)
            {
                var (found, total) = (0, 0);
                var page = await NationalSize.MeasureAsync(40, async () =>
                {
                    var shown = await list.PageAsync(filter, sort.TrimStart('-'), sort[0] == '-', 0, 25);
                    (found, total) = (shown.Rows.Count, shown.Total);
                }, backend);
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{level,-9} {what,-20} best {page.Best,6:0.0} ms   median {page.Median,6:0.0} ms   p95 {page.P95,6:0.0} ms   cpu {page.Cpu,5:0.0} ms   {total} persons, {found} on the page"));
                if (page.Best > Quiet.Limit(0.05).TotalMilliseconds) slow.Add($"{level}, {what}: {page.Best:0} ms");
            }
            // the whole of a long list in either direction: nobody twice, nobody left out where the two parts meet
            foreach (var down in new[] { false, true })
            {
                var (order, filter) = (new List<int>(), new MemberFilter(Kind: "member", Standing: "active"));
                var whole = (await list.PageAsync(filter, "zuletzt", down, 0, 1)).Total;
                for (var from = 0; from < whole && whole <= filter.CountedUpTo; from += 500) order.AddRange((await list.PageAsync(filter, "zuletzt", down, from, 500)).Rows.Select(r => r.Id));
                if (whole <= filter.CountedUpTo && (order.Count != whole || order.Distinct().Count() != whole)) slow.Add($"{level}, by last contact{(down ? " down" : "")}: {order.Distinct().Count()} of {whole}");
            }
            var beside = await NationalSize.MeasureAsync(10, async () => await list.CountsAsync([.. MemberFilter.Common.Select(c => (MemberFilter.FromQuery(c.Query), MemberList.CountedBeside))]), backend);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{level,-9} {"nine counts beside",-20} best {beside.Best,6:0.0} ms   median {beside.Median,6:0.0} ms   p95 {beside.P95,6:0.0} ms   cpu {beside.Cpu,5:0.0} ms"));
            if (beside.Best > Quiet.Limit(0.1).TotalMilliseconds) slow.Add($"{level}, counts beside: {beside.Best:0} ms");
        }
        slow.ShouldBeEmpty();
    }
}
