using System.Numerics;

namespace Anlauf.Planning.Routes.Orienteering;

/// <summary>
/// A small linear program max c x, A x ≤ b, x ≥ 0 in a dense tableau; primal steps at first, dual steps after rows were added.
/// Floating point: its prices only propose a bound, which is recomputed in whole numbers.
/// </summary>
internal sealed class Tableau
{
    private const double Small = 1e-7, Least = 1e-6;
    private const int Asked = 16;
    private readonly List<double[]> _rows = [];
    private readonly List<double> _right = [];
    private readonly List<int> _basic = [];
    private readonly int _structural;
    private double[] _gain; // reduced gains; nothing above 0 at the optimum
    private int _columns;

    public Tableau(double[] gains)
    {
        _structural = _columns = gains.Length;
        _gain = [.. gains, .. new double[64]];
    }

    private Tableau(Tableau other)
    {
        (_structural, _columns, Value) = (other._structural, other._columns, other.Value);
        _gain = (double[])other._gain.Clone();
        foreach (var row in other._rows) _rows.Add((double[])row.Clone());
        _right = [.. other._right];
        _basic = [.. other._basic];
    }

    /// <summary>Value of the current solution.</summary>
    public double Value { get; private set; }

    /// <summary>Number of rows ever added; slack column k belongs to row k.</summary>
    public int Rows => _columns - _structural;

    /// <summary>A row that cannot be kept, after a dual search that failed; none otherwise.</summary>
    public int Broken { get; private set; } = -1;

    /// <summary>Asked every few steps; where it says no a search ends as when its steps run out.</summary>
    public Func<bool> GoOn { get; init; } = () => true;

    /// <summary>The dual simplex ends below this value: more steps would only make the prices larger, and their errors.</summary>
    public double Floor { get; set; } = double.NegativeInfinity;

    public Tableau Clone() => new(this) { GoOn = GoOn };

    /// <summary>Adds Σ coefficients · x ≤ right.</summary>
    public void Add(double[] coefficients, double right)
    {
        var slack = _columns++;
        if (_gain.Length < _columns)
        {
            Array.Resize(ref _gain, _columns * 5 / 4);
            for (var r = 0; r < _rows.Count; r++)
            {
                var wider = _rows[r];
                Array.Resize(ref wider, _gain.Length);
                _rows[r] = wider;
            }
        }
        var row = new double[_gain.Length];
        coefficients.CopyTo(row, 0);
        row[slack] = 1;
        for (var r = 0; r < _rows.Count; r++)
            if (row[_basic[r]] is var factor && factor != 0)
            {
                Subtract(row, _rows[r], factor);
                row[_basic[r]] = 0;
                right -= factor * _right[r];
            }
        _rows.Add(row);
        _right.Add(right);
        _basic.Add(slack);
    }

    /// <summary>Primal simplex; call while all right sides are not negative.</summary>
    public bool Maximise(int steps)
    {
        for (var step = 0; step < steps && (step % Asked != 0 || GoOn()); step++)
        {
            var enter = -1;
            for (var j = 0; j < _columns; j++)
                if (_gain[j] > Small && (enter < 0 || _gain[j] > _gain[enter])) enter = j;
            if (enter < 0) return true;
            var (leave, least) = (-1, double.MaxValue);
            for (var r = 0; r < _rows.Count; r++)
                if (_rows[r][enter] > Least) least = Math.Min(least, (Math.Max(0, _right[r]) + Small) / _rows[r][enter]);
            for (var r = 0; r < _rows.Count; r++)
                if (_rows[r][enter] > Least && Math.Max(0, _right[r]) / _rows[r][enter] <= least && (leave < 0 || _rows[r][enter] > _rows[leave][enter])) leave = r;
            if (leave < 0) return false;
            Pivot(leave, enter);
        }
        return false;
    }

    /// <summary>Dual simplex after rows were added. False when no solution exists (<see cref="Broken"/>) or the steps ran out.</summary>
    public bool Restore(int steps)
    {
        Broken = -1;
        for (var step = 0; step < steps && (step % Asked != 0 || GoOn()); step++)
        {
            var leave = -1;
            for (var r = 0; r < _rows.Count; r++)
                if (_right[r] < -Small && (leave < 0 || _right[r] < _right[leave])) leave = r;
            if (leave < 0 || Value < Floor) return true;
            var row = _rows[leave];
            // of the columns that keep the gains, the one with the largest element (Harris 1973)
            var (enter, least) = (-1, double.MaxValue);
            for (var j = 0; j < _columns; j++)
                if (row[j] < -Least) least = Math.Min(least, (Math.Max(0, -_gain[j]) + Small) / -row[j]);
            for (var j = 0; j < _columns; j++)
                if (row[j] < -Least && Math.Max(0, -_gain[j]) / -row[j] <= least && (enter < 0 || row[j] < row[enter])) enter = j;
            if (enter < 0)
            {
                Broken = leave;
                return false;
            }
            Pivot(leave, enter);
        }
        return false;
    }

    /// <summary>Values of the structural columns.</summary>
    public double[] Solution()
    {
        var x = new double[_structural];
        for (var r = 0; r < _rows.Count; r++)
            if (_basic[r] < _structural) x[_basic[r]] = _right[r];
        return x;
    }

    /// <summary>Reduced gain of a structural column.</summary>
    public double Gain(int column) => _gain[column];

    /// <summary>Price of each row; a broken row is weighed in so that the bound falls below <paramref name="target"/>.</summary>
    public double[] Prices(double target)
    {
        var prices = new double[Rows];
        var weight = Broken < 0 ? 0 : (2 * (Math.Abs(Value - target) + 1)) / -_right[Broken];
        for (var k = 0; k < prices.Length; k++)
            prices[k] = Math.Max(0, -_gain[_structural + k]) + (weight == 0 ? 0 : weight * Math.Max(0, _rows[Broken][_structural + k]));
        return prices;
    }

    /// <summary>Drops rows that do not bind; returns the numbers of those that stay, in their new order.</summary>
    public List<int> DropLoose(Func<int, bool> mayGo)
    {
        var kept = new List<int>();
        var gone = new HashSet<int>();
        for (var r = _rows.Count - 1; r >= 0; r--)
            if (_basic[r] >= _structural && _right[r] > Small && mayGo(_basic[r] - _structural))
            {
                gone.Add(_basic[r] - _structural);
                _rows.RemoveAt(r);
                _right.RemoveAt(r);
                _basic.RemoveAt(r);
            }
        var place = new int[Rows];
        for (var k = 0; k < place.Length; k++)
        {
            if (gone.Contains(k)) continue;
            place[k] = kept.Count;
            kept.Add(k);
        }
        if (gone.Count == 0) return kept;
        foreach (var row in _rows.Append(_gain))
        {
            for (var k = 0; k < kept.Count; k++) row[_structural + k] = row[_structural + kept[k]];
            Array.Clear(row, _structural + kept.Count, row.Length - _structural - kept.Count);
        }
        for (var r = 0; r < _basic.Count; r++)
            if (_basic[r] >= _structural) _basic[r] = _structural + place[_basic[r] - _structural];
        _columns = _structural + kept.Count;
        return kept;
    }

    private void Pivot(int leave, int enter)
    {
        var row = _rows[leave];
        var scale = 1 / row[enter];
        for (var j = 0; j < _columns; j++) row[j] *= scale;
        row[enter] = 1;
        _right[leave] *= scale;
        for (var r = 0; r < _rows.Count; r++)
        {
            if (r == leave) continue;
            var factor = _rows[r][enter];
            if (Math.Abs(factor) < 1e-12) continue;
            Subtract(_rows[r], row, factor);
            _rows[r][enter] = 0;
            _right[r] -= factor * _right[leave];
        }
        Value += _gain[enter] * _right[leave];
        Subtract(_gain, row, _gain[enter]);
        _gain[enter] = 0;
        _basic[leave] = enter;
    }

    private void Subtract(double[] from, double[] row, double factor)
    {
        var factors = new Vector<double>(factor);
        var j = 0;
        for (; j <= _columns - Vector<double>.Count; j += Vector<double>.Count)
            (new Vector<double>(from, j) - (factors * new Vector<double>(row, j))).CopyTo(from, j);
        for (; j < _columns; j++) from[j] -= factor * row[j];
    }
}
