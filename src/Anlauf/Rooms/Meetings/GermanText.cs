using System.Globalization;

namespace Anlauf.Rooms.Meetings;

/// <summary>Dates and counts as German text.</summary>
internal static class GermanText
{
    public static readonly CultureInfo Culture = CultureInfo.GetCultureInfo("de-DE");

    /// <summary>„3. Juni 2023“.</summary>
    public static string Long(DateOnly date) => date.ToString("d. MMMM yyyy", Culture);

    /// <summary>„3.6.2023“.</summary>
    public static string Short(DateOnly? date) => date?.ToString("d.M.yyyy", Culture) ?? "–";

    /// <summary>„1 Fundstelle“, „12 Fundstellen“.</summary>
    public static string Count(int n, string one, string many) => n.ToString("N0", Culture) + " " + (n == 1 ? one : many);
}
