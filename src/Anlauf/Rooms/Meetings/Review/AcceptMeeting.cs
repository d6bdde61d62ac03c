using System.Text.RegularExpressions;
using Anlauf.Intake;
using Anlauf.Platform.Database;
using Anlauf.Platform.Web;
using Anlauf.Rooms.Meetings.Resolutions;

namespace Anlauf.Rooms.Meetings.Review;

/// <summary>Writes the meeting of an accepted document: its facts, agenda, attendance and papers.</summary>
internal sealed partial class AcceptMeeting(Db db)
{
    public async Task<(int Id, string Slug)?> WriteAsync(Acceptance work, CancellationToken ct)
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
            chair = Acceptance.Joined(record.Chair),
            taker = Acceptance.Joined(record.MinuteTaker),
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

    public async Task<int> AttendanceAsync(Acceptance work, int meeting, CancellationToken ct)
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
    private async Task<HashSet<Span>> ContradictedAsync(Acceptance work, int meeting, CancellationToken ct)
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

    public async Task<Dictionary<string, int>> AgendaAsync(Acceptance work, int meeting, CancellationToken ct)
    {
        var items = (await db.QueryAsync<(string Number, int Id)>("select number, id from meetings.agenda_item where meeting_id = @meeting", new { meeting }, ct)).ToDictionary(i => i.Number, i => i.Id);
        foreach (var (entry, place) in work.Record.Agenda.Select((e, i) => (e, i)))
        {
            var number = entry.Number ?? (items.Count + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (items.ContainsKey(number)) continue;
            items[number] = await db.ScalarAsync<int>("""
                insert into meetings.agenda_item (meeting_id, division_id, position, number, title, result_kind, level, span_start, span_length)
                values (@meeting, @DivisionId, (select count(*) + 1 from meetings.agenda_item where meeting_id = @meeting), @number, @Title, @kind, @level, @Start, @Length) returning id
                """, new
            {
                meeting,
                work.DivisionId,
                number,
                entry.Title,
                entry.Span.Start,
                entry.Span.Length,
                level = work.Input.Levels.GetValueOrDefault(place, "members"),
                kind = work.Record.Decisions.Any(d => d.Agenda == number) ? "decision" : null,
            }, ct);
        }
        foreach (var (item, with) in JointTreatment.Read(work.Document.Text))
            if (items.TryGetValue(item, out var id) && items.TryGetValue(with, out var together))
                await db.ExecuteAsync("update meetings.agenda_item set treated_with_id = @together where id = @id", new { id, together }, ct);
        return items;
    }

    public async Task PapersAsync(Acceptance work, Dictionary<string, int> items, CancellationToken ct)
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

    // the agenda's titles often name their papers: „Finanzplan 2027 (DS 6 – 025 zzgl Anlagen, 026)“
    private static bool Mentions(string text, AgendaEntry entry, Paper paper) =>
        paper.Key is { } key && PaperNumber().Matches(text[entry.Span.Start..Math.Min(text.Length, entry.Span.End + 80)].Split('\n')[0])
            .Any(m => PaperReference.Parse(m.Value) is { } found && found.SamePaper(key));

    private static TimeOnly? Time(string? text) => TimeOnly.TryParseExact(text, "HH:mm", out var time) ? time : null;
    private static int? Count(string? text) => int.TryParse(text, out var n) ? n : null;

    [GeneratedRegex(@"\b[A-ZÄÖÜ]{1,4}\s*\d{1,3}\s*[-–—]\s*\d{1,5}(?:\.\d{1,3})?(?:\s*\(Teil\s*\d+\))?", RegexOptions.CultureInvariant)]
    private static partial Regex PaperNumber();
}
