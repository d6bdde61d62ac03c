using Anlauf.Platform;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Situation.Gaps;

/// <summary>Gives white spots to a division, until a day.</summary>
public sealed class AssignWhiteSpots(Db db, Actor actor, TimeProvider clock)
{
    /// <summary>What is given to whom.</summary>
    public sealed class Input
    {
        public int GoalId { get; set; }
        public IReadOnlyList<string> AreaKeys { get; set; } = [];
        public int DivisionId { get; set; }
        public DateOnly? Due { get; set; }
        public string? Note { get; set; }
    }

    /// <summary>Writes the assignments; an area that somebody looks after already passes to the new division.</summary>
    public async Task<Outcome<int>> HandleAsync(Input input, CancellationToken ct = default)
    {
        if (input.AreaKeys.Count == 0) return new Refusal("Wählen Sie mindestens ein Gebiet aus");
        if (input.Due is not { } due) return new Refusal("Nennen Sie ein Datum, bis wann es erledigt sein soll", nameof(Input.Due));
        if (due < DateOnly.FromDateTime(clock.GetLocalNow().Date)) return new Refusal("Die Frist liegt in der Vergangenheit. Nehmen Sie ein Datum ab heute", nameof(Input.Due));
        if (!await db.ScalarAsync<bool>("select exists (select from situation.goal where id = @GoalId and division_id = any ((select access.editable_divisions('P1', 'goals'))::integer[]))", input, ct)
            && !await db.ScalarAsync<bool>("select @DivisionId = any ((select access.editable_divisions('P1', 'situation'))::integer[])", input, ct))
            return new Refusal("Zuweisen kann die Gliederung, der das Ziel gehört, oder die eigene Gliederung übernimmt selbst", nameof(Input.DivisionId));
        if (await db.ScalarAsync<string>("select k from unnest(@keys) k where not organisation.covers(@DivisionId, k) and length(k) <= 8 limit 1", new { keys = input.AreaKeys.ToArray(), input.DivisionId }, ct) is { } outside
            && !await db.ScalarAsync<bool>("select exists (select from situation.goal where id = @GoalId and division_id = any ((select access.editable_divisions('P1', 'goals'))::integer[]))", input, ct))
            return new Refusal($"Das Gebiet {outside} gehört nicht zu dieser Gliederung. Wählen Sie eine, die dort zuständig ist", nameof(Input.DivisionId));
        return await db.InTransactionAsync(async () =>
        {
            await db.ExecuteAsync("update situation.assignment set state = 'returned', ended_at = now() where goal_id = @GoalId and area_key = any (@keys) and state = 'open'", new { input.GoalId, keys = input.AreaKeys.ToArray() }, ct);
            return (Outcome<int>)await db.ExecuteAsync("""
                insert into situation.assignment (goal_id, area_key, division_id, due, note, created_by) select @GoalId, k, @DivisionId, @due, nullif(trim(@Note), ''), @PersonId from unnest(@keys) k
                """, new { input.GoalId, keys = input.AreaKeys.Distinct().ToArray(), input.DivisionId, due, input.Note, actor.PersonId }, ct);
        }, ct);
    }
}
