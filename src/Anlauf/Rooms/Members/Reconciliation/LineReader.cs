using System.Globalization;
using System.Text.RegularExpressions;

namespace Anlauf.Rooms.Members.Reconciliation;

/// <summary>Understands the rows of a file: every problem is named with line, field, what stands there and what helps; a file is read to its end.</summary>
public sealed partial class LineReader(FieldMap map, Places places, DateOnly today, bool repair)
{
    private readonly List<CellProblem> problems = [];
    private readonly Dictionary<string, (int Line, string Name)> numbers = [];

    /// <summary>Problems found so far, in the order of the file.</summary>
    public IReadOnlyList<CellProblem> Problems => problems;

    /// <summary>Repairs made, because they were asked for.</summary>
    public int Repaired { get; private set; }

    /// <summary>The person of a row, or null where a cell of it cannot be taken.</summary>
    public PersonLine? Read(PeopleSheet.Line line)
    {
        var before = problems.Count;
        var (family, given) = Names(line);
        var number = Text(line, "number", 40);
        if (number is not null && !numbers.TryAdd(number, (line.Number, $"{given} {family}")))
            Problem(line, "number", number, $"Steht schon in Zeile {numbers[number].Line}{(numbers[number].Name == $"{given} {family}" ? "" : $" bei {numbers[number].Name}")}. Behalten Sie eine der beiden Zeilen");
        var birth = Day(line, "birth", past: true);
        var received = Day(line, "received", past: true);
        var left = Day(line, "left", past: false);
        if (left < received) Problem(line, "left", map.Cell(line, "left"), $"Liegt vor dem Eintritt am {received:d.M.yyyy}");
        if (birth is { } born && (born < today.AddYears(-120) || born > today.AddYears(-5))) Problem(line, "birth", map.Cell(line, "birth"), "Kein Geburtstag eines lebenden Menschen. Prüfen Sie das Jahr");
        var (code, place) = (PostalCode(line), Text(line, "place", 80));
        var whole = code is null && place is not null ? CodeAndPlace().Match(place) : Match.Empty;
        // „09661 Hainichen“ in one cell
        if (whole.Success) (code, place) = (whole.Groups[1].Value, whole.Groups[2].Value);
        (string Ags, string Name)? home = null;
        if (code is not null || place is not null)
        {
            home = places.Find(code ?? "", place ?? "", out var why);
            if (why is not null && code is not "?") Problem(line, code is null || whole.Success ? "place" : "postal", code is null ? place! : code + (place is null ? "" : " " + place), why);
        }
        var read = new PersonLine(line.Number, number, Text(line, "title", 40), given, family, birth, Text(line, "street", 120), code, home?.Ags, home?.Name, Email(line), Phone(line), Kind(line), received, left, Yes(line));
        return problems.Count == before ? read : null;
    }

    private (string Family, string Given) Names(PeopleSheet.Line line)
    {
        var (family, given) = (map.Cell(line, "family"), map.Cell(line, "given"));
        if (!map.ByField.ContainsKey("family"))
        {
            var whole = map.Cell(line, "name");
            // „Entwurf, Tilda“ or „Tilda Entwurf“
            (family, given) = whole.Split(',', 2, StringSplitOptions.TrimEntries) is [var f, var g] ? (f, g) : whole.LastIndexOf(' ') is >= 0 and var at ? (whole[(at + 1)..], whole[..at]) : (whole, "");
        }
        var field = map.ByField.ContainsKey("family") ? "family" : "name";
        if (family.Length == 0) Problem(line, field, "", "Ohne Namen wird niemand angelegt. Ergänzen Sie ihn, oder lassen Sie die Zeile weg");
        else if (given.Length == 0) Problem(line, field == "name" ? "name" : "given", field == "name" ? family : "", "Der Vorname fehlt");
        if (family.Length > 80 || given.Length > 80) Problem(line, field, family.Length > 80 ? family : given, "Zu lang für einen Namen: höchstens 80 Zeichen");
        return (family, given);
    }

    private string? Text(PeopleSheet.Line line, string field, int longest)
    {
        var text = map.Cell(line, field);
        if (text.Length > longest) Problem(line, field, text, $"Zu lang: höchstens {longest} Zeichen");
        return text.Length == 0 ? null : text;
    }

    private DateOnly? Day(PeopleSheet.Line line, string field, bool past)
    {
        var text = map.Cell(line, field);
        if (text.Length == 0) return null;
        if (DateOnly.TryParseExact(text, ["d.M.yyyy", "dd.MM.yyyy", "yyyy-MM-dd", "d/M/yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return Possible();
        // a spreadsheet keeps days as numbers
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var serial) && serial is > 3_000 and < 80_000)
        {
            day = DateOnly.FromDateTime(DateTime.FromOADate(serial));
            return Possible();
        }
        if (ShortYear().Match(text) is { Success: true } m)
        {
            var year = int.Parse(m.Groups[3].ValueSpan, CultureInfo.InvariantCulture);
            var likely = $"{m.Groups[1].Value}.{m.Groups[2].Value}.{(2000 + year > today.Year || field == "birth" && 2000 + year > today.Year - 14 ? 1900 : 2000) + year}";
            if (DateOnly.TryParseExact(likely, "d.M.yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out day))
            {
                if (Repairs()) return Possible();
                Problem(line, field, text, $"{1900 + year} oder {2000 + year}? Vermutlich {day.Year}", likely);
                return null;
            }
        }
        Problem(line, field, text, ThreeNumbers().IsMatch(text) ? "Diesen Tag gibt es nicht. Prüfen Sie Tag und Monat" : "Kein Datum. Erwartet wird zum Beispiel 14.10.2026");
        return null;

        DateOnly? Possible()
        {
            if (!past || day <= today) return day;
            Problem(line, field, text, "Liegt in der Zukunft. Prüfen Sie das Jahr");
            return null;
        }
    }

    private string? PostalCode(PeopleSheet.Line line)
    {
        var text = map.Cell(line, "postal");
        if (text.Length == 0) return null;
        if (text.Length == 5 && text.All(char.IsAsciiDigit)) return text;
        if (text.Length == 4 && text.All(char.IsAsciiDigit))
        {
            if (Repairs()) return "0" + text;
            Problem(line, "postal", text, $"Eine Ziffer zu wenig. Vermutlich 0{text}; Tabellenprogramme streichen führende Nullen", "0" + text);
        }
        else Problem(line, "postal", text, "Eine Postleitzahl hat fünf Ziffern");
        return "?";
    }

    private string? Email(PeopleSheet.Line line)
    {
        var text = map.Cell(line, "email");
        if (text.Length == 0) return null;
        if (MailForm().IsMatch(text)) return text;
        var likely = At().Replace(text, "@");
        if (likely != text && MailForm().IsMatch(likely))
        {
            if (Repairs()) return likely;
            Problem(line, "email", text, "Das @ fehlt", likely);
        }
        else Problem(line, "email", text, text.Contains('@', StringComparison.Ordinal) ? "Keine vollständige Adresse. Sie sieht aus wie name@verband.example" : "Das @ fehlt");
        return null;
    }

    private string? Phone(PeopleSheet.Line line)
    {
        var text = map.Cell(line, "phone");
        if (text.Length == 0) return null;
        if (text.Length > 40 || text.Count(char.IsAsciiDigit) < 4 || text.Any(char.IsLetter)) Problem(line, "phone", text, "Keine Telefonnummer. Erwartet werden Ziffern, Leerzeichen, + / ( ) und -");
        return text;
    }

    private string Kind(PeopleSheet.Line line)
    {
        var text = map.Cell(line, "kind").ToLowerInvariant();
        switch (text)
        {
            case "" or "mitglied" or "m" or "ordentlich" or "aktiv": return "member";
            case "gast" or "gastmitglied" or "g": return "guest";
            case "unterstützend" or "unterstützer" or "unterstützerin" or "sympathisant" or "sympathisantin" or "fördermitglied": return "supporter";
            case "jugend" or "jugendmitglied": return "youth";
            case "ehrenmitglied": return "honorary";
            default:
                Problem(line, "kind", map.Cell(line, "kind"), "Diese Art kennen wir nicht. Möglich sind Mitglied, Gastmitglied, unterstützend, Jugendmitglied, Ehrenmitglied");
                return "member";
        }
    }

    private bool? Yes(PeopleSheet.Line line)
    {
        var text = map.Cell(line, "newsletter").ToLowerInvariant();
        switch (text)
        {
            case "": return null;
            case "ja" or "j" or "x" or "1" or "true" or "yes": return true;
            case "nein" or "n" or "0" or "false" or "no": return false;
            default:
                Problem(line, "newsletter", map.Cell(line, "newsletter"), "Erwartet wird ja oder nein");
                return null;
        }
    }

    private bool Repairs()
    {
        if (repair) Repaired++;
        return repair;
    }

    private void Problem(PeopleSheet.Line line, string field, string raw, string message, string? likely = null) =>
        problems.Add(new(line.Number, FieldMap.NameOf(field), raw.Length == 0 ? "leer" : raw.Length > 60 ? raw[..60] + " …" : raw, message, likely, field, map.Cell(line, field)));

    [GeneratedRegex(@"^(\d{1,2})\.(\d{1,2})\.(\d{2})$")]
    private static partial Regex ShortYear();
    [GeneratedRegex(@"^(\d{5})\s+(\S.*)$")]
    private static partial Regex CodeAndPlace();
    [GeneratedRegex(@"^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$")]
    private static partial Regex ThreeNumbers();
    [GeneratedRegex(@"^[^@\s]+@[^@\s]+\.[^@\s.]{2,}$")]
    private static partial Regex MailForm();
    [GeneratedRegex(@"\s*[\(\[]\s*(at|ät)\s*[\)\]]\s*", RegexOptions.IgnoreCase)]
    private static partial Regex At();
}
