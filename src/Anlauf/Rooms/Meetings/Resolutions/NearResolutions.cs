using Anlauf.Platform.Access;
using Anlauf.Platform.Database;
using Anlauf.Platform.Web;

namespace Anlauf.Rooms.Meetings.Resolutions;

/// <summary>Which resolution was meant by an address that leads nowhere: 2026-040 is a transposition away from 2026-004.</summary>
internal sealed class NearResolutions(Db db, Rights rights) : IMissingPageGuess
{
    private const string Folder = "/sitzungen/beschluesse/";

    /// <summary>Signs that may differ.</summary>
    private const int Farthest = 2;

    public async Task<IReadOnlyList<PageGuess>> GuessAsync(string path, CancellationToken ct)
    {
        if (!path.StartsWith(Folder, StringComparison.OrdinalIgnoreCase) || !await rights.HoldsAsync(MeetingsPermissions.ReadResolutions, ct)) return [];
        var asked = Slug.From(Uri.UnescapeDataString(path[Folder.Length..].Split('/')[0]));
        if (asked.Length is < 3 or > 100) return [];
        var known = await db.QueryAsync<(string Number, string Title, string Slug)>("select number, title, slug from meetings.resolution order by decided_on desc nulls last, id desc limit 2000", ct: ct);
        var near = known.Select(r => (r.Number, r.Title, r.Slug, Far: Math.Min(Distance(asked, Slug.From(r.Number)), Distance(asked, r.Slug)))).Where(r => r.Far <= Farthest).ToList();
        // only the nearest: where one number is a transposition away, those that differ in two digits are no help
        return [.. near.Where(r => r.Far == near.Min(n => n.Far)).Take(3).Select(r => new PageGuess(Folder + r.Slug, $"{r.Number}: {r.Title}"))];
    }

    /// <summary>Insertions, deletions, replacements and transpositions of neighbours that lead from one word to the other.</summary>
    internal static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > Farthest) return int.MaxValue;
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
            for (var j = 1; j <= b.Length; j++)
            {
                d[i, j] = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        return d[a.Length, b.Length];
    }
}
