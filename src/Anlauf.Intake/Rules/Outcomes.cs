using System.Text.RegularExpressions;

namespace Anlauf.Intake.Rules;

/// <summary>Words that say how a matter ended.</summary>
internal static partial class Outcomes
{
    /// <summary>The outcome a text states first, or null: adopted, rejected, referred, adjourned, withdrawn.</summary>
    public static string? Of(string text)
    {
        var match = Words().Match(text);
        if (!match.Success) return null;
        // „Der Antrag auf Vertagung wird abgelehnt": what was moved is not what came of it
        if (Moved().Match(text) is { Success: true } moved && moved.Index <= match.Index && Words().Match(text, moved.Index + moved.Length) is { Success: true } later) match = later;
        foreach (var name in (ReadOnlySpan<string>)["withdrawn", "adjourned", "rejected", "referred", "adopted"])
            if (match.Groups[name].Success) return name;
        return null;
    }

    /// <summary>Outcome of a vote where only figures are stated: more Yes than No carries (PartG § 15(1), BGB § 32(1)).</summary>
    public static string OfVote(Votes votes) => votes is { Yes: { } yes, No: { } no } && yes <= no ? "rejected" : "adopted";

    [GeneratedRegex(@"\bAntrag\s(?:\p{L}+\s)?(?:auf|zur)\s(?:Vertagung|Nichtbefassung|Nicht-Befassung|Überweisung|Rücküberweisung|Verweisung|Ablehnung|Rücknahme)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Moved();
    [GeneratedRegex(
        @"(?<withdrawn>zurückgezogen|zurückgenommen|zieht\s.{0,60}\szurück|\b[Ee]rledigt\b)" +
        @"|(?<adjourned>vertagt?\b|Vertagung|zurückgestellt|verschoben|Nichtbefassung)" +
        @"|(?<rejected>abgelehnt|Ablehnung|lehnt(?:e|en)?\s.{0,120}\sab\b|\b[Rr]eject|nicht\s(?:angenommen|beschlossen|zugestimmt|genehmigt|gewählt)|keine\sMehrheit|nicht\sdie\s(?:notwendige|erforderliche|nötige)\s(?:\w+\s)?Mehrheit|verfehlt|zurückgewiesen)" +
        @"|(?<referred>[Üü]berw(?:ie|ei)s|verwiesen|\bverweist\b)" +
        @"|(?<adopted>angenommen|Annahme|\b[Aa]dopt|zugestimmt|\bbeschlossen\b|genehmigt|bestätigt|verabschiedet|gewählt)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 5000)]
    private static partial Regex Words();
}
