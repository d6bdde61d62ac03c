namespace Anlauf.Rooms.Meetings.Review;

/// <summary>How a finding stands to the version that was taken over before.</summary>
public enum Reread { New, Changed, Same }

/// <summary>
/// A new version of minutes that are in the register already: what is new in it, what changed, what is gone. So that reading again
/// proposes differences and never doubles what is there.
/// </summary>
public sealed class Rereading
{
    private readonly Dictionary<string, Finding> before = new(StringComparer.Ordinal);

    /// <summary>The version taken over before.</summary>
    public ReviewDesk.Stored Earlier { get; }

    /// <summary>What stood there and does not any more. It stays in the register until somebody changes it there.</summary>
    public IReadOnlyList<Finding> Gone { get; }

    /// <param name="earlier">The version taken over before.</param>
    /// <param name="then">Its findings.</param>
    /// <param name="now">Findings of the new version.</param>
    public Rereading(ReviewDesk.Stored earlier, IReadOnlyList<Finding> then, IReadOnlyList<Finding> now)
    {
        Earlier = earlier;
        var left = then.GroupBy(f => f.Id).ToDictionary(g => g.Key, g => g.First());
        foreach (var finding in now)
            if (left.Remove(finding.Id, out var known)) before[finding.Id] = known;
        // an edited passage: same kind, most words in common; a person whose standing changed: same name
        foreach (var finding in now.Where(f => !before.ContainsKey(f.Id)))
        {
            var edited = left.Values.Where(o => o.Kind == finding.Kind).Select(o => (Old: o, Likeness: finding.Kind == FindingKind.Person ? (o.Label == finding.Label ? 1 : 0) : Likeness(o.Label, finding.Label)))
                .Where(o => o.Likeness >= 0.6).OrderByDescending(o => o.Likeness).FirstOrDefault().Old;
            if (edited is null) continue;
            left.Remove(edited.Id);
            before[finding.Id] = edited;
        }
        Gone = [.. left.Values.Where(f => f.Kind is not (FindingKind.Contradiction or FindingKind.Hint)).OrderBy(f => f.Number)];
    }

    /// <summary>New, changed or the same.</summary>
    public Reread StateOf(Finding finding) => !before.TryGetValue(finding.Id, out var old) ? Reread.New
        : old.Label == finding.Label && old.Detail == finding.Detail ? Reread.Same : Reread.Changed;

    /// <summary>The finding as the earlier version had it; null for a new one.</summary>
    public Finding? BeforeOf(Finding finding) => before.GetValueOrDefault(finding.Id);

    // share of common words of two texts, 0 to 1 (Dice)
    private static double Likeness(string a, string b)
    {
        var (x, y) = (a.Split(' ').ToHashSet(StringComparer.Ordinal), b.Split(' ').ToHashSet(StringComparer.Ordinal));
        return 2.0 * x.Count(y.Contains) / (x.Count + y.Count);
    }
}
