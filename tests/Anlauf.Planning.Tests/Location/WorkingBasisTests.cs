using Anlauf.Planning.Location;

namespace Anlauf.Planning.Tests.Location;

/// <summary>Changes of a basis wait before they are added; what is read from it must know them all the same.</summary>
public class WorkingBasisTests
{
    // beyond the first room, so that it has to grow
    private const int N = 150;

    [Fact]
    public void The_inverse_stays_one_through_all_changes_and_copies()
    {
        var random = new Random(7);
        var entries = new double[N, N];
        for (var r = 0; r < N; r++)
            for (var i = 0; i < N; i++) entries[r, i] = random.Next(4) == 0 ? 1 : 0;
        var (basis, other) = (new WorkingBasis(), new WorkingBasis());
        for (var change = 0; change < 3000; change++)
        {
            Change(basis, entries, random);
            if (random.Next(20) == 0)
            {
                other.CopyFrom(basis);
                (basis, other) = (other, basis);
            }
            if (change % 10 == 0) Fault(basis, entries).ShouldBeLessThan(1e-6, $"change {change}");
        }
    }

    private static void Change(WorkingBasis basis, double[,] entries, Random random)
    {
        var site = Enumerable.Range(0, N).Except(basis.Site[..basis.Size]).OrderBy(_ => random.Next()).First();
        var row = Enumerable.Range(0, N).Except(basis.Row[..basis.Size]).OrderBy(_ => random.Next()).First();
        var (f, t) = basis.Size == 0 ? (0, 0) : (random.Next(basis.Size), random.Next(basis.Size));
        var kind = basis.Size == 0 ? 0 : basis.Size > N - 2 ? 1 : random.Next(4);
        double[] column = new double[basis.Size], across = new double[basis.Size];
        if (kind is 0 or 2) Column(basis, entries, site, column);
        else basis.NegativeColumn(t, column);
        if (kind is 0 or 3) basis.SumRows([.. Enumerable.Range(0, basis.Size)], [.. basis.Site[..basis.Size].Select(i => entries[row, i])], across);
        else basis.SumRows([f], [1], across);
        var pivot = kind switch
        {
            0 => entries[row, site] - across.Select((value, k) => value * entries[basis.Row[k], site]).Sum(),
            2 => column[f],
            _ => across[t],
        };
        if (Math.Abs(pivot) < 0.2) return;
        if (kind == 0) basis.Grow(site, row, column, across, pivot);
        if (kind == 1) basis.Shrink(f, t, column, across);
        if (kind == 2) basis.SwapSites(f, site, column, across);
        if (kind == 3) basis.SwapRows(t, row, column, across);
    }

    private static void Column(WorkingBasis basis, double[,] entries, int site, double[] column) =>
        basis.Times([.. Enumerable.Range(0, basis.Size)], [.. basis.Row[..basis.Size].Select(r => entries[r, site])], column);

    /// <summary>Greatest difference between inverse × matrix and the unit matrix.</summary>
    private static double Fault(WorkingBasis basis, double[,] entries)
    {
        var worst = 0.0;
        var column = new double[basis.Size];
        for (var f = 0; f < basis.Size; f++)
        {
            Column(basis, entries, basis.Site[f], column);
            for (var k = 0; k < column.Length; k++) worst = Math.Max(worst, Math.Abs(column[k] - (k == f ? 1 : 0)));
        }
        return worst;
    }
}
