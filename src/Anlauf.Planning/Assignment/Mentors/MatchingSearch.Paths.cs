using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Anlauf.Planning.Assignment.Mentors;

/// <summary>
/// Who is left is placed by shortest augmenting paths (Jonker and Volgenant 1987), from several bidders at once up to the
/// nearest end; every tree that reached an end as near seats its bidder. Pairs outside the lists are read only where they
/// may be nearer than what is known.
/// </summary>
internal sealed partial class MatchingSearch<T>
{
    // what whole rows and new lists take, a list read counting 1, and what a step of scales takes for every bidder
    private const int WorkOfRow = 2, WorkOfList = 4, WorkOfStep = 10, Trial = 8;
    private readonly T[] _distance, _settled; // settled: the greatest number once settled, before the least
    private readonly T[] _moved; // bidder that would move here
    private readonly int[] _touched;
    private readonly List<int> _level = [], _roots = [];
    private readonly List<(int Bidder, int Column)> _ends = []; // a column with room, or a bidder who stays without one
    private readonly bool[] _rooted; // bidders whose tree has reached its end
    private readonly int[] _fresh, _scanned; // round in which the list of a row was made, round in which it was read
    private (T Key, T Start, int Bidder)[] _pending;
    private int _touchedCount, _pendingCount, _round;
    private long _work;
    private T _nearest, _end, _nearestPending;

    // false when stopped; gives up, with some left, where the rest would take longer than all by scales
    private bool PlaceAll(List<int> left, Func<bool> goOn)
    {
        var (batch, all, scales) = (left.Count, left.Count, (long)_bidders * StepsOfScales() * WorkOfStep);
        _work = 0;
        while (left.Count > 0)
        {
            if (!goOn()) return false;
            if (_work > scales / Trial && (double)_work / (all - left.Count) * left.Count > scales) return true;
            batch = Math.Clamp(batch, 1, left.Count);
            FindEnds(CollectionsMarshal.AsSpan(left)[^batch..]);
            var seated = AugmentAll();
            var kept = left.Count - batch;
            for (var i = kept; i < left.Count; i++)
                if (!_rooted[left[i]]) left[kept++] = left[i];
            left.RemoveRange(kept, left.Count - kept);
            // where every end is at a distance of its own many trees only cost
            if (8 * seated < batch) batch /= 2;
            else if (4 * seated > batch) batch *= 2;
        }
        return true;
    }

    // one search from all of these to the nearest end; prices follow
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindEnds(ReadOnlySpan<int> sources)
    {
        BeginSearch();
        foreach (var bidder in sources) Reach(bidder, BestOffer(_rowOf[bidder]));
        SearchOn();
        for (var t = 0; t < _touchedCount; t++) _price[_touched[t]] += _end - _distance[_touched[t]];
    }

    private void BeginSearch()
    {
        (_touchedCount, _pendingCount, _end, _nearestPending) = (0, 0, _far, _far);
        _round++;
        _ends.Clear();
        Array.Fill(_distance, _far);
        Array.Fill(_settled, T.MinValue);
        _nearest = T.MinValue;
    }

    // up to the nearest end
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SearchOn()
    {
        while (true)
        {
            _work++;
            FindNearest();
            if (_nearestPending < T.Min(_nearest, _end))
            {
                Extend();
                continue;
            }
            if (_nearest > _end || _nearest >= _far) break;
            FindLevel();
            while (_level.Count > 0)
            {
                var column = _level[^1];
                _level.RemoveAt(_level.Count - 1);
                SettleAt(column);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SettleAt(int column)
    {
        _settled[column] = T.MaxValue;
        if (IsEnd(column))
        {
            NoteEnd(_nearest, -1, column);
            return;
        }
        _touched[_touchedCount++] = column;
        if (_nearest >= _end) return;
        var (from, gone) = (_slotStart[column], _nearest - _price[column]);
        for (var s = 0; s < _used[column]; s++)
        {
            var guest = _slots[from + s];
            Reach(guest, gone + _seated[guest]);
        }
    }

    // with room; a place to be filled must have a price
    private bool IsEnd(int column) => HasRoom(column) && (!_filling || _price[column] > T.Zero);

    private void NoteEnd(T distance, int bidder, int column)
    {
        if (distance < _end) _ends.Clear();
        _end = distance;
        _ends.Add((bidder, column));
    }

    // who gives up so much may move to any column in the list
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Reach(int bidder, T start)
    {
        if (!_filling && start <= _end) NoteEnd(start, bidder, -1);
        // a second place of the same mentor comes no nearer
        if (_scanned[_rowOf[bidder]] == _round) return;
        _scanned[_rowOf[bidder]] = _round;
        _work++;
        Relax(bidder, start);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Relax(int bidder, T start)
    {
        var row = _rowOf[bidder];
        var columns = _lists.Columns(row);
        ref var worth = ref _lists.Worth(row);
        ref var distances = ref MemoryMarshal.GetArrayDataReference(_distance);
        ref var prices = ref MemoryMarshal.GetArrayDataReference(_price);
        for (var i = 0; i < columns.Length; i++)
        {
            var column = columns[i];
            var reach = start - (Unsafe.Add(ref worth, i) - Unsafe.Add(ref prices, column));
            if (reach >= Unsafe.Add(ref distances, column)) continue;
            Unsafe.Add(ref distances, column) = reach;
            _moved[column] = T.CreateTruncating(bidder);
            if (reach == _nearest) _level.Add(column);
        }
        var rest = _lists.Rest(row);
        // who fills places may move where prices are about to fall to what it offers
        if ((rest <= T.Zero && !_filling) || start - rest >= _end) return;
        if (_pendingCount == _pending.Length) Array.Resize(ref _pending, 2 * _pendingCount);
        _pending[_pendingCount++] = (start - rest, start, bidder);
        _nearestPending = T.Min(_nearestPending, start - rest);
    }

    // reads the pairs not listed that may be nearer than what is known: in a list of the moment, then the whole row
    private void Extend()
    {
        var (limit, count) = (T.Min(_nearest, _end), _pendingCount);
        (_nearest, _nearestPending, _pendingCount) = (T.MinValue, _far, 0);
        for (var i = 0; i < count; i++)
        {
            var (key, start, bidder) = _pending[i];
            var row = _rowOf[bidder];
            if (key >= limit)
            {
                _pending[_pendingCount++] = (key, start, bidder);
                _nearestPending = T.Min(_nearestPending, key);
            }
            else if (_together || _fresh[row] == _round)
            {
                _work += WorkOfRow;
                RelaxAll(bidder, start);
            }
            else
            {
                _fresh[row] = _round;
                _work += WorkOfList;
                _lists.Make(row);
                Relax(bidder, start);
            }
        }
    }

    private int AugmentAll()
    {
        _roots.Clear();
        foreach (var (bidder, column) in _ends) _roots.Add(bidder >= 0 && _columnOf[bidder] < 0 ? bidder : Root(column >= 0 ? column : _columnOf[bidder]));
        var seated = 0;
        for (var i = 0; i < _ends.Count; i++)
        {
            var (bidder, column) = _ends[i];
            if (_rooted[_roots[i]]) continue;
            _rooted[_roots[i]] = true;
            seated++;
            if (bidder == _roots[i]) continue; // stays without a place
            if (bidder >= 0)
            {
                column = _columnOf[bidder];
                Unseat(bidder, column);
            }
            Augment(column, _roots[i]);
        }
        return seated;
    }

    private int Root(int column)
    {
        while (true)
        {
            var bidder = int.CreateTruncating(_moved[column]);
            if (_columnOf[bidder] < 0) return bidder;
            column = _columnOf[bidder];
        }
    }

    // everybody on the path moves one place on, the newcomer takes the first
    private void Augment(int column, int newcomer)
    {
        while (true)
        {
            var moved = int.CreateTruncating(_moved[column]);
            var from = _columnOf[moved];
            if (moved != newcomer) Unseat(moved, from);
            Seat(moved, column);
            if (moved == newcomer) return;
            column = from;
        }
    }
}
