using System.Text.Json;
using Anlauf.Intake;
using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Rooms.Meetings.Resolutions;

namespace Anlauf.Rooms.Meetings.Review;

/// <summary>
/// Writes what a person confirmed: meeting, attendance, papers, agenda, resolutions, tasks, follow-ups, contradictions with
/// their answers – all in one transaction, each with its passage. A meeting of the same body on the same day is completed, not doubled.
/// </summary>
public sealed class AcceptDocument(Db db, Actor actor, ReviewDesk desk, ResolutionNumbers numbers, TimeProvider clock)
{
    /// <summary>What the person decided.</summary>
    public sealed class Input
    {
        public int DocumentId { get; set; }
        /// <summary>The body that met or decided; null where it is not in the register.</summary>
        public int? BodyId { get; set; }
        /// <summary>Ids of findings that are not taken over.</summary>
        public IReadOnlySet<string> Rejected { get; set; } = new HashSet<string>();
        /// <summary>Day of the meeting or resolution (d.M.yyyy) where the text is silent or was misread; null takes the day as read.</summary>
        public string? HeldOn { get; set; }
        /// <summary>Corrections by finding id and field, see <see cref="Review.Corrections.Fields"/>.</summary>
        public IReadOnlyDictionary<(string Finding, string Field), string> Corrections { get; set; } = new Dictionary<(string, string), string>();

        /// <summary>Who may read an item of the agenda, by its place in the text; members where nothing is said.</summary>
        public IReadOnlyDictionary<int, string> Levels { get; set; } = new Dictionary<int, string>();

        internal string? Corrected(Finding finding, string field) => Corrections.TryGetValue((finding.Id, field), out var value) && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
    }

    /// <summary>What was written.</summary>
    public sealed record Accepted(int? MeetingId, string? MeetingSlug, int Attendees, int Resolutions, int Tasks, int FollowUps, IReadOnlyList<string> ResolutionSlugs);

    /// <summary>Takes the document over.</summary>
    public async Task<Outcome<Accepted>> HandleAsync(Input input, CancellationToken ct = default)
    {
        var document = await desk.FindAsync(input.DocumentId, ct);
        if (document is null) return new Refusal("Dieses Dokument gibt es nicht, oder Sie dürfen es nicht sehen");
        if (document.State == "accepted") return new Refusal("Dieses Dokument ist schon übernommen. Laden Sie eine neue Fassung hoch, wenn sich etwas geändert hat");
        var record = ReviewDesk.Read(document);
        // all that is wrong is said at once
        var wrong = new List<Refusal>();
        if (!string.IsNullOrWhiteSpace(input.HeldOn))
        {
            if (Review.Corrections.GermanDate(input.HeldOn) is not { } day) wrong.Add(NoDay(input.HeldOn, nameof(Input.HeldOn)));
            else if (IsoDays.First(record.Date?.Value) != day) record = record with { Date = new(day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), record.Date?.Span ?? new(0, 0)) };
        }
        else if (IsoDays.First(record.Date?.Value) is null && record.DocType == "minutes")
            wrong.Add(new("In dieser Niederschrift steht kein Datum der Sitzung. Tragen Sie es unten ein", nameof(Input.HeldOn)));
        foreach (var ((finding, field), value) in input.Corrections.Where(c => !input.Rejected.Contains(c.Key.Finding) && !string.IsNullOrWhiteSpace(c.Value)))
        {
            if (field == "frist" && Review.Corrections.GermanDate(value) is null) wrong.Add(NoDay(value, $"frist-{finding}"));
            if (field is "titel" or "wer" or "name" && value.Trim().Length > AcceptResolutions.LongestTitle)
                wrong.Add(new($"{(field == "titel" ? "Der Titel" : "Der Name")} ist zu lang: höchstens {AcceptResolutions.LongestTitle} Zeichen, es sind {value.Trim().Length}. Kürzen Sie ihn; der Wortlaut bleibt ganz", $"{field}-{finding}"));
        }
        if (input.BodyId is not null && (await desk.BodiesAsync(document.DivisionId, ct)).All(b => b.Id != input.BodyId)) wrong.Add(new("Dieses Gremium gehört nicht zu der Gliederung, für die das Dokument eingelesen ist", nameof(Input.BodyId)));
        var findings = Findings.Of(record);
        foreach (var finding in findings.Where(f => f.Value is Decision && !input.Rejected.Contains(f.Id)))
            if (Review.Corrections.VotesRefused(finding, field => input.Corrected(finding, field)) is { } refused) wrong.Add(refused);
        if (wrong.Count > 0) return wrong[0] with { More = wrong[1..] };
        var rereading = await desk.RereadingAsync(document, record, findings, ct);
        return await db.InTransactionAsync(async () => await WriteAsync(new Acceptance(document, record, findings, input, rereading), ct), ct);
    }

    private static Refusal NoDay(string said, string field) => new($"„{said}“ ist kein Datum. Schreiben Sie es so: 15.12.2026", field);

    private async Task<Outcome<Accepted>> WriteAsync(Acceptance work, CancellationToken ct)
    {
        var (meetings, tasks) = (new AcceptMeeting(db), new AcceptTasks(db));
        var meeting = await meetings.WriteAsync(work, ct);
        var items = meeting is { } m ? await meetings.AgendaAsync(work, m.Id, ct) : [];
        var attendees = meeting is { } met ? await meetings.AttendanceAsync(work, met.Id, ct) : 0;
        await meetings.PapersAsync(work, items, ct);
        var (resolutions, refusal) = await new AcceptResolutions(db, numbers).WriteAsync(work, meeting?.Id, items, ct);
        if (refusal is not null || resolutions is null) return refusal ?? throw new InvalidOperationException("neither resolutions nor a refusal");
        var duties = await tasks.WriteAsync(work, meeting?.Id, items, resolutions, ct);
        var followUps = await tasks.FollowUpsAsync(work, meeting?.Id, resolutions, ct);
        await AnswersAsync(work, meeting?.Id, ct);
        await db.ExecuteAsync("update meetings.document set state = 'accepted', draft = null, accepted_by = @PersonId, accepted_at = now() where id = @Id", new { actor.PersonId, work.Document.Id }, ct);
        return new Accepted(meeting?.Id, meeting?.Slug, attendees, resolutions.Count, duties, followUps, [.. resolutions.Select(r => r.Slug)]);
    }

    private async Task AnswersAsync(Acceptance work, int? meeting, CancellationToken ct)
    {
        foreach (var finding in work.Findings)
        {
            var rejected = work.Input.Rejected.Contains(finding.Id);
            var answer = work.Input.Corrected(finding, "antwort");
            var corrected = work.Input.Corrections.Where(c => c.Key.Finding == finding.Id && !string.IsNullOrWhiteSpace(c.Value)).ToDictionary(c => c.Key.Field, c => c.Value);
            await db.ExecuteAsync("""
                insert into meetings.review_decision (document_id, finding_id, division_id, decision, value, decided_by, decided_at)
                values (@Id, @finding, @DivisionId, @decision, @value::jsonb, @PersonId, @now)
                on conflict (document_id, finding_id) do update set decision = excluded.decision, value = excluded.value, decided_by = excluded.decided_by, decided_at = excluded.decided_at
                """, new
            {
                work.Document.Id,
                finding = finding.Id,
                work.DivisionId,
                value = corrected.Count > 0 ? JsonSerializer.Serialize(corrected) : null,
                actor.PersonId,
                now = clock.GetUtcNow(),
                decision = rejected ? "rejected" : answer is not null ? "answered" : corrected.Count > 0 ? "corrected" : "accepted",
            }, ct);
            if (finding.Value is not Contradiction c || finding.Kind != FindingKind.Contradiction || rejected) continue;
            // a new version of the same minutes asks the same question once
            var about = new { work.Document.Id, meeting, work.DivisionId, c.Type, detail = c.Question, answer };
            if (await db.ExecuteAsync("update meetings.contradiction set answer = coalesce(@answer, answer) where meeting_id = @meeting and type = @Type and detail = @detail", about, ct) == 0)
                await db.ExecuteAsync("insert into meetings.contradiction (document_id, meeting_id, division_id, type, detail, answer) values (@Id, @meeting, @DivisionId, @Type, @detail, @answer)", about, ct);
        }
    }
}
