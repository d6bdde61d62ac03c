using Anlauf.Rooms.Situation;

namespace Anlauf.Rooms.Welcome.Arrivals;

/// <summary>Steps, ways and states in words.</summary>
public static class StepWords
{
    /// <summary>Name of a step above its column: „Erstkontakt“.</summary>
    public static string Name(string step) => step switch { "entered" => "Erfasst", "first-contact" => "Erstkontakt", "first-meeting" => "Treffen vor Ort", _ => "Aufgabe gefunden" };

    /// <summary>What is to be done, as it stands in a list: „Anruf“.</summary>
    public static string Noun(string step) => step switch { "entered" => "Erfassen", "first-contact" => "Anruf", "first-meeting" => "Treffen", _ => "Aufgabe" };

    /// <summary>What somebody does for it: „Anrufen“.</summary>
    public static string Verb(string step) => step switch { "entered" => "Erfassen", "first-contact" => "Anrufen", "first-meeting" => "Zu einem Treffen mitnehmen", _ => "Eine Aufgabe finden" };

    /// <summary>Label of the button beside a track; where nothing is due, something may still be noted.</summary>
    public static string Button(string step, ArrivalPace pace) => pace == ArrivalPace.OnTime ? "Notieren" : step switch { "entered" => "Notieren", "first-contact" => "Anrufen", "first-meeting" => "Einladen", _ => "Gespräch" };

    /// <summary>„Anruf seit 9 Tagen“, „Anruf bis Fr 20.11.“.</summary>
    public static string Due(Step step, DateOnly today) => step.LateBy(today) is { } days
        ? $"{Noun(step.Kind)} seit {(days == 1 ? "einem Tag" : $"{days} Tagen")}"
        : $"{Noun(step.Kind)} {(step.PromisedOn == today ? "heute" : "bis " + step.PromisedOn.ToString(step.PromisedOn < today.AddDays(7) ? "ddd d.M." : "d.M.", Wording.German))}";

    /// <summary>The whole track in one sentence, for those who do not see it.</summary>
    public static string Spoken(Arrival arrival, DateOnly today) => string.Join("; ", arrival.Steps.Select(s => $"{Name(s.Kind)}: " + (s.DoneOn is { } done
        ? $"erledigt am Tag {done.DayNumber - arrival.ReceivedOn.DayNumber}"
        : s.LateBy(today) is { } late ? $"überfällig seit {(late == 1 ? "einem Tag" : $"{late} Tagen")}" : $"fällig am Tag {s.PromisedOn.DayNumber - arrival.ReceivedOn.DayNumber}")));

    /// <summary>How somebody came to a division.</summary>
    public static string Way(string way) => way switch
    {
        "local" => "Ortsverband am Wohnort",
        "district" => "Kreisverband, weil es am Wohnort keine freie Ansprechperson gibt",
        "neighbour" => "Nachbar, weil es vor Ort niemanden gibt",
        "state" => "Land, weil ringsum niemand frei ist",
        "by-hand" => "von Hand übergeben",
        _ => "niemand zuständig",
    };
}
