using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Anlauf.Planning.Location;

/// <summary>Sums along rows and columns of the program: every entry is 1 but those of the last two rows.</summary>
internal sealed partial class CoverProgram
{
    // last entry of each column that is 1, one beyond
    private int[] _onesEnd = [];

    /// <summary>target −= Σ factor × row, target by site.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SubtractRows(double[] target, ReadOnlySpan<int> rows, ReadOnlySpan<double> factors)
    {
        for (var t = 0; t < rows.Length && t < factors.Length; t++)
        {
            var factor = factors[t];
            if (Math.Abs(factor) < 1e-12) continue;
            int row = rows[t], from = RowStart[row], to = RowEnd[row];
            if (row == MostRow) AddTo(target, RowSite, from, to, factor);
            else if (row != BudgetRow) AddTo(target, RowSite, from, to, -factor);
            else
                for (var k = from; k < to; k++) target[RowSite[k]] -= factor * RowValue[k];
        }
    }

    /// <summary>target −= Σ factor × column, target by row; only without steps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SubtractColumns(double[] target, ReadOnlySpan<int> sites, ReadOnlySpan<double> factors)
    {
        double count = 0, cost = 0;
        for (var f = 0; f < sites.Length && f < factors.Length; f++)
        {
            var factor = factors[f];
            if (factor == 0) continue;
            var site = sites[f];
            int end = _onesEnd[site], last = SiteStart[site + 1] - 1;
            AddTo(target, SiteRow, SiteStart[site], end, -factor);
            count += factor;
            // the budget's entry is the last one of a column
            if (last >= end && SiteRow[last] == BudgetRow) cost += factor * SiteValue[last];
        }
        if (MostRow >= 0) target[MostRow] += count;
        target[BudgetRow] -= cost;
    }

    private void NoteOnes()
    {
        _onesEnd = new int[Sites];
        for (var i = 0; i < Sites; i++)
        {
            var end = SiteStart[i + 1];
            while (end > SiteStart[i] && (SiteRow[end - 1] == BudgetRow || SiteRow[end - 1] == MostRow)) end--;
            _onesEnd[i] = end;
        }
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
        var k = from;
        for (; k < to - 3; k += 4)
        {
            Unsafe.Add(ref values, Unsafe.Add(ref indices, k)) += amount;
            Unsafe.Add(ref values, Unsafe.Add(ref indices, k + 1)) += amount;
            Unsafe.Add(ref values, Unsafe.Add(ref indices, k + 2)) += amount;
            Unsafe.Add(ref values, Unsafe.Add(ref indices, k + 3)) += amount;
        }
        for (; k < to; k++) Unsafe.Add(ref values, Unsafe.Add(ref indices, k)) += amount;
    }
}
