using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Anlauf.Planning.Assignment.Mentors;

/// <summary>What reads a candidate's whole row, a vector of mentors at a time.</summary>
internal sealed partial class MatchingSearch<T>
{
    // best and second-best value less price; ties go to a mentor with room
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (T Best, T Second, int Mentor) Offers(int candidate)
    {
        ref var values = ref Row(candidate);
        ref var prices = ref MemoryMarshal.GetArrayDataReference(_price);
        var first = Vector512.Create(-_far - _far);
        var second = first;
        for (var k = 0; k < _stride; k += Lanes)
        {
            var offer = Vector512.LoadUnsafe(ref values, (nuint)k) - Vector512.LoadUnsafe(ref prices, (nuint)k);
            second = Vector512.Max(second, Vector512.Min(first, offer));
            first = Vector512.Max(first, offer);
        }
        var (firstHalf, secondHalf) = Merge(first.GetLower(), second.GetLower(), first.GetUpper(), second.GetUpper());
        T best = firstHalf[0], next = secondHalf[0];
        for (var lane = 1; lane < Vector256<T>.Count; lane++)
        {
            next = T.Max(T.Max(next, secondHalf[lane]), T.Min(best, firstHalf[lane]));
            best = T.Max(best, firstHalf[lane]);
        }
        var at = -1;
        var wanted = Vector512.Create(best);
        for (var k = 0; k < _stride; k += Lanes)
        {
            var equal = Vector512.Equals(Vector512.LoadUnsafe(ref values, (nuint)k) - Vector512.LoadUnsafe(ref prices, (nuint)k), wanted);
            for (var bits = equal.ExtractMostSignificantBits(); bits != 0; bits &= bits - 1)
            {
                var mentor = k + BitOperations.TrailingZeroCount(bits);
                if (mentor >= _mentors) break;
                if (at < 0) at = mentor;
                if (_used[mentor] < _capacity[mentor]) return (best, next, mentor);
            }
        }
        return (best, next, at);
    }

    private static (Vector256<T> First, Vector256<T> Second) Merge(Vector256<T> a, Vector256<T> nextToA, Vector256<T> b, Vector256<T> nextToB) =>
        (Vector256.Max(a, b), Vector256.Max(Vector256.Max(nextToA, nextToB), Vector256.Min(a, b)));

    // distance over these candidates to every mentor: start − (value − price); no settled mentor becomes nearer
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Relax(ReadOnlySpan<int> candidates, ReadOnlySpan<T> starts)
    {
        ref var prices = ref MemoryMarshal.GetArrayDataReference(_price);
        ref var distances = ref MemoryMarshal.GetArrayDataReference(_distance);
        ref var settled = ref MemoryMarshal.GetArrayDataReference(_settled);
        ref var moved = ref MemoryMarshal.GetArrayDataReference(_moved);
        var least = Vector512.Create(_far);
        for (nuint k = 0; k < (nuint)_stride; k += (nuint)Lanes)
        {
            var price = Vector512.LoadUnsafe(ref prices, k);
            var known = Vector512.LoadUnsafe(ref distances, k);
            for (var i = 0; i < candidates.Length; i++)
            {
                var reach = Vector512.Create(starts[i]) - Vector512.LoadUnsafe(ref Row(candidates[i]), k) + price;
                var nearer = Vector512.LessThan(reach, known);
                if (nearer == Vector512<T>.Zero) continue;
                Vector512.ConditionalSelect(nearer, Vector512.Create(T.CreateTruncating(candidates[i])), Vector512.LoadUnsafe(ref moved, k)).StoreUnsafe(ref moved, k);
                known = Vector512.Min(reach, known);
                known.StoreUnsafe(ref distances, k);
            }
            least = Vector512.Min(least, Vector512.Max(known, Vector512.LoadUnsafe(ref settled, k)));
        }
        var half = Vector256.Min(least.GetLower(), least.GetUpper());
        var quarter = Vector128.Min(half.GetLower(), half.GetUpper());
        _nearest = quarter[0];
        for (var lane = 1; lane < Vector128<T>.Count; lane++) _nearest = T.Min(_nearest, quarter[lane]);
    }

    // the mentor at the least distance; one with room if there is one
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Nearest()
    {
        ref var distances = ref MemoryMarshal.GetArrayDataReference(_distance);
        ref var settled = ref MemoryMarshal.GetArrayDataReference(_settled);
        ref var full = ref MemoryMarshal.GetArrayDataReference(_full);
        var found = -1;
        var wanted = Vector512.Create(_nearest);
        for (var k = 0; k < _stride; k += Lanes)
        {
            var at = Vector512.Max(Vector512.LoadUnsafe(ref distances, (nuint)k), Vector512.LoadUnsafe(ref settled, (nuint)k));
            var bits = Vector512.Equals(at, wanted).ExtractMostSignificantBits();
            if (bits == 0) continue;
            var withRoom = bits & Vector512.LessThan(Vector512.LoadUnsafe(ref full, (nuint)k), Vector512<T>.Zero).ExtractMostSignificantBits();
            if (withRoom != 0) return k + BitOperations.TrailingZeroCount(withRoom);
            if (found < 0) found = k + BitOperations.TrailingZeroCount(bits);
        }
        return found;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref T Row(int candidate) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_value), candidate * _stride);
}
