using System.Text.RegularExpressions;
using Anlauf.Intake.Layout;
using Block = Anlauf.Intake.Signature;

namespace Anlauf.Intake.Rules;

/// <summary>The signature block: „F.d.R.", „Dresden, den 12. Januar 2018", „Leon Farchau (Versammlungsleiter)".</summary>
internal static partial class Signature
{
    public static List<Block> Read(DocumentLayout layout)
    {
        var blocks = new List<Block>();
        foreach (var line in layout.Lines)
        {
            if (line.IsBlank || line.Content.Length > 90) continue;
            var match = PlaceAndDate().Match(line.Content);
            if (!match.Success || Rules.Dates.In(layout.Shadow, line.ContentSpan).FirstOrDefault(d => d.Date is not null) is not { } date) continue;
            var formula = Near(layout, line.Index, -3, -1, l => Formula().IsMatch(l.Content));
            var signer = Near(layout, line.Index, 1, 8, l => Signer().IsMatch(l.Content));
            if (formula is null && signer is null && line.Index < layout.Lines.Count - 12) continue;
            string? name = null, role = null;
            var span = line.ContentSpan;
            if (formula is not null) span = span.To(formula.ContentSpan);
            if (signer is not null)
            {
                var parts = Signer().Match(signer.Content);
                if (Names.LooksLikePerson(parts.Groups["name"].Value)) { name = parts.Groups["name"].Value; role = parts.Groups["role"].Value; span = span.To(signer.ContentSpan); }
            }
            blocks.Add(new(name, role, match.Groups["place"].Value, date.Iso, formula?.Content, span));
        }
        return blocks;
    }

    /// <summary>Dates of lines of the form „Ort, den 3. Mai 2024".</summary>
    public static IEnumerable<GermanDate> Dates(DocumentLayout layout) =>
        layout.Lines.Where(l => !l.IsBlank && l.Content.Length <= 90 && PlaceAndDate().IsMatch(l.Content))
            .SelectMany(l => Rules.Dates.In(layout.Shadow, l.ContentSpan)).Where(d => d.Date is not null);

    private static Line? Near(DocumentLayout layout, int index, int first, int last, Predicate<Line> wanted)
    {
        for (var i = Math.Max(0, index + first); i <= Math.Min(layout.Lines.Count - 1, index + last); i++)
            if (!layout.Lines[i].IsBlank && layout.Lines[i].Content.Length < 120 && wanted(layout.Lines[i])) return layout.Lines[i];
        return null;
    }

    [GeneratedRegex(@"^(?<place>\p{Lu}[\p{L}. /()-]{1,40}),\s+(?:(?:den|der|am)\s)?\d{1,2}\.")]
    private static partial Regex PlaceAndDate();
    [GeneratedRegex(@"^(?:f\.?\s?d\.?\s?R\.?|Für die Richtigkeit.*|gez\.?)\s*:?$", RegexOptions.IgnoreCase)]
    private static partial Regex Formula();
    [GeneratedRegex(@"^(?:gez\.\s)?(?<name>(?:Dr\.\s)?\p{Lu}[\p{L}'.-]+(?:\s\p{L}[\p{L}'.-]*){1,3})\s*(?:[-–—,]\s*|\()(?<role>\p{Lu}[\p{L} .*:/-]{3,50})\)?$")]
    private static partial Regex Signer();
}
