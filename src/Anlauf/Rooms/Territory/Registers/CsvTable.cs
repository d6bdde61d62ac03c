using System.Text;

namespace Anlauf.Rooms.Territory.Registers;

/// <summary>A small table with a header row, comma or semicolon separated, as in RFC 4180. Lines beginning with # before the header are comments.</summary>
internal sealed class CsvTable(IReadOnlyList<string> columns, IReadOnlyList<CsvTable.Row> rows)
{
    public IReadOnlyList<Row> Rows => rows;
    public IReadOnlyList<string> Columns => columns;

    /// <summary>Those of the named columns that the header does not have.</summary>
    public IReadOnlyList<string> Missing(params string[] needed) => [.. needed.Where(n => !columns.Contains(n))];

    /// <summary>Reads the table.</summary>
    public static CsvTable Read(string text)
    {
        var start = 0;
        var line = 1;
        while (start < text.Length && text[start] is '#' or '\n' or '\r')
        {
            start = text.IndexOf('\n', start) is >= 0 and var end ? end + 1 : text.Length;
            line++;
        }
        var header = text[start..(text.IndexOf('\n', start) is >= 0 and var first ? first : text.Length)];
        var separator = header.Count(c => c == ';') > header.Count(c => c == ',') ? ';' : ',';
        var records = Records(text, start, line, separator).ToList();
        if (records.Count == 0) return new CsvTable([], []);
        var index = records[0].Fields.Select((c, i) => (c, i)).GroupBy(c => c.c).ToDictionary(g => g.Key, g => g.First().i, StringComparer.Ordinal);
        return new CsvTable(records[0].Fields, [.. records.Skip(1).Select(r => new Row(index, r.Fields, r.Line))]);
    }

    private static IEnumerable<(List<string> Fields, int Line)> Records(string text, int start, int line, char separator)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        var firstLine = line;
        for (var i = start; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : '\n';
            if (c == '\n') line++;
            if (quoted && i < text.Length)
            {
                if (c != '"') field.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"') field.Append(text[i++]);
                else quoted = false;
            }
            else if (c == '"' && field.ToString().Trim().Length == 0) quoted = true;
            else if (c == separator || c == '\n')
            {
                fields.Add(field.ToString().Trim());
                field.Clear();
                if (c == separator) continue;
                if (fields is not [""]) yield return (fields, firstLine);
                fields = [];
                firstLine = line;
            }
            else field.Append(c);
        }
    }

    /// <summary>One row; fields beyond its end are "".</summary>
    internal sealed class Row(Dictionary<string, int> index, List<string> fields, int line)
    {
        public int Line => line;
        public IReadOnlyList<string> Cells => fields;

        public string this[string column] => index.TryGetValue(column, out var i) && i < fields.Count ? fields[i] : "";
    }
}
