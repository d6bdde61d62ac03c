using Anlauf.Intake;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Meetings.Review;

/// <summary>Writes tasks, dates and follow-ups of an accepted document.</summary>
internal sealed class AcceptTasks(Db db)
{
    public async Task<int> WriteAsync(Acceptance work, int? meeting, Dictionary<string, int> items, List<WrittenResolution> resolutions, CancellationToken ct)
    {
        var written = 0;
        foreach (var (finding, task) in work.Kept<TaskEntry>())
        {
            var before = work.PlaceBefore(finding);
            var row = new
            {
                work.DivisionId,
                meeting,
                item = task.Agenda is { } a && items.TryGetValue(a, out var id) ? id : (int?)null,
                resolution = ResolutionOf(work, resolutions, task.Agenda)?.Id,
                task.Kind,
                task.Text,
                from = IsoDays.FirstOfRange(task.Due),
                due = IsoDays.Last(task.Due),
                task.DueText,
                task.DueBasis,
                responsible = work.Input.Corrected(finding, "wer") ?? Acceptance.Joined(task.Responsible),
                document = work.Document.Id,
                task.Span.Start,
                task.Span.Length,
                earlier = before?.Document,
                place = before?.Start,
            };
            // a task that was edited since the version before stays one task
            if (before is not null && await db.ExecuteAsync("""
                update meetings.task set text = @Text, due_from = @from, due = @due, due_text = @DueText, due_basis = @DueBasis, responsible = @responsible, document_id = @document, span_start = @Start, span_length = @Length
                where division_id = @DivisionId and document_id = @earlier and span_start = @place
                """, row, ct) > 0) continue;
            var inserted = await db.ExecuteAsync("""
                insert into meetings.task (division_id, meeting_id, agenda_item_id, resolution_id, kind, text, due_from, due, due_text, due_basis, responsible, document_id, span_start, span_length)
                select @DivisionId, @meeting, @item, @resolution, @Kind, @Text, @from, @due, @DueText, @DueBasis, @responsible, @document, @Start, @Length
                where not exists (select from meetings.task where division_id = @DivisionId and meeting_id is not distinct from @meeting and text = @Text)
                """, row, ct);
            // the next meeting and a phase are dates, nobody's duty
            if (task.Kind is "task" or "deadline") written += inserted;
        }
        return written;
    }

    // in minutes a task or follow-up belongs to the resolution of its item, or to none; a resolution's document speaks of that one
    private static WrittenResolution? ResolutionOf(Acceptance work, List<WrittenResolution> resolutions, string? agenda) =>
        work.Record.DocType == "minutes" ? resolutions.FirstOrDefault(r => r.Agenda is not null && r.Agenda == agenda) : resolutions.FirstOrDefault();

    public async Task<int> FollowUpsAsync(Acceptance work, int? meeting, List<WrittenResolution> resolutions, CancellationToken ct)
    {
        var written = 0;
        foreach (var (_, followUp) in work.Kept<FollowUp>())
            written += await db.ExecuteAsync("""
                insert into meetings.follow_up (division_id, resolution_id, meeting_id, body_id, text, due, bound_to, document_id, span_start, span_length)
                select @DivisionId, @resolution, @meeting, @BodyId, @Text, @due, @bound, @document, @Start, @Length
                where not exists (select from meetings.follow_up where division_id = @DivisionId and text = @Text and meeting_id is not distinct from @meeting)
                """, new
            {
                work.DivisionId,
                resolution = ResolutionOf(work, resolutions, followUp.Agenda)?.Id,
                meeting,
                work.Input.BodyId,
                followUp.Text,
                due = IsoDays.Last(followUp.Due),
                bound = followUp.Due is { Length: 4 } year ? $"im Jahr {year}" : null,
                document = work.Document.Id,
                followUp.Span.Start,
                followUp.Span.Length,
            }, ct);
        return written;
    }
}
