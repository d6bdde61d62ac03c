using System.Text;
using Anlauf.Intake.Documents;
using Anlauf.Platform;
using Anlauf.Platform.Documents.Papers;
using Anlauf.Rooms.Meetings;
using Anlauf.Rooms.Meetings.Minutes;
using Anlauf.Rooms.Meetings.Resolutions;
using Anlauf.Rooms.Meetings.Review;

namespace Anlauf.Tests.Meetings;

/// <summary>The review before anything is taken over: kept drafts, corrections, documents put aside.</summary>
public sealed class ReviewTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>
{
    private async Task<UploadDocument.Taken> TakeInAsync(byte[] content, string name = "protokoll.md")
    {
        var saxony = await house.DivisionAsync("sachsen");
        var taken = await house.UseAsync<UploadDocument, Outcome<UploadDocument.Taken>>(house.MinuteTaker, u => u.HandleAsync(saxony, name, content));
        taken.Refusal.ShouldBeNull();
        return taken.Value!;
    }

    private Task<IReadOnlyList<Finding>> FindingsAsync(int document) => house.UseAsync<ReviewDesk, IReadOnlyList<Finding>>(house.MinuteTaker,
        async desk => Findings.Of(ReviewDesk.Read((await desk.FindAsync(document))!)));

    private Task<Outcome<AcceptDocument.Accepted>> AcceptAsync(int document, string? heldOn = null, params (Finding Finding, string Field, string Value)[] corrections) =>
        house.UseAsync<AcceptDocument, Outcome<AcceptDocument.Accepted>>(house.MinuteTaker, a => a.HandleAsync(new() { DocumentId = document, HeldOn = heldOn, Corrections = corrections.ToDictionary(c => (c.Finding.Id, c.Field), c => c.Value) }));

    private Task<Outcome<bool>> KeepAsync(int document, int by, params (string Field, string Value)[] fields) =>
        house.UseAsync<ReviewDraft, Outcome<bool>>(by, d => d.SaveAsync(document, fields.Select(f => KeyValuePair.Create(f.Field, f.Value))));

    private Task<ReviewDraft.Kept?> DraftAsync(int document, int by) => house.UseAsync<ReviewDraft, ReviewDraft.Kept?>(by, d => d.FindAsync(document));

    [Fact]
    public async Task A_draft_waits_for_the_next_evening_and_for_the_colleague_and_takes_nothing_over()
    {
        var document = (await TakeInAsync(Minutes.Of(new(2025, 3, 7)))).DocumentId;
        var meetings = await house.AskAsync<long>("select count(*) from meetings.meeting");
        (await KeepAsync(document, house.MinuteTaker, ("wahl-abc", "nein"), ("frist-abc", "1.4.2027"))).Done.ShouldBeTrue();
        var kept = (await DraftAsync(document, house.StateManager)).ShouldNotBeNull();
        kept.Fields.ShouldBe(new Dictionary<string, string> { ["wahl-abc"] = "nein", ["frist-abc"] = "1.4.2027" });
        kept.By.ShouldBe(await house.AskAsync<string>("select given_name || ' ' || family_name from organisation.person where id = @MinuteTaker", new { house.MinuteTaker }));
        (await house.AskAsync<long>("select count(*) from meetings.meeting")).ShouldBe(meetings);
        // a district neither keeps nor reads a draft of the state board
        (await KeepAsync(document, house.DistrictChair, ("wahl-abc", "ja"))).Done.ShouldBeFalse();
        (await DraftAsync(document, house.DistrictChair)).ShouldBeNull();
        (await AcceptAsync(document)).Done.ShouldBeTrue();
        (await DraftAsync(document, house.MinuteTaker)).ShouldBeNull();
        (await KeepAsync(document, house.MinuteTaker, ("wahl-abc", "ja"))).Refusal!.Message.ShouldContain("bis es übernommen ist");
    }

    [Fact]
    public async Task A_misread_name_a_task_and_the_day_are_corrected_before_they_are_written()
    {
        var document = (await TakeInAsync(Minutes.Of(new(2025, 3, 14)))).DocumentId;
        var findings = await FindingsAsync(document);
        var person = findings.Single(f => f.Value is Attendee { Name: "Georg Probe" });
        var task = findings.Single(f => f.Kind == FindingKind.Task);
        var again = findings.Single(f => f.Kind == FindingKind.FollowUp);
        Corrections.Reading(person, "name").ShouldBe("Georg Probe");
        (await AcceptAsync(document, "15. März")).Refusal!.Field.ShouldBe("HeldOn");
        var accepted = (await AcceptAsync(document, "15.3.2025", (person, "name", "Georg Prober"), (task, "text", "Bus bestellen"), (task, "wer", "Alma Beispiel"), (task, "frist", "2.5.2025"), (again, "frist", "9.5.2025"))).Value.ShouldNotBeNull();
        (await house.AskAsync<string>("select held_on::text from meetings.meeting where id = @MeetingId", accepted)).ShouldBe("2025-03-15");
        (await house.ListAsync<string>("select name from meetings.attendance where meeting_id = @MeetingId and name like 'Georg%'", accepted)).ShouldBe(["Georg Prober"]);
        (await house.ListAsync<string>("select text || ' ' || responsible || ' ' || due from meetings.task where meeting_id = @MeetingId", accepted)).ShouldBe(["Bus bestellen Alma Beispiel 2025-05-02"]);
        (await house.AskAsync<string>("select due::text from meetings.follow_up where meeting_id = @MeetingId", accepted)).ShouldBe("2025-05-09");
        (await house.ListAsync<string>("select decision from meetings.review_decision where document_id = @document and finding_id = any (@ids)", new { document, ids = new[] { person.Id, task.Id, again.Id } })).ShouldBe(["corrected", "corrected", "corrected"]);
    }

    [Fact]
    public async Task Minutes_without_a_date_are_taken_over_with_the_day_somebody_enters()
    {
        const string text = "# Horizont Sachsen – Landesvorstand\n\n## Niederschrift\n\nAnwesend: Alma Beispiel, Bruno Muster\n\n## TOP 1 Termine\n\nBeschluss: Der Landesvorstand beschließt den Terminplan. Einstimmig beschlossen.\n";
        var document = (await TakeInAsync(Encoding.UTF8.GetBytes(text))).DocumentId;
        (await AcceptAsync(document)).Refusal!.Field.ShouldBe("HeldOn");
        var accepted = (await AcceptAsync(document, "21.3.2025")).Value.ShouldNotBeNull();
        (await house.AskAsync<string>("select held_on::text from meetings.meeting where id = @MeetingId", accepted)).ShouldBe("2025-03-21");
    }

    [Fact]
    public async Task A_document_put_aside_leaves_the_inbox_and_comes_back_when_it_is_uploaded_again()
    {
        var content = Minutes.Of(new(2025, 3, 28));
        var document = (await TakeInAsync(content)).DocumentId;
        (await house.UseAsync<ReviewDraft, Outcome<bool>>(house.DistrictChair, d => d.DiscardAsync(document))).Done.ShouldBeFalse();
        (await house.UseAsync<ReviewDraft, Outcome<bool>>(house.MinuteTaker, d => d.DiscardAsync(document))).Done.ShouldBeTrue();
        (await house.UseAsync<ReviewDesk, IReadOnlyList<ReviewDesk.InboxRow>>(house.MinuteTaker, d => d.InboxAsync())).ShouldNotContain(r => r.Id == document);
        (await TakeInAsync(content)).ShouldBe(new UploadDocument.Taken(document, WasThere: false));
        (await TakeInAsync(content)).ShouldBe(new UploadDocument.Taken(document, WasThere: true));
        (await house.UseAsync<ReviewDesk, IReadOnlyList<ReviewDesk.InboxRow>>(house.MinuteTaker, d => d.InboxAsync())).ShouldContain(r => r.Id == document && r.State == "review");
    }

    [Fact]
    public async Task The_next_meeting_is_a_date_and_nobodys_duty()
    {
        var document = (await TakeInAsync(Minutes.Of(new(2025, 4, 11), more: "Nächste Sitzung: 25. April 2025, 18:00 Uhr, Döbeln"))).DocumentId;
        (await FindingsAsync(document)).Where(f => f.KindName == "Nächste Sitzung").ShouldHaveSingleItem().Label.ShouldContain("25. April 2025");
        (await AcceptAsync(document)).Done.ShouldBeTrue();
        (await house.UseAsync<ResolutionControl, IReadOnlyList<ResolutionControl.Row>>(house.MinuteTaker, c => c.ListAsync())).ShouldNotContain(r => r.What.Contains("25. April 2025"));
    }

    [Fact]
    public async Task The_same_file_sent_twice_at_once_is_one_document()
    {
        var content = Minutes.Of(new(2025, 4, 4));
        var taken = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => TakeInAsync(content)));
        taken.Select(t => t.DocumentId).Distinct().ShouldHaveSingleItem();
        taken.Count(t => !t.WasThere).ShouldBe(1);
    }

    [Fact]
    public async Task All_that_is_wrong_is_said_at_once_and_a_long_title_is_refused_whole()
    {
        var document = (await TakeInAsync(Minutes.Of(new(2025, 4, 18)))).DocumentId;
        var findings = await FindingsAsync(document);
        var resolution = findings.First(f => f.Kind == FindingKind.Decision);
        var task = findings.Single(f => f.Kind == FindingKind.Task);
        var refusal = (await AcceptAsync(document, "am Freitag", (resolution, "titel", new string('x', 219)), (task, "frist", "bald"))).Refusal.ShouldNotBeNull();
        refusal.All.Select(r => r.Field).ShouldBe(["HeldOn", $"titel-{resolution.Id}", $"frist-{task.Id}"], ignoreOrder: true);
        refusal.All.ShouldContain(r => r.Message.Contains("höchstens 200 Zeichen, es sind 219"));
        var whole = new string('y', 200);
        (await AcceptAsync(document, null, (resolution, "titel", whole))).Done.ShouldBeTrue();
        (await house.AskAsync<string>("select title from meetings.resolution where title like 'yyy%'")).ShouldBe(whole);
    }

    [Fact]
    public async Task Who_may_read_an_item_is_said_before_anything_is_taken_over()
    {
        var document = (await TakeInAsync(Minutes.Of(new(2025, 6, 27)))).DocumentId;
        var accepted = (await house.UseAsync<AcceptDocument, Outcome<AcceptDocument.Accepted>>(house.MinuteTaker, a => a.HandleAsync(new() { DocumentId = document, Levels = new Dictionary<int, string> { [1] = "internal", [2] = "public" } }))).Value.ShouldNotBeNull();
        (await house.ListAsync<string>("select level from meetings.agenda_item where meeting_id = @MeetingId order by position limit 3", new { accepted.MeetingId })).ShouldBe(["members", "internal", "public"]);
        // a member sees the second nowhere
        (await house.ListAsync<int>("select position from meetings.agenda_item where meeting_id = @MeetingId order by position limit 2", new { accepted.MeetingId }, house.LocalMember)).ShouldBe([1, 3]);
    }

    [Fact]
    public async Task Tasks_follow_ups_and_the_next_meeting_stand_at_the_meeting_and_in_the_printed_minutes()
    {
        var document = (await TakeInAsync(Minutes.Of(new(2025, 4, 25), more: "Nächste Sitzung: 9. Mai 2025, 18:00 Uhr, Döbeln"))).DocumentId;
        var meeting = (await AcceptAsync(document)).Value.ShouldNotBeNull();
        var paper = await house.UseAsync<MeetingRegister, Paper>(house.MinuteTaker, async r =>
        {
            var found = (await r.FindAsync(meeting.MeetingSlug!, default))!;
            (await r.TasksAsync(found.Id, default)).ShouldContain(t => t.Text.Contains("freien Räumen") && t.Responsible == "Bruno Muster" && t.Until == "bis 15.12.2026");
            var parts = await MinutesCopy.PartsAsync(r, found.Id, default);
            return MinutesCopy.Of(found, parts, "Horizont Sachsen", null, "anlauf.example");
        });
        foreach (var (name, bytes) in new[] { ("n.pdf", PdfPaper.Write(paper)), ("n.docx", DocxPaper.Write(paper)) })
        {
            var text = string.Join(' ', DocumentReader.Read(name, bytes).Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            foreach (var part in new[] { "Aufträge", "Bruno Muster, bis 15.12.2026", "Wiedervorlage", "29.1.2027: ", "Nächste Sitzung 9. Mai 2025", "anlauf.example/sitzungen/" }) text.ShouldContain(part, Case.Sensitive, name);
        }
        (await house.UseAsync<ResolutionControl, IReadOnlyList<ResolutionControl.Row>>(house.MinuteTaker, c => c.ListAsync())).ShouldContain(r => r.MeetingSlug == meeting.MeetingSlug && r.What.Contains("freien Räumen"));
    }
}
