using System.Globalization;
using System.Text;

namespace Anlauf.Tests.Meetings;

/// <summary>Minutes of an invented board; every test takes another day, so that each has its own meeting.</summary>
internal static class Minutes
{
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");

    public const string ContactPoints = "In jedem Flächenlandkreis werden bis zum 30. September 2027 mindestens zwei Anlaufstellen eingerichtet. Verantwortlich: Landesgeschäftsführung";
    public const string Calendar = "Der Landesvorstand beschließt den Terminplan 2027.";

    /// <param name="day">Day of the meeting.</param>
    /// <param name="excused">The line of those excused.</param>
    /// <param name="end">A further line below the beginning: the end, where it is known.</param>
    /// <param name="more">Text before the signature.</param>
    public static byte[] Of(DateOnly day, string excused = "Ingo Entwurf, Jutta Skizze", string end = "", string more = "") => Encoding.UTF8.GetBytes($"""
        # Horizont Sachsen – Landesvorstand

        ## Niederschrift der Sitzung am {day.ToString("d. MMMM yyyy", German)}

        Ort: Bürgerhaus, Döbeln
        Beginn: 18:00 Uhr
        {end}

        Anwesend: Alma Beispiel, Bruno Muster, Edda Exempel, Georg Probe

        Entschuldigt: {excused}

        Gäste: Karl Konzept

        Protokoll: Lena Leerzeile

        Unterlagen:

        - DS 6 – 031 Anlaufstellen in der Fläche
        - DS 6–013.1 (Teil 3) Mitgliederentwicklung

        Tagesordnung:

        TOP 1 Anlaufstellen in der Fläche (DS 6 – 031)
        TOP 2 Mobiles Büro
        TOP 3 Terminplanung 2027

        TOP 1 Anlaufstellen in der Fläche (DS 6 – 031)

        Beschluss: {ContactPoints}

        Bei 2 Enthaltungen beschlossen.

        TOP 2 Mobiles Büro

        wurde bei TOP mit 1 mitbehandelt

        - Bruno Muster fragt bis zum 15. Dezember 2026 die Kreisverbände nach freien Räumen

        TOP 3 Terminplanung 2027

        Beschluss: {Calendar}

        Abstimmung: einstimmig

        Wiedervorlage: Zwischenstand Anlaufstellen am 29. Januar 2027

        {more}

        F. d. R. Dresden, den 16. November 2026
        Lena Leerzeile
        """);
}
