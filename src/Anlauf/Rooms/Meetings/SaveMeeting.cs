using System.ComponentModel.DataAnnotations;
using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Platform.Web;

namespace Anlauf.Rooms.Meetings;

/// <summary>Enters a meeting by hand, or changes one: „1. Tagung des 9. Landesparteitages“, date, place, who leads.</summary>
public sealed class SaveMeeting(Db db)
{
    public sealed class Input
    {
        public int? Id { get; set; }
        public int DivisionId { get; set; }
        public int? BodyId { get; set; }
        [Required(ErrorMessage = "Geben Sie der Sitzung einen Titel"), MaxLength(200, ErrorMessage = "Der Titel ist zu lang: höchstens 200 Zeichen")] public string Title { get; set; } = "";
        [Range(1, 999, ErrorMessage = "Nennen Sie eine Zahl von 1 bis 999")] public int? SessionNumber { get; set; }
        [Range(1, 999, ErrorMessage = "Nennen Sie eine Zahl von 1 bis 999")] public int? TermNumber { get; set; }
        [Required(ErrorMessage = "Nennen Sie den Tag der Sitzung")] public DateOnly? HeldOn { get; set; }
        public TimeOnly? StartTime { get; set; }
        public TimeOnly? EndTime { get; set; }
        [MaxLength(200, ErrorMessage = "Der Ort ist zu lang: höchstens 200 Zeichen")] public string? Place { get; set; }
        [MaxLength(200, ErrorMessage = "Der Name ist zu lang: höchstens 200 Zeichen")] public string? Chair { get; set; }
        [MaxLength(200, ErrorMessage = "Der Name ist zu lang: höchstens 200 Zeichen")] public string? MinuteTaker { get; set; }
    }

    /// <summary>Writes the meeting; returns its address.</summary>
    public async Task<Outcome<string>> HandleAsync(Input input, CancellationToken ct = default)
    {
        if (!await db.ScalarAsync<bool>("select @DivisionId = any ((select access.editable_divisions('P1', 'meetings'))::integer[])", input, ct)) return new Refusal("Sitzungen dieser Gliederung können Sie nicht ändern", nameof(Input.DivisionId));
        if (input.BodyId is not null && !await db.ScalarAsync<bool>("select exists (select from organisation.body where id = @BodyId and division_id = @DivisionId)", input, ct)) return new Refusal("Das Gremium gehört zu einer anderen Gliederung", nameof(Input.BodyId));
        if (await db.ScalarAsync<string>("select slug from meetings.meeting where division_id = @DivisionId and held_on = @HeldOn and body_id is not distinct from @BodyId and id is distinct from @Id limit 1", input, ct) is not null)
            return new Refusal("Von diesem Gremium steht an diesem Tag schon eine Sitzung im Register", nameof(Input.HeldOn));
        var slug = await db.FreeSlugAsync("meetings.meeting", $"{input.HeldOn:yyyy-MM-dd}-{Slug.From(input.Title)}", ct: ct);
        var values = new { input.Id, input.DivisionId, input.BodyId, title = input.Title.Trim(), input.SessionNumber, input.TermNumber, input.HeldOn, input.StartTime, input.EndTime, input.Place, input.Chair, input.MinuteTaker, slug };
        var written = await db.ScalarAsync<string>(input.Id is null
            ? """
              insert into meetings.meeting (division_id, body_id, title, session_number, term_number, held_on, start_time, end_time, place, chair, minute_taker, slug)
              values (@DivisionId, @BodyId, @title, @SessionNumber, @TermNumber, @HeldOn, @StartTime, @EndTime, @Place, @Chair, @MinuteTaker, @slug) returning slug
              """
            : """
              update meetings.meeting set body_id = @BodyId, title = @title, session_number = @SessionNumber, term_number = @TermNumber, held_on = @HeldOn, start_time = @StartTime, end_time = @EndTime,
                place = @Place, chair = @Chair, minute_taker = @MinuteTaker where id = @Id and division_id = @DivisionId returning slug
              """, values, ct);
        return written is null ? new Refusal("Diese Sitzung gibt es nicht, oder Sie dürfen sie nicht ändern") : written;
    }
}
