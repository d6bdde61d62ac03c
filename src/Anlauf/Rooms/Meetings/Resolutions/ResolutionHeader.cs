using System.Globalization;
using System.Text.RegularExpressions;

namespace Anlauf.Rooms.Meetings.Resolutions;

/// <summary>The line above a resolution: body, term, session, date, place.</summary>
public static partial class ResolutionHeader
{
    /// <summary>„Beschluss der 1. Tagung des 9. Landesparteitages der Partei X am 3. Juni 2023 in Aschersleben“; what is not known is left out.</summary>
    /// <param name="bodyGenitive">Body with the ending of the genitive: „Landesparteitages“, „Landesvorstandes“.</param>
    /// <param name="organisation">Whose body, with its article where the name wants one: „der Partei DIE LINKE. Sachsen-Anhalt“.</param>
    public static string Text(string bodyGenitive, int? term, int? session, string? organisation, DateOnly? date, string? place)
    {
        var text = "Beschluss " + (session is { } s ? $"der {s}. Tagung " : "") + "des " + (term is { } t ? $"{t}. " : "") + bodyGenitive;
        if (!string.IsNullOrWhiteSpace(organisation)) text += " " + organisation.Trim();
        if (date is { } day) text += " am " + GermanText.Long(day);
        if (!string.IsNullOrWhiteSpace(place)) text += " in " + place.Trim();
        return text;
    }

    /// <summary>The line of one resolution, from what the register knows.</summary>
    public static string Line(ResolutionRegister.Detail r) => r.BodyGenitive is { } body
        ? Text(body, r.TermNumber, r.SessionNumber, null, r.DecidedOn, r.Place)
        : "Beschluss" + (r.Body is { } name ? ", " + name : ", " + r.Division) + (r.DecidedOn is { } on ? ", " + GermanText.Long(on) : "");

    /// <summary>Session and term where a text names them („1. Tagung des 9. Landesparteitages“).</summary>
    public static (int? Session, int? Term) Numbers(string text)
    {
        var match = Tagung().Match(text);
        return match.Success ? (Number(match.Groups[1]), Number(match.Groups[2])) : (null, null);
    }

    private static int Number(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\b(\d{1,2})\.\s+Tagung\s+des\s+(\d{1,3})\.", RegexOptions.CultureInvariant)]
    private static partial Regex Tagung();
}
