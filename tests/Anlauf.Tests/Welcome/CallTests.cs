using Anlauf.Platform;
using Anlauf.Rooms.Welcome.Arrivals;
using Anlauf.Rooms.Welcome.Calls;

namespace Anlauf.Tests.Welcome;

/// <summary>Calls: what they change, that each is kept once, and who may read the notes.</summary>
public sealed class CallTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>, IAsyncLifetime
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(new GermanTime().GetLocalNow().Date);
    public Task InitializeAsync() => house.EmptyAsync();
    public Task DisposeAsync() => Task.CompletedTask;

    private Task<Outcome<NoteCall.Noted>> NoteAsync(int person, int arrival, string outcome, string? note = null, Guid? id = null, DateTimeOffset? at = null) =>
        house.UseAsync<NoteCall, Outcome<NoteCall.Noted>>(person, h => h.HandleAsync(new() { Id = id ?? Guid.NewGuid(), ArrivalId = arrival, Outcome = outcome, Note = note, At = at?.ToUnixTimeMilliseconds() }));
    private Task<IReadOnlyList<Arrival>> ListAsync(int person) => house.UseAsync<CallRegister, IReadOnlyList<Arrival>>(person, r => r.ListAsync());
    private async Task<string[]> NamesAsync(int person) => [.. (await ListAsync(person)).Select(a => a.Name)];

    [Fact]
    public async Task A_conversation_keeps_the_promise_and_the_next_in_line_is_called()
    {
        var contact = await house.ContactAsync("ort-14522230", "Ruft");
        var (late, soon) = (await house.JoinsAsync("Spät", day: 16, entered: 1), await house.JoinsAsync("Bald", day: 9, entered: 1));
        (await NamesAsync(contact)).ShouldBe(["Neu Spät", "Neu Bald"]);
        (await NoteAsync(contact, late, "reached")).Value!.Name.ShouldBe("Neu Spät");
        (await NamesAsync(contact)).ShouldBe(["Neu Bald", "Neu Spät"]);
        (await house.AskAsync<int>("select done_by from welcome.step where arrival_id = @late and step = 'first-contact'", new { late })).ShouldBe(contact);
        // nobody answered: not again today
        (await NoteAsync(contact, soon, "missed")).Done.ShouldBeTrue();
        (await NamesAsync(contact)).ShouldBe(["Neu Spät"]);
    }

    [Fact]
    public async Task The_same_note_sent_again_is_kept_once_and_in_the_order_of_its_coming()
    {
        var contact = await house.ContactAsync("ort-14522230", "Doppelt");
        var arrival = await house.JoinsAsync("Funkloch");
        var ids = Enumerable.Range(0, 20).Select(_ => Guid.NewGuid()).ToArray();
        foreach (var id in ids.Concat(ids)) (await NoteAsync(contact, arrival, "missed", id: id, at: DateTimeOffset.UtcNow)).Done.ShouldBeTrue();
        (await house.ListAsync<Guid>("select id from welcome.call where arrival_id = @arrival order by number", new { arrival })).ShouldBe(ids);
    }

    [Fact]
    public async Task Whoever_does_not_want_to_be_addressed_is_on_no_list_from_then_on()
    {
        var contact = await house.ContactAsync("ort-14522230", "Achtet");
        var (says, elsewhere) = (await house.JoinsAsync("Sagt Nein"), await house.JoinsAsync("Widersprach"));
        await house.TellAsync("insert into privacy.person_flag (person_id, kind) select person_id, 'no-contact' from welcome.arrival where id = @elsewhere", new { elsewhere });
        (await NamesAsync(contact)).ShouldBe(["Neu Sagt Nein"]);
        (await NoteAsync(contact, says, "declined")).Done.ShouldBeTrue();
        (await NamesAsync(contact)).ShouldBeEmpty();
        (await house.AskAsync<bool>("select privacy.may_contact(person_id) from welcome.arrival where id = @says", new { says })).ShouldBeFalse();
        (await house.UseAsync<Rooms.Situation.TodayTasks, IReadOnlyList<Rooms.Situation.TodayTasks.Item>>(contact, t => t.ListAsync())).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_notes_anything_about_somebody_who_is_not_entrusted()
    {
        var (contact, other) = (await house.ContactAsync("ort-14522230", "Eigene"), await house.ContactAsync("kreis-14626", "Fremde"));
        var arrival = await house.JoinsAsync("Geschützt");
        (await NoteAsync(other, arrival, "reached")).Refusal!.Message.ShouldBe("Diese Person ist Ihnen nicht (mehr) anvertraut. Die Notiz ist nicht gespeichert");
        (await NoteAsync(contact, arrival, "gibtsnicht")).Refusal!.Field.ShouldBe("Outcome");
        (await house.AskAsync<int>("select count(*)::int from welcome.call where arrival_id = @arrival", new { arrival })).ShouldBe(0);
    }

    [Fact]
    public async Task A_note_is_encrypted_and_read_by_those_who_care_not_by_every_chair()
    {
        var contact = await house.ContactAsync("ort-14522230", "Schreibt");
        var arrival = await house.JoinsAsync("Vertraut");
        await NoteAsync(contact, arrival, "reached", note: "sucht Leute vor Ort");
        async Task<string?> ReadsAsync(int person) => await house.UseAsync<CallRegister, string?>(person, async r => (await r.FindAsync(arrival)) is { } a ? (await r.CallsAsync(a)).Single().Note : "nichts");
        (await ReadsAsync(contact)).ShouldBe("sucht Leute vor Ort");
        (await ReadsAsync(house.LocalChair)).ShouldBeNull();
        (await ReadsAsync(house.DistrictChair)).ShouldBeNull();
        (await house.AskAsync<bool>("select position(convert_to('Leute', 'UTF8') in note) > 0 from welcome.care_note")).ShouldBeFalse();
        (await house.AskAsync<int>("select count(*)::int from audit.entry where object = 'welcome.care_note' and actor = @by union all select count(*)::int from audit.waiting where object = 'welcome.care_note' and actor = @by order by 1 desc limit 1", new { by = $"{contact}" })).ShouldBeGreaterThan(0);
        // whoever takes over reads on, and who gave away keeps what they wrote themself
        var next = await house.ContactAsync("ort-14522230", "Übernimmt");
        await house.UseAsync<CallRegister, int>(contact, r => r.HandOverAsync(contact, next));
        (await ReadsAsync(next)).ShouldBe("sucht Leute vor Ort");
    }

    [Fact]
    public async Task A_note_goes_after_two_years_and_at_once_with_the_exit()
    {
        var contact = await house.ContactAsync("ort-14522230", "Vergisst");
        var (old, leaves, stays) = (await house.JoinsAsync("Lange her"), await house.JoinsAsync("Tritt aus"), await house.JoinsAsync("Bleibt"));
        foreach (var arrival in new[] { old, leaves, stays }) await NoteAsync(contact, arrival, "reached", note: "Notiz");
        await using (var owner = new Npgsql.NpgsqlConnection(house.Connections.Owner))
        {
            await owner.OpenAsync();
            await using var back = new Npgsql.NpgsqlCommand("update welcome.call set at = now() - interval '25 months' where arrival_id = $1", owner) { Parameters = { new() { Value = old } } };
            await back.ExecuteNonQueryAsync();
        }
        await house.TellAsync("update members.party_membership set state = 'left', left_on = current_date, left_reason = 'resigned' where id = (select membership_id from welcome.arrival where id = @leaves)", new { leaves });
        await house.TellAsync("select * from privacy.retain(current_date)");
        (await house.ListAsync<int>("select c.arrival_id from welcome.care_note n join welcome.call c on c.id = n.call_id")).ShouldBe([stays]);
    }

    [Fact]
    public async Task The_mail_of_welcome_goes_once_with_names_and_dates_and_never_to_whom_objects()
    {
        var contact = await house.ContactAsync("ort-14522230", "Grüßt");
        var (arrival, objects) = (await house.JoinsAsync("Bekommt Post"), await house.JoinsAsync("Will keine"));
        await house.TellAsync("update organisation.person set email = 'neu@mitglied.example' where id in (select person_id from welcome.arrival)");
        await house.TellAsync("insert into privacy.person_flag (person_id, kind) select person_id, 'no-contact' from welcome.arrival where id = @objects", new { objects });
        Task<Outcome<Guid>> SendAsync(int by, int to) => house.UseAsync<SendWelcomeMail, Outcome<Guid>>(by, m => m.HandleAsync(to, "Horizont Sachsen"));
        (await SendAsync(contact, arrival)).Done.ShouldBeTrue();
        (await SendAsync(contact, arrival)).Refusal!.Message.ShouldBe("Die Willkommensmail ist schon gesendet");
        (await SendAsync(contact, objects)).Done.ShouldBeFalse();
        (await SendAsync(house.LocalMember, arrival)).Done.ShouldBeFalse();
        (await house.AskAsync<string>("select outcome from welcome.call where arrival_id = @arrival", new { arrival })).ShouldBe("mailed");
        // a mail is no conversation: the promise of a call stands
        (await NamesAsync(contact)).ShouldBe(["Neu Bekommt Post"]);
    }
}
