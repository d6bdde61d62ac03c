using System.Globalization;
using System.Text.RegularExpressions;

namespace Anlauf.Intake;

/// <summary>
/// A paper number of the form kind, term, number, sub-number, part: „DS 6 – 013.1 (Teil 3)" is kind DS, term 6, number 13,
/// sub-number 1, part 3; „B 5 – 164-2" equals „B 5 – 164 – 2". Two references are equal when these parts are.
/// </summary>
public sealed partial record PaperReference(string Kind, int? Term, int Number, int? SubNumber = null, int? Part = null, bool Extract = false)
    : IComparable<PaperReference>
{
    /// <summary>Reads a reference, tolerant of spaces and dashes; null where the text is none.</summary>
    public static PaperReference? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var match = Pattern().Match(text.Trim());
        if (!match.Success) return null;
        int? Value(string group) => match.Groups[group].Success ? int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) : null;
        return new(match.Groups["kind"].Value.ToUpperInvariant(), Value("term"), Value("number") ?? 0, Value("sub"), Value("part"), match.Groups["extract"].Success);
    }

    /// <summary>The same paper, whether or not only an extract of it was handed out.</summary>
    public bool SamePaper(PaperReference other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this with { Extract = false } == other with { Extract = false };
    }

    public int CompareTo(PaperReference? other) => other is null ? 1 : Key(this).CompareTo(Key(other));

    /// <summary>The number in its full form: „DS 6 – 013.1 (Teil 3)".</summary>
    public override string ToString() =>
        Kind + (Term is null ? " " : $" {Term} – ") + Number.ToString("000", CultureInfo.InvariantCulture)
        + (SubNumber is null ? "" : $".{SubNumber}") + (Part is null ? "" : $" (Teil {Part})") + (Extract ? " (Auszug)" : "");

    private static (string, int, int, int, int) Key(PaperReference p) => (p.Kind, p.Term ?? 0, p.Number, p.SubNumber ?? 0, p.Part ?? 0);

    public static bool operator <(PaperReference left, PaperReference right) => Comparer<PaperReference>.Default.Compare(left, right) < 0;
    public static bool operator >(PaperReference left, PaperReference right) => Comparer<PaperReference>.Default.Compare(left, right) > 0;
    public static bool operator <=(PaperReference left, PaperReference right) => Comparer<PaperReference>.Default.Compare(left, right) <= 0;
    public static bool operator >=(PaperReference left, PaperReference right) => Comparer<PaperReference>.Default.Compare(left, right) >= 0;

    [GeneratedRegex(@"^(?<kind>[A-Za-zÄÖÜ]{1,4})\s*(?:(?<term>\d{1,3})\s*[-–—/]\s*)?(?<number>\d{1,5})(?:\s*[-–—.]\s*(?<sub>\d{1,3}))?\s*(?:\(?\s*Teil\s*(?<part>\d{1,3})\s*\)?)?\s*(?<extract>\(?Auszug\)?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
