namespace Anlauf.Planning.Assignment.Sponsors;

/// <summary>The multipliers of the linear relaxation over all sets, by column generation.</summary>
internal sealed partial class LoadSearch
{
    private const int PriceRounds = 30, FewColumns = 1_000, NearEnough = 50, MostPivots = 1_000;
    private const double Forward = 0.5;
    private MasterProgram.Basic[] _basis = []; // of the programme over all sets

    // column generation with multipliers between the best known and those of the programme (Wentges 1997): the true bound
    // of a mixture gives new columns, and rises
    private long Sharpen()
    {
        var best = _priced.Bound(_u);
        var master = new MasterProgram(_problem.Members, _u.Length, 0);
        var known = new HashSet<(int, UInt128)>();
        var room = (_incumbent.Cost * _priced.Scale) - best;
        var radius = Math.Max(1, room / (double)_priced.Scale);
        if (room <= 0) return best;
        // where nearly every set is near the least price no list is short enough to begin with
        if (Take(master, known, _priced.Near(_u, ref room, FewColumns).Columns) == 0) return best;
        for (var k = 0; k < master.Columns; k++) master.Bar(k, false);
        master.Begin([.. _u.Select(u => (double)u / _priced.Scale)], radius);
        var mixed = new long[_u.Length];
        var before = double.MaxValue;
        for (var round = 0; round < PriceRounds && _clock.Step(); round++)
        {
            for (var k = 0; k < master.Columns; k++) master.Bar(k, false);
            master.Solve(MostPivots);
            var value = master.Value * _priced.Scale;
            var left = (_incumbent.Cost * _priced.Scale) - best;
            if (round % 4 == 3)
            {
                master.Shares(_shares);
                Round(_shares);
            }
            if (left <= 0 || value - best <= left / NearEnough) break;
            // once the programme hardly falls any more its own multipliers are the best
            var forward = before - value <= left / NearEnough ? 1 : Forward;
            before = value;
            for (var v = 0; v < mixed.Length; v++)
                mixed[v] = (long)Math.Round((_u[v] * (1 - forward)) + (master.Multipliers[v] * _priced.Scale * forward));
            room = Math.Min(room, left);
            var (bound, columns) = _priced.Near(mixed, ref room, FewColumns);
            if (bound > best)
            {
                best = bound;
                mixed.CopyTo(_u, 0);
            }
            if (Take(master, known, columns) == 0 && forward == 1 && bound < best) break;
        }
        (_room, _basis) = (room, master.Sketch());
        return _priced.Bound(_u);
    }

    // columns the programme does not have yet
    private int Take(MasterProgram master, HashSet<(int, UInt128)> known, ColumnList columns)
    {
        var before = master.Columns;
        for (var m = 0; m < _problem.Members; m++)
            for (var k = columns.MemberStart[m]; k < columns.MemberStart[m + 1]; k++)
                if (known.Add((m, columns.Sets[k]))) master.Add(0, m, columns.Sets[k], (double)columns.Cost[k] / _priced.Scale);
        return master.Columns - before;
    }

    // a plan near the linear programme: every constituency to the member with the greatest share
    private void Round(double[] shares)
    {
        for (var v = 0; v < _u.Length; v++)
        {
            var row = shares.AsSpan(v * _problem.Members, _problem.Members);
            var best = 0;
            for (var m = 1; m < row.Length; m++)
                if (row[m] > row[best]) best = m;
            _local.Plan[v] = best;
        }
        _local.Improve();
    }
}
