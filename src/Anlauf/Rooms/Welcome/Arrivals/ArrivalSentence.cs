using Anlauf.Rooms.Situation;

namespace Anlauf.Rooms.Welcome.Arrivals;

/// <summary>The numbers of the sentence above „Ankommen“ and their words. Pure.</summary>
public sealed record ArrivalSentence(int All, int OnTime, int Overdue, int ThisWeek)
{
    /// <summary>The sum of what was counted.</summary>
    internal static ArrivalSentence Of(IReadOnlyCollection<ArrivalRegister.Tally> tallies)
    {
        var (all, overdue, week) = (tallies.Sum(t => t.Arrivals), tallies.Sum(t => t.Overdue), tallies.Sum(t => t.ThisWeek));
        return new(all, all - overdue - week, overdue, week);
    }

    /// <summary>How many stand so.</summary>
    public int At(ArrivalPace pace) => pace switch { ArrivalPace.Overdue => Overdue, ArrivalPace.ThisWeek => ThisWeek, _ => OnTime };

    public string Arriving => All switch { 0 => "Niemand Neues kommt gerade an", 1 => "Ein neues Mitglied kommt gerade an", _ => $"{Wording.Number(All)} neue Mitglieder kommen gerade an" };
    public string Fine => OnTime == All ? "alles liegt im Plan" : OnTime == 1 ? "eines liegt im Plan" : $"{Wording.Number(OnTime)} liegen im Plan";
    public string Late => Overdue == 1 ? "Ein Schritt ist überfällig" : $"{Wording.Number(Overdue)} Schritte sind überfällig";
    public string Soon => ThisWeek == 1 ? "einer wird diese Woche fällig" : $"{Wording.Number(ThisWeek)} werden diese Woche fällig";

    /// <summary>„46 neue Mitglieder kommen gerade an, 35 liegen im Plan. 6 Schritte sind überfällig, 5 werden diese Woche fällig.“</summary>
    public override string ToString() => All == 0 ? Arriving + "." : $"{Arriving}, {Fine}." + (Overdue, ThisWeek) switch
    {
        (0, 0) => "",
        (0, 1) => " Ein Schritt wird diese Woche fällig.",
        (0, _) => $" {Wording.Number(ThisWeek)} Schritte werden diese Woche fällig.",
        (_, 0) => $" {Late}.",
        _ => $" {Late}, {Soon}.",
    };
}
