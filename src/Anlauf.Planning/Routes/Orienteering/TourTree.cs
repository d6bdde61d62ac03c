using Anlauf.Planning.Certificates;

namespace Anlauf.Planning.Routes.Orienteering;

/// <summary>
/// Bound and proof of (team) orienteering: the linear relaxation of <see cref="TourModel"/> with connection rows added where
/// broken, then, for one tour, branch and cut: a point is visited or not, an edge used or not. A bound counts only after it
/// was recomputed from whole-number prices; scores are multiples of their greatest common divisor.
/// </summary>
internal sealed class TourTree
{
    private const int RootRounds = 30, NearestEdges = 7, MostMissing = 150, NodeRounds = 12, RowsPerRound = 40, RoundWeight = 20, Steps = 3000, ProgrammeDigits = 16;
    private readonly OrienteeringProblem _problem;
    private readonly TourModel _model;
    private readonly TourCuts _cuts;
    private readonly SearchClock _clock;
    private readonly int _scale;
    private readonly double _unit; // of the programme: its tolerances are absolute, made for scores of that many digits
    private readonly long _step; // every score is a multiple of this
    private readonly List<TourRow> _found = []; // connection rows in the order of the proof
    private readonly Dictionary<TourRow, int> _numbers = [];
    private readonly List<TourCase> _tree = [];
    private readonly List<TourRow> _path = [];
    private (int A, int B)[] _edges;
    private TourPrices? _rootPrices;
    private Action _idle = () => { };

    public TourTree(OrienteeringProblem problem, SearchClock clock)
    {
        (_problem, _clock, _model) = (problem, clock, new(problem));
        _cuts = new(_model);
        _edges = _model.Edges;
        _step = problem.ScoreUnit;
        _scale = TourProof.ScaleOf(problem);
        _unit = Math.ScaleB(1, Math.Max(0, (int)long.Log2(problem.Points.Max(point => point.Score) | 1) - ProgrammeDigits));
    }

    /// <summary>True when the sets of this problem fit.</summary>
    public static bool Fits(OrienteeringProblem problem) =>
        problem.PointsOfUse.Count is > 0 and <= TourModel.MostNodes - 2;

    /// <summary>Proven bound on the score; very large before the root was solved.</summary>
    public long Bound { get; private set; } = long.MaxValue / 4;

    /// <summary>Score of the best plan known, given and found.</summary>
    public long Best { get; set; }

    /// <summary>Set from outside: the tree is of no more use.</summary>
    public volatile bool IsOver;

    /// <summary>A better tour met on the way, as nodes' points in order; none otherwise.</summary>
    public int[]? BetterTour { get; private set; }

    /// <summary>The proof of <see cref="Bound"/>.</summary>
    public TourProof? Proof { get; private set; }

    // what must not be reached, twice the score
    private long Target => 2 * (Best + _step);

    /// <summary>Solves the relaxation with all edges and drops those no better plan can use.</summary>
    /// <param name="until">time of the clock to stop at</param>
    public void SolveRoot(TimeSpan until)
    {
        var rows = new List<TourRow> { new(TourRowKind.Length) };
        for (var node = 0; node < _model.Points.Length; node++) rows.Add(new(TourRowKind.Degree, node));
        _edges = Nearest(NearestEdges);
        Tableau tableau;
        while (true)
        {
            // filled anew: rounding errors of many steps are gone
            tableau = Fill(rows);
            if (!tableau.Maximise(20_000)) return;
            var done = !Cut(tableau, rows, RootRounds, until);
            if (IsOver || _clock.Exhausted || _clock.Elapsed > until) break;
            var missing = MissingEdges(tableau, rows);
            if (missing.Length == 0 && done) break;
            _edges = [.. _edges, .. missing];
        }
        _edges = _model.Edges;
        var prices = Prices(tableau, rows);
        _rootPrices = prices;
        Settle(Floor(Scaled(prices)), [new(-1, -1, prices.Rows, prices.Values)]);
        var bound = Scaled(prices);
        _edges = [.. _edges.Where(edge => bound + Int128.Min(0, Left(prices, edge)) >= (Int128)Target << _scale)];
    }

    /// <summary>Branch and cut below the root; true when the best plan is proven.</summary>
    /// <param name="idle">called at every node, for a search for better plans</param>
    public bool Prove(Action idle)
    {
        if (_problem.Tours != 1 || _rootPrices is null) return false;
        _idle = idle;
        var rows = new List<TourRow> { new(TourRowKind.Length) };
        for (var node = 0; node < _model.Points.Length; node++) rows.Add(new(TourRowKind.Degree, node));
        rows.AddRange(_rootPrices.Rows.Where(r => r > _model.Points.Length).Select(r => _found[r - 1 - _model.Points.Length]));
        var tableau = Fill(rows);
        if (!tableau.Maximise(20_000) || !Explore(tableau, rows)) return false;
        Settle(Best, [.. _tree]);
        return true;
    }

    private void Settle(long bound, TourCase[] tree)
    {
        if (bound >= Bound) return;
        Bound = bound;
        // connections found on the way are part of the proof only where some price refers to them
        var first = 1 + _model.Points.Length;
        var used = tree.SelectMany(step => step.Rows).Concat(_rootPrices!.Rows).Where(row => row >= first).Distinct().Order().ToList();
        int[] Numbered(IEnumerable<int> rows) => [.. rows.Select(row => row < first ? row : first + used.BinarySearch(row))];
        Proof = new(Numbered(_rootPrices.Rows), _rootPrices.Values, [.. used.Select(row => _found[row - first]).Select(row => new TourConnection(row.A, Nodes(row.Set)))],
            [.. tree.Select(step => step with { Rows = Numbered(step.Rows) })]);
    }

    private bool Explore(Tableau tableau, List<TourRow> rows)
    {
        if (IsOver || !_clock.Step()) return false;
        _idle();
        Cut(tableau, rows, NodeRounds, TimeSpan.MaxValue);
        var prices = Prices(tableau, rows);
        if (Scaled(prices) >= (Int128)Target << _scale && tableau.Value < tableau.Floor)
        {
            // its prices are less exact than its value: all steps after all, and gains that went wrong on the way mended
            tableau.Floor = double.NegativeInfinity;
            if (tableau.Restore(Steps) && tableau.Maximise(Steps)) Cut(tableau, rows, NodeRounds, TimeSpan.MaxValue);
            prices = Prices(tableau, rows);
        }
        if (Scaled(prices) < (Int128)Target << _scale)
        {
            _tree.Add(new(-1, -1, prices.Rows, prices.Values));
            return true;
        }
        var x = tableau.Solution();
        if (Branch(x) is not var (a, b))
        {
            // whole and connected: a tour; or rounding errors hide that nothing is left
            if (tableau.Broken >= 0) return false;
            TakeTour(x);
            prices = Prices(tableau, rows);
            if (Scaled(prices) >= (Int128)Target << _scale) return false;
            _tree.Add(new(-1, -1, prices.Rows, prices.Values));
            return true;
        }
        _tree.Add(new(a, b, [], []));
        TourRow[] cases = b < 0 ? [new(TourRowKind.PointIn, a), new(TourRowKind.PointOut, a)] : [new(TourRowKind.EdgeIn, a, b), new(TourRowKind.EdgeOut, a, b)];
        foreach (var row in cases)
        {
            var (next, more) = (tableau.Clone(), rows.ToList());
            AddRow(next, more, row);
            _path.Add(row);
            next.Floor = FloorOfCase;
            next.Restore(Steps);
            if (!Explore(next, more)) return false;
            _path.RemoveAt(_path.Count - 1);
        }
        return true;
    }

    // the edges to the nearest nodes; others come in when prices ask for them
    private (int A, int B)[] Nearest(int count)
    {
        var near = new HashSet<(int, int)>();
        foreach (var node in Enumerable.Range(0, _model.Points.Length))
            near.UnionWith(_model.Edges.Where(e => e.A == node || e.B == node).OrderBy(e => _model.Coefficient(new(TourRowKind.Length), e)).Take(count));
        return [.. _model.Edges.Where(near.Contains)];
    }

    private (int A, int B)[] MissingEdges(Tableau tableau, List<TourRow> rows)
    {
        var prices = Prices(tableau, rows);
        var known = _edges.ToHashSet();
        var least = (Int128)Math.ScaleB(_unit, _scale / 2);
        return [.. _model.Edges.Where(e => !known.Contains(e)).Select(e => (Edge: e, Left: Left(prices, e))).Where(e => e.Left > least)
            .OrderByDescending(e => e.Left).Take(MostMissing).Select(e => e.Edge)];
    }

    // adds broken connection rows; false when none is left, the target is undercut or nothing more can be done
    private bool Cut(Tableau tableau, List<TourRow> rows, int rounds, TimeSpan until)
    {
        for (var round = 0; round < rounds && tableau.Broken < 0 && tableau.Value >= (Target / _unit) - 1e-6 && _clock.Elapsed <= until && _clock.Step(RoundWeight); round++)
        {
            var found = _cuts.Find(_edges, tableau.Solution(), RowsPerRound);
            if (found.Count == 0) return false;
            foreach (var row in found) AddRow(tableau, rows, row);
            if (!tableau.Restore(Steps)) return false;
            if (round % 4 != 3) continue;
            var all = rows.ToArray();
            var kept = tableau.DropLoose(k => all[k].Kind == TourRowKind.Connection);
            rows.Clear();
            rows.AddRange(kept.Select(k => all[k]));
        }
        return tableau.Broken < 0 && tableau.Value >= (Target / _unit) - 1e-6;
    }

    // far enough below the target for prices rounded to whole numbers
    private double FloorOfCase => ((Target - _step) / _unit) - 1e-3;

    private Tableau Fill(List<TourRow> rows)
    {
        var tableau = new Tableau([.. _edges.Select(edge => _model.Value(edge) / _unit)]) { GoOn = () => !_clock.Exhausted };
        foreach (var row in rows) tableau.Add(Coefficients(row), _model.Right(row) / Unit(row));
        return tableau;
    }

    private void AddRow(Tableau tableau, List<TourRow> rows, TourRow row)
    {
        tableau.Add(Coefficients(row), _model.Right(row) / Unit(row));
        rows.Add(row);
    }

    private double[] Coefficients(TourRow row) => [.. _edges.Select(edge => _model.Coefficient(row, edge) / Unit(row))];

    // lengths are brought to the size of the other rows
    private double Unit(TourRow row) => row.Kind == TourRowKind.Length ? Math.Max(1, _model.Budget / (double)_model.Points.Length) : 1;

    private sealed record TourPrices(int[] Rows, long[] Values, List<TourRow> List);

    private TourPrices Prices(Tableau tableau, List<TourRow> rows)
    {
        var prices = tableau.Prices(Target / _unit);
        var (numbers, values, list) = (new List<int>(), new List<long>(), new List<TourRow>());
        for (var k = 0; k < prices.Length; k++)
        {
            var value = (long)Math.Clamp(Math.Round(prices[k] * _unit / Unit(rows[k]) * (1L << _scale)), 0, 1L << 60);
            if (value == 0) continue;
            numbers.Add(Number(rows[k]));
            values.Add(value);
            list.Add(rows[k]);
        }
        return new([.. numbers], [.. values], list);
    }

    // 0 length, then degrees, then connections; cases on the path count from −1
    private int Number(TourRow row)
    {
        switch (row.Kind)
        {
            case TourRowKind.Length: return 0;
            case TourRowKind.Degree: return 1 + row.A;
            case TourRowKind.Connection:
                if (!_numbers.TryGetValue(row, out var number))
                {
                    _numbers[row] = number = _found.Count;
                    _found.Add(row);
                }
                return 1 + _model.Points.Length + number;
            default: return -1 - _path.IndexOf(row);
        }
    }

    // Σ price · right + Σ over edges of what their value exceeds the prices
    private Int128 Scaled(TourPrices prices)
    {
        Int128 bound = 0;
        for (var k = 0; k < prices.List.Count; k++) bound += (Int128)prices.Values[k] * _model.Right(prices.List[k]);
        foreach (var edge in _edges) bound += Int128.Max(0, Left(prices, edge));
        return bound;
    }

    private Int128 Left(TourPrices prices, (int A, int B) edge)
    {
        var left = (Int128)_model.Value(edge) << _scale;
        for (var k = 0; k < prices.List.Count; k++) left -= (Int128)prices.Values[k] * _model.Coefficient(prices.List[k], edge);
        return left;
    }

    private long Floor(Int128 scaled)
    {
        var score = (long)(scaled >> (_scale + 1));
        return score / _step * _step;
    }

    // the point, or else the edge, nearest to a half
    private (int A, int B)? Branch(double[] x)
    {
        var visits = new double[_model.Points.Length];
        var (edge, edgeDistance) = (-1, 0.5 - 1e-6);
        for (var e = 0; e < x.Length; e++)
        {
            visits[_edges[e].A] += x[e] / 2;
            visits[_edges[e].B] += x[e] / 2;
            if (Math.Abs(x[e] - 0.5) < edgeDistance) (edge, edgeDistance) = (e, Math.Abs(x[e] - 0.5));
        }
        var (point, distance) = (-1, 0.5 - 1e-6);
        for (var p = 2; p < visits.Length; p++)
            if (Math.Abs(visits[p] - 0.5) < distance) (point, distance) = (p, Math.Abs(visits[p] - 0.5));
        return point >= 0 ? (point, -1) : edge >= 0 ? _edges[edge] : null;
    }

    private void TakeTour(double[] x)
    {
        var next = new List<int>[_model.Points.Length];
        for (var p = 0; p < next.Length; p++) next[p] = [];
        for (var e = 0; e < x.Length; e++)
        {
            if (x[e] < 0.5) continue;
            next[_edges[e].A].Add(_edges[e].B);
            next[_edges[e].B].Add(_edges[e].A);
        }
        var (tour, here, before) = (new List<int> { 0 }, 0, -1);
        while (here != 1 && tour.Count <= next.Length)
        {
            var to = next[here].Where(p => p != before).DefaultIfEmpty(1).First();
            (before, here) = (here, to);
            tour.Add(here);
        }
        int[] points = [.. tour.Select(p => _model.Points[p])];
        var score = tour.Sum(_model.Score);
        if (score <= Best || tour.Distinct().Count() != tour.Count || points.Zip(points.Skip(1)).Sum(leg => _problem.Leg(leg.First, leg.Second)) > _problem.Budget) return;
        (Best, BetterTour) = (score, points);
    }

    private static int[] Nodes(UInt128 set) => [.. Enumerable.Range(0, 128).Where(p => ((set >> p) & 1) == 1)];
}
