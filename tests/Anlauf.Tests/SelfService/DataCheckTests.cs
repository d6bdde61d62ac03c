using System.Net;
using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Rooms.SelfService.Checks;
using Anlauf.Rooms.Welcome.Care;
using Microsoft.Extensions.DependencyInjection;

namespace Anlauf.Tests.SelfService;

/// <summary>Once a year each member is asked, reminded once, and then looked after by somebody (H14).</summary>
public sealed class DataCheckTests(OpenHouse door) : IClassFixture<OpenHouse>, IAsyncLifetime
{
    private AssociationDatabase House => door.House;
    private static DateOnly Today => DateOnly.FromDateTime(new GermanTime().GetLocalNow().Date);

    public async Task InitializeAsync()
    {
        await House.TellAsync("delete from mail.outbox; delete from selfservice.data_check; delete from members.party_membership; delete from organisation.mail_trouble; delete from mail.undeliverable; update welcome.rule set days = 500 where id = 'check-batch'");
    }
    public Task DisposeAsync() => Task.CompletedTask;

    private async Task<int> NightAsync(int daysLater = 0)
    {
        await using var scope = House.Scope(null);
        var s = scope.ServiceProvider;
        return await new CheckDesk(s.GetRequiredService<Db>(), Links.Outbox(s), new Later(daysLater)).NightAsync();
    }

    /// <summary>Members whose turn is this month.</summary>
    private async Task<List<int>> DueAsync(int count, string family, string division = "ort-14522230")
    {
        var due = new List<int>();
        while (due.Count < count)
        {
            var person = await House.MemberAsync($"{family}{due.Count}", division, $"{family.ToLowerInvariant()}{due.Count}@mitglied.example");
            if (1 + person % 12 == Today.Month) due.Add(person);
            else await House.TellAsync("delete from organisation.person where id = @person", new { person });
        }
        return due;
    }

    private Task<string?> StateAsync(int person) => House.AskAsync<string>("select selfservice.state_of(c) from selfservice.data_check c where c.person_id = @person", new { person });
    private async Task<string> LinkOfAsync(string to) => (await House.LettersAsync()).Last(l => l.To == to).Text.Split("/ich/")[1].Split('\n')[0].Trim();

    [Fact]
    public async Task A_division_decides_the_days_of_the_check_for_its_members_and_the_association_how_much_goes_out()
    {
        var (here, there) = ((await DueAsync(1, "Hierregel"))[0], (await DueAsync(1, "Dortregel", "kreis-14521"))[0]);
        var district = await House.DivisionAsync("kreis-14522");
        Task<Outcome<int>> SetAsync(string division, string rule, int days) => House.UseAsync<HouseRules, Outcome<int>>(House.StateManager, async r => await r.SetAsync(new() { DivisionId = await House.DivisionAsync(division), Rule = rule, Days = days }));
        (await House.UseAsync<HouseRules, IReadOnlyList<HouseRules.Rule>>(House.StateManager, r => r.RulesAsync(district))).Select(r => r.Id).Where(r => r.StartsWith("check-", StringComparison.Ordinal)).ShouldBe(["check-batch", "check-pause", "check-reminder", "check-settled", "check-silent"], ignoreOrder: true);
        (await SetAsync("kreis-14522", "check-batch", 1)).Refusal!.Message.ShouldBe("Diese Zahl legt nur der Landesverband fest");
        // members of less than ten years are not asked there
        (await SetAsync("kreis-14522", "check-settled", 3_650)).Done.ShouldBeTrue();
        (await NightAsync()).ShouldBe(1);
        (await House.ListAsync<int>("select person_id from selfservice.data_check")).ShouldBe([there]);
        await House.UseAsync<HouseRules, int>(House.StateManager, r => r.ForgetAsync(district, "check-settled"));
        (await SetAsync("sachsen", "check-batch", 0)).Done.ShouldBeTrue();
        (await NightAsync()).ShouldBe(0);
        await House.UseAsync<HouseRules, int>(House.StateManager, async r => await r.ForgetAsync(await House.DivisionAsync("sachsen"), "check-batch"));
        (await NightAsync()).ShouldBe(1);
        // reminded after seven days here, after twenty-one there
        (await SetAsync("kreis-14522", "check-reminder", 7)).Done.ShouldBeTrue();
        await NightAsync(8);
        (await House.ListAsync<int>("select person_id from selfservice.data_check where reminded_on is not null")).ShouldBe([here]);
        await House.UseAsync<HouseRules, int>(House.StateManager, r => r.ForgetAsync(district, "check-reminder"));
    }

    [Fact]
    public async Task Each_member_is_asked_in_their_month_once_and_never_whoever_objects_is_new_or_has_no_address()
    {
        var due = await DueAsync(4, "Turnus");
        await House.TellAsync("insert into privacy.person_flag (person_id, kind) values (@one, 'no-contact')", new { one = due[1] });
        await House.TellAsync("update members.party_membership set received_on = current_date - 30 where person_id = @two", new { two = due[2] });
        await House.TellAsync("update organisation.person set email = null where id = @three", new { three = due[3] });
        var other = await House.MemberAsync("Anderer Monat");
        while (1 + other % 12 == Today.Month || 1 + other % 12 == Today.AddMonths(-1).Month) other = await House.MemberAsync("Anderer Monat");
        (await NightAsync()).ShouldBe(1);
        (await House.ListAsync<int>("select person_id from selfservice.data_check")).ShouldBe([due[0]]);
        (await House.LettersAsync()).ShouldHaveSingleItem().Subject.ShouldBe("Stimmen Ihre Angaben noch?");
        (await NightAsync()).ShouldBe(0, "nobody is asked twice");
    }

    [Fact]
    public async Task Whoever_has_no_address_of_mail_is_asked_by_a_letter_of_the_office_once_and_becomes_silent_like_all_others()
    {
        await House.TellAsync("insert into access.role_right select 'state-manager', 'membership', a, 'P2', 'subtree' from unnest(array['read', 'edit']) a on conflict do nothing");
        var due = await DueAsync(3, "Papier");
        await House.TellAsync("update organisation.person set email = null where id = any (@due)", new { due });
        await House.TellAsync("insert into privacy.person_flag (person_id, kind) values (@one, 'no-contact')", new { one = due[1] });
        Task<List<(int, bool)>> LettersAsync(int person) => House.UseAsync<LetterDesk, List<(int, bool)>>(person, async d => [.. (await d.ListAsync()).Select(l => (l.PersonId, l.SentOn is null))]);
        (await LettersAsync(House.StateManager)).ShouldBe([(due[0], true), (due[2], true)]);
        // nobody else prints them
        (await LettersAsync(House.MinuteTaker)).ShouldBeEmpty();
        (await House.UseAsync<LetterDesk, Outcome<int>>(House.MinuteTaker, d => d.SentAsync(due[0]))).Done.ShouldBeFalse();
        // the page, and the letter with what is kept
        await door.AccountAsync("papier", House.StateManager);
        using var office = await door.SignInAsync("papier");
        (await office.ReadAsync("/menschen/datenpflege")).ShouldSatisfyAllConditions(p => p.ShouldContain("2 Briefe"), p => p.ShouldContain($"/menschen/datenpflege/{due[0]}/brief.pdf"));
        using (var pdf = await office.OpenAsync($"/menschen/datenpflege/{due[0]}/brief.pdf"))
        {
            pdf.StatusCode.ShouldBe(HttpStatusCode.OK);
            pdf.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        }
        using (var silent = await office.OpenAsync($"/menschen/datenpflege/{due[1]}/brief.pdf")) silent.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var paper = LetterDesk.Of(new(1, "Mit Papier0", "OV Hainichen", "0171 1", new(2020, 5, 1), null), "Markt 1, 09661 Hainichen", "Horizont", null);
        paper.Facts.ShouldBe([("Name", "Mit Papier0"), ("Anschrift", "Markt 1, 09661 Hainichen"), ("Telefon", "0171 1"), ("Mitglied seit", "1.5.2020")]);
        // sent once, answered once
        (await House.UseAsync<LetterDesk, Outcome<int>>(House.StateManager, d => d.SentAsync(due[0]))).Done.ShouldBeTrue();
        (await House.UseAsync<LetterDesk, Outcome<int>>(House.StateManager, d => d.SentAsync(due[0]))).Done.ShouldBeFalse();
        (await House.UseAsync<LetterDesk, Outcome<int>>(House.StateManager, d => d.SentAsync(due[2]))).Done.ShouldBeTrue();
        (await House.UseAsync<LetterDesk, Outcome<int>>(House.StateManager, d => d.AnsweredAsync(due[2]))).Done.ShouldBeTrue();
        (await LettersAsync(House.StateManager)).ShouldBe([(due[0], false)]);
        (await StateAsync(due[2])).ShouldBe("confirmed");
        // no reminder by mail, and after the days of both it is a row for the office
        (await NightAsync(30)).ShouldBe(0);
        (await StateAsync(due[0])).ShouldBe("open");
        await NightAsync(42);
        (await StateAsync(due[0])).ShouldBe("silent");
        (await House.UseAsync<CheckDesk, IReadOnlyList<CheckDesk.Row>>(House.StateManager, d => d.WaitingAsync())).ShouldHaveSingleItem().PersonId.ShouldBe(due[0]);
    }

    [Fact]
    public async Task Many_are_asked_in_batches_night_by_night()
    {
        await DueAsync(5, "Schub");
        await House.TellAsync("update welcome.rule set days = 2 where id = 'check-batch'");
        (await NightAsync()).ShouldBe(2);
        (await NightAsync()).ShouldBe(2);
        (await NightAsync()).ShouldBe(1);
        (await House.AskAsync<int>("select count(*)::int from selfservice.data_check")).ShouldBe(5);
    }

    [Fact]
    public async Task All_is_right_is_one_tap_and_looking_alone_confirms_nothing()
    {
        var person = (await DueAsync(1, "Stimmt"))[0];
        await NightAsync();
        var link = await LinkOfAsync("stimmt0@mitglied.example");
        using var visitor = door.Visit();
        (await visitor.ReadAsync("/ich/" + link)).ShouldContain("Stimmt alles");
        (await StateAsync(person)).ShouldBe("open");
        (await visitor.SendAsync("/ich/" + link, "all-right")).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await StateAsync(person)).ShouldBe("confirmed");
        (await visitor.ReadAsync("/ich/" + link)).ShouldNotContain("Stimmt alles");
        (await NightAsync(25)).ShouldBe(0, "who has answered is not reminded");
        // correcting is an answer as well
        var corrects = (await DueAsync(1, "Berichtigt"))[0];
        await NightAsync();
        link = await LinkOfAsync("berichtigt0@mitglied.example");
        (await visitor.SendAsync($"/ich/{link}/kontakt", "contact", ("Input.Email", "berichtigt0@mitglied.example"), ("Input.Phone", "0371 999"))).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await StateAsync(corrects)).ShouldBe("corrected");
    }

    [Fact]
    public async Task Silence_is_reminded_once_with_a_new_link_and_becomes_a_row_for_the_office()
    {
        var person = (await DueAsync(1, "Schweigt"))[0];
        await NightAsync();
        var first = await LinkOfAsync("schweigt0@mitglied.example");
        (await NightAsync(20)).ShouldBe(0);
        (await NightAsync(21)).ShouldBe(1);
        (await House.LettersAsync())[^1].Subject.ShouldStartWith("Erinnerung");
        using var visitor = door.Visit();
        (await visitor.OpenAsync("/ich/" + first)).StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await NightAsync(30)).ShouldBe(0);
        await NightAsync(42);
        (await StateAsync(person)).ShouldBe("silent");
        await door.AccountAsync("kreisstill", House.DistrictChair);
        using var chair = await door.SignInAsync("kreisstill");
        (await chair.ReadAsync("/menschen/datenpflege")).ShouldContain("Nora Schweigt0");
        var check = await House.AskAsync<int>("select id from selfservice.data_check where person_id = @person", new { person });
        (await House.UseAsync<CheckDesk, Outcome<int>>(House.LocalChair, d => d.SettleAsync(check))).Done.ShouldBeFalse();
        (await chair.SendAsync("/menschen/datenpflege", $"settle-{check}")).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await House.UseAsync<CheckDesk, IReadOnlyList<CheckDesk.Row>>(House.DistrictChair, d => d.WaitingAsync())).ShouldBeEmpty();
    }

    [Fact]
    public async Task Figures_hide_small_numbers_of_other_districts_and_no_sum_gives_them_away()
    {
        async Task AnswersAsync(string division, int confirmed, int silent)
        {
            for (var i = 0; i < confirmed + silent; i++)
            {
                var person = await House.MemberAsync($"Zahl{division}{i}", division);
                await House.TellAsync("insert into selfservice.data_check (person_id, opened_on, confirmed_on, silent_on) values (@person, current_date - 60, case when @yes then current_date - 50 end, case when not @yes then current_date - 10 end)", new { person, yes = i < confirmed });
            }
        }
        await AnswersAsync("kreis-14522", 7, 2);
        await AnswersAsync("kreis-14521", 6, 3);
        async Task<Dictionary<string, CheckFigures.Line>> LinesAsync(int by) => (await House.UseAsync<CheckFigures, IReadOnlyList<CheckFigures.Line>>(by, f => f.LinesAsync())).ToDictionary(l => l.District);
        var chair = await LinesAsync(House.DistrictChair);
        chair.Keys.ShouldBe(["KV Mittelsachsen"]);
        (chair["KV Mittelsachsen"].Asked, chair["KV Mittelsachsen"].Parts[3]).ShouldBe(("9", 2));
        var state = await LinesAsync(House.StateManager);
        state.Values.ShouldAllBe(l => l.Parts[3] == null && l.Asked.StartsWith("etwa"));
        CheckFigures.Sums([.. state.Values]).ShouldBe(["13", "0", "0", "etwa 5", "0"]);
        (await House.UseAsync<CheckFigures, IReadOnlyList<CheckFigures.Line>>(House.LocalMember, f => f.LinesAsync())).ShouldBeEmpty();
    }

    private sealed class Later(int days) : TimeProvider
    {
        private readonly GermanTime clock = new();
        public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;
        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow().AddDays(days);
    }
}
