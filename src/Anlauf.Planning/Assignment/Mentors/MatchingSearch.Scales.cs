using System.Runtime.InteropServices;

namespace Anlauf.Planning.Assignment.Mentors;

/// <summary>
/// Where many want the same the auction seats few, and every path is long. Then the matching is found for the first digits of
/// the values, then for some more, and so on (scaling, Gabow 1985): prices of the last step are nearly right, and those left over
/// are at few distances from their ends, so that all of them together take few searches.
/// </summary>
internal sealed partial class MatchingSearch<T>
{
    private const int FirstDigits = 4, DigitsOfStep = 3; // binary
    private bool _together; // all who are left search at once

    private int StepsOfScales()
    {
        var steps = 1;
        for (var rest = _largest >> FirstDigits; rest > T.Zero; rest >>= DigitsOfStep) steps++;
        return steps;
    }

    private bool MatchByScales(Func<bool> goOn)
    {
        _together = true;
        var shift = (StepsOfScales() - 1) * DigitsOfStep;
        for (var k = 0; k < _columns; k++) _price[k] = _price[k] >> shift << shift;
        for (; ; shift -= DigitsOfStep)
        {
            _lists.Mask = ~((T.One << shift) - T.One);
            MakeAll();
            if (!PlaceTogether(KeepTight(), goOn) || !FillAll(goOn)) return false;
            if (shift == 0) return true;
        }
    }

    // who no longer sits best stands up; returns all who look for a place
    private List<int> KeepTight()
    {
        var left = new List<int>();
        for (var bidder = 0; bidder < _bidders; bidder++)
        {
            _rooted[bidder] = false;
            var (best, column) = (BestOffer(_rowOf[bidder]), _columnOf[bidder]);
            if (column >= 0)
            {
                _seated[bidder] = _table[_rowOf[bidder], column] & _lists.Mask;
                if (_seated[bidder] - _price[column] == best) continue;
                Unseat(bidder, column);
            }
            if (best > T.Zero) left.Add(bidder);
        }
        return left;
    }

    private bool PlaceTogether(List<int> left, Func<bool> goOn)
    {
        SeatAlongTightPairs(CollectionsMarshal.AsSpan(left), []);
        while (true)
        {
            left.RemoveAll(bidder => _rooted[bidder]);
            if (left.Count == 0) return true;
            if (!goOn()) return false;
            FindEnds(CollectionsMarshal.AsSpan(left));
            SeatAlongTightPairs(CollectionsMarshal.AsSpan(left), []);
        }
    }
}
