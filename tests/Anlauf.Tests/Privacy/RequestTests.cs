using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Anlauf.Platform;
using Anlauf.Platform.Documents.Papers;
using Anlauf.Rooms.Members.Register;
using Anlauf.Rooms.Privacy.Requests;
using Anlauf.Testing;
using Npgsql;
using Xunit.Abstractions;

namespace Anlauf.Tests.Privacy;

/// <summary>A person asks for what is stored, for erasure, for being left alone; somebody else cannot.</summary>
public sealed class RequestTests(AssociationDatabase association, ITestOutputHelper output) : IClassFixture<AssociationDatabase>
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(DateTime.Today);
    private int Officer => association.Persons["data-protection-officer"];
    private int Second => association.StateManager;

    /// <summary>A person with traces in every room: office, account, minutes, resolution, task, contact point, goal.</summary>
    private async Task<int> PersonAsync(string given, string family)
    {
        var division = await association.DivisionAsync("ort-14522230");
        var (mail, phone, slug) = ($"{given}@{family}.example".ToLowerInvariant(), "037207 " + (uint)family.GetHashCode(StringComparison.Ordinal) % 1000000, $"{given}-{family}".ToLowerInvariant());
        var person = await association.AskAsync<int>("insert into organisation.person (division_id, given_name, family_name, email, phone) values (@division, @given, @family, @mail, @phone) returning id", new { division, given, family, mail, phone });
        var text = $"Niederschrift\nAnwesend: Wilma Probe, {given} {family}, Theo Kontur\nFrau {family} berichtet über den Vereinsraum. {family}s Vorschlag wird angenommen.\n";
        await association.TellAsync("""
            insert into organisation.office_holding (office_id, person_id, valid_from) select id, @person, date '2026-01-01' from organisation.office where division_id = @division and name = 'Ortsvorsitz';
            insert into identity.account (person_id, user_name, normalized_user_name, email, normalized_email, phone_number, password_hash, security_stamp) values (@person, @slug, upper(@slug), @mail, upper(@mail), @phone, 'AQAAAAIAAzRQ', 'HRBYJSTAMP');
            insert into meetings.document (division_id, file_name, sha256, format, content, text, record, uploaded_by) values (@division, 'Protokoll ' || @family || '.md', md5(@text), 'md', convert_to(@text, 'UTF8'), @text, jsonb_build_object('chair', @given || ' ' || @family), @person);
            insert into meetings.meeting (division_id, title, held_on, slug, chair) values (@division, 'Vorstand', date '2026-11-02', 'vorstand-' || @slug, @given || ' ' || @family);
            insert into meetings.attendance (meeting_id, division_id, name, person_id, status) select id, @division, @given || ' ' || @family, @person, 'present' from meetings.meeting where slug = 'vorstand-' || @slug;
            insert into meetings.resolution (division_id, number, title, slug, wording, result, responsible) values (@division, 'Z ' || @person, 'Raum', 'raum-' || @slug, 'Der Raum wird von Frau ' || @family || ' und Max Muster betreut.', 'adopted', @family || ', ' || @given);
            update meetings.resolution set state_note = @family || ' hat nachgefragt' where slug = 'raum-' || @slug;
            insert into meetings.task (division_id, text, responsible, person_id) values (@division, 'Schlüssel holen bei ' || @mail, @given || ' ' || @family, @person);
            insert into presence.contact_point (division_id, kind_id, name, slug, ags, opened_on, responsible) values (@division, 'volunteer-room', 'Raum bei ' || @family, 'raum-' || lower(@family), '14522230', date '2026-01-01', @phone);
            """, new { person, division, given, family, mail, phone, slug, text });
        return person;
    }

    private Task<Outcome<T>> HandleAsync<T>(int by, Func<HandleRequest, Task<Outcome<T>>> step) => association.UseAsync(by, step);

    private async Task<int> OpenAsync(int person, string kind) =>
        (await HandleAsync(Officer, h => h.OpenAsync(new() { Kind = kind, PersonId = person, Channel = "mail", ReceivedOn = Today.AddDays(-7) }))).Value;

    /// <summary>Every table as it would stand in a dump, as its owner sees it.</summary>
    private async Task<string> DumpAsync()
    {
        await using var owner = new NpgsqlConnection(association.Connections.Owner);
        await owner.OpenAsync();
        var tables = new List<string>();
        await using (var list = new NpgsqlCommand("select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and c.relpersistence = 'p' and n.nspname !~ '^(pg_|information_schema|public|territory)'", owner))
        await using (var reader = await list.ExecuteReaderAsync())
            while (await reader.ReadAsync()) tables.Add(reader.GetString(0));
        tables.Count.ShouldBeGreaterThan(30);
        var all = new StringBuilder();
        foreach (var table in tables)
        {
            using var copy = await owner.BeginTextExportAsync($"copy {table} to stdout");
            all.Append('#').AppendLine(table).Append(await copy.ReadToEndAsync());
        }
        return all.ToString();
    }

    /// <summary>Each word with the first line that holds it, as text or as bytes.</summary>
    private static List<string> Traces(string dump, params string[] words) =>
        [.. words.Select(w => dump.Split('\n').FirstOrDefault(l => l.Contains(w, StringComparison.OrdinalIgnoreCase) || l.Contains(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(w)), StringComparison.OrdinalIgnoreCase)) is { } line ? $"{w}: {line}" : null).OfType<string>()];

    [Fact]
    public async Task Subject_access_finds_every_room_blackens_others_and_is_readable_and_machine_readable()
    {
        var person = await PersonAsync("Mirabella", "Wiesengrund");
        var clock = Stopwatch.StartNew();
        var report = await association.UseAsync<SubjectReport, SubjectReport.Report>(Officer, r => r.CompileAsync(person));
        output.WriteLine($"subject access: {report.Entries.Count} entries in {clock.ElapsedMilliseconds} ms");
        clock.Elapsed.ShouldBeLessThan(Quiet.Limit(10));
        foreach (var table in new[] { "organisation.person", "organisation.office_holding", "identity.account", "meetings.document", "meetings.meeting", "meetings.attendance", "meetings.resolution", "meetings.resolution_history", "meetings.task", "presence.contact_point" })
            report.Entries.ShouldContain(e => e.Table == table, table);
        var text = string.Join('\n', report.Entries.SelectMany(e => e.Values).Select(v => v.Value));
        text.ShouldContain("Mirabella Wiesengrund");
        text.ShouldContain("mirabella@wiesengrund.example");
        foreach (var other in new[] { "Wilma Probe", "Theo Kontur", "Muster" }) text.ShouldNotContain(other);
        text.ShouldContain("█");
        report.Processes.ShouldContain(p => p.Id == "people" && p.Retention.Contains("3 Jahre"));
        var json = Encoding.UTF8.GetString(SubjectReport.Json(report, Today));
        System.Text.Json.JsonDocument.Parse(json).RootElement.GetProperty("eintraege").GetArrayLength().ShouldBe(report.Entries.Count);
        json.ShouldNotContain("Kontur");
        // what a sign-in is proved with is named, not handed out
        foreach (var secret in new[] { "AQAAAAIAAzRQ", "HRBYJSTAMP" }) json.ShouldNotContain(secret);
        text.ShouldContain("hinterlegt, wird nicht herausgegeben");
        Encoding.ASCII.GetString(PdfPaper.Write(SubjectReport.Paper(report, Today, null))[..5]).ShouldBe("%PDF-");
    }

    [Fact]
    public async Task Nobody_but_the_officer_in_charge_compiles_what_is_stored_about_a_person()
    {
        foreach (var other in new[] { association.StateManager, association.DistrictChair, association.LocalChair })
            (await Should.ThrowAsync<PostgresException>(() => association.UseAsync<SubjectReport, SubjectReport.Report>(other, r => r.CompileAsync(association.LocalMember)))).SqlState.ShouldBe("42501");
        var foreign = await association.AskAsync<int>("insert into organisation.person (division_id, given_name, family_name) select id, 'Fremde', 'Ohnesorge' from organisation.division where slug = 'sachsen-anhalt' returning id");
        (await Should.ThrowAsync<PostgresException>(() => association.UseAsync<SubjectReport, SubjectReport.Report>(Officer, r => r.CompileAsync(foreign)))).SqlState.ShouldBe("42501");
        (await association.UseAsync<RequestRegister, IReadOnlyList<RequestRegister.Candidate>>(Officer, r => r.PersonsAsync("Ohnesorge"))).ShouldBeEmpty();
        (await HandleAsync(Officer, h => h.OpenAsync(new() { Kind = "access", PersonId = foreign, ReceivedOn = Today }))).Refusal!.Message.ShouldContain("nicht zu Ihrem Bereich");
    }

    [Fact]
    public async Task Erasure_leaves_no_trace_of_name_mail_or_telephone_anywhere()
    {
        var person = await PersonAsync("Zaphira", "Quellenau");
        var phone = (await association.AskAsync<string>("select phone from organisation.person where id = @person", new { person }))!;
        string[] words = ["Zaphira", "Quellenau", "zaphira@quellenau.example", phone];
        // kept by others: what a filter is called and asks for, and what a list was made of; the own ones go
        foreach (var (who, name, query) in new[] { (association.DistrictChair, "Runde um Quellenau", "art=member&angebot=Fahrten%20mit%20Zaphira%20Quellenau"), (association.DistrictChair, "Kreis Zaphira Quellenau", "angebot=Fahrdienst"), (person, "Meine", "angebot=*") })
            await association.UseAsync<MemberList, int>(who, l => l.SaveAsync(name, query));
        await association.TellAsync("insert into members.list_issue (person_id, purpose, sentence, fields, filter, rows) values (@DistrictChair, 'Anrufaktion', 'Anrufe mit Frau Quellenau', '{phone}', 'Angebot: Fahrten mit Zaphira Quellenau', 12)", new { association.DistrictChair }, association.DistrictChair);
        // surveys speak of people too: whom a vote is about, what a free answer says, who counted
        await using (var owner = new NpgsqlConnection(association.Connections.Owner))
        {
            await owner.OpenAsync();
            await using var survey = new NpgsqlCommand("""
                with s as (insert into surveys.survey (division_id, kind, title, introduction, electorate_on, closes_on, opened_on) select id, 'questionnaire', 'Wie war es mit Frau Quellenau?', 'Zaphira Quellenau hört auf', current_date, current_date, current_date from organisation.division where slug = 'kreis-14522' returning id),
                  q as (insert into surveys.question (survey_id, position, kind, wording, options) select id, 1, 'one', 'Wer folgt auf Zaphira Quellenau?', '{"Zaphira Quellenau selbst","Otto, Emil"}' from s returning id, survey_id),
                  t as (insert into surveys.tally (question_id, counts, remarks) select id, '{3,4}', '{"Frau Quellenau war freundlich",nichts}' from q)
                insert into surveys.paper_count (survey_id, question_id, place, counted_on, counters, counts, invalid) select survey_id, id, 'Geschäftsstelle', current_date, 'Zaphira Quellenau, Otto Fremd', '{1,1}', 0 from q
                """, owner);
            await survey.ExecuteNonQueryAsync();
        }
        Traces(await DumpAsync(), words).Count.ShouldBe(4);
        var passage = await association.AskAsync<int>("select position('Vereinsraum' in text) from meetings.document where text like '%Quellenau%'");

        var request = await OpenAsync(person, "erasure");
        (await HandleAsync(Officer, h => h.PrepareErasureAsync(request))).Refusal!.Message.ShouldContain("Prüfen Sie zuerst");
        await HandleAsync(Officer, h => h.IdentifyAsync(request, "reply"));
        (await HandleAsync(Officer, h => h.PrepareErasureAsync(request))).Done.ShouldBeTrue();
        // nobody confirms what they compiled, and nobody without the right
        (await HandleAsync(Officer, h => h.ConfirmErasureAsync(request))).Refusal!.Message.ShouldContain("jemand anderes");
        (await HandleAsync(association.LocalChair, h => h.ConfirmErasureAsync(request))).Done.ShouldBeFalse();
        Traces(await DumpAsync(), words).Count.ShouldBe(4);
        (await association.UseAsync<RequestRegister, IReadOnlyList<RequestRegister.Row>>(Second, r => r.ToConfirmAsync())).ShouldContain(r => r.Id == request && r.Person == "Zaphira Quellenau");

        var clock = Stopwatch.StartNew();
        var effects = (await HandleAsync(Second, h => h.ConfirmErasureAsync(request))).Value!;
        output.WriteLine($"erasure: {clock.ElapsedMilliseconds} ms, {string.Join(", ", effects)}");
        Traces(await DumpAsync(), words).ShouldBeEmpty();
        Regex.IsMatch(await DumpAsync(), "quellenau", RegexOptions.IgnoreCase).ShouldBeFalse();
        effects.ShouldContain(e => e.TableName == "identity.account" && e.What == "deleted");
        effects.ShouldContain(e => e.TableName == "organisation.person" && e.What == "emptied");
        // what it belongs to stays true: the holding, the minutes and where their passages lie
        (await association.AskAsync<string>("select family_name from organisation.person where id = @person", new { person })).ShouldBe($"Gelöschte Person {person}");
        (await association.AskAsync<int>("select count(*)::int from organisation.office_holding where person_id = @person", new { person })).ShouldBe(1);
        (await association.AskAsync<int>("select position('Vereinsraum' in text) from meetings.document where text like '%█%' limit 1")).ShouldBe(passage);
        (await association.AskAsync<string>("select outcome from privacy.request where id = @request", new { request })).ShouldBe("done");
        (await association.AskAsync<int>("select count(*)::int from audit.entry where action = 'erase' and subject_id = @person", new { person })).ShouldBe(1);
        (await association.AskAsync<int>("select count(*)::int from meetings.search_resolutions('Quellenau')")).ShouldBe(0);
        await using (var owner = new NpgsqlConnection(association.Connections.Owner))
        {
            await owner.OpenAsync();
            await using var left = new NpgsqlCommand("select q.options[2] || ', ' || cardinality(q.options) || ', ' || t.remarks[2] || ', ' || p.counters from surveys.question q join surveys.tally t on t.question_id = q.id join surveys.paper_count p on p.question_id = q.id", owner);
            (await left.ExecuteScalarAsync()).ShouldBe($"Otto, Emil, 2, nichts, {new string('█', 17)}, Otto Fremd");
        }
        (await association.UseAsync<MemberList, IReadOnlyList<MemberList.Saved>>(association.DistrictChair, l => l.SavedAsync())).Select(f => f.Query).ShouldBe(
            ["art=member&angebot=" + Uri.EscapeDataString("Fahrten mit " + new string('█', 17)), "angebot=Fahrdienst"], ignoreOrder: true);
        (await association.AskAsync<int>("select count(*)::int from members.saved_filter where person_id = @person", new { person })).ShouldBe(0);
    }

    [Fact]
    public async Task A_hold_keeps_what_must_stay_and_the_request_is_answered_in_part()
    {
        var person = await PersonAsync("Ottilie", "Sperrmann");
        await association.TellAsync("insert into privacy.hold (person_id, process_id, until, reason) values (@person, 'people', current_date + 30, 'claim')", new { person }, Officer);
        var request = await OpenAsync(person, "erasure");
        await HandleAsync(Officer, h => h.IdentifyAsync(request, "known"));
        await HandleAsync(Officer, h => h.PrepareErasureAsync(request));
        (await HandleAsync(Second, h => h.ConfirmErasureAsync(request))).Done.ShouldBeTrue();
        (await association.AskAsync<string>("select family_name from organisation.person where id = @person", new { person })).ShouldBe("Sperrmann");
        (await association.AskAsync<int>("select count(*)::int from identity.account where person_id = @person", new { person })).ShouldBe(0);
        (await association.AskAsync<string>("select outcome from privacy.request where id = @request", new { request })).ShouldBe("partly");
    }

    [Fact]
    public async Task The_family_name_alone_is_blackened_only_where_nobody_else_bears_it()
    {
        var person = await PersonAsync("Elvira", "Doppelname");
        await association.TellAsync("insert into organisation.person (division_id, given_name, family_name) select division_id, 'Bruder', 'Doppelname' from organisation.person where id = @person", new { person });
        await using var owner = new NpgsqlConnection(association.Connections.Owner);
        await owner.OpenAsync();
        await using var blacken = new NpgsqlCommand("select privacy.blacken('Elvira Doppelname und Bruder Doppelname', privacy.mentions($1))", owner) { Parameters = { new() { Value = person } } };
        (await blacken.ExecuteScalarAsync()).ShouldBe("█████████████████ und Bruder Doppelname");
    }

    [Fact]
    public async Task Whoever_objects_is_not_contacted_and_whoever_is_restricted_disappears_from_lists()
    {
        var person = await PersonAsync("Ruhild", "Stillmoor");
        (await association.AskAsync<bool>("select privacy.may_contact(@person)", new { person }, association.DistrictChair)).ShouldBeTrue();
        await OpenAsync(person, "objection");
        (await association.AskAsync<bool>("select privacy.may_contact(@person)", new { person }, association.DistrictChair)).ShouldBeFalse();
        (await association.AskAsync<int>("select count(*)::int from organisation.person where id = @person", new { person }, association.DistrictChair)).ShouldBe(1);
        var request = await OpenAsync(person, "restriction");
        await HandleAsync(Officer, h => h.RestrictAsync(request));
        (await association.AskAsync<int>("select count(*)::int from organisation.person where id = @person", new { person }, association.DistrictChair)).ShouldBe(0);
        (await association.AskAsync<int>("select count(*)::int from organisation.person where id = @person", new { person }, person)).ShouldBe(1);
    }

    [Fact]
    public async Task The_deadline_is_one_month_and_three_where_it_was_extended()
    {
        var request = (await HandleAsync(Officer, h => h.OpenAsync(new() { Kind = "access", PersonId = association.LocalMember, ReceivedOn = new DateOnly(2026, 1, 31) }))).Value;
        async Task<RequestRegister.Row> FindAsync() => (await association.UseAsync<RequestRegister, RequestRegister.Row?>(Officer, r => r.FindAsync(request)))!;
        (await FindAsync()).Due.ShouldBe(new DateOnly(2026, 2, 28));
        await HandleAsync(Officer, h => h.ExtendAsync(request));
        (await FindAsync()).Due.ShouldBe(new DateOnly(2026, 4, 30));
        (await HandleAsync(Officer, h => h.AnswerAsync(request, "done"))).Refusal!.Message.ShouldContain("Prüfen Sie zuerst");
        await HandleAsync(Officer, h => h.IdentifyAsync(request, "document"));
        (await HandleAsync(Officer, h => h.AnswerAsync(request, "done"))).Done.ShouldBeTrue();
        (await HandleAsync(Officer, h => h.ExtendAsync(request))).Refusal!.Message.ShouldContain("schon beantwortet");
        (await association.UseAsync<RequestRegister, RequestRegister.Row?>(association.StateManager, r => r.FindAsync(request))).ShouldBeNull();
    }
}
