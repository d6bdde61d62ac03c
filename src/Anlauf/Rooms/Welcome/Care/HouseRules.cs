using System.ComponentModel.DataAnnotations;
using Anlauf.Platform;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Welcome.Care;

/// <summary>Days and anniversaries that a division decides for itself; those of the house stay as they are.</summary>
public sealed class HouseRules(Db db, Actor actor)
{
    /// <param name="House">What the house has set.</param>
    /// <param name="By">„eigene Regel: 3.5.2026, Rosa Muster“ where the division decided itself.</param>
    public sealed record Rule(string Id, string Words, int Days, int House, string? By);
    public sealed record Jubilee(int Years, string Words, bool Own);

    public sealed class Input
    {
        public int DivisionId { get; set; }
        [Required(ErrorMessage = "Wählen Sie eine Regel")] public string Rule { get; set; } = "";
        [Required(ErrorMessage = "Nennen Sie die Zahl"), Range(0, 36500, ErrorMessage = "Nennen Sie eine Zahl von 0 bis 36.500")] public int? Days { get; set; }
    }

    public sealed class Celebration
    {
        public int DivisionId { get; set; }
        [Required(ErrorMessage = "Nennen Sie die Jahre"), Range(1, 99, ErrorMessage = "Nennen Sie 1 bis 99 Jahre")] public int? Years { get; set; }
        [Required(ErrorMessage = "Sagen Sie, was dann geschieht: zum Beispiel „Urkunde, Besuch“"), MaxLength(120, ErrorMessage = "Höchstens 120 Zeichen")] public string Words { get; set; } = "";
    }

    /// <summary>Divisions for which the acting person decides.</summary>
    public Task<IReadOnlyList<(int Id, string Name)>> PlacesAsync(CancellationToken ct = default) => db.QueryAsync<(int, string)>("""
        select id, name from organisation.division where dissolved_on is null and id = any ((select access.divisions_for('P1', 'house-rules', 'edit'))::integer[]) order by parent_id nulls first, name collate "de-x-icu"
        """, ct: ct);

    /// <summary>Rules as they hold in a division.</summary>
    public Task<IReadOnlyList<Rule>> RulesAsync(int division, CancellationToken ct = default) => db.QueryAsync<Rule>("""
        select r.id, r.words, welcome.days_of(r.id, @division) as days, r.days as house, case when o.rule_id is not null then 'eigene Regel: ' || to_char(o.changed_on, 'FMDD.FMMM.YYYY') || coalesce(', ' || (select f.name from organisation.officer f where f.person_id = o.by_person_id), '') end as by
        from welcome.rule r left join welcome.own_rule o on o.rule_id = r.id and o.division_id = @division order by r.id
        """, new { division }, ct);

    /// <summary>Anniversaries as they hold in a division.</summary>
    public Task<IReadOnlyList<Jubilee>> JubileesAsync(int division, CancellationToken ct = default) => db.QueryAsync<Jubilee>("""
        select j.years, j.words, exists (select from welcome.own_jubilee o where o.division_id = @division and o.years = j.years) as own from welcome.jubilees_of(@division) j order by j.years
        """, new { division }, ct);

    /// <summary>Decides a rule for a division and those below it.</summary>
    public async Task<Outcome<int>> SetAsync(Input input, CancellationToken ct = default)
    {
        if (!await MayAsync(input.DivisionId, ct)) return new Refusal("In dieser Gliederung legen Sie keine Regeln fest. Wählen Sie eine andere", nameof(Input.DivisionId));
        if (!await db.ScalarAsync<bool>("select exists (select from welcome.rule where id = @Rule)", input, ct)) return new Refusal("Wählen Sie eine Regel aus der Liste", nameof(Input.Rule));
        if (await db.ScalarAsync<bool>("select r.whole_association and d.parent_id is not null from welcome.rule r, organisation.division d where r.id = @Rule and d.id = @DivisionId", input, ct)) return new Refusal("Diese Zahl legt nur der Landesverband fest", nameof(Input.Rule));
        return await db.ExecuteAsync("""
            insert into welcome.own_rule (division_id, rule_id, days, by_person_id) values (@DivisionId, @Rule, @Days, @me)
            on conflict (division_id, rule_id) do update set days = excluded.days, changed_on = current_date, by_person_id = excluded.by_person_id
            """, new { input.DivisionId, input.Rule, input.Days, me = actor.PersonId }, ct);
    }

    /// <summary>Decides an anniversary; a division that has one of its own takes those of the house along with the first.</summary>
    public async Task<Outcome<int>> CelebrateAsync(Celebration input, CancellationToken ct = default)
    {
        if (!await MayAsync(input.DivisionId, ct)) return new Refusal("In dieser Gliederung legen Sie keine Regeln fest. Wählen Sie eine andere", nameof(Celebration.DivisionId));
        return await db.InTransactionAsync<Outcome<int>>(async () =>
        {
            await db.ExecuteAsync("""
                insert into welcome.own_jubilee (division_id, years, words, by_person_id) select @DivisionId, j.years, j.words, @me from welcome.jubilees_of(@DivisionId) j where j.years <> @Years
                on conflict do nothing
                """, new { input.DivisionId, input.Years, me = actor.PersonId }, ct);
            return await db.ExecuteAsync("""
                insert into welcome.own_jubilee (division_id, years, words, by_person_id) values (@DivisionId, @Years, @words, @me)
                on conflict (division_id, years) do update set words = excluded.words, changed_on = current_date, by_person_id = excluded.by_person_id
                """, new { input.DivisionId, input.Years, words = input.Words.Trim(), me = actor.PersonId }, ct);
        }, ct);
    }

    /// <summary>Takes a rule of a division's own back.</summary>
    public Task<int> ForgetAsync(int division, string rule, CancellationToken ct = default) => db.ExecuteAsync("delete from welcome.own_rule where division_id = @division and rule_id = @rule", new { division, rule }, ct);

    /// <summary>Takes an anniversary of a division's own away; with the last one those of the house hold again.</summary>
    public Task<int> ForgetAsync(int division, int years, CancellationToken ct = default) => db.ExecuteAsync("delete from welcome.own_jubilee where division_id = @division and years = @years", new { division, years }, ct);

    private Task<bool> MayAsync(int division, CancellationToken ct) => db.ScalarAsync<bool>("select coalesce(@division = any ((select access.divisions_for('P1', 'house-rules', 'edit'))::integer[]), false)", new { division }, ct);
}
