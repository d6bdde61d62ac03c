using Anlauf.Platform;
using Anlauf.Rooms.Welcome.Calls;

namespace Anlauf.Tests.Welcome;

/// <summary>A call to a member who is not arriving carries a note of the same class as those of an arrival.</summary>
public sealed class MemberNoteTests(OpenHouse door) : IClassFixture<OpenHouse>
{
    private AssociationDatabase House => door.House;

    private async Task<int> MemberAsync(string family)
    {
        var person = await House.PersonAsync("ort-14522230", family, "037207 4");
        await House.TellAsync("insert into members.party_membership (person_id, division_id, kind, state, received_on, effective_on) select @person, division_id, 'member', 'active', current_date - 900, current_date - 900 from organisation.person where id = @person", new { person });
        return person;
    }

    private Task<string?> ReadsAsync(int who, int person) => House.UseAsync<CallRegister, string?>(who, async r => (await r.CallsToAsync(person)) is [var call, ..] ? call.Note ?? "kein Text" : null);

    [Fact]
    public async Task A_note_of_a_call_to_a_member_is_encrypted_read_by_its_author_and_by_the_office_that_has_notes_and_noted_in_the_log()
    {
        var person = await MemberAsync("Bekommt Notiz");
        await door.AccountAsync("notiz-ort", House.LocalChair);
        using var chair = await door.SignInAsync("notiz-ort");
        (await chair.ReadAsync($"/menschen/{person}")).ShouldContain("name=\"note\"");
        await chair.SendToAsync($"/menschen/{person}", $"/menschen/{person}/anruf", null, ("id", Guid.NewGuid().ToString()), ("outcome", "reached"), ("note", "  möchte Plakate kleben  "));
        (await chair.ReadAsync($"/menschen/{person}")).ShouldContain("möchte Plakate kleben");
        (await House.AskAsync<bool>("select position(convert_to('Plakate', 'UTF8') in note) > 0 from welcome.care_note where person_id = @person", new { person })).ShouldBeFalse();
        (await House.AskAsync<int>("select (select count(*) from audit.entry where object = 'welcome.care_note' and subject_id = @person and action = 'read')::int + (select count(*) from audit.waiting where object = 'welcome.care_note' and subject_id = @person and action = 'read')::int", new { person })).ShouldBeGreaterThan(0);
        // others who read the membership see that there was a call, not what was said
        (await ReadsAsync(House.DistrictChair, person)).ShouldBe("kein Text");
        (await ReadsAsync(House.LocalMember, person)).ShouldBeNull();
        // an office that has the notes of the division and its memberships reads them, and stands among those who see the person
        Task<bool> StandsAsync() => House.AskAsync<bool>("select exists (select from organisation.who_sees(@person) w where w.feature = 'care-notes' and w.person_id = @who)", new { person, who = House.DistrictChair });
        (await StandsAsync()).ShouldBeFalse();
        await House.TellAsync("insert into access.role_right (role_id, feature, action, data_class, reach) values ('district-chair', 'care-notes', 'read', 'P4', 'subtree')");
        try
        {
            (await ReadsAsync(House.DistrictChair, person)).ShouldBe("möchte Plakate kleben");
            (await StandsAsync()).ShouldBeTrue();
        }
        finally { await House.TellAsync("delete from access.role_right where role_id = 'district-chair' and feature = 'care-notes'"); }
    }

    [Fact]
    public async Task A_note_goes_with_its_call_and_with_the_membership_and_is_refused_where_it_is_too_long()
    {
        var person = await MemberAsync("Verliert Notiz");
        Task<int> NotesAsync() => House.AskAsync<int>("select count(*)::int from welcome.care_note where person_id = @person", new { person });
        Task<Outcome<string>> NoteAsync(Guid id, string note) => House.UseAsync<NoteCall, Outcome<string>>(House.LocalChair, h => h.HandleAsync(id, person, "missed", note));
        var id = Guid.NewGuid();
        (await NoteAsync(id, new string('x', 2001))).Refusal!.Message.ShouldBe("Die Notiz ist zu lang: höchstens 2.000 Zeichen");
        (await NoteAsync(id, "Urlaub bis Mai")).Done.ShouldBeTrue();
        // sent a second time it is kept once
        (await NoteAsync(id, "Urlaub bis Mai")).Done.ShouldBeTrue();
        (await NotesAsync()).ShouldBe(1);
        (await House.UseAsync<NoteCall, Outcome<int>>(House.LocalChair, h => h.UndoAsync(id))).Done.ShouldBeTrue();
        (await NotesAsync()).ShouldBe(0);
        // nothing is kept of a call without a note, and blanks are none
        (await NoteAsync(Guid.NewGuid(), "   ")).Done.ShouldBeTrue();
        (await NotesAsync()).ShouldBe(0);
    }
}
