using Anlauf.Rooms.Situation;
using Anlauf.Rooms.Welcome.Arrivals;

namespace Anlauf.Tests.Welcome;

/// <summary>„Ankommen“ page by page: the order is the database's, and what is counted beside stays true of all.</summary>
public sealed class ArrivalPagesTests(OpenHouse door) : IClassFixture<OpenHouse>, IAsyncLifetime
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(new Anlauf.Platform.GermanTime().GetLocalNow().Date);
    private AssociationDatabase House => door.House;
    public Task InitializeAsync() => House.EmptyAsync();
    public Task DisposeAsync() => Task.CompletedTask;

    private Task<IReadOnlyList<Arrival>> ListAsync(int person, ArrivalRegister.Filter filter, int skip = 0, int most = int.MaxValue) => House.UseAsync<ArrivalRegister, IReadOnlyList<Arrival>>(person, r => r.ListAsync(filter, Today, skip, most));
    private Task<IReadOnlyList<ArrivalRegister.Tally>> TalliesAsync(int person) => House.UseAsync<ArrivalRegister, IReadOnlyList<ArrivalRegister.Tally>>(person, r => r.TalliesAsync(Today));
    private Task<IReadOnlyList<ArrivalRegister.Queue>> QueuesAsync(int person) => House.UseAsync<ArrivalRegister, IReadOnlyList<ArrivalRegister.Queue>>(person, r => r.QueuesAsync());

    // thirty in two districts, some with a contact, some far on their way
    private async Task<int> ArriveAsync()
    {
        var contact = await House.ContactAsync("ort-14522230", "Begleitet viele", capacity: 12);
        for (var i = 0; i < 30; i++)
            await House.JoinsAsync($"Kommt {i:00}", day: i * 7 % 60, division: i % 3 == 0 ? "kreis-14521" : "kreis-14522", area: i % 3 == 0 ? null : i % 2 == 0 ? Newcomers.Hainichen : Newcomers.Freiberg, entered: i % 4 == 0 ? null : 1);
        await House.TellAsync("update welcome.step set done_on = promised_on from welcome.arrival a where a.id = arrival_id and a.id % 5 = 0 and step <> 'first-meeting'");
        return contact;
    }

    [Fact]
    public async Task Page_after_page_is_the_whole_list_in_the_order_of_the_promises()
    {
        await ArriveAsync();
        foreach (var person in new[] { House.StateManager, House.DistrictChair })
        {
            var all = await ListAsync(person, new());
            all.Count.ShouldBe(person == House.StateManager ? 30 : 20);
            all.Select(a => a.Id).ShouldBe(all.OrderBy(a => a.Next?.PromisedOn ?? DateOnly.MaxValue).ThenBy(a => a.ReceivedOn).ThenBy(a => a.Id).Select(a => a.Id));
            var pages = new List<int>();
            for (var skip = 0; skip < 40; skip += 8) pages.AddRange((await ListAsync(person, new(), skip, 8)).Select(a => a.Id));
            pages.ShouldBe(all.Select(a => a.Id));
            (await ListAsync(person, new(), 400, 8)).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task What_is_chosen_and_what_is_counted_beside_it_are_the_same_people()
    {
        var contact = await ArriveAsync();
        var (all, tallies) = (await ListAsync(House.StateManager, new()), await TalliesAsync(House.StateManager));
        var districts = all.Select(a => a.DistrictKey).Where(k => k.Length > 0).Distinct().ToList();
        districts.ShouldNotBeEmpty();
        var filters = new List<ArrivalRegister.Filter> { new(), new(Contact: contact), new(Contact: 0), new(Contact: -1), new(District: "99999") };
        filters.AddRange(districts.SelectMany(d => new ArrivalRegister.Filter[] { new(d), new(d, contact) }));
        foreach (var filter in filters)
        {
            var expected = all.Where(a => (filter.District is null || a.DistrictKey == filter.District) && (filter.Contact is null || (a.ContactId ?? 0) == filter.Contact)).ToList();
            var sentence = ArrivalSentence.Of([.. tallies.Where(filter.Counts)]);
            (sentence.All, sentence.OnTime, sentence.Overdue, sentence.ThisWeek).ShouldBe((expected.Count, expected.Count(a => a.Pace(Today) == ArrivalPace.OnTime), expected.Count(a => a.Pace(Today) == ArrivalPace.Overdue), expected.Count(a => a.Pace(Today) == ArrivalPace.ThisWeek)), filter.ToString());
            foreach (var pace in Enum.GetValues<ArrivalPace>())
                (await ListAsync(House.StateManager, filter with { Pace = pace })).Select(a => a.Id).ShouldBe(expected.Where(a => a.Pace(Today) == pace).Select(a => a.Id), $"{filter} {pace}");
        }
        var queues = (await QueuesAsync(House.StateManager)).ToDictionary(q => q.Id);
        queues["entry"].Waiting.ShouldBe(all.Count(a => a.Owes("entered")));
        queues["contact"].Waiting.ShouldBe(all.Count(a => a.MayContact && a.Owes("first-contact")));
        queues["entry"].OldestId.ShouldBe(all.Where(a => a.Owes("entered")).MinBy(a => (a.ReceivedOn, a.Id))!.Id);
    }

    [Fact]
    public async Task Nobody_of_a_foreign_division_is_listed_counted_or_found()
    {
        await ArriveAsync();
        var foreign = (await House.ListAsync<int>("select a.id from welcome.arrival a where not exists (select from organisation.division_closure c join organisation.division d on d.id = c.ancestor_id where c.descendant_id = a.division_id and d.slug = 'kreis-14522')")).ToHashSet();
        foreign.Count.ShouldBe(10);
        (await ListAsync(House.DistrictChair, new())).ShouldAllBe(a => !foreign.Contains(a.Id));
        (await TalliesAsync(House.DistrictChair)).Sum(t => t.Arrivals).ShouldBe(20);
        (await QueuesAsync(House.DistrictChair)).ShouldAllBe(q => q.OldestId == null || !foreign.Contains(q.OldestId.Value));
        foreach (var part in new[] { "welcome.districts(current_date) x", "welcome.kept(current_date) x", "welcome.queues() x where x.waiting > 0", "welcome.find_arriving('{kommt}') x", "welcome.arrival", "welcome.step", "welcome.duty" })
            (await House.AskAsync<int>($"select coalesce(max({(part.StartsWith("welcome.kept", StringComparison.Ordinal) ? "x.all" : "1")}), 0)::int from {part}", person: House.LocalMember)).ShouldBe(0, part);
        (await House.ListAsync<int>("select arrival_id from welcome.find_arriving('{kommt}')", person: House.DistrictChair)).ShouldAllBe(id => !foreign.Contains(id));
        // whoever is shown to nobody is not shown to those either who see everybody else
        var hidden = await House.AskAsync<int>("select min(id) from welcome.arrival");
        await House.TellAsync("insert into privacy.person_flag (person_id, kind) select person_id, 'restricted' from welcome.arrival where id = @hidden", new { hidden });
        (await ListAsync(House.StateManager, new())).ShouldAllBe(a => a.Id != hidden);
        (await TalliesAsync(House.StateManager)).Sum(t => t.Arrivals).ShouldBe(29);
        (await House.AskAsync<int>("select count(*)::int from welcome.step where arrival_id = @hidden", new { hidden }, House.StateManager)).ShouldBe(0);
        (await House.AskAsync<int>("select count(distinct arrival_id)::int from welcome.step", person: House.StateManager)).ShouldBe(29);
    }

    [Fact]
    public async Task The_statistics_are_those_of_every_arrival_that_is_seen()
    {
        await ArriveAsync();
        foreach (var person in new[] { House.StateManager, House.DistrictChair, House.LocalChair })
        {
            (await House.ListAsync<string>("select concat_ws('|', key, name, arrivals, median, p90, in_time, promised) from welcome.districts(current_date) order by 1", person: person)).ShouldBe(await House.ListAsync<string>("""
                select concat_ws('|', coalesce(t.key, ''), coalesce(t.label, d.short_name), count(*), percentile_disc(0.5) within group (order by coalesce(e.done_on, current_date) - a.received_on),
                  percentile_disc(0.9) within group (order by coalesce(e.done_on, current_date) - a.received_on), count(*) filter (where f.done_on <= f.promised_on), min(e.promised_on - a.received_on))
                from welcome.arrival a join organisation.division d on d.id = a.division_id left join territory.municipality m on m.ags = a.area_key left join territory.district t on t.key = m.district_key
                join welcome.step e on e.arrival_id = a.id and e.step = 'entered' left join welcome.step f on f.arrival_id = a.id and f.step = 'first-contact' where a.opened_on > current_date - 90 group by t.key, coalesce(t.label, d.short_name) order by 1
                """, person: person));
            (await House.ListAsync<string>("select x.all || '|' || x.in_time from welcome.kept(current_date) x", person: person)).ShouldBe(await House.ListAsync<string>("""
                select count(*) || '|' || count(*) filter (where s.done_on <= s.promised_on) from welcome.step s join welcome.arrival a on a.id = s.arrival_id where s.step = 'first-contact' and s.promised_on between current_date - 90 and current_date - 1
                """, person: person));
        }
    }

    [Fact]
    public async Task The_next_step_that_stands_with_the_arrival_follows_the_steps()
    {
        await ArriveAsync();
        await AgreesAsync();
        await House.TellAsync("update welcome.step set done_on = current_date where step = 'entered' and arrival_id % 2 = 0");
        await AgreesAsync();
        await House.TellAsync("update welcome.step set done_on = null where arrival_id % 3 = 0");
        await AgreesAsync();
        await House.TellAsync("update welcome.step set promised_on = promised_on + 20 where step = 'first-contact' and arrival_id % 5 = 0");
        await House.TellAsync("delete from welcome.step where step = 'first-meeting' and arrival_id % 7 = 0");
        await AgreesAsync();

        async Task AgreesAsync() => (await House.ListAsync<int>("""
            select a.id from welcome.arrival a
            where a.next_on is distinct from (select min(s.promised_on) from welcome.step s where s.arrival_id = a.id and s.done_on is null)
              or a.next_step is distinct from (select s.step from welcome.step s where s.arrival_id = a.id and s.done_on is null order by s.promised_on, s.step limit 1)
              or a.call_on is distinct from (select min(s.promised_on) from welcome.step s where s.arrival_id = a.id and s.done_on is null and s.step <> 'entered')
              or a.call_step is distinct from (select s.step from welcome.step s where s.arrival_id = a.id and s.done_on is null and s.step <> 'entered' order by s.promised_on, s.step limit 1)
              or a.spoken_on is distinct from (select max(s.done_on) from welcome.step s where s.arrival_id = a.id and s.step <> 'entered')
            """)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_number_in_the_head_is_the_number_of_rows_of_the_day()
    {
        await ArriveAsync();
        var division = await House.DivisionAsync("kreis-14522");
        foreach (var days in new int?[] { null, 0, 20, 400 })
        {
            if (days is { } own) await House.TellAsync("insert into welcome.own_rule (division_id, rule_id, days) select @division, r, @own from unnest(array['state', 'district', 'entry']) r on conflict (division_id, rule_id) do update set days = excluded.days", new { division, own });
            foreach (var person in new[] { House.StateManager, House.DistrictChair, House.LocalChair, House.MinuteTaker, House.LocalMember })
            {
                var rows = (await House.UseAsync<TodayTasks, IReadOnlyList<TodayTasks.Item>>(person, t => t.ListAsync())).Count;
                (await House.UseAsync<TodayTasks, int>(person, t => t.CountAsync())).ShouldBe(rows, $"{person} with {days} days");
                (await House.AskAsync<int>("select welcome.told_late_lines()", person: person)).ShouldBe(await House.AskAsync<int>("select count(*)::int from welcome.told_late()", person: person), $"{person} with {days} days");
            }
        }
        await House.TellAsync("delete from welcome.own_rule");
    }

    [Fact]
    public async Task The_page_shows_a_group_and_the_list_by_25_and_says_where_a_page_is_beyond_the_end()
    {
        for (var i = 0; i < 28; i++) await House.JoinsAsync($"Blättert {i:00}", day: 20 + i);
        await door.AccountAsync("blaettert", House.DistrictChair);
        using var visitor = await door.SignInAsync("blaettert");
        var overview = await visitor.ReadAsync("/menschen/ankommen");
        overview.ShouldContain("28 neue Mitglieder kommen gerade an");
        overview.ShouldContain("24 weitere");
        foreach (var list in new[] { "gruppe=spaet", "ansicht=liste", "ansicht=liste&gruppe=spaet" })
        {
            var first = await visitor.ReadAsync($"/menschen/ankommen?{list}");
            first.ShouldContain("1–25 von 28");
            first.ShouldContain("Neu Blättert 27");
            first.ShouldNotContain("Neu Blättert 02<");
            var second = await visitor.ReadAsync($"/menschen/ankommen?{list}&seite=2");
            second.ShouldContain("26–28 von 28");
            foreach (var name in new[] { "00", "01", "02" }) second.ShouldContain($"Neu Blättert {name}");
            second.ShouldContain("28 neue Mitglieder kommen gerade an");
            (await visitor.ReadAsync($"/menschen/ankommen?{list}&seite=9")).ShouldContain("Auf dieser Seite steht niemand");
        }
        (await visitor.ReadAsync("/menschen/ankommen?ansicht=liste&zustaendig=abc")).ShouldContain("Mit dieser Auswahl kommt niemand an");
    }
}
