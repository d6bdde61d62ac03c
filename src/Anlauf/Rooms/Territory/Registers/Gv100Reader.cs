using System.Globalization;
using Anlauf.Elections;

namespace Anlauf.Rooms.Territory.Registers;

/// <summary>
/// Reads the fixed-width directory GV100AD of Destatis: 220 characters a line, record types 10 (state) to 60 (municipality).
/// UTF-8 or Windows-1252, lines ending in LF or CRLF. Source: Destatis, record layout GV100AD. It carries no centres.
/// </summary>
public static class Gv100Reader
{
    private const int LineLength = 220;
    private const string OtherFormat = "Das ist keine Datei im Format GV100AD (220 Zeichen je Zeile, Satzarten 10 bis 60).";
    private const string Source = "© Statistisches Bundesamt (Destatis), Gemeindeverzeichnis GV100AD";

    private static readonly (int From, int To, string Name)[] CommonFields =
        [(1, 2, "Satzart"), (3, 10, "Gebietsstand"), (11, 18, "Gemeindeschlüssel"), (19, 22, "Gemeindeverband"), (23, 72, "Name")];
    private static readonly (int From, int To, string Name)[] AreaLayout = [.. CommonFields, (73, 122, "Verwaltungssitz"), (123, 124, "Textkennzeichen"), (125, 220, "Reserve")];
    private static readonly (int From, int To, string Name)[] MunicipalityLayout =
    [
        .. CommonFields, (73, 122, "Reserve"), (123, 124, "Textkennzeichen"), (125, 128, "Reserve"), (129, 139, "Fläche"), (140, 150, "Bevölkerung insgesamt"),
        (151, 161, "Bevölkerung männlich"), (162, 165, "Reserve"), (166, 170, "Postleitzahl"), (171, 175, "Postleitzahl mehrere"), (176, 177, "Reserve"),
        (178, 181, "Finanzamtsbezirk"), (182, 185, "Gerichtsbarkeit"), (186, 190, "Arbeitsagenturbezirk"), (191, 196, "Bundestagswahlkreise"), (197, 220, "Bemerkungen"),
    ];

    /// <summary>Reads and checks the whole file.</summary>
    public static Reading<MunicipalRegister?> Read(Stream stream)
    {
        try
        {
            return Parse(OfficialText.Read(stream));
        }
        catch (UnreadableFileException e)
        {
            return new(null, [ImportProblem.OfFile(e.Message)]);
        }
    }

    private static Reading<MunicipalRegister?> Parse(string text)
    {
        var register = new RegisterBuilder();
        var lines = text.Split('\n');
        if (!Array.Exists(lines, BeginsLikeARecord)) return new(null, [ImportProblem.OfFile(OtherFormat)]);
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].TrimEnd('\r');
            if (line.Length == 0) continue;
            if (line.Length != LineLength) register.Problems.Add(i + 1, FieldAt(line), CutOff(line, lastLine: i == lines.Length - 1));
            else ReadLine(line, i + 1, register);
            // in a file of another kind every line is wrong: a few of them say enough
            if (i == 20 && register.Problems.All.Count > 20) return new(null, [ImportProblem.OfFile(OtherFormat), .. register.Problems.All.Take(3)]);
        }
        return register.Finish(Source);
    }

    // record type and day: ten digits at the start of a line
    private static bool BeginsLikeARecord(string line) => line.Length >= 10 && line.AsSpan(0, 10).IndexOfAnyExceptInRange('0', '9') < 0;

    private static void ReadLine(string line, int number, RegisterBuilder register)
    {
        if (!DateOnly.TryParseExact(line.AsSpan(2, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            register.Problems.Add(number, "Gebietsstand", $"„{line[2..10]}“ ist kein Datum der Form JJJJMMTT.");
        else register.BoundariesOn ??= day;
        var key = line[10..18].TrimEnd();
        var name = line[22..72].TrimEnd();
        _ = int.TryParse(line.AsSpan(122, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var kind);
        switch (line[..2])
        {
            case "10": register.State(key, name, number); break;
            case "20" or "30": break;
            case "40": register.District(key, name, kind, number); break;
            case "50": register.Association(key + line[18..22].Trim(), name, kind, number); break;
            case "60":
                register.Municipality(new MunicipalityFields(
                    Ags: key, Ars: key.Length == 8 ? key[..5] + line[18..22] + key[5..] : key, Name: name, Kind: kind,
                    AreaKm2: Hectares(line[128..139]), Population: Count(line[139..150]), PostalCode: line[165..170].Trim(),
                    Longitude: "", Latitude: "", Urbanisation: ""), number);
                break;
            default: register.Problems.Add(number, "Satzart", $"„{line[..2]}“ ist keine bekannte Satzart. Erlaubt sind 10, 20, 30, 40, 50 und 60."); break;
        }
    }

    private static string Hectares(string field) =>
        long.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out var hectares) ? (hectares / 100m).ToString(CultureInfo.InvariantCulture) : field.Trim();

    private static string Count(string field) => field.TrimStart('0') is { Length: > 0 } digits ? digits.Trim() : "0";

    private static string FieldAt(string line)
    {
        var fields = line.StartsWith("60", StringComparison.Ordinal) ? MunicipalityLayout : AreaLayout;
        return line.Length > LineLength ? fields[^1].Name : fields.First(f => f.To > line.Length).Name;
    }

    private static string CutOff(string line, bool lastLine) => line.Length > LineLength
        ? $"Die Zeile hat {line.Length} statt {LineLength} Zeichen. Bitte laden Sie die unveränderte Datei von der Quelle."
        : $"Die Zeile endet nach {line.Length} von {LineLength} Zeichen. " + (lastLine
            ? "Die Datei ist abgeschnitten; bitte laden Sie sie noch einmal vollständig von der Quelle."
            : "Bitte laden Sie die unveränderte Datei von der Quelle; Leerzeichen am Zeilenende gehören dazu.");
}
