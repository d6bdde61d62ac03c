using System.Runtime.CompilerServices;

namespace Anlauf.Planning.Assignment.Mentors;

/// <summary>Ascending auction with exact regrets (Bertsekas 1979): it seats most of the bidders.</summary>
internal sealed partial class MatchingSearch<T>
{
    private const int RowsPerBidder = 8;

    // bidders still without a place that may be worth one, or none when stopped
    private List<int>? Auction(Func<bool> goOn)
    {
        var looking = Enumerable.Range(0, _bidders).ToList();
        var asked = new List<int>[_columns];
        for (var k = 0; k < _columns; k++) asked[k] = [];
        var busy = new List<int>();
        var bids = (long)RowsPerBidder * _bidders;
        while (looking.Count > _bidders / 100 && bids > 0)
        {
            if (!goOn()) return null;
            bids -= looking.Count;
            foreach (var bidder in looking)
            {
                var (best, _, column) = Offers(_rowOf[bidder]);
                if (best <= T.Zero) continue; // prices only rise: without a place is best
                if (asked[column].Count == 0) busy.Add(column);
                asked[column].Add(bidder);
            }
            looking.Clear();
            foreach (var column in busy)
            {
                bids -= Settle(column, asked[column], looking);
                asked[column].Clear();
            }
            busy.Clear();
        }
        return looking;
    }

    // seats those who ask, or the ones who would lose most elsewhere; returns the number of further bids
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Settle(int column, List<int> asking, List<int> rejected)
    {
        if (asking.Count <= _capacity[column] - _used[column])
        {
            foreach (var bidder in asking) Seat(bidder, column);
            return 0;
        }
        for (var s = 0; s < _used[column]; s++) asking.Add(_slots[_slotStart[column] + s]);
        while (_used[column] > 0) Unseat(_slots[_slotStart[column]], column);
        var ranked = new (T Loss, int Bidder)[asking.Count];
        for (var i = 0; i < ranked.Length; i++) ranked[i] = (Regret(asking[i], column), asking[i]);
        ranked.AsSpan().Sort(static (a, b) => a.Loss == b.Loss ? a.Bidder.CompareTo(b.Bidder) : b.Loss.CompareTo(a.Loss));
        for (var i = 0; i < ranked.Length; i++)
        {
            if (i < _capacity[column]) Seat(ranked[i].Bidder, column);
            else rejected.Add(ranked[i].Bidder);
        }
        _price[column] += ranked[_capacity[column]].Loss;
        return ranked.Length;
    }

    // what the bidder loses when this column is out of reach
    private T Regret(int bidder, int column)
    {
        var (best, second, at) = Offers(_rowOf[bidder]);
        return T.Max(T.Zero, at == column ? best - T.Max(second, T.Zero) : T.Zero);
    }

    // best and second-best offer; ties go to a column with room
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (T Best, T Second, int Column) Offers(int row)
    {
        var offers = Listed(row);
        if (offers.Second >= _lists.Rest(row)) return offers;
        _lists.Make(row);
        offers = Listed(row);
        var rest = _lists.Rest(row);
        if (offers.Second > rest) return offers;
        // where the best is not listed alone one outside the list may have room
        return offers.Second == rest && (offers.Best > rest || offers.Column < 0 || HasRoom(offers.Column)) ? offers : AllOffers(row);
    }

    // no offer counts less than 0: without a place is at least as good
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (T Best, T Second, int Column) Listed(int row)
    {
        var columns = _lists.Columns(row);
        ref var worth = ref _lists.Worth(row);
        var (best, second, at) = (T.Zero, T.Zero, -1);
        for (var i = 0; i < columns.Length; i++)
        {
            var column = columns[i];
            var offer = Unsafe.Add(ref worth, i) - _price[column];
            if (offer <= second) continue;
            if (offer < best) second = offer;
            else if (offer > best) (best, second, at) = (offer, best, column);
            else
            {
                second = offer;
                if (!HasRoom(at)) at = column;
            }
        }
        return (best, second, at);
    }
}
