namespace Anlauf.Rooms.Meetings.Resolutions;

/// <summary>
/// The result of a vote in words. Abstentions do not count as votes cast: a motion is adopted by more yes than no
/// (§ 15 Abs. 1 PartG, simple majority), so „bei 2 Enthaltungen beschlossen“ needs no other figure.
/// </summary>
public static class ResultWording
{
    private static readonly Dictionary<string, string> Words = new()
    {
        ["adopted"] = "beschlossen",
        ["rejected"] = "abgelehnt",
        ["referred"] = "überwiesen",
        ["adjourned"] = "vertagt",
        ["withdrawn"] = "zurückgezogen",
        ["proposed"] = "noch nicht entschieden",
    };

    /// <summary>The bare word: „beschlossen“.</summary>
    public static string Word(string result) => Words.GetValueOrDefault(result, result);

    /// <summary>Results a person may choose, with their words.</summary>
    public static IReadOnlyList<(string Result, string Word)> Choices { get; } = [("adopted", "beschlossen"), ("rejected", "abgelehnt"), ("referred", "überwiesen"), ("adjourned", "vertagt"), ("withdrawn", "zurückgezogen")];

    /// <summary>Whether the result came from a vote, to which the rule of the majority applies.</summary>
    public static bool IsVote(string result) => result is "adopted" or "rejected";

    /// <summary>Why result and votes do not fit together, in German; null where they do. A simple majority of the votes cast, abstentions not counted: § 15 Abs. 1 PartG.</summary>
    public static string? Refused(string result, int? yes, int? no, bool? unanimous) =>
        !Words.ContainsKey(result) ? "Wählen Sie ein Ergebnis aus der Liste"
        : unanimous == true && no is > 0 ? "Einstimmig und Nein-Stimmen passen nicht zusammen. Prüfen Sie das Ergebnis"
        : result == "adopted" && yes is { } y && no is { } n && y <= n ? $"{y} Ja gegen {n} Nein ist keine Mehrheit. Prüfen Sie Stimmen und Ergebnis"
        : null;

    /// <summary>„Einstimmig beschlossen“, „Mit 12 Ja-Stimmen, 3 Nein-Stimmen und einer Enthaltung beschlossen“, „Bei 2 Enthaltungen beschlossen“.</summary>
    public static string Sentence(string result, int? yes, int? no, int? abstain, bool? unanimous)
    {
        var word = Word(result);
        if (yes is not null || no is not null)
        {
            var parts = new List<string>();
            if (yes is { } y) parts.Add(Votes(y, "Ja-Stimme"));
            if (no is { } n) parts.Add(Votes(n, "Nein-Stimme"));
            if (abstain is { } a) parts.Add(Abstentions(a));
            var last = parts.Count > 1 ? " und " + parts[^1] : "";
            return "Mit " + string.Join(", ", parts.Count > 1 ? parts[..^1] : parts) + last + " " + word;
        }
        if (unanimous == true) return abstain is > 0 ? $"Einstimmig bei {Abstentions(abstain.Value)} {word}" : "Einstimmig " + word;
        if (abstain is { } only) return $"Bei {Abstentions(only)} {word}";
        return char.ToUpperInvariant(word[0]) + word[1..];
    }

    private static string Votes(int n, string one) => n switch { 0 => "keiner " + one, 1 => "einer " + one, _ => $"{n} {one}n" };
    private static string Abstentions(int n) => n switch { 0 => "keiner Enthaltung", 1 => "einer Enthaltung", _ => $"{n} Enthaltungen" };
}
