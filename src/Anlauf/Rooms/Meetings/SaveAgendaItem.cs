using System.ComponentModel.DataAnnotations;
using Anlauf.Platform;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Meetings;

/// <summary>Adds an agenda item or changes it: title, who reports, planned time, kind of result, joint treatment (requirements E5, E6).</summary>
public sealed class SaveAgendaItem(Db db)
{
    public sealed class Input
    {
        public int? Id { get; set; }
        public int MeetingId { get; set; }
        [Required(ErrorMessage = "Geben Sie dem Punkt eine Nummer"), MaxLength(10, ErrorMessage = "Die Nummer ist zu lang: höchstens 10 Zeichen")] public string Number { get; set; } = "";
        [Required(ErrorMessage = "Geben Sie dem Punkt einen Titel"), MaxLength(300, ErrorMessage = "Der Titel ist zu lang: höchstens 300 Zeichen")] public string Title { get; set; } = "";
        [MaxLength(200, ErrorMessage = "Der Name ist zu lang: höchstens 200 Zeichen")] public string? Rapporteur { get; set; }
        [Range(1, 1440, ErrorMessage = "Nennen Sie Minuten von 1 bis 1440")] public int? MinutesPlanned { get; set; }
        public string? ResultKind { get; set; }
        public int? TreatedWithId { get; set; }
    }

    /// <summary>Writes the item; returns its id.</summary>
    public async Task<Outcome<int>> HandleAsync(Input input, CancellationToken ct = default)
    {
        var values = new { input.Id, input.MeetingId, number = input.Number.Trim(), title = input.Title.Trim(), input.Rapporteur, input.MinutesPlanned, kind = string.IsNullOrEmpty(input.ResultKind) ? null : input.ResultKind, input.TreatedWithId };
        if (!await db.ScalarAsync<bool>("select exists (select from meetings.meeting where id = @MeetingId and division_id = any ((select access.editable_divisions('P1', 'meetings'))::integer[]))", values, ct)) return new Refusal("Diese Tagesordnung können Sie nicht ändern");
        if (values.kind is not (null or "information" or "discussion" or "decision")) return new Refusal("Wählen Sie eine Art aus der Liste", nameof(Input.ResultKind));
        if (input.TreatedWithId is not null && (input.TreatedWithId == input.Id || !await db.ScalarAsync<bool>("select exists (select from meetings.agenda_item where id = @TreatedWithId and meeting_id = @MeetingId)", values, ct))) return new Refusal("Wählen Sie einen anderen Punkt dieser Sitzung", nameof(Input.TreatedWithId));
        if (await db.ScalarAsync<bool>("select exists (select from meetings.agenda_item where meeting_id = @MeetingId and number = @number and id is distinct from @Id)", values, ct)) return new Refusal($"TOP {values.number} gibt es schon", nameof(Input.Number));
        var id = await db.ScalarAsync<int?>(input.Id is null
            ? """
              insert into meetings.agenda_item (meeting_id, division_id, position, number, title, rapporteur, minutes_planned, result_kind, treated_with_id)
              select @MeetingId, m.division_id, (select coalesce(max(position), 0) + 1 from meetings.agenda_item where meeting_id = @MeetingId), @number, @title, @Rapporteur, @MinutesPlanned, @kind, @TreatedWithId
              from meetings.meeting m where m.id = @MeetingId returning id
              """
            : """
              update meetings.agenda_item set number = @number, title = @title, rapporteur = @Rapporteur, minutes_planned = @MinutesPlanned, result_kind = @kind, treated_with_id = @TreatedWithId
              where id = @Id and meeting_id = @MeetingId returning id
              """, values, ct);
        return id is { } written ? written : new Refusal("Diesen Punkt gibt es nicht mehr");
    }
}
