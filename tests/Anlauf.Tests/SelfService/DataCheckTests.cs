using System.Net;
using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Rooms.SelfService.Checks;
using Microsoft.Extensions.DependencyInjection;

namespace Anlauf.Tests.SelfService;

/// <summary>Once a year each member is asked, reminded once, and then looked after by somebody (H14).</summary>
public sealed class DataCheckTests(OpenHouse door) : IClassFixture<OpenHouse>, IAsyncLifetime
{
    private AssociationDatabase House => door.House;
    private static DateOnly Today => DateOnly.FromDateTime(new GermanTime().GetLocalNow().Date);

    public async Task InitializeAsync()
    {
        await House.TellAsync("delete from mail.outbox; delete from selfservice.data_check; delete from members.party_membership; delete from organisation.mail_trouble; delete from mail.undeliverable; update selfservice.rule set amount = 500 where id = 'batch'");
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
    public async Task Many_are_asked_in_batches_night_by_night()
    {
        await DueAsync(5, "Schub");
        await House.TellAsync("update selfservice.rule set amount = 2 where id = 'batch'");
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
