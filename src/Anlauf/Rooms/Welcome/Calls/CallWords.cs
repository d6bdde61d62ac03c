namespace Anlauf.Rooms.Welcome.Calls;

/// <summary>What may come of a call, in the order in which the buttons stand.</summary>
public static class CallWords
{
    /// <summary>Outcomes with the label of the button and with the word in the list of calls.</summary>
    public static IReadOnlyList<(string Id, string Button, string Word)> Outcomes { get; } =
    [
        ("reached", "Gesprochen", "gesprochen"),
        ("invited", "Zum Treffen eingeladen", "eingeladen"),
        ("missed", "Nicht erreicht", "nicht erreicht"),
        ("voicemail", "Auf die Mailbox gesprochen", "Mailbox"),
        ("met", "War beim Treffen", "war beim Treffen"),
        ("task", "Hat eine Aufgabe gefunden", "hat eine Aufgabe"),
        ("wrong-number", "Nummer stimmt nicht", "falsche Nummer"),
        ("declined", "Möchte nicht angesprochen werden", "möchte keine Ansprache"),
    ];

    /// <summary>The word of an outcome.</summary>
    public static string Word(string outcome) => outcome switch { "mailed" => "Willkommensmail", "undone" => "zurückgenommen", _ => Outcomes.FirstOrDefault(o => o.Id == outcome).Word ?? outcome };

    /// <summary>Outcomes that fit what is next come first; the others follow.</summary>
    public static IReadOnlyList<string> First(string? step) => step switch
    {
        "first-meeting" => ["met", "invited", "missed"],
        "first-task" => ["task", "reached", "missed"],
        _ => ["reached", "invited", "missed"],
    };
}
