using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Meetings;

/// <summary>Reads meetings with their attendance, agenda and papers.</summary>
public sealed class MeetingRegister(Db db)
{
    public sealed record Row(int Id, string Title, string Slug, string Division, string? Body, DateOnly HeldOn, string? Place, int Resolutions);
    public sealed record Detail(int Id, string Title, string Slug, string Division, string? Body, int? TermNumber, int? SessionNumber, DateOnly HeldOn, TimeOnly? StartTime, TimeOnly? EndTime, string? Place,
        string? Chair, string? MinuteTaker, string? CertifiedBy, DateOnly? CertifiedOn, int? DocumentId, int DivisionId, int? BodyId, bool MayEdit);
    public sealed record Attendance(string Name, string Status);
    public sealed record Item(int Id, string Number, string Title, string? TreatedWith, string? Rapporteur, int? MinutesPlanned, string? ResultKind, string Level, string[] Papers);
    /// <param name="AgendaNumber">Item it belongs to; null belongs to the meeting.</param>
    public sealed record Note(int Id, string? AgendaNumber, string Text, string Level);
    public sealed record PaperRow(string Reference, string? Title, string[] Items);
    public sealed record ResolutionRow(string Number, string Title, string Slug, string? AgendaNumber);
    public sealed record Decided(string Number, string? AgendaNumber, string Wording, string Result, int? Yes, int? No, int? Abstain, bool? Unanimous);
    /// <param name="ResolutionSlug">Address of the resolution it belongs to, null where it belongs to the meeting alone.</param>
    public sealed record Duty(int Id, string Text, string? Responsible, DateOnly? Due, string? DueText, string State, string? ResolutionSlug, string? ResolutionNumber, string? AgendaNumber)
    {
        /// <summary>„bis 15.12.2026“, „bis Montagabend“, or nothing.</summary>
        public string? Until => Due is not null ? "bis " + GermanText.Short(Due) : DueText;
    }
    /// <param name="On">The day, null where it is bound to an event.</param>
    /// <param name="BoundTo">The event („nach der Wahl“), or null.</param>
    public sealed record FollowUp(string Text, DateOnly? On, string? BoundTo, string State, string? ResolutionSlug, string? ResolutionNumber, string? AgendaNumber);
    public sealed record OpenContradiction(string Detail, string? Answer);

    public Task<IReadOnlyList<Row>> ListAsync(string? body = null, CancellationToken ct = default) => db.QueryAsync<Row>("""
        select m.id, m.title, m.slug, d.short_name as division, b.name as body, m.held_on, m.place, (select count(*)::int from meetings.resolution r where r.meeting_id = m.id) as resolutions
        from meetings.meeting m join organisation.division d on d.id = m.division_id left join organisation.body b on b.id = m.body_id
        where @body::text is null or b.slug = @body order by m.held_on desc, m.id desc limit 200
        """, new { body }, ct);

    public Task<Detail?> FindAsync(string slug, CancellationToken ct) => db.SingleAsync<Detail>("""
        select m.id, m.title, m.slug, d.name as division, b.name as body, m.term_number, m.session_number, m.held_on, m.start_time, m.end_time, m.place, m.chair, m.minute_taker, m.certified_by, m.certified_on, m.document_id, m.division_id, m.body_id,
          m.division_id = any ((select access.editable_divisions('P1', 'meetings'))::integer[]) as may_edit
        from meetings.meeting m join organisation.division d on d.id = m.division_id left join organisation.body b on b.id = m.body_id where m.slug = @slug
        """, new { slug }, ct);

    public Task<IReadOnlyList<Attendance>> AttendanceAsync(int id, CancellationToken ct) => db.QueryAsync<Attendance>("select name, status from meetings.attendance where meeting_id = @id order by id", new { id }, ct);

    public Task<IReadOnlyList<Item>> AgendaAsync(int id, CancellationToken ct) => db.QueryAsync<Item>("""
        select i.id, i.number, i.title, w.number as treated_with, i.rapporteur, i.minutes_planned, i.result_kind, i.level,
          coalesce((select array_agg(p.reference order by p.reference_key) from meetings.agenda_item_paper l join meetings.paper p on p.id = l.paper_id where l.agenda_item_id = i.id), '{}') as papers
        from meetings.agenda_item i left join meetings.agenda_item w on w.id = i.treated_with_id where i.meeting_id = @id order by i.position
        """, new { id }, ct);

    public Task<IReadOnlyList<PaperRow>> PapersAsync(int id, CancellationToken ct) => db.QueryAsync<PaperRow>("""
        select p.reference, p.title,
          coalesce((select array_agg(i.number order by i.position) from meetings.agenda_item_paper l join meetings.agenda_item i on i.id = l.agenda_item_id where l.paper_id = p.id and i.meeting_id = @id), '{}') as items
        from meetings.paper p where p.document_id = (select document_id from meetings.meeting where id = @id)
          or exists (select from meetings.agenda_item_paper l join meetings.agenda_item i on i.id = l.agenda_item_id where l.paper_id = p.id and i.meeting_id = @id)
        order by p.kind, p.term, p.number, p.sub_number nulls first, p.part nulls first, p.reference_key
        """, new { id }, ct);

    public Task<IReadOnlyList<ResolutionRow>> ResolutionsAsync(int id, CancellationToken ct) => db.QueryAsync<ResolutionRow>("""
        select r.number, r.title, r.slug, i.number as agenda_number from meetings.resolution r left join meetings.agenda_item i on i.id = r.agenda_item_id where r.meeting_id = @id order by i.position nulls last, r.number
        """, new { id }, ct);

    /// <summary>Resolutions with wording and result, for the printed minutes.</summary>
    public Task<IReadOnlyList<Decided>> DecidedAsync(int id, CancellationToken ct) => db.QueryAsync<Decided>("""
        select r.number, i.number as agenda_number, r.wording, r.result, r.yes, r.no, r.abstain, r.unanimous
        from meetings.resolution r left join meetings.agenda_item i on i.id = r.agenda_item_id where r.meeting_id = @id order by i.position nulls last, r.number
        """, new { id }, ct);

    /// <summary>Tasks that the meeting gave, with its resolutions' own; soonest first.</summary>
    public Task<IReadOnlyList<Duty>> TasksAsync(int id, CancellationToken ct) => db.QueryAsync<Duty>("""
        select t.id, t.text, t.responsible, t.due, t.due_text, t.state, r.slug as resolution_slug, r.number as resolution_number, i.number as agenda_number
        from meetings.task t left join meetings.resolution r on r.id = t.resolution_id left join meetings.agenda_item i on i.id = coalesce(t.agenda_item_id, r.agenda_item_id)
        where (t.meeting_id = @id or r.meeting_id = @id) and t.kind in ('task', 'deadline') order by t.due nulls last, t.id
        """, new { id }, ct);

    /// <summary>What comes back, and when.</summary>
    public Task<IReadOnlyList<FollowUp>> FollowUpsAsync(int id, CancellationToken ct) => db.QueryAsync<FollowUp>("""
        select f.text, f.due as "on", f.bound_to, f.state, r.slug as resolution_slug, r.number as resolution_number, i.number as agenda_number
        from meetings.follow_up f left join meetings.resolution r on r.id = f.resolution_id left join meetings.agenda_item i on i.id = r.agenda_item_id where f.meeting_id = @id or r.meeting_id = @id order by f.due nulls last, f.id
        """, new { id }, ct);

    /// <summary>The next meeting as the minutes announce it; null where they do not.</summary>
    public async Task<string?> NextAsync(int id, CancellationToken ct)
    {
        var said = await db.SingleAsync<(DateOnly? Due, string? DueText, string Text)?>("select due, due_text, text from meetings.task where meeting_id = @id and kind = 'next_meeting' order by due nulls last, id limit 1", new { id }, ct);
        return said is not { } next ? null : next.Due is { } day ? GermanText.Long(day) : next.DueText ?? next.Text;
    }

    /// <summary>Notes, in the order of the agenda; those to the meeting last.</summary>
    public Task<IReadOnlyList<Note>> NotesAsync(int id, CancellationToken ct) => db.QueryAsync<Note>("""
        select n.id, i.number as agenda_number, n.text, n.level from meetings.note n left join meetings.agenda_item i on i.id = n.agenda_item_id where n.meeting_id = @id order by i.position nulls last, n.id
        """, new { id }, ct);

    public Task<IReadOnlyList<OpenContradiction>> ContradictionsAsync(int id, CancellationToken ct) => db.QueryAsync<OpenContradiction>("select detail, answer from meetings.contradiction where meeting_id = @id order by id", new { id }, ct);
}
