using System.Globalization;
using Anlauf.Elections;
using Anlauf.Elections.Spreadsheets;

namespace Anlauf.Rooms.Territory.Registers;

/// <summary>How a municipality changed. The numbers are those of Destatis.</summary>
public enum KeyChangeKind
{
    /// <summary>The municipality ended; its area went to the new key.</summary>
    Dissolved = 1,

    /// <summary>A part of the area was given away; the old key stays.</summary>
    PartGivenAway = 2,

    /// <summary>The key changed, the municipality did not.</summary>
    KeyChanged = 3,

    /// <summary>The name changed.</summary>
    Renamed = 4,
}

/// <summary>One change of a municipality.</summary>
/// <param name="OldAgs">Key before the change.</param>
/// <param name="NewAgs">Key that takes over the area, or the same key.</param>
/// <param name="EffectiveOn">First day of the new state.</param>
/// <param name="Share">Share of the old municipality that goes to the new key, 0 to 1, by population where there is any, else by area.</param>
public sealed record KeyChange(string OldAgs, string OldName, string NewAgs, string NewName, KeyChangeKind Kind, DateOnly EffectiveOn, decimal Share, int Line);

/// <summary>Reads tables of changes: the yearly .xlsx of Destatis („Gebietsänderungen“) or a .csv with ags_old, name_old, ags_new, name_new, effective.</summary>
public static class KeyChangeReader
{
    private const string Unknown = "Das ist keine Tabelle der Gebietsänderungen. Erwartet wird die Tabelle von Destatis (.xlsx) oder eine .csv mit den Spalten ags_old, name_old, ags_new, name_new, effective.";

    /// <summary>Reads and checks the whole file; the stream must be seekable.</summary>
    public static Reading<IReadOnlyList<KeyChange>> Read(Stream stream)
    {
        try
        {
            var start = new byte[2];
            var isZip = stream.ReadAtLeast(start, 2, throwOnEndOfStream: false) == 2 && start is [(byte)'P', (byte)'K'];
            stream.Position = 0;
            return isZip ? ReadWorkbook(stream) : ReadCsv(stream);
        }
        catch (UnreadableFileException e)
        {
            return new([], [ImportProblem.OfFile(e.Message)]);
        }
    }

    private static Reading<IReadOnlyList<KeyChange>> ReadWorkbook(Stream stream)
    {
        using var book = Workbook.Open(stream);
        foreach (var sheet in book.SheetNames)
        {
            var rows = book.Rows(sheet).ToList();
            var head = rows.FindIndex(r => r[0] == "Kennziffer" && r[1] == "Regionaleinheit");
            if (head < 0) continue;
            var problems = new ProblemList();
            var found = rows.Skip(head + 1).Where(r => r[1] == "Gemeinde").SelectMany(r => ReadRow(r, problems)).ToList();
            return new([.. WithShares(found)], problems.All);
        }
        return new([], [ImportProblem.OfFile(Unknown)]);
    }

    private static IEnumerable<(KeyChange Change, decimal Area, decimal People)> ReadRow(SheetRow row, ProblemList problems)
    {
        var before = (Ags: row[3], Name: row[4]);
        var after = (Ags: row[9], Name: row[10]);
        if (!CheckKeys(before.Ags, after.Ags, row.Number, problems)) yield break;
        if (Day(row[11]) is not { } day)
        {
            problems.Add(row.Number, "Wirksamkeitsdatum", $"„{row[11]}“ ist kein Datum der Form TT.MM.JJJJ.");
            yield break;
        }
        _ = decimal.TryParse(row[6], CultureInfo.InvariantCulture, out var area);
        _ = decimal.TryParse(row[7], CultureInfo.InvariantCulture, out var people);
        // kinds stand as number or text, several of them separated by commas
        foreach (var code in row[5].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (code is not ("1" or "2" or "3" or "4")) problems.Add(row.Number, "Änderungsart", $"„{code}“ ist keine Änderungsart. Erlaubt sind 1 bis 4.");
            else yield return (new KeyChange(before.Ags, before.Name, after.Ags, after.Name, (KeyChangeKind)(code[0] - '0'), day, 1, row.Number), area, people);
        }
    }

    /// <summary>Rows of one old key on one day belong together; their people, or areas where nobody lives, give the shares.</summary>
    private static IEnumerable<KeyChange> WithShares(List<(KeyChange Change, decimal Area, decimal People)> found)
    {
        foreach (var group in found.GroupBy(f => (f.Change.OldAgs, f.Change.Kind, f.Change.EffectiveOn)))
        {
            var people = group.Sum(g => g.People);
            var area = group.Sum(g => g.Area);
            foreach (var (change, a, p) in group)
            {
                // the remainder of a municipality that gives a part away is listed with itself
                if (change.Kind == KeyChangeKind.PartGivenAway && change.OldAgs == change.NewAgs) continue;
                yield return change with { Share = people > 0 ? p / people : area > 0 ? a / area : 1m / group.Count() };
            }
        }
    }

    private static Reading<IReadOnlyList<KeyChange>> ReadCsv(Stream stream)
    {
        var problems = new ProblemList();
        var table = CsvTable.Read(OfficialText.Read(stream));
        if (table.Missing("ags_old", "name_old", "ags_new", "name_new", "effective").Count > 0) return new([], [ImportProblem.OfFile(Unknown)]);
        var changes = new List<KeyChange>();
        foreach (var row in table.Rows)
        {
            if (!CheckKeys(row["ags_old"], row["ags_new"], row.Line, problems)) continue;
            if (Day(row["effective"]) is not { } day) problems.Add(row.Line, "effective", $"„{row["effective"]}“ ist kein Datum der Form JJJJ-MM-TT.");
            else
                changes.Add(new KeyChange(row["ags_old"], row["name_old"], row["ags_new"], row["name_new"],
                    row["ags_old"] == row["ags_new"] ? KeyChangeKind.Renamed : KeyChangeKind.Dissolved, day, 1, row.Line));
        }
        return new(changes, problems.All);
    }

    private static bool CheckKeys(string before, string after, int line, ProblemList problems)
    {
        foreach (var (key, field) in new[] { (before, "Schlüssel der abgebenden Gemeinde"), (after, "Schlüssel der aufnehmenden Gemeinde") })
        {
            if (RegisterBuilder.IsKey(key, 8)) continue;
            problems.Add(line, field, $"„{key}“ ist kein achtstelliger Gemeindeschlüssel.");
            return false;
        }
        return true;
    }

    private static DateOnly? Day(string text)
    {
        if (DateOnly.TryParseExact(text, ["dd.MM.yyyy", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        // a real date cell holds Excel's day number
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var serial) && serial is > 20_000 and < 80_000
            ? DateOnly.FromDateTime(DateTime.FromOADate(serial)) : null;
    }
}
