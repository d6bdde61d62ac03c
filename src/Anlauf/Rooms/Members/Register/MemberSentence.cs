namespace Anlauf.Rooms.Members.Register;

/// <summary>What is said first about a person: one sentence from the memberships.</summary>
internal static class MemberSentence
{
    /// <summary>Continues „Mira Vorlage …“; <paramref name="today"/> turns days into spans.</summary>
    public static string Of(IReadOnlyList<MemberRegister.Membership> memberships, string division, DateOnly today)
    {
        if (memberships.Count == 0) return $"gehört zum {division} und ist nicht Mitglied.";
        var first = memberships[0];
        var place = first.Place is { } town ? $" in {town}" : "";
        return first.State switch
        {
            "active" => $"ist seit {Since(first.EffectiveOn ?? first.ReceivedOn ?? today, today)} {MemberWords.Kind(first.Kind)}{place}.",
            "suspended" => $"ist {MemberWords.Kind(first.Kind)}{place}; die Mitgliedschaft ruht.",
            "applied" => "hat die Aufnahme erklärt; der Eingang ist noch nicht vermerkt.",
            "awaiting-objection" => $"will Mitglied werden{(first.EffectiveOn is { } day ? $"; wirksam ab {day:d.M.yyyy}, wenn niemand widerspricht." : "; wirksam mit dem ersten Beitrag.")}",
            "awaiting-decision" => $"will Mitglied werden; {(first.ObjectionUntil is { } until ? $"entschieden wird bis {until:d.M.yyyy}." : "das Gremium entscheidet.")}",
            "refused" => $"wurde am {first.LeftOn:d.M.yyyy} nicht aufgenommen.",
            _ => $"war {MemberWords.Kind(first.Kind)} bis {first.LeftOn:d.M.yyyy}: {MemberWords.Reason(first.LeftReason)}.",
        };
    }

    private static string Since(DateOnly day, DateOnly today)
    {
        var days = today.DayNumber - day.DayNumber;
        return days switch
        {
            <= 0 => "heute",
            1 => "gestern",
            < 60 => $"{days} Tagen",
            < 730 => $"{days / 30} Monaten",
            _ => $"{days / 365} Jahren",
        };
    }
}
