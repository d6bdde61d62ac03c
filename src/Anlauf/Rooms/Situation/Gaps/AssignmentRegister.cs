using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Situation.Gaps;

/// <summary>Reads assignments: who looks after which white spot, until when, and what was reported.</summary>
public sealed class AssignmentRegister(Db db)
{
    public sealed record Row(int Id, string AreaKey, string Area, string GoalSlug, string Goal, string Division, DateOnly Due, string State, string? Note, DateTime CreatedAt, string? CreatedBy, DateTime? EndedAt, string? LastReport, bool MayEdit);

    public sealed record Report(DateTime HappenedAt, string? Person, string Sentence);

    private const string Fields = """
        select a.id, a.area_key, coalesce(m.short_name, t.label, a.area_key) as area, g.slug as goal_slug, g.title as goal, d.name as division, a.due, a.state, a.note, a.created_at,
          (select name from organisation.officer where person_id = a.created_by) as created_by, a.ended_at,
          (select sentence from situation.assignment_report r where r.assignment_id = a.id order by r.id desc limit 1) as last_report,
          a.division_id = any ((select access.editable_divisions('P1', 'situation'))::integer[]) or g.division_id = any ((select access.editable_divisions('P1', 'goals'))::integer[]) as may_edit
        from situation.assignment a join situation.goal g on g.id = a.goal_id join organisation.division d on d.id = a.division_id
        left join territory.municipality m on m.ags = a.area_key left join territory.district t on t.key = a.area_key
        """;

    /// <summary>Assignments in a state (open, done, returned; null: all), those of the own divisions only where asked; earliest deadline first.</summary>
    public Task<IReadOnlyList<Row>> ListAsync(string? state, bool own, int limit = 500, CancellationToken ct = default) => db.QueryAsync<Row>(
        Fields + " where (@state::text is null or a.state = @state) and (not @own or a.division_id = any ((select access.editable_divisions('P1', 'situation'))::integer[])) order by a.state <> 'open', a.due, coalesce(m.short_name, t.name, a.area_key) collate \"de-x-icu\" limit @limit",
        new { state, own, limit }, ct);

    /// <summary>Assignments of an area, newest first.</summary>
    public Task<IReadOnlyList<Row>> OfAreaAsync(string areaKey, CancellationToken ct = default) =>
        db.QueryAsync<Row>(Fields + " where a.area_key = @areaKey order by a.created_at desc, a.id desc limit 30", new { areaKey }, ct);

    /// <summary>One assignment, or null.</summary>
    public Task<Row?> FindAsync(int id, CancellationToken ct = default) => db.SingleAsync<Row>(Fields + " where a.id = @id", new { id }, ct);

    /// <summary>What was reported, newest first.</summary>
    public Task<IReadOnlyList<Report>> ReportsAsync(int id, CancellationToken ct = default) => db.QueryAsync<Report>(
        "select happened_at, (select name from organisation.officer o where o.person_id = r.person_id) as person, sentence from situation.assignment_report r where assignment_id = @id order by r.id desc", new { id }, ct);
}
