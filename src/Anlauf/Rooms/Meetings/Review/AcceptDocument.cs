using System.Text.Json;
using System.Text.RegularExpressions;
using Anlauf.Intake;
using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Platform.Web;
using Anlauf.Rooms.Meetings.Resolutions;

namespace Anlauf.Rooms.Meetings.Review;

/// <summary>
/// Writes what a person confirmed: meeting, attendance, papers, agenda, resolutions, tasks, follow-ups, contradictions with
/// their answers – all in one transaction, each with its passage. A meeting of the same body on the same day is completed, not doubled.
/// </summary>
public sealed partial class AcceptDocument(Db db, Actor actor, ReviewDesk desk, ResolutionNumbers numbers, TimeProvider clock)
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
            if (field is "titel" or "wer" or "name" && value.Trim().Length > MaxTitle)
                wrong.Add(new($"{(field == "titel" ? "Der Titel" : "Der Name")} ist zu lang: höchstens {MaxTitle} Zeichen, es sind {value.Trim().Length}. Kürzen Sie ihn; der Wortlaut bleibt ganz", $"{field}-{finding}"));
        }
        if (input.BodyId is not null && (await desk.BodiesAsync(document.DivisionId, ct)).All(b => b.Id != input.BodyId)) wrong.Add(new("Dieses Gremium gehört nicht zu der Gliederung, für die das Dokument eingelesen ist", nameof(Input.BodyId)));
        var findings = Findings.Of(record);
        foreach (var finding in findings.Where(f => f.Value is Decision && !input.Rejected.Contains(f.Id)))
            if (Review.Corrections.VotesRefused(finding, field => input.Corrected(finding, field)) is { } refused) wrong.Add(refused);
        if (wrong.Count > 0) return wrong[0] with { More = wrong[1..] };
        var rereading = await desk.RereadingAsync(document, record, findings, ct);
        return await db.InTransactionAsync(async () => await WriteAsync(new Work(document, record, findings, input, rereading), ct), ct);
    }

    private static Refusal NoDay(string said, string field) => new($"„{said}“ ist kein Datum. Schreiben Sie es so: 15.12.2026", field);

    private sealed record Work(ReviewDesk.Stored Document, DocumentRecord Record, IReadOnlyList<Finding> Findings, Input Input, Rereading? Rereading)
    {
        /// <summary>Where the changed finding stood in the version before; null for new and unchanged ones.</summary>
        public (int Document, int Start)? PlaceBefore(Finding finding) => Rereading?.StateOf(finding) == Reread.Changed ? (Rereading.Earlier.Id, Rereading.BeforeOf(finding)!.Spans[0].Start) : null;

        public int DivisionId => Document.DivisionId;
        public IEnumerable<(Finding Finding, T Value)> Kept<T>() =>
            Findings.Where(f => f.Value is T && !Input.Rejected.Contains(f.Id)).Select(f => (f, (T)Review.Corrections.Apply(f, field => Input.Corrected(f, field))));
    }

    private async Task<Outcome<Accepted>> WriteAsync(Work work, CancellationToken ct)
    {
        var meeting = await MeetingAsync(work, ct);
        var items = meeting is { } m ? await AgendaAsync(work, m.Id, ct) : [];
        var attendees = meeting is { } met ? await AttendanceAsync(work, met.Id, ct) : 0;
        await PapersAsync(work, items, ct);
        var (resolutions, refusal) = await ResolutionsAsync(work, meeting?.Id, items, ct);
        if (refusal is not null || resolutions is null) return refusal ?? throw new InvalidOperationException("neither resolutions nor a refusal");
        var tasks = await TasksAsync(work, meeting?.Id, items, resolutions, ct);
        var followUps = await FollowUpsAsync(work, meeting?.Id, resolutions, ct);
        await AnswersAsync(work, meeting?.Id, ct);
        await db.ExecuteAsync("update meetings.document set state = 'accepted', draft = null, accepted_by = @PersonId, accepted_at = now() where id = @Id", new { actor.PersonId, work.Document.Id }, ct);
        return new Accepted(meeting?.Id, meeting?.Slug, attendees, resolutions.Count, tasks, followUps, [.. resolutions.Select(r => r.Slug)]);
    }

    private async Task<(int Id, string Slug)?> MeetingAsync(Work work, CancellationToken ct)
    {
        var record = work.Record;
        if (IsoDays.First(record.Date?.Value) is not { } day) return null;
        var (session, term) = ResolutionHeader.Numbers(work.Document.Text);
        var known = await db.SingleAsync<(int Id, string Slug)?>(
            "select id, slug from meetings.meeting where division_id = @DivisionId and held_on = @day and body_id is not distinct from @BodyId order by id limit 1",
            new { work.DivisionId, day, work.Input.BodyId }, ct);
        var signed = record.Signed.FirstOrDefault();
        var facts = new
        {
            start = Time(record.StartTime?.Value),
            end = Time(record.EndTime?.Value),
            place = record.Place?.Value,
            chair = Joined(record.Chair),
            taker = Joined(record.MinuteTaker),
            count = Count(record.PresentCount?.Value),
            signedBy = signed?.Name,
            signedOn = IsoDays.First(signed?.Date),
            known?.Id,
        };
        if (known is not null)
        {
            // a later version adds what the first did not say; what stands there already is not overwritten
            await db.ExecuteAsync("""
                update meetings.meeting set start_time = coalesce(start_time, @start), end_time = coalesce(end_time, @end), place = coalesce(place, @place), chair = coalesce(chair, @chair),
                  minute_taker = coalesce(minute_taker, @taker), present_count = coalesce(present_count, @count), certified_by = coalesce(certified_by, @signedBy), certified_on = coalesce(certified_on, @signedOn)
                where id = @Id
                """, facts, ct);
            return known;
        }
        var title = record.DocType == "minutes" ? record.Title?.Value ?? $"Sitzung am {GermanText.Long(day)}" : record.Body?.Value ?? "Sitzung";
        var slug = await db.FreeSlugAsync("meetings.meeting", $"{day:yyyy-MM-dd}-{Slug.From(record.Body?.Value ?? work.Document.Division)}", ct: ct);
        var id = await db.ScalarAsync<int>("""
            insert into meetings.meeting (division_id, body_id, title, term_number, session_number, held_on, held_to, start_time, end_time, place, chair, minute_taker,
              present_count, certified_by, certified_on, document_id, slug)
            values (@DivisionId, @BodyId, @title, @term, @session, @day, @to, @start, @end, @place, @chair, @taker, @count, @signedBy, @signedOn, @document, @slug) returning id
            """, new
        {
            work.DivisionId,
            work.Input.BodyId,
            title,
            term,
            session,
            day,
            to = IsoDays.LastOfRange(record.Date!.Value),
            facts.start,
            facts.end,
            facts.place,
            facts.chair,
            facts.taker,
            facts.count,
            facts.signedBy,
            facts.signedOn,
            document = work.Document.Id,
            slug,
        }, ct);
        return (id, slug);
    }

    private async Task<int> AttendanceAsync(Work work, int meeting, CancellationToken ct)
    {
        var written = 0;
        var contradicted = await ContradictedAsync(work, meeting, ct);
        foreach (var (finding, person) in work.Kept<Attendee>())
        {
            if (contradicted.Contains(finding.Spans[0]))
            {
                // an earlier version may have written what the answer now denies
                await TakeBackAsync(meeting, person, ct);
                continue;
            }
            if (work.Rereading?.StateOf(finding) == Reread.Changed && work.Rereading.BeforeOf(finding)!.Value is Attendee earlier && !work.Kept<Attendee>().Any(k => k.Value == earlier))
                await TakeBackAsync(meeting, earlier, ct);
            written += await db.ExecuteAsync("""
                insert into meetings.attendance (meeting_id, division_id, name, person_id, status, span_start, span_length)
                select @meeting, @DivisionId, @Name, (select min(person_id) from organisation.officer where name = @Name having count(*) = 1), @Status, @Start, @Length
                where not exists (select from meetings.attendance where meeting_id = @meeting and name = @Name and status = @Status)
                """, new { meeting, work.DivisionId, person.Name, person.Status, finding.Spans[0].Start, finding.Spans[0].Length }, ct);
        }
        return written;
    }

    private Task<int> TakeBackAsync(int meeting, Attendee attendee, CancellationToken ct) =>
        db.ExecuteAsync("delete from meetings.attendance where meeting_id = @meeting and name = @Name and status = @Status", new { meeting, attendee.Name, attendee.Status }, ct);

    // „war entschuldigt“ takes the person out of the list of those present, „war anwesend“ and „war zeitweise da“ out of the other one;
    // passages are those of the contradiction: present first. An answer given to an earlier version holds.
    private async Task<HashSet<Span>> ContradictedAsync(Work work, int meeting, CancellationToken ct)
    {
        var denied = new HashSet<Span>();
        foreach (var finding in work.Findings.Where(f => f.Kind == FindingKind.Contradiction && !work.Input.Rejected.Contains(f.Id)))
        {
            if (finding.Value is not Contradiction { Type: "present_and_excused", Passages: [var present, var excused, ..] } c) continue;
            var answer = work.Input.Corrected(finding, "antwort")
                ?? await db.ScalarAsync<string>("select answer from meetings.contradiction where meeting_id = @meeting and type = @Type and detail = @Question limit 1", new { meeting, c.Type, c.Question }, ct);
            if (answer == "war entschuldigt") denied.Add(present);
            else if (answer is "war anwesend" or "war zeitweise da") denied.Add(excused);
        }
        return denied;
    }

    private async Task<Dictionary<string, int>> AgendaAsync(Work work, int meeting, CancellationToken ct)
    {
        var items = (await db.QueryAsync<(string Number, int Id)>("select number, id from meetings.agenda_item where meeting_id = @meeting", new { meeting }, ct)).ToDictionary(i => i.Number, i => i.Id);
        foreach (var entry in work.Record.Agenda)
        {
            var number = entry.Number ?? (items.Count + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (items.ContainsKey(number)) continue;
            items[number] = await db.ScalarAsync<int>("""
                insert into meetings.agenda_item (meeting_id, division_id, position, number, title, result_kind, span_start, span_length)
                values (@meeting, @DivisionId, (select count(*) + 1 from meetings.agenda_item where meeting_id = @meeting), @number, @Title, @kind, @Start, @Length) returning id
                """, new
            {
                meeting,
                work.DivisionId,
                number,
                entry.Title,
                entry.Span.Start,
                entry.Span.Length,
                kind = work.Record.Decisions.Any(d => d.Agenda == number) ? "decision" : null,
            }, ct);
        }
        foreach (var (item, with) in JointTreatment.Read(work.Document.Text))
            if (items.TryGetValue(item, out var id) && items.TryGetValue(with, out var together))
                await db.ExecuteAsync("update meetings.agenda_item set treated_with_id = @together where id = @id", new { id, together }, ct);
        return items;
    }

    private async Task PapersAsync(Work work, Dictionary<string, int> items, CancellationToken ct)
    {
        foreach (var (_, paper) in work.Kept<Paper>())
        {
            var key = paper.Key is { } k ? (k with { Extract = false }).ToString() : paper.Reference.Trim();
            var id = await db.ScalarAsync<int>("""
                insert into meetings.paper (division_id, reference, reference_key, kind, term, number, sub_number, part, is_extract, title, document_id)
                values (@DivisionId, @Reference, @key, @Kind, @Term, @Number, @SubNumber, @part, @extract, @Title, @document)
                on conflict (division_id, reference_key) do update set title = coalesce(meetings.paper.title, excluded.title) returning id
                """, new
            {
                work.DivisionId,
                paper.Reference,
                key,
                paper.Key?.Kind,
                paper.Key?.Term,
                paper.Key?.Number,
                paper.Key?.SubNumber,
                part = paper.Key?.Part?.ToString(System.Globalization.CultureInfo.InvariantCulture),
                extract = paper.Key?.Extract ?? false,
                paper.Title,
                document = work.Document.Id,
            }, ct);
            foreach (var entry in work.Record.Agenda.Where(a => a.Number is not null && Mentions(work.Document.Text, a, paper)))
                // without a meeting (no date) there are no items
                if (items.TryGetValue(entry.Number!, out var item))
                    await db.ExecuteAsync("insert into meetings.agenda_item_paper (agenda_item_id, paper_id, division_id) values (@item, @id, @DivisionId) on conflict do nothing",
                        new { item, id, work.DivisionId }, ct);
        }
    }

    private sealed record WrittenResolution(int Id, string Slug, string? Agenda);

    private async Task<Outcome<List<WrittenResolution>>> ResolutionsAsync(Work work, int? meeting, Dictionary<string, int> items, CancellationToken ct)
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
                responsible = work.Input.Corrected(finding, "wer") ?? (task is null ? null : Joined(task.Responsible)),
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
    private async Task<WrittenResolution?> ChangedAsync(Work work, Finding finding, Decision decision, string wording, CancellationToken ct)
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

    // a task that was edited since the version before stays one task
    private async Task<bool> ChangedAsync(Work work, Finding finding, TaskEntry task, CancellationToken ct) => work.PlaceBefore(finding) is { } place && await db.ExecuteAsync("""
        update meetings.task set text = @Text, due_from = @from, due = @due, due_text = @DueText, due_basis = @DueBasis, responsible = @responsible, document_id = @document, span_start = @Start, span_length = @Length
        where division_id = @DivisionId and document_id = @earlier and span_start = @place
        """, new
    {
        work.DivisionId,
        task.Text,
        from = IsoDays.FirstOfRange(task.Due),
        due = IsoDays.Last(task.Due),
        task.DueText,
        task.DueBasis,
        responsible = work.Input.Corrected(finding, "wer") ?? Joined(task.Responsible),
        document = work.Document.Id,
        task.Span.Start,
        task.Span.Length,
        earlier = place.Document,
        place = place.Start,
    }, ct) > 0;

    private async Task<int> TasksAsync(Work work, int? meeting, Dictionary<string, int> items, List<WrittenResolution> resolutions, CancellationToken ct)
    {
        var written = 0;
        foreach (var (finding, task) in work.Kept<TaskEntry>())
        {
            if (await ChangedAsync(work, finding, task, ct)) continue;
            var inserted = await db.ExecuteAsync("""
                insert into meetings.task (division_id, meeting_id, agenda_item_id, resolution_id, kind, text, due_from, due, due_text, due_basis, responsible, document_id, span_start, span_length)
                select @DivisionId, @meeting, @item, @resolution, @Kind, @Text, @from, @due, @DueText, @DueBasis, @responsible, @document, @Start, @Length
                where not exists (select from meetings.task where division_id = @DivisionId and meeting_id is not distinct from @meeting and text = @Text)
                """, new
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
                responsible = work.Input.Corrected(finding, "wer") ?? Joined(task.Responsible),
                document = work.Document.Id,
                task.Span.Start,
                task.Span.Length,
            }, ct);
            // the next meeting and a phase are dates, nobody's duty
            if (task.Kind is "task" or "deadline") written += inserted;
        }
        return written;
    }

    // in minutes a task or follow-up belongs to the resolution of its item, or to none; a resolution's document speaks of that one
    private static WrittenResolution? ResolutionOf(Work work, List<WrittenResolution> resolutions, string? agenda) =>
        work.Record.DocType == "minutes" ? resolutions.FirstOrDefault(r => r.Agenda is not null && r.Agenda == agenda) : resolutions.FirstOrDefault();

    private async Task<int> FollowUpsAsync(Work work, int? meeting, List<WrittenResolution> resolutions, CancellationToken ct)
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

    private async Task AnswersAsync(Work work, int? meeting, CancellationToken ct)
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
    private const int MaxTitle = 200;

    private static string TitleOf(Decision decision, DocumentRecord record)
    {
        var item = record.Agenda.FirstOrDefault(a => a.Number is not null && a.Number == decision.Agenda)?.Title;
        var text = item ?? decision.Text.Split('\n')[0];
        if (text.Length <= MaxTitle) return text;
        // the wording stands whole beside it; a title made from it ends at a word, and shows that it ends
        var end = text.LastIndexOf(' ', MaxTitle - 2);
        return text[..(end > 0 ? end : MaxTitle - 2)] + " …";
    }

    // the agenda's titles often name their papers: „Finanzplan 2027 (DS 6 – 025 zzgl Anlagen, 026)“
    private static bool Mentions(string text, AgendaEntry entry, Paper paper) =>
        paper.Key is { } key && PaperNumber().Matches(text[entry.Span.Start..Math.Min(text.Length, entry.Span.End + 80)].Split('\n')[0])
            .Any(m => PaperReference.Parse(m.Value) is { } found && found.SamePaper(key));

    private static string? Joined(IReadOnlyList<Found<string>> names) => names.Count == 0 ? null : string.Join(", ", names.Select(n => n.Value));
    private static TimeOnly? Time(string? text) => TimeOnly.TryParseExact(text, "HH:mm", out var time) ? time : null;
    private static int? Count(string? text) => int.TryParse(text, out var n) ? n : null;

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();

    [GeneratedRegex(@"\b[A-ZÄÖÜ]{1,4}\s*\d{1,3}\s*[-–—]\s*\d{1,5}(?:\.\d{1,3})?(?:\s*\(Teil\s*\d+\))?", RegexOptions.CultureInvariant)]
    private static partial Regex PaperNumber();
}
