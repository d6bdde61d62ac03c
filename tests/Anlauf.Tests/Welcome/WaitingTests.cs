using System.Text.RegularExpressions;
using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Rooms.Situation;
using Anlauf.Rooms.Welcome.Arrivals;
using Anlauf.Rooms.Welcome.Calls;

namespace Anlauf.Tests.Welcome;

/// <summary>Who waits for a call is one definition: three pages say the same number and the same name. And a call noted by mistake is taken back.</summary>
public sealed partial class WaitingTests(OpenHouse door) : IClassFixture<OpenHouse>, IAsyncLifetime
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(new GermanTime().GetLocalNow().Date);
    private AssociationDatabase House => door.House;
    public Task InitializeAsync() => House.EmptyAsync();
    public Task DisposeAsync() => Task.CompletedTask;

    private Task<Outcome<NoteCall.Noted>> NoteAsync(int person, int arrival, string outcome, Guid? id = null, string? note = null) =>
        House.UseAsync<NoteCall, Outcome<NoteCall.Noted>>(person, h => h.HandleAsync(new() { Id = id ?? Guid.NewGuid(), ArrivalId = arrival, Outcome = outcome, Note = note }));
    private Task<Outcome<int>> UndoAsync(int person, Guid id) => House.UseAsync<NoteCall, Outcome<int>>(person, h => h.UndoAsync(id));
    private Task<WaitingCalls> WaitingAsync(int person, string? district = null) => House.UseAsync<Db, WaitingCalls>(person, db => WaitingCalls.CountAsync(db, district));
    private Task<IReadOnlyList<Arrival>> ListAsync(int person) => House.UseAsync<CallRegister, IReadOnlyList<Arrival>>(person, r => r.ListAsync());

    private sealed record Standing(string Steps, string Duties, DateOnly? ClosedOn, string? Outcome, DateOnly? DeclinedOn, bool MayContact, int Notes);
    private async Task<Standing> StandingAsync(int arrival) => (await House.UseAsync<Db, Standing?>(null, db => db.SingleAsync<Standing>("""
        select (select string_agg(concat(s.step, s.done_on, s.done_by), ',' order by s.step) from welcome.step s where s.arrival_id = a.id) as steps,
          coalesce((select string_agg(concat(d.duty, d.done_on, d.done_by), ',' order by d.duty) from welcome.duty d where d.arrival_id = a.id), '') as duties, a.closed_on, a.outcome, a.declined_on, privacy.may_contact(a.person_id) as may_contact,
          (select count(*)::int from welcome.care_note n where n.person_id = a.person_id) as notes
        from welcome.arrival a where a.id = @arrival
        """, new { arrival })))!;

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();
    private static string Text(string page) => Regex.Replace(Tag().Replace(page, ""), @"\s+", " ");

    [Fact]
    public async Task Heute_Anrufe_and_Ankommen_say_the_same_number_of_first_contacts_and_the_same_who_waits_longest_for_one()
    {
        var contact = await House.ContactAsync("kreis-14522", "Wartet Kontakt");
        await House.JoinsAsync("Eben da", day: 3, entered: 1);
        await House.JoinsAsync("Spät dran", day: 30, entered: 1);
        // longest in the house, but the first contact is made; put off, and still waiting for it; not to be addressed
        await NoteAsync(contact, await House.JoinsAsync("Gestern gesprochen", day: 60, entered: 1), "reached");
        await NoteAsync(contact, await House.JoinsAsync("Später wieder", day: 50, entered: 1), "missed");
        await NoteAsync(contact, await House.JoinsAsync("Lieber nicht", day: 55, entered: 1), "declined");
        foreach (var person in new[] { House.DistrictChair, contact })
        {
            var counted = await WaitingAsync(person);
            (counted.People, counted.Late, counted.Others, counted.PutOff).ShouldBe((3, 2, 1, 1));
            (counted.Longest!.Name, counted.Longest.Days, counted.Longest.NotBefore).ShouldBe(("Neu Später wieder", 50, Today.AddDays(2)));
            // whom a later day is noted for stands on no list of today
            (await ListAsync(person)).Count.ShouldBe(counted.People + counted.Others - counted.PutOff);
            // the pile beside the tracks counts the same
            (await House.UseAsync<ArrivalRegister, IReadOnlyList<ArrivalRegister.Queue>>(person, r => r.QueuesAsync())).Single(q => q.Id == "contact").Waiting.ShouldBe(counted.People);
        }
        await door.AccountAsync("wartet-kreis", House.DistrictChair);
        using var visitor = await door.SignInAsync("wartet-kreis");
        var next = Wording.Day(Today.AddDays(2), Today);
        var said = $"3 Menschen warten auf den ersten Kontakt, zwei länger als versprochen. Am längsten wartet Neu Später wieder, überfällig seit 36 Tagen, nächster Versuch {next} Dazu kommt ein weiterer Schritt am Telefon. Für einen Anruf davon ist ein späterer Tag vorgemerkt.";
        foreach (var page in new[] { "/heute", "/menschen/anrufe", "/menschen/ankommen", "/menschen/ankommen?kreis=14522" }) Text(await visitor.ReadAsync(page)).ShouldContain(said, customMessage: page);
        Text(await visitor.ReadAsync("/menschen/ankommen?kreis=14521")).ShouldNotContain("Am längsten wartet");
        // a filter is an address, and it is taken off by a link
        (await visitor.ReadAsync("/menschen/ankommen?kreis=14522&gruppe=spaet")).ShouldSatisfyAllConditions(p => p.ShouldContain("Kreis: Mittelsachsen"), p => p.ShouldContain("Stand: überfällig"), p => p.ShouldContain("aria-label=\"Filter Kreis entfernen\""));
    }

    [Fact]
    public async Task Heute_greets_by_name_and_each_row_has_its_day_and_its_button()
    {
        var contact = await House.ContactAsync("ort-14522230", "Ruft abends");
        foreach (var (name, day) in new[] { ("Erste", 18), ("Zweite", 16), ("Dritte", 13), ("Vierte", 12), ("Fünfte", 11), ("Sechste", 10), ("Siebte", 9) }) await House.JoinsAsync(name, day: day, entered: 1);
        await door.AccountAsync("ruft-abends", contact);
        using var visitor = await door.SignInAsync("ruft-abends");
        var page = await visitor.ReadAsync("/heute");
        (await House.AskAsync<int>("select count(*)::int from audit.entry where object = '/heute' and action = 'read' and actor = @contact::text", new { contact })).ShouldBeGreaterThan(0, "names and numbers of people stand there");
        page.ShouldContain(", Neu Ruft abends.");
        page.ShouldContain(Today.ToString("dddd, d. MMMM yyyy", Wording.German));
        page.ShouldContain("7 Menschen warten");
        Text(page).ShouldContain("Von denen, die Ihnen anvertraut sind, wartet am längsten Neu Erste, überfällig seit 4 Tagen.");
        var first = await House.AskAsync<int>("select a.id from welcome.arrival a join organisation.person p on p.id = a.person_id where p.family_name = 'Erste'");
        // dial, note: two touches, and the outcome is the third
        page.ShouldContain("href=\"tel:01713920011\"");
        page.ShouldContain($"href=\"/menschen/anrufe/{first}\" data-turbo-prefetch=\"false\">Notieren");
        Text(page).ShouldContain("seit 2 Tagen");
        // five by name, and how many more
        var tasks = await House.UseAsync<TodayTasks, IReadOnlyList<TodayTasks.Item>>(contact, t => t.ListAsync());
        tasks.Select(t => t.Title).ShouldBe(["Anrufen: Neu Erste", "Anrufen: Neu Zweite", "Anrufen: Neu Dritte", "Anrufen: Neu Vierte", "Anrufen: Neu Fünfte"]);
        tasks[^1].Why.ShouldEndWith("; 2 weitere Anrufe stehen in dieser Woche an");
    }

    [Theory]
    [InlineData("missed")]
    [InlineData("reached")]
    [InlineData("met")]
    [InlineData("task")]
    [InlineData("declined")]
    public async Task What_a_call_changed_is_as_before_once_it_is_taken_back_and_the_audit_has_both(string outcome)
    {
        var contact = await House.ContactAsync("ort-14522230", "Vertippt");
        var arrival = await House.JoinsAsync("Zurück", day: 9, entered: 1, state: "awaiting-objection", effective: 5);
        var before = await StandingAsync(arrival);
        var id = Guid.NewGuid();
        (await NoteAsync(contact, arrival, outcome, id, "falsche Zeile")).Done.ShouldBeTrue();
        (await StandingAsync(arrival)).ShouldNotBe(before);
        (await UndoAsync(contact, id)).Value.ShouldBe(arrival);
        (await StandingAsync(arrival)).ShouldBe(before);
        (await ListAsync(contact)).ShouldHaveSingleItem().Id.ShouldBe(arrival);
        // twice is once, and a device that sends the note again changes nothing, but is told so
        (await UndoAsync(contact, id)).Value.ShouldBe(arrival);
        (await NoteAsync(contact, arrival, outcome, id)).Refusal!.Message.ShouldBe("Dieser Anruf wurde zurückgenommen und ist nicht gespeichert. Notieren Sie ihn neu");
        (await StandingAsync(arrival)).ShouldBe(before);
        (await House.UseAsync<CallRegister, int>(contact, async r => (await r.CallsAsync((await r.FindAsync(arrival))!)).Count)).ShouldBe(0);
        (await House.AskAsync<string>("select outcome || ' ' || taken_back from welcome.call where id = @id", new { id })).ShouldBe("undone " + outcome);
        (await House.ListAsync<string>("select action from audit.entry where object = 'welcome.call' and key like '%' || @id || '%' order by position", new { id = id.ToString() })).ShouldBe(["insert", "update"]);
    }

    [Fact]
    public async Task Somebody_who_had_arrived_by_a_call_noted_by_mistake_arrives_still()
    {
        var contact = await House.ContactAsync("ort-14522230", "Letzter Schritt");
        var arrival = await House.JoinsAsync("Fast da", day: 40, entered: 1);
        await NoteAsync(contact, arrival, "met");
        var id = Guid.NewGuid();
        await NoteAsync(contact, arrival, "task", id);
        (await House.AskAsync<string>("select outcome from welcome.arrival where id = @arrival", new { arrival })).ShouldBe("arrived");
        (await UndoAsync(contact, id)).Done.ShouldBeTrue();
        // what the earlier call kept stays kept
        (await ListAsync(contact)).ShouldHaveSingleItem().Steps.Where(s => s.DoneOn is null).Select(s => s.Kind).ShouldBe(["first-task"]);
    }

    [Fact]
    public async Task An_objection_said_again_after_the_call_stays_when_the_call_is_taken_back()
    {
        var contact = await House.ContactAsync("ort-14522230", "Zu schnell");
        var arrival = await House.JoinsAsync("Sagt es selbst", day: 9, entered: 1);
        var id = Guid.NewGuid();
        (await NoteAsync(contact, arrival, "declined", id)).Done.ShouldBeTrue();
        // as the person's own page and a request to the privacy desk enter it
        await House.TellAsync("insert into privacy.person_flag (person_id, kind) select person_id, 'no-contact' from welcome.arrival where id = @arrival on conflict do nothing", new { arrival });
        (await UndoAsync(contact, id)).Done.ShouldBeTrue();
        (await House.AskAsync<bool>("select privacy.may_contact(person_id) from welcome.arrival where id = @arrival", new { arrival })).ShouldBeFalse();
    }

    [Fact]
    public async Task Nobody_is_to_be_called_again_on_a_day_before_the_call()
    {
        var contact = await House.ContactAsync("ort-14522230", "Gestern");
        var arrival = await House.JoinsAsync("Nicht gestern", day: 9, entered: 1);
        var refused = await House.UseAsync<NoteCall, Outcome<NoteCall.Noted>>(contact, h => h.HandleAsync(new() { Id = Guid.NewGuid(), ArrivalId = arrival, Outcome = "missed", NextOn = new(2026, 1, 1) }));
        refused.Refusal!.Field.ShouldBe("NextOn");
        refused.Refusal.Message.ShouldContain("vor dem Anruf");
    }

    [Fact]
    public async Task A_call_is_taken_back_by_whoever_noted_it_soon_after_and_before_the_next()
    {
        var (contact, other) = (await House.ContactAsync("ort-14522230", "Eigener"), await House.ContactAsync("ort-14522230", "Anderer"));
        var arrival = await House.JoinsAsync("Bleibt so", day: 9, entered: 1);
        await House.TellAsync("update welcome.arrival set contact_person_id = @contact where id = @arrival", new { contact, arrival });
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        await NoteAsync(contact, arrival, "missed", first);
        (await UndoAsync(other, first)).Done.ShouldBeFalse();
        await NoteAsync(contact, arrival, "reached", second);
        // in the log of the person the last one alone can be taken back, and only by whoever noted it
        Task<List<Guid>> OffersAsync(int person) => House.UseAsync<CallRegister, List<Guid>>(person, async r => [.. (await r.CallsAsync((await r.FindAsync(arrival))!)).Where(c => c.MayUndo).Select(c => c.Id)]);
        (await OffersAsync(contact)).ShouldBe([second]);
        (await OffersAsync(House.DistrictChair)).ShouldBeEmpty();
        await door.AccountAsync("eigener", contact);
        using (var visitor = await door.SignInAsync("eigener")) (await visitor.ReadAsync($"/menschen/anrufe/{arrival}")).ShouldContain($"action=\"/menschen/anrufe/notiz/{second}/zurueck\"");
        (await UndoAsync(contact, first)).Refusal!.Message.ShouldContain("danach wurde etwas anderes notiert");
        await using (var owner = new Npgsql.NpgsqlConnection(House.Connections.Owner))
        {
            await owner.OpenAsync();
            await using var back = new Npgsql.NpgsqlCommand("update welcome.call set noted_at = now() - interval '16 minutes' where id = $1", owner) { Parameters = { new() { Value = second } } };
            await back.ExecuteNonQueryAsync();
        }
        (await UndoAsync(contact, second)).Refusal!.Message.ShouldContain("länger als eine Viertelstunde");
        (await OffersAsync(contact)).ShouldBeEmpty();
        // a wish not to be addressed that was there before stays
        var silent = await House.JoinsAsync("Schon immer", day: 9, entered: 1);
        await House.TellAsync("update welcome.arrival set contact_person_id = @contact where id = @silent", new { contact, silent });
        await House.TellAsync("insert into privacy.person_flag (person_id, kind) select person_id, 'no-contact' from welcome.arrival where id = @silent", new { silent });
        var third = Guid.NewGuid();
        await NoteAsync(contact, silent, "declined", third);
        (await UndoAsync(contact, third)).Done.ShouldBeTrue();
        (await House.AskAsync<bool>("select privacy.may_contact(person_id) from welcome.arrival where id = @silent", new { silent })).ShouldBeFalse();
    }

    [Fact]
    public void A_noted_call_is_confirmed_with_name_outcome_and_the_day_of_the_next()
    {
        new NoteCall.Noted(1, "Mira Vorlage", "missed", new(2026, 11, 23)).Sentence(new(2026, 11, 21)).ShouldBe("Notiert: Mira Vorlage, nicht erreicht, Wiedervorlage am Mo 23.11.");
        new NoteCall.Noted(1, "Mira Vorlage", "missed", new(2026, 11, 22)).Sentence(new(2026, 11, 21)).ShouldBe("Notiert: Mira Vorlage, nicht erreicht, Wiedervorlage morgen.");
        new NoteCall.Noted(1, "Mira Vorlage", "reached", null).Sentence(new(2026, 11, 21)).ShouldBe("Notiert: Mira Vorlage, gesprochen.");
    }

    [Theory]
    [InlineData(0, 60, "0%")]
    [InlineData(60, 60, "100%")]
    [InlineData(60, 123, "85%")] // the last promised day, where the track goes on
    [InlineData(121, 123, "99.5%")]
    [InlineData(123, 123, "100%")]
    public void A_step_done_after_the_last_promised_day_has_a_place_of_its_own(int day, int end, string place) => Track.Share(day, 60, end).ShouldBe(place);
}
