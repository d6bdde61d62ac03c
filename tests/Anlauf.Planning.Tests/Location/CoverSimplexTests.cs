using Anlauf.Planning.Location;

namespace Anlauf.Planning.Tests.Location;

/// <summary>The simplex method may be called again and again after sites were fixed and freed; its end must be a true one.</summary>
public class CoverSimplexTests
{
    private const double Tolerance = 1e-5;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void An_end_called_optimal_keeps_all_rows_and_bounds_however_many_runs_went_before(int seed)
    {
        var random = new Random(seed);
        var core = NearlyAll(random, 300);
        var program = new CoverProgram(core, null);
        var simplex = new CoverSimplex(program, new SearchLimits().Start());
        var fixedNow = new Queue<int>();
        for (var run = 0; run < 1500; run++)
        {
            var site = random.Next(core.Sites);
            var open = random.Next(4) == 0;
            (simplex.State.Low[site], simplex.State.High[site]) = open ? (1, 1) : (0, 0);
            fixedNow.Enqueue(site);
            if (fixedNow.Count > 40 && fixedNow.Dequeue() is var free) (simplex.State.Low[free], simplex.State.High[free]) = (0, 1);
            if (simplex.Run(double.MaxValue, 50_000) == SimplexEnd.Optimal) Fault(program, simplex.State).ShouldBeNull($"run {run}, {simplex.Iterations} iterations");
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Computed_anew_from_the_rows_the_inverse_is_the_one_all_changes_led_to(int seed)
    {
        var core = NearlyAll(new Random(seed), 300);
        var program = new CoverProgram(core, null);
        var simplex = new CoverSimplex(program, new SearchLimits().Start());
        simplex.Run(double.MaxValue, 50_000).ShouldBe(SimplexEnd.Optimal);
        var basis = simplex.State.Basis;
        basis.Size.ShouldBeGreaterThan(10);
        basis.Settle();
        var before = Enumerable.Range(0, basis.Size).SelectMany(f => basis.Inverse(f).ToArray()).ToArray();

        basis.Invert(program, simplex.State.PositionOfSite).ShouldBeTrue();

        basis.Changes.ShouldBe(0);
        var after = Enumerable.Range(0, basis.Size).SelectMany(f => basis.Inverse(f).ToArray()).ToArray();
        before.Zip(after, (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThan(1e-6);
    }

    private static string? Fault(CoverProgram program, SimplexState state)
    {
        for (var i = 0; i < program.Sites; i++)
            if (state.Open[i] < state.Low[i] - Tolerance || state.Open[i] > state.High[i] + Tolerance) return $"site {i} is open to {state.Open[i]}";
        for (var r = 0; r < program.Rows; r++)
        {
            var slack = -program.Right[r];
            for (var k = program.RowStart[r]; k < program.RowEnd[r]; k++) slack += program.RowValue[k] * state.Open[program.RowSite[k]];
            // a soft row may stay below its right-hand side only at the full price
            if (slack < -Tolerance && state.Dual[r] < program.Top[r] - Tolerance) return $"row {r} lacks {-slack} at a price of {state.Dual[r]}";
            if (slack > Tolerance && state.Dual[r] > Tolerance) return $"row {r} has {slack} too much at a price of {state.Dual[r]}";
        }
        return null;
    }

    /// <summary>Random places, and money for nearly all of them to be in reach: the relaxation is full of ties.</summary>
    private static LocationCore NearlyAll(Random random, int n)
    {
        var points = Enumerable.Range(0, n).Select(_ => (X: random.Next(300), Y: random.Next(300))).ToArray();
        var distances = points.SelectMany(a => points.Select(b => (int)double.Hypot(a.X - b.X, a.Y - b.Y))).ToArray();
        var problem = new LocationProblem("nearly", LocationGoal.MostCovered, [.. points.Select((p, i) => new CandidateSite($"{i}", 60 + random.Next(30), p.X / 101))],
            [.. Enumerable.Range(0, 3).Select(g => new SiteGroup($"{g}", 2))], [.. points.Select(_ => (long)random.Next(10, 9000))], new TravelMatrix(n, n, distances), 72 * 22, 40);
        return CoreReduction.Apply(CoreBuilder.Build(problem), new Decision[n], null, out _);
    }
}
