using Anlauf.Platform;
using Anlauf.Rooms.Offers;
using Anlauf.Rooms.Situation;

namespace Anlauf.Tests.Offers;

/// <summary>R7: task offers to members and those with a mandate, with acceptance.</summary>
public sealed class TaskOfferTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>
{
    [Fact]
    public async Task A_task_of_a_resolution_is_offered_taken_and_stands_on_the_Heute_of_whoever_took_it_with_its_deadline()
    {
        var member = await house.MemberAsync("ort-14522230", "Nimmt");
        var resolution = await house.ResolveAsync("kreis-14522", "2026-101", "Infostände im Advent");
        var due = Asked.Today.AddDays(20);
        var task = await house.AskAsync<int>("insert into meetings.task (division_id, resolution_id, kind, text, due) select division_id, id, 'task', 'Stand in Hainichen anmelden', @due from meetings.resolution where id = @resolution returning id", new { resolution, due });
        (await house.UseAsync<OfferRegister, IReadOnlyList<OfferRegister.FreeTask>>(house.DistrictChair, r => r.FreeTasksAsync())).ShouldContain(t => t.Id == task && t.Resolution == "2026-101");
        var offer = await house.OfferAsync("", firstWins: true, more: i => i.TaskId = task);
        (await house.HeuteAsync(member)).ShouldContain("Wer kann das übernehmen? Stand in Hainichen anmelden");
        (await house.TakesAsync(member, offer)).Value.ShouldBeTrue();
        // from now on it is an ordinary task with a deadline, theirs
        var mine = (await house.UseAsync<TodayTasks, IReadOnlyList<TodayTasks.Item>>(member, t => t.ListAsync())).Where(i => i.Title.Contains("Stand in Hainichen")).ShouldHaveSingleItem();
        (mine.Title, mine.Due, mine.Href, mine.Promise).ShouldBe(("Erledigen: Stand in Hainichen anmelden", due, $"/sitzungen/auftraege/{task}", false));
        (await house.AskAsync<string>("select responsible || ' ' || state from meetings.task where id = @task", new { task })).ShouldBe("Mit Nimmt underway");
        (await house.UseAsync<AnswerOffer, Outcome<bool>>(member, a => a.FinishAsync(offer))).Done.ShouldBeTrue();
        (await house.AskAsync<string>("select state from meetings.task where id = @task", new { task })).ShouldBe("done");
        (await house.SeesAsync(house.DistrictChair, offer))!.State.ShouldBe("done");
        (await house.HeuteAsync(member)).ShouldNotContain(t => t.Contains("Stand in Hainichen"));
    }

    [Fact]
    public async Task Of_two_who_accept_at_the_same_moment_one_gets_it_and_the_other_is_told_kindly_and_a_double_click_counts_once()
    {
        var people = new List<int>();
        foreach (var n in Enumerable.Range(1, 8)) people.Add(await house.MemberAsync("kreis-14522", $"Gleich {n}"));
        for (var round = 0; round < 3; round++)
        {
            var offer = await house.OfferAsync($"Plakate holen {round}", firstWins: true);
            // everybody clicks twice
            var answers = await Task.WhenAll(people.Concat(people).Select(p => Task.Run(async () => (Person: p, Answer: await house.TakesAsync(p, offer)))));
            var winner = answers.Where(a => a.Answer.Done).Select(a => a.Person).Distinct().ShouldHaveSingleItem();
            answers.Count(a => a.Answer.Done).ShouldBe(2);
            answers.Where(a => a.Person != winner).ShouldAllBe(a => a.Answer.Refusal!.Message.StartsWith("Jemand anderes war schneller"));
            (await house.AskAsync<int>("select person_id from meetings.task t join offers.offer o on o.task_id = t.id where o.id = @offer", new { offer })).ShouldBe(winner);
            (await house.AskAsync<long>("select count(*) from offers.answer where offer_id = @offer", new { offer })).ShouldBe(1);
            // who came too late still sees what became of it
            (await house.SeesAsync(people.First(p => p != winner), offer))!.State.ShouldBe("taken");
        }
    }

    [Fact]
    public async Task Where_the_body_chooses_an_acceptance_waits_until_it_is_confirmed()
    {
        var (one, other) = (await house.MemberAsync("kreis-14522", "Erste"), await house.MemberAsync("kreis-14522", "Zweite"));
        var offer = await house.OfferAsync("Kasse prüfen");
        (await house.TakesAsync(one, offer)).Value.ShouldBeFalse();
        (await house.TakesAsync(other, offer)).Value.ShouldBeFalse();
        (await house.HeuteAsync(house.DistrictChair)).ShouldContain("Zusage bestätigen: Kasse prüfen");
        // whoever has accepted still sees it, and what happens next
        (await house.HeuteAsync(one)).ShouldContain("Zugesagt: Kasse prüfen");
        (await house.UseAsync<OfferRegister, IReadOnlyList<OfferRegister.Answer>>(house.DistrictChair, r => r.AnswersAsync(offer))).Select(a => a.Name).ShouldBe(["Mit Erste", "Mit Zweite"]);
        // nobody else confirms, and nobody reads who else would
        (await house.UseAsync<RunOffer, Outcome<bool>>(one, r => r.ConfirmAsync(offer, one))).Done.ShouldBeFalse();
        (await house.UseAsync<OfferRegister, IReadOnlyList<OfferRegister.Answer>>(one, r => r.AnswersAsync(offer))).ShouldBeEmpty();
        (await house.UseAsync<RunOffer, Outcome<bool>>(house.DistrictChair, r => r.ConfirmAsync(offer, other))).Done.ShouldBeTrue();
        (await house.UseAsync<RunOffer, Outcome<bool>>(house.DistrictChair, r => r.ConfirmAsync(offer, one))).Refusal!.Message.ShouldContain("jemand anderem");
        (await house.SeesAsync(other, offer))!.Mine.ShouldBeTrue();
        (await house.HeuteAsync(house.DistrictChair)).ShouldNotContain("Zusage bestätigen: Kasse prüfen");
        (await house.HeuteAsync(one)).ShouldNotContain("Zugesagt: Kasse prüfen");
        (await house.HeuteAsync(other)).ShouldSatisfyAllConditions(t => t.ShouldContain("Erledigen: Kasse prüfen"), t => t.ShouldNotContain("Zugesagt: Kasse prüfen"));
    }

    [Fact]
    public async Task What_nobody_takes_in_time_comes_back_to_the_body_and_so_does_what_is_handed_back()
    {
        var member = await house.MemberAsync("kreis-14522", "Gibt zurück");
        var offer = await house.OfferAsync("Saal mieten", firstWins: true);
        await house.TellAsync("update offers.offer set answer_by = current_date - 1 where id = @offer", new { offer });
        (await house.HeuteAsync(house.DistrictChair)).ShouldContain("Niemand hat übernommen: Saal mieten");
        (await house.HeuteAsync(member)).ShouldNotContain(t => t.Contains("Saal mieten"));
        (await house.TakesAsync(member, offer)).Refusal!.Message.ShouldContain("Zeit für Antworten");
        (await house.UseAsync<RunOffer, Outcome<bool>>(house.DistrictChair, r => r.ExtendAsync(offer, Asked.Today.AddDays(3)))).Done.ShouldBeTrue();
        (await house.TakesAsync(member, offer)).Value.ShouldBeTrue();
        (await house.UseAsync<AnswerOffer, Outcome<bool>>(member, a => a.HandBackAsync(offer))).Done.ShouldBeTrue();
        (await house.AskAsync<string>("select t.state || coalesce(t.responsible, '') from meetings.task t join offers.offer o on o.task_id = t.id where o.id = @offer", new { offer })).ShouldBe("open");
        (await house.HeuteAsync(house.DistrictChair)).ShouldContain("Zurückgegeben, wieder offen: Saal mieten");
        (await house.SeesAsync(house.DistrictChair, offer))!.AnswerBy.ShouldBe(Asked.Today.AddDays(7));
        (await house.UseAsync<RunOffer, Outcome<bool>>(house.DistrictChair, r => r.WithdrawAsync(offer))).Done.ShouldBeTrue();
        (await house.TakesAsync(member, offer)).Refusal!.Message.ShouldContain("zurückgezogen");
        (await house.HeuteAsync(house.DistrictChair)).ShouldNotContain(t => t.Contains("Saal mieten"));
    }

    [Fact]
    public async Task Asked_are_members_of_the_division_who_may_be_addressed_and_nobody_else()
    {
        var (inside, silent, beside) = (await house.MemberAsync("ort-14522230", "Drinnen"), await house.MemberAsync("kreis-14522", "Still"), await house.MemberAsync("kreis-14521", "Nebenan"));
        await house.TellAsync("insert into privacy.person_flag (person_id, kind) values (@silent, 'no-contact')", new { silent });
        var offer = await house.OfferAsync("Fahrdienst");
        (await house.SeesAsync(inside, offer)).ShouldNotBeNull();
        foreach (var nobody in new[] { silent, beside, house.LocalMember })
        {
            (await house.SeesAsync(nobody, offer)).ShouldBeNull();
            (await house.HeuteAsync(nobody)).ShouldNotContain(t => t.Contains("Fahrdienst"));
            (await house.TakesAsync(nobody, offer)).Refusal!.Message.ShouldContain("gilt nicht Ihnen");
            (await house.UseAsync<AnswerOffer, Outcome<bool>>(nobody, a => a.AskAsync(offer, "Wann?"))).Done.ShouldBeFalse();
        }
        // to members above or beside a body offers nothing
        var above = await house.DivisionAsync("sachsen");
        (await house.UseAsync<SaveOffer, Outcome<int>>(house.DistrictChair, async s => await s.HandleAsync(new() { Text = "Alle", DivisionId = await house.DivisionAsync("kreis-14522"), TargetDivisionId = above, AnswerBy = Asked.Today }))).Refusal!.Field.ShouldBe("TargetDivisionId");
        (await house.UseAsync<SaveOffer, Outcome<int>>(house.LocalMember, s => s.HandleAsync(new() { Text = "Alle", DivisionId = above, TargetDivisionId = above, AnswerBy = Asked.Today }))).Done.ShouldBeFalse();
    }

    [Fact]
    public async Task Somebody_with_a_mandate_is_asked_as_such_and_a_question_gets_its_reply()
    {
        var councillor = await house.AskAsync<int>("insert into organisation.person (division_id, given_name, family_name) select id, 'Mona', 'Mandat' from organisation.division where slug = 'ort-14522230' returning id");
        await house.TellAsync("insert into organisation.body (division_id, kind, name, slug) select id, 'ParliamentaryGroup', 'Fraktion im Stadtrat', 'fraktion-hainichen' from organisation.division where slug = 'ort-14522230'");
        await house.TellAsync("insert into organisation.office (division_id, body_id, name) select division_id, id, 'Stadträtin' from organisation.body where slug = 'fraktion-hainichen'");
        await house.TellAsync("insert into organisation.office_holding (office_id, person_id, valid_from) select id, @councillor, current_date from organisation.office where name = 'Stadträtin'", new { councillor });
        var offer = await house.OfferAsync("Anfrage zum Bahnhof stellen", addressed: "mandates", more: i => (i.Hours, i.Place, i.Online) = (1.5m, "Hainichen", true));
        var seen = (await house.SeesAsync(councillor, offer))!;
        OfferWords.Facts(seen).ShouldBe($"Frist {Asked.Today.AddDays(30):d.M.yyyy} · etwa 1,5 Stunden · Hainichen oder online");
        (await house.SeesAsync(await house.MemberAsync("ort-14522230", "Nur Mitglied"), offer)).ShouldBeNull();
        (await house.UseAsync<AnswerOffer, Outcome<bool>>(councillor, a => a.AskAsync(offer, "Bis zur nächsten Sitzung?"))).Done.ShouldBeTrue();
        (await house.HeuteAsync(house.DistrictChair)).ShouldContain("Frage beantworten: Anfrage zum Bahnhof stellen");
        var question = (await house.UseAsync<OfferRegister, IReadOnlyList<OfferRegister.Question>>(house.DistrictChair, r => r.QuestionsAsync(offer))).ShouldHaveSingleItem();
        (await house.UseAsync<RunOffer, Outcome<bool>>(councillor, r => r.ReplyAsync(question.Id, "Ja"))).Done.ShouldBeFalse();
        (await house.UseAsync<RunOffer, Outcome<bool>>(house.DistrictChair, r => r.ReplyAsync(question.Id, "Ja, bis zum 5."))).Done.ShouldBeTrue();
        (await house.UseAsync<OfferRegister, IReadOnlyList<OfferRegister.Question>>(councillor, r => r.QuestionsAsync(offer))).ShouldHaveSingleItem().Reply.ShouldBe("Ja, bis zum 5.");
        (await house.UseAsync<AnswerOffer, Outcome<bool>>(councillor, a => a.DeclineAsync(offer))).Done.ShouldBeTrue();
        (await house.HeuteAsync(councillor)).ShouldBeEmpty();
    }
}
