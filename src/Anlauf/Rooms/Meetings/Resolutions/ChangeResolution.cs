using Anlauf.Platform;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Meetings.Resolutions;

/// <summary>Changes who is responsible, until when, and the state; the database writes the history.</summary>
public sealed class ChangeResolution(Db db)
{
    /// <summary>What may be changed after acceptance. The wording never is.</summary>
    public sealed class Input
    {
        public string? Responsible { get; set; }
        public DateOnly? Due { get; set; }
        public string State { get; set; } = "open";
        public string? StateNote { get; set; }
    }

    /// <summary>Writes the change; refused where the resolution is not within the acting person's own division.</summary>
    public async Task<Outcome<int>> HandleAsync(int id, Input input, CancellationToken ct = default)
    {
        if (ResolutionStates.All.All(s => s.State != input.State)) return new Refusal("Diesen Stand gibt es nicht. Wählen Sie einen aus der Liste", nameof(Input.State));
        var changed = await db.ExecuteAsync("""
            update meetings.resolution set responsible = nullif(trim(@Responsible), ''), due = @Due, state = @State, state_note = nullif(trim(@StateNote), '') where id = @id
            """, new { id, input.Responsible, input.Due, input.State, input.StateNote }, ct);
        return changed == 1 ? id : new Refusal("Diesen Beschluss kann nur die Gliederung ändern, die ihn gefasst hat");
    }
}
