using System.Text;
using Anlauf.Platform.Database;
using Anlauf.Platform.Documents;
using Anlauf.Platform.Documents.Papers;

namespace Anlauf.Rooms.Privacy.Keeping;

/// <summary>Record of processing (Art. 30), notices (Art. 13, 14) and the impact assessment, all from the declarations of the columns.</summary>
public sealed class RecordOfProcessing(Db db)
{
    /// <summary>A processing activity with what it holds.</summary>
    public sealed record Activity(string Id, string Name, string Purpose, string Basis, string BasisText, string Persons, string Recipients, string Source, string[] Data, string[] Classes, string[] Retention, int Encrypted, int Columns);

    /// <summary>A declared column.</summary>
    public sealed record Column(string ProcessId, string Title, string Label, string DataClass, string Retention, bool Encrypted, string OnErasure, string TableName, string ColumnName);

    /// <summary>Who is responsible.</summary>
    public sealed record Controller(int DivisionId, string Slug, string Name, string Address, string Contact, string OfficerContact);

    /// <summary>Every activity with its data.</summary>
    public Task<IReadOnlyList<Activity>> ActivitiesAsync(CancellationToken ct = default) => db.QueryAsync<Activity>("""
        select p.id, p.name, p.purpose, p.basis, p.basis_text, p.persons, p.recipients, p.source,
          coalesce(array_agg(distinct t.title || ': ' || c.label) filter (where c.label is not null), '{}') as data, coalesce(array_agg(distinct k.id || ' ' || k.name) filter (where k.id is not null), '{}') as classes,
          coalesce(array_agg(distinct r.name || ': ' || r.starts || coalesce(', dann ' || privacy.period_words(r.period) || ', ' || r.outcome, ', ' || r.outcome)) filter (where r.id is not null), '{}') as retention,
          (count(*) filter (where c.encrypted))::int as encrypted, count(c.column_name)::int as columns
        from privacy.process p left join privacy.declared_column c on c.process_id = p.id left join privacy.declared_table t on t.table_name = c.table_name
        left join privacy.retention_rule r on r.id = c.retention_id left join access.data_class k on k.id = c.data_class
        group by p.id order by p.sort
        """, ct: ct);

    /// <summary>Every column with data of persons.</summary>
    public Task<IReadOnlyList<Column>> ColumnsAsync(CancellationToken ct = default) => db.QueryAsync<Column>("""
        select c.process_id, t.title, c.label, c.data_class, r.name as retention, c.encrypted, c.on_erasure, c.table_name, c.column_name
        from privacy.declared_column c join privacy.declared_table t on t.table_name = c.table_name join privacy.process p on p.id = c.process_id join privacy.retention_rule r on r.id = c.retention_id order by p.sort, t.title, c.label
        """, ct: ct);

    /// <summary>Responsible associations, as they are named in the notices.</summary>
    public Task<IReadOnlyList<Controller>> ControllersAsync(CancellationToken ct = default) => db.QueryAsync<Controller>("""
        select c.division_id, privacy.slug_of(c.division_id) as slug, c.name, c.address, c.contact, c.officer_contact from privacy.controller c order by c.name collate "de-x-icu"
        """, ct: ct);

    /// <summary>The record as CSV: one row for each column.</summary>
    public async Task<byte[]> CsvAsync(CancellationToken ct = default)
    {
        var activities = (await ActivitiesAsync(ct)).ToDictionary(a => a.Id);
        var text = new StringBuilder("Verarbeitung;Zweck;Grundlage;Betroffene;Empfänger;Herkunft;Bereich;Angabe;Datenklasse;Frist;Verschlüsselt;Beim Löschen\r\n");
        foreach (var c in await ColumnsAsync(ct))
        {
            var a = activities[c.ProcessId];
            text.AppendJoin(';', new[] { a.Name, a.Purpose, a.BasisText, a.Persons, a.Recipients, a.Source, c.Title, c.Label, c.DataClass, c.Retention, c.Encrypted ? "ja" : "nein", Erasure(c.OnErasure) }.Select(CsvCell.Of)).Append("\r\n");
        }
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    /// <summary>What an erasure does to a column, in words.</summary>
    public static string Erasure(string kind) => kind switch { "keep" => "bleibt als Nummer", "clear" => "wird geleert", "replace" => "wird ersetzt", "delete" => "wird gelöscht", _ => "wird geschwärzt" };

    /// <summary>Impact assessment (Art. 35) filled in as far as the program knows; judgement stays with the officer.</summary>
    public static Paper Assessment(string organisation, IReadOnlyList<Activity> activities, DateOnly today, string? stamp) => new(organisation, "Datenschutz-Folgenabschätzung nach Art. 35 DSGVO", "Vorlage zur Folgenabschätzung", stamp,
        [("Stand", today.ToString("d. MMMM yyyy", System.Globalization.CultureInfo.GetCultureInfo("de-DE"))), ("Anlass", "umfangreiche Verarbeitung besonderer Kategorien (politische Meinung), Art. 35 Abs. 3 Buchst. b"), ("Beratung durch", "die Datenschutzbeauftragte, Art. 35 Abs. 2")],
        [.. AssessmentParts(activities).Select(p => new PaperSection(p.Heading, p.Lines))], ("Ort, den ______________", null), "/verwaltung/datenschutz/folgenabschaetzung");

    /// <summary>The parts of the assessment: what the program knows is filled in, what somebody has to judge is asked.</summary>
    public static IReadOnlyList<(string Heading, IReadOnlyList<string> Lines)> AssessmentParts(IReadOnlyList<Activity> activities) =>
    [
        ("1 Was verarbeitet wird", [.. activities.Where(a => a.Columns > 0).Select(a => $"{a.Name}: {a.Purpose}. Betroffen: {a.Persons}. Klassen: {string.Join(", ", a.Classes)}.")]),
        ("2 Warum es nötig ist", [.. activities.Where(a => a.Columns > 0).Select(a => $"{a.Name}: {a.BasisText}. Aufbewahrung: {string.Join("; ", a.Retention)}.")]),
        ("3 Risiken für die Betroffenen",
        [
            "Die Mitgliedschaft wird außerhalb der Partei bekannt: Nachteile im Beruf, Anfeindung. Schwere: hoch.",
            "Jemand sieht mehr, als das Amt braucht: Misstrauen, Ausspähen innerhalb des Verbands. Schwere: mittel bis hoch.",
            "Ein Konto wird gestohlen: Listen fließen ab. Schwere: hoch.",
            "Eine Sicherung oder ein Datenträger geht verloren. Schwere: hoch.",
            "Angaben bleiben länger als nötig oder sind falsch. Schwere: mittel.",
        ]),
        ("4 Was dagegen getan ist",
        [
            "Rechte hängen am Amt und enden mit ihm; die Datenbank selbst weist fremde Zeilen ab.",
            "Anmeldung mit Gerät oder mit Kennwort und Code; Sperre nach fünf falschen Versuchen.",
            "Jede Änderung, jede Einsicht in Geschütztes und jede Ausgabe steht in einem Protokoll, das sich nicht unbemerkt ändern lässt.",
            $"Verschlüsselt gespeichert: {activities.Sum(a => a.Encrypted)} Angaben; der Schlüssel liegt nicht in der Datenbank.",
            "Fristen laufen von selbst; was geht, ist vorher zu sehen. Löschen braucht eine zweite Person.",
            "Zahlen unter fünf erscheinen nur in der eigenen Gliederung. Keine Inhalte von fremden Servern.",
        ]),
        ("5 Was der Verband noch beurteilen muss",
        [
            "Wo steht der Server, wer betreibt ihn, gibt es einen Vertrag nach Art. 28? ______________",
            "Wer hat welches Amt, und ist jedes Amt nötig? ______________",
            "Wo liegen Sicherungen und Schlüssel, getrennt voneinander? ______________",
            "Bleibt nach den Maßnahmen ein hohes Risiko? Wenn ja: Aufsichtsbehörde fragen (Art. 36). ______________",
        ]),
    ];
}
