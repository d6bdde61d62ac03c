using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Offers;

/// <summary>Reads offers: those the acting person is asked, and those of the bodies they act for.</summary>
public sealed class OfferRegister(Db db)
{
    public sealed record Answer(int PersonId, string Name, string Division, string Said, DateTime SaidAt);
    public sealed record Question(int Id, string Name, string Text, string? Reply, DateTime AskedAt);
    /// <summary>A task that nobody has yet.</summary>
    public sealed record FreeTask(int Id, int DivisionId, string Text, DateOnly? Due, string? Resolution);

    private const string Columns = """
        select o.id, o.task_id, t.text as task, o.details, t.due, o.hours, o.place, o.online, o.skills as wanted, o.division_id, d.short_name as division, o.addressed, o.target_division_id, g.short_name as target, o.first_wins, o.answer_by, o.state, o.returned_on,
          coalesce(o.taken_by = access.person_id(), false) as mine, a.answer, coalesce(o.division_id = any ((select access.divisions_for('P1', 'offers', 'edit'))::integer[]), false) as may_run, o.id = any ((select offers.addressed_to_me())::integer[]) as asked,
          array(select w from unnest(o.skills) w where exists (select from members.trait x where x.person_id = access.person_id() and lower(x.label) = lower(w))) as fits,
          case when o.state = 'open' and o.division_id = any ((select access.divisions_for('P1', 'offers', 'edit'))::integer[]) then (select count(*)::int from offers.answer y where y.offer_id = o.id and y.answer = 'yes') else 0 end as waiting,
          r.slug as resolution_slug, r.number as resolution_number
        from offers.offer o join offers.tasks() t on t.offer_id = o.id join organisation.division d on d.id = o.division_id join organisation.division g on g.id = o.target_division_id
        left join offers.answer a on a.offer_id = o.id and a.person_id = access.person_id() left join meetings.resolution r on r.id = t.resolution_id
        """;

    /// <summary>All that concern the acting person, what can be answered first.</summary>
    public Task<IReadOnlyList<Offer>> ListAsync(CancellationToken ct = default) =>
        db.QueryAsync<Offer>($"{Columns} order by o.state <> 'open', o.answer_by < current_date, o.answer_by, o.id desc limit 300", ct: ct);

    /// <summary>One offer; null where it does not exist or is out of reach.</summary>
    public Task<Offer?> FindAsync(int id, CancellationToken ct = default) => db.SingleAsync<Offer>($"{Columns} where o.id = @id", new { id }, ct);

    /// <summary>The offer of a task that stands; null where it is not offered.</summary>
    public Task<Offer?> OfTaskAsync(int task, CancellationToken ct = default) => db.SingleAsync<Offer>($"{Columns} where o.task_id = @task and o.state in ('open', 'taken')", new { task }, ct);

    /// <summary>Who answered what; for the offering body.</summary>
    public Task<IReadOnlyList<Answer>> AnswersAsync(int id, CancellationToken ct = default) => db.QueryAsync<Answer>("select person_id, name, division, answer as said, said_at from offers.answers(@id)", new { id }, ct);

    /// <summary>Questions with replies: all for the offering body, the own ones for everybody else.</summary>
    public Task<IReadOnlyList<Question>> QuestionsAsync(int id, CancellationToken ct = default) => db.QueryAsync<Question>("select id, name, question as text, reply, asked_at from offers.questions(@id)", new { id }, ct);

    /// <summary>Who has it; null for those whom it does not concern.</summary>
    public Task<string?> TakerAsync(int id, CancellationToken ct = default) => db.ScalarAsync<string>("select offers.taker(@id)", new { id }, ct);

    /// <summary>How many would be asked; null where it is fewer than five and the acting person may not see them.</summary>
    public Task<int?> WouldAskAsync(int target, string addressed, CancellationToken ct = default) => db.ScalarAsync<int?>("select offers.would_ask(@target, @addressed)", new { target, addressed }, ct);

    /// <summary>Divisions for which the acting person may offer.</summary>
    public Task<IReadOnlyList<(int Id, string Name)>> DivisionsAsync(CancellationToken ct = default) => db.QueryAsync<(int, string)>("""
        select id, name from organisation.division where dissolved_on is null and id = any ((select access.divisions_for('P1', 'offers', 'edit'))::integer[]) order by parent_id nulls first, name collate "de-x-icu"
        """, ct: ct);

    /// <summary>Divisions that may be asked: those of the acting person and all below.</summary>
    public Task<IReadOnlyList<(int Id, string Name)>> TargetsAsync(CancellationToken ct = default) => db.QueryAsync<(int, string)>("""
        select id, name from organisation.division where dissolved_on is null and id in (select c.descendant_id from organisation.division_closure c where c.ancestor_id = any ((select access.divisions_for('P1', 'offers', 'edit'))::integer[]))
        order by parent_id nulls first, name collate "de-x-icu"
        """, ct: ct);

    /// <summary>Open tasks of those divisions that nobody has and that are not offered.</summary>
    public Task<IReadOnlyList<FreeTask>> FreeTasksAsync(CancellationToken ct = default) => db.QueryAsync<FreeTask>("""
        select t.id, t.division_id, t.text, t.due, r.number as resolution from meetings.task t left join meetings.resolution r on r.id = t.resolution_id
        where t.kind = 'task' and t.state in ('open', 'underway') and t.person_id is null and t.division_id = any ((select access.divisions_for('P1', 'offers', 'edit'))::integer[])
          and not exists (select from offers.offer o where o.task_id = t.id and o.state in ('open', 'taken'))
        order by t.due nulls last, t.id limit 200
        """, ct: ct);
}
