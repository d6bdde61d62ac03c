using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Anlauf.Planning.Assignment.Mentors;

/// <summary>
/// The few best offers (value − price) of each row and a number no other offer exceeds. Prices only rise, so the number
/// stays right; where it is not low enough the list is made anew at the prices of the moment.
/// </summary>
internal sealed class OfferLists<T>
    where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
{
    /// <summary>Most columns of a list.</summary>
    public const int Longest = 32;

    private const int Groups = 8;
    private readonly PairTable<T> _table;
    private readonly T[] _price, _rest, _worth;
    private readonly int[] _column, _count;

    public OfferLists(PairTable<T> table, T[] price)
    {
        Mask = ~T.Zero;
        (_table, _price) = (table, price);
        (_rest, _count) = (new T[table.Rows], new int[table.Rows]);
        (_worth, _column) = (GC.AllocateUninitializedArray<T>(table.Rows * Longest), GC.AllocateUninitializedArray<int>(table.Rows * Longest));
        Array.Fill(_rest, T.MaxValue);
    }

    /// <summary>Digits of the values that count; lists made before it changed are void.</summary>
    public T Mask { get; set; }

    /// <summary>All offers may have become better by so much.</summary>
    public void Loosen(T by)
    {
        foreach (ref var rest in _rest.AsSpan()) rest += by;
    }

    /// <summary>No offer outside the list exceeds this; offers of 0 and less are of no use and in no list.</summary>
    public T Rest(int row) => _rest[row];

    /// <summary>Columns in the list.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<int> Columns(int row) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_column), row * Longest), _count[row]);

    /// <summary>What the pairs with these columns count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T Worth(int row) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_worth), row * Longest);

    /// <summary>Lists the best offers at the prices of the moment.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Make(int row)
    {
        ref var values = ref _table.Row(row);
        ref var prices = ref MemoryMarshal.GetArrayDataReference(_price);
        var stride = (nuint)_table.Stride;
        var digits = Vector256.Create(Mask);
        // the best offer of each of eight groups of columns: the least of these is reached by eight columns or more
        var (most, others, lanes) = (Vector256.Create(T.MinValue), Vector256.Create(T.MinValue), (nuint)Vector256<T>.Count);
        for (nuint k = 0; k < stride; k += 2 * lanes)
        {
            most = Vector256.Max(most, (Vector256.LoadUnsafe(ref values, k) & digits) - Vector256.LoadUnsafe(ref prices, k));
            others = Vector256.Max(others, (Vector256.LoadUnsafe(ref values, k + lanes) & digits) - Vector256.LoadUnsafe(ref prices, k + lanes));
        }
        Span<T> best = stackalloc T[2 * Vector256<T>.Count];
        most.CopyTo(best);
        others.CopyTo(best[Vector256<T>.Count..]);
        for (var groups = Math.Min(Groups, best.Length); ; groups /= 2)
        {
            for (var i = groups; i < best.Length; i++) best[i % groups] = T.Max(best[i % groups], best[i]);
            best = best[..groups];
            var least = best[0];
            foreach (var value in best) least = T.Min(least, value);
            if (least <= T.Zero ? Better(row, T.Zero) : Better(row, least) && Equal(row, least)) return;
        }
    }

    // all offers above this one; false when there are too many
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Better(int row, T limit)
    {
        ref var values = ref _table.Row(row);
        ref var prices = ref MemoryMarshal.GetArrayDataReference(_price);
        var (count, at, limits, digits) = (0, row * Longest, Vector256.Create(limit), Vector256.Create(Mask));
        _rest[row] = limit;
        for (nuint k = 0; k < (nuint)_table.Stride; k += (nuint)Vector256<T>.Count)
        {
            var value = Vector256.LoadUnsafe(ref values, k) & digits;
            var above = Vector256.GreaterThan(value - Vector256.LoadUnsafe(ref prices, k), limits);
            if (above == Vector256<T>.Zero) continue;
            for (var bits = above.ExtractMostSignificantBits(); bits != 0; bits &= bits - 1)
            {
                if (count == Longest) return false;
                var column = (int)k + BitOperations.TrailingZeroCount(bits);
                (_column[at + count], _worth[at + count]) = (column, Unsafe.Add(ref values, column) & Mask);
                count++;
            }
        }
        _count[row] = count;
        return true;
    }

    // as many of those equal to it as there is room for, every row from another column on
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Equal(int row, T limit)
    {
        ref var values = ref _table.Row(row);
        ref var prices = ref MemoryMarshal.GetArrayDataReference(_price);
        var (count, at, limits, digits) = (_count[row], row * Longest, Vector256.Create(limit), Vector256.Create(Mask));
        var vectors = _table.Stride / Vector256<T>.Count;
        var first = (int)((uint)row * 2654435761u % (uint)vectors);
        for (var v = 0; v < vectors && count < Longest; v++)
        {
            var k = (nuint)((first + v < vectors ? first + v : first + v - vectors) * Vector256<T>.Count);
            var same = Vector256.Equals((Vector256.LoadUnsafe(ref values, k) & digits) - Vector256.LoadUnsafe(ref prices, k), limits);
            if (same == Vector256<T>.Zero) continue;
            for (var bits = same.ExtractMostSignificantBits(); bits != 0 && count < Longest; bits &= bits - 1)
            {
                var column = (int)k + BitOperations.TrailingZeroCount(bits);
                (_column[at + count], _worth[at + count]) = (column, Unsafe.Add(ref values, column) & Mask);
                count++;
            }
        }
        _count[row] = count;
        if (count < Longest) _rest[row] = limit - T.One;
        return true;
    }
}
