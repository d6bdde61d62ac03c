using System.ComponentModel.DataAnnotations;
using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Rooms.Meetings.Resolutions;

namespace Anlauf.Rooms.Meetings.Tasks;

/// <summary>Gives a task to an office, filled or vacant, or to somebody by name; and says how far it is (I18).</summary>
public sealed class AssignTask(Db db)
{
    public sealed class Input
    {
        public int? OfficeId { get; set; }
        [MaxLength(200, ErrorMessage = "Der Name ist zu lang: höchstens 200 Zeichen")] public string? Responsible { get; set; }
        public DateOnly? Due { get; set; }
    }

    /// <summary>Writes who has the task and until when.</summary>
    public async Task<Outcome<int>> HandleAsync(int task, Input input, CancellationToken ct = default)
    {
        if (input.OfficeId is not null && !await db.ScalarAsync<bool>("select exists (select from organisation.office o join meetings.task t on t.division_id = o.division_id where o.id = @OfficeId and t.id = @task)", new { input.OfficeId, task }, ct))
            return new Refusal("Dieses Amt gehört zu einer anderen Gliederung", nameof(Input.OfficeId));
        // whoever had accepted it gives it up only by giving it back, or when it goes to somebody else
        var changed = await db.ExecuteAsync("""
            update meetings.task t set office_id = @OfficeId, due = @Due, responsible = coalesce((select o.name from organisation.office o where o.id = @OfficeId), nullif(trim(@Responsible), '')),
              person_id = case when @OfficeId::integer is null and nullif(trim(@Responsible), '') is not distinct from t.responsible then t.person_id end
            where t.id = @task and t.division_id = any ((select access.editable_divisions('P1', 'resolutions'))::integer[])
            """, new { task, input.OfficeId, input.Responsible, input.Due }, ct);
        return changed == 1 ? task : new Refusal("Diese Aufgabe führt eine andere Gliederung");
    }

    /// <summary>Says how far it is; by whoever has it.</summary>
    public async Task<Outcome<int>> ReportAsync(int task, string? state, CancellationToken ct = default)
    {
        if (ResolutionStates.All.All(s => s.State != state)) return new Refusal("Diesen Stand gibt es nicht. Wählen Sie einen aus der Liste");
        return await db.ScalarAsync<bool>("select meetings.report_task(@task, @state)", new { task, state }, ct) ? task : new Refusal("Den Stand meldet, wer die Aufgabe hat");
    }
}
