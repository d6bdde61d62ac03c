using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Anlauf.Planning.Assignment.Mentors;

/// <summary>
/// Augmenting paths over tight pairs alone (those that gain as much as the row can), depth first, as many as one look at
/// everything finds (Hopcroft and Karp 1973); before going deeper every row looks for a column with room (Duff 1981).
/// </summary>
internal sealed partial class MatchingSearch<T>
{
    private readonly int[] _pathBidder, _pathColumn; // who would move where
    private readonly int[] _nextGuest, _guestRound; // of columns: first guest not yet asked to move
    private readonly int[] _nextTight, _nextFree, _tightRound; // of rows: where to look on, first in the list, then in the whole row
    private readonly T[] _ask; // price of a column not yet looked at, else far
    private readonly T[] _free; // price of a column with room that may be an end, else far
    private int _tight; // number of the look

    // paths from these bidders to places or to bidders who would as well stay without; returns how many
    private int SeatAlongTightPairs(ReadOnlySpan<int> sources, ReadOnlySpan<int> places)
    {
        _tight++;
        _price.AsSpan().CopyTo(_ask);
        for (var k = 0; k < _columns; k++)
        {
            _free[k] = IsEnd(k) ? _price[k] : _far;
            if (IsEnd(k)) _ask[k] = _far;
        }
        var seated = 0;
        foreach (var bidder in sources)
        {
            if (_columnOf[bidder] >= 0 || !FindPath(bidder, BestOffer(_rowOf[bidder]), -1)) continue;
            _rooted[bidder] = true;
            seated++;
        }
        foreach (var column in places)
            while (_ask[column] != _far && FindPath(-1, T.Zero, column)) seated++;
        return seated;
    }

    // a path from a bidder without a place, or from a column that gives one up
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool FindPath(int bidder, T gain, int column)
    {
        var (depth, source) = (0, bidder);
        if (bidder < 0)
        {
            (_pathBidder[0], _pathColumn[0], depth) = (-1, column, 1);
            _ask[column] = _far;
        }
        else if (gain == T.Zero && !_filling)
        {
            return true;
        }
        while (true)
        {
            if (bidder >= 0)
            {
                var next = NextTight(_rowOf[bidder], gain);
                if (next >= 0)
                {
                    (_pathBidder[depth], _pathColumn[depth]) = (bidder, next);
                    if (_free[next] != _far)
                    {
                        Move(depth, -1);
                        if (!HasRoom(next)) _free[next] = _far;
                        return true;
                    }
                    _ask[next] = _far;
                    depth++;
                }
                else if (depth == 0)
                {
                    return false;
                }
            }
            // the next guest of the last column
            var at = _pathColumn[depth - 1];
            if (_guestRound[at] != _tight) (_guestRound[at], _nextGuest[at]) = (_tight, 0);
            if (_nextGuest[at] < _used[at])
            {
                bidder = _slots[_slotStart[at] + _nextGuest[at]++];
                gain = _seated[bidder] - _price[at];
                if (gain != T.Zero || _filling) continue;
                Move(depth - 1, bidder);
                return true;
            }
            bidder = _pathBidder[--depth];
            if (bidder < 0) return false;
            gain = _columnOf[bidder] >= 0 ? _seated[bidder] - _price[_columnOf[bidder]] : bidder == source ? BestOffer(_rowOf[bidder]) : T.Zero;
        }
    }

    // the best offer, 0 where none is better
    private T BestOffer(int row)
    {
        var best = Listed(row).Best;
        if (best >= _lists.Rest(row)) return best;
        _lists.Make(row);
        return Listed(row).Best;
    }

    // everybody moves on; columns with guests not asked yet may be entered again
    private void Move(int depth, int leaving)
    {
        if (leaving >= 0) Unseat(leaving, _pathColumn[depth]);
        for (var d = depth; d >= 0; d--)
        {
            var (bidder, column) = (_pathBidder[d], _pathColumn[d]);
            if (bidder >= 0)
            {
                if (_columnOf[bidder] >= 0) Unseat(bidder, _columnOf[bidder]);
                Seat(bidder, column);
            }
            if (_guestRound[column] == _tight && _nextGuest[column] > 0 && --_nextGuest[column] < _used[column] && _free[column] == _far) _ask[column] = _price[column];
        }
    }

    // a column where the row gains as much as anywhere: first those with room, then those not looked at yet; −1 for none
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int NextTight(int row, T gain)
    {
        if (_tightRound[row] != _tight) (_tightRound[row], _nextTight[row], _nextFree[row]) = (_tight, 0, 0);
        if (_nextFree[row] < int.MaxValue && Next(row, gain, _free, _nextFree) is var free and >= 0) return free;
        return _nextTight[row] < int.MaxValue ? Next(row, gain, _ask, _nextTight) : -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Next(int row, T gain, T[] asks, int[] from)
    {
        var next = from[row];
        if (next < OfferLists<T>.Longest)
        {
            var columns = _lists.Columns(row);
            ref var worth = ref _lists.Worth(row);
            for (; next < columns.Length; next++)
            {
                if (Unsafe.Add(ref worth, next) - asks[columns[next]] != gain) continue;
                from[row] = next;
                return columns[next];
            }
            next = OfferLists<T>.Longest;
        }
        if (_lists.Rest(row) >= gain)
        {
            ref var values = ref _table.Row(row);
            ref var ask = ref MemoryMarshal.GetArrayDataReference(asks);
            var (digits, wanted) = (Vector256.Create(_lists.Mask), Vector256.Create(gain));
            for (var k = next - OfferLists<T>.Longest; k < _stride; k += Vector256<T>.Count)
            {
                var equal = Vector256.Equals((Vector256.LoadUnsafe(ref values, (nuint)k) & digits) - Vector256.LoadUnsafe(ref ask, (nuint)k), wanted);
                if (equal == Vector256<T>.Zero) continue;
                from[row] = OfferLists<T>.Longest + k;
                return k + BitOperations.TrailingZeroCount(equal.ExtractMostSignificantBits());
            }
        }
        from[row] = int.MaxValue;
        return -1;
    }
}
