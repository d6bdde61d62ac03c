using System.Text;
using Anlauf.Platform.Database;
using Anlauf.Platform.Documents;

namespace Anlauf.Rooms.Meetings.Resolutions;

/// <summary>Reads the register of resolutions. List and export share one filter; the counts are of the whole register.</summary>
public sealed class ResolutionRegister(Db db, TimeProvider clock)
{
    /// <summary>Columns the list may be sorted by.</summary>
    public static IReadOnlyList<string> SortColumns { get; } = ["nummer", "titel", "datum", "frist", "stand", "treffer"];

    /// <summary>What the reader asked for.</summary>
    public sealed record Filter(string? Search = null, string? State = null, int? Division = null, string? Result = null, bool Overdue = false, bool Nobody = false);

    /// <summary>A row of the list and of the export.</summary>
    public sealed record Row(int Id, string Number, string Title, string Slug, string Division, string? Body, DateOnly? DecidedOn, string Result, int? Yes, int? No, int? Abstain, bool? Unanimous,
        string? Responsible, DateOnly? Due, string State, bool Overdue, int Total);

    /// <summary>Counts for the sentence above the list.</summary>
    public sealed record Counts(int Total, int Open, int Underway, int Done, int Overdue, int WithoutResponsible);

    /// <summary>One resolution with everything around it.</summary>
    public sealed record Detail(int Id, int DivisionId, string Number, string Title, string Slug, string Division, string? Body, string? BodyGenitive, int? TermNumber, int? SessionNumber,
        string? MeetingSlug, string? AgendaNumber, string Wording, string? Reason, string? Publicity, string? FurtherMeasures, string? Finances, string? CoordinatedWith,
        string Result, int? Yes, int? No, int? Abstain, bool? Unanimous, DateOnly? DecidedOn, string? Place, string? CertifiedBy, DateOnly? CertifiedOn, string? Responsible, DateOnly? Due,
        string? DueText, string State, string? StateNote, int? DocumentId, int? SpanStart, int? SpanLength, bool MayEdit);

    private const string Where = """
        from meetings.resolution r
        join organisation.division d on d.id = r.division_id
        left join organisation.body b on b.id = r.body_id
        left join meetings.search_resolutions(coalesce(@Search, '')) s on s.resolution_id = r.id
        where (@Search is null or s.resolution_id is not null)
          and (@State is null or r.state = @State)
          and (@Division is null or r.division_id = @Division)
          and (@Result is null or r.result = @Result)
          and (not @Overdue or (r.due < @today and r.state in ('open', 'underway')))
          and (not @Nobody or (r.responsible is null and r.state in ('open', 'underway') and r.result = 'adopted'))
        """;

    private DateOnly Today => DateOnly.FromDateTime(clock.GetLocalNow().Date);

    /// <summary>Rows in the order asked for; <paramref name="limit"/> null gives all (export).</summary>
    public Task<IReadOnlyList<Row>> ListAsync(Filter filter, string sort, bool descending, int offset = 0, int? limit = null, CancellationToken ct = default)
    {
        var column = sort switch
        {
            "nummer" => "r.number collate \"de-x-icu\"",
            "titel" => "r.title collate \"de-x-icu\"",
            "frist" => "r.due",
            "stand" => "r.state",
            "treffer" => "s.rank",
            _ => "r.decided_on",
        };
        return db.QueryAsync<Row>($"""
            select r.id, r.number, r.title, r.slug, d.short_name as division, b.name as body, r.decided_on, r.result, r.yes, r.no, r.abstain, r.unanimous, r.responsible, r.due, r.state,
              coalesce(r.due < @today and r.state in ('open', 'underway'), false) as overdue, count(*) over ()::int as total
            {Where}
            order by {column} {(descending ? "desc" : "asc")} nulls last, r.id desc offset @offset limit @limit
            """, Parameters(filter, offset, limit), ct);
    }

    /// <summary>Counts over the register without filter.</summary>
    public async Task<Counts> CountAsync(CancellationToken ct = default) => await db.SingleAsync<Counts>("""
        select count(*)::int as total, count(*) filter (where state = 'open')::int as open, count(*) filter (where state = 'underway')::int as underway,
          count(*) filter (where state = 'done')::int as done, count(*) filter (where due < @today and state in ('open', 'underway'))::int as overdue,
          count(*) filter (where responsible is null and state in ('open', 'underway') and result = 'adopted')::int as without_responsible
        from meetings.resolution
        """, new { today = Today }, ct) ?? new(0, 0, 0, 0, 0, 0);

    /// <summary>One resolution by its address, or null.</summary>
    public Task<Detail?> FindAsync(string slug, CancellationToken ct = default) => db.SingleAsync<Detail>("""
        select r.id, r.division_id, r.number, r.title, r.slug, d.name as division, b.name as body, b.name_genitive as body_genitive, m.term_number, m.session_number, m.slug as meeting_slug,
          a.number as agenda_number, r.wording, r.reason, r.publicity, r.further_measures, r.finances, r.coordinated_with, r.result, r.yes, r.no, r.abstain, r.unanimous, r.decided_on,
          coalesce(r.place, m.place) as place, r.certified_by, r.certified_on, r.responsible, r.due, r.due_text, r.state, r.state_note, r.document_id, r.span_start, r.span_length,
          r.division_id = any ((select access.editable_divisions('P1', 'resolutions'))::integer[]) as may_edit
        from meetings.resolution r join organisation.division d on d.id = r.division_id left join organisation.body b on b.id = r.body_id
        left join meetings.meeting m on m.id = r.meeting_id left join meetings.agenda_item a on a.id = r.agenda_item_id
        where r.slug = @slug
        """, new { slug }, ct);

    /// <summary>Referral targets, recipients, history (newest first), tasks and follow-ups of a resolution.</summary>
    public Task<IReadOnlyList<string>> ReferralsAsync(int id, CancellationToken ct = default) => db.QueryAsync<string>("select target from meetings.resolution_referral where resolution_id = @id order by target", new { id }, ct);

    /// <summary>Who is to receive the resolution.</summary>
    public Task<IReadOnlyList<string>> RecipientsAsync(int id, CancellationToken ct = default) => db.QueryAsync<string>("select recipient from meetings.resolution_recipient where resolution_id = @id order by recipient collate \"de-x-icu\"", new { id }, ct);

    /// <summary>A sentence of the history.</summary>
    public sealed record Change(DateTime HappenedAt, string? Person, string Sentence);

    /// <summary>What changed, newest first.</summary>
    public Task<IReadOnlyList<Change>> HistoryAsync(int id, CancellationToken ct = default) => db.QueryAsync<Change>("""
        select h.happened_at, o.name as person, h.sentence from meetings.resolution_history h left join organisation.officer o on o.person_id = h.person_id
        where h.resolution_id = @id order by h.happened_at desc, h.id desc
        """, new { id }, ct);

    /// <summary>A task or follow-up.</summary>
    public sealed record Due(int Id, string Text, string? Responsible, DateOnly? On, string? OnText, string State, string? ResolutionSlug, string? ResolutionTitle, string Division);

    /// <summary>Tasks of a resolution; a date such as the next meeting is none.</summary>
    public Task<IReadOnlyList<Due>> TasksAsync(int id, CancellationToken ct = default) => db.QueryAsync<Due>("""
        select t.id, t.text, t.responsible, t.due as "on", t.due_text as on_text, t.state, r.slug as resolution_slug, r.title as resolution_title, d.short_name as division
        from meetings.task t join organisation.division d on d.id = t.division_id left join meetings.resolution r on r.id = t.resolution_id where t.resolution_id = @id and t.kind in ('task', 'deadline') order by t.due nulls last, t.id
        """, new { id }, ct);

    /// <summary>Open follow-ups and due resolutions, soonest first; all of those the reader may see.</summary>
    public Task<IReadOnlyList<Due>> FollowUpsAsync(int limit = 200, CancellationToken ct = default) => db.QueryAsync<Due>("""
        select f.id, f.text, null as responsible, f.due as "on", f.bound_to as on_text, f.state, r.slug as resolution_slug, r.title as resolution_title, d.short_name as division
        from meetings.follow_up f join organisation.division d on d.id = f.division_id left join meetings.resolution r on r.id = f.resolution_id where f.state = 'open'
        union all
        select r.id, 'Frist des Beschlusses', r.responsible, r.due, r.due_text, r.state, r.slug, r.title, d.short_name
        from meetings.resolution r join organisation.division d on d.id = r.division_id where r.due is not null and r.state in ('open', 'underway') and r.result = 'adopted'
        order by 4 nulls last limit @limit
        """, new { limit }, ct);

    /// <summary>When a resolution comes back next: its nearest open follow-up or its own deadline, whichever is first; null without a date.</summary>
    public Task<DateOnly?> NextDueAsync(int id, CancellationToken ct = default) => db.ScalarAsync<DateOnly?>("""
        select least((select min(due) from meetings.follow_up where resolution_id = @id and state = 'open'), (select due from meetings.resolution where id = @id))
        """, new { id }, ct);

    /// <summary>The filtered list as CSV (semicolon, UTF-8 with BOM, cells that a spreadsheet would take for a formula are defused).</summary>
    public async Task<byte[]> CsvAsync(Filter filter, string sort, bool descending, CancellationToken ct = default)
    {
        var text = new StringBuilder("Nummer;Titel;Gliederung;Gremium;Datum;Ergebnis;Zuständig;Frist;Stand\r\n");
        foreach (var row in await ListAsync(filter, sort, descending, ct: ct))
            text.AppendJoin(';', new[] { row.Number, row.Title, row.Division, row.Body, GermanText.Short(row.DecidedOn), ResultWording.Sentence(row.Result, row.Yes, row.No, row.Abstain, row.Unanimous),
                row.Responsible, GermanText.Short(row.Due), ResolutionStates.Word(row.State, row.Overdue) }.Select(CsvCell.Of)).Append("\r\n");
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    private object Parameters(Filter f, int offset, int? limit) => new { Search = string.IsNullOrWhiteSpace(f.Search) ? null : f.Search.Trim(), f.State, f.Division, f.Result, f.Overdue, f.Nobody, today = Today, offset, limit };
}

/// <summary>States of a resolution in words.</summary>
public static class ResolutionStates
{
    /// <summary>State and German word.</summary>
    public static IReadOnlyList<(string State, string Word)> All { get; } = [("open", "offen"), ("underway", "unterwegs"), ("done", "erledigt"), ("dropped", "hat sich erledigt")];

    /// <summary>The word shown; overdue goes first.</summary>
    public static string Word(string state, bool overdue = false) => overdue ? "überfällig" : All.FirstOrDefault(s => s.State == state).Word ?? state;
}
