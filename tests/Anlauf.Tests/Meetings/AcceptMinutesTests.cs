using Anlauf.Platform;
using Anlauf.Rooms.Meetings.Resolutions;
using Anlauf.Rooms.Meetings.Review;

namespace Anlauf.Tests.Meetings;

/// <summary>From the uploaded minutes to the registers, as the minute taker of the state board does it.</summary>
public sealed class AcceptMinutesTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>
{
    private static readonly string[] Written = ["meeting", "attendance", "paper", "agenda_item", "resolution", "task", "follow_up", "contradiction", "review_decision"];

    private async Task<Outcome<UploadDocument.Taken>> UploadAsync(byte[] content, string name = "protokoll.md")
    {
        var saxony = await house.DivisionAsync("sachsen");
        return await house.UseAsync<UploadDocument, Outcome<UploadDocument.Taken>>(house.MinuteTaker, u => u.HandleAsync(saxony, name, content));
    }

    private async Task<int> TakeInAsync(byte[] content)
    {
        var taken = await UploadAsync(content);
        taken.Refusal.ShouldBeNull();
        return taken.Value!.DocumentId;
    }

    private Task<IReadOnlyList<Finding>> FindingsAsync(int document) => house.UseAsync<ReviewDesk, IReadOnlyList<Finding>>(house.MinuteTaker,
        async desk => Findings.Of(ReviewDesk.Read((await desk.FindAsync(document))!)));

    private async Task<Outcome<AcceptDocument.Accepted>> AcceptAsync(int document, IEnumerable<Finding>? rejected = null, params (Finding Finding, string Field, string Value)[] corrections)
    {
        var board = await house.BodyAsync("landesvorstand-sachsen");
        return await house.UseAsync<AcceptDocument, Outcome<AcceptDocument.Accepted>>(house.MinuteTaker, accept => accept.HandleAsync(new()
        {
            DocumentId = document,
            BodyId = board,
            Rejected = (rejected ?? []).Select(f => f.Id).ToHashSet(),
            Corrections = corrections.ToDictionary(c => (c.Finding.Id, c.Field), c => c.Value),
        }));
    }

    private async Task<AcceptDocument.Accepted> AcceptedAsync(int document, IEnumerable<Finding>? rejected = null, params (Finding Finding, string Field, string Value)[] corrections)
    {
        var outcome = await AcceptAsync(document, rejected, corrections);
        outcome.Refusal.ShouldBeNull();
        return outcome.Value!;
    }

    private async Task<string> CountsAsync() => (await house.AskAsync<string>(
        "select " + string.Join(" || ' ' || ", Written.Select(t => $"(select '{t} ' || count(*) from meetings.{t})"))))!;

    [Fact]
    public async Task Minutes_become_meeting_attendance_papers_agenda_resolutions_tasks_and_follow_ups()
    {
        var document = await TakeInAsync(Minutes.Of(new(2026, 1, 9)));
        var accepted = await AcceptedAsync(document);
        (await house.ListAsync<string>("select held_on || ' ' || start_time || ' ' || place || ' ' || minute_taker from meetings.meeting where id = @MeetingId", accepted)).ShouldBe(["2026-01-09 18:00:00 Bürgerhaus, Döbeln Lena Leerzeile"]);
        (await house.ListAsync<string>("select status || ' ' || name from meetings.attendance where meeting_id = @MeetingId order by id", accepted)).ShouldBe(
            ["present Alma Beispiel", "present Bruno Muster", "present Edda Exempel", "present Georg Probe", "excused Ingo Entwurf", "excused Jutta Skizze", "guest Karl Konzept"]);
        (await house.ListAsync<string>("select number || ' ' || title from meetings.agenda_item where meeting_id = @MeetingId order by position", accepted))
            .ShouldBe(["1 Anlaufstellen in der Fläche", "2 Mobiles Büro", "3 Terminplanung 2027"]);
        (await house.ListAsync<string>("""
            select i.number || ': ' || p.reference_key from meetings.agenda_item_paper l join meetings.paper p on p.id = l.paper_id join meetings.agenda_item i on i.id = l.agenda_item_id where i.meeting_id = @MeetingId
            """, accepted)).ShouldBe(["1: DS 6 – 031"]);
        (await house.ListAsync<string>("""
            select r.wording || ' | ' || r.result || ' | ' || coalesce(r.abstain::text, '-') || ' | ' || coalesce(r.unanimous::text, '-') || ' | ' || coalesce(r.responsible, '-') || ' | ' || coalesce(r.due::text, '-')
            from meetings.resolution r where meeting_id = @MeetingId order by number
            """, accepted)).ShouldBe([
            Minutes.ContactPoints + " | adopted | 2 | - | Landesgeschäftsführung | 2027-09-30", Minutes.Calendar + " | adopted | - | true | - | -"]);
        (await house.ListAsync<string>("select text || ' ' || due from meetings.follow_up where meeting_id = @MeetingId", accepted)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(f => f.ShouldContain("Zwischenstand Anlaufstellen"), f => f.ShouldEndWith(" 2027-01-29"));
        (await house.AskAsync<DateOnly?>("select due from meetings.task where meeting_id = @MeetingId and responsible = 'Bruno Muster'", accepted)).ShouldBe(new DateOnly(2026, 12, 15));
        // „Beschluss: … Verantwortlich: …“ is one resolution, not a task beside it
        (await house.AskAsync<long>("select count(*) from meetings.task where meeting_id = @MeetingId", accepted)).ShouldBe(1);
        (await house.AskAsync<string>("select state from meetings.document where id = @document", new { document })).ShouldBe("accepted");
        (await house.AskAsync<int?>("select accepted_by from meetings.document where id = @document", new { document })).ShouldBe(house.MinuteTaker);
    }

    [Fact]
    public async Task Every_value_leads_back_to_its_passage()
    {
        var document = await TakeInAsync(Minutes.Of(new(2026, 1, 16)));
        await AcceptedAsync(document);
        var passages = await house.ListAsync<(string Kind, string Value, string Passage)>("""
            select x.kind, x.value, substr(d.text, x.span_start + 1, x.span_length) from meetings.document d join lateral (
              select 'person' as kind, name as value, span_start, span_length from meetings.attendance where meeting_id = (select id from meetings.meeting where document_id = d.id)
              union all select 'item', title, span_start, span_length from meetings.agenda_item where meeting_id = (select id from meetings.meeting where document_id = d.id)
              union all select 'resolution', wording, span_start, span_length from meetings.resolution where document_id = d.id
              union all select 'task', text, span_start, span_length from meetings.task where document_id = d.id
              union all select 'follow-up', text, span_start, span_length from meetings.follow_up where document_id = d.id) x on true
            where d.id = @document
            """, new { document });
        passages.Select(p => p.Kind).Distinct().ShouldBe(["person", "item", "resolution", "task", "follow-up"], ignoreOrder: true);
        passages.Where(p => !p.Passage.Contains(p.Value, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_person_both_present_and_excused_stays_in_both_lists_until_the_question_is_answered()
    {
        var document = await TakeInAsync(Minutes.Of(new(2026, 1, 23), excused: "Edda Exempel, Ingo Entwurf"));
        var asked = (await FindingsAsync(document)).Where(f => f.Kind == FindingKind.Contradiction).ShouldHaveSingleItem();
        asked.Label.ShouldContain("Edda Exempel");
        asked.Spans.Count.ShouldBe(2);
        var accepted = await AcceptedAsync(document);
        (await house.ListAsync<string>("select status from meetings.attendance where meeting_id = @MeetingId and name = 'Edda Exempel' order by 1", accepted)).ShouldBe(["excused", "present"]);
        (await house.ListAsync<string?>("select answer from meetings.contradiction where meeting_id = @MeetingId", accepted)).ShouldBe([null]);

        // a new version with the same question, now answered, and without the line that was wrong
        var again = await TakeInAsync(Minutes.Of(new(2026, 1, 23), excused: "Edda Exempel, Ingo Entwurf", more: "Ergänzt am 2. Februar."));
        var question = (await FindingsAsync(again)).Single(f => f.Kind == FindingKind.Contradiction);
        await AcceptedAsync(again, corrections: (question, "antwort", "war anwesend"));
        (await house.ListAsync<string?>("select answer from meetings.contradiction where meeting_id = @MeetingId", accepted)).ShouldBe(["war anwesend"]);
        (await house.ListAsync<string>("select status from meetings.attendance where meeting_id = @MeetingId and name = 'Edda Exempel'", accepted)).ShouldBe(["present"]);
    }

    [Fact]
    public async Task Who_was_excused_after_all_is_not_among_those_present()
    {
        var document = await TakeInAsync(Minutes.Of(new(2022, 1, 28), excused: "Edda Exempel, Ingo Entwurf"));
        var asked = (await FindingsAsync(document)).Single(f => f.Kind == FindingKind.Contradiction);
        var accepted = await AcceptedAsync(document, corrections: (asked, "antwort", "war entschuldigt"));
        (await house.ListAsync<string>("select status from meetings.attendance where meeting_id = @MeetingId and name = 'Edda Exempel'", accepted)).ShouldBe(["excused"]);
    }

    [Fact]
    public async Task A_follow_up_belongs_to_the_resolution_of_its_item_and_not_to_the_first_one()
    {
        var accepted = await AcceptedAsync(await TakeInAsync(Minutes.Of(new(2022, 2, 4))));
        (await house.ListAsync<string?>("select r.wording from meetings.follow_up f left join meetings.resolution r on r.id = f.resolution_id where f.meeting_id = @MeetingId", accepted)).ShouldBe([Minutes.Calendar]);
    }

    [Fact]
    public async Task The_next_meeting_is_no_task_of_a_resolution_and_is_not_counted_as_one()
    {
        var accepted = await AcceptedAsync(await TakeInAsync(Minutes.Of(new(2022, 2, 11), more: "Nächste Sitzung: 25. Februar 2022, 18:00 Uhr, Döbeln")));
        accepted.Tasks.ShouldBe(1);
        foreach (var slug in accepted.ResolutionSlugs)
        {
            var id = await house.AskAsync<int>("select id from meetings.resolution where slug = @slug", new { slug });
            (await house.UseAsync<ResolutionRegister, IReadOnlyList<ResolutionRegister.Due>>(house.MinuteTaker, r => r.TasksAsync(id))).ShouldNotContain(t => t.Text.Contains("Nächste Sitzung"));
        }
    }

    [Fact]
    public async Task Wording_and_votes_are_corrected_before_and_after_they_are_taken_over()
    {
        var document = await TakeInAsync(Minutes.Of(new(2022, 2, 18)));
        var first = (await FindingsAsync(document)).First(f => f.Kind == FindingKind.Decision);
        (await AcceptAsync(document, null, (first, "ja", "3"), (first, "nein", "5"))).Refusal!.Message.ShouldContain("3 Ja gegen 5 Nein");
        (await AcceptAsync(document, null, (first, "nein", "viele"))).Refusal!.Field.ShouldBe("nein-" + first.Id);
        var accepted = await AcceptedAsync(document, null, (first, "wortlaut", "Zwei Anlaufstellen je Landkreis."), (first, "ja", "7"), (first, "nein", "1"));
        var (id, said) = (await house.ListAsync<(int, string)>("select id, wording || ' ' || yes || ':' || no || ':' || abstain from meetings.resolution where meeting_id = @MeetingId order by number limit 1", accepted))[0];
        said.ShouldBe("Zwei Anlaufstellen je Landkreis. 7:1:2");

        CorrectResolution.Input Corrected(int no) => new() { Title = "Anlaufstellen", Wording = "Drei Anlaufstellen je Landkreis.", Result = "adopted", Yes = 7, No = no, Abstain = 0 };
        Task<Outcome<int>> CorrectAsync(int person, int no) => house.UseAsync<CorrectResolution, Outcome<int>>(person, c => c.HandleAsync(id, Corrected(no)));
        (await CorrectAsync(house.MinuteTaker, 8)).Refusal!.Message.ShouldContain("keine Mehrheit");
        (await CorrectAsync(house.DistrictChair, 2)).Done.ShouldBeFalse();
        (await CorrectAsync(house.MinuteTaker, 2)).Done.ShouldBeTrue();
        (await house.AskAsync<string>("select wording || ' ' || yes || ':' || no || ':' || abstain from meetings.resolution where id = @id", new { id })).ShouldBe("Drei Anlaufstellen je Landkreis. 7:2:0");
        (await house.AskAsync<string>("select sentence from meetings.resolution_history where resolution_id = @id order by id desc limit 1", new { id }))!.ShouldContain("Zwei Anlaufstellen je Landkreis. → Drei Anlaufstellen je Landkreis.");
    }

    [Fact]
    public async Task A_new_version_shows_and_takes_over_its_differences_only()
    {
        var day = new DateOnly(2024, 5, 17);
        var first = await AcceptedAsync(await TakeInAsync(Minutes.Of(day)));
        var text = System.Text.Encoding.UTF8.GetString(Minutes.Of(day, excused: "Jutta Skizze"))
            .Replace("mindestens zwei Anlaufstellen", "mindestens drei Anlaufstellen", StringComparison.Ordinal)
            .Replace("Georg Probe", "Georg Probe, Ingo Entwurf", StringComparison.Ordinal);
        var second = await TakeInAsync(System.Text.Encoding.UTF8.GetBytes(text));
        var rereading = (await house.UseAsync<ReviewDesk, Rereading?>(house.MinuteTaker, async desk =>
        {
            var stored = (await desk.FindAsync(second))!;
            var record = ReviewDesk.Read(stored);
            return await desk.RereadingAsync(stored, record, Findings.Of(record));
        })).ShouldNotBeNull();
        var findings = await FindingsAsync(second);
        findings.Where(f => f.Kind == FindingKind.Decision && rereading.StateOf(f) == Reread.Changed).ShouldHaveSingleItem().Label.ShouldContain("drei Anlaufstellen");
        findings.Where(f => f.Kind == FindingKind.Person && rereading.StateOf(f) != Reread.Same).Select(f => f.Label).ShouldBe(["Ingo Entwurf"]);
        rereading.Gone.ShouldBeEmpty();

        var before = await house.AskAsync<long>("select count(*) from meetings.resolution");
        var accepted = await AcceptedAsync(second);
        accepted.MeetingId.ShouldBe(first.MeetingId);
        (await house.AskAsync<long>("select count(*) from meetings.resolution")).ShouldBe(before);
        var wording = Minutes.ContactPoints.Replace("zwei", "drei", StringComparison.Ordinal);
        (await house.ListAsync<string>("select slug from meetings.resolution where meeting_id = @MeetingId and wording = @wording", new { first.MeetingId, wording })).ShouldHaveSingleItem().ShouldBeOneOf([.. first.ResolutionSlugs]);
        (await house.ListAsync<string>("select h.sentence from meetings.resolution_history h join meetings.resolution r on r.id = h.resolution_id where r.meeting_id = @MeetingId and r.wording = @wording order by h.id desc limit 1", new { first.MeetingId, wording }))
            .Single().ShouldContain("drei Anlaufstellen");
        (await house.ListAsync<string>("select status from meetings.attendance where meeting_id = @MeetingId and name = 'Ingo Entwurf'", first)).ShouldBe(["present"]);
        (await house.AskAsync<long>("select count(*) from meetings.task where meeting_id = @MeetingId", first)).ShouldBe(1);
    }

    [Fact]
    public async Task Two_documents_taken_over_at_once_get_two_numbers()
    {
        var documents = new[] { await TakeInAsync(Minutes.Of(new(2025, 3, 7))), await TakeInAsync(Minutes.Of(new(2025, 3, 14))), await TakeInAsync(Minutes.Of(new(2025, 3, 21))) };
        var accepted = await Task.WhenAll(documents.Select(d => AcceptedAsync(d)));
        accepted.Sum(a => a.Resolutions).ShouldBe(6);
        var numbers = await house.ListAsync<string>("select number from meetings.resolution where number like '2025-%' order by 1");
        numbers.ShouldBe(Enumerable.Range(1, 6).Select(n => $"2025-{n:000}"));
    }

    [Fact]
    public async Task What_was_rejected_is_left_out_and_remembered_as_rejected()
    {
        var document = await TakeInAsync(Minutes.Of(new(2026, 1, 30)));
        var findings = await FindingsAsync(document);
        var calendar = findings.Single(f => f.Kind == FindingKind.Decision && f.Label.Contains("Terminplan", StringComparison.Ordinal));
        var guest = findings.Single(f => f.Kind == FindingKind.Person && f.Label == "Karl Konzept");
        var accepted = await AcceptedAsync(document, [calendar, guest]);
        accepted.Resolutions.ShouldBe(1);
        (await house.ListAsync<string>("select wording from meetings.resolution where document_id = @document", new { document })).ShouldBe([Minutes.ContactPoints]);
        (await house.AskAsync<int>("select count(*) from meetings.attendance where meeting_id = @MeetingId and name = 'Karl Konzept'", accepted)).ShouldBe(0);
        (await house.ListAsync<string>("select finding_id from meetings.review_decision where document_id = @document and decision = 'rejected'", new { document })).ShouldBe([calendar.Id, guest.Id], ignoreOrder: true);
    }

    [Fact]
    public async Task Title_number_and_due_date_can_be_corrected()
    {
        var document = await TakeInAsync(Minutes.Of(new(2026, 2, 6)));
        var decision = (await FindingsAsync(document)).Single(f => f.Kind == FindingKind.Decision && f.Label.Contains("Anlaufstellen", StringComparison.Ordinal));
        await AcceptedAsync(document, null, (decision, "titel", "Zwei Anlaufstellen"), (decision, "nummer", "LV 6-031"), (decision, "frist", "15.12.2026"), (decision, "wer", "Ida Weitblick"));
        (await house.ListAsync<string>("select title || ' | ' || number || ' | ' || due || ' | ' || responsible || ' | ' || wording from meetings.resolution where document_id = @document and number like 'LV%'", new { document }))
            .ShouldBe([$"Zwei Anlaufstellen | LV 6-031 | 2026-12-15 | Ida Weitblick | {Minutes.ContactPoints}"]);
    }

    [Fact]
    public async Task A_number_that_is_taken_is_refused_and_nothing_is_written()
    {
        await house.ResolveAsync("sachsen", "LV 6-100", "Schon vergeben");
        var document = await TakeInAsync(Minutes.Of(new(2026, 2, 13)));
        var before = await CountsAsync();
        var decision = (await FindingsAsync(document)).First(f => f.Kind == FindingKind.Decision);
        var refused = await AcceptAsync(document, null, (decision, "nummer", "LV 6-100"));
        refused.Refusal!.Message.ShouldContain("LV 6-100");
        (await CountsAsync()).ShouldBe(before);
        (await AcceptAsync(document)).Done.ShouldBeTrue();
    }

    [Theory]
    [InlineData("30.2.2026")]
    [InlineData("bald")]
    public async Task A_wrong_date_is_refused_and_nothing_is_written(string typed)
    {
        var document = await TakeInAsync(Minutes.Of(new(2026, 2, 20)));
        var before = await CountsAsync();
        var decision = (await FindingsAsync(document)).First(f => f.Kind == FindingKind.Decision);
        var refused = await AcceptAsync(document, null, (decision, "frist", typed));
        refused.Refusal!.Message.ShouldBe($"„{typed}“ ist kein Datum. Schreiben Sie es so: 15.12.2026");
        (await CountsAsync()).ShouldBe(before);
        (await house.AskAsync<string>("select state from meetings.document where id = @document", new { document })).ShouldBe("review");
    }

    [Fact]
    public async Task The_same_file_twice_is_the_same_document()
    {
        var first = (await UploadAsync(Minutes.Of(new(2026, 2, 27)))).Value!;
        var second = (await UploadAsync(Minutes.Of(new(2026, 2, 27)), "anderer-name.md")).Value!;
        (first.WasThere, second.WasThere, second.DocumentId).ShouldBe((false, true, first.DocumentId));
        (await AcceptAsync(first.DocumentId)).Done.ShouldBeTrue();
        (await AcceptAsync(first.DocumentId)).Refusal!.Message.ShouldContain("schon übernommen");
    }

    [Fact]
    public async Task A_new_version_completes_the_meeting_and_doubles_nothing()
    {
        var first = await AcceptedAsync(await TakeInAsync(Minutes.Of(new(2026, 3, 6))));
        var before = await CountsAsync();
        var second = await AcceptedAsync(await TakeInAsync(Minutes.Of(new(2026, 3, 6), excused: "Ingo Entwurf, Jutta Skizze, Frida Platzhalter", end: "Ende: 20:45 Uhr")));
        (second.MeetingId, second.MeetingSlug, second.Resolutions, second.Tasks, second.FollowUps, second.Attendees).ShouldBe((first.MeetingId, first.MeetingSlug, 0, 0, 0, 1));
        string Without(string counts) => System.Text.RegularExpressions.Regex.Replace(counts, "(attendance|review_decision) [0-9]+ ?", "");
        Without(await CountsAsync()).ShouldBe(Without(before));
        (await house.AskAsync<TimeSpan?>("select end_time from meetings.meeting where id = @MeetingId", first)).ShouldBe(new TimeSpan(20, 45, 0));
    }

    [Fact]
    public async Task An_item_shows_that_it_was_treated_together_with_another()
    {
        var accepted = await AcceptedAsync(await TakeInAsync(Minutes.Of(new(2026, 3, 13))));
        (await house.ListAsync<string>("select i.number || ' mit ' || w.number from meetings.agenda_item i join meetings.agenda_item w on w.id = i.treated_with_id where i.meeting_id = @MeetingId", accepted)).ShouldBe(["2 mit 1"]);
        JointTreatment.Read("TOP 4 Haus\nTOP 5 Hof\nwurde gemeinsam mit TOP 4 behandelt").ShouldBe([("5", "4")]);
        JointTreatment.Read("TOP 4 Haus\nwurde gemeinsam mit TOP 4 behandelt").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_paper_is_kept_by_its_parts_and_exists_once()
    {
        await AcceptedAsync(await TakeInAsync(Minutes.Of(new(2026, 3, 20))));
        (await house.ListAsync<(string, int, int, int, string)>("select kind, term, number, sub_number, part from meetings.paper where number = 13")).ShouldBe([("DS", 6, 13, 1, "3")]);
        var key = await house.AskAsync<string>("select reference_key from meetings.paper where number = 13");
        var doubled = await Should.ThrowAsync<Npgsql.PostgresException>(() => house.TellAsync("insert into meetings.paper (division_id, reference, reference_key) select id, 'DS 6 - 13.1 Teil 3', @key from organisation.division where slug = 'sachsen'", new { key }));
        doubled.SqlState.ShouldBe("23505");
    }

    [Fact]
    public async Task The_database_writes_the_history_of_every_change()
    {
        await AcceptedAsync(await TakeInAsync(Minutes.Of(new(2026, 3, 27))));
        var id = await house.AskAsync<int>("select max(id) from meetings.resolution where wording = @wording", new { wording = Minutes.ContactPoints });
        (await house.UseAsync<ChangeResolution, Outcome<int>>(house.MinuteTaker, c => c.HandleAsync(id, new() { Responsible = " Ida Weitblick ", Due = new(2027, 9, 30), State = "underway" }))).Done.ShouldBeTrue();
        await house.TellAsync("update meetings.resolution set state = 'done' where id = @id", new { id });
        (await house.ListAsync<string>("select sentence || coalesce(' von ' || person_id, '') from meetings.resolution_history where resolution_id = @id order by id", new { id })).ShouldBe([
            $"Beschluss aufgenommen von {house.MinuteTaker}", $"Stand: offen → unterwegs; Zuständig: Landesgeschäftsführung → Ida Weitblick von {house.MinuteTaker}", "Stand: unterwegs → erledigt"]);
        (await house.UseAsync<ChangeResolution, Outcome<int>>(house.MinuteTaker, c => c.HandleAsync(id, new() { State = "vielleicht" }))).Refusal!.Field.ShouldBe("State");
    }

    public static TheoryData<string, byte[], string> BrokenFiles => new()
    {
        { "leer.docx", [], "ist leer" },
        { "halb.docx", Intake.Tests.Documents.Packages.Docx("<w:p><w:r><w:t>Protokoll</w:t></w:r></w:p>")[..200], "beschädigt oder unvollständig" },
        { "geheim.pdf", Convert.FromBase64String(Intake.Tests.Documents.EncryptedPdfs.WithUserPassword), "Kennwort" },
    };

    [Theory]
    [MemberData(nameof(BrokenFiles))]
    public async Task A_file_that_cannot_be_read_is_refused_in_German_and_leaves_nothing(string name, byte[] content, string why)
    {
        var documents = await house.AskAsync<int>("select count(*) from meetings.document");
        var refused = await UploadAsync(content, name);
        refused.Refusal!.Message.ShouldContain(why);
        refused.Refusal.Message.ShouldContain(name);
        (await house.AskAsync<int>("select count(*) from meetings.document")).ShouldBe(documents);
    }

    [Fact]
    public async Task Minutes_without_a_date_are_refused_and_nothing_is_written()
    {
        var document = await TakeInAsync("# Niederschrift der Sitzung des Vorstands\n\nAnwesend: Alma Beispiel, Bruno Muster\n\nTagesordnung:\n\nTOP 1 Lage\n\nTOP 1 Lage\n\nBeschluss: Wir machen weiter.\n\nAbstimmung: einstimmig\n"u8.ToArray());
        var before = await CountsAsync();
        (await AcceptAsync(document)).Refusal!.Message.ShouldContain("kein Datum der Sitzung");
        (await CountsAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Who_may_not_edit_takes_nothing_in()
    {
        var document = await TakeInAsync(Minutes.Of(new(2026, 4, 10)));
        var before = await CountsAsync();
        (await house.UseAsync<AcceptDocument, Outcome<AcceptDocument.Accepted>>(house.LocalMember, async a =>
        {
            try { return await a.HandleAsync(new() { DocumentId = document }); }
            catch (Npgsql.PostgresException e) when (e.SqlState == "42501") { return new Refusal("42501"); }
        })).Done.ShouldBeFalse();
        (await CountsAsync()).ShouldBe(before);
    }
}
