namespace Anlauf.Intake.Layout;

/// <summary>Key and value pairs between two <c>---</c> lines at the beginning of a document.</summary>
internal static class FrontMatter
{
    private const int MostLines = 80;

    /// <summary>Reads the block; <paramref name="bodyStart"/> is where the document itself begins.</summary>
    public static Dictionary<string, Found<string>> Read(string text, out int bodyStart)
    {
        var fields = new Dictionary<string, Found<string>>(StringComparer.OrdinalIgnoreCase);
        bodyStart = 0;
        if (!text.StartsWith("---\n", StringComparison.Ordinal)) return fields;
        string? key = null;
        var start = 4;
        for (var count = 0; count < MostLines && start < text.Length; count++)
        {
            var end = text.IndexOf('\n', start);
            if (end < 0) end = text.Length;
            var line = text[start..end];
            if (line.TrimEnd() is "---" or "...") { bodyStart = Math.Min(text.Length, end + 1); return fields; }
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && colon < 40 && !char.IsWhiteSpace(line[0]) && line[0] != '-')
            {
                key = line[..colon].Trim();
                fields[key] = Value(text, start + colon + 1, end);
            }
            else if (key is not null && line.Length > 0 && (char.IsWhiteSpace(line[0]) || line[0] == '-'))
                fields[key] = Value(text, fields[key].Span.Start, end);
            else break;
            start = end + 1;
        }
        fields.Clear();
        return fields;
    }

    private static Found<string> Value(string text, int start, int end)
    {
        while (start < end && (char.IsWhiteSpace(text[start]) || text[start] is '"' or '\'')) start++;
        while (end > start && (char.IsWhiteSpace(text[end - 1]) || text[end - 1] is '"' or '\'')) end--;
        var value = text[start..end].Replace("\\n", " ", StringComparison.Ordinal).Replace("\\\"", "\"", StringComparison.Ordinal);
        return new(Shadow.Value(value, new(0, value.Length)), Span.Between(start, end));
    }
}
