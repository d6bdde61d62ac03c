using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Projects;

/// <summary>Reads projects; for a guest the same way as for an office, and there is only one.</summary>
public sealed class ProjectRegister(Db db)
{
    /// <summary>What stands on each project with guests: work paid for by a mandate is no work for the party.</summary>
    public const string Note = "Keine Parteiaufgaben mit Mandatsmitteln: Was Beschäftigte von Fraktionen und Abgeordneten hier tun, gehört zu ihrer Arbeit für das Mandat.";

    public sealed record Row(int Id, string Title, string Division, DateOnly? EndsOn);
    public sealed record Detail(int Id, int DivisionId, string Division, string Title, string Purpose, DateOnly StartsOn, DateOnly? EndsOn, bool MayRun);
    /// <param name="Kind">task, date or paper.</param>
    /// <param name="Said">State of a task, time and place of a date.</param>
    public sealed record Item(int ItemId, string Kind, string Title, DateOnly? OnDay, string? Said);
    public sealed record Guest(int Id, string Name, string Employer, DateOnly ValidFrom, DateOnly ValidTo, bool Revoked)
    {
        /// <summary>Sees the project on a day.</summary>
        public bool IsIn(DateOnly today) => !Revoked && ValidFrom <= today && today <= ValidTo;
    }
    /// <param name="Key">Kind and id, as the form sends it.</param>
    public sealed record Choice(string Key, string Title);

    /// <summary>All within reach.</summary>
    public Task<IReadOnlyList<Row>> ListAsync(CancellationToken ct = default) => db.QueryAsync<Row>("""
        select p.id, p.title, d.short_name as division, p.ends_on from projects.project p join organisation.division d on d.id = p.division_id order by p.ends_on < current_date, p.title collate "de-x-icu" limit 300
        """, ct: ct);

    /// <summary>One project; null where it does not exist or is out of reach.</summary>
    public Task<Detail?> FindAsync(int id, CancellationToken ct = default) => db.SingleAsync<Detail>("""
        select p.id, p.division_id, d.short_name as division, p.title, p.purpose, p.starts_on, p.ends_on, projects.may_run(p.id) as may_run from projects.project p join organisation.division d on d.id = p.division_id where p.id = @id
        """, new { id }, ct);

    /// <summary>The project of the guest who asks; null where the access is over. A guest sees no division: its name comes with the project.</summary>
    public Task<Detail?> OfGuestAsync(CancellationToken ct = default) => db.SingleAsync<Detail>("select p.id, p.division_id, '' as division, p.title, p.purpose, p.starts_on, p.ends_on, false as may_run from projects.project p order by p.id limit 1", ct: ct);

    /// <summary>Tasks, dates and papers of a project.</summary>
    public Task<IReadOnlyList<Item>> ItemsAsync(int id, CancellationToken ct = default) => db.QueryAsync<Item>("select item_id, kind, title, on_day, note as said from projects.contents(@id)", new { id }, ct);

    /// <summary>Guests; for those who run the project.</summary>
    public Task<IReadOnlyList<Guest>> GuestsAsync(int id, CancellationToken ct = default) => db.QueryAsync<Guest>("select id, name, employer, valid_from, valid_to, revoked from projects.guests(@id)", new { id }, ct);

    /// <summary>Divisions for which the acting person may run projects.</summary>
    public Task<IReadOnlyList<(int Id, string Name)>> DivisionsAsync(CancellationToken ct = default) => db.QueryAsync<(int, string)>("""
        select id, name from organisation.division where dissolved_on is null and id = any ((select access.divisions_for('P1', 'projects', 'edit'))::integer[]) order by parent_id nulls first, name collate "de-x-icu"
        """, ct: ct);

    /// <summary>What may be put into a project: open tasks, coming meetings and papers of its division that the acting person sees.</summary>
    public Task<IReadOnlyList<Choice>> ChoicesAsync(int project, CancellationToken ct = default) => db.QueryAsync<Choice>("""
        select x.key, x.title from projects.project p cross join lateral (
          (select 'task-' || t.id as key, 'Aufgabe: ' || left(t.text, 90) as title, t.due as day from meetings.task t where t.division_id = p.division_id and t.kind = 'task' and t.state in ('open', 'underway') order by t.due nulls last limit 100)
          union all (select 'meeting-' || m.id, 'Termin: ' || to_char(m.held_on, 'FMDD.FMMM.YYYY') || ' ' || m.title, m.held_on from meetings.meeting m where m.division_id = p.division_id and not m.confidential and m.held_on >= current_date - 30 order by m.held_on limit 50)
          union all (select 'paper-' || d.id, 'Drucksache: ' || concat_ws(' ', d.reference, left(d.title, 80)), null from meetings.paper d where d.division_id = p.division_id order by d.id desc limit 100)) x
        where p.id = @project and not exists (select from projects.item i where i.project_id = p.id and x.key = case when i.task_id is not null then 'task-' || i.task_id when i.meeting_id is not null then 'meeting-' || i.meeting_id else 'paper-' || i.paper_id end)
        """, new { project }, ct);
}
