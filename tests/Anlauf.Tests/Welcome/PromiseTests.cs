using Anlauf.Rooms.Situation;
using Anlauf.Rooms.Welcome.Arrivals;

namespace Anlauf.Tests.Welcome;

/// <summary>Promises kept and broken: the sentence, the districts, and who is told when (H1, H3, H4).</summary>
public sealed class PromiseTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>, IAsyncLifetime
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(new Anlauf.Platform.GermanTime().GetLocalNow().Date);
    public Task InitializeAsync() => house.EmptyAsync();
    public Task DisposeAsync() => Task.CompletedTask;

    private Task<IReadOnlyList<Arrival>> OpenAsync(int person) => house.UseAsync<ArrivalRegister, IReadOnlyList<Arrival>>(person, r => r.ListAsync(new(), Today));
    private Task<IReadOnlyList<TodayTasks.Item>> TodayAsync(int person) => house.UseAsync<TodayTasks, IReadOnlyList<TodayTasks.Item>>(person, t => t.ListAsync());

    [Fact]
    public async Task Whoever_was_entered_after_four_months_is_red_on_the_track_in_the_table_and_on_today()
    {
        await house.ContactAsync("kreis-14522", "Kreisweit");
        await house.JoinsAsync("Pünktlich", day: 6, entered: 1);
        await house.JoinsAsync("Vergessen", day: 123, entered: 121);
        // the track: first in the list, its next step long overdue
        var first = (await OpenAsync(house.DistrictChair))[0];
        (first.Name, first.Pace(Today), first.Next!.LateBy(Today)).ShouldBe(("Neu Vergessen", ArrivalPace.Overdue, 109));
        StepWords.Due(first.Next, Today).ShouldBe("Anruf seit 109 Tagen");
        // the table of districts: half within a day, nine of ten only after 121
        var district = (await house.UseAsync<ArrivalRegister, IReadOnlyList<ArrivalRegister.District>>(house.DistrictChair, r => r.DistrictsAsync(Today))).ShouldHaveSingleItem();
        (district.Arrivals, district.Median, district.P90, district.IsLate).ShouldBe((2, 1, 121, true));
        // today: for the district at once, and by now for the state as well
        (await TodayAsync(house.DistrictChair))[0].ShouldSatisfyAllConditions(
            t => t.Title.ShouldBe("Ein überfälliger Schritt bei neuen Mitgliedern: KV Mittelsachsen"),
            t => t.Why.ShouldBe("Neu Vergessen, überfällig seit 109 Tagen"), t => t.Phone.ShouldBe("0171 3920011"), t => t.Act.ShouldBe("Notieren"), t => t.Promise.ShouldBeTrue());
        (await TodayAsync(house.StateManager)).ShouldContain(t => t.Title == "Ein überfälliger Schritt, jetzt beim Land: KV Mittelsachsen" && t.Why == "Neu Vergessen, überfällig seit 109 Tagen");
    }

    [Fact]
    public async Task A_broken_promise_rises_to_the_district_the_next_day_and_to_the_state_after_a_week()
    {
        await house.ContactAsync("ort-14522230", "Vor Ort");
        await house.JoinsAsync("Drei Tage", day: 17, entered: 1);
        (await TodayAsync(house.LocalChair)).ShouldContain(t => t.Promise);
        (await TodayAsync(house.DistrictChair)).ShouldContain(t => t.Title == "Ein überfälliger Schritt, jetzt beim Kreis: OV Hainichen" && t.Why == "Neu Drei Tage, überfällig seit 3 Tagen");
        (await TodayAsync(house.StateManager)).ShouldNotContain(t => t.Promise);
        await house.JoinsAsync("Acht Tage", day: 22, entered: 1);
        (await TodayAsync(house.StateManager)).ShouldContain(t => t.Promise && t.Why.Contains("8 Tagen"));
    }

    [Fact]
    public async Task Entering_that_takes_longer_than_fourteen_days_is_the_states_business_at_once()
    {
        await house.JoinsAsync("Liegt", day: 14);
        (await house.ListAsync<string>("select level from welcome.escalated()", person: house.StateManager)).ShouldBe(["state"]); // eleven days after the promise of three
        await house.TellAsync("update welcome.rule set days = 30 where id = 'state'");
        (await house.ListAsync<string>("select level from welcome.escalated()", person: house.StateManager)).ShouldBeEmpty();
        await house.JoinsAsync("Liegt länger", day: 15);
        (await house.ListAsync<string>("select level from welcome.escalated()", person: house.StateManager)).ShouldBe(["state"]);
        await house.TellAsync("update welcome.rule set days = 7 where id = 'state'");
    }

    [Fact]
    public async Task The_next_call_of_a_contact_stands_before_every_other_task_of_the_day()
    {
        var contact = await house.ContactAsync("ort-14522230", "Ruft an");
        await house.JoinsAsync("Bald", day: 10, entered: 1);
        await house.JoinsAsync("Überfällig", day: 16, entered: 1);
        var tasks = await TodayAsync(contact);
        tasks.Select(t => t.Title).ShouldBe(["Anrufen: Neu Überfällig", "Anrufen: Neu Bald"]);
        tasks[0].ShouldSatisfyAllConditions(t => t.Why.ShouldBe("ein Versprechen an einen Menschen, überfällig seit 2 Tagen"), t => t.Promise.ShouldBeTrue());
    }

    [Fact]
    public async Task A_waiting_period_that_ends_unfinished_is_an_alarm_until_everything_is_ticked()
    {
        var contact = await house.ContactAsync("ort-14522230", "Begleitet");
        var arrival = await house.JoinsAsync("Wartet", day: 2, entered: 1, state: "awaiting-objection", effective: 6);
        (await TodayAsync(contact)).ShouldContain(t => t.Title == "Wartezeit endet: Neu Wartet" && t.Why.StartsWith("3 von 3 Punkten offen, wirksam am "));
        foreach (var duty in new[] { "congratulation", "first-meeting", "rights" })
            (await house.UseAsync<Rooms.Welcome.Calls.CallRegister, bool>(contact, r => r.TickAsync(arrival, duty, Today))).ShouldBeTrue();
        (await TodayAsync(contact)).ShouldNotContain(t => t.Title.StartsWith("Wartezeit"));
        // somebody who is not entrusted ticks nothing
        (await house.UseAsync<Rooms.Welcome.Calls.CallRegister, bool>(house.LocalMember, r => r.TickAsync(arrival, "rights", Today))).ShouldBeFalse();
    }

    [Fact]
    public async Task The_three_queues_say_how_many_wait_and_who_waits_longest()
    {
        await house.JoinsAsync("Alt", day: 40);
        await house.JoinsAsync("Jung", day: 4);
        await house.JoinsAsync("Erfasst", day: 50, entered: 3, state: "awaiting-objection", effective: 3);
        (await house.UseAsync<ArrivalRegister, IReadOnlyList<ArrivalRegister.Queue>>(house.DistrictChair, r => r.QueuesAsync())).Select(q => (q.Id, q.Waiting, q.Oldest))
            .ShouldBe([("entry", 2, "Neu Alt"), ("contact", 3, "Neu Erfasst"), ("waiting-period", 1, "Neu Erfasst")]);
    }

    [Fact]
    public void The_backlog_is_said_in_hours() => new ArrivalRegister.Workload(120, 12).Words.ShouldBe("120 × 12 Minuten = 24 Stunden");

    [Theory]
    [InlineData(46, 35, 6, 5, "46 neue Mitglieder kommen gerade an, 35 liegen im Plan. 6 Schritte sind überfällig, 5 werden diese Woche fällig.")]
    [InlineData(1, 0, 1, 0, "Ein neues Mitglied kommt gerade an, 0 liegen im Plan. Ein Schritt ist überfällig.")]
    [InlineData(3, 3, 0, 0, "3 neue Mitglieder kommen gerade an, alles liegt im Plan.")]
    [InlineData(2, 1, 0, 1, "2 neue Mitglieder kommen gerade an, eines liegt im Plan. Ein Schritt wird diese Woche fällig.")]
    [InlineData(0, 0, 0, 0, "Niemand Neues kommt gerade an.")]
    public void The_sentence_counts_people(int all, int onTime, int overdue, int week, string sentence) => new ArrivalSentence(all, onTime, overdue, week).ToString().ShouldBe(sentence);
}
