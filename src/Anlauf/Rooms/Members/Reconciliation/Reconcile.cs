using System.Globalization;
using Anlauf.Elections;
using Anlauf.Platform.Database;
using Anlauf.Rooms.Territory;

namespace Anlauf.Rooms.Members.Reconciliation;

/// <summary>Compares a file with the register, set by set: what is new, changed, the same, missing. Nothing is written.</summary>
public sealed class Reconcile(Db db, KnownPersons known, TimeProvider clock)
{
    /// <summary>One value that differs.</summary>
    /// <param name="Takes">The file's value would be taken; otherwise ours stays, and <paramref name="Why"/> says why.</param>
    public sealed record Difference(string Field, string? Ours, string? Theirs, bool Takes, string Why);
    /// <summary>A person both know, with what differs.</summary>
    public sealed record Changed(PersonLine Line, KnownPersons.Person Person, IReadOnlyList<Difference> Differences);
    /// <summary>A person who may be one we know, by name alone: somebody has to look.</summary>
    public sealed record Perhaps(PersonLine Line, int PersonId, string Name);

    /// <summary>Everything a preview says.</summary>
    public sealed record Preview(string Form, int Rows, FieldMap Map, IReadOnlyList<PersonLine> New, IReadOnlyList<Changed> Known, int Unchanged, IReadOnlyList<(int PersonId, string Name, string? Number)> Missing,
        IReadOnlyList<CellProblem> Problems, IReadOnlyList<Perhaps> Doubtful, int Repaired)
    {
        /// <summary>Those of whom at least one value would be taken.</summary>
        public IReadOnlyList<Changed> Changes { get; } = [.. Known.Where(k => k.Differences.Any(d => d.Takes))];
        /// <summary>Lines that cannot be read.</summary>
        public int Faulty => Problems.Select(p => p.Line).Distinct().Count();
    }

    /// <summary>Reads and compares.</summary>
    /// <param name="division">The file is about this division and those below it: who is not in the file and belongs there is missing.</param>
    /// <param name="leads">The file's values replace ours.</param>
    /// <param name="fixes">Read instead of what the file says.</param>
    /// <exception cref="UnreadableFileException">The file is no table of people.</exception>
    public async Task<Preview> PreviewAsync(byte[] content, int division, bool leads, bool repair, IReadOnlyDictionary<string, string>? mapping = null, IReadOnlyList<Corrections.Fix>? fixes = null, CancellationToken ct = default)
    {
        var sheet = PeopleSheet.Read(content);
        var map = FieldMap.Recognise(sheet.Columns, mapping);
        sheet = Corrections.Applied(sheet, map, fixes ?? []);
        // nothing can be compared without names; the columns can still be assigned by hand
        if (map.Missing is { } missing) return new(sheet.Form, sheet.Lines.Count, map, [], [], 0, [], [new(1, "Kopfzeile", string.Join(", ", sheet.Columns.Take(4)), missing)], [], 0);
        var reader = await ReaderAsync(map, repair, ct);
        List<PersonLine> lines = [.. sheet.Lines.Select(reader.Read).OfType<PersonLine>()];
        return await db.InTransactionAsync(async () =>
        {
            await TemporaryTable.FillAsync(db, "file_person", "line integer, number text, name text, email text", lines, l => [l.Line, (object?)l.Number ?? DBNull.Value, $"{l.Given} {l.Family}".ToLowerInvariant(), (object?)l.Email?.ToLowerInvariant() ?? DBNull.Value], ct);
            var found = await known.MatchesAsync(ct);
            var (fresh, both, doubtful) = (new List<PersonLine>(), new List<Changed>(), new List<Perhaps>());
            var taken = new HashSet<int>();
            foreach (var line in lines)
            {
                var candidates = found[line.Line].ToList();
                if (Same(line, candidates) is { } person && taken.Add(person.Id)) both.Add(new(line, person, Differences(line, person, leads)));
                else
                {
                    fresh.Add(line);
                    if (candidates.Find(c => c.Number is null || line.Number is null || c.Number == line.Number) is { } perhaps) doubtful.Add(new(line, perhaps.Id, perhaps.Name));
                }
            }
            return new Preview(sheet.Form, sheet.Lines.Count, map, fresh, both, both.Count(b => b.Differences.Count == 0), await known.MissingAsync(division, ct), reader.Problems, doubtful, reader.Repaired);
        }, ct);
    }

    /// <summary>What of a file cannot be read, with the lines as they stand; nothing is compared.</summary>
    public sealed record Unread(FieldMap Map, IReadOnlyList<PeopleSheet.Line> Lines, IReadOnlyList<CellProblem> Problems);

    /// <summary>Reads without comparing; null where the columns say no names, so that there is no line to blame.</summary>
    /// <exception cref="UnreadableFileException">The file is no table of people.</exception>
    public async Task<Unread?> UnreadAsync(byte[] content, bool repair, IReadOnlyDictionary<string, string>? mapping, IReadOnlyList<Corrections.Fix> fixes, CancellationToken ct = default)
    {
        var sheet = PeopleSheet.Read(content);
        var map = FieldMap.Recognise(sheet.Columns, mapping);
        if (map.Missing is not null) return null;
        sheet = Corrections.Applied(sheet, map, fixes);
        var reader = await ReaderAsync(map, repair, ct);
        foreach (var line in sheet.Lines) reader.Read(line);
        return new(map, sheet.Lines, reader.Problems);
    }

    private async Task<LineReader> ReaderAsync(FieldMap map, bool repair, CancellationToken ct) => new(map, await PlacesAsync(ct), DateOnly.FromDateTime(clock.GetLocalNow().Date), repair);

    // the number decides; without one, the name together with birthday or address of mail
    private static KnownPersons.Person? Same(PersonLine line, List<KnownPersons.Person> candidates) =>
        candidates.Find(c => line.Number is not null && c.Number == line.Number)
        ?? candidates.Find(c => (line.Number is null || c.Number is null) && ((line.Birth is not null && c.Birth == line.Birth) || (line.Email is not null && string.Equals(c.Email, line.Email, StringComparison.OrdinalIgnoreCase))
            || (line.Birth is null && line.Email is null && line.Number is null && line.Ags is not null && c.Ags == line.Ags)));

    private static List<Difference> Differences(PersonLine line, KnownPersons.Person person, bool leads)
    {
        var all = new List<Difference>();
        Compare("Mitgliedsnummer", person.Number, line.Number);
        Compare("Titel", person.Title, line.Title);
        Compare("Vorname", person.Given, line.Given);
        Compare("Nachname", person.Family, line.Family);
        Compare("Geburtstag", Day(person.Birth), Day(line.Birth));
        Compare("Anschrift", person.Address, line.Address);
        Compare("E-Mail", person.Email, line.Email);
        Compare("Telefon", person.Phone, line.Phone);
        Compare("Eintritt", Day(person.Received), Day(line.Received));
        if (line.Left is { } left && person.Left is null) all.Add(new("Austritt", null, Day(left), true, "Datei"));
        // a consent is never overwritten by a file: withdrawn stays withdrawn
        if (line.Newsletter == true && person.Newsletter is not true)
            all.Add(person.Withdrawn is { } day ? new("Rundbrief", $"widerrufen am {day:d.M.yyyy}", "ja", false, "Ein Widerruf wird nie überschrieben") : new("Rundbrief", "nicht erteilt", "ja", true, "Datei"));
        if (line.Newsletter == false && person.Newsletter == true) all.Add(new("Rundbrief", "erteilt", "nein", true, "Ein Nein gilt sofort"));
        return all;

        void Compare(string field, string? ours, string? theirs)
        {
            if (theirs is null || string.Equals(ours ?? "", theirs, StringComparison.Ordinal)) return;
            var empty = string.IsNullOrEmpty(ours);
            all.Add(new(field, empty ? null : ours, theirs, leads || empty, empty ? "bisher leer" : leads ? "Die Datei führt" : "behalten: hier geführt"));
        }
    }

    private static string? Day(DateOnly? day) => day?.ToString("d.M.yyyy", CultureInfo.InvariantCulture);

    private async Task<Places> PlacesAsync(CancellationToken ct) => new(await db.QueryAsync<(string, string, string)>("""
        select m.ags, m.short_name, coalesce(c.postal_code, m.postal_code, '') from territory.current_municipality m left join territory.postal_code c on c.ags = m.ags where m.has_council
        union select m.ags, m.short_name, m.postal_code from territory.current_municipality m where m.has_council and m.postal_code is not null
        """, ct: ct));
}
