using System.Globalization;
using System.Text;
using Anlauf.Platform.Database;
using Anlauf.Platform.Documents;

namespace Anlauf.Rooms.Privacy.Log;

/// <summary>Reads the audit for the officer. List, count and file share one filter; row-level security sets the reach.</summary>
public sealed class AuditRegister(Db db)
{
    /// <summary>What the reader asked for.</summary>
    /// <param name="Kind">aenderung, einsicht or ausgabe.</param>
    /// <param name="Actor">Id of the acting person, or "system", "sign-in", "database".</param>
    /// <param name="Subject">The person it is about.</param>
    /// <param name="Area">Schema of the table ("meetings").</param>
    public sealed record Filter(string? Kind = null, string? Actor = null, int? Subject = null, string? Area = null, DateOnly? From = null, DateOnly? To = null);

    /// <summary>An entry with names where the reader may know them.</summary>
    public sealed record Row(string Chain, long Position, DateTime At, string Actor, string? ActorName, string Action, string Object, string? Title, string? Key, string[]? Columns, string[]? Labels,
        int? SubjectId, string? Subject, string? Division, string? Reason, string Origin);

    /// <summary>Somebody who acted.</summary>
    public sealed record Who(string Actor, string? Name);

    private const string Where = """
        from audit.entry e where (@Kind is null or case @Kind when 'ausgabe' then e.action = 'export' when 'einsicht' then e.action = 'read' else e.chain = 'change' end)
          and (@Actor is null or e.actor = @Actor) and (@Subject is null or e.subject_id = @Subject) and (@Area is null or e.object like @Area || '.%')
          and (@From::date is null or e.at >= @From::date::timestamp at time zone 'Europe/Berlin') and (@To::date is null or e.at < (@To::date + 1)::timestamp at time zone 'Europe/Berlin')
        """;

    /// <summary>Newest first.</summary>
    public Task<IReadOnlyList<Row>> ListAsync(Filter filter, int offset = 0, int? limit = null, CancellationToken ct = default) => db.QueryAsync<Row>($"""
        select x.chain, x.position, x.at at time zone 'Europe/Berlin' as at, x.actor, a.name as actor_name, x.action, x.object, t.title, x.key, x.columns,
          (select array_agg(coalesce(nullif(c.label, ''), n) order by o) from unnest(x.columns) with ordinality u(n, o) left join privacy.declared_column c on c.table_name = x.object and c.column_name = n) as labels,
          x.subject_id, s.name as subject, d.short_name as division, r.name as reason, x.origin
        from (select e.* {Where} order by e.at desc, e.chain, e.position desc offset @offset limit @limit) x
        left join privacy.declared_table t on t.table_name = x.object left join organisation.officer a on a.person_id::text = x.actor
        left join organisation.officer s on s.person_id = x.subject_id left join organisation.division d on d.id = x.division_id left join audit.reason r on r.id = x.reason_id
        order by x.at desc, x.chain, x.position desc
        """, Parameters(filter, offset, limit), ct);

    /// <summary>How many the filter holds.</summary>
    public Task<int> CountAsync(Filter filter, CancellationToken ct = default) => db.ScalarAsync<int>($"select count(*)::int {Where}", Parameters(filter), ct);

    /// <summary>Changes, reads and exports of the last seven days.</summary>
    public async Task<(int Changes, int Reads, int Exports)> WeekAsync(CancellationToken ct = default) => await db.SingleAsync<(int, int, int)>(
        "select count(*) filter (where chain = 'change')::int, count(*) filter (where action = 'read')::int, count(*) filter (where action = 'export')::int from audit.entry where at > now() - interval '7 days'", ct: ct);

    /// <summary>Everybody who stands in the log as acting.</summary>
    public Task<IReadOnlyList<Who>> ActorsAsync(CancellationToken ct = default) => db.QueryAsync<Who>(
        "select e.actor, o.name from (select distinct actor from audit.entry) e left join organisation.officer o on o.person_id::text = e.actor order by o.name collate \"de-x-icu\" nulls last, e.actor", ct: ct);

    /// <summary>The filtered log as CSV.</summary>
    public async Task<byte[]> CsvAsync(Filter filter, CancellationToken ct = default)
    {
        var text = new StringBuilder("Kette;Nummer;Zeitpunkt;Wer;Was;Bereich;Schlüssel;Spalten;Betrifft;Gliederung;Grund;Woher\r\n");
        foreach (var r in await ListAsync(filter, ct: ct))
            text.AppendJoin(';', new[] { r.Chain, r.Position.ToString(CultureInfo.InvariantCulture), r.At.ToString("dd.MM.yyyy HH:mm:ss", CultureInfo.InvariantCulture), LogWords.Actor(r.Actor, r.ActorName), LogWords.Action(r.Action), r.Title ?? r.Object,
                r.Key, string.Join(", ", r.Labels ?? []), r.SubjectId?.ToString(CultureInfo.InvariantCulture), r.Division, r.Reason, r.Origin }.Select(CsvCell.Of)).Append("\r\n");
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    private static object Parameters(Filter f, int offset = 0, int? limit = null) => new { f.Kind, f.Actor, f.Subject, f.Area, f.From, f.To, offset, limit };
}

/// <summary>Words of the log.</summary>
internal static class LogWords
{
    /// <summary>Areas to filter by: schema and German name.</summary>
    public static (string Schema, string Name)[] Areas { get; } =
        [("organisation", "Gliederungen und Personen"), ("identity", "Konten"), ("access", "Rechte"), ("members", "Mitglieder"), ("selfservice", "Eigene Angaben"), ("meetings", "Sitzungen"), ("situation", "Ziele und Aufträge"), ("presence", "Anlaufstellen"), ("portal", "Zuschriften"), ("privacy", "Datenschutz")];

    public static string Actor(string actor, string? name) => name ?? actor switch
    {
        "system" => "Programm",
        "sign-in" => "Anmeldung",
        "database" => "Datenbankverwaltung",
        "portal" => "Öffentliches Formular",
        "link-wish" => "Formular „Link anfordern“",
        "survey-link" => "Persönlicher Link zu einer Umfrage",
        _ when actor.StartsWith("self:", StringComparison.Ordinal) => "die Person selbst, über persönlichen Link",
        _ => "Person " + actor,
    };

    public static string Action(string action) => action switch
    {
        "insert" => "angelegt",
        "update" => "geändert",
        "delete" => "gelöscht",
        "read" => "eingesehen",
        "export" => "ausgegeben",
        "retention" => "nach Frist gelöscht",
        "erase" => "auf Verlangen gelöscht",
        "key" => "Schlüssel gewechselt",
        _ => action,
    };
}
