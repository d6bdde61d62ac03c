namespace Anlauf.Planning.Location;

/// <summary>Clients that must be covered below a node.</summary>
internal sealed partial class CoverTree
{
    private const int UnitsOfBudget = 20, ManyDue = 2;
    private long[]? _stretched;
    private bool _isBeyondBudget;

    /// <summary>Finds clients that every better plan covers and writes them into the step.</summary>
    private List<int> FindDue(ProofStep step, long bound)
    {
        var due = new List<int>();
        DueClients.Find(_core, _multipliers, _bounds.Net, _bounds.State, _incumbent.CutOff - bound, due);
        // a row at its full height would have to come down first
        due.RemoveAll(j => _simplex.State.RowSide[j] < 0 && _simplex.State.PositionOfRow[j] < 0);
        foreach (var j in due)
        {
            SetDue(j, true);
            for (var k = _core.MemberStart[j]; k < _core.MemberStart[j + 1]; k++) step.Due.Add(_core.Members[k]);
        }
        return due;
    }

    /// <summary>
    /// Where the budget has no price, whatever the relaxation costs: decides sites without which, or with which, it could not
    /// pay for all clients that must be covered.
    /// </summary>
    /// <param name="above">multipliers of the step above; receives those of the new one</param>
    /// <param name="decided">receives the sites decided</param>
    /// <returns>a step of its own, none where nothing follows</returns>
    private ProofStep? DecideByBudget(ref long[] above, List<int> decided)
    {
        var duals = _simplex.State.Dual;
        if (_program.TinyPrice == 0 || duals[_program.BudgetRow] > 0 || !_core.IsDue.AsSpan().Contains(true) || _core.Budget >= _core.SiteCost.Sum() || _bounds.IsImpossible()) return null;
        _stretched ??= new long[_core.Clients];
        var unit = Math.Min((_incumbent.CutOff - _core.Offset) * UnitsOfBudget, DueClients.Most(_core) / Math.Max(1, _core.SiteCost.Max()));
        var (price, perSite) = _program.Stretch(duals, unit, _stretched);
        var bound = _bounds.Evaluate(_stretched, price, perSite);
        _isBeyondBudget = bound >= _incumbent.CutOff;
        var now = new List<int>();
        if (!_isBeyondBudget) _bounds.Decide(_incumbent.CutOff - bound, now);
        if (now.Count == 0 && !_isBeyondBudget) return null;
        var full = _core.Full(_stretched);
        var step = new ProofStep { Multipliers = VarInt.Differences(above, full), Price = price, PerSite = perSite };
        foreach (var i in now)
        {
            (_bounds.State[i] == Decision.Open ? step.Opened : step.Closed).Add(_core.SiteIds[i]);
            _choice.Restrict(i, _bounds.State[i]);
            decided.Add(i);
        }
        above = full;
        return step;
    }

    private void SetDue(int client, bool isDue)
    {
        _core.IsDue[client] = isDue;
        _program.SetDue(client, isDue);
    }
}
