using Anlauf.Planning.Assignment.Sponsors;

namespace Anlauf.Planning.Tests.Assignment;

public class PricedSetsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(2, 1_000_000_007)]
    public void The_bound_and_the_list_are_those_of_all_sets_one_by_one(int workers, long unit)
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var problem = SponsorTests.Random(seed, false);
            if (problem.MaxLoad < 1) continue;
            problem = new SponsorProblem(problem.Instance, problem.Members, problem.Population, [.. problem.Cost.Select(c => c * unit)], problem.MinLoad, problem.MaxLoad, [], false, problem.Pins);
            var random = new Random(seed);
            var priced = new PricedSets(problem, 4, workers);
            // the second time cheapest sets are known that leave constituencies out
            for (var time = 0; time < 3; time++)
            {
                var u = Enumerable.Range(0, problem.Constituencies).Select(_ => random.NextInt64(-20, 200) * unit).ToArray();
                var room = random.NextInt64(0, 150) * unit;
                var sets = Enumerable.Range(0, problem.Members).Select(m => All(problem, m, u, 4)).ToArray();
                var bound = priced.Bound(u);
                if (sets.Any(own => own.Count == 0))
                {
                    bound.ShouldBe(1L << 58);
                    continue;
                }
                bound.ShouldBe(u.Sum() + sets.Sum(own => own.Min(s => s.Price)), problem.Instance);
                var list = priced.List(u, room, 100_000)!;
                for (var m = 0; m < problem.Members; m++)
                {
                    var own = sets[m];
                    var expected = own.Where(s => s.Price <= own.Min(o => o.Price) + room).Select(s => s.Set).Order().ToArray();
                    list.Sets[list.MemberStart[m]..list.MemberStart[m + 1]].ToArray().Order().ToArray().ShouldBe(expected, problem.Instance);
                    for (var k = list.MemberStart[m]; k < list.MemberStart[m + 1]; k++)
                    {
                        var set = list.Sets[k];
                        list.Cost[k].ShouldBe(4 * Enumerable.Range(0, u.Length).Where(v => (set >> v & 1) == 1).Sum(v => problem.Cost[(m * u.Length) + v]));
                    }
                }
                if (list.Count > 1) priced.List(u, room, list.Count - 1).ShouldBeNull();
            }
        }
    }

    private static List<(UInt128 Set, long Price)> All(SponsorProblem problem, int member, long[] u, long scale)
    {
        var found = new List<(UInt128, long)>();
        for (var set = 0; set < 1 << u.Length; set++)
        {
            var own = Enumerable.Range(0, u.Length).Where(v => (set >> v & 1) == 1).ToArray();
            if (own.Sum(v => problem.Population[v]) is var load && (load < problem.MinLoad || load > problem.MaxLoad)) continue;
            if (Enumerable.Range(0, u.Length).Any(v => problem.Pins[v] >= 0 && problem.Pins[v] == member != own.Contains(v))) continue;
            found.Add(((UInt128)set, own.Sum(v => (problem.Cost[(member * u.Length) + v] * scale) - u[v])));
        }
        return found;
    }
}
