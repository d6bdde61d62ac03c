using System.Globalization;
using Anlauf.Elections;

namespace Anlauf.Rooms.Territory.Registers;

/// <summary>The fields of one municipality as text of the file, numbers with a point.</summary>
internal sealed record MunicipalityFields(
    string Ags, string Ars, string Name, int Kind, string AreaKm2, string Population, string PostalCode, string Longitude, string Latitude, string Urbanisation);

/// <summary>Checks the entries of a directory one by one, whichever file they come from, and puts the register together.</summary>
internal sealed class RegisterBuilder
{
    private readonly Dictionary<string, AreaEntry> states = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AreaEntry> districts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AreaEntry> associations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MunicipalityEntry> municipalities = new(StringComparer.Ordinal);

    public ProblemList Problems { get; } = new();
    public DateOnly? BoundariesOn { get; set; }
    public DateOnly? PopulationOn { get; set; }

    public void State(string key, string name, int line) => Area(states, key, 2, "Land", name, 0, line);

    public void District(string key, string name, int kind, int line)
    {
        if (Area(districts, key, 5, "Kreis", name, kind, line)) Parent(states, key[..2], "Land", line);
    }

    public void Association(string key, string name, int kind, int line)
    {
        if (Area(associations, key, 9, "Gemeindeverband", name, kind, line)) Parent(districts, key[..5], "Kreis", line);
    }

    public void Municipality(MunicipalityFields fields, int line)
    {
        if (!IsKey(fields.Ags, 8) || !IsKey(fields.Ars, 12))
        {
            Problems.Add(line, "Gemeindeschlüssel", $"„{fields.Ars}“ ist kein vollständiger Schlüssel (acht Ziffern für die Gemeinde, vier für den Gemeindeverband).");
            return;
        }
        if (fields.Name.Length == 0) Problems.Add(line, "Name", "Der Name der Gemeinde fehlt.");
        if (fields.Kind is < 60 or > 69) Problems.Add(line, "Textkennzeichen", $"„{fields.Kind}“ ist keine Art von Gemeinde (60 bis 69).");
        Parent(associations, fields.Ars[..9], "Gemeindeverband", line);
        var outside = RegisterKinds.IsUnincorporated(fields.Kind);
        var entry = new MunicipalityEntry(fields.Ags, fields.Ars, fields.Name, fields.Kind,
            Number(fields.AreaKm2, "Fläche", 0, 100_000, line) is { } area ? area : 0,
            outside && fields.Population.Length == 0 ? 0 : (int)(Number(fields.Population, "Bevölkerung insgesamt", 0, 20_000_000, line, whole: true) ?? 0),
            PostalCode(fields.PostalCode, line),
            (double?)Optional(fields.Longitude, "Längengrad", 5, 16, line), (double?)Optional(fields.Latitude, "Breitengrad", 47, 56, line),
            (int?)Optional(fields.Urbanisation, "Grad der Verstädterung", 1, 3, line), line);
        // areas outside any municipality are repeated for each travel region they touch
        if (!municipalities.TryAdd(entry.Ags, entry) && !(outside && municipalities[entry.Ags] with { Line = line } == entry))
            Problems.Add(line, "Gemeindeschlüssel", $"{entry.Ags} steht schon in Zeile {municipalities[entry.Ags].Line}. Jede Gemeinde darf nur einmal vorkommen.");
    }

    public Reading<MunicipalRegister?> Finish(string source)
    {
        if (municipalities.Count == 0) Problems.Add(0, "Datei", "Die Datei enthält keine einzige Gemeinde.");
        if (BoundariesOn is null) Problems.Add(0, "Gebietsstand", "Die Datei nennt keinen Gebietsstand.");
        MunicipalRegister? register = BoundariesOn is not { } day ? null : new($"{source}, Gebietsstand {day:dd.MM.yyyy}", day, PopulationOn,
            Sorted(states), Sorted(districts), Sorted(associations), [.. municipalities.Values.OrderBy(m => m.Ags, StringComparer.Ordinal)]);
        return new(register, Problems.All);
    }

    private static List<AreaEntry> Sorted(Dictionary<string, AreaEntry> areas) => [.. areas.Values.OrderBy(a => a.Key, StringComparer.Ordinal)];

    private bool Area(Dictionary<string, AreaEntry> areas, string key, int digits, string field, string name, int kind, int line)
    {
        if (!IsKey(key, digits))
        {
            Problems.Add(line, field, $"„{key}“ ist kein Schlüssel mit {digits} Ziffern.");
            return false;
        }
        if (name.Length == 0) Problems.Add(line, "Name", $"Der Name fehlt ({field} {key}).");
        if (areas.TryAdd(key, new AreaEntry(key, name, kind, line))) return true;
        Problems.Add(line, field, $"{key} steht schon in Zeile {areas[key].Line}.");
        return false;
    }

    private void Parent(Dictionary<string, AreaEntry> areas, string key, string field, int line)
    {
        // waters beyond every district and land shared with Luxembourg carry the district number 000
        if (key.Length >= 5 && key[2..5] == "000") return;
        if (!areas.ContainsKey(key)) Problems.Add(line, field, $"{field} {key} kommt vorher in der Datei nicht vor. Vermutlich fehlt ein Teil der Datei.");
    }

    private decimal? Optional(string text, string field, decimal min, decimal max, int line) =>
        text is "" or "0" ? null : Number(text, field, min, max, line);

    private decimal? Number(string text, string field, decimal min, decimal max, int line, bool whole = false)
    {
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max && (!whole || number == decimal.Truncate(number))) return number;
        Problems.Add(line, field, text.Length == 0 ? "Hier fehlt eine Zahl." : $"„{text}“ ist keine {(whole ? "ganze " : "")}Zahl zwischen {min} und {max}.");
        return null;
    }

    private string? PostalCode(string text, int line)
    {
        if (text.Length == 0) return null;
        if (IsKey(text, 5)) return text;
        Problems.Add(line, "Postleitzahl", $"„{text}“ ist keine Postleitzahl mit fünf Ziffern.");
        return null;
    }

    internal static bool IsKey(string text, int digits) => text.Length == digits && text.All(char.IsAsciiDigit);
}
