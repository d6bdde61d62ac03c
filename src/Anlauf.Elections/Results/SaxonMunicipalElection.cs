using System.Globalization;
using System.Text.RegularExpressions;
using Anlauf.Elections.Spreadsheets;

namespace Anlauf.Elections.Results;

/// <summary>
/// Reads the results of the municipal council elections of Saxony (Statistisches Landesamt des Freistaates Sachsen, .xlsx).
/// Two layouts are known: the table of 2014 and 2019 (keys indented in column A, header in rows 4 to 6) and the table of
/// 2024 (sheet with the columns „Ebene 1“ and „Ortnummer“). <c>x</c> or a blank means the list did not stand.
/// </summary>
public static class SaxonMunicipalElection
{
    private const string State = "14";
    private const string Source = "© Statistisches Landesamt des Freistaates Sachsen, Kamenz";
    private const string LastCount = "gültige Stimmen";

    /// <summary>Reads the whole file; the stream must be seekable.</summary>
    public static Reading<ElectionFile?> Read(Stream stream)
    {
        var problems = new List<ImportProblem>();
        try
        {
            using var book = Workbook.Open(stream);
            var file = ReadTableOf2024(book, problems) ?? ReadTableOf2014(book, problems);
            if (file is null && problems.Count == 0)
                problems.Add(ImportProblem.OfFile("Das ist keine bekannte Tabelle der Gemeinderatswahlen in Sachsen. Erwartet wird ein Blatt mit Gemeindeschlüssel, „gültige Stimmen“ und einer Spalte je Liste."));
            return new(file, problems);
        }
        catch (UnreadableFileException e)
        {
            return new(null, [ImportProblem.OfFile(e.Message)]);
        }
    }

    private static ElectionFile? ReadTableOf2024(Workbook book, List<ImportProblem> problems)
    {
        foreach (var sheet in book.SheetNames)
        {
            var rows = book.Rows(sheet).GetEnumerator();
            if (!rows.MoveNext()) continue;
            var header = rows.Current;
            var columns = Enumerable.Range(0, header.Width).ToDictionary(c => c, c => header[c]);
            if (Column(columns, "Ortnummer") is not { } key || Column(columns, "Ebene 1") is not { } level) continue;
            if (Column(columns, "Wahlberechtigte") is not { } eligible || Column(columns, "Wähler") is not { } voters || Column(columns, LastCount) is not { } valid) continue;
            var lists = Enumerable.Range(valid + 1, header.Width - valid - 1).TakeWhile(c => columns[c].Length > 0)
                .Select(c => (Column: c, Name: columns[c])).ToList();
            var layout = new Layout(key, Column(columns, "Ortname") ?? key, eligible, voters, valid, lists);
            var reader = new ResultCells(problems);
            var results = new List<MunicipalResult>();
            while (rows.MoveNext())
                if (rows.Current[level] is "GE" or "KS" && layout.Read(rows.Current, reader) is { } result)
                    results.Add(result);
            return Finish(DayFrom(book.SheetNames.Take(1).SelectMany(book.Rows).Take(5).Select(r => r[0])), lists, results, problems);
        }
        return null;
    }

    private static ElectionFile? ReadTableOf2014(Workbook book, List<ImportProblem> problems)
    {
        foreach (var sheet in book.SheetNames)
        {
            var rows = book.Rows(sheet).ToList();
            var head = rows.FindIndex(r => Enumerable.Range(2, 4).Any(c => r[c] == "Wahlberechtigte"));
            if (head < 0 || head + 1 >= rows.Count) continue;
            // the number of valid votes is headed „Insgesamt“ like the voters; the row below tells them apart
            var valid = Enumerable.Range(0, rows[head].Width).FirstOrDefault(c => rows[head][c] == "Insgesamt" && rows[head + 1][c] == LastCount, -1);
            var eligible = Enumerable.Range(0, rows[head].Width).First(c => rows[head][c] == "Wahlberechtigte");
            if (valid < 0) continue;
            var lists = Enumerable.Range(valid + 1, rows[head].Width - valid - 1).Where(c => rows[head][c].Length > 0)
                .Select(c => (Column: c, Name: rows[head][c])).ToList();
            var layout = new Layout(0, 1, eligible, eligible + 1, valid, lists);
            var reader = new ResultCells(problems);
            var results = rows.Skip(head + 1).Where(r => r[0].Length > 5 && r[0].All(char.IsAsciiDigit))
                .Select(r => layout.Read(r, reader)).OfType<MunicipalResult>().ToList();
            return Finish(DayFrom(rows.Take(head).Select(r => r[0])), lists, results, problems);
        }
        return null;
    }

    private static ElectionFile? Finish(DateOnly? day, List<(int Column, string Name)> lists, List<MunicipalResult> results, List<ImportProblem> problems)
    {
        if (day is not { } date)
        {
            problems.Add(new ImportProblem(1, "Wahltag", "In den ersten Zeilen der Tabelle steht kein Wahltag. Bitte verwenden Sie die unveränderte amtliche Tabelle."));
            return null;
        }
        ResultChecks.Check(results, problems);
        return new ElectionFile($"gr-sn-{date.Year}", $"Gemeinderatswahl Sachsen {date.Year}", ElectionKind.MunicipalCouncil, State, date,
            Source, [.. lists.Select(l => l.Name)], [.. results.OrderBy(r => r.Ags, StringComparer.Ordinal)]);
    }

    private static int? Column(Dictionary<int, string> columns, string name)
    {
        foreach (var (column, text) in columns)
            if (text == name) return column;
        return null;
    }

    private static DateOnly? DayFrom(IEnumerable<string> texts) => texts.Select(GermanDay.Find).FirstOrDefault(d => d is not null);

    private sealed record Layout(int Key, int Name, int Eligible, int Voters, int Valid, List<(int Column, string Name)> Lists)
    {
        public MunicipalResult? Read(SheetRow row, ResultCells cells) => cells.Ags(row, Key, State) is not { } ags ? null
            : new(ags, row[Name], (int)cells.Count(row, Eligible, "Wahlberechtigte"), (int)cells.Count(row, Voters, "Wähler"), cells.Count(row, Valid, "gültige Stimmen"),
                [.. Lists.Select(l => new ListResult(l.Name, cells.Votes(row, l.Column, l.Name)))], row.Number);
    }
}

/// <summary>Finds a German date in a line of text: „25.05.2014“ or „9. Juni 2024“.</summary>
internal static partial class GermanDay
{
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");

    [GeneratedRegex(@"\b(\d{1,2})\.\s?(\d{1,2}\.|\p{L}+)\s?(\d{4})\b")]
    private static partial Regex Pattern();

    public static DateOnly? Find(string text)
    {
        foreach (Match match in Pattern().Matches(text))
            if (DateOnly.TryParseExact(string.Join(' ', match.Groups[1].Value, match.Groups[2].Value.TrimEnd('.'), match.Groups[3].Value),
                ["d M yyyy", "d MMMM yyyy"], German, DateTimeStyles.None, out var day))
                return day;
        return null;
    }
}
