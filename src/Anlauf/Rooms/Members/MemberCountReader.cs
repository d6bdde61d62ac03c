using System.Globalization;
using Anlauf.Elections;
using Anlauf.Rooms.Territory.Registers;

namespace Anlauf.Rooms.Members;

/// <summary>Members of the association in a municipality on a day.</summary>
/// <param name="Ags">Official municipality key, eight digits.</param>
/// <param name="Line">Line of the file.</param>
public sealed record MemberCount(string Ags, int Members, DateOnly AsOf, int Line);

/// <summary>Reads member counts from a .csv with the columns Schlüssel, Mitglieder and Stichtag.</summary>
public static class MemberCountReader
{
    private const int MostMembers = 1_000_000;

    /// <summary>Reads and checks the whole file.</summary>
    public static Reading<IReadOnlyList<MemberCount>> Read(Stream stream)
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

    private static Reading<IReadOnlyList<MemberCount>> Parse(CsvTable table)
    {
        if (table.Missing("Schlüssel", "Mitglieder", "Stichtag") is { Count: > 0 } missing)
            return new([], [new ImportProblem(1, string.Join(", ", missing), "Diese Spalten fehlen in der Kopfzeile. Erwartet wird Schlüssel;Mitglieder;Stichtag.")]);
        var problems = new ProblemList();
        var counts = new Dictionary<(string, DateOnly), MemberCount>();
        foreach (var row in table.Rows)
        {
            var (ags, members, day) = (row["Schlüssel"], Members(row["Mitglieder"]), Day(row["Stichtag"]));
            if (!RegisterBuilder.IsKey(ags, 8)) problems.Add(row.Line, "Schlüssel", $"„{ags}“ ist kein achtstelliger Gemeindeschlüssel.");
            if (members is null) problems.Add(row.Line, "Mitglieder", $"„{row["Mitglieder"]}“ ist keine ganze Zahl von 0 bis {MostMembers}.");
            if (day is null) problems.Add(row.Line, "Stichtag", $"„{row["Stichtag"]}“ ist kein Datum der Form JJJJ-MM-TT oder TT.MM.JJJJ.");
            if (members is not { } number || day is not { } asOf) continue;
            if (!counts.TryAdd((ags, asOf), new MemberCount(ags, number, asOf, row.Line)))
                problems.Add(row.Line, "Schlüssel", $"{ags} steht für diesen Stichtag schon in Zeile {counts[(ags, asOf)].Line}.");
        }
        if (table.Rows.Count == 0) problems.Add(0, "Datei", "Die Datei enthält keine Zeile mit Mitgliedern.");
        return new([.. counts.Values], problems.All);
    }

    private static int? Members(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MostMembers ? number : null;

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, ["yyyy-MM-dd", "dd.MM.yyyy", "d.M.yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
