using System.Globalization;
using System.Text.RegularExpressions;
using Anlauf.Elections.Spreadsheets;

namespace Anlauf.Elections.Results;

/// <summary>
/// Reads the list votes of the state elections of Saxony by municipality (Statistisches Landesamt des Freistaates Sachsen, .xlsx,
/// sheet „…GE_TG“ or „…GE&amp;TG“). Columns end in _1 (direct vote) and _2 (list vote); cities split between constituencies come in
/// parts (level TG) and are added up. Postal votes of small municipalities are counted by a neighbour, so a turnout cannot be computed here.
/// </summary>
public static partial class SaxonStateElection
{
    private const string State = "14";
    private const string Source = "© Statistisches Landesamt des Freistaates Sachsen, Kamenz";

    // the tables of 2014 and 2019 name the year alone; source of the days: Landeswahlleiter Sachsen
    private static readonly Dictionary<int, DateOnly> Days = new() { [2014] = new(2014, 8, 31), [2019] = new(2019, 9, 1), [2024] = new(2024, 9, 1) };

    [GeneratedRegex(@"Landtagswahl\s+(\d{4})")]
    private static partial Regex Title();

    /// <summary>Reads the whole file; the stream must be seekable.</summary>
    public static Reading<ElectionFile?> Read(Stream stream)
    {
        var problems = new List<ImportProblem>();
        try
        {
            using var book = Workbook.Open(stream);
            var sheet = book.SheetNames.FirstOrDefault(s => s.EndsWith("GE_TG", StringComparison.Ordinal) || s.EndsWith("GE&TG", StringComparison.Ordinal));
            var year = book.SheetNames.Take(1).SelectMany(book.Rows).Take(3).Select(r => Title().Match(r[0])).FirstOrDefault(m => m.Success)?.Groups[1].Value;
            if (sheet is null || year is null || !Days.TryGetValue(int.Parse(year, CultureInfo.InvariantCulture), out var day))
                return new(null, [ImportProblem.OfFile("Das ist keine bekannte Tabelle der Landtagswahlen in Sachsen (2014, 2019 oder 2024) mit einem Blatt nach Gemeinden.")]);
            return new(ReadTable(book.Rows(sheet), day, problems), problems);
        }
        catch (UnreadableFileException e)
        {
            return new(null, [ImportProblem.OfFile(e.Message)]);
        }
    }

    private static ElectionFile? ReadTable(IEnumerable<SheetRow> sheet, DateOnly day, List<ImportProblem> problems)
    {
        using var rows = sheet.GetEnumerator();
        if (!rows.MoveNext()) return null;
        var header = rows.Current;
        int Column(string name) => Enumerable.Range(0, header.Width).LastOrDefault(c => header[c] == name, -1);
        var (key, level, name, eligible, voters, valid) = (Column("AGS"), Column("Ebene"), Column("Ortname"), Column("Wahlberechtigte"), Column("Wähler"), Column("gültige_2"));
        if (key < 0 || level < 0 || eligible < 0 || voters < 0 || valid < 0)
        {
            problems.Add(new ImportProblem(header.Number, "Kopfzeile", "Eine der Spalten AGS, Ebene, Wahlberechtigte, Wähler oder gültige_2 fehlt. Bitte verwenden Sie die unveränderte amtliche Tabelle."));
            return null;
        }
        var lists = Enumerable.Range(valid + 1, header.Width - valid - 1).Where(c => header[c].EndsWith("_2", StringComparison.Ordinal))
            .Select(c => (Column: c, Name: header[c][..^2])).ToList();
        var cells = new ResultCells(problems);
        var parts = new List<MunicipalResult>();
        while (rows.MoveNext())
        {
            var row = rows.Current;
            if (row[level] is not ("GE" or "TG" or "KS") || MunicipalityOf(row, key, cells) is not { } ags) continue;
            parts.Add(new MunicipalResult(ags, row[name], (int)cells.Count(row, eligible, "Wahlberechtigte"), (int)cells.Count(row, voters, "Wähler"),
                cells.Count(row, valid, "gültige_2"), [.. lists.Select(l => new ListResult(l.Name, cells.Votes(row, l.Column, l.Name)))], row.Number));
        }
        List<MunicipalResult> results = [.. parts.GroupBy(p => p.Ags).Select(g => Sum([.. g])).OrderBy(r => r.Ags, StringComparer.Ordinal)];
        ResultChecks.Check(results, problems);
        return new ElectionFile($"ltw-sn-{day.Year}", $"Landtagswahl Sachsen {day.Year} (Listenstimmen)", ElectionKind.StateParliament, State, day, Source,
            [.. lists.Select(l => l.Name)], results);
    }

    /// <summary>Parts of a city carry its key and one digit more.</summary>
    private static string? MunicipalityOf(SheetRow row, int key, ResultCells cells) =>
        row[key].Length == 9 && row[key].All(char.IsAsciiDigit) ? row[key][..8] : cells.Ags(row, key, State);

    private static MunicipalResult Sum(IReadOnlyList<MunicipalResult> parts) => parts.Count == 1 ? parts[0] : new MunicipalResult(
        parts[0].Ags, parts[0].Name, parts.Sum(p => p.Eligible), parts.Sum(p => p.Voters), parts.Sum(p => p.ValidVotes),
        [.. parts[0].Lists.Select((l, i) => new ListResult(l.List, parts.Any(p => p.Lists[i].Stood) ? parts.Sum(p => p.Lists[i].Votes ?? 0) : null))],
        parts[0].Line);
}
