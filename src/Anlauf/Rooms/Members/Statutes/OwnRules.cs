using System.ComponentModel.DataAnnotations;
using Anlauf.Platform;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Members.Statutes;

/// <summary>What a division decides itself: the days it promises to those who come, and which statute holds. The packs stay as they are.</summary>
public sealed class OwnRules(Db db, Actor actor)
{
    /// <param name="Own">Decided by this division itself.</param>
    public sealed record Step(string Id, int Days, string Whose, string Source, bool Own);
    public sealed record Place(int Id, string Name, bool MayPromise, bool MayChoose, string? PackId);

    public sealed class Promise
    {
        public int DivisionId { get; set; }
        [Required(ErrorMessage = "Wählen Sie einen Schritt")] public string Step { get; set; } = "";
        [Required(ErrorMessage = "Nennen Sie die Tage ab Eingang der Erklärung"), Range(1, 730, ErrorMessage = "Nennen Sie 1 bis 730 Tage")] public int? Days { get; set; }
        [Required(ErrorMessage = "Nennen Sie, wer dafür zuständig ist"), MaxLength(120, ErrorMessage = "Höchstens 120 Zeichen")] public string Whose { get; set; } = "";
    }

    public sealed class Statute
    {
        public int DivisionId { get; set; }
        [Required(ErrorMessage = "Wählen Sie eine Satzung")] public string Pack { get; set; } = "";
    }

    /// <summary>Divisions for which the acting person decides something; statutes belong to whole associations.</summary>
    public Task<IReadOnlyList<Place>> PlacesAsync(CancellationToken ct = default) => db.QueryAsync<Place>("""
        with promise as materialized (select unnest(access.divisions_for('P1', 'house-rules', 'edit')) as id), choose as materialized (select unnest(access.divisions_for('P1', 'statutes', 'edit')) as id),
        -- members.pack_of for all at once
        pack as materialized (select distinct on (c.descendant_id) c.descendant_id as id, x.pack_id from members.division_pack x join organisation.division_closure c on c.ancestor_id = x.division_id order by c.descendant_id, c.depth)
        select d.id, d.name, p.id is not null as may_promise, c.id is not null and d.parent_id is null as may_choose, k.pack_id
        from organisation.division d left join promise p on p.id = d.id left join choose c on c.id = d.id left join pack k on k.id = d.id
        where d.dissolved_on is null and (p.id is not null or c.id is not null) order by d.parent_id nulls first, d.name collate "de-x-icu"
        """, ct: ct);

    /// <summary>What is promised in a division, soonest first.</summary>
    public Task<IReadOnlyList<Step>> StepsAsync(int division, CancellationToken ct = default) => db.QueryAsync<Step>("""
        select s.step as id, s.days, s.whose, s.source, exists (select from members.own_step o where o.division_id = @division and o.step = s.step) as own from members.steps_of(@division) s order by s.days, s.step desc
        """, new { division }, ct);

    /// <summary>Decides a promise; a division may promise more than the one above, never less.</summary>
    public async Task<Outcome<int>> PromiseAsync(Promise input, CancellationToken ct = default)
    {
        if (!await MayAsync("house-rules", input.DivisionId, ct)) return new Refusal("In dieser Gliederung legen Sie keine Regeln fest. Wählen Sie eine andere", nameof(Promise.DivisionId));
        if (RuleWords.Steps.All(s => s.Id != input.Step)) return new Refusal("Wählen Sie einen Schritt", nameof(Promise.Step));
        var above = await db.ScalarAsync<int?>("select s.days from organisation.division d cross join lateral members.steps_of(d.parent_id) s where d.id = @DivisionId and s.step = @Step", input, ct);
        if (input.Days > above) return new Refusal($"Der Verband darüber verspricht {above} Tage. Versprechen Sie denselben oder einen früheren Tag", nameof(Promise.Days));
        return await db.ExecuteAsync("""
            insert into members.own_step (division_id, step, days, whose, by_person_id) values (@DivisionId, @Step, @Days, @whose, @me)
            on conflict (division_id, step) do update set days = excluded.days, whose = excluded.whose, changed_on = current_date, by_person_id = excluded.by_person_id
            """, new { input.DivisionId, input.Step, input.Days, whose = input.Whose.Trim(), me = actor.PersonId }, ct);
    }

    /// <summary>Takes a promise of a division's own back: what stands above it holds again.</summary>
    public Task<int> ForgetAsync(int division, string step, CancellationToken ct = default) => db.ExecuteAsync("delete from members.own_step where division_id = @division and step = @step", new { division, step }, ct);

    /// <summary>Chooses the statute of an association. Who waits for something is looked at anew by it the next night.</summary>
    public async Task<Outcome<int>> ChooseAsync(Statute input, CancellationToken ct = default)
    {
        if (!await MayAsync("statutes", input.DivisionId, ct) || !await db.ScalarAsync<bool>("select parent_id is null from organisation.division where id = @DivisionId", input, ct)) return new Refusal("Für diesen Verband wählen Sie keine Satzung", nameof(Statute.DivisionId));
        if (!await db.ScalarAsync<bool>("select exists (select from members.pack where id = @Pack)", input, ct)) return new Refusal("Diese Satzung gibt es nicht. Wählen Sie eine aus der Liste", nameof(Statute.Pack));
        return await db.ExecuteAsync("insert into members.division_pack (division_id, pack_id) values (@DivisionId, @Pack) on conflict (division_id) do update set pack_id = excluded.pack_id where members.division_pack.pack_id <> excluded.pack_id", input, ct);
    }

    private Task<bool> MayAsync(string feature, int division, CancellationToken ct) =>
        db.ScalarAsync<bool>("select coalesce(@division = any ((select access.divisions_for('P1', @feature, 'edit'))::integer[]), false)", new { feature, division }, ct);
}
