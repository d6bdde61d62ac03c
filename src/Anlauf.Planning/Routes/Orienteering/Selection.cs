using System.Numerics;
using System.Runtime.CompilerServices;

namespace Anlauf.Planning.Routes.Orienteering;

/// <summary>
/// The best points to stop at when all points stand in one order: open points stand where they would cost least, and a table of
/// least lengths per score decides which to pass by (implicit customer selection, Vidal, Maculan, Ochi and Penna 2014).
/// </summary>
internal sealed class Selection
{
    private const int MostScore = 2_000, Passed = 12;
    private readonly OrienteeringProblem _problem;
    private readonly long _unit;
    private readonly int[] _units, _order, _chosen, _most;
    private readonly double[] _least; // place in the order · width + score: least length
    private readonly double[] _rank;
    private readonly int _width;

    public Selection(OrienteeringProblem problem)
    {
        _problem = problem;
        var all = problem.Points.Count;
        var useful = problem.PointsOfUse;
        _unit = problem.ScoreUnit;
        Fits = _unit > 0 && useful.Sum(p => problem.Points[p].Score / _unit) <= MostScore;
        _units = new int[all];
        (_order, _chosen, _most, _rank, _least) = ([], [], [], [], []);
        if (!Fits) return;
        foreach (var point in useful) _units[point] = (int)(problem.Points[point].Score / _unit);
        _width = _units.Sum() + 1 + Vector<double>.Count;
        _order = new int[useful.Count + 2];
        _chosen = new int[useful.Count + 2];
        _most = new int[useful.Count + 2];
        _rank = new double[all];
        _least = new double[_order.Length * _width];
    }

    /// <summary>True where the scores have few different sums.</summary>
    public bool Fits { get; }

    /// <summary>Stops of a better choice for a tour, from its own and the open points; none when the tour is as good as any.</summary>
    /// <param name="tours">tours whose places for open points are current</param>
    /// <param name="tour">index of the tour</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ReadOnlySpan<int> Choose(Tours tours, int tour)
    {
        var size = Order(tours, tour);
        _least.AsSpan(0, size * _width).Fill(double.PositiveInfinity);
        _least[0] = 0;
        _most[0] = 0;
        for (var j = 1; j < size; j++)
        {
            var units = _units[_order[j]];
            _most[j] = 0;
            Extend(0, j, units);
            for (var i = Math.Max(1, j - Passed); i < j; i++) Extend(i, j, units);
            // more than this is too far to come back from
            var home = _problem.Budget - _problem.Leg(_order[j], _problem.End);
            while (_most[j] > 0 && _least[(j * _width) + _most[j]] > home) _most[j]--;
        }
        var last = (size - 1) * _width;
        var best = _most[size - 1];
        var now = 0;
        foreach (var point in tours.Stops[tour].AsSpan(1, tours.Size[tour] - 2)) now += _units[point];
        if (best < now || (best == now && (long)_least[last + best] >= tours.Length[tour])) return [];
        return Trace(size, best);
    }

    /// <summary>The order the choice was made from last.</summary>
    public ReadOnlySpan<int> LastOrder(Tours tours, int tour) => _order.AsSpan(0, tours.Size[tour] + tours.OpenCount);

    // the stops of the tour in their order, each open point after the stop it is cheapest behind
    private int Order(Tours tours, int tour)
    {
        var (stops, size) = (tours.Stops[tour], tours.Size[tour]);
        stops.AsSpan(0, size).CopyTo(_order);
        for (var k = 1; k < size - 1; k++) _rank[stops[k]] = k;
        for (var o = 0; o < tours.OpenCount; o++)
        {
            var point = tours.Open[o];
            var place = tours.PlaceOf(tour, point);
            double before = _problem.Leg(stops[place - 1], point), after = _problem.Leg(point, stops[place]);
            _rank[point] = place - 1 + ((1 + before) / (2 + before + after));
            _order[size + o] = point;
        }
        var all = size + tours.OpenCount;
        (_order[size - 1], _order[all - 1]) = (_order[all - 1], _order[size - 1]);
        _order.AsSpan(1, all - 2).Sort((a, b) => _rank[a] != _rank[b] ? _rank[a].CompareTo(_rank[b]) : a.CompareTo(b));
        return all;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Extend(int i, int j, int units)
    {
        var leg = (double)_problem.Leg(_order[i], _order[j]);
        var count = _most[i] + 1;
        _most[j] = Math.Max(_most[j], _most[i] + units);
        var from = _least.AsSpan(i * _width, count);
        var to = _least.AsSpan((j * _width) + units, count);
        var legs = new Vector<double>(leg);
        var k = 0;
        for (; k <= count - Vector<double>.Count; k += Vector<double>.Count)
            Vector.Min(new Vector<double>(to[k..]), new Vector<double>(from[k..]) + legs).CopyTo(to[k..]);
        for (; k < count; k++) to[k] = Math.Min(to[k], from[k] + leg);
    }

    private ReadOnlySpan<int> Trace(int size, int score)
    {
        var kept = 0;
        for (var j = size - 1; ;)
        {
            _chosen[kept++] = _order[j];
            if (j == 0) break;
            var before = score - _units[_order[j]];
            var here = _least[(j * _width) + score];
            var i = j - 1;
            while (i > 0 && (i < j - Passed || before > _most[i] || _least[(i * _width) + before] + _problem.Leg(_order[i], _order[j]) != here)) i = i < j - Passed ? 0 : i - 1;
            (j, score) = (i, before);
        }
        Array.Reverse(_chosen, 0, kept);
        return _chosen.AsSpan(0, kept);
    }
}
