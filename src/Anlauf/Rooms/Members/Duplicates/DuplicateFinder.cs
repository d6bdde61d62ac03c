namespace Anlauf.Rooms.Members.Duplicates;

/// <summary>What is known of a person for comparing.</summary>
/// <param name="Address">Street, postal code and place as written.</param>
public sealed record Entry(int Id, string Given, string Family, DateOnly? Birth, string? Address, string? Email, string? Phone);

/// <summary>Two entries that may be one person.</summary>
/// <param name="Score">0 to 1; from <see cref="DuplicateFinder.Threshold"/> on a pair is proposed.</param>
/// <param name="Reasons">What speaks for it, in German.</param>
public sealed record Pair(int A, int B, double Score, IReadOnlyList<string> Reasons);

/// <summary>
/// Proposes pairs of entries that may be one person; a human decides. Blocks keep the comparisons few: the sound of a part of the family
/// name with birthday, given name or address; birthday with given name; address of mail; telephone. Two birthdays that differ by more than
/// a slip of the pen keep people apart, so that father and son of one name and twins stay two.
/// </summary>
public static class DuplicateFinder
{
    /// <summary>From this score on a pair is proposed.</summary>
    public const double Threshold = 0.72;
    // a block larger than this says nothing: everybody called Müller and born on no known day
    private const int LargestBlock = 300;

    private sealed record Known(Entry Entry, string Given, string Family, IReadOnlyList<string> GivenParts, IReadOnlyList<string> FamilyParts, string Address, string Email, string Phone);

    /// <summary>All pairs from the threshold on, best first.</summary>
    public static IReadOnlyList<Pair> Find(IEnumerable<Entry> entries)
    {
        var all = entries.Select(e => new Known(e, Phonetic.Fold(e.Given), Phonetic.Fold(e.Family), Phonetic.Parts(e.Given), Phonetic.Parts(e.Family), Spot(e.Address), (e.Email ?? "").Trim().ToLowerInvariant(), Digits(e.Phone))).ToList();
        var blocks = new Dictionary<string, List<int>>();
        for (var i = 0; i < all.Count; i++)
            foreach (var key in Keys(all[i]).Distinct())
            {
                if (!blocks.TryGetValue(key, out var members)) blocks[key] = members = [];
                members.Add(i);
            }
        var seen = new HashSet<(int, int)>();
        var pairs = new List<Pair>();
        foreach (var block in blocks.Values.Where(b => b.Count is > 1 and <= LargestBlock))
            for (var x = 0; x < block.Count; x++)
                for (var y = x + 1; y < block.Count; y++)
                {
                    var (a, b) = (Math.Min(block[x], block[y]), Math.Max(block[x], block[y]));
                    if (a == b || !seen.Add((a, b))) continue;
                    if (Score(all[a], all[b]) is { } pair) pairs.Add(pair);
                }
        return [.. pairs.OrderByDescending(p => p.Score).ThenBy(p => p.A).ThenBy(p => p.B)];
    }

    /// <summary>The score of two entries whatever their blocks; null below the threshold.</summary>
    public static Pair? Compare(Entry a, Entry b)
    {
        static Known Of(Entry e) => new(e, Phonetic.Fold(e.Given), Phonetic.Fold(e.Family), Phonetic.Parts(e.Given), Phonetic.Parts(e.Family), Spot(e.Address), (e.Email ?? "").Trim().ToLowerInvariant(), Digits(e.Phone));
        return Score(Of(a), Of(b));
    }

    private static IEnumerable<string> Keys(Known k)
    {
        var first = k.GivenParts.Count > 0 ? Phonetic.Cologne(k.GivenParts[0]) : "";
        foreach (var part in k.FamilyParts)
        {
            var sound = Phonetic.Cologne(part);
            if (k.Entry.Birth is { } birth) yield return $"n{sound}|{birth.Month}.{birth.Day}";
            yield return $"g{sound}|{first}";
            if (k.Address.Length > 0) yield return $"a{sound}|{k.Address}";
        }
        if (k.Entry.Birth is { } day)
        {
            yield return $"b{day:yyyyMMdd}|{first}";
            // day and month swapped, or a typing error in the name: the initials are enough
            yield return $"s{Math.Min(day.Day, day.Month)}.{Math.Max(day.Day, day.Month)}.{day.Year}|{(k.Given.Length > 0 ? k.Given[0] : ' ')}{(k.Family.Length > 0 ? k.Family[0] : ' ')}";
        }
        if (k.Email.Length > 0) yield return "m" + k.Email;
        if (k.Phone.Length > 5) yield return "t" + k.Phone;
    }

    private static Pair? Score(Known a, Known b)
    {
        var reasons = new List<string>();
        var given = Names(a.Given, b.Given, a.GivenParts, b.GivenParts);
        var family = Names(a.Family, b.Family, a.FamilyParts, b.FamilyParts);
        // twins and siblings: another given name is another person, whatever else is the same
        if (given < 0.7) return null;
        var birth = Birthdays(a.Entry.Birth, b.Entry.Birth);
        // father and son: one name, one address, two birthdays
        if (birth == 0) return null;
        var mail = a.Email.Length > 0 && a.Email == b.Email;
        var phone = a.Phone.Length > 5 && a.Phone == b.Phone;
        var home = a.Address.Length > 0 && a.Address == b.Address;
        // a new family name is believed only where birthday and a way to reach the person agree
        if (family < 0.6 && !(birth == 1 && (mail || phone || home))) return null;
        var score = 0.22 * given + 0.3 * family + (birth is { } known ? 0.34 * known : 0.06) + (mail ? 0.2 : 0) + (phone ? 0.12 : 0) + (home ? 0.14 : 0);
        // where no birthday is known a name alone proves nothing
        if (birth is null && !mail && !phone && !home) return null;
        if (birth is null && given == 1 && family == 1 && (mail || home && phone)) score = Math.Max(score, 0.8);
        if (score < Threshold) return null;
        if (given > 0.99 && family > 0.99) reasons.Add("gleicher Name");
        else reasons.Add(family > 0.99 ? "ähnlicher Vorname" : given > 0.99 ? "ähnlicher Nachname" : "ähnlicher Name");
        if (birth == 1) reasons.Add("gleicher Geburtstag");
        else if (birth is not null) reasons.Add("Geburtstag vielleicht vertippt");
        if (mail) reasons.Add("gleiche E-Mail");
        if (phone) reasons.Add("gleiches Telefon");
        if (home) reasons.Add("gleiche Anschrift");
        return new(a.Entry.Id, b.Entry.Id, Math.Round(Math.Min(score, 1), 3), reasons);
    }

    // the whole names, or the best of their parts where one of them is double; sounding alike counts as nearly equal
    private static double Names(string a, string b, IReadOnlyList<string> aParts, IReadOnlyList<string> bParts)
    {
        var whole = Phonetic.Alike(a, b);
        if (whole < 1 && a.Length > 2 && b.Length > 2 && Phonetic.Cologne(a) == Phonetic.Cologne(b)) whole = Math.Max(whole, 0.9);
        if (aParts.Count > 1 || bParts.Count > 1)
            foreach (var x in aParts)
                foreach (var y in bParts)
                    if (x.Length > 2 && y.Length > 2) whole = Math.Max(whole, 0.92 * Phonetic.Alike(x, y));
        return whole;
    }

    // 1 the same, between for a slip (one digit, day and month swapped), 0 two different days, null where one is not known
    private static double? Birthdays(DateOnly? a, DateOnly? b)
    {
        if (a is not { } x || b is not { } y) return null;
        if (x == y) return 1;
        if (x.Year == y.Year && x.Day == y.Month && x.Month == y.Day) return 0.75;
        var (p, q) = (x.ToString("ddMMyyyy", System.Globalization.CultureInfo.InvariantCulture), y.ToString("ddMMyyyy", System.Globalization.CultureInfo.InvariantCulture));
        return p.Zip(q).Count(c => c.First != c.Second) == 1 ? 0.6 : 0;
    }

    // „Karl-Marx-Str. 5, 09661 Hainichen“ and „Karl-Marx-Straße 5 09661 …“ are one place: house number, street begun alike, postal code
    private static string Spot(string? address)
    {
        if (string.IsNullOrWhiteSpace(address)) return "";
        var digits = address.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Where(w => char.IsAsciiDigit(w[0])).ToList();
        var code = digits.Find(w => w.Length == 5 && w.All(char.IsAsciiDigit)) ?? "";
        var street = Phonetic.Fold(address.Split(',')[0]);
        return $"{street[..Math.Min(6, street.Length)]} {digits.Find(w => w != code)?.TrimEnd('.', ',').ToLowerInvariant()} {code}";
    }

    private static string Digits(string? phone)
    {
        var digits = new string([.. (phone ?? "").Where(char.IsAsciiDigit)]);
        return digits.StartsWith("0049", StringComparison.Ordinal) ? "0" + digits[4..] : digits.StartsWith("49", StringComparison.Ordinal) && digits.Length > 10 ? "0" + digits[2..] : digits;
    }
}
