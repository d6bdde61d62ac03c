using System.Runtime.CompilerServices;

namespace Anlauf.Planning.Location;

/// <summary>
/// Which steps of the clients have rows. A row holds all sites of the one before it and more, so as long as the last one shown
/// does not carry its full height, none beyond it is missing anything: those far above the multipliers are left out until then.
/// </summary>
internal sealed partial class CoverProgram
{
    private const int LeastMore = 3;

    /// <summary>Shows more steps of the clients whose last row carries its full height.</summary>
    /// <param name="isFull">whether a row does</param>
    /// <returns>false where nothing was missing</returns>
    public bool ShowMore(Func<int, bool> isFull)
    {
        var before = Rows;
        for (var j = 0; j < _core.Clients; j++)
            if (_shown[j] < _core.Start[j + 1] && isFull(_rowOfPair[_shown[j] - 1])) Show(j, _shown[j] + More(_shown[j] - _core.Start[j]));
        return Rows > before;
    }

    /// <summary>Client of a row, −1 for rows of groups, number and budget.</summary>
    public int ClientOf(int row) => _clientOfRow[row];

    /// <summary>True when a row holds a site.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Holds(int row, int site) => RowSite.AsSpan(RowStart[row], RowEnd[row] - RowStart[row]).Contains(site);

    private static int More(int now) => Math.Max(LeastMore, now / 2);

    private int LastNear(int client, long multiplier)
    {
        int from = _core.Start[client], k = from, end = _core.Start[client + 1];
        while (k < end && _core.PairCost[k] < multiplier) k++;
        return k + More(k - from);
    }

    /// <summary>Gives the pairs of a client up to an end their rows.</summary>
    private void Show(int client, int end)
    {
        var (from, last) = (_shown[client], _core.Start[client + 1]);
        end = Math.Min(end, last);
        while (end < last && NextCost(client, end - 1) == _core.PairCost[end - 1]) end++;
        _pieces.Add((from == _core.Start[client] ? -1 : _rowOfPair[from - 1], from, end));
        for (var k = from; k < end; k++)
        {
            _rowOfPair[k] = Rows;
            if (NextCost(client, k) == _core.PairCost[k]) continue;
            (_clientOfRow[Rows], RowStart[Rows], RowEnd[Rows], Right[Rows]) = (client, _core.Start[client], k + 1, 1);
            Top[Rows] = _core.IsDue[client] ? double.PositiveInfinity : (NextCost(client, k) - _core.PairCost[k]) / Unit;
            Rows++;
            if (k + 1 < last) HasSteps = true;
        }
        _shown[client] = end;
    }

    /// <summary>Steps of all clients: sites of equal cost share one.</summary>
    private int Steps()
    {
        var steps = 0;
        for (var j = 0; j < _core.Clients; j++)
            for (var k = _core.Start[j]; k < _core.Start[j + 1]; k++)
                if (NextCost(j, k) != _core.PairCost[k]) steps++;
        return steps;
    }

    private double HighestStep()
    {
        long highest = 1;
        for (var j = 0; j < _core.Clients; j++)
            for (var k = _core.Start[j]; k < _core.Start[j + 1]; k++) highest = Math.Max(highest, NextCost(j, k) - _core.PairCost[k]);
        return highest;
    }
}
