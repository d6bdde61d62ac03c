namespace Anlauf.Rooms.Members.Register;

/// <summary>German words of the register.</summary>
internal static class MemberWords
{
    public static IReadOnlyList<(string Id, string Name)> Kinds { get; } =
        [("member", "Mitglied"), ("guest", "Gastmitglied"), ("supporter", "unterstützend"), ("youth", "Jugendmitglied"), ("honorary", "Ehrenmitglied")];

    public static IReadOnlyList<(string Id, string Name)> States { get; } =
    [
        ("applied", "beantragt"), ("awaiting-decision", "wartet auf Entscheidung"), ("awaiting-objection", "Widerspruchsfrist läuft"), ("active", "besteht"),
        ("suspended", "ruht"), ("transfer-pending", "wechselt"), ("left", "beendet"), ("refused", "nicht aufgenommen"),
    ];

    public static IReadOnlyList<(string Id, string Name, string Text)> Consents { get; } =
    [
        ("newsletter", "Rundbrief", "Der Verband schickt mir Rundbriefe per E-Mail."), ("phone", "Anrufe", "Der Verband ruft mich an."), ("photos", "Fotos", "Fotos, auf denen ich zu sehen bin, dürfen veröffentlicht werden."),
        ("faction", "Weitergabe an die Fraktion", "Der Verband gibt Namen und E-Mail an die Fraktion weiter."), ("home-area", "Heimatbezug", "Nach meinem Umzug darf mich meine frühere Gliederung weiter einladen; sie sieht Namen und einen Kontaktweg."),
    ];

    public static IReadOnlyList<(string Id, string Name)> Channels { get; } = [("paper", "auf Papier"), ("form", "über ein Formular"), ("mail", "per E-Mail"), ("phone", "am Telefon")];

    /// <summary>What may happen to a membership, in the words of the form; each with a day.</summary>
    public static IReadOnlyList<(string Id, string Name)> Steps { get; } =
    [
        ("received", "Die Erklärung ist eingegangen"), ("dues-paid", "Der erste Beitrag ist gezahlt"), ("objected", "Jemand hat Widerspruch erhoben"), ("accepted", "Das Gremium hat die Aufnahme beschlossen"),
        ("refused", "Das Gremium hat abgelehnt"), ("extended", "Die Frist ist mit Mitteilung verlängert"), ("suspended", "Die Mitgliedschaft ruht"), ("resumed", "Die Mitgliedschaft ruht nicht mehr"),
        ("resigned", "Austritt"), ("withdrawn", "Der Antrag ist zurückgezogen"), ("arrears", "Ende wegen ausbleibender Beiträge"), ("excluded", "Ausschluss durch das Schiedsgericht"), ("died", "verstorben"), ("guest-ended", "Die Gastzeit ist vorbei"),
    ];

    public static string Kind(string id) => Kinds.FirstOrDefault(k => k.Id == id).Name ?? id;
    /// <summary>Memberships of a list, „member active“, in words; a state is said unless it is the usual one.</summary>
    public static string Memberships(string[] kinds) => kinds.Length == 0 ? "–" : string.Join(", ", kinds.Select(k => k.Split(' ') is [var kind, var state] ? Kind(kind) + (state is "active" ? "" : $" ({State(state)})") : k));
    public static string State(string id) => States.FirstOrDefault(s => s.Id == id).Name ?? id;
    /// <summary>How a declaration came in, also where no office enters it.</summary>
    public static string Channel(string id) => id switch { "link" => "über den persönlichen Link", "import" => "aus einer Datei", _ => Channels.FirstOrDefault(c => c.Id == id).Name ?? id };
    public static string Consent(string id) => Consents.FirstOrDefault(c => c.Id == id).Name ?? id;
    public static string Reason(string? id) => Steps.FirstOrDefault(s => s.Id == id).Name ?? "";
}
