using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Platform.Documents.Papers;
using Anlauf.Platform.Privacy;
using Anlauf.Platform.Secrets;

namespace Anlauf.Rooms.Privacy.Requests;

/// <summary>What is stored about one person, across all rooms, as the declarations say; others are blackened (Art. 15 and 20 GDPR).</summary>
public sealed class SubjectReport(Db db, FieldCipher cipher, IEnumerable<CodeWords> codes)
{
    private readonly Dictionary<string, Func<string, string>> words = codes.ToDictionary(c => c.Column, c => c.Word);
    /// <param name="Table">Schema and table.</param>
    /// <param name="Title">German name of what a row is.</param>
    /// <param name="How">own, acted or mentioned.</param>
    /// <param name="Values">Label and value.</param>
    public sealed record Entry(string Table, string Title, string How, string Key, IReadOnlyList<(string Column, string Label, string Value)> Values);

    /// <param name="Name">The person's name.</param>
    /// <param name="Division">Division that is asked.</param>
    public sealed record Report(string Name, string Division, IReadOnlyList<Entry> Entries, IReadOnlyList<Process> Processes);

    /// <summary>Why data of this kind are processed.</summary>
    public sealed record Process(string Id, string Name, string Purpose, string BasisText, string Recipients, string Source, string Retention);

    private sealed record Raw(string TableName, string Title, string How, string RowKey, string Data);
    private sealed record Label(string TableName, string ColumnName, string Text, string ProcessId, bool Encrypted, bool Fact);

    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Collects everything. The database refuses whoever may not handle this person.</summary>
    public async Task<Report> CompileAsync(int person, CancellationToken ct = default)
    {
        var rows = await db.QueryAsync<Raw>("select table_name, title, how, row_key, data::text as data from privacy.collect(@person)", new { person }, ct);
        var labels = (await db.QueryAsync<Label>("select table_name, column_name, label as text, process_id, encrypted, fact from privacy.declared_column where data_class is not null", ct: ct)).ToDictionary(l => (l.TableName, l.ColumnName));
        await NameRowsAsync(rows.Select(r => r.TableName).ToHashSet(), ct);
        var about = await db.SingleAsync<(string Name, string Division)>("select p.name, d.name from privacy.subject(@person) p join organisation.division d on d.id = p.division_id", new { person }, ct);
        var used = rows.Select(r => r.TableName).ToHashSet();
        var ids = labels.Values.Where(l => used.Contains(l.TableName)).Select(l => l.ProcessId).Distinct().ToArray();
        var processes = await db.QueryAsync<Process>("""
            select p.id, p.name, p.purpose, p.basis_text, p.recipients, p.source, coalesce((select string_agg(distinct r.name || ': ' || r.starts || coalesce(', dann ' || privacy.period_words(r.period), ', dauerhaft'), '; ')
              from privacy.declared_column c join privacy.retention_rule r on r.id = c.retention_id where c.process_id = p.id), '') as retention
            from privacy.process p where p.id = any (@ids) order by p.sort
            """, new { ids }, ct);
        List<Entry> entries = [.. rows.Select(r => new Entry(r.TableName, r.Title, r.How, r.RowKey, [.. Values(r, labels)]))];
        return new(about.Name, about.Division, await WithoutOthersAsync(person, entries, labels, ct), processes);
    }

    // the database masks what it can read; what was sealed it gets once more, opened
    private async Task<IReadOnlyList<Entry>> WithoutOthersAsync(int person, List<Entry> entries, Dictionary<(string, string), Label> labels, CancellationToken ct)
    {
        bool Sealed(Entry e, string column) => labels.TryGetValue((e.Table, column), out var known) && known is { Encrypted: true, Fact: false };
        var texts = entries.SelectMany(e => e.Values.Where(v => Sealed(e, v.Column)).Select(v => v.Value)).ToArray();
        if (texts.Length == 0) return entries;
        var masked = new Queue<string>((await db.ScalarAsync<string[]>("select privacy.blackened(@texts, @person)", new { texts, person }, ct))!);
        return [.. entries.Select(e => e with { Values = [.. e.Values.Select(v => Sealed(e, v.Column) ? (v.Column, v.Label, masked.Dequeue()) : v)] })];
    }

    // a code may be the key of a row that has a name, as the motives have
    private async Task NameRowsAsync(HashSet<string> used, CancellationToken ct)
    {
        foreach (var (table, column, target) in await db.QueryAsync<(string, string, string)>("""
            select d.table_name, d.column_name, c.confrelid::regclass::text from privacy.declared_column d join pg_catalog.pg_constraint c on c.conrelid = d.table_name::regclass and c.contype = 'f' and cardinality(c.conkey) = 1
            join pg_catalog.pg_attribute a on a.attrelid = c.conrelid and a.attname = d.column_name and a.attnum = c.conkey[1] and a.atttypid = 'text'::regtype
            where d.data_class is not null and d.table_name = any (@used) and (select count(*) from pg_catalog.pg_attribute n where n.attrelid = c.confrelid and n.attname in ('id', 'name') and not n.attisdropped) = 2
            """, new { used = used.ToArray() }, ct))
        {
            var names = (await db.QueryAsync<(string Id, string Name)>($"select id, name from {target}", ct: ct)).ToDictionary(n => n.Id, n => n.Name);
            words.TryAdd($"{table}.{column}", code => names.GetValueOrDefault(code, code));
        }
    }

    private IEnumerable<(string, string, string)> Values(Raw row, Dictionary<(string, string), Label> labels)
    {
        foreach (var (column, value) in JsonNode.Parse(row.Data)!.AsObject())
        {
            if (value is null) continue;
            var text = value is JsonArray list ? string.Join(", ", list.Select(Text)) : Text(value);
            if (text.Length == 0) continue;
            var label = labels.TryGetValue((row.TableName, column), out var known) ? known.Text : column switch { "at" or "happened_at" or "created_at" => "am", "reason" => "Grund", "action" => "was", "actor" => "wer", _ => Plain(column) };
            // stored bytes come as \x and hexadecimal digits
            if (known is { Encrypted: true } && text.StartsWith("\\x", StringComparison.Ordinal)) text = cipher.Decrypt(Convert.FromHexString(text.AsSpan(2)), $"{row.TableName}.{column}", row.RowKey) ?? "";
            yield return (column, label, words.TryGetValue($"{row.TableName}.{column}", out var word) ? word(text) : Date(text));
        }
    }

    private static string Text(JsonNode? value) => value switch
    {
        JsonValue v when v.TryGetValue<string>(out var text) => text,
        JsonValue v when v.TryGetValue<bool>(out var yes) => yes ? "ja" : "nein",
        _ => value?.ToJsonString() ?? "",
    };

    private static string Plain(string column) => column.Replace('_', ' ');
    private static string Date(string text) => text.Length >= 19 && text[4] == '-' && text[10] == 'T' && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var at) ? at.InGermany().ToString("d.M.yyyy HH:mm", German)
        : text.Length == 10 && DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day) ? day.ToString("d.M.yyyy", German)
        : text switch { "read" => "eingesehen", "export" => "ausgegeben", _ => text };

    /// <summary>The machine-readable form.</summary>
    public static byte[] Json(Report report, DateOnly today)
    {
        var file = new JsonObject
        {
            ["person"] = report.Name,
            ["verantwortlich"] = report.Division,
            ["stand"] = today.ToString("O", CultureInfo.InvariantCulture),
            ["eintraege"] = new JsonArray([.. report.Entries.Select(e => (JsonNode)new JsonObject
            {
                ["bereich"] = e.Title,
                ["tabelle"] = e.Table,
                ["bezug"] = Relation(e.How),
                ["angaben"] = new JsonObject(e.Values.Select(v => KeyValuePair.Create(v.Column, (JsonNode?)v.Value))),
            })]),
        };
        return JsonSerializer.SerializeToUtf8Bytes(file, Readable);
    }

    /// <summary>The same as a paper for the person.</summary>
    public static Paper Paper(Report report, DateOnly today, string? stamp) => new(report.Division, "Auskunft nach Art. 15 DSGVO", $"Was wir über {report.Name} gespeichert haben", stamp,
        [("Stand", today.ToString("d. MMMM yyyy", German)), ("Einträge", report.Entries.Count.ToString(German)), ("Hinweis", "Namen anderer sind unkenntlich gemacht")],
        [
            .. report.Entries.GroupBy(e => e.Title).Select(g => new PaperSection($"{g.Key} ({g.Count()})", [.. g.Select(e => $"{Relation(e.How)}: {string.Join("; ", e.Values.Select(v => $"{v.Label}: {v.Value}"))}")])),
            new PaperSection("Wofür wir Ihre Angaben brauchen", [.. report.Processes.Select(p => $"{p.Name}: {p.Purpose}. Grundlage: {p.BasisText}. Empfänger: {p.Recipients}. Herkunft: {p.Source}. Aufbewahrung: {p.Retention}")]),
            new PaperSection("Ihre Rechte", ["Sie können Ihre Angaben berichtigen, löschen oder einschränken lassen, der Verwendung widersprechen und sich bei der Aufsichtsbehörde für den Datenschutz beschweren (Art. 16 bis 21, 77 DSGVO)."]),
        ], null, "/datenschutz");

    /// <summary>How an entry relates to the person, in words.</summary>
    public static string Relation(string how) => how switch { "own" => "über Sie", "acted" => "von Ihnen", _ => "Sie werden genannt" };
}
