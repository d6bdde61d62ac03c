using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Anlauf.Planning.Location;

/// <summary>Sums along rows and columns of the program: every entry is 1 but those of the last two rows.</summary>
internal sealed partial class CoverProgram
{
    /// <summary>target += factor × row, target by site.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddRow(double[] target, int row, double factor)
    {
        int from = RowStart[row], to = RowEnd[row];
        if (row == MostRow) AddTo(target, RowSite, from, to, -factor);
        else if (row != BudgetRow) AddTo(target, RowSite, from, to, factor);
        else
            for (var k = from; k < to; k++) target[RowSite[k]] += factor * RowValue[k];
    }

    /// <summary>target += factor × column, target by row; only without steps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddColumn(double[] target, int site, double factor)
    {
        int from = SiteStart[site], to = SiteStart[site + 1];
        if (to > from && SiteRow[to - 1] == BudgetRow) target[BudgetRow] += factor * SiteValue[--to];
        if (MostRow >= 0)
        {
            target[MostRow] -= factor;
            to--;
        }
        AddTo(target, SiteRow, from, to, factor);
    }

    /// <summary>
    /// target = rows × values of all sites. The rows of a client are running sums over its sites in the order of their cost,
    /// so all of them together take one pass over the pairs.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void TimesSites(double[] values, double[] target)
    {
        ref var value = ref MemoryMarshal.GetArrayDataReference(values);
        ref var sum = ref MemoryMarshal.GetArrayDataReference(target);
        ref var site = ref MemoryMarshal.GetArrayDataReference(RowSite);
        ref var row = ref MemoryMarshal.GetArrayDataReference(_rowOfPair);
        foreach (var (before, from, to) in CollectionsMarshal.AsSpan(_pieces))
        {
            var running = before < 0 ? 0 : target[before];
            for (var k = from; k < to; k++)
                Unsafe.Add(ref sum, Unsafe.Add(ref row, k)) = running += Unsafe.Add(ref value, Unsafe.Add(ref site, k));
        }
        for (var r = _generalFrom; r < _generalEnd; r++)
        {
            var others = 0.0;
            for (var k = RowStart[r]; k < RowEnd[r]; k++) others += RowValue[k] * values[RowSite[k]];
            target[r] = others;
        }
    }

    /// <summary>target −= duals × rows of the clients, in one pass as in <see cref="TimesSites"/> but from the dearest site down.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SubtractDuals(double[] duals, double[] target)
    {
        for (var j = 0; j < _core.Clients; j++)
        {
            var (running, last) = (0.0, -1);
            for (var k = _shown[j] - 1; k >= _core.Start[j]; k--)
            {
                var row = _rowOfPair[k];
                if (row != last) running += duals[last = row];
                target[RowSite[k]] -= running;
            }
        }
    }

    // indices were checked when the program was built; without checks here a step of the simplex method takes two thirds of the time
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo(double[] target, int[] index, int from, int to, double amount)
    {
        ref var values = ref MemoryMarshal.GetArrayDataReference(target);
        ref var indices = ref MemoryMarshal.GetArrayDataReference(index);
        for (var k = from; k < to; k++) Unsafe.Add(ref values, Unsafe.Add(ref indices, k)) += amount;
    }
}
