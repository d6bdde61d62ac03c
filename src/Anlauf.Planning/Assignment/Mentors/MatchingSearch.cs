using System.Numerics;

namespace Anlauf.Planning.Assignment.Mentors;

/// <summary>
/// Matching of greatest value with capacities. First an ascending auction: a column asked by too many keeps those who would
/// lose most elsewhere and becomes dearer by what the next one would lose (Bertsekas 1979, with exact regrets). Whoever is
/// left looks for a shortest augmenting path with prices; where these turn out long, all begin anew with coarse values. Both
/// read short lists of the best offers (value − price) and a whole row only where the list cannot answer. Prices and distances stay within the largest value, so with <c>far</c> four times
/// as large and twice within the range of T no sum overflows.
/// </summary>
internal sealed partial class MatchingSearch<T>
    where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
{
    private const int RowsOfPiece = 64;
    private readonly T _far;
    private readonly T _largest;
    private readonly int _workers;
    private readonly int _bidders, _columns, _stride;
    private readonly int[] _capacity; // of columns
    private readonly int[] _rowOf; // of bidders
    private readonly PairTable<T> _table;
    private readonly OfferLists<T> _lists;
    private readonly T[] _price;
    private readonly int[] _columnOf;
    private readonly T[] _seated; // what each bidder counts where it sits
    private readonly int[] _slots, _slotStart, _used; // bidders of each column

    public MatchingSearch(PairTable<T> table, T far, Sides sides, int workers)
    {
        (_table, _far, _rowOf, _workers) = (table, far, sides.RowOf, workers);
        (_bidders, _columns, _stride) = (sides.RowOf.Length, table.Columns, table.Stride);
        _capacity = [.. sides.Capacity.Select(room => Math.Min(room, _bidders))];
        (_price, _distance, _settled, _moved) = (new T[_stride], new T[_stride], new T[_stride], new T[_stride]);
        (_touched, _slotStart, _used) = (new int[_columns], new int[_columns], new int[_columns]);
        _columnOf = [.. Enumerable.Repeat(-1, _bidders)];
        var slots = 0;
        for (var k = 0; k < _columns; k++)
        {
            _slotStart[k] = slots;
            slots = checked(slots + _capacity[k]);
        }
        (_slots, _seated) = (new int[slots], new T[_bidders]);
        _lists = new(table, _price);
        (_pending, _rooted, _fresh, _scanned) = (new (T, T, int)[16], new bool[_bidders], new int[table.Rows], new int[table.Rows]);
        (_pathBidder, _pathColumn) = (new int[_columns + 1], new int[_columns + 1]);
        (_nextFree, _free) = (new int[table.Rows], new T[_stride]);
        Array.Fill(_free, far);
        (_nextGuest, _guestRound, _nextTight, _tightRound, _ask) = (new int[_columns], new int[_columns], new int[table.Rows], new int[table.Rows], new T[_stride]);
        MakeAll();
        for (var row = 0; row < table.Rows; row++) _largest = T.Max(_largest, BestOffer(row));
    }

    /// <summary>Column of each bidder, −1 for none.</summary>
    public int[] ColumnOf => _columnOf;

    /// <summary>Price of one place in this column.</summary>
    public T Price(int column) => _price[column];

    /// <summary>What a bidder of this row gains beyond the prices.</summary>
    public T Gain(int row) => Offers(row).Best;

    /// <summary>Finds the matching; false when <paramref name="goOn"/> stopped it.</summary>
    public bool Solve(Func<bool> goOn)
    {
        var left = Auction(goOn);
        if (left is null) return false;
        if (!PlaceAll(left, goOn)) return false;
        return left.Count == 0 || MatchByScales(goOn);
    }

    private void MakeAll() => Division.For(_workers, (_table.Rows + RowsOfPiece - 1) / RowsOfPiece, piece =>
    {
        for (var row = piece * RowsOfPiece; row < Math.Min(_table.Rows, (piece + 1) * RowsOfPiece); row++) _lists.Make(row);
    });

    private bool HasRoom(int column) => _used[column] < _capacity[column];

    private void Seat(int bidder, int column)
    {
        _columnOf[bidder] = column;
        _seated[bidder] = _table[_rowOf[bidder], column] & _lists.Mask;
        _slots[_slotStart[column] + _used[column]++] = bidder;
    }

    private void Unseat(int bidder, int column)
    {
        var slot = Array.IndexOf(_slots, bidder, _slotStart[column], _used[column]);
        _slots[slot] = _slots[_slotStart[column] + --_used[column]];
        _columnOf[bidder] = -1;
    }
}
