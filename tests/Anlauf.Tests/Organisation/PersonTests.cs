using Anlauf.Platform;
using Anlauf.Rooms.Organisation.Persons;
using Npgsql;

namespace Anlauf.Tests.Organisation;

/// <summary>The register of persons.</summary>
public sealed class PersonTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>
{
    private Task<Outcome<int>> SaveAsync(SavePerson.Input input, int? by = null) => house.UseAsync<SavePerson, Outcome<int>>(by ?? house.StateManager, s => s.HandleAsync(input));

    [Fact]
    public async Task A_second_person_of_one_name_needs_a_word_that_it_is_another_one()
    {
        var division = await house.DivisionAsync("kreis-14522");
        var first = await SaveAsync(new() { DivisionId = division, GivenName = "Ömer", FamilyName = "Öztürk" });
        (await SaveAsync(new() { DivisionId = division, GivenName = "ömer", FamilyName = "öztürk " })).Refusal!.Message.ShouldContain("Ömer Öztürk gibt es schon: KV Mittelsachsen");
        var second = await SaveAsync(new() { DivisionId = division, GivenName = "Ömer", FamilyName = "Öztürk", Another = true });
        second.Value.ShouldNotBe(first.Value);
        // whoever keeps the name is not asked again
        (await SaveAsync(new() { Id = second.Value, DivisionId = division, GivenName = "Ömer", FamilyName = "Öztürk", Phone = "03727 1" })).Done.ShouldBeTrue();
        (await house.UseAsync<PersonRegister, int>(house.StateManager, r => r.CountAsync(new("ömer ö")))).ShouldBe(2);
    }

    [Fact]
    public async Task What_changed_is_said_in_words_without_repeating_contact_data()
    {
        var (from, to) = (await house.DivisionAsync("kreis-14522"), await house.DivisionAsync("kreis-14521"));
        var person = (await SaveAsync(new() { DivisionId = from, GivenName = "Rosa", FamilyName = "Alt", Email = "rosa@alt.example" })).Value;
        (await SaveAsync(new() { Id = person, DivisionId = to, GivenName = "Rosa", FamilyName = "Neu", Email = "rosa@neu.example" })).Done.ShouldBeTrue();
        (await house.UseAsync<PersonRegister, IReadOnlyList<PersonRegister.Entry>>(house.StateManager, r => r.HistoryAsync(person)))
            .ShouldHaveSingleItem().Sentence.ShouldBe("Name geändert: Rosa Alt → Rosa Neu; E-Mail geändert; Jetzt bei Kreisverband Erzgebirgskreis");
    }

    [Fact]
    public async Task A_district_sees_and_changes_its_own_people_only()
    {
        var (own, foreign) = (await house.DivisionAsync("kreis-14522"), await house.DivisionAsync("kreis-14521"));
        var neighbour = (await SaveAsync(new() { DivisionId = foreign, GivenName = "Nora", FamilyName = "Nachbar", Phone = "1" })).Value;
        var mine = (await SaveAsync(new() { DivisionId = own, GivenName = "Enno", FamilyName = "Eigen" }, house.DistrictChair)).Value;
        var seen = (await house.UseAsync<PersonRegister, IReadOnlyList<PersonRegister.Row>>(house.DistrictChair, r => r.ListAsync(new(), "name", false, 0, 500))).Select(p => p.Id).ToList();
        seen.ShouldContain(mine);
        seen.ShouldNotContain(neighbour);
        (await SaveAsync(new() { Id = neighbour, DivisionId = own, GivenName = "Nora", FamilyName = "Geholt" }, house.DistrictChair)).Refusal!.Message.ShouldContain("können Sie nicht ändern");
        (await SaveAsync(new() { Id = mine, DivisionId = foreign, GivenName = "Enno", FamilyName = "Weg" }, house.DistrictChair)).Refusal!.Field.ShouldBe("DivisionId");
        // the same without the handler: the database refuses
        (await house.TellAsync("update organisation.person set family_name = 'Geholt' where id = @neighbour", new { neighbour }, house.DistrictChair)).ShouldBe(0);
        (await Should.ThrowAsync<PostgresException>(() => house.TellAsync("update organisation.person set division_id = @foreign where id = @mine", new { mine, foreign }, house.DistrictChair))).SqlState.ShouldBe("42501");
        (await house.ListAsync<string>("select sentence from organisation.person_history where person_id = @neighbour", new { neighbour }, house.DistrictChair)).ShouldBeEmpty();
    }
}
