using System.Runtime.InteropServices;

namespace Anlauf.Planning.Assignment.Mentors;

/// <summary>
/// A place with a price must be taken. Where it is not, it becomes cheaper until somebody comes from a place without a price,
/// or from nowhere, or it costs nothing itself: shortest paths from all of these to the places left empty.
/// </summary>
internal sealed partial class MatchingSearch<T>
{
    private bool _filling;

    private bool FillAll(Func<bool> goOn)
    {
        _filling = true;
        while (AnyEmpty())
        {
            if (!goOn()) return false;
            FillSome();
        }
        _filling = false;
        return true;
    }

    private bool AnyEmpty()
    {
        for (var k = 0; k < _columns; k++)
            if (IsEnd(k)) return true;
        return false;
    }

    private void FillSome()
    {
        BeginSearch();
        // the last resort of every column is to give a place up for nothing
        for (var k = 0; k < _columns; k++) (_distance[k], _moved[k]) = (_price[k], -T.One);
        var without = new List<int>();
        for (var bidder = 0; bidder < _bidders; bidder++)
        {
            if (_columnOf[bidder] >= 0) continue;
            without.Add(bidder);
            Reach(bidder, T.Zero);
        }
        SearchOn();
        for (var k = 0; k < _columns; k++) _price[k] -= T.Min(_distance[k], _end);
        _lists.Loosen(_end);
        var places = new List<int>();
        for (var k = 0; k < _columns; k++)
            if (_price[k] == T.Zero && _used[k] > 0) places.Add(k);
        SeatAlongTightPairs(CollectionsMarshal.AsSpan(without), CollectionsMarshal.AsSpan(places));
    }
}
