using System.Globalization;
using System.Text;

namespace Anlauf.Planning.Instances;

/// <summary>A comma-separated table with a header line; fields may be quoted.</summary>
public sealed class CsvTable
{
    private readonly Dictionary<string, int> _columns;

    private CsvTable(string path, string[] header, List<CsvRow> rows)
    {
        Path = path;
        _columns = header.Select((name, index) => (name, index)).ToDictionary(c => c.name, c => c.index, StringComparer.Ordinal);
        Rows = rows;
    }

    /// <summary>Path of the file.</summary>
    public string Path { get; }

    /// <summary>The rows below the header.</summary>
    public IReadOnlyList<CsvRow> Rows { get; }

    internal int Column(string field, int line) => _columns.TryGetValue(field, out var column)
        ? column
        : throw new PlanInputException(Path, line, field, "Diese Spalte fehlt in der Kopfzeile.");

    /// <summary>Reads the file.</summary>
    /// <exception cref="PlanInputException">unreadable, empty, a column named twice, or a row with a wrong number of fields</exception>
    public static CsvTable Read(string path)
    {
        var lines = TextFile.Read(path).Split('\n');
        if (lines[0].Trim().Length == 0) throw new PlanInputException(path, 1, null, "Die Kopfzeile fehlt.");
        var header = Split(lines[0].TrimEnd('\r'));
        if (header is [var only] && only.Contains(';')) throw new PlanInputException(path, 1, null, "Die Spalten sind mit Semikolon getrennt. Bitte mit Komma speichern.");
        if (header.GroupBy(name => name).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new PlanInputException(path, 1, twice.Key, "Diese Spalte steht mehrmals in der Kopfzeile. Bitte nur einmal angeben.");
        var rows = new List<CsvRow>(lines.Length);
        var table = new CsvTable(path, header, rows);
        for (var i = 1; i < lines.Length; i++)
        {
            var line = lines[i].TrimEnd('\r');
            if (line.Length == 0) continue;
            var fields = Split(line);
            if (fields.Length != header.Length)
                throw new PlanInputException(path, i + 1, null, $"Erwartet sind {header.Length} Felder, gefunden {fields.Length}.");
            rows.Add(new CsvRow(table, fields, i + 1));
        }
        return table;
    }

    private static string[] Split(string line)
    {
        if (!line.Contains('"')) return line.Split(',');
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"') { field.Append('"'); i++; }
            else if (c == '"') quoted = !quoted;
            else if (c == ',' && !quoted) { fields.Add(field.ToString()); field.Clear(); }
            else field.Append(c);
        }
        fields.Add(field.ToString());
        return [.. fields];
    }
}

/// <summary>One row of a <see cref="CsvTable"/>; its readers refuse with file, line and field.</summary>
public sealed class CsvRow
{
    private readonly CsvTable _table;
    private readonly string[] _fields;

    internal CsvRow(CsvTable table, string[] fields, int line)
    {
        _table = table;
        _fields = fields;
        Line = line;
    }

    /// <summary>Line in the file, counted from 1.</summary>
    public int Line { get; }

    /// <summary>The field as text.</summary>
    public string Text(string field) => _fields[_table.Column(field, Line)];

    /// <summary>The field as whole number within limits.</summary>
    public long Long(string field, long least = long.MinValue, long most = long.MaxValue)
    {
        var text = Text(field);
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            throw Refuse(field, $"„{text}“ ist keine ganze Zahl.");
        return value < least || value > most ? throw Refuse(field, $"{value} liegt nicht zwischen {least} und {most}.") : value;
    }

    /// <summary>The field as whole number of 32 bits within limits.</summary>
    public int Int(string field, int least = int.MinValue, int most = int.MaxValue) => (int)Long(field, least, most);

    /// <summary>The field as finite number.</summary>
    public double Double(string field)
    {
        var text = Text(field);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : throw Refuse(field, $"„{text}“ ist keine Zahl.");
    }

    /// <summary>The point of the fields "lat" and "lon".</summary>
    public GeoPoint Point() => new(Degrees("lat", 90), Degrees("lon", 180));

    private double Degrees(string field, double most) => Double(field) is var value && Math.Abs(value) <= most
        ? value : throw Refuse(field, $"{Text(field)} liegt nicht zwischen −{most:0} und {most:0} Grad.");

    /// <summary>A refusal that names this row.</summary>
    public PlanInputException Refuse(string? field, string remedy) => new(_table.Path, Line, field, remedy);
}
