namespace Anlauf.Planning.Location;

/// <summary>Large cores: the bound is sharpened by solving parts, and the rest is closed by the choices left in every part.</summary>
internal sealed partial class CoverTree
{
    private const int SharpSteps = 16, IncumbentSteps = 128, FewDecided = 20;
    private PartSearch? _parts;
    private SharpBound? _rootSharp;
    private int _round;
    private long _sharpened;

    /// <summary>Solves the parts of the whole core; none where it is small or does not fall apart.</summary>
    private SharpBound? SharpenRoot()
    {
        _parts = _clock.Exhausted ? null : PartSearch.For(_core, _clock);
        _rootSharp = _parts?.Run(_core, _multipliers, _price, 0, 0);
        if (_rootSharp is null) _parts = null;
        _sharpened = _rootSharp?.Bound ?? 0;
        return _rootSharp;
    }

    /// <summary>Solves the parts at the multipliers of the node and writes them into the step.</summary>
    private SharpBound? Sharpen(ProofStep step)
    {
        var sharp = _rootSharp ?? _parts?.Run(_core, _multipliers, _price, Math.Max(0, _incumbent.CutOff - _sharpened), _round);
        if (sharp is null) return null;
        (step.Parts, step.Price, _price) = (sharp.Parts, sharp.Price, sharp.Price);
        if (_rootSharp is not null) _incumbent.TryOpen(_core, sharp.Open);
        // decisions follow from the price the parts were solved at
        _bounds.Evaluate(_multipliers, _price);
        return sharp;
    }

    /// <summary>Decides sites whose part cannot be good enough when they change, whatever the rest does.</summary>
    private void DecideByParts(SharpBound sharp, List<int> decided)
    {
        var slack = _incumbent.CutOff - sharp.Bound;
        for (var i = 0; i < _core.Sites; i++)
        {
            if (_bounds.State[i] != Decision.Free || (sharp.WhenOpen[i] < slack && sharp.WhenClosed[i] < slack)) continue;
            _bounds.State[i] = sharp.WhenOpen[i] >= slack ? Decision.Closed : Decision.Open;
            decided.Add(i);
        }
    }

    /// <summary>Ends the node by all choices left in its parts, without the decisions just made.</summary>
    /// <returns>false where there are too many</returns>
    private bool Close(ProofStep step, SharpBound sharp, List<int> decided, long[] above, long[] full)
    {
        if (_parts!.TryClose(_core, _multipliers, sharp.Price, _incumbent.CutOff, step) is not { } plan) return false;
        foreach (var i in decided) _bounds.State[i] = Decision.Free;
        step.Multipliers = VarInt.Differences(above, full);
        if (plan.Open is not null) _incumbent.TryOpen(_core, plan.Open);
        if (plan.Value < _incumbent.CutOff) OpenBound = Math.Min(OpenBound, plan.Value);
        return true;
    }
}
