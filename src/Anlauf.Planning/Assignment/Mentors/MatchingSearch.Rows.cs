using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Anlauf.Planning.Assignment.Mentors;

/// <summary>What reads all mentors, a vector at a time.</summary>
internal sealed partial class MatchingSearch<T>
{
    // best and second-best offer; ties go to a column with room
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (T Best, T Second, int Mentor) AllOffers(int row)
    {
        ref var values = ref _table.Row(row);
        ref var prices = ref MemoryMarshal.GetArrayDataReference(_price);
        var digits = Vector256.Create(_lists.Mask);
        var first = Vector256.Create(-_far - _far);
        var second = first;
        for (var k = 0; k < _stride; k += Vector256<T>.Count)
        {
            var offer = (Vector256.LoadUnsafe(ref values, (nuint)k) & digits) - Vector256.LoadUnsafe(ref prices, (nuint)k);
            second = Vector256.Max(second, Vector256.Min(first, offer));
            first = Vector256.Max(first, offer);
        }
        T best = first[0], next = second[0];
        for (var lane = 1; lane < Vector256<T>.Count; lane++)
        {
            next = T.Max(T.Max(next, second[lane]), T.Min(best, first[lane]));
            best = T.Max(best, first[lane]);
        }
        var at = -1;
        var wanted = Vector256.Create(best);
        for (var k = 0; k < _stride; k += Vector256<T>.Count)
        {
            var equal = Vector256.Equals((Vector256.LoadUnsafe(ref values, (nuint)k) & digits) - Vector256.LoadUnsafe(ref prices, (nuint)k), wanted);
            if (equal == Vector256<T>.Zero) continue;
            for (var bits = equal.ExtractMostSignificantBits(); bits != 0; bits &= bits - 1)
            {
                var column = k + BitOperations.TrailingZeroCount(bits);
                if (column >= _columns) break;
                if (at < 0) at = column;
                if (HasRoom(column)) return (best, next, column);
            }
        }
        return (best, next, at);
    }

    // distance over this bidder to every column: start − offer; no settled column becomes nearer
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RelaxAll(int bidder, T start)
    {
        ref var values = ref _table.Row(_rowOf[bidder]);
        ref var prices = ref MemoryMarshal.GetArrayDataReference(_price);
        ref var distances = ref MemoryMarshal.GetArrayDataReference(_distance);
        ref var moved = ref MemoryMarshal.GetArrayDataReference(_moved);
        var (from, who, digits) = (Vector256.Create(start), Vector256.Create(T.CreateTruncating(bidder)), Vector256.Create(_lists.Mask));
        for (nuint k = 0; k < (nuint)_stride; k += (nuint)Vector256<T>.Count)
        {
            var known = Vector256.LoadUnsafe(ref distances, k);
            var reach = from - (Vector256.LoadUnsafe(ref values, k) & digits) + Vector256.LoadUnsafe(ref prices, k);
            var nearer = Vector256.LessThan(reach, known);
            if (nearer == Vector256<T>.Zero) continue;
            Vector256.ConditionalSelect(nearer, who, Vector256.LoadUnsafe(ref moved, k)).StoreUnsafe(ref moved, k);
            Vector256.Min(reach, known).StoreUnsafe(ref distances, k);
        }
    }

    // the least distance of a column not settled
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindNearest()
    {
        ref var distances = ref MemoryMarshal.GetArrayDataReference(_distance);
        ref var settled = ref MemoryMarshal.GetArrayDataReference(_settled);
        var least = Vector256.Create(_far);
        for (nuint k = 0; k < (nuint)_stride; k += (nuint)Vector256<T>.Count)
            least = Vector256.Min(least, Vector256.Max(Vector256.LoadUnsafe(ref distances, k), Vector256.LoadUnsafe(ref settled, k)));
        _nearest = least[0];
        for (var lane = 1; lane < Vector256<T>.Count; lane++) _nearest = T.Min(_nearest, least[lane]);
    }

    // all mentors at the least distance
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindLevel()
    {
        ref var distances = ref MemoryMarshal.GetArrayDataReference(_distance);
        ref var settled = ref MemoryMarshal.GetArrayDataReference(_settled);
        var wanted = Vector256.Create(_nearest);
        for (var k = 0; k < _stride; k += Vector256<T>.Count)
        {
            var at = Vector256.Equals(Vector256.Max(Vector256.LoadUnsafe(ref distances, (nuint)k), Vector256.LoadUnsafe(ref settled, (nuint)k)), wanted);
            if (at == Vector256<T>.Zero) continue;
            for (var bits = at.ExtractMostSignificantBits(); bits != 0; bits &= bits - 1) _level.Add(k + BitOperations.TrailingZeroCount(bits));
        }
    }
}
