using Anlauf.Elections.Seats;

namespace Anlauf.Elections.Tests;

/// <summary>Seats from votes: real councils of Saxony-Anhalt 2014 with the majority clause, examples of each method, ties.</summary>
public class ApportionmentTests
{
    private static List<(string, long)> Lists(params long[] votes) => [.. votes.Select((v, i) => (((char)('A' + i)).ToString(), v))];
    private static IEnumerable<int> Seats(SeatAllocation allocation) => allocation.Lists.Select(l => l.Seats);

    [Theory]
    [InlineData("Aken", 20, new long[] { 2190, 1589, 4366, 514 }, new[] { 5, 3, 11, 1 }, new[] { 5, 4, 10, 1 })]
    [InlineData("Wefensleben", 12, new long[] { 879, 411, 347 }, new[] { 7, 3, 2 }, new[] { 6, 3, 3 })]
    [InlineData("Ahlsdorf", 12, new long[] { 775, 291, 726 }, new[] { 5, 2, 5 }, new[] { 5, 2, 5 })]
    [InlineData("Benndorf", 14, new long[] { 1024, 853, 401 }, new[] { 6, 5, 3 }, new[] { 6, 5, 3 })]
    public void Councils_of_2014_come_out_as_they_were_announced(string council, int seats, long[] votes, int[] announced, int[] withoutClause)
    {
        Seats(Apportionment.Allocate(Lists(votes), seats, ApportionmentMethod.LargestRemainder, majorityClause: true)).ShouldBe(announced, council);
        Seats(Apportionment.Allocate(Lists(votes), seats, ApportionmentMethod.LargestRemainder)).ShouldBe(withoutClause, council);
    }

    [Theory]
    [InlineData(ApportionmentMethod.SainteLague, 14, new long[] { 10648, 8578, 6531 }, new[] { 6, 5, 3 })]
    [InlineData(ApportionmentMethod.DHondt, 10, new long[] { 4160, 3380, 2460 }, new[] { 4, 4, 2 })]
    [InlineData(ApportionmentMethod.LargestRemainder, 10, new long[] { 4160, 3380, 2460 }, new[] { 4, 3, 3 })]
    [InlineData(ApportionmentMethod.Adams, 10, new long[] { 900, 80, 20 }, new[] { 8, 1, 1 })]
    [InlineData(ApportionmentMethod.SainteLague, 3, new long[] { 0, 5, 0 }, new[] { 0, 3, 0 })]
    public void Each_method_has_its_own_way(ApportionmentMethod method, int seats, long[] votes, int[] expected) =>
        Seats(Apportionment.Allocate(Lists(votes), seats, method)).ShouldBe(expected);

    [Fact]
    public void Equal_claims_to_the_last_seat_go_to_the_lot()
    {
        var allocation = Apportionment.Allocate(Lists(300, 100, 100), 4, ApportionmentMethod.DHondt);
        // quotients 300, 150, 100 against 100 and 100: two seats are certain, three lists claim the last two
        allocation.LotSeats.ShouldBe(2);
        Seats(allocation).ShouldBe([2, 0, 0]);
        allocation.Lists.ShouldAllBe(l => l.Lot);
        var remainders = Apportionment.Allocate(Lists(500, 250, 250), 3, ApportionmentMethod.LargestRemainder);
        remainders.LotSeats.ShouldBe(0);
        Seats(remainders).ShouldBe([1, 1, 1]);
        Apportionment.Allocate(Lists(250, 250), 3, ApportionmentMethod.LargestRemainder).LotSeats.ShouldBe(1);
    }

    [Fact]
    public void No_seat_is_lost_and_none_invented()
    {
        var random = new Random(7);
        for (var run = 0; run < 3000; run++)
        {
            var votes = Lists([.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => (long)random.Next(0, 60))]);
            if (votes.All(v => v.Item2 == 0)) continue;
            var seats = random.Next(1, 40);
            foreach (var method in Enum.GetValues<ApportionmentMethod>())
                foreach (var clause in new[] { false, true })
                {
                    var allocation = Apportionment.Allocate(votes, seats, method, clause);
                    (allocation.Lists.Sum(l => l.Seats) + allocation.LotSeats).ShouldBe(seats);
                    allocation.Lists.Where(l => l.Votes == 0).ShouldAllBe(l => l.Seats == 0 && !l.Lot);
                    if (allocation.LotSeats > 0) allocation.Lists.Count(l => l.Lot).ShouldBeGreaterThan(allocation.LotSeats);
                    if (clause && votes.Max(v => v.Item2) * 2 > votes.Sum(v => v.Item2)) allocation.Lists.MaxBy(l => l.Votes)!.Seats.ShouldBeGreaterThan(seats / 2);
                    // who has more votes never has fewer seats
                    foreach (var (more, less) in allocation.Lists.SelectMany(a => allocation.Lists.Where(b => b.Votes < a.Votes).Select(b => (a, b)))) more.Seats.ShouldBeGreaterThanOrEqualTo(less.Seats);
                }
        }
    }

    [Fact]
    public void What_cannot_be_distributed_is_refused_in_words()
    {
        Should.Throw<ArgumentException>(() => Apportionment.Allocate(Lists(0, 0), 5, ApportionmentMethod.DHondt)).Message.ShouldContain("Keine Liste hat Stimmen");
        Should.Throw<ArgumentException>(() => Apportionment.Allocate([("A", 5), ("A", 6)], 5, ApportionmentMethod.DHondt)).Message.ShouldContain("„A“ steht zweimal");
        Should.Throw<ArgumentException>(() => Apportionment.Allocate(Lists(5), 0, ApportionmentMethod.DHondt)).Message.ShouldContain("1 bis 10000 Sitze");
    }
}
