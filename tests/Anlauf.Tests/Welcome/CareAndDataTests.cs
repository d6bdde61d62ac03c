using Anlauf.Platform;
using Anlauf.Rooms.Members;
using Anlauf.Rooms.Welcome.Arrivals;
using Anlauf.Rooms.Welcome.Calls;
using Npgsql;

namespace Anlauf.Tests.Welcome;

/// <summary>B9: whoever keeps the register does not read what is confided, whoever cares changes neither account nor membership; each has pages of their own.</summary>
public sealed class CareAndDataTests(OpenHouse door) : IClassFixture<OpenHouse>
{
    private const string Iban = "DE02 1203 0000 0000 2020 51";
    private AssociationDatabase House => door.House;

    private async Task<int> HolderAsync(string role, string name)
    {
        var person = await House.AskAsync<int>("insert into organisation.person (division_id, given_name, family_name) select id, 'Amt', @name from organisation.division where slug = 'kreis-14522' returning id", new { name });
        var office = await House.AskAsync<int>("insert into organisation.office (division_id, name, role_id) select id, @name, @role from organisation.division where slug = 'kreis-14522' returning id", new { name, role });
        await House.TellAsync("insert into organisation.office_holding (office_id, person_id, valid_from) values (@office, @person, current_date - 1)", new { office, person });
        return person;
    }

    [Fact]
    public async Task Care_changes_no_account_and_no_membership_and_the_register_reads_no_note()
    {
        await House.EmptyAsync();
        var (care, data) = (await HolderAsync("member-care", "Betreuung"), await HolderAsync("membership-officer", "Verwaltung"));
        var contact = await House.ContactAsync("ort-14522230", "Notiert");
        var arrival = await House.JoinsAsync("Anvertraut");
        (await House.UseAsync<NoteCall, Outcome<NoteCall.Noted>>(contact, h => h.HandleAsync(new() { Id = Guid.NewGuid(), ArrivalId = arrival, Outcome = "reached", Note = "sucht Leute vor Ort" }))).Done.ShouldBeTrue();
        var person = await House.AskAsync<int>("select person_id from welcome.arrival where id = @arrival", new { arrival });
        (await House.ListAsync<int>("select 1 from welcome.care_note", person: contact)).ShouldHaveSingleItem();
        (await House.ListAsync<int>("select 1 from welcome.care_note", person: data)).ShouldBeEmpty();
        (await House.UseAsync<CallRegister, Arrival?>(data, r => r.FindAsync(arrival))).ShouldBeNull();

        await Should.ThrowAsync<PostgresException>(() => House.UseAsync<BankDetails, Outcome<int>>(care, d => d.SaveAsync(person, Iban)));
        (await House.UseAsync<BankDetails, string?>(care, d => d.FindAsync(person))).ShouldBeNull();
        (await House.UseAsync<PersonDetails, PersonDetails.Detail?>(care, d => d.FindAsync(person))).ShouldBeNull();
        // the state of a membership is the register's
        await House.TellAsync("update members.party_membership set state = 'left' where person_id = @person", new { person }, care);
        (await House.AskAsync<string>("select state from members.party_membership where person_id = @person", new { person })).ShouldNotBe("left");
    }

    [Fact]
    public async Task Whoever_welcomes_without_reading_memberships_is_told_so_instead_of_that_nobody_needs_care()
    {
        await door.AccountAsync("pflegt-nur", await HolderAsync("member-care", "Pflegt Nur"));
        using var visitor = await door.SignInAsync("pflegt-nur");
        (await visitor.ReadAsync("/menschen/betreuung")).ShouldSatisfyAllConditions(p => p.ShouldContain("Die Pläne der Betreuung zeigt Ihr Amt nicht."), p => p.ShouldContain("href=\"/menschen/ankommen\""), p => p.ShouldNotContain("niemand."), p => p.ShouldNotContain("betrifft dieser Plan gerade niemanden"));
    }

    [Theory]
    [InlineData("member-care", "/menschen/ankommen", "/menschen/einlesen")]
    [InlineData("membership-officer", "/menschen/einlesen", "/menschen/ankommen")]
    public async Task Each_opens_the_own_pages_and_finds_no_way_to_the_others(string role, string own, string other)
    {
        await door.AccountAsync(role, await HolderAsync(role, role));
        using var visitor = await door.SignInAsync(role);
        (await visitor.WhereAsync(own)).ShouldBe("200");
        (await visitor.WhereAsync(other)).ShouldStartWith("/kein-zugriff");
        (await visitor.ReadAsync("/heute")).ShouldNotContain($"href=\"{other}\"");
    }
}
