using System.Globalization;

namespace Anlauf.Rooms.Situation;

/// <summary>Numbers, dates and amounts as they stand in German sentences (UX.md, section 6).</summary>
public static class Wording
{
    private static readonly string[] Small = ["null", "eine", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"];

    /// <summary>German number and date formats.</summary>
    public static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");

    /// <summary>1.234; fractions with at most one digit after the comma.</summary>
    public static string Number(decimal value) => value.ToString("#,0.#", German);

    /// <summary>„34,2 %“.</summary>
    public static string Percent(decimal value) => value.ToString("0.0", German) + " %";

    /// <summary>Up to twelve in words, feminine one: „zwei“, „eine“, „13“.</summary>
    public static string InWords(decimal value) => value is >= 0 and <= 12 && value == Math.Floor(value) ? Small[(int)value] : Number(value);

    /// <summary>„mindestens zwei“, „höchstens drei“.</summary>
    public static string Amount(bool atLeast, decimal target) => (atLeast ? "mindestens " : "höchstens ") + InWords(target);

    /// <summary>„Fr 20.11.“, with the year where it is not this one; heute, gestern, morgen in words.</summary>
    public static string Day(DateOnly? day, DateOnly today) => day is not { } d ? "ohne Termin" : (d.DayNumber - today.DayNumber) switch
    {
        0 => "heute",
        -1 => "gestern",
        1 => "morgen",
        _ => d.ToString(d.Year == today.Year || (d > today && d < today.AddMonths(6)) ? "ddd d.M." : "d.M.yyyy", German),
    };

    /// <summary>„ein Tag“, „12 Tage“.</summary>
    public static string Count(int n, string one, string many) => n == 1 ? one : Number(n) + " " + many;

    /// <summary>„48 Minuten“, „3 Stunden 36 Minuten“, „24 Stunden“.</summary>
    public static string Duration(int minutes) => string.Join(' ', new[] { minutes >= 60 ? Count(minutes / 60, "1 Stunde", "Stunden") : null, minutes % 60 > 0 || minutes == 0 ? Count(minutes % 60, "1 Minute", "Minuten") : null }.OfType<string>());

    /// <summary>Distance as the crow flies: „9 km“, „unter 1 km“.</summary>
    public static string Kilometres(double km) => km < 1 ? "unter 1 km" : Math.Round(km).ToString("0", German) + " km";
}
