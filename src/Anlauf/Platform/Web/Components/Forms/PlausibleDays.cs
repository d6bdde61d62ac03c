using System.Reflection;

namespace Anlauf.Platform.Web.Components;

/// <summary>
/// Days that a form may send. One in a far century is a slip of the keyboard, and whatever adds days to it breaks: the calendar ends
/// with the year 9999. Asked for every form before its handler, so that no handler has to.
/// </summary>
internal static class PlausibleDays
{
    private static readonly DateOnly Earliest = new(1850, 1, 1), Latest = new(2200, 12, 31);

    /// <summary>What is said at the field.</summary>
    public const string Message = "Dieses Jahr liegt zu weit weg. Prüfen Sie das Datum";

    /// <summary>Names of the properties of an input whose day lies outside.</summary>
    public static IEnumerable<string> Outside(object input) => input.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public)
        .Where(p => p.CanRead && p.GetIndexParameters().Length == 0 && (p.PropertyType == typeof(DateOnly) || p.PropertyType == typeof(DateOnly?)))
        // the default of a day that was not sent is no day: [Required] says so
        .Where(p => p.GetValue(input) is DateOnly day && day != default && (day < Earliest || day > Latest)).Select(p => p.Name);
}
