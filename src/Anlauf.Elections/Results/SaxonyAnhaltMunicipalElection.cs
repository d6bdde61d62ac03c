using Anlauf.Elections.Spreadsheets;

namespace Anlauf.Elections.Results;

/// <summary>
/// Reads votes and seats of the municipal council election 2019 of Saxony-Anhalt (Statistisches Landesamt Sachsen-Anhalt, .xlsx,
/// sheet „2019“). The table writes 0 both for no candidacy and for no votes; a list without a single vote is taken as not standing.
/// A supplementary election below the total is left out, because it fills only vacant seats.
/// </summary>
public static class SaxonyAnhaltMunicipalElection
{
    private const string State = "15";
    private const string Sheet = "2019";
    private const string Source = "© Statistisches Landesamt Sachsen-Anhalt, Halle (Saale)";

    /// <summary>Reads the whole file; the stream must be seekable.</summary>
    public static Reading<ElectionFile?> Read(Stream stream)
    {
        var problems = new List<ImportProblem>();
        try
        {
            using var book = Workbook.Open(stream);
            if (!book.SheetNames.Contains(Sheet)) return new(null, [ImportProblem.OfFile("Die Arbeitsmappe hat kein Blatt „2019“. Erwartet wird die amtliche Zeitreihe der Gemeinderatswahlen in Sachsen-Anhalt.")]);
            var rows = book.Rows(Sheet).ToList();
            var head = rows.FindIndex(r => r[0] == "AGS");
            if (head < 0) return new(null, [new ImportProblem(1, "AGS", "Die Kopfzeile mit „AGS“ fehlt. Bitte verwenden Sie die unveränderte amtliche Tabelle.")]);
            var file = ReadTable(rows, head, problems);
            return new(file, problems);
        }
        catch (UnreadableFileException e)
        {
            return new(null, [ImportProblem.OfFile(e.Message)]);
        }
    }

    private static ElectionFile? ReadTable(List<SheetRow> rows, int head, List<ImportProblem> problems)
    {
        var header = rows[head];
        var valid = Enumerable.Range(0, header.Width).FirstOrDefault(c => Flat(header[c]) == "GültigeStimmen", -1);
        var seats = Enumerable.Range(0, header.Width).FirstOrDefault(c => Flat(header[c]).StartsWith("Sitzeinsge", StringComparison.Ordinal), -1);
        if (valid < 0 || seats < 0 || rows.Take(head).Select(r => GermanDay.Find(r[0])).FirstOrDefault(d => d is not null) is not { } day)
        {
            problems.Add(new ImportProblem(header.Number, "Kopfzeile", "Wahltag, „Gültige Stimmen“ oder „Sitze insgesamt“ fehlen. Bitte verwenden Sie die unveränderte amtliche Tabelle."));
            return null;
        }
        // each list has three columns: votes, percent, seats
        var lists = Enumerable.Range(seats + 1, header.Width - seats - 1).Where(c => header[c].Length > 0 && header[c] != "Sitze")
            .Select(c => (Column: c, Name: ListName(header[c]))).ToList();
        var cells = new ResultCells(problems);
        var results = new List<MunicipalResult>();
        foreach (var row in rows.Skip(head + 1).TakeWhile(r => r[1] != "Summe").Where(r => r[0].Length > 0))
        {
            if (cells.Ags(row, 0, State) is not { } ags) continue;
            results.Add(new MunicipalResult(ags, row[1], (int)cells.Count(row, 2, "Wahlberechtigte"), (int)cells.Count(row, 3, "Wählerinnen und Wähler"),
                cells.Count(row, valid, "Gültige Stimmen"), [.. lists.Select(l => Of(cells, row, l.Column, l.Name))], row.Number));
        }
        ResultChecks.Check(results, problems);
        return new ElectionFile($"gr-st-{day.Year}", $"Gemeinderatswahl Sachsen-Anhalt {day.Year}", ElectionKind.MunicipalCouncil, State, day, Source,
            [.. lists.Select(l => l.Name)], [.. results.OrderBy(r => r.Ags, StringComparer.Ordinal)]);
    }

    private static ListResult Of(ResultCells cells, SheetRow row, int column, string name) =>
        cells.Votes(row, column, name) is > 0 and { } votes ? new(name, votes, (int)cells.Count(row, column + 2, $"{name}, Sitze")) : new ListResult(name, null);

    private static string Flat(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c != '-'));

    private static string ListName(string header) => header.StartsWith("Wählergruppen", StringComparison.Ordinal) ? "Wählergruppen"
        : header.StartsWith("Einzelbewerber", StringComparison.Ordinal) ? "Einzelbewerbungen" : header;
}
