using Anlauf.Rooms.Situation;

namespace Anlauf.Rooms.Offers;

/// <summary>An offer with its task, as the acting person sees it.</summary>
/// <param name="Due">Day the task is to be done by.</param>
/// <param name="Addressed">members, mandates or officers.</param>
/// <param name="AnswerBy">Last day to answer; afterwards it is back with the offering body.</param>
/// <param name="State">open, taken, withdrawn or done.</param>
/// <param name="Mine">True where the acting person has taken it.</param>
/// <param name="Answer">The acting person's answer: yes, no, back, or null.</param>
/// <param name="Fits">Interests and skills of the acting person that are wanted.</param>
/// <param name="Asked">True where it is addressed to the acting person.</param>
/// <param name="Waiting">Acceptances that wait for the offering body; 0 for everybody else.</param>
public sealed record Offer(int Id, int TaskId, string Task, string Details, DateOnly? Due, decimal? Hours, string? Place, bool Online, string[] Wanted, int DivisionId, string Division, string Addressed, int TargetDivisionId, string Target,
    bool FirstWins, DateOnly AnswerBy, string State, DateOnly? ReturnedOn, bool Mine, string? Answer, bool MayRun, bool Asked, string[] Fits, int Waiting, string? ResolutionSlug, string? ResolutionNumber)
{
    /// <summary>Nobody took it in time.</summary>
    public bool IsBack(DateOnly today) => State == "open" && AnswerBy < today;

    /// <summary>May still be answered.</summary>
    public bool IsOpen(DateOnly today) => State == "open" && AnswerBy >= today;
}

/// <summary>Offers in words.</summary>
public static class OfferWords
{
    /// <summary>Whom an offer may be for.</summary>
    public static (string Value, string Text)[] Addressed { get; } =
        [("members", "Mitglieder der Gliederung und aller darunter"), ("mandates", "Menschen mit Mandat in der Gliederung und darunter"), ("officers", "Menschen mit Amt in der Gliederung")];

    /// <summary>„Mitglieder (KV Mittelsachsen)“.</summary>
    public static string To(Offer o) => $"{o.Addressed switch { "members" => "Mitglieder", "mandates" => "Menschen mit Mandat", _ => "Menschen mit Amt" }} ({o.Target})";

    /// <summary>„Hainichen oder online“, „online“; null where nothing is said.</summary>
    public static string? Where(Offer o) => (o.Place, o.Online) switch { ({ } place, true) => place + " oder online", ({ } place, false) => place, (null, true) => "online", _ => null };

    /// <summary>„etwa 3 Stunden“.</summary>
    public static string? Effort(decimal? hours) => hours is not { } h ? null : h == 1 ? "etwa eine Stunde" : $"etwa {Wording.Number(h)} Stunden";

    /// <summary>What it is about besides its text, in one line.</summary>
    public static string Facts(Offer o) => string.Join(" · ", new[] { o.Due is { } due ? $"Frist {due:d.M.yyyy}" : null, Effort(o.Hours), Where(o), o.Fits.Length > 0 ? "passt zu: " + string.Join(", ", o.Fits) : null }.OfType<string>());

    /// <summary>State as the reader needs it.</summary>
    public static string State(Offer o, DateOnly today) => o.State switch
    {
        "taken" => o.Mine ? "von Ihnen übernommen" : "vergeben",
        "done" => "erledigt",
        "withdrawn" => "zurückgezogen",
        _ when o.AnswerBy < today => o.MayRun ? "zurück bei Ihnen" : "abgelaufen",
        _ when o.Answer == "yes" => "Ihre Zusage wartet auf Bestätigung",
        _ when o.Answer is "no" or "back" => "Sie können nicht",
        _ when o.Waiting > 0 => Wording.Count(o.Waiting, "eine Zusage wartet", "Zusagen warten"),
        _ => $"offen bis {o.AnswerBy:d.M.yyyy}",
    };
}
