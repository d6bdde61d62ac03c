using System.Globalization;
using System.Text.RegularExpressions;
using Anlauf.Elections;
using Anlauf.Elections.Spreadsheets;

namespace Anlauf.Rooms.Territory.Registers;

/// <summary>
/// Reads the extract of the directory of municipalities that Destatis publishes as .xlsx („Alle politisch selbständigen Gemeinden“):
/// header over rows 3 to 6, parts of the key in separate columns, centres as text with decimal comma.
/// </summary>
public static partial class RegisterExtractReader
{
    private const string Source = "© Statistisches Bundesamt (Destatis), Gemeindeverzeichnis";
    private const string Unknown = "Das ist kein Auszug aus dem Gemeindeverzeichnis von Destatis. Erwartet wird ein Blatt mit den Spalten Satzart, Textkennzeichen, Regionalschlüssel und Gemeindename.";

    [GeneratedRegex(@"\b(\d{2}\.\d{2}\.\d{4})\b")]
    private static partial Regex Date();

    /// <summary>Reads and checks the whole file; the stream must be seekable.</summary>
    public static Reading<MunicipalRegister?> Read(Stream stream)
    {
        try
        {
            using var book = Workbook.Open(stream);
            foreach (var sheet in book.SheetNames)
                if (ReadSheet(book.Rows(sheet)) is { } reading) return reading;
            return new(null, [ImportProblem.OfFile(Unknown)]);
        }
        catch (UnreadableFileException e)
        {
            return new(null, [ImportProblem.OfFile(e.Message)]);
        }
    }

    private static Reading<MunicipalRegister?>? ReadSheet(IEnumerable<SheetRow> rows)
    {
        var register = new RegisterBuilder();
        var known = false;
        foreach (var row in rows)
        {
            if (!known)
            {
                if (row.Number > 10) return null;
                known = Flat(row[0]) == "Satzart" && Flat(row[7]) == "Gemeindename";
                continue;
            }
            register.BoundariesOn ??= row[2].StartsWith("Gebietsstand", StringComparison.Ordinal) ? DayIn(row[2]) : null;
            if (row[0].Length == 0) register.PopulationOn ??= DayIn(row[9]);
            if (row[0].StartsWith("Quelle", StringComparison.Ordinal)) break;
            if (row[0].Length > 0) ReadRow(row, register);
        }
        return known ? register.Finish(Source) : null;
    }

    private static void ReadRow(SheetRow row, RegisterBuilder register)
    {
        _ = int.TryParse(row[1], NumberStyles.None, CultureInfo.InvariantCulture, out var kind);
        var district = row[2] + row[3] + row[4];
        switch (row[0])
        {
            case "10": register.State(row[2], row[7], row.Number); break;
            case "20" or "30": break;
            case "40": register.District(district, row[7], kind, row.Number); break;
            case "50": register.Association(district + row[5], row[7], kind, row.Number); break;
            case "60":
                register.Municipality(new MunicipalityFields(
                    Ags: district + row[6], Ars: district + row[5] + row[6], Name: row[7], Kind: kind, AreaKm2: row[8], Population: row[9], PostalCode: row[13],
                    Longitude: row[14].Replace(',', '.'), Latitude: row[15].Replace(',', '.'), Urbanisation: row[18]), row.Number);
                break;
            default: register.Problems.Add(row.Number, "Satzart", $"„{row[0]}“ ist keine bekannte Satzart. Erlaubt sind 10, 20, 30, 40, 50 und 60."); break;
        }
    }

    private static string Flat(string text) => string.Concat(text.Where(char.IsLetter));

    private static DateOnly? DayIn(string text) => Date().Match(text) is { Success: true } match
        && DateOnly.TryParseExact(match.Value, "dd.MM.yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
