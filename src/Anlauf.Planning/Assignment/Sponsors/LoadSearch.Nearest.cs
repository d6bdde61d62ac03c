namespace Anlauf.Planning.Assignment.Sponsors;

/// <summary>A good plan from the columns nearest to their member's least price, before all columns that could matter are listed: the better the plan, the shorter the list.</summary>
internal sealed partial class LoadSearch
{
    private const int NearestNodes = 2_000, NearestTries = 20;
    private long _room; // above the least prices: few columns

    private int Dive => _exhaustible * 5 / 4;

    private void TryNearest(long bound)
    {
        if (Nearest(bound) is not { } columns) return;
        var start = columns.MemberStart.ToArray();
        var prices = new ColumnPrices(_problem, columns, _workers);
        prices.Evaluate(_u, [.. Enumerable.Range(0, columns.Count)], start);
        var excesses = new long[columns.Count];
        for (var m = 0; m < _problem.Members; m++)
            for (var k = start[m]; k < start[m + 1]; k++) excesses[k] = prices.Prices[k] - prices.Least[m];
        var dearest = Ranks.At(excesses.ToArray(), Math.Min(Dive, excesses.Length) - 1);
        var choice = new ColumnChoice(_problem);
        var (open, count) = (choice.Columns(excesses.Length), 0);
        for (var m = 0; m < _problem.Members; m++)
            for (var k = start[m]; k < start[m + 1]; k++)
                if (excesses[k] <= dearest) open[count++] = new(excesses[k], columns.Sets[k], m, k, columns.Cost[k]);
        choice.Run(count, bound, (_incumbent.Cost - 1) * _priced.Scale, NearestNodes);
        if (choice.Best is { } best) _incumbent.Offer(columns.Plan(best));
    }

    // some more columns than are tried, or none where that are all there are
    private ColumnList? Nearest(long bound)
    {
        var (room, all) = (Math.Max(1, _room), ((_incumbent.Cost - 1) * _priced.Scale) - bound);
        ColumnList? columns = null;
        for (var tries = 0; tries < NearestTries; tries++)
        {
            room = Math.Min(room, all);
            var more = _priced.List(_u, room, 4 * Dive);
            if (more is null)
            {
                if (columns is not null) return columns;
                room = room * 3 / 5;
                continue;
            }
            if (more.Count >= Dive) return more;
            if (room == all) return null;
            columns = more;
            room = (room * 5 / 4) + 1;
        }
        return columns;
    }
}
