using System.ComponentModel.DataAnnotations;
using Anlauf.Platform;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Situation.Gaps;

/// <summary>Puts a white spot first with a sentence of reason, or takes that back with an empty one.</summary>
public sealed class PutFirst(Db db, Actor actor)
{
    public sealed class Input
    {
        public int GoalId { get; set; }
        public string AreaKey { get; set; } = "";
        [MaxLength(200, ErrorMessage = "Der Grund ist zu lang: höchstens 200 Zeichen")] public string? Reason { get; set; }
    }

    /// <summary>Writes or removes the mark.</summary>
    public async Task<Outcome<bool>> HandleAsync(Input input, CancellationToken ct = default)
    {
        if (!await db.ScalarAsync<bool>("select exists (select from situation.goal where id = @GoalId and division_id = any ((select access.editable_divisions('P1', 'goals'))::integer[]))", input, ct))
            return new Refusal("Die Reihenfolge ändert, wer das Ziel bearbeiten darf");
        if (string.IsNullOrWhiteSpace(input.Reason) && !await db.ScalarAsync<bool>("select exists (select from situation.priority where goal_id = @GoalId and area_key = @AreaKey)", input, ct))
            return new Refusal("Schreiben Sie in einem Satz, warum dieses Gebiet zuerst kommt", nameof(Input.Reason));
        await db.ExecuteAsync(string.IsNullOrWhiteSpace(input.Reason)
            ? "delete from situation.priority where goal_id = @GoalId and area_key = @AreaKey"
            : """
              insert into situation.priority (goal_id, area_key, reason, set_by) values (@GoalId, @AreaKey, trim(@Reason), @PersonId)
              on conflict (goal_id, area_key) do update set reason = excluded.reason, set_by = excluded.set_by, set_on = current_date
              """, new { input.GoalId, input.AreaKey, input.Reason, actor.PersonId }, ct);
        return true;
    }
}
