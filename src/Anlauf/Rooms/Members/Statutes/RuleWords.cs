namespace Anlauf.Rooms.Members.Statutes;

/// <summary>Rules of a pack in German, in the order of the page.</summary>
internal static class RuleWords
{
    public static IReadOnlyList<(string Id, string Name)> Rules { get; } =
    [
        ("admission", "Aufnahme"), ("deciding-body", "Es entscheidet"), ("period", "Frist ab Eingang"), ("extension", "Verlängerung mit Mitteilung"), ("silence", "Schweigen bedeutet"), ("objection-bodies", "Widersprechen können"),
        ("final-after", "Endgültig nach"), ("requires-dues", "Beitrag vor Wirksamkeit"), ("guest-rights", "Gastrechte bis dahin"), ("guest-ends", "Gastmitgliedschaft endet nach"), ("appeal-body", "Beschwerde an"),
        ("retry", "Neuer Antrag nach Ablehnung"), ("minimum-age", "Mindestalter"), ("unit", "Zuständig"), ("move", "Umzug"), ("arrears", "Ohne Beitrag"), ("resignation", "Austritt"),
    ];

    public static string Value(string rule, string value) => (rule, value) switch
    {
        ("admission", "objection") => "von selbst, wenn niemand widerspricht",
        ("admission", _) => "durch Entscheidung",
        ("silence", "accepted") => "aufgenommen",
        ("silence", "refused") => "abgelehnt",
        ("silence", _) => "nichts",
        ("minimum-age", _) => value + " Jahre",
        ("resignation", "at-once") => "sofort",
        ("resignation", "month-end") => "zum Ende des Monats; auf Wunsch sofort",
        ("resignation", "quarter-end") => "zum Ende des Quartals; auf Wunsch sofort",
        ("resignation", "year-end") => "zum Ende des Jahres; auf Wunsch sofort",
        (_, "yes") => "ja",
        (_, "no") => "nein",
        _ => Span.Parse(value) is { } span ? span.InWords : value,
    };

    public static string Confidence(string level) => level switch { "high" => "geprüft", "medium" => "aus zweiter Quelle", _ => "nicht verifiziert" };

    public static IReadOnlyList<(string Id, string Name)> Steps { get; } = [("entered", "erfasst"), ("first-contact", "erster Kontakt"), ("first-meeting", "erstes Treffen"), ("first-task", "erste Aufgabe")];

    public static string Step(string step) => Steps.FirstOrDefault(s => s.Id == step).Name ?? step;
}
