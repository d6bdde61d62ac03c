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
        int from = RowStart[row], to = RowStart[row + 1];
        if (row == MostRow) AddTo(target, RowSite, from, to, -factor);
        else if (row != BudgetRow) AddTo(target, RowSite, from, to, factor);
        else
            for (var k = from; k < to; k++) target[RowSite[k]] += factor * RowValue[k];
    }

    /// <summary>target += factor × column, target by row.</summary>
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

    // indices were checked when the program was built; without checks here a step of the simplex method takes two thirds of the time
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo(double[] target, int[] index, int from, int to, double amount)
    {
        ref var values = ref MemoryMarshal.GetArrayDataReference(target);
        ref var indices = ref MemoryMarshal.GetArrayDataReference(index);
        for (var k = from; k < to; k++) Unsafe.Add(ref values, Unsafe.Add(ref indices, k)) += amount;
    }
}
