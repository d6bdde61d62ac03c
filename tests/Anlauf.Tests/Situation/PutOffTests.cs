using System.Text.RegularExpressions;
using Anlauf.Rooms.Situation;
using Anlauf.Tests.Welcome;

namespace Anlauf.Tests.Situation;

/// <summary>What somebody puts off on „Heute“ comes back tomorrow; for others, and for what was promised, nothing changes.</summary>
public sealed partial class PutOffTests(OpenHouse door) : IClassFixture<OpenHouse>
{
    private AssociationDatabase House => door.House;

    [GeneratedRegex("name=\"aufgabe\" value=\"([0-9a-f]{32})\"")]
    private static partial Regex Key();
    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();
    private static string Text(string page) => Regex.Replace(Tag().Replace(page, " "), @"\s+", " ");
    private Task<int> CountAsync(int person) => House.UseAsync<TodayTasks, int>(person, t => t.CountAsync());

    [Fact]
    public async Task A_promise_put_off_is_gone_until_tomorrow_for_that_person_alone_and_counts_among_those_who_wait()
    {
        var contact = await House.ContactAsync("ort-14522230", "Legt Weg");
        await House.JoinsAsync("Wartet Weiter", day: 18, entered: 1);
        await House.TellAsync("insert into meetings.task (division_id, text, kind, state, due, person_id) select division_id, 'Saal mieten', 'task', 'open', current_date + 3, id from organisation.person where id = @contact", new { contact });
        await door.AccountAsync("legt-weg", contact);
        using var visitor = await door.SignInAsync("legt-weg");
        var page = await visitor.ReadAsync("/heute");
        Text(page).ShouldContain("Als Nächstes · seit 4 Tagen Anrufen: Neu Wartet Weiter");
        var before = (await CountAsync(contact), await CountAsync(House.LocalChair));
        await visitor.SendToAsync("/heute", "/heute/morgen", null, ("aufgabe", Key().Match(page).Groups[1].Value));
        Text(page = await visitor.ReadAsync("/heute")).ShouldSatisfyAllConditions(
            p => p.ShouldContain("Bis morgen zurückgestellt: „Anrufen: Neu Wartet Weiter“."), p => p.ShouldContain("Ein Mensch wartet auf den ersten Kontakt, länger als versprochen."),
            p => p.ShouldContain("Als Nächstes · bis"), p => p.ShouldContain("Eine Aufgabe kommt morgen wieder."));
        (await CountAsync(contact), await CountAsync(House.LocalChair)).ShouldBe((before.Item1 - 1, before.Item2));
        // the other task as well: nothing is left for today, and nobody says that all is done
        await visitor.SendToAsync("/heute", "/heute/morgen", null, ("aufgabe", Key().Match(page).Groups[1].Value));
        Text(await visitor.ReadAsync("/heute")).ShouldSatisfyAllConditions(p => p.ShouldContain("Heute wartet nichts mehr auf Sie."), p => p.ShouldContain("2 Aufgaben kommen morgen wieder."), p => p.ShouldNotContain("Alles erledigt"));
        // tomorrow
        await House.TellAsync("update situation.put_off set until = current_date where person_id = @contact", new { contact }, contact);
        (await CountAsync(contact)).ShouldBe(before.Item1);
        // what is not on one's list cannot be put off
        await visitor.SendToAsync("/heute", "/heute/morgen", null, ("aufgabe", new string('0', 32)));
        Text(await visitor.ReadAsync("/heute")).ShouldContain("Diese Aufgabe steht nicht mehr auf Ihrer Liste.");
    }

    [Fact]
    public async Task What_was_put_off_is_shown_again_today_and_a_row_that_says_something_new_shows_itself()
    {
        var person = await House.PersonAsync("ort-14522230", "Überlegt Neu");
        var task = await House.AskAsync<int>("insert into meetings.task (division_id, text, kind, state, due, person_id) select division_id, 'Kuchen backen', 'task', 'open', current_date + 3, id from organisation.person where id = @person returning id", new { person });
        async Task<bool> PutOffAsync() => await House.UseAsync<TodayTasks, string?>(person, async t => await t.PutOffAsync((await t.ListAsync()).Single().Task)) is not null;
        (await PutOffAsync()).ShouldBeTrue();
        (await CountAsync(person)).ShouldBe(0);
        (await House.UseAsync<TodayTasks, int>(person, t => t.ShowAgainAsync())).ShouldBe(1);
        (await CountAsync(person)).ShouldBe(1);
        (await PutOffAsync()).ShouldBeTrue();
        await House.TellAsync("update meetings.task set text = 'Zwei Kuchen backen' where id = @task", new { task });
        (await CountAsync(person)).ShouldBe(1);
        // nobody reads what others put off
        (await House.AskAsync<int>("select count(*)::int from situation.put_off", person: House.StateManager)).ShouldBe(0);
    }
}
