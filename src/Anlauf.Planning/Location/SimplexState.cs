using System.Runtime.CompilerServices;

namespace Anlauf.Planning.Location;

/// <summary>Everything <see cref="CoverSimplex"/> may want to come back to: basis, values and duals.</summary>
internal sealed class SimplexState
{
    private readonly double[] _right;
    private int _rows;

    public SimplexState(CoverProgram program)
    {
        int n = program.Sites, m = program.Capacity;
        (Open, Reduced, Low, High, SiteWeight) = (new double[n], new double[n], new double[n], new double[n], new double[n]);
        (Slack, Dual, RowWeight, RowSide) = (new double[m], new double[m], new double[m], new double[m]);
        (PositionOfSite, PositionOfRow) = (new int[n], new int[m]);
        _right = new double[n + 1];
        Array.Fill(High, 1);
        _rows = program.Rows;
        ForgetWeights();
        Array.Fill(RowSide, 1);
        Array.Fill(PositionOfSite, -1);
        Array.Fill(PositionOfRow, -1);
    }

    /// <summary>How far each site is open, its reduced cost, its bounds.</summary>
    public double[] Open { get; }

    /// <inheritdoc cref="Open"/>
    public double[] Reduced { get; }

    /// <inheritdoc cref="Open"/>
    public double[] Low { get; }

    /// <inheritdoc cref="Open"/>
    public double[] High { get; }

    /// <summary>By how much each row is over its right-hand side, and its dual value.</summary>
    public double[] Slack { get; }

    /// <inheritdoc cref="Slack"/>
    public double[] Dual { get; }

    /// <summary>For rows that are not tight: 1 with the dual at 0, −1 with the dual at its top; slack × side must not be negative.</summary>
    public double[] RowSide { get; }

    /// <summary>Devex weights.</summary>
    public double[] SiteWeight { get; }

    /// <inheritdoc cref="SiteWeight"/>
    public double[] RowWeight { get; }

    /// <summary>Sets all Devex weights back to 1.</summary>
    public void ForgetWeights()
    {
        Array.Fill(SiteWeight, 1);
        Array.Fill(RowWeight, 1);
    }

    /// <summary>Where basic sites and tight rows stand in the basis, −1 for others.</summary>
    public int[] PositionOfSite { get; }

    /// <inheritdoc cref="PositionOfSite"/>
    public int[] PositionOfRow { get; }

    /// <summary>The basis.</summary>
    public WorkingBasis Basis { get; } = new();

    /// <summary>Takes over everything but the bounds.</summary>
    public void CopyFrom(SimplexState other)
    {
        other.Open.CopyTo(Open, 0);
        other.Reduced.CopyTo(Reduced, 0);
        other.SiteWeight.CopyTo(SiteWeight, 0);
        // rows shown since have no price there
        var (rows, later) = (other._rows, Math.Max(0, _rows - other._rows));
        Array.Copy(other.Slack, Slack, rows);
        Array.Copy(other.Dual, Dual, rows);
        Array.Copy(other.RowSide, RowSide, rows);
        Array.Copy(other.RowWeight, RowWeight, rows);
        Array.Copy(other.PositionOfRow, PositionOfRow, rows);
        Array.Clear(Dual, rows, later);
        Array.Fill(RowSide, 1, rows, later);
        Array.Fill(RowWeight, 1, rows, later);
        Array.Fill(PositionOfRow, -1, rows, later);
        other.PositionOfSite.CopyTo(PositionOfSite, 0);
        Basis.CopyFrom(other.Basis);
        _rows = rows;
    }

    /// <summary>Takes in the rows the program has shown since.</summary>
    /// <returns>false where there are none</returns>
    public bool TakeIn(CoverProgram program)
    {
        if (_rows == program.Rows) return false;
        _rows = program.Rows;
        RefreshSlacks(program);
        return true;
    }

    /// <summary>Writes down what is in the basis and where.</summary>
    public void NotePositions()
    {
        Array.Fill(PositionOfSite, -1);
        Array.Fill(PositionOfRow, -1);
        for (var k = 0; k < Basis.Size; k++) NotePosition(k);
    }

    /// <summary>Writes down what stands at a position now, after an exchange.</summary>
    public void NotePosition(int position)
    {
        if (position < Basis.Size) (PositionOfSite[Basis.Site[position]], PositionOfRow[Basis.Row[position]]) = (position, position);
    }

    /// <summary>Duals and values from the basis alone; sites outside it go to the bound their reduced cost asks for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Refresh(CoverProgram program, double[] cost)
    {
        _rows = program.Rows;
        RefreshDuals(program, cost);
        for (var i = 0; i < Open.Length; i++)
            if (PositionOfSite[i] < 0)
                Open[i] = Low[i] == High[i] ? Low[i] : Reduced[i] < 0 ? High[i] : Reduced[i] > 0 ? Low[i] : Open[i] == High[i] ? High[i] : Low[i];
        RefreshValues(program);
    }

    /// <summary>The bound the duals give, in units of the program.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double DualObjective(CoverProgram program)
    {
        double value = 0;
        for (var r = 0; r < program.Rows; r++) value += Dual[r] * program.Right[r];
        for (var i = 0; i < Open.Length; i++)
            if (PositionOfSite[i] < 0) value += Reduced[i] * Open[i];
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RefreshDuals(CoverProgram program, double[] cost)
    {
        Basis.Settle();
        cost.CopyTo(Reduced, 0);
        for (var r = 0; r < program.Rows; r++)
        {
            if (PositionOfRow[r] >= 0) continue;
            Dual[r] = RowSide[r] < 0 ? program.Top[r] : 0;
            if (RowSide[r] < 0 && !program.HasSteps) program.SubtractRows(Reduced, [r], [Dual[r]]);
        }
        if (program.HasSteps)
        {
            for (var t = 0; t < Basis.Size; t++) Dual[Basis.Row[t]] = 0;
            program.SubtractDuals(Dual, Reduced);
        }
        var right = _right.AsSpan(0, Basis.Size);
        right.Clear();
        for (var f = 0; f < Basis.Size; f++) WorkingBasis.AddMultiple(right, Basis.Inverse(f), Reduced[Basis.Site[f]]);
        for (var t = 0; t < Basis.Size; t++) Dual[Basis.Row[t]] = right[t];
        program.SubtractRows(Reduced, Basis.Row.AsSpan(0, Basis.Size), right);
        for (var f = 0; f < Basis.Size; f++) Reduced[Basis.Site[f]] = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RefreshValues(CoverProgram program)
    {
        for (var f = 0; f < Basis.Size; f++) Open[Basis.Site[f]] = 0;
        if (program.HasSteps) program.TimesSites(Open, Slack);
        for (var t = 0; t < Basis.Size; t++) _right[t] = program.HasSteps ? program.Right[Basis.Row[t]] - Slack[Basis.Row[t]] : -Fill(program, Basis.Row[t]);
        for (var f = 0; f < Basis.Size; f++)
            Open[Basis.Site[f]] = WorkingBasis.Dot(Basis.Inverse(f), _right.AsSpan(0, Basis.Size));
        RefreshSlacks(program);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RefreshSlacks(CoverProgram program)
    {
        if (program.HasSteps) program.TimesSites(Open, Slack);
        for (var r = 0; r < program.Rows; r++) Slack[r] = PositionOfRow[r] >= 0 ? 0 : program.HasSteps ? Slack[r] - program.Right[r] : Fill(program, r);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Fill(CoverProgram program, int row)
    {
        var sum = -program.Right[row];
        for (var k = program.RowStart[row]; k < program.RowEnd[row]; k++) sum += program.RowValue[k] * Open[program.RowSite[k]];
        return sum;
    }
}
