namespace Anlauf.Intake;

/// <summary>How a finding differs from the one read before from the same document.</summary>
public enum DifferenceKind { Added, Changed, Removed }

/// <summary>One difference; <paramref name="Before"/> is null for an added, <paramref name="Now"/> for a removed finding.</summary>
public sealed record Difference(DifferenceKind Kind, Finding? Before, Finding? Now);

/// <summary>Compares two readings of one document, so that reading again proposes differences instead of duplicates.</summary>
public static class RecordDiff
{
    /// <summary>Differences in text order; equal findings are left out. Moved text alone is no difference.</summary>
    public static IReadOnlyList<Difference> Between(DocumentRecord before, DocumentRecord now)
    {
        var old = Findings.Of(before).ToDictionary(f => f.Id, StringComparer.Ordinal);
        var differences = new List<Difference>();
        var added = new List<Finding>();
        foreach (var finding in Findings.Of(now))
        {
            if (!old.Remove(finding.Id, out var known)) added.Add(finding);
            else if (known.Summary != finding.Summary) differences.Add(new(DifferenceKind.Changed, known, finding));
        }
        foreach (var finding in added)
        {
            // the wording of a passage was edited: same field, most words in common
            var edited = old.Values.Where(o => o.Role == finding.Role).Select(o => (Old: o, Likeness: Likeness(o.Summary, finding.Summary))).Where(o => o.Likeness >= 0.6).OrderByDescending(o => o.Likeness).FirstOrDefault().Old;
            if (edited is not null) old.Remove(edited.Id);
            differences.Add(new(edited is null ? DifferenceKind.Added : DifferenceKind.Changed, edited, finding));
        }
        differences.AddRange(old.Values.Select(o => new Difference(DifferenceKind.Removed, o, null)));
        return [.. differences.OrderBy(d => (d.Now ?? d.Before)!.Span.Start)];
    }

    /// <summary>Share of common words of two texts, 0 to 1 (Dice).</summary>
    private static double Likeness(string a, string b)
    {
        var x = a.Split(' ').ToHashSet(StringComparer.Ordinal);
        var y = b.Split(' ').ToHashSet(StringComparer.Ordinal);
        var common = x.Count(y.Contains);
        return x.Count + y.Count == 0 ? 1 : 2.0 * common / (x.Count + y.Count);
    }
}
