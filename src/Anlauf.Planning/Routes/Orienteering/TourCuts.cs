namespace Anlauf.Planning.Routes.Orienteering;

/// <summary>
/// Finds connection rows a fractional solution breaks: for each point the smallest cut between it and start and end, by
/// augmenting paths on the edges in use. A cut smaller than twice the visits of the point is a row.
/// </summary>
internal sealed class TourCuts(TourModel model)
{
    private const double Least = 0.02;
    private readonly int _nodes = model.Points.Length;
    private readonly double[] _capacity = new double[model.Points.Length * model.Points.Length];
    private readonly int[] _from = new int[model.Points.Length];
    private readonly Queue<int> _queue = [];

    /// <summary>Rows broken by the solution, the most broken first.</summary>
    /// <param name="edges">edges of the columns</param>
    /// <param name="x">their values</param>
    /// <param name="most">most rows</param>
    public List<TourRow> Find((int A, int B)[] edges, double[] x, int most)
    {
        var visits = new double[_nodes];
        for (var e = 0; e < edges.Length; e++)
        {
            visits[edges[e].A] += x[e] / 2;
            visits[edges[e].B] += x[e] / 2;
        }
        var found = new Dictionary<UInt128, (double Broken, int Point)>();
        foreach (var point in Enumerable.Range(2, Math.Max(0, _nodes - 2)).Where(p => visits[p] > Least).OrderByDescending(p => visits[p]))
        {
            if (found.Keys.Any(set => ((set >> point) & 1) == 1)) continue;
            Array.Clear(_capacity);
            for (var e = 0; e < edges.Length; e++)
            {
                if (x[e] < 1e-9) continue;
                // start and end are one: both belong to the other side
                var (a, b) = (edges[e].A < 2 ? 0 : edges[e].A, edges[e].B < 2 ? 0 : edges[e].B);
                _capacity[(a * _nodes) + b] += x[e];
                _capacity[(b * _nodes) + a] += x[e];
            }
            var broken = (2 * visits[point]) - Flow(point, 2 * visits[point]);
            if (broken < Least) continue;
            UInt128 set = 0;
            for (var p = 2; p < _nodes; p++)
                if (_from[p] >= 0) set |= UInt128.One << p;
            // the row is strongest for the point visited most
            var top = Enumerable.Range(2, _nodes - 2).Where(p => ((set >> p) & 1) == 1).MaxBy(p => visits[p]);
            found[set] = (broken, top);
        }
        return [.. found.OrderByDescending(f => f.Value.Broken).Take(most).Select(f => new TourRow(TourRowKind.Connection, f.Value.Point, 0, f.Key))];
    }

    // flow from the point to node 0, no more than wanted; afterwards _from marks what the point still reaches
    private double Flow(int source, double wanted)
    {
        var flow = 0.0;
        while (true)
        {
            Array.Fill(_from, -1);
            _from[source] = source;
            _queue.Clear();
            _queue.Enqueue(source);
            while (_from[0] < 0 && _queue.TryDequeue(out var here))
                for (var next = 0; next < _nodes; next++)
                    if (_from[next] < 0 && _capacity[(here * _nodes) + next] > 1e-9)
                    {
                        _from[next] = here;
                        _queue.Enqueue(next);
                    }
            if (_from[0] < 0 || flow >= wanted - 1e-9) return flow;
            var room = double.MaxValue;
            for (var p = 0; p != source; p = _from[p]) room = Math.Min(room, _capacity[(_from[p] * _nodes) + p]);
            for (var p = 0; p != source; p = _from[p])
            {
                _capacity[(_from[p] * _nodes) + p] -= room;
                _capacity[(p * _nodes) + _from[p]] += room;
            }
            flow += room;
        }
    }
}
