using System.ComponentModel.DataAnnotations;
using Anlauf.Platform;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Offers;

/// <summary>Offers a task: one of a resolution or meeting that nobody has, or a new one.</summary>
public sealed class SaveOffer(Db db, Actor actor, TimeProvider clock)
{
    public sealed class Input
    {
        public int? TaskId { get; set; }
        [MaxLength(1000, ErrorMessage = "Die Aufgabe ist zu lang: höchstens 1.000 Zeichen")] public string? Text { get; set; }
        public DateOnly? Due { get; set; }
        [MaxLength(4000, ErrorMessage = "Die Beschreibung ist zu lang: höchstens 4.000 Zeichen")] public string? Details { get; set; }
        [Range(0.1, 2000, ErrorMessage = "Nennen Sie Stunden von 0,1 bis 2.000")] public decimal? Hours { get; set; }
        [MaxLength(200, ErrorMessage = "Der Ort ist zu lang: höchstens 200 Zeichen")] public string? Place { get; set; }
        public bool Online { get; set; }
        /// <summary>Interests and skills that help, one in each line.</summary>
        public string? Wanted { get; set; }
        [Range(1, int.MaxValue, ErrorMessage = "Wählen Sie, wer die Aufgabe anbietet")] public int DivisionId { get; set; }
        public string Addressed { get; set; } = "members";
        [Range(1, int.MaxValue, ErrorMessage = "Wählen Sie, wer gefragt wird")] public int TargetDivisionId { get; set; }
        public bool FirstWins { get; set; }
        [Required(ErrorMessage = "Nennen Sie den letzten Tag für Antworten")] public DateOnly? AnswerBy { get; set; }
    }

    private sealed record Free(int DivisionId, DateOnly? Due);

    /// <summary>Writes the offer; returns its id.</summary>
    public Task<Outcome<int>> HandleAsync(Input input, CancellationToken ct = default) => db.InTransactionAsync<Outcome<int>>(async () =>
    {
        var today = DateOnly.FromDateTime(clock.GetLocalNow().Date);
        if (!OfferWords.Addressed.Any(a => a.Value == input.Addressed)) return new Refusal("Wählen Sie, wer gefragt wird", nameof(Input.Addressed));
        if (input.AnswerBy < today) return new Refusal("Der letzte Tag für Antworten ist schon vorbei", nameof(Input.AnswerBy));
        var wanted = (input.Wanted ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.CurrentCultureIgnoreCase).ToArray();
        if (wanted.Length > 10) return new Refusal("Höchstens zehn Zeilen", nameof(Input.Wanted));
        if (Array.Find(wanted, w => w.Length > 80) is { } tooLong) return new Refusal($"„{tooLong[..30]} …“ ist zu lang: höchstens 80 Zeichen je Zeile", nameof(Input.Wanted));
        if (input.TaskId is { } known)
        {
            if (await db.SingleAsync<Free>("""
                select division_id, due from meetings.task where id = @known and state in ('open', 'underway') and person_id is null and division_id = any ((select access.divisions_for('P1', 'offers', 'edit'))::integer[])
                """, new { known }, ct) is not { } task) return new Refusal("Diese Aufgabe hat schon jemand, oder sie gehört nicht zu Ihrer Gliederung", nameof(Input.TaskId));
            (input.DivisionId, input.Due) = (task.DivisionId, task.Due);
            if (await db.ScalarAsync<bool>("select exists (select from offers.offer where task_id = @known and state in ('open', 'taken'))", new { known }, ct)) return new Refusal("Diese Aufgabe ist schon angeboten", nameof(Input.TaskId));
        }
        else if (string.IsNullOrWhiteSpace(input.Text)) return new Refusal("Schreiben Sie, was zu tun ist, oder wählen Sie eine Aufgabe", nameof(Input.Text));
        else if (input.Due < today) return new Refusal("Der Tag, bis zu dem es erledigt sein soll, ist schon vorbei", nameof(Input.Due));
        if (input.AnswerBy > input.Due) return new Refusal("Antworten nach der Frist der Aufgabe kommen zu spät. Nehmen Sie einen früheren Tag", nameof(Input.AnswerBy));
        if (!await db.ScalarAsync<bool>("""
            select coalesce(@DivisionId = any (access.divisions_for('P1', 'offers', 'edit')), false) and exists (select from organisation.division_closure where ancestor_id = @DivisionId and descendant_id = @TargetDivisionId)
            """, input, ct)) return new Refusal("Gefragt wird die eigene Gliederung oder eine darunter", nameof(Input.TargetDivisionId));
        var taskId = input.TaskId ?? await db.ScalarAsync<int?>("select offers.free_task(@DivisionId, @text, @Due)", new { input.DivisionId, text = input.Text!.Trim(), input.Due }, ct);
        if (taskId is null) return new Refusal("Für diese Gliederung können Sie keine Aufgabe anbieten", nameof(Input.DivisionId));
        var place = string.IsNullOrWhiteSpace(input.Place) ? null : input.Place.Trim();
        // a place that is the name of one municipality of the area gives the distance
        var area = place is null ? null : await db.ScalarAsync<string>("""
            select min(m.ags) from territory.current_municipality m where lower(m.short_name) = lower(@place)
              and exists (select from organisation.division_closure c join organisation.division_area a on a.division_id = c.ancestor_id where c.descendant_id = @DivisionId and m.ags like a.area_key || '%') having count(*) = 1
            """, new { place, input.DivisionId }, ct);
        return await db.ScalarAsync<int>("""
            insert into offers.offer (division_id, task_id, details, hours, place, area_key, online, skills, addressed, target_division_id, first_wins, answer_by, created_by)
            values (@DivisionId, @taskId, @details, @Hours, @place, @area, @Online, @wanted, @Addressed, @TargetDivisionId, @FirstWins, @AnswerBy, @by) returning id
            """, new { input.DivisionId, taskId, details = input.Details?.Trim() ?? "", input.Hours, place, area, input.Online, wanted, input.Addressed, input.TargetDivisionId, input.FirstWins, input.AnswerBy, by = actor.PersonId }, ct);
    }, ct);
}
