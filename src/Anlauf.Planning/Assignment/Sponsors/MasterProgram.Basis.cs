using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Anlauf.Planning.Assignment.Sponsors;

/// <summary>The inverse of the basis, kept by rows of the programme, and bases to come back to.</summary>
internal sealed partial class MasterProgram
{
    /// <summary>A basis to come back to.</summary>
    public sealed class State
    {
        internal double[] Inverse = [], Value = [], Multipliers = [];
        internal int[] Basis = [];
        internal int Subsets, Since;

        /// <summary>Columns the programme had.</summary>
        public int Columns { get; internal set; }
    }

    /// <summary>A basic variable of a programme without subset rows, for one over other columns.</summary>
    /// <param name="Unit">number of a unit column, or 0</param>
    /// <param name="Member">the member of a column</param>
    /// <param name="Set">its set</param>
    public readonly record struct Basic(int Unit, int Member, UInt128 Set);

    /// <summary>The present basis; none where there is no sound one.</summary>
    public Basic[] Sketch() =>
        Singular || _subsets.Count > 0 ? [] : [.. _basis.Take(Rows).Select(b => b < 0 ? new Basic(b, 0, 0) : new Basic(0, _memberOf[b], _sets[b]))];

    /// <summary>Keeps the present basis.</summary>
    public void Save(State state)
    {
        if (state.Inverse.Length == 0)
            (state.Inverse, state.Value, state.Multipliers, state.Basis) = (new double[_inverse.Length], new double[_value.Length], new double[Multipliers.Length], new int[_basis.Length]);
        _inverse.AsSpan(0, Rows * _stride).CopyTo(state.Inverse);
        _value.CopyTo(state.Value, 0);
        Multipliers.CopyTo(state.Multipliers, 0);
        _basis.CopyTo(state.Basis, 0);
        (state.Subsets, state.Columns, state.Since) = (_subsets.Count, Columns, _since);
    }

    /// <summary>Comes back to a basis kept; subset rows added since are forgotten.</summary>
    public void Load(State state)
    {
        if (state.Subsets < _subsets.Count)
        {
            _subsets.RemoveRange(state.Subsets, _subsets.Count - state.Subsets);
            for (var k = 0; k < Columns; k++) WriteRows(k);
        }
        state.Inverse.AsSpan(0, Rows * _stride).CopyTo(_inverse);
        state.Value.CopyTo(_value, 0);
        state.Multipliers.CopyTo(Multipliers, 0);
        state.Basis.CopyTo(_basis, 0);
        _since = state.Since;
        Singular = false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Update(int at, double reduced)
    {
        var pivot = _entering[at];
        var rows = Rows;
        var width = (rows + Vector<double>.Count - 1) / Vector<double>.Count;
        var column = MemoryMarshal.Cast<double, Vector<double>>(_entering.AsSpan());
        for (var r = 0; r < rows; r++)
        {
            var from = r * _stride;
            if (_inverse[from + at] == 0) continue;
            var share = _inverse[from + at] / pivot;
            var row = MemoryMarshal.Cast<double, Vector<double>>(_inverse.AsSpan(from, _stride));
            var shares = new Vector<double>(share);
            for (var i = 0; i < width; i++) row[i] -= shares * column[i];
            _inverse[from + at] = share;
            Multipliers[r] += reduced * share;
        }
    }

    // the inverse times a column
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Column(int basic, double[] to)
    {
        Array.Clear(to);
        var sums = MemoryMarshal.Cast<double, Vector<double>>(to.AsSpan());
        var width = (Rows + Vector<double>.Count - 1) / Vector<double>.Count;
        if (basic >= 0)
        {
            foreach (var r in RowsOf(basic))
            {
                var row = MemoryMarshal.Cast<double, Vector<double>>(_inverse.AsSpan(r * _stride, _stride));
                for (var i = 0; i < width; i++) sums[i] += row[i];
            }
            return;
        }
        var from = ((-1 - basic) >> 1) * _stride;
        var sign = ((-1 - basic) & 1) == 0 ? 1.0 : -1.0;
        for (var i = 0; i < Rows; i++) to[i] = sign * _inverse[from + i];
    }

    // multipliers from the basis
    private void Price()
    {
        for (var r = 0; r < Rows; r++)
        {
            var sum = 0.0;
            for (var i = 0; i < Rows; i++) sum += CostOf(_basis[i]) * _inverse[(r * _stride) + i];
            Multipliers[r] = sum;
        }
    }

    // inverse, values and multipliers anew: Gauss and Jordan with the greatest pivot of each column
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Refresh()
    {
        var rows = Rows;
        _since = 0;
        Array.Clear(_inverse);
        for (var r = 0; r < rows; r++) _inverse[(r * _stride) + r] = 1;
        // starts from the identity: basic variables enter one after the other at the best free position
        var wanted = _basis.AsSpan(0, rows).ToArray();
        var free = new bool[rows];
        Array.Fill(free, true);
        Array.Clear(Multipliers);
        // unit columns first: they cost nothing
        foreach (var basic in wanted.OrderBy(b => b < 0 ? 0 : 1))
        {
            Column(basic, _entering);
            var at = -1;
            for (var i = 0; i < rows; i++)
                if (free[i] && (at < 0 || Math.Abs(_entering[i]) > Math.Abs(_entering[at]))) at = i;
            free[at] = false;
            _basis[at] = basic;
            if (Math.Abs(_entering[at]) < LeastPivot / 10)
            {
                Singular = true;
                return;
            }
            Update(at, 0);
        }
        for (var i = 0; i < rows; i++) _value[i] = 0;
        for (var r = 0; r < rows; r++)
            for (var i = 0; i < rows; i++) _value[i] += _right[r] * _inverse[(r * _stride) + i];
        Price();
    }
}
