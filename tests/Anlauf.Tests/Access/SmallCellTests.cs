using Anlauf.Platform.Privacy;
using Anlauf.Rooms.Situation;
using Anlauf.Rooms.Situation.Profiles;
using Anlauf.Rooms.Territory;
using Microsoft.Extensions.DependencyInjection;

namespace Anlauf.Tests.Access;

/// <summary>Numbers of people from 1 to 4 are not said, and nobody finds them by subtracting what is said.</summary>
public sealed class SmallCellTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>
{
    [Fact]
    public void No_difference_of_sums_gives_a_hidden_number_away()
    {
        // every world of three places with 0 to 12 people, and of each everything a reader is told: the three numbers and the sums of every choice of them
        var told = new Dictionary<string, HashSet<int>[]>();
        for (var world = 0; world < 13 * 13 * 13; world++)
        {
            int[] places = [world % 13, world / 13 % 13, world / 169];
            var shown = places.Select(n => SmallCounts.Shown(n)).ToArray();
            var text = string.Join(" | ", Enumerable.Range(1, 7).Select(choice => SmallCounts.Sum(shown.Where((_, i) => (choice >> i & 1) == 1))).Concat(places.Select(n => SmallCounts.Of(n))));
            if (!told.TryGetValue(text, out var possible)) told[text] = possible = [[], [], []];
            for (var i = 0; i < 3; i++) possible[i].Add(places[i]);
        }
        // whoever is told the same cannot tell these worlds apart: each hidden number can still be any of the four
        foreach (var (text, possible) in told)
            foreach (var numbers in possible)
                (numbers.Count == 1 ? numbers.Single() is 0 or >= SmallCounts.Least : numbers.SetEquals([1, 2, 3, 4])).ShouldBeTrue(text);
        told.Count.ShouldBe(10 * 10 * 10, "ten things can be said of a place: 0, unter 5, and 5 to 12");
    }

    [Fact]
    public void A_sum_of_what_is_shown_is_exact_and_one_with_a_hidden_part_is_about()
    {
        SmallCounts.Sum([20, 31]).ShouldBe("51");
        SmallCounts.Sum([20, 31, null]).ShouldBe("etwa 55");
        SmallCounts.Sum([1200, null]).ShouldBe("etwa 1.205");
        SmallCounts.Sum([]).ShouldBe("0");
        (SmallCounts.Of(4), SmallCounts.Of(4, exact: true), SmallCounts.Of(5), SmallCounts.Of(0)).ShouldBe(("unter 5", "4", "5", "0"));
    }

    [Fact]
    public async Task Every_room_says_the_same_numbers_and_the_sum_of_a_district_does_not_move_with_a_hidden_one()
    {
        await house.TellAsync("insert into members.member_count select m.ags, current_date, 7 + abs(hashtext(m.ags)) % 30 from territory.municipality m where m.ags like '14%' on conflict do nothing");
        var sums = new Dictionary<int, HashSet<string>>();
        foreach (var small in new[] { 1, 2, 3, 4 })
        {
            // 14522 is the district chair's own, 14523 is not
            await house.TellAsync("update members.member_count set members = @small where area_key in ('14523020', '14522180')", new { small });
            await house.UseAsync<Coverage, int>(null, c => c.SnapshotAsync(DateOnly.FromDateTime(DateTime.Today), ["members.count"]));
            foreach (var reader in new[] { house.DistrictChair, house.LocalChair, house.LocalMember, house.StateManager, house.MinuteTaker })
            {
                var list = await house.ListAsync<string>("select area_key || ' ' || coalesce(members, -1) from members.count_by_municipality() where area_key like '14%' order by 1", person: reader);
                (await house.ListAsync<string>("select area_key || ' ' || coalesce(value, -1)::int from situation.values_of('members.count', '14') order by 1", person: reader)).ShouldBe(list);
                list.Contains($"14523020 {small}").ShouldBe(reader == house.StateManager);
                var figures = await house.UseAsync<AreaProfile, IReadOnlyList<Figure>>(reader, async p =>
                {
                    await using var scope = house.Scope(reader);
                    var territory = scope.ServiceProvider.GetRequiredService<TerritoryDirectory>();
                    return await p.FiguresOfDistrictAsync((await territory.DistrictsAsync("14")).Single(d => d.Key == "14523"), await territory.MunicipalitiesAsync("14"));
                });
                var members = figures.Single(f => f.Title == "Mitglieder");
                if (!sums.TryGetValue(reader, out var said)) sums[reader] = said = [];
                said.Add(members.Value);
            }
        }
        sums[house.StateManager].Count.ShouldBe(4, "who may see the persons sees the sum");
        foreach (var reader in new[] { house.DistrictChair, house.LocalChair, house.LocalMember, house.MinuteTaker })
            sums[reader].ShouldHaveSingleItem().ShouldStartWith("etwa ");
    }
}
