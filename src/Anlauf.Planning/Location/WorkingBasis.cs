using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Anlauf.Planning.Location;

/// <summary>
/// The part of a simplex basis that is not trivial: sites partly open against rows held tight. Its inverse is kept dense
/// (rows = basic sites, columns = tight rows). Every change of the basis adds a product of two vectors to it; some of them
/// wait and are added in one pass over the matrix, which the processor does ten times as fast as one by one
/// (delayed rank-one updates).
/// </summary>
internal sealed partial class WorkingBasis
{
    private const int LeastRoom = 64, MostWaiting = 16;
    private const double LeastPivot = 1e-6, LeastFirstPivot = 1e-3, Zero = 1e-15;
    private int _room, _waiting;
    private double[] _inverse = [];

    // what waits: inverse += Σ left[k, :]ᵀ × right[k, :]; a basis that is only kept has no room for changes
    private double[] _left = [], _right = [];

    // for computing the inverse anew
    private double[] _spare = [];
    private int[] _place = [];

    /// <summary>Changes since the inverse was, or should have been, computed from the program.</summary>
    public int Changes { get; private set; }

    /// <summary>Number of basic sites, and of tight rows.</summary>
    public int Size { get; private set; }

    /// <summary>Basic site and tight row at each position.</summary>
    public int[] Site { get; private set; } = [];

    /// <inheritdoc cref="Site"/>
    public int[] Row { get; private set; } = [];

    /// <summary>Row of the inverse that belongs to a basic site, by position; nothing may wait (<see cref="Settle"/>).</summary>
    public Span<double> Inverse(int position) => _inverse.AsSpan(position * _room, Size);

    /// <summary>Σ value × row of the inverse.</summary>
    /// <param name="positions">of basic sites</param>
    /// <param name="values">one for each of them</param>
    /// <param name="sum">receives the sum, one entry a tight row</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SumRows(ReadOnlySpan<int> positions, ReadOnlySpan<double> values, Span<double> sum)
    {
        sum.Clear();
        for (var k = 0; k < positions.Length && k < values.Length; k++) AddMultiple(sum, Inverse(positions[k]), values[k]);
        for (var k = 0; k < _waiting; k++) AddMultiple(sum, Right(k), SumMet(Left(k), positions, values));
    }

    /// <summary>Inverse × a vector with few entries.</summary>
    /// <param name="met">positions of tight rows</param>
    /// <param name="values">one for each of them</param>
    /// <param name="product">receives the product, one entry a basic site</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Times(ReadOnlySpan<int> met, ReadOnlySpan<double> values, Span<double> product)
    {
        for (var f = 0; f < product.Length; f++) product[f] = SumMet(Inverse(f), met, values);
        for (var k = 0; k < _waiting; k++) AddMultiple(product, Left(k), SumMet(Right(k), met, values));
        Clean(product);
    }

    /// <summary>−1 × column of the inverse that belongs to a tight row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void NegativeColumn(int position, Span<double> column)
    {
        for (var f = 0; f < column.Length; f++) column[f] = -_inverse[f * _room + position];
        for (var k = 0; k < _waiting; k++) AddMultiple(column, Left(k), -Right(k)[position]);
        Clean(column);
    }

    /// <summary>Takes over another basis.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CopyFrom(WorkingBasis other)
    {
        other.Settle();
        if (_room < other.Size) MakeRoom(other.Size);
        (Size, _waiting, Changes) = (other.Size, 0, other.Changes);
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
        (Size, _waiting) = (0, 0);
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
            if (Size == _room) Widen(Size + 1);
            (Site[Size], Row[Size]) = (sites[pivot], row);
            Size++;
        }
        return Size > 0;
    }

    /// <summary>Empties the basis.</summary>
    public void Clear() => (Size, _waiting, Changes) = (0, 0, 0);

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
        Settle();
        var (best, partner) = (LeastPivot, -1);
        for (var t = 0; t < Size; t++)
        {
            // rows that are gone anyway are the better partners
            var size = Math.Abs(Inverse(position)[t]) * (rows[Row[t]] < 0 ? 1e3 : 1);
            if (size > best) (best, partner) = (size, t);
        }
        if (partner >= 0) Shrink(position, partner);
        return partner >= 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool RemoveRow(int position)
    {
        Settle();
        var (best, partner) = (LeastPivot, -1);
        for (var f = 0; f < Size; f++)
            if (Math.Abs(Inverse(f)[position]) > best) (best, partner) = (Math.Abs(Inverse(f)[position]), f);
        if (partner >= 0) Shrink(partner, position);
        return partner >= 0;
    }

    private void Shrink(int sitePosition, int rowPosition)
    {
        var column = new double[Size];
        NegativeColumn(rowPosition, column);
        Shrink(sitePosition, rowPosition, column, Inverse(sitePosition).ToArray());
    }

    /// <summary>Computes the inverse anew from the rows of the program (Gauss and Jordan, partial pivoting).</summary>
    /// <returns>false when the basis is singular</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Invert(CoverProgram program, int[] positionOfSite)
    {
        var n = Size;
        // also where it fails: the next attempt is as many changes away
        Changes = 0;
        if (_spare.Length < n * n) _spare = new double[_inverse.Length];
        if (_place.Length < n) _place = new int[_room];
        for (var t = 0; t < n; t++)
        {
            var line = _spare.AsSpan(t * n, n);
            line.Clear();
            for (var k = program.RowStart[Row[t]]; k < program.RowEnd[Row[t]]; k++)
                if (positionOfSite[program.RowSite[k]] is var f and >= 0) line[f] = program.RowValue[k];
        }
        // in place: what is done of the matrix makes room for what is there of its inverse
        for (var f = 0; f < n; f++)
        {
            var best = f;
            for (var t = f + 1; t < n; t++)
                if (Math.Abs(_spare[t * n + f]) > Math.Abs(_spare[best * n + f])) best = t;
            _place[f] = best;
            var pivot = _spare.AsSpan(f * n, n);
            if (best != f)
            {
                var other = _spare.AsSpan(best * n, n);
                for (var k = 0; k < n; k++) (pivot[k], other[k]) = (other[k], pivot[k]);
            }
            if (Math.Abs(pivot[f]) < 1e-9) return false;
            var scale = 1 / pivot[f];
            pivot[f] = 1;
            Scale(pivot, scale);
            for (var t = 0; t < n; t++)
            {
                if (t == f || _spare[t * n + f] is var factor && factor == 0) continue;
                _spare[t * n + f] = 0;
                AddMultiple(_spare.AsSpan(t * n, n), pivot, -factor);
            }
        }
        for (var f = 0; f < n; f++) _spare.AsSpan(f * n, n).CopyTo(Inverse(f));
        // rows of the matrix that changed places are columns of the inverse
        for (var f = n - 1; f >= 0; f--)
            if (_place[f] is var other && other != f)
                for (var k = 0; k < n; k++) (_inverse[k * _room + f], _inverse[k * _room + other]) = (_inverse[k * _room + other], _inverse[k * _room + f]);
        _waiting = 0;
        return true;
    }

    /// <summary>target += factor × source.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddMultiple(Span<double> target, ReadOnlySpan<double> source, double factor)
    {
        var width = Vector<double>.Count;
        var length = Math.Min(target.Length, source.Length);
        ref var to = ref MemoryMarshal.GetReference(target);
        ref var from = ref MemoryMarshal.GetReference(source);
        var factors = new Vector<double>(factor);
        var k = 0;
        for (; k <= length - 2 * width; k += 2 * width)
        {
            ref var line = ref Unsafe.Add(ref to, k);
            ref var more = ref Unsafe.Add(ref from, k);
            var first = Vector.MultiplyAddEstimate(factors, Vector.LoadUnsafe(ref more), Vector.LoadUnsafe(ref line));
            var second = Vector.MultiplyAddEstimate(factors, Vector.LoadUnsafe(ref more, (nuint)width), Vector.LoadUnsafe(ref line, (nuint)width));
            first.StoreUnsafe(ref line);
            second.StoreUnsafe(ref line, (nuint)width);
        }
        for (; k < length; k++) Unsafe.Add(ref to, k) += factor * Unsafe.Add(ref from, k);
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

    /// <summary>Sum of products with few entries of a line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double SumMet(ReadOnlySpan<double> line, ReadOnlySpan<int> met, ReadOnlySpan<double> values)
    {
        // the positions met lie within the size
        var sum = 0.0;
        ref var first = ref MemoryMarshal.GetReference(line);
        for (var k = 0; k < met.Length && k < values.Length; k++) sum += Unsafe.Add(ref first, met[k]) * values[k];
        return sum;
    }

    // what rounding leaves of a zero would cost a whole column of the program later; with 1e-12 Germany took twice as long
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Clean(Span<double> values)
    {
        var least = new Vector<double>(Zero);
        var lanes = MemoryMarshal.Cast<double, Vector<double>>(values);
        for (var k = 0; k < lanes.Length; k++) lanes[k] = Vector.ConditionalSelect(Vector.LessThan(Vector.Abs(lanes[k]), least), default, lanes[k]);
        for (var k = lanes.Length * Vector<double>.Count; k < values.Length; k++)
            if (Math.Abs(values[k]) < Zero) values[k] = 0;
    }

    private Span<double> Left(int waiting) => _left.AsSpan(waiting * _room, Size);

    private Span<double> Right(int waiting) => _right.AsSpan(waiting * _room, Size);

    /// <summary>Room for a basis that is about to be copied: no more than it takes, as long as nothing was changed here.</summary>
    private void MakeRoom(int size)
    {
        if (_left.Length > 0)
        {
            Widen(size);
            return;
        }
        _room = (size + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;
        _inverse = GC.AllocateUninitializedArray<double>(_room * _room);
        (Site, Row) = (new int[_room], new int[_room]);
    }

    private void Widen(int size)
    {
        Settle();
        // an odd multiple of 64: whole vectors, and rows that do not meet in the same lines of the cache
        var room = (Math.Max(size, _left.Length > 0 ? _room * 3 / 2 : 0) + LeastRoom - 1) / LeastRoom | 1;
        room *= LeastRoom;
        var wider = new double[room * room];
        for (var f = 0; f < Size; f++) Inverse(f).CopyTo(wider.AsSpan(f * room));
        (_inverse, _room) = (wider, room);
        (_left, _right) = (new double[room * MostWaiting], new double[room * MostWaiting]);
        var (site, row) = (Site, Row);
        Array.Resize(ref site, room);
        Array.Resize(ref row, room);
        (Site, Row) = (site, row);
    }
}
