namespace Anlauf.Planning.Assignment.Sponsors;

/// <summary>A second programme over the same columns and rows with a basis of its own, to try a case on another thread.</summary>
internal sealed partial class MasterProgram
{
    private MasterProgram(MasterProgram of)
    {
        (_areas, _members, _stride, MostSubsets) = (of._areas, of._members, of._stride, of.MostSubsets);
        (_right, _low, _high, _subsets, _sets, _memberOf, _number) = (of._right, of._low, of._high, of._subsets, of._sets, of._memberOf, of._number);
        _inverse = new double[of._inverse.Length];
        _value = new double[of._value.Length];
        _entering = new double[of._entering.Length];
        _pivotRow = new double[of._pivotRow.Length];
        _basis = new int[of._basis.Length];
        Multipliers = new double[of.Multipliers.Length];
    }

    /// <summary>A twin; it may do everything but add columns and rows.</summary>
    public MasterProgram Twin() => new(this);

    /// <summary>Takes over the columns and rows the other has by now; neither may gain any while the twin is at work.</summary>
    public void Follow(MasterProgram other)
    {
        (_cost, _rowStart, _rowsOf, _radius) = (other._cost, other._rowStart, other._rowsOf, other._radius);
        if (_reduced.Length == _cost.Length) return;
        (_reduced, _alpha, _barred) = (new double[_cost.Length], new double[_cost.Length], new bool[_cost.Length]);
    }
}
