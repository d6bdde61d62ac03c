using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Anlauf.Planning.Assignment.Mentors;

/// <summary>
/// Deferred acceptance with capacities (Gale and Shapley 1962): no two both prefer each other to what they have, and no
/// stable matching serves anybody who asks better. Who asks asks the best column that would accept at the moment: what refuses
/// now, full of guests liked better, refuses for good. The order of asking makes no difference to the end; those with the
/// best hopes ask first, so that few are sent away again.
/// </summary>
internal sealed class StableMatching<T>
    where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
{
    private readonly PairTable<T> _likes, _liked;
    private readonly T _far;
    private readonly Sides _sides;
    private readonly int[] _columnOf;
    private readonly int[] _slots, _slotStart, _used; // guests of each column
    private readonly int[] _sent; // place of the guest each full column likes least, −1 while there is room
    private readonly T[] _worst; // what that guest is worth; the least number while there is room, the greatest where there never was any
    private readonly T[] _worstRow; // its number, −1 while there is room

    private StableMatching(PairTable<T> likes, PairTable<T> liked, T far, Sides sides)
    {
        (_likes, _liked, _far, _sides) = (likes, liked, far, sides);
        _columnOf = [.. Enumerable.Repeat(-1, sides.RowOf.Length)];
        (_slotStart, _used, _sent) = (new int[likes.Columns], new int[likes.Columns], new int[likes.Columns]);
        (_worst, _worstRow) = (new T[likes.Stride], new T[likes.Stride]);
        Array.Fill(_worst, T.MaxValue);
        Array.Fill(_worstRow, -T.One);
        Array.Fill(_sent, -1);
        var slots = 0;
        for (var k = 0; k < likes.Columns; k++)
        {
            if (sides.Capacity[k] > 0) _worst[k] = T.MinValue;
            _slotStart[k] = slots;
            slots = checked(slots + Math.Min(sides.Capacity[k], _columnOf.Length));
        }
        _slots = new int[slots];
    }

    /// <summary>Column of each bidder, −1 for none.</summary>
    /// <param name="likes">how rows like columns; of equal ones the first</param>
    /// <param name="liked">how columns like rows; of equal ones the first</param>
    /// <param name="far">−far stands for a pair that may not be matched</param>
    /// <param name="sides">who asks whom</param>
    public static int[] Find(PairTable<T> likes, PairTable<T> liked, T far, Sides sides)
    {
        var matching = new StableMatching<T>(likes, liked, far, sides);
        var hopes = new T[likes.Rows];
        for (var row = 0; row < hopes.Length; row++) hopes[row] = matching.Best(row).Rank;
        foreach (var first in Enumerable.Range(0, sides.RowOf.Length).OrderByDescending(b => hopes[sides.RowOf[b]]))
            for (var bidder = first; bidder >= 0;) bidder = matching.Ask(bidder);
        return matching._columnOf;
    }

    // seats the bidder with the best column that accepts; returns the guest sent away, −1 for none
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Ask(int bidder)
    {
        var (_, column) = Best(_sides.RowOf[bidder]);
        if (column < 0) return -1;
        _columnOf[bidder] = column;
        var sent = -1;
        if (_sent[column] >= 0)
        {
            sent = _slots[_sent[column]];
            _columnOf[sent] = -1;
            _slots[_sent[column]] = bidder;
        }
        else
        {
            _slots[_slotStart[column] + _used[column]++] = bidder;
        }
        if (_used[column] == Math.Min(_sides.Capacity[column], _columnOf.Length)) FindWorst(column);
        return sent;
    }

    // the best column that would accept
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (T Rank, int Column) Best(int row)
    {
        var best = Vector256.Create(-_far);
        for (var k = 0; k < _likes.Stride; k += Vector256<T>.Count) best = Vector256.Max(best, Ranks(row, k));
        var rank = best[0];
        for (var lane = 1; lane < Vector256<T>.Count; lane++) rank = T.Max(rank, best[lane]);
        if (rank == -_far) return (rank, -1);
        var wanted = Vector256.Create(rank);
        for (var k = 0; k < _likes.Stride; k += Vector256<T>.Count)
        {
            var equal = Vector256.Equals(Ranks(row, k), wanted);
            if (equal != Vector256<T>.Zero) return (rank, k + BitOperations.TrailingZeroCount(equal.ExtractMostSignificantBits()));
        }
        return (rank, -1);
    }

    // −far where the column refuses
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<T> Ranks(int row, int from)
    {
        var at = (nuint)from;
        var liked = Vector256.LoadUnsafe(ref _liked.Row(row), at);
        var worst = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_worst), at);
        var worstRow = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_worstRow), at);
        var accepts = Vector256.GreaterThan(liked, worst)
            | (Vector256.Equals(liked, worst) & Vector256.GreaterThan(worstRow, Vector256.Create(T.CreateTruncating(row))));
        return Vector256.ConditionalSelect(accepts, Vector256.LoadUnsafe(ref _likes.Row(row), at), Vector256.Create(-_far));
    }

    private void FindWorst(int column)
    {
        _sent[column] = -1;
        for (var s = _slotStart[column]; s < _slotStart[column] + _used[column]; s++)
        {
            var row = _sides.RowOf[_slots[s]];
            var rank = _liked[row, column];
            if (_sent[column] >= 0 && (rank > _worst[column] || (rank == _worst[column] && T.CreateTruncating(row) < _worstRow[column]))) continue;
            (_sent[column], _worst[column], _worstRow[column]) = (s, rank, T.CreateTruncating(row));
        }
    }
}
