using System.Runtime.CompilerServices;

namespace Anlauf.Planning.Location;

/// <summary>How a run of <see cref="CoverSimplex"/> ended.</summary>
internal enum SimplexEnd
{
    Optimal,
    CutOff,
    Infeasible,
    Stopped,
}

/// <summary>
/// Dual simplex for a <see cref="CoverProgram"/>: sites between their bounds, soft rows whose duals stay between 0 and the
/// height of their step. Only partly open sites and tight rows enter the basis, so it stays small. Ratio test with bound
/// flipping; the leaving variable is chosen by Devex weights.
/// Source: Koberstein 2005 (bound flipping, dual Devex); Forrest and Goldfarb 1992.
/// It runs in floating point: its duals are suggestions that <see cref="SiteBounds"/> turns into proofs.
/// </summary>
internal sealed partial class CoverSimplex
{
    private const double PrimalTolerance = 1e-7, LeastRay = 1e-6, DualTolerance = 1e-9, LeastPivot = 1e-8, LargestWeight = 1e9, BeyondCutOff = 1.01;
    private const int InvertEvery = 200, SelectBeforeSort = 8, MostRepairs = 8;
    private readonly CoverProgram _program;
    private readonly SearchClock _clock;
    private readonly SimplexState _now;
    private readonly double[] _cost, _slope, _across, _column, _move, _dual, _top, _siteMove, _rowMove, _side;
    private readonly int[] _met;
    private readonly double[] _ratio;
    private readonly int[] _candidate;
    private readonly int _perStep;
    private readonly double _tinySum;
    private bool _fresh;

    /// <summary>Begins with every site closed and no row tight.</summary>
    /// <param name="program">the linear relaxation</param>
    /// <param name="clock">limits</param>
    /// <param name="perStep">iterations that count as one step of the clock</param>
    public CoverSimplex(CoverProgram program, SearchClock clock, int perStep = 8)
    {
        (_program, _clock, _perStep) = (program, clock, perStep);
        _now = new SimplexState(program);
        int n = program.Sites, m = program.Capacity;
        _cost = new double[n];
        // tiny unequal costs keep the choice of the entering variable clear
        for (var i = 0; i < n; i++) _cost[i] = program.OpenCost(i) + program.TinyCost(i);
        // the bound does not know the tiny costs
        for (var i = 0; i < n; i++) _tinySum += program.TinyCost(i);
        _cost.CopyTo(_now.Reduced, 0);
        _slope = new double[n];
        _across = new double[n + 1];
        _column = new double[n + 1];
        _move = new double[n + 1];
        _dual = new double[n + 1];
        _top = new double[n + 1];
        _siteMove = new double[n];
        _rowMove = new double[m];
        _side = new double[n];
        _met = new int[n + 1];
        _ratio = new double[n + n + 2];
        _candidate = new int[n + n + 2];
        _now.Refresh(_program, _cost);
    }

    /// <summary>Iterations so far.</summary>
    public long Iterations { get; private set; }

    /// <summary>Bounds, values and duals at present.</summary>
    public SimplexState State => _now;

    private bool Outside(int row) => _now.Dual[row] < -DualTolerance || _now.Dual[row] > _program.Top[row] + DualTolerance;

    /// <summary>Returns to a state kept earlier; its bounds are not taken over.</summary>
    public void Return(SimplexState kept)
    {
        _now.CopyFrom(kept);
        _now.TakeIn(_program);
    }

    /// <summary>The bound of the current duals, in units of the program.</summary>
    public double Objective() => _now.DualObjective(_program);

    /// <summary>Takes over other limits for the number of open sites, none of which is tight at present.</summary>
    public void LimitSites()
    {
        var (fewest, most) = (_program.Right[_program.FewestRow], _program.Right[_program.MostRow]);
        _program.LimitSites();
        _now.Slack[_program.FewestRow] += fewest - _program.Right[_program.FewestRow];
        _now.Slack[_program.MostRow] += most - _program.Right[_program.MostRow];
    }

    /// <summary>To be called after the bounds of sites changed.</summary>
    public void Restore() => _now.Refresh(_program, _cost);

    /// <summary>
    /// Runs until optimal, infeasible, above the cut-off or out of iterations or time; the duals are good for a bound wherever
    /// it ends. Infeasible with a cut-off, they are far enough along the ray to reach it; <see cref="Restore"/> leads back.
    /// </summary>
    /// <param name="cutOff">in units of the program</param>
    /// <param name="most">most iterations</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public SimplexEnd Run(double cutOff, int most)
    {
        if (_clock.Exhausted) return SimplexEnd.Stopped;
        if (LeavesBounds()) Restore();
        var objective = Objective();
        NoteSides();
        _fresh = false;
        for (var k = 0; k < most; k++)
        {
            if (objective >= cutOff) return SimplexEnd.CutOff;
            if (Iterations % _perStep == 0 && !_clock.Step()) return SimplexEnd.Stopped;
            // not in short trials: the state before them comes back
            if (most > InvertEvery && _now.Basis.Changes >= InvertEvery && !Invert()) return SimplexEnd.Stopped;
            if (!ChooseLeaving(out var leaving, out var isRow, out var missing))
            {
                if (!_program.HasSteps || !_program.ShowMore(IsFull)) return SimplexEnd.Optimal;
                _now.TakeIn(_program);
                continue;
            }
            Iterations++;
            var up = missing > 0;
            ComputeSlopes(leaving, isRow);
            var own = isRow ? _program.Top[leaving] : double.PositiveInfinity;
            var entering = ChooseEntering(up ? 1 : -1, Math.Abs(missing), own, out var step, out var gained, out var flips);
            if (entering == Unbounded)
            {
                if (cutOff < double.MaxValue)
                {
                    MoveAlongRay(leaving, isRow, up, (cutOff - objective) * BeyondCutOff + _tinySum);
                    return SimplexEnd.Infeasible;
                }
                if (_fresh || !Invert()) return SimplexEnd.Infeasible;
                continue;
            }
            var pivot = entering == OwnTop ? 1 : entering < _program.Sites ? _slope[entering] : _across[entering - _program.Sites];
            if (Math.Abs(pivot) < LeastPivot)
            {
                if (_fresh || !Invert()) return SimplexEnd.Stopped;
                continue;
            }
            objective += gained;
            Flip(flips);
            MoveDuals(leaving, isRow, up ? step : -step, entering);
            if (entering != OwnTop) Pivot(leaving, isRow, up, entering, pivot);
            _fresh = false;
        }
        return SimplexEnd.Stopped;
    }

    private bool IsFull(int row) => _now.RowSide[row] < 0 && _now.PositionOfRow[row] < 0;

    private const int Unbounded = -1, OwnTop = int.MaxValue;

    private bool Invert()
    {
        if (!_now.Basis.Invert(_program, _now.PositionOfSite)) return false;
        Restore();
        NoteSides();
        _fresh = true;
        return true;
    }

    /// <summary>Writes down to which side every site outside the basis may move: 1 up, −1 down, 0 not at all or basic.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void NoteSides()
    {
        for (var i = 0; i < _side.Length; i++) _side[i] = _now.PositionOfSite[i] >= 0 ? 0 : SideOf(i);
    }

    /// <summary>True where a site outside the basis was fixed at the other side of where it stands.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool LeavesBounds()
    {
        for (var i = 0; i < _side.Length; i++)
            if (_now.PositionOfSite[i] < 0 && (_now.Open[i] < _now.Low[i] || _now.Open[i] > _now.High[i])) return true;
        return false;
    }

    private double SideOf(int site) => _now.Low[site] == _now.High[site] ? 0 : _now.Open[site] == _now.High[site] ? -1 : 1;

    /// <summary>How the leaving variable follows every site (<see cref="_slope"/>) and every tight row (<see cref="_across"/>).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ComputeSlopes(int leaving, bool isRow)
    {
        var basis = _now.Basis;
        var program = _program;
        Array.Clear(_slope);
        var across = _across.AsSpan(0, basis.Size);
        if (isRow)
        {
            var count = 0;
            for (var k = program.RowStart[leaving]; k < program.RowEnd[leaving]; k++)
            {
                var i = program.RowSite[k];
                _slope[i] = program.RowValue[k];
                if (_now.PositionOfSite[i] is var f and >= 0) (_met[count], _move[count++]) = (f, program.RowValue[k]);
            }
            basis.SumRows(_met.AsSpan(0, count), _move.AsSpan(0, count), across);
        }
        else basis.SumRows([_now.PositionOfSite[leaving]], [1], across);
        program.SubtractRows(_slope, basis.Row, across);
    }
}
