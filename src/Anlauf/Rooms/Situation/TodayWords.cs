namespace Anlauf.Rooms.Situation;

/// <summary>Greeting and dates of „Heute“ in words. Pure.</summary>
public static class TodayWords
{
    /// <summary>„Guten Abend, Wilma Probe.“ by the hour of the day, 0 to 23.</summary>
    public static string Greeting(int hour, string? name) => (hour is >= 4 and < 11 ? "Guten Morgen" : hour is >= 11 and < 18 ? "Guten Tag" : "Guten Abend") + (name is null ? "." : $", {name}.");

    /// <summary>„seit gestern“, „seit 9 Tagen“, „heute“, „bis Fr 20.11.“, „ohne Frist“.</summary>
    public static string When(DateOnly? due, DateOnly today) => due is not { } day ? "ohne Frist" : (day.DayNumber - today.DayNumber) switch
    {
        0 => "heute",
        -1 => "seit gestern",
        < 0 and var late => $"seit {-late} Tagen",
        _ => "bis " + Wording.Day(day, today),
    };
}
