using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Anlauf.Planning.Location;

/// <summary>The four changes of a basis, each a product of two vectors that waits until some are added together.</summary>
internal sealed partial class WorkingBasis
{
    /// <summary>A site takes the place of a basic site.</summary>
    /// <param name="position">of the site that leaves</param>
    /// <param name="site">the site that enters</param>
    /// <param name="column">inverse × column of the entering site</param>
    /// <param name="across">row of the inverse of the site that leaves</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SwapSites(int position, int site, ReadOnlySpan<double> column, ReadOnlySpan<double> across)
    {
        var pivot = column[position];
        var k = Wait();
        var left = Left(k);
        for (var f = 0; f < column.Length; f++) left[f] = -column[f] / pivot;
        left[position] = 1 / pivot - 1;
        across.CopyTo(Right(k));
        Site[position] = site;
    }

    /// <summary>A row becomes tight in place of another one.</summary>
    /// <param name="position">of the row that is released</param>
    /// <param name="row">the row that becomes tight</param>
    /// <param name="column">−1 × column of the inverse of the row that is released</param>
    /// <param name="across">entries of the new row at the basic sites × inverse</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SwapRows(int position, int row, ReadOnlySpan<double> column, ReadOnlySpan<double> across)
    {
        var k = Wait();
        var left = Left(k);
        var right = Right(k);
        for (var f = 0; f < column.Length; f++) left[f] = -column[f];
        for (var t = 0; t < across.Length; t++) right[t] = -across[t] / across[position];
        right[position] = 1 / across[position] - 1;
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
        if (Size == _room) Widen(Size + 1);
        var k = Wait();
        (Site[Size], Row[Size]) = (site, row);
        Size++;
        var last = Size - 1;
        for (var f = 0; f < last; f++) _inverse[f * _room + last] = 0;
        Inverse(last).Clear();
        for (var w = 0; w < k; w++) Left(w)[last] = Right(w)[last] = 0;
        var left = Left(k);
        var right = Right(k);
        for (var f = 0; f < column.Length; f++) left[f] = column[f] / pivot;
        across.CopyTo(right);
        (left[last], right[last]) = (-1 / pivot, -1);
    }

    /// <summary>A site and a row leave; the last ones take their positions.</summary>
    /// <param name="sitePosition">of the site</param>
    /// <param name="rowPosition">of the row</param>
    /// <param name="column">−1 × column of the inverse of the row</param>
    /// <param name="across">row of the inverse of the site</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Shrink(int sitePosition, int rowPosition, ReadOnlySpan<double> column, ReadOnlySpan<double> across)
    {
        var added = Wait();
        var left = Left(added);
        for (var f = 0; f < column.Length; f++) left[f] = column[f] / across[rowPosition];
        across.CopyTo(Right(added));
        var last = Size - 1;
        if (sitePosition != last)
        {
            Inverse(last).CopyTo(Inverse(sitePosition));
            for (var k = 0; k < _waiting; k++) Left(k)[sitePosition] = Left(k)[last];
            Site[sitePosition] = Site[last];
        }
        if (rowPosition != last)
        {
            for (var f = 0; f < Size; f++) _inverse[f * _room + rowPosition] = _inverse[f * _room + last];
            for (var k = 0; k < _waiting; k++) Right(k)[rowPosition] = Right(k)[last];
            Row[rowPosition] = Row[last];
        }
        Size--;
    }

    /// <summary>Adds what waits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Settle()
    {
        if (_waiting == 0) return;
        ref var inverse = ref MemoryMarshal.GetArrayDataReference(_inverse);
        ref var right = ref MemoryMarshal.GetArrayDataReference(_right);
        Span<double> left = stackalloc double[MostWaiting];
        left = left[.._waiting];
        var width = Vector<double>.Count;
        for (var f = 0; f < Size; f++)
        {
            for (var k = 0; k < left.Length; k++) left[k] = _left[k * _room + f];
            // the room is a multiple of eight vectors; what lies beyond the size is cleared before it is used
            for (var t = 0; t < Size; t += 8 * width)
            {
                ref var line = ref Unsafe.Add(ref inverse, f * _room + t);
                Vector<double> a = At(ref line, 0), b = At(ref line, 1), c = At(ref line, 2), d = At(ref line, 3), e = At(ref line, 4), g = At(ref line, 5), h = At(ref line, 6), i = At(ref line, 7);
                for (var k = 0; k < left.Length; k++)
                {
                    ref var more = ref Unsafe.Add(ref right, k * _room + t);
                    var factor = new Vector<double>(left[k]);
                    a = Vector.MultiplyAddEstimate(factor, At(ref more, 0), a);
                    b = Vector.MultiplyAddEstimate(factor, At(ref more, 1), b);
                    c = Vector.MultiplyAddEstimate(factor, At(ref more, 2), c);
                    d = Vector.MultiplyAddEstimate(factor, At(ref more, 3), d);
                    e = Vector.MultiplyAddEstimate(factor, At(ref more, 4), e);
                    g = Vector.MultiplyAddEstimate(factor, At(ref more, 5), g);
                    h = Vector.MultiplyAddEstimate(factor, At(ref more, 6), h);
                    i = Vector.MultiplyAddEstimate(factor, At(ref more, 7), i);
                }
                a.StoreUnsafe(ref line);
                b.StoreUnsafe(ref line, (nuint)width);
                c.StoreUnsafe(ref line, (nuint)(2 * width));
                d.StoreUnsafe(ref line, (nuint)(3 * width));
                e.StoreUnsafe(ref line, (nuint)(4 * width));
                g.StoreUnsafe(ref line, (nuint)(5 * width));
                h.StoreUnsafe(ref line, (nuint)(6 * width));
                i.StoreUnsafe(ref line, (nuint)(7 * width));
            }
        }
        _waiting = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> At(ref double line, int vector) => Vector.LoadUnsafe(ref line, (nuint)(vector * Vector<double>.Count));

    /// <summary>Makes room for one more change and returns its number.</summary>
    private int Wait()
    {
        if (_waiting == MostWaiting) Settle();
        if (_left.Length == 0) Widen(Size + 1);
        Changes++;
        return _waiting++;
    }
}
