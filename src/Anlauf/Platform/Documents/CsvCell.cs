namespace Anlauf.Platform.Documents;

/// <summary>A cell of a CSV file for spreadsheets: quoted, and never a formula.</summary>
public static class CsvCell
{
    /// <summary>The value in quotes; one that begins like a formula gets an apostrophe in front.</summary>
    public static string Of(string? value)
    {
        value ??= "";
        if (value.Length > 0 && "=+-@\t\r".Contains(value[0], StringComparison.Ordinal) && value != "–") value = "'" + value;
        return '"' + value.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
    }
}
