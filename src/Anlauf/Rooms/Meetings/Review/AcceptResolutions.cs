using System.Text.RegularExpressions;
using Anlauf.Intake;
using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Platform.Web;
using Anlauf.Rooms.Meetings.Resolutions;

namespace Anlauf.Rooms.Meetings.Review;

/// <summary>A resolution that was written, with the number of its agenda item.</summary>
internal sealed record WrittenResolution(int Id, string Slug, string? Agenda);

/// <summary>Writes the resolutions of an accepted document with their addressees. An edited passage changes its resolution, it makes no second one.</summary>
internal sealed partial class AcceptResolutions(Db db, ResolutionNumbers numbers)
{
    public async Task<Outcome<List<WrittenResolution>>> WriteAsync(Acceptance work, int? meeting, Dictionary<string, int> items, CancellationToken ct)
    {
        var written = new List<WrittenResolution>();
        var record = work.Record;
        var whole = record.DocType is "resolution" or "motion";
        var sections = whole ? ResolutionSections.Read(work.Document.Text) : null;
        foreach (var (finding, decision) in work.Kept<Decision>().Where(d => !d.Value.Reported))
        {
            var title = work.Input.Corrected(finding, "titel") ?? (whole && record.Title is { } t ? t.Value : TitleOf(decision, record));
            var wording = work.Input.Corrected(finding, "wortlaut")?.ReplaceLineEndings("\n") ?? sections?.Wording ?? WordingOf(decision, work.Document.Text);
            if (await db.ScalarAsync<int?>("select id from meetings.resolution where division_id = @DivisionId and meeting_id is not distinct from @meeting and wording = @wording limit 1",
                    new { work.DivisionId, meeting, wording }, ct) is not null) continue;
            var day = IsoDays.First(record.Date?.Value);
            if (await ChangedAsync(work, finding, decision, wording, ct) is { } changed)
            {
                written.Add(changed with { Agenda = decision.Agenda });
                continue;
            }
            var number = work.Input.Corrected(finding, "nummer") ?? (whole ? record.Papers.FirstOrDefault()?.Reference : null) ?? await numbers.NextAsync(work.DivisionId, day, ct);
            if (await db.ScalarAsync<bool>("select exists (select from meetings.resolution where division_id = @DivisionId and number = @number)", new { work.DivisionId, number }, ct))
            {
                // what a person typed is never changed silently
                if (work.Input.Corrected(finding, "nummer") is not null) return new Refusal($"Die Nummer „{number}“ hat schon ein anderer Beschluss. Wählen Sie eine andere, oder lassen Sie das Feld leer", $"nummer-{finding.Id}");
                number = await numbers.NextAsync(work.DivisionId, day, ct);
            }
            var task = record.Tasks.FirstOrDefault(x => x.Span.Touches(decision.Span));
            var signed = record.Signed.FirstOrDefault();
            var slug = await db.FreeSlugAsync("meetings.resolution", Slug.Short($"{number} {title}"), ct: ct);
            var id = await db.ScalarAsync<int>("""
                insert into meetings.resolution (division_id, body_id, meeting_id, agenda_item_id, number, title, slug, kind, wording, reason, publicity, further_measures, finances,
                  coordinated_with, result, yes, no, abstain, unanimous, decided_on, place, certified_by, certified_on, responsible, due, due_text, document_id, span_start, span_length)
                values (@DivisionId, @BodyId, @meeting, @item, @number, @title, @slug, @Kind, @wording, @reason, @publicity, @further, @finances,
                  @coordinated, @Result, @Yes, @No, @Abstain, @Unanimous, @day, @place, @signedBy, @signedOn, @responsible, @due, @dueText, @document, @Start, @Length) returning id
                """, new
            {
                work.DivisionId,
                work.Input.BodyId,
                meeting,
                item = decision.Agenda is { } a && items.TryGetValue(a, out var agendaItem) ? agendaItem : (int?)null,
                number,
                title,
                slug,
                decision.Kind,
                wording,
                reason = sections?.Reason,
                publicity = sections?.Publicity,
                further = sections?.FurtherMeasures,
                finances = sections?.Finances,
                coordinated = sections?.CoordinatedWith,
                decision.Result,
                decision.Votes.Yes,
                decision.Votes.No,
                decision.Votes.Abstain,
                decision.Votes.Unanimous,
                day,
                place = record.Place?.Value,
                signedBy = signed?.Name,
                signedOn = IsoDays.First(signed?.Date),
                responsible = work.Input.Corrected(finding, "wer") ?? (task is null ? null : Acceptance.Joined(task.Responsible)),
                due = Review.Corrections.GermanDate(work.Input.Corrected(finding, "frist")) ?? IsoDays.Last(task?.Due),
                dueText = task?.DueText,
                document = work.Document.Id,
                decision.Span.Start,
                decision.Span.Length,
            }, ct);
            written.Add(new(id, slug, decision.Agenda));
        }
        // addressees stand once in a resolution's document; in minutes they belong to the meeting's resolutions as a whole
        foreach (var resolution in whole ? written.Take(1) : [])
        {
            foreach (var target in record.Referrals.Select(r => r.Value).Distinct())
                await db.ExecuteAsync("insert into meetings.resolution_referral (resolution_id, division_id, target) values (@Id, @DivisionId, @target)", new { resolution.Id, work.DivisionId, target }, ct);
            foreach (var recipient in record.Recipients.Select(r => r.Value).Distinct())
                await db.ExecuteAsync("insert into meetings.resolution_recipient (resolution_id, division_id, recipient) values (@Id, @DivisionId, @recipient)", new { resolution.Id, work.DivisionId, recipient }, ct);
        }
        return written;
    }

    // the passage was edited since the version before: the resolution keeps number and address, its history says what changed
    private async Task<WrittenResolution?> ChangedAsync(Acceptance work, Finding finding, Decision decision, string wording, CancellationToken ct)
    {
        if (work.PlaceBefore(finding) is not { } place) return null;
        return await db.SingleAsync<WrittenResolution>("""
            update meetings.resolution set wording = @wording, result = @Result, yes = @Yes, no = @No, abstain = @Abstain, unanimous = @Unanimous,
              responsible = coalesce(@who, responsible), due = coalesce(@due, due), title = coalesce(@title, title), document_id = @document, span_start = @Start, span_length = @Length
            where division_id = @DivisionId and document_id = @earlier and span_start = @place returning id, slug, null::text as agenda
            """, new
        {
            work.DivisionId,
            wording,
            decision.Result,
            decision.Votes.Yes,
            decision.Votes.No,
            decision.Votes.Abstain,
            decision.Votes.Unanimous,
            who = work.Input.Corrected(finding, "wer"),
            due = Review.Corrections.GermanDate(work.Input.Corrected(finding, "frist")),
            title = work.Input.Corrected(finding, "titel"),
            document = work.Document.Id,
            decision.Span.Start,
            decision.Span.Length,
            earlier = place.Document,
            place = place.Start,
        }, ct);
    }

    /// <summary>The wording of a resolution as it was read.</summary>
    internal static string ReadWording(DocumentRecord record, Decision decision, string text) =>
        (record.DocType is "resolution" or "motion" ? ResolutionSections.Read(text)?.Wording : null) ?? WordingOf(decision, text);

    // „Bei 2 Enthaltungen beschlossen“ is the result and has its own fields; the wording ends before it
    private static string WordingOf(Decision decision, string text)
    {
        if (decision.Outcome is not { } outcome || outcome.Start <= decision.Span.Start) return decision.Text;
        var said = Blanks().Replace(text[outcome.Start..outcome.End], " ").Trim();
        return decision.Text.EndsWith(said, StringComparison.Ordinal) && decision.Text[..^said.Length].TrimEnd() is { Length: >= 10 } wording ? wording : decision.Text;
    }

    /// <summary>Longest title of a resolution, as the forms have it.</summary>
    public const int LongestTitle = 200;

    private static string TitleOf(Decision decision, DocumentRecord record)
    {
        var item = record.Agenda.FirstOrDefault(a => a.Number is not null && a.Number == decision.Agenda)?.Title;
        var text = item ?? decision.Text.Split('\n')[0];
        if (text.Length <= LongestTitle) return text;
        // the wording stands whole beside it; a title made from it ends at a word, and shows that it ends
        var end = text.LastIndexOf(' ', LongestTitle - 2);
        return text[..(end > 0 ? end : LongestTitle - 2)] + " …";
    }

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();
}
