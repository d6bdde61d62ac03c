using System.Text.RegularExpressions;

namespace Anlauf.Platform.Mail;

/// <summary>A letter that came back, as its delivery-status message says (RFC 3464).</summary>
/// <param name="Letters">Numbers of ours that the message names, from its Message-ID or the sender's address; at most one of them is a letter.</param>
/// <param name="Status">Enhanced status of the failure, „5.1.1“ (RFC 3463).</param>
public sealed record Bounce(IReadOnlyList<Guid> Letters, string Status);

/// <summary>
/// Reads delivery-status messages. Anything else, broken mail and mail of people included, is no bounce; nothing that can be in a file makes
/// it fail. What finds the letter is its number, which says nothing about a person.
/// </summary>
public static partial class BounceReader
{
    /// <summary>Characters that are looked at; a returned letter may be long.</summary>
    public const int MostRead = 512 * 1024;

    /// <summary>The bounce in a message, or null where it is none, reports a delay or says that all went well.</summary>
    /// <param name="message">The message as text of one byte a character.</param>
    public static Bounce? Read(string message)
    {
        var text = message.Length > MostRead ? message[..MostRead] : message;
        if (Report().Match(text) is not { Success: true } report) return null;
        // fields of the recipient: failed for good
        var fields = text[report.Index..];
        if (!Failed().IsMatch(fields) || Status().Match(fields) is not { Success: true } status) return null;
        List<Guid> letters = [.. Number().Matches(text).Select(m => Guid.TryParse(m.Groups[1].Success ? m.Groups[1].Value : m.Groups[2].Value, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty).Distinct().Take(20)];
        return letters.Count == 0 ? null : new(letters, status.Groups[1].Value);
    }

    [GeneratedRegex(@"^Content-Type:[ \t]*message/(?:global-)?delivery-status\b", RegexOptions.IgnoreCase | RegexOptions.Multiline, 2000)]
    private static partial Regex Report();

    [GeneratedRegex(@"^Action:[ \t]*failed\b", RegexOptions.IgnoreCase | RegexOptions.Multiline, 2000)]
    private static partial Regex Failed();

    [GeneratedRegex(@"^Status:[ \t]*(5\.[0-9]{1,3}\.[0-9]{1,3})\b", RegexOptions.IgnoreCase | RegexOptions.Multiline, 2000)]
    private static partial Regex Status();

    // <0f8fad5b-d9cb-469f-a165-70867728950e@host> of our Message-ID, or verband+0f8fad5b…@host of our sender
    [GeneratedRegex(@"<([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})@|\+([0-9a-f]{32})@", RegexOptions.IgnoreCase, 2000)]
    private static partial Regex Number();
}
