using System.Text;

namespace Anlauf.Rooms.Members.Reconciliation;

/// <summary>Which column of a file is which field here. Columns are recognised by their heading; free remarks about people are never taken over.</summary>
/// <param name="ByField">Index of the column for each field.</param>
/// <param name="Columns">Every column with what becomes of it: a field's id, „remark“ or „“.</param>
public sealed record FieldMap(IReadOnlyDictionary<string, int> ByField, IReadOnlyList<(string Heading, string Becomes)> Columns)
{
    /// <summary>Id, German name and headings by which a field is recognised (folded: letters only, without umlauts).</summary>
    public static IReadOnlyList<(string Id, string Name, string[] Headings)> Fields { get; } =
    [
        ("number", "Mitgliedsnummer", ["mitgliedsnummer", "mitgliednr", "mitgliedsnr", "mgnr", "mgnummer", "nummer", "nr", "id", "externeid"]),
        ("title", "Titel", ["titel", "akademischertitel"]),
        ("name", "Name", ["name", "namevorname", "nachnamevorname", "mitglied"]),
        ("given", "Vorname", ["vorname", "vornamen", "rufname"]),
        ("family", "Nachname", ["nachname", "familienname", "zuname"]),
        ("birth", "Geburtstag", ["geburtstag", "geburtsdatum", "geboren", "gebdatum", "geb", "gebam"]),
        ("street", "Straße", ["strasse", "str", "strassehausnummer", "anschrift", "strasseundhausnummer", "strassenr", "strassehausnr"]),
        ("postal", "Postleitzahl", ["plz", "postleitzahl"]),
        ("place", "Ort", ["ort", "wohnort", "stadt", "gemeinde"]),
        ("phone", "Telefon", ["telefon", "tel", "telefonnummer", "mobil", "handy", "mobiltelefon", "festnetz"]),
        ("email", "E-Mail", ["email", "mail", "emailadresse", "mailadresse"]),
        ("kind", "Art", ["art", "status", "mitgliedsart", "mitgliedstatus", "mitgliedschaft"]),
        ("received", "Eintritt", ["eintritt", "eintr", "eintrittsdatum", "eingang", "eingegangen", "mitgliedseit", "aufnahme", "eintrittam"]),
        ("left", "Austritt", ["austritt", "austrittsdatum", "ende", "ausgetreten", "austrittam"]),
        ("newsletter", "Rundbrief", ["rundbrief", "newsletter", "einwilligungrundbrief", "emailrundbrief"]),
    ];

    private static readonly string[] Remarks = ["bem", "bemerkung", "notiz", "kommentar", "anmerkung", "sonstiges", "hinweis", "beschreibung", "remark", "eindruck"];

    /// <summary>Name of a field.</summary>
    public static string NameOf(string id) => Fields.FirstOrDefault(f => f.Id == id).Name ?? id;

    /// <summary>Recognises the columns; a saved mapping (heading → field) goes first.</summary>
    public static FieldMap Recognise(IReadOnlyList<string> headings, IReadOnlyDictionary<string, string>? saved = null)
    {
        var found = new Dictionary<string, int>();
        var columns = new List<(string, string)>();
        for (var i = 0; i < headings.Count; i++)
        {
            var folded = Folded(headings[i]);
            var field = saved?.GetValueOrDefault(headings[i]) is { } chosen ? chosen
                : Remarks.Any(r => folded.StartsWith(r, StringComparison.Ordinal)) ? "remark"
                : Fields.FirstOrDefault(f => f.Headings.Contains(folded)).Id ?? "";
            // the first of two columns for the same field counts
            if (field is not ("" or "remark") && !found.TryAdd(field, i)) field = "";
            columns.Add((headings[i], field));
        }
        return new(found, columns);
    }

    /// <summary>Why the file cannot be read with these columns, or null.</summary>
    public string? Missing => ByField.ContainsKey("name") || (ByField.ContainsKey("given") && ByField.ContainsKey("family")) ? null
        : "Die Datei nennt keine Namen. Erwartet wird eine Spalte „Name“ (Nachname, Vorname) oder zwei Spalten „Vorname“ und „Nachname“.";

    /// <summary>Cell of a field, "" where the file has no such column.</summary>
    public string Cell(PeopleSheet.Line line, string field) => ByField.TryGetValue(field, out var i) && i < line.Cells.Count ? Plain(line.Cells[i].Trim()) : "";

    // our own files put an apostrophe before „+49 …“, so that no spreadsheet takes it for a formula; it is none of the number's
    private static string Plain(string cell) => cell is ['\'', '=' or '+' or '-' or '@', ..] ? cell[1..] : cell;

    private static string Folded(string heading)
    {
        var text = new StringBuilder(heading.Length);
        foreach (var c in heading.ToLowerInvariant())
            text.Append(c switch { 'ä' => "ae", 'ö' => "oe", 'ü' => "ue", 'ß' => "ss", _ when char.IsLetter(c) => c.ToString(), _ => "" });
        return text.ToString();
    }
}
