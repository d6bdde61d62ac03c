namespace Anlauf.Planning.Certificates;

/// <summary>The parts of a step of a proof: what each adds to the bound, and, where listed, all choices in them that matter.</summary>
/// <param name="bound">the problem as decided so far</param>
/// <param name="target">what the step must reach, scaled</param>
/// <param name="multipliers">multipliers of the step</param>
/// <param name="price">price of the step</param>
/// <param name="scale">steps per unit of the objective</param>
internal sealed class ProofParts(CaseBound bound, Int128 target, long[] multipliers, long price, long scale)
{
    private readonly Dictionary<int, (Int128 Gain, Int128 WhenOpen, Int128 WhenClosed)> _own = [];

    /// <summary>What all parts add to the bound.</summary>
    public Int128 Gain { get; private set; }

    /// <summary>True where the listed choices show that nothing below the target exists.</summary>
    public bool HoldsAll { get; private set; }

    /// <summary>What all parts but that of a site add: its own says nothing more once the site changes.</summary>
    public Int128 GainBeside(int site) => Gain - _own.GetValueOrDefault(site).Gain;

    /// <summary>True where the proof of its part alone says that a site is decided: with its other state the bound reaches the target.</summary>
    public bool Shows(int site, bool open) => _own.TryGetValue(site, out var own) && (open ? own.WhenClosed : own.WhenOpen) >= _slack;

    private Int128 _slack = Int128.MaxValue;

    /// <summary>Reads and verifies the parts.</summary>
    /// <returns>what is wrong, German, or none</returns>
    public string? Read(Stream stream, Func<List<int>> list, Func<ulong> number, bool withChoices)
    {
        var count = number();
        if (count > (ulong)bound.Sites || bound.IsImpossible()) throw new InvalidDataException();
        var lists = new List<List<int>>();
        for (ulong k = 0; k < count; k++) lists.Add(list());
        if (bound.Parts(lists, multipliers, price, scale) is not { } parts) return "Die Teile des Beweises passen nicht zur Aufgabe.";
        var least = new Int128[lists.Count];
        for (var p = 0; p < lists.Count; p++)
        {
            Int128 gain = number();
            least[p] = parts.Bounds[p].First + gain;
            if (gain > 0 && new ProofWalk(parts.Bounds[p], scale, least[p], stream).Run() is { } fault) return fault;
            Gain += gain;
            for (var k = 0; k < lists[p].Count; k++)
                _own[lists[p][k]] = gain == 0 ? (0, 0, 0) : (gain, parts.Bounds[p].When(k, true) - least[p], parts.Bounds[p].When(k, false) - least[p]);
        }
        _slack = target - bound.Value(multipliers, price, scale) - Gain;
        return withChoices ? ReadChoices(stream, parts, least, _slack) : null;
    }

    private string? ReadChoices(Stream stream, CoverParts parts, Int128[] least, Int128 slack)
    {
        for (var p = 0; p < least.Length; p++)
            if (new ProofWalk(parts.Bounds[p], scale, least[p] + slack, stream, takesComplete: true).Run() is { } fault) return fault;
        HoldsAll = parts.IsAll && parts.ReachesWithChoices(least, slack, target);
        return null;
    }
}
