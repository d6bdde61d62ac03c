using Anlauf.Planning.Certificates;
using Anlauf.Planning.Location;

namespace Anlauf.Planning.Tests.Location;

/// <summary>A proof may do without a site only where others do as well.</summary>
public class DominanceTests
{
    [Fact]
    public void A_proof_may_do_without_a_site_when_another_covers_the_same_people_for_the_same_money()
    {
        // the first site reaches 10, the second 10 and 7, the third 5; one may open
        var problem = Covering([10, 7, 5], [[0], [0, 1], [2]], [1, 1, 1], []);
        Check(problem, 17, [1], [10, 7, 5], 5).Ok.ShouldBeTrue();
    }

    [Fact]
    public void It_may_not_when_somebody_is_reached_from_there_only()
    {
        var problem = Covering([10, 7], [[0], [1]], [1, 1], []);
        Check(problem, 7, [1], [10, 0], 0).Reason!.ShouldContain("verzichtet ohne Grund");
    }

    [Fact]
    public void It_may_not_when_the_other_site_costs_more()
    {
        var problem = Covering([10, 7, 5], [[0], [0, 1], [2]], [1, 2, 1], []);
        Check(problem, 5, [2], [10, 7, 5], 5).Reason!.ShouldContain("verzichtet ohne Grund");
    }

    [Fact]
    public void It_may_not_when_the_group_needs_both()
    {
        var problem = Covering([10, 7, 5], [[0], [0, 1], [2]], [1, 1, 1], [new("Kreis", 2)]);
        Check(problem, 17, [0, 1], [10, 7, 5], 5).Reason!.ShouldContain("verzichtet ohne Grund");
    }

    // claims that the plan is best because the first site can be done without
    private static CheckResult Check(LocationProblem problem, long value, int[] open, long[] multipliers, long price)
    {
        var step = new ProofStep { Dominated = [0], Next = new ProofStep { Multipliers = VarInt.Differences(new long[multipliers.Length], multipliers), Price = price } };
        return ProofBytes.Check(problem, value, open, step);
    }

    private static LocationProblem Covering(long[] weights, int[][] reached, long[] costs, SiteGroup[] groups)
    {
        var distances = Enumerable.Range(0, costs.Length).SelectMany(i => Enumerable.Range(0, weights.Length).Select(j => reached[i].Contains(j) ? 0 : 9)).ToArray();
        return new LocationProblem("dominance", LocationGoal.MostCovered, [.. costs.Select((cost, i) => new CandidateSite($"{i}", cost, groups.Length > 0 && i < 2 ? 0 : -1))],
            groups, weights, new TravelMatrix(costs.Length, weights.Length, distances), groups.Length > 0 ? 2 : 1, 1);
    }
}
