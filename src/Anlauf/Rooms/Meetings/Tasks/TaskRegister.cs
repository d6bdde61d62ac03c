using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Meetings.Tasks;

/// <summary>Reads one task with whoever has it.</summary>
public sealed class TaskRegister(Db db)
{
    /// <param name="Vacant">The office it is given to is held by nobody today.</param>
    /// <param name="MayReport">The acting person has it, or edits it.</param>
    public sealed record Detail(int Id, string Text, DateOnly? Due, string? DueText, string? Responsible, string State, int? OfficeId, string? Office, bool Vacant, string Division, string? ResolutionSlug, string? ResolutionNumber, string? MeetingSlug, string? MeetingTitle,
        bool MayEdit, bool MayReport);
    /// <summary>An office to which a task may be given.</summary>
    public sealed record Office(int Id, string Name, string? Holder);

    /// <summary>One task; null where it does not exist or is out of reach.</summary>
    public Task<Detail?> FindAsync(int id, CancellationToken ct = default) => db.SingleAsync<Detail>("""
        select t.id, t.text, t.due, t.due_text, t.responsible, t.state, t.office_id, o.name as office, o.id is not null and h.who is null as vacant, d.short_name as division, r.slug as resolution_slug, r.number as resolution_number, m.slug as meeting_slug, m.title as meeting_title,
          e.may as may_edit, e.may or coalesce(t.person_id = access.person_id(), false) or t.office_id in (select a.office_id from access.my_offices() a) as may_report
        from meetings.task t join organisation.division d on d.id = t.division_id left join meetings.resolution r on r.id = t.resolution_id left join meetings.meeting m on m.id = t.meeting_id left join organisation.office o on o.id = t.office_id
        cross join lateral (select array_agg(x.person_id) as who from organisation.office_holding x where x.office_id = t.office_id and current_date between x.valid_from and coalesce(x.valid_to, 'infinity'::date)) h
        cross join lateral (select coalesce(t.division_id = any ((select access.editable_divisions('P1', 'resolutions'))::integer[]), false) as may) e
        where t.id = @id and t.kind in ('task', 'deadline')
        """, new { id }, ct);

    /// <summary>Offices of the task's division, vacant ones too.</summary>
    public Task<IReadOnlyList<Office>> OfficesAsync(int task, CancellationToken ct = default) => db.QueryAsync<Office>("""
        select o.id, o.name, (select string_agg(p.name, ', ') from organisation.office_holding h join organisation.officer p on p.person_id = h.person_id where h.office_id = o.id and current_date between h.valid_from and coalesce(h.valid_to, 'infinity'::date)) as holder
        from organisation.office o join meetings.task t on t.division_id = o.division_id where t.id = @task and o.name <> 'Mitglied' order by o.sort, o.name collate "de-x-icu", o.id
        """, new { task }, ct);
}
