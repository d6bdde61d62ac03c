using Anlauf.Planning.Location;

namespace Anlauf.Planning.Tests.Location;

/// <summary>The linear relaxation with rows for few steps of each client ends where the one with all rows does.</summary>
public class ShownStepsTests
{
    [Theory]
    [InlineData(1, 0.0)]
    [InlineData(2, 0.5)]
    [InlineData(3, 1.0)]
    public void Steps_left_out_at_first_are_shown_when_they_matter(int seed, double height)
    {
        var core = Places(new Random(seed), 60);
        var near = core.Ceiling.Select(ceiling => (long)(height * ceiling)).ToArray();
        var (all, allBound) = Solve(new CoverProgram(core, null, true));
        var (few, fewBound) = Solve(new CoverProgram(core, null, true, near));
        fewBound.ShouldBe(allBound, 1e-4 * Math.Abs(allBound));
        if (height < 1) few.Rows.ShouldBeLessThan(all.Rows);
    }

    [Fact]
    public void A_state_kept_before_steps_were_shown_is_returned_to_with_them()
    {
        var core = Places(new Random(4), 60);
        var program = new CoverProgram(core, null, true, new long[core.Clients]);
        var simplex = new CoverSimplex(program, new SearchLimits().Start());
        var kept = new SimplexState(program);
        kept.CopyFrom(simplex.State);
        simplex.Run(double.MaxValue, 50_000).ShouldBe(SimplexEnd.Optimal);
        var bound = simplex.Objective();
        simplex.Return(kept);
        simplex.Run(double.MaxValue, 50_000).ShouldBe(SimplexEnd.Optimal);
        simplex.Objective().ShouldBe(bound, 1e-4 * Math.Abs(bound));
    }

    private static (CoverProgram Program, double Bound) Solve(CoverProgram program)
    {
        var simplex = new CoverSimplex(program, new SearchLimits().Start());
        simplex.Run(double.MaxValue, 50_000).ShouldBe(SimplexEnd.Optimal);
        return (program, simplex.Objective());
    }

    /// <summary>Random places with unequal costs and groups.</summary>
    private static LocationCore Places(Random random, int n)
    {
        var points = Enumerable.Range(0, n).Select(_ => (X: random.Next(300), Y: random.Next(300))).ToArray();
        var distances = points.SelectMany(a => points.Select(b => (int)double.Hypot(a.X - b.X, a.Y - b.Y))).ToArray();
        var problem = new LocationProblem("places", LocationGoal.LeastTravel, [.. points.Select((p, i) => new CandidateSite($"{i}", 60 + random.Next(30), p.X / 101))],
            [.. Enumerable.Range(0, 3).Select(g => new SiteGroup($"{g}", 1))], [.. points.Select(_ => (long)random.Next(10, 9000))], new TravelMatrix(n, n, distances), 72 * 8);
        return CoreReduction.Apply(CoreBuilder.Build(problem), new Decision[n], null, out _);
    }
}
