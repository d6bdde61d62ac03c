namespace Anlauf.Rooms.Organisation.RightsInWords;

/// <summary>German words for actions, reaches and data classes. A right is said the same way on every page and in docs/rechte.md.</summary>
public static class RightsWords
{
    /// <summary>Actions in the order in which they are said.</summary>
    public static IReadOnlyList<string> Actions { get; } = ["read", "edit", "export", "administer"];

    /// <summary>„liest“, as the head of a column.</summary>
    public static string Verb(string action) => action switch { "read" => "liest", "edit" => "bearbeitet", "export" => "gibt als Datei aus", _ => "verwaltet" };

    /// <summary>How far: „eigener Verband und alle darunter“.</summary>
    public static string Reach(IEnumerable<string> reaches)
    {
        var all = reaches.ToHashSet();
        return (all.Contains("subtree"), all.Contains("chain")) switch
        {
            (true, true) => "eigener Verband, alle darunter und darüber",
            (true, false) => "eigener Verband und alle darunter",
            (false, true) => "eigener Verband und alle darüber",
            _ => all.Count == 0 ? "–" : "nur eigener Verband",
        };
    }

    /// <summary>How a right gets from the division of the office to that of a person.</summary>
    public static string Way(string reach) => reach switch { "own" => "reicht in den eigenen Verband", "subtree" => "reicht in den eigenen Verband und alle darunter", _ => "reicht in den eigenen Verband und alle darüber" };

    /// <summary>One sentence for rights of the same action, data class and reach: „Liest Sitzungen und Ziele im eigenen Verband und in allen darunter“.</summary>
    public static string Sentence(string action, string dataClass, string reach, IEnumerable<string> features)
    {
        var where = reach switch { "own" => "im eigenen Verband", "subtree" => "im eigenen Verband und in allen darunter", _ => "im eigenen Verband und in allen darüber" };
        var verb = action switch { "read" => "Liest", "edit" => "Bearbeitet", "export" => "Gibt als Datei aus:", _ => "Verwaltet" };
        return $"{verb} {List(features)}{(dataClass is "P1" or "P8" ? "" : dataClass == "P2" ? " mit Kontaktdaten" : dataClass == "P7" ? ", auch Vertrauliches," : $" ({dataClass})")} {where}.";
    }

    /// <summary>„Ziele, Sitzungen und Beschlüsse“.</summary>
    public static string List(IEnumerable<string> parts)
    {
        var all = parts.Distinct().ToList();
        return all.Count > 1 ? string.Join(", ", all[..^1]) + " und " + all[^1] : all.Count == 1 ? all[0] : "nichts";
    }
}
