using System.ComponentModel.DataAnnotations;
using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Platform.Web;

namespace Anlauf.Rooms.Meetings.Resolutions;

/// <summary>Enters a resolution of a meeting by hand, with the sections of requirement D5 and the votes of D7.</summary>
public sealed class SaveResolution(Db db, ResolutionNumbers numbers)
{
    public sealed class Input : ResolutionInput
    {
        public int MeetingId { get; set; }
        public int? AgendaItemId { get; set; }
        [MaxLength(40, ErrorMessage = "Die Nummer ist zu lang: höchstens 40 Zeichen")] public string? Number { get; set; }
        public string? Recipients { get; set; }
        public string? Responsible { get; set; }
        public DateOnly? Due { get; set; }
    }

    private sealed record Meeting(int DivisionId, int? BodyId, DateOnly HeldOn, string? Place);

    /// <summary>Writes the resolution; returns its address.</summary>
    public async Task<Outcome<string>> HandleAsync(Input input, CancellationToken ct = default)
    {
        if (ResultWording.Refused(input.Result, input.Yes, input.No, input.Unanimous) is { } why) return new Refusal(why, input.Unanimous && input.No is > 0 ? nameof(Input.No) : nameof(Input.Yes));
        var meeting = await db.SingleAsync<Meeting>("select division_id, body_id, held_on, place from meetings.meeting where id = @MeetingId and division_id = any ((select access.editable_divisions('P1', 'resolutions'))::integer[])", input, ct);
        if (meeting is null) return new Refusal("Beschlüsse dieser Sitzung können Sie nicht eintragen");
        if (input.AgendaItemId is not null && !await db.ScalarAsync<bool>("select exists (select from meetings.agenda_item where id = @AgendaItemId and meeting_id = @MeetingId)", input, ct)) return new Refusal("Der Tagesordnungspunkt gehört zu einer anderen Sitzung", nameof(Input.AgendaItemId));
        return await db.InTransactionAsync<Outcome<string>>(async () =>
        {
            var number = string.IsNullOrWhiteSpace(input.Number) ? await numbers.NextAsync(meeting.DivisionId, meeting.HeldOn, ct) : input.Number.Trim();
            if (await db.ScalarAsync<bool>("select exists (select from meetings.resolution where division_id = @DivisionId and number = @number)", new { meeting.DivisionId, number }, ct)) return new Refusal($"Die Nummer „{number}“ hat schon ein anderer Beschluss. Lassen Sie das Feld leer, dann wird die nächste vergeben", nameof(Input.Number));
            var slug = await db.FreeSlugAsync("meetings.resolution", Slug.Short($"{number} {input.Title}"), ct: ct);
            var id = await db.ScalarAsync<int>("""
                insert into meetings.resolution (division_id, body_id, meeting_id, agenda_item_id, number, title, slug, wording, reason, publicity, further_measures, finances, coordinated_with,
                  result, yes, no, abstain, unanimous, decided_on, place, responsible, due)
                values (@DivisionId, @BodyId, @MeetingId, @AgendaItemId, @number, @title, @slug, @wording, @Reason, @Publicity, @FurtherMeasures, @Finances, @CoordinatedWith,
                  @Result, @Yes, @No, @Abstain, @unanimous, @HeldOn, @Place, @Responsible, @Due) returning id
                """, new
            {
                meeting.DivisionId,
                meeting.BodyId,
                input.MeetingId,
                input.AgendaItemId,
                number,
                title = input.Title.Trim(),
                slug,
                wording = input.KeptWording,
                input.Reason,
                input.Publicity,
                input.FurtherMeasures,
                input.Finances,
                input.CoordinatedWith,
                input.Result,
                input.Yes,
                input.No,
                input.Abstain,
                unanimous = input.KeptUnanimous,
                meeting.HeldOn,
                meeting.Place,
                input.Due,
                input.Responsible,
            }, ct);
            foreach (var recipient in (input.Recipients ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct())
                await db.ExecuteAsync("insert into meetings.resolution_recipient (resolution_id, division_id, recipient) values (@id, @DivisionId, @recipient)", new { id, meeting.DivisionId, recipient }, ct);
            return slug;
        }, ct);
    }
}
