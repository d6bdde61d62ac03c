using Anlauf.Platform;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Situation.Gaps;

/// <summary>Reports on an assignment: an interim word, that it is done, or that it is given back with the reason.</summary>
public sealed class ReportOnAssignment(Db db, Actor actor)
{
    /// <summary>What is reported.</summary>
    public sealed class Input
    {
        public int Id { get; set; }

        /// <summary>open (interim report), done or returned.</summary>
        public string State { get; set; } = "open";

        public string Sentence { get; set; } = "";
    }

    /// <summary>Writes the report and the state.</summary>
    public Task<Outcome<int>> HandleAsync(Input input, CancellationToken ct = default) => db.InTransactionAsync(async () =>
    {
        var sentence = input.Sentence.Trim();
        if (input.State is not ("open" or "done" or "returned")) return new Refusal("Wählen Sie, wie es um den Auftrag steht", nameof(Input.State));
        if (sentence.Length == 0 && input.State == "returned") return new Refusal("Nennen Sie einen Grund, damit die Nächsten wissen, woran es lag", nameof(Input.Sentence));
        if (sentence.Length == 0 && input.State == "open") return new Refusal("Schreiben Sie einen Satz, was geschehen ist", nameof(Input.Sentence));
        if (sentence.Length == 0) sentence = "Erledigt.";
        var changed = await db.ExecuteAsync("update situation.assignment set state = @State, ended_at = case when @State <> 'open' then now() end where id = @Id and state = 'open'", input, ct);
        if (changed == 0) return new Refusal("Diesen Auftrag gibt es nicht, er ist abgeschlossen, oder Sie dürfen ihn nicht ändern");
        await db.ExecuteAsync("insert into situation.assignment_report (assignment_id, person_id, sentence) values (@Id, @PersonId, @sentence)", new { input.Id, actor.PersonId, sentence }, ct);
        return (Outcome<int>)input.Id;
    }, ct);
}
