using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Anlauf.Planning.Location;

/// <summary>
/// The part of a simplex basis that is not trivial: sites partly open against rows held tight. Its inverse is kept dense
/// (rows = basic sites, columns = tight rows); every change of the basis is one of four updates of it.
/// </summary>
internal sealed class WorkingBasis
{
    private const int LeastRoom = 32;
    private const double LeastPivot = 1e-6, LeastFirstPivot = 1e-3;
    private int _room = LeastRoom;
    private double[] _inverse = new double[LeastRoom * LeastRoom];

    /// <summary>Number of basic sites, and of tight rows.</summary>
    public int Size { get; private set; }

    /// <summary>Basic site and tight row at each position.</summary>
    public int[] Site { get; private set; } = new int[LeastRoom];

    /// <inheritdoc cref="Site"/>
    public int[] Row { get; private set; } = new int[LeastRoom];

    /// <summary>Row of the inverse that belongs to a basic site, by position.</summary>
    public Span<double> Inverse(int position) => _inverse.AsSpan(position * _room, Size);

    /// <summary>One entry of the inverse.</summary>
    public double this[int sitePosition, int rowPosition] => _inverse[sitePosition * _room + rowPosition];

    /// <summary>A site takes the place of a basic site.</summary>
    /// <param name="position">of the site that leaves</param>
    /// <param name="site">the site that enters</param>
    /// <param name="column">inverse × column of the entering site</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SwapSites(int position, int site, ReadOnlySpan<double> column)
    {
        var pivot = Inverse(position);
        Scale(pivot, 1 / column[position]);
        for (var f = 0; f < Size; f++)
            if (f != position && column[f] != 0) AddMultiple(Inverse(f), pivot, -column[f]);
        Site[position] = site;
    }

    /// <summary>A row becomes tight in place of another one.</summary>
    /// <param name="position">of the row that is released</param>
    /// <param name="row">the row that becomes tight</param>
    /// <param name="across">entries of that row at the basic sites × inverse</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SwapRows(int position, int row, ReadOnlySpan<double> across)
    {
        for (var f = 0; f < Size; f++)
        {
            var line = Inverse(f);
            var factor = line[position] / across[position];
            if (factor == 0) continue;
            AddMultiple(line, across, -factor);
            line[position] = factor;
        }
        Row[position] = row;
    }

    /// <summary>A site and a row join.</summary>
    /// <param name="site">the site</param>
    /// <param name="row">the row</param>
    /// <param name="column">inverse × column of the site</param>
    /// <param name="across">entries of the row at the basic sites × inverse</param>
    /// <param name="pivot">entry of the row at the site − across × column of the site</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Grow(int site, int row, ReadOnlySpan<double> column, ReadOnlySpan<double> across, double pivot)
    {
        if (Size == _room) Widen(_room * 2);
        for (var f = 0; f < Size; f++)
        {
            if (column[f] != 0) AddMultiple(Inverse(f), across[..Size], column[f] / pivot);
            _inverse[f * _room + Size] = -column[f] / pivot;
        }
        var last = _inverse.AsSpan(Size * _room, Size + 1);
        for (var t = 0; t < Size; t++) last[t] = -across[t] / pivot;
        last[Size] = 1 / pivot;
        (Site[Size], Row[Size]) = (site, row);
        Size++;
    }

    /// <summary>A site and a row leave; the last ones take their positions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Shrink(int sitePosition, int rowPosition)
    {
        var pivot = Inverse(sitePosition);
        var value = pivot[rowPosition];
        for (var f = 0; f < Size; f++)
            if (f != sitePosition && this[f, rowPosition] is var factor && factor != 0) AddMultiple(Inverse(f), pivot, -factor / value);
        var last = Size - 1;
        if (sitePosition != last)
        {
            Inverse(last).CopyTo(Inverse(sitePosition));
            Site[sitePosition] = Site[last];
        }
        if (rowPosition != last)
        {
            for (var f = 0; f < Size; f++) _inverse[f * _room + rowPosition] = _inverse[f * _room + last];
            Row[rowPosition] = Row[last];
        }
        Size--;
    }

    /// <summary>Takes over another basis.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CopyFrom(WorkingBasis other)
    {
        if (_room < other.Size) Widen(other._room);
        Size = other.Size;
        Array.Copy(other.Site, Site, Size);
        Array.Copy(other.Row, Row, Size);
        for (var f = 0; f < Size; f++) other.Inverse(f).CopyTo(Inverse(f));
    }

    /// <summary>Takes over the basis of a larger program under new numbers; what is gone (−1) leaves together with a partner.</summary>
    /// <returns>false when that is not possible</returns>
    public bool TryCopy(WorkingBasis larger, int[] sites, int[] rows)
    {
        CopyFrom(larger);
        // of rows that became one only the first stays
        rows = (int[])rows.Clone();
        var seen = new HashSet<int>();
        for (var t = 0; t < Size; t++)
            if (!seen.Add(rows[Row[t]])) rows[Row[t]] = -1;
        for (var f = Size - 1; f >= 0; f--)
            if (sites[Site[f]] < 0 && !RemoveSite(f, rows)) return false;
        for (var t = Size - 1; t >= 0; t--)
            if (rows[Row[t]] < 0 && !RemoveRow(t)) return false;
        for (var k = 0; k < Size; k++) (Site[k], Row[k]) = (sites[Site[k]], rows[Row[k]]);
        return true;
    }

    /// <summary>Takes as many rows and sites as are independent; <see cref="Invert"/> has to follow.</summary>
    /// <returns>false where there are none</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryBegin(CoverProgram program, List<int> sites, List<int> rows)
    {
        var (column, width) = (new int[program.Sites], sites.Count);
        for (var f = 0; f < width; f++) column[sites[f]] = f + 1;
        var lines = new List<(double[] Line, int Pivot)>();
        Size = 0;
        foreach (var row in rows)
        {
            var line = new double[width];
            for (var k = program.RowStart[row]; k < program.RowEnd[row]; k++)
                if (column[program.RowSite[k]] is var f and > 0) line[f - 1] = program.RowValue[k];
            foreach (var (other, at) in lines)
                if (line[at] != 0) AddMultiple(line, other, -line[at]);
            var pivot = 0;
            for (var f = 1; f < width; f++)
                if (Math.Abs(line[f]) > Math.Abs(line[pivot])) pivot = f;
            if (width == 0 || Math.Abs(line[pivot]) < LeastFirstPivot) continue;
            Scale(line, 1 / line[pivot]);
            lines.Add((line, pivot));
            if (Size == _room) Widen(_room * 2);
            (Site[Size], Row[Size]) = (sites[pivot], row);
            Size++;
        }
        return Size > 0;
    }

    /// <summary>Empties the basis.</summary>
    public void Clear() => Size = 0;

    /// <summary>Removes rows that meet a condition, each with a partner.</summary>
    /// <returns>how many left, −1 when one could not</returns>
    public int RemoveRows(Func<int, bool> unwanted, Action<int> removed)
    {
        var count = 0;
        for (var t = Size - 1; t >= 0; t--)
        {
            if (t >= Size || !unwanted(t)) continue;
            var row = Row[t];
            if (!RemoveRow(t)) return -1;
            removed(row);
            count++;
        }
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool RemoveSite(int position, int[] rows)
    {
        var (best, partner) = (LeastPivot, -1);
        for (var t = 0; t < Size; t++)
        {
            // rows that are gone anyway are the better partners
            var size = Math.Abs(this[position, t]) * (rows[Row[t]] < 0 ? 1e3 : 1);
            if (size > best) (best, partner) = (size, t);
        }
        if (partner >= 0) Shrink(position, partner);
        return partner >= 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool RemoveRow(int position)
    {
        var (best, partner) = (LeastPivot, -1);
        for (var f = 0; f < Size; f++)
            if (Math.Abs(this[f, position]) > best) (best, partner) = (Math.Abs(this[f, position]), f);
        if (partner >= 0) Shrink(partner, position);
        return partner >= 0;
    }

    /// <summary>Computes the inverse anew from the rows of the program (Gauss and Jordan, partial pivoting).</summary>
    /// <returns>false when the basis is singular</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Invert(CoverProgram program, int[] positionOfSite)
    {
        var n = Size;
        var work = new double[n * 2 * n];
        for (var t = 0; t < n; t++)
        {
            for (var k = program.RowStart[Row[t]]; k < program.RowEnd[Row[t]]; k++)
                if (positionOfSite[program.RowSite[k]] is var f and >= 0) work[t * 2 * n + f] = program.RowValue[k];
            work[t * 2 * n + n + t] = 1;
        }
        for (var f = 0; f < n; f++)
        {
            var best = f;
            for (var t = f + 1; t < n; t++)
                if (Math.Abs(work[t * 2 * n + f]) > Math.Abs(work[best * 2 * n + f])) best = t;
            var pivot = work.AsSpan(f * 2 * n, 2 * n);
            if (best != f)
            {
                var other = work.AsSpan(best * 2 * n, 2 * n);
                for (var k = 0; k < 2 * n; k++) (pivot[k], other[k]) = (other[k], pivot[k]);
            }
            if (Math.Abs(pivot[f]) < 1e-9) return false;
            Scale(pivot, 1 / pivot[f]);
            for (var t = 0; t < n; t++)
                if (t != f && work[t * 2 * n + f] is var factor && factor != 0) AddMultiple(work.AsSpan(t * 2 * n, 2 * n), pivot, -factor);
        }
        for (var f = 0; f < n; f++) work.AsSpan(f * 2 * n + n, n).CopyTo(Inverse(f));
        return true;
    }

    /// <summary>target += factor × source.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddMultiple(Span<double> target, ReadOnlySpan<double> source, double factor)
    {
        var a = MemoryMarshal.Cast<double, Vector<double>>(target);
        var b = MemoryMarshal.Cast<double, Vector<double>>(source);
        var factors = new Vector<double>(factor);
        for (var k = 0; k < a.Length && k < b.Length; k++) a[k] += factors * b[k];
        for (var k = a.Length * Vector<double>.Count; k < target.Length; k++) target[k] += factor * source[k];
    }

    /// <summary>Sum of products.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var a = MemoryMarshal.Cast<double, Vector<double>>(left);
        var b = MemoryMarshal.Cast<double, Vector<double>>(right);
        Vector<double> sums = default;
        for (var k = 0; k < a.Length && k < b.Length; k++) sums += a[k] * b[k];
        var sum = Vector.Sum(sums);
        for (var k = a.Length * Vector<double>.Count; k < left.Length; k++) sum += left[k] * right[k];
        return sum;
    }

    private static void Scale(Span<double> line, double factor)
    {
        for (var k = 0; k < line.Length; k++) line[k] *= factor;
    }

    private void Widen(int room)
    {
        var wider = new double[room * room];
        for (var f = 0; f < Size; f++) Inverse(f).CopyTo(wider.AsSpan(f * room));
        (_inverse, _room) = (wider, room);
        var (site, row) = (Site, Row);
        Array.Resize(ref site, room);
        Array.Resize(ref row, room);
        (Site, Row) = (site, row);
    }
}
