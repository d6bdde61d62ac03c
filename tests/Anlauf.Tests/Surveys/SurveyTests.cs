using System.Text.RegularExpressions;
using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Platform.Mail;
using Anlauf.Platform.Secrets;
using Anlauf.Rooms.Surveys;
using Anlauf.Tests.Mail;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Anlauf.Tests.Surveys;

/// <summary>Asking the members: roll on a day, one answer each, answers that lead back to nobody, results that suppress few.</summary>
public sealed class SurveyTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(DateTime.Today);

    /// <summary>Members of the district association with a mark in their name; their ids.</summary>
    private async Task<IReadOnlyList<int>> MembersAsync(int count, string mark, string division = "kreis-14522", string kind = "member", DateOnly? since = null, DateOnly? until = null)
    {
        var persons = new List<int>();
        for (var i = 0; i < count; i++)
        {
            var person = await house.AskAsync<int>("insert into organisation.person (division_id, given_name, family_name, email) select id, @given, @mark, @given || '@example.org' from organisation.division where slug = @division returning id", new { given = $"{mark}-{i}", mark, division });
            await house.TellAsync("insert into members.party_membership (person_id, division_id, kind, state, effective_on, left_on, left_reason) select @person, d.id, @kind, case when @until::date is null then 'active' else 'left' end, @since, @until, case when @until::date is not null then 'resigned' end from organisation.division d where slug = @division", new { person, division, kind, since = since ?? new DateOnly(2020, 1, 1), until });
            persons.Add(person);
        }
        return persons;
    }

    private async Task<int> DraftAsync(string kind = "questionnaire", bool named = false, string? statute = null, decimal? quorum = null, DateOnly? electorate = null)
    {
        var input = new SaveSurvey.Input { DivisionId = await house.DivisionAsync("kreis-14522"), Kind = kind, Title = "Womit fangen wir an?", StatuteReference = statute, ElectorateOn = electorate ?? Today, ClosesOn = Today.AddDays(14), Named = named, QuorumPercent = quorum };
        return (await house.UseAsync<SaveSurvey, Outcome<int>>(house.DistrictChair, s => s.HandleAsync(input))).Value;
    }

    private async Task<int> AskAsync(int survey, string kind = "agree", string options = "", bool required = false) =>
        (await house.UseAsync<SaveQuestion, Outcome<int>>(house.DistrictChair, s => s.HandleAsync(survey, new() { Kind = kind, Wording = "Sollen wir mehr Infostände machen?", Options = options, Required = required }))).Value;

    private Task<Outcome<int>> OpenAsync(int survey, int? by = null) => house.UseAsync<RunSurvey, Outcome<int>>(by ?? house.DistrictChair, r => r.OpenAsync(survey));

    private Task<Outcome<int>> AnswerAsync(int survey, int person, Dictionary<int, int[]> choices, Dictionary<int, string>? words = null) => house.UseAsync<SurveyRegister, Outcome<int>>(person, async register =>
    {
        var (found, questions) = (await register.FindAsync(survey), await register.QuestionsAsync(survey));
        return found is null ? new Refusal("not seen") : await house.UseAsync<AnswerSurvey, Outcome<int>>(person, a => a.HandleAsync(found, questions, new(choices, words ?? [])));
    });

    private Task EndAsync(int survey) => house.TellAsync("update surveys.survey set opened_on = current_date - 20, closes_on = current_date - 1 where id = @survey", new { survey });

    private Task<IReadOnlyDictionary<int, Result>> ResultsAsync(int survey, int person) => house.UseAsync<SurveyRegister, IReadOnlyDictionary<int, Result>>(person, r => r.ResultsAsync(survey));

    [Fact]
    public async Task Who_was_a_member_on_the_day_is_asked_and_nobody_else()
    {
        var day = new DateOnly(2025, 6, 30);
        var before = int.Parse((await OwnerAsync("select count(*)::text from surveys.electorate((select id from organisation.division where slug = 'kreis-14522'), date '2025-06-30')")).Single());
        var members = await MembersAsync(3, "stichtag");
        var branch = await MembersAsync(2, "ortsmitglied", "ort-14522230");
        await MembersAsync(2, "spaeter", since: day.AddDays(1));
        await MembersAsync(2, "vorher-weg", until: day);
        await MembersAsync(2, "gast", kind: "guest");
        await MembersAsync(2, "nachbarkreis", "kreis-14521");
        var survey = await DraftAsync(electorate: day);
        await AskAsync(survey);
        (await OpenAsync(survey)).Value.ShouldBe(before + 5);
        var roll = await house.ListAsync<int>("select person_id from surveys.elector where survey_id = @survey", new { survey });
        // the system is no member: the roll is read as its owner does
        roll.Count.ShouldBe(0);
        foreach (var person in members.Concat(branch)) (await house.AskAsync<bool>("select @survey = any (surveys.mine())", new { survey }, person)).ShouldBeTrue();
    }

    [Fact]
    public async Task Each_answers_once_and_what_is_open_stays_as_it_is()
    {
        var voters = await MembersAsync(2, "einmal");
        var survey = await DraftAsync();
        var question = await AskAsync(survey, required: true);
        (await AnswerAsync(survey, voters[0], new() { [question] = [0] })).Refusal.ShouldNotBeNull("a draft is answered by nobody");
        (await OpenAsync(survey)).Done.ShouldBeTrue();
        (await AnswerAsync(survey, voters[0], [])).Refusal!.ShouldSatisfyAllConditions(r => r.Field.ShouldBe($"f{question}"), r => r.Message.ShouldContain("braucht eine Antwort"));
        (await AnswerAsync(survey, voters[0], new() { [question] = [7] })).Refusal!.Message.ShouldContain("steht nicht zur Wahl");
        (await AnswerAsync(survey, voters[0], new() { [question] = [0] })).Done.ShouldBeTrue();
        (await AnswerAsync(survey, voters[0], new() { [question] = [1] })).Refusal!.Message.ShouldContain("schon eine Antwort");
        (await house.UseAsync<SaveQuestion, Outcome<int>>(house.DistrictChair, s => s.HandleAsync(survey, new() { Wording = "Noch etwas?", Kind = "agree" }))).Refusal!.Message.ShouldContain("Entwurf");
        (await house.UseAsync<SaveSurvey, Outcome<int>>(house.DistrictChair, s => s.DiscardAsync(survey))).Done.ShouldBeFalse();
        (await Should.ThrowAsync<PostgresException>(() => house.TellAsync("update surveys.survey set closes_on = closes_on - 10 where id = @survey", new { survey }, house.DistrictChair))).SqlState.ShouldBe("42501");
        (await Should.ThrowAsync<PostgresException>(() => house.TellAsync("delete from surveys.survey where id = @survey", new { survey }, house.DistrictChair))).SqlState.ShouldBe("42501");
    }

    [Fact]
    public async Task Nothing_in_a_dump_leads_from_an_answer_to_the_person_who_gave_it()
    {
        var voters = await MembersAsync(24, "geheim");
        var survey = await DraftAsync();
        var (choice, text) = (await AskAsync(survey, "one", "Stand A\nStand B\nStand C"), await AskAsync(survey, "text"));
        await OpenAsync(survey);
        foreach (var (voter, i) in voters.Select((v, i) => (v, i)))
            (await AnswerAsync(survey, voter, new() { [choice] = [i % 3] }, new() { [text] = $"Satz Nummer {i:00}" })).Done.ShouldBeTrue();

        var dump = await DumpAsync();
        // the words stand in exactly one line of one table, all together, and that line names no person
        var places = dump.Where(l => l.Line.Contains("Satz Nummer", StringComparison.Ordinal)).ToList();
        places.ShouldHaveSingleItem().Table.ShouldBe("surveys.tally");
        voters.ShouldAllBe(v => !places[0].Line.Contains($"geheim-{v}", StringComparison.Ordinal));
        // in no order of giving: the chance that 24 shuffled sentences stand as they came is one to 10^23
        var order = Regex.Matches(places[0].Line, @"Satz Nummer (\d\d)").Select(m => m.Groups[1].Value).ToList();
        order.Order().ShouldBe(Enumerable.Range(0, 24).Select(i => $"{i:00}"));
        order.ShouldNotBe(Enumerable.Range(0, 24).Select(i => $"{i:00}").ToList());
        // the choices are sums; no table has a row for each of the 24 answers that joins a question to anything
        (await OwnerAsync($"select counts::text from surveys.tally where question_id = {choice}")).ShouldBe(["{8,8,8}"]);
        var perVoter = await OwnerAsync($"select count(*)::text from surveys.named_answer where survey_id = {survey}");
        perVoter.ShouldBe(["0"]);
        // the audit knows who took part, and not what was chosen
        dump.Where(l => l.Table.StartsWith("audit.", StringComparison.Ordinal) && l.Line.Contains("tally", StringComparison.Ordinal)).ShouldBeEmpty();
        // nor does any function of the house give the sums while it is open, or the rows to anybody
        (await ResultsAsync(survey, house.DistrictChair)).ShouldBeEmpty();
        (await Should.ThrowAsync<PostgresException>(() => house.ListAsync<string>("select counts::text from surveys.tally", person: house.DistrictChair))).SqlState.ShouldBe("42501");
    }

    [Fact]
    public async Task Results_come_after_the_end_from_ten_answers_on_and_to_the_members_when_made_known()
    {
        var voters = await MembersAsync(12, "ergebnis");
        var (few, enough) = (await DraftAsync(), await DraftAsync());
        var (fewQuestion, question) = (await AskAsync(few), await AskAsync(enough));
        await OpenAsync(few);
        await OpenAsync(enough);
        foreach (var voter in voters.Take(9)) await AnswerAsync(few, voter, new() { [fewQuestion] = [0] });
        foreach (var (voter, i) in voters.Take(11).Select((v, i) => (v, i))) await AnswerAsync(enough, voter, new() { [question] = [i < 7 ? 0 : 1] });
        await EndAsync(few);
        await EndAsync(enough);
        (await ResultsAsync(few, house.DistrictChair)).ShouldBeEmpty("nine answers are too few");
        (await ResultsAsync(enough, voters[0])).ShouldBeEmpty("not made known yet");
        (await ResultsAsync(enough, house.DistrictChair))[question].ShouldSatisfyAllConditions(r => r.Counts.ShouldBe([7, 4, 0]), r => r.Answered.ShouldBe(11));
        (await house.UseAsync<RunSurvey, Outcome<int>>(house.LocalChair, r => r.PublishAsync(enough))).Done.ShouldBeFalse("not theirs");
        (await house.UseAsync<RunSurvey, Outcome<int>>(house.DistrictChair, r => r.PublishAsync(enough))).Done.ShouldBeTrue();
        (await ResultsAsync(enough, voters[0]))[question].Counts.ShouldBe([7, 4, 0]);
        // made known to those who were asked and those who read surveys there; whoever reads none anywhere is nobody to tell
        var stranger = await house.AskAsync<int>("insert into organisation.person (division_id, given_name, family_name) select id, 'Ohne', 'Umfragen' from organisation.division where slug = 'kreis-14523' returning id");
        (await ResultsAsync(enough, stranger)).ShouldBeEmpty();
        (await AnswerAsync(enough, voters[11], new() { [question] = [0] })).Refusal!.Message.ShouldContain("vorbei");
    }

    [Fact]
    public async Task A_vote_needs_its_statute_is_secret_and_is_held_on_paper()
    {
        var input = new SaveSurvey.Input { DivisionId = await house.DivisionAsync("kreis-14522"), Kind = "binding-vote", Title = "Entscheid", ElectorateOn = Today, ClosesOn = Today.AddDays(7) };
        (await house.UseAsync<SaveSurvey, Outcome<int>>(house.DistrictChair, s => s.HandleAsync(input))).Refusal!.Field.ShouldBe("StatuteReference");
        (input.StatuteReference, input.Named) = ("§ 8 Abs. 2 der Satzung", true);
        (await house.UseAsync<SaveSurvey, Outcome<int>>(house.DistrictChair, s => s.HandleAsync(input))).Refusal!.Field.ShouldBe("Named");
        (await Should.ThrowAsync<PostgresException>(() => house.TellAsync("insert into surveys.survey (division_id, kind, title, electorate_on, closes_on) select id, 'binding-vote', 'ohne Grund', current_date, current_date from organisation.division where slug = 'kreis-14522'"))).SqlState.ShouldBe("23514");

        var voters = await MembersAsync(6, "entscheid");
        var survey = await DraftAsync("binding-vote", statute: "§ 8 Abs. 2 der Satzung", quorum: 50);
        (await house.UseAsync<SaveQuestion, Outcome<int>>(house.DistrictChair, s => s.HandleAsync(survey, new() { Kind = "text", Wording = "Was meinen Sie?" }))).Refusal!.Field.ShouldBe("Kind");
        var question = await AskAsync(survey);
        await OpenAsync(survey);
        (await AnswerAsync(survey, voters[0], new() { [question] = [0] })).Refusal!.Message.ShouldContain("auf Papier");

        var numbers = (await OwnerAsync($"select number::text from surveys.elector where survey_id = {survey} and person_id in ({string.Join(',', voters)}) order by number")).Select(int.Parse).ToList();
        Task<Outcome<int>> Envelopes(string text) => house.UseAsync<CountByHand, Outcome<int>>(house.DistrictChair, c => c.EnterEnvelopesAsync(survey, new() { Numbers = text }));
        Task<Outcome<int>> Count(string counts, int invalid = 0) => house.UseAsync<CountByHand, Outcome<int>>(house.DistrictChair, c => c.HandleAsync(survey, new() { QuestionId = question, Place = "Freiberg", CountedOn = Today, Counters = "Theo Kontur und Asta Linie", Counts = counts, Invalid = invalid }));
        (await Envelopes($"{numbers[0]} 99999")).Refusal!.Message.ShouldContain("99999 steht nicht im Verzeichnis");
        (await Envelopes(string.Join(", ", numbers.Take(5)))).Value.ShouldBe(5);
        (await Envelopes($"{numbers[0]}")).Refusal!.Message.ShouldContain("schon eingetragen");
        (await Count("Ja: 3\nNein: 1\nEnthaltung: 0", 1)).Refusal!.Message.ShouldContain("vorbei");
        await EndAsync(survey);
        (await Count("Ja: 3\nNein: 3\nEnthaltung: 0", 1)).Refusal!.Message.ShouldContain("mehr als die 5 eingetragenen Umschläge");
        (await Count("Ja: drei\nNein: 1\nEnthaltung: 0")).Refusal!.Message.ShouldContain("Zeile 1");
        (await Count("Ja: 3\nNein: 1\nEnthaltung: 0", 1)).Done.ShouldBeTrue();
        (await Count("Ja: 3\nNein: 1\nEnthaltung: 0", 1)).Done.ShouldBeTrue("the same place again replaces its count");
        (await ResultsAsync(survey, house.DistrictChair))[question].ShouldSatisfyAllConditions(r => r.Counts.ShouldBe([3, 1, 0]), r => r.Answered.ShouldBe(4));
    }

    [Fact]
    public async Task Answers_with_a_name_are_the_persons_own_and_stand_in_their_report()
    {
        var voters = await MembersAsync(2, "mitnamen");
        var survey = await DraftAsync(named: true);
        var question = await AskAsync(survey, "text");
        await OpenAsync(survey);
        (await AnswerAsync(survey, voters[0], [], new() { [question] = "Ich backe Kuchen" })).Done.ShouldBeTrue();
        var (id, stored) = (await house.ListAsync<(Guid, byte[])>("select id, answer from surveys.named_answer", person: voters[0])).ShouldHaveSingleItem();
        (await house.UseAsync<FieldCipher, string?>(voters[0], c => Task.FromResult(c.Decrypt(stored, "surveys.named_answer.answer", id.ToString())))).ShouldBe("Ich backe Kuchen");
        (await house.ListAsync<Guid>("select id from surveys.named_answer", person: voters[1])).ShouldBeEmpty();
        (await house.ListAsync<Guid>("select id from surveys.named_answer", person: house.StateManager)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Answers_with_a_name_are_counted_and_their_words_opened_for_those_who_run_the_survey()
    {
        var voters = await MembersAsync(11, "benannt");
        var survey = await DraftAsync(named: true);
        var (choice, text) = (await AskAsync(survey, "one", "Stand A\nStand B"), await AskAsync(survey, "text"));
        await OpenAsync(survey);
        foreach (var (voter, i) in voters.Select((v, i) => (v, i)))
            (await AnswerAsync(survey, voter, new() { [choice] = [i % 2] }, i < 2 ? new() { [text] = $"Vorschlag {i}" } : null)).Done.ShouldBeTrue();
        await EndAsync(survey);
        var seen = await ResultsAsync(survey, house.DistrictChair);
        seen[choice].ShouldSatisfyAllConditions(r => r.Counts.ShouldBe([6, 5]), r => r.Answered.ShouldBe(11), r => r.Remarks.ShouldBeEmpty());
        seen[text].ShouldSatisfyAllConditions(r => r.Remarks.ShouldBe(["Vorschlag 0", "Vorschlag 1"], ignoreOrder: true), r => r.Answered.ShouldBe(2));
        (await house.AskAsync<int>("select count(*)::int from audit.entry where chain = 'access' and object = 'surveys.named_answer' and key = @survey::text and actor = @DistrictChair::text", new { survey, house.DistrictChair })).ShouldBe(1);
        // as a version before has written them: sealed at the next start, the choice in words
        await OwnerAsync($"update surveys.named_answer set answer = null, choices = '{{1}}' where question_id = {choice} and person_id = {voters[1]} returning 1::text");
        await using (var app = await Anlauf.Platform.Hosting.AnlaufHost.BuildAsync(Anlauf.Rooms.RoomList.All, house.Connections, OpenHouse.Configure)) await app.StartAsync();
        var (id, stored) = (await house.ListAsync<(Guid, byte[])>("select id, answer from surveys.named_answer where question_id = @choice and choices is null", new { choice }, voters[1])).ShouldHaveSingleItem();
        (await house.UseAsync<FieldCipher, string?>(null, c => Task.FromResult(c.Decrypt(stored, "surveys.named_answer.answer", id.ToString())))).ShouldBe("Stand B");
    }

    [Fact]
    public async Task The_personal_link_answers_once_without_signing_in()
    {
        var voters = await MembersAsync(1, "perlink");
        var survey = await DraftAsync();
        var question = await AskAsync(survey);
        await OpenAsync(survey);
        await OwnerAsync($"update surveys.elector set token_hash = sha256('probe-link-1'::bytea) where survey_id = {survey} and person_id = {voters[0]} returning number::text");
        async Task<Outcome<int>> Answer(string link)
        {
            var opened = await house.UseAsNobodyAsync<AnswerSurvey, AnswerSurvey.Opened?>(a => a.OpenAsync(link));
            return opened is null ? new Refusal("no such link") : await house.UseAsNobodyAsync<AnswerSurvey, Outcome<int>>(a => a.HandleAsync(opened.Survey, opened.Questions, new(new Dictionary<int, int[]> { [question] = [2] }, new Dictionary<int, string>()), link));
        }
        (await Answer("probe-link-2")).Refusal!.Message.ShouldBe("no such link");
        (await Answer("probe-link-1")).Done.ShouldBeTrue();
        (await Answer("probe-link-1")).Refusal!.Message.ShouldContain("schon eine Antwort");
        (await house.UseAsNobodyAsync<SurveyRegister, IReadOnlyList<Survey>>(r => r.ListAsync())).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Letters_with_links_reach_those_who_may_be_written_to_and_have_not_answered()
    {
        var (server, missing) = await MailServer.StartAsync("plain");
        Skip.If(server is null, missing);
        using var _ = server;
        var settings = new MailSettings(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Mail:Host"] = "127.0.0.1", ["Mail:Port"] = $"{server.Port}", ["Mail:From"] = "verband@example.org", ["Mail:Site"] = "https://anlauf.example.org" }).Build());
        var voters = await MembersAsync(3, "brief", "ort-14522540");
        await house.TellAsync("insert into privacy.person_flag (person_id, kind) values (@person, 'no-contact')", new { person = voters[2] });
        var survey = await DraftAsync();
        var question = await AskAsync(survey);
        await OpenAsync(survey);
        await AnswerAsync(survey, voters[1], new() { [question] = [1] });
        // of all the others only the marked ones have an address of this kind
        await OwnerAsync($"update organisation.person set email = null where id not in ({string.Join(',', voters)}); select ''");
        await using (var scope = house.Scope(house.DistrictChair))
        {
            var run = new RunSurvey(scope.ServiceProvider.GetRequiredService<Db>(), new Outbox(scope.ServiceProvider.GetRequiredService<Db>(), scope.ServiceProvider.GetRequiredService<FieldCipher>(), settings), scope.ServiceProvider.GetRequiredService<SurveyRegister>());
            var found = await scope.ServiceProvider.GetRequiredService<SurveyRegister>().FindAsync(survey);
            (await run.SendLinksAsync(found!)).Value.ShouldBe(1, "one has answered, one does not want to be written to");
            (await run.SendLinksAsync(found!)).Value.ShouldBe(0, "nobody gets two letters on one day");
        }
        await using (var scope = house.Scope(null))
            await new MailSender(scope.ServiceProvider.GetRequiredService<Db>(), scope.ServiceProvider.GetRequiredService<FieldCipher>(), settings, NullLogger<MailSender>.Instance).SendDueAsync();
        var letter = await server.NextAsync();
        letter.To.ShouldBe(["brief-0@example.org"]);
        var link = Regex.Match(letter.Text.Replace("=\r\n", "", StringComparison.Ordinal).Replace("=\n", "", StringComparison.Ordinal), @"/umfrage/([\w-]{43})").Groups[1].Value;
        var opened = await house.UseAsNobodyAsync<AnswerSurvey, AnswerSurvey.Opened?>(a => a.OpenAsync(link));
        opened.ShouldNotBeNull().Survey.Id.ShouldBe(survey);
        (await house.UseAsNobodyAsync<AnswerSurvey, Outcome<int>>(a => a.HandleAsync(opened.Survey, opened.Questions, new(new Dictionary<int, int[]> { [question] = [0] }, new Dictionary<int, string>()), link))).Done.ShouldBeTrue();
    }

    [Fact]
    public async Task Many_letters_leave_in_batches_and_each_member_gets_one()
    {
        var settings = new MailSettings(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Mail:Host"] = "127.0.0.1", ["Mail:From"] = "verband@example.org", ["Mail:Site"] = "https://anlauf.example.org" }).Build());
        await OwnerAsync("update organisation.person set email = null; delete from mail.outbox; select ''");
        var voters = await MembersAsync(3, "stapel");
        // as if they were many: the batch is a constant of the program
        await OwnerAsync($"insert into organisation.person (division_id, given_name, family_name, email) select division_id, 'viele-' || g, 'stapel', 'viele-' || g || '@example.org' from organisation.person, generate_series(1, {RunSurvey.Batch}) g where id = {voters[0]}; insert into members.party_membership (person_id, division_id, kind, state, effective_on) select id, division_id, 'member', 'active', date '2020-01-01' from organisation.person where given_name like 'viele-%'; select ''");
        var survey = await DraftAsync();
        await AskAsync(survey);
        await OpenAsync(survey);
        async Task<int> RunAsync(int? by, Func<RunSurvey, Task<int>> work)
        {
            await using var scope = house.Scope(by);
            var s = scope.ServiceProvider;
            return await work(new(s.GetRequiredService<Db>(), new Outbox(s.GetRequiredService<Db>(), s.GetRequiredService<FieldCipher>(), settings), s.GetRequiredService<SurveyRegister>()));
        }
        var found = await house.UseAsync<SurveyRegister, Survey?>(house.DistrictChair, r => r.FindAsync(survey));
        (await RunAsync(null, r => r.SendRestAsync())).ShouldBe(0, "nobody has asked for it");
        (await RunAsync(house.DistrictChair, async r => (await r.SendLinksAsync(found!)).Value)).ShouldBe(RunSurvey.Batch);
        (await RunAsync(null, r => r.SendRestAsync())).ShouldBe(3);
        (await RunAsync(null, r => r.SendRestAsync())).ShouldBe(0);
        (await OwnerAsync("select count(*) || ' ' || count(distinct recipient) from mail.outbox")).ShouldBe([$"{RunSurvey.Batch + 3} {RunSurvey.Batch + 3}"]);
        await OwnerAsync("delete from mail.outbox; update organisation.person set email = null; select ''");
    }

    [Fact]
    public void Turnout_by_district_hides_the_few_also_from_those_who_subtract()
    {
        static Turnout Row(string name, int asked, int took) => new(name, asked, took, 0);
        Parts.Of([Row("A", 100, 40), Row("B", 80, 20), Row("C", 30, 9)]).Select(p => p.Division).ShouldBe(["A", "B", "C"]);
        // C and D are too few even together, so B joins them: 23 of 93 tells nothing about either
        Parts.Of([Row("A", 100, 40), Row("B", 80, 20), Row("C", 7, 2), Row("D", 6, 1)]).ShouldBe([Row("A", 100, 40), new("übrige", 93, 23, 0)]);
        // everybody took part: that is as telling as nobody
        Parts.Of([Row("A", 100, 40), Row("B", 80, 20), Row("C", 9, 9)]).Select(p => p.Division).ShouldBe(["A", "übrige"]);
        Parts.Of([Row("A", 100, 40), Row("C", 7, 2)]).ShouldBeEmpty();
    }

    private async Task<List<(string Table, string Line)>> DumpAsync()
    {
        var tables = await OwnerAsync("select quote_ident(n.nspname) || '.' || quote_ident(c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname !~ '^(pg_|information_schema)' order by 1");
        var lines = new List<(string, string)>();
        foreach (var table in tables) lines.AddRange((await OwnerAsync($"select t::text from {table} t")).Select(l => (table, l)));
        return lines;
    }

    private async Task<List<string>> OwnerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(house.Connections.Owner);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("set row_security = off; " + sql, connection);
        var rows = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) rows.Add(reader.IsDBNull(0) ? "" : reader.GetString(0));
        return rows;
    }
}
