using Anlauf.Platform.Access;
using Anlauf.Platform.Database;
using Anlauf.Platform.Web;

namespace Anlauf.Rooms.Meetings;

/// <summary>Finds papers by title or number: „DS 6 – 031“ is also typed „6-031“.</summary>
internal sealed class PaperSearch(Db db, Rights rights) : ISearchPart
{
    public async Task<IReadOnlyList<SearchHit>> FindAsync(string text, CancellationToken ct)
    {
        if (!await rights.HoldsAsync(MeetingsPermissions.ReadMeetings, ct)) return [];
        var asked = text.Trim().ToLowerInvariant();
        return [.. (await db.QueryAsync<(string Reference, string? Title)>($"""
            select reference, title from meetings.paper where {Holds} order by strpos(lower(reference), @asked) > 0 desc, kind, term, number, reference limit 5
            """, new { asked, number = NumberOf(asked) }, ct)).Select(p => new SearchHit("Drucksachen", p.Title is null ? p.Reference : $"{p.Reference}: {p.Title}", null, "/sitzungen/drucksachen?q=" + Uri.EscapeDataString(p.Reference)))];
    }

    /// <summary>Condition on a paper for the parameters asked (lower case) and number.</summary>
    internal const string Holds = "(strpos(lower(title), @asked) > 0 or strpos(lower(reference), @asked) > 0 or strpos(regexp_replace(lower(reference), '[^[:alnum:]]', '', 'g'), @number) > 0)";

    /// <summary>Letters and digits of a number as typed; null where it has no digit, which finds nothing.</summary>
    internal static string? NumberOf(string asked) => asked.Any(char.IsDigit) && string.Concat(asked.Where(char.IsLetterOrDigit)) is { Length: > 1 } number ? number : null;
}
