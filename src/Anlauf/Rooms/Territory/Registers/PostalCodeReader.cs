using Anlauf.Elections;

namespace Anlauf.Rooms.Territory.Registers;

/// <summary>A postal code that is in use in a municipality.</summary>
public sealed record PostalCodeEntry(string Ags, string PostalCode, int Line);

/// <summary>Reads pairs of municipality and postal code from a .csv with the columns ags and plz.</summary>
public static class PostalCodeReader
{
    /// <summary>Reads and checks the whole file.</summary>
    public static Reading<IReadOnlyList<PostalCodeEntry>> Read(Stream stream)
    {
        try
        {
            return Parse(CsvTable.Read(OfficialText.Read(stream)));
        }
        catch (UnreadableFileException e)
        {
            return new([], [ImportProblem.OfFile(e.Message)]);
        }
    }

    private static Reading<IReadOnlyList<PostalCodeEntry>> Parse(CsvTable table)
    {
        if (table.Missing("ags", "plz") is { Count: > 0 } missing)
            return new([], [new ImportProblem(1, string.Join(", ", missing), "Diese Spalten fehlen in der Kopfzeile. Erwartet werden ags und plz.")]);
        var problems = new ProblemList();
        var entries = new List<PostalCodeEntry>();
        foreach (var row in table.Rows)
        {
            if (!RegisterBuilder.IsKey(row["ags"], 8)) problems.Add(row.Line, "ags", $"„{row["ags"]}“ ist kein achtstelliger Gemeindeschlüssel.");
            else if (!RegisterBuilder.IsKey(row["plz"], 5)) problems.Add(row.Line, "plz", $"„{row["plz"]}“ ist keine Postleitzahl mit fünf Ziffern.");
            else entries.Add(new PostalCodeEntry(row["ags"], row["plz"], row.Line));
        }
        if (entries.Count == 0) problems.Add(0, "Datei", "Die Datei enthält keine Postleitzahl.");
        return new([.. entries.DistinctBy(e => (e.Ags, e.PostalCode))], problems.All);
    }
}
