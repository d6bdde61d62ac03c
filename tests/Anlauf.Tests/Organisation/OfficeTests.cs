using Anlauf.Platform;
using Anlauf.Rooms.Organisation;
using Npgsql;

namespace Anlauf.Tests.Organisation;

/// <summary>The register of offices: who holds what from when to when, and that rights come and go with it.</summary>
public sealed class OfficeTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>
{
    private static DateOnly Today => DateOnly.FromDateTime(DateTime.Today);

    private async Task<int> OfficeAsync(string division, string name, string? role = null, int? person = null)
    {
        var id = await house.DivisionAsync(division);
        return (await house.UseAsync<SaveOffice, Outcome<int>>(person ?? house.StateManager, s => s.HandleAsync(new() { DivisionId = id, Name = name, RoleId = role, Voting = true }))).Value;
    }

    private Task<Outcome<int>> FillAsync(int office, string given, string family, DateOnly from, DateOnly? to = null, int? by = null) => house.UseAsync<FillOffice, Outcome<int>>(by ?? house.StateManager,
        f => f.HandleAsync(new() { OfficeId = office, GivenName = given, FamilyName = family, ValidFrom = from, ValidTo = to }));

    private Task<IReadOnlyList<DivisionRegister.Office>> OfficesAsync(int division) => house.UseAsync<DivisionRegister, IReadOnlyList<DivisionRegister.Office>>(house.StateManager, r => r.OfficesAsync(division));

    [Fact]
    public async Task A_vacant_office_is_shown_as_vacant_until_somebody_takes_it()
    {
        var division = await house.DivisionAsync("kreis-14523");
        var office = await OfficeAsync("kreis-14523", "Schatzmeisterei");
        (await OfficesAsync(division)).Single(o => o.Id == office).Person.ShouldBeNull();
        (await FillAsync(office, "Jürgen", "Müßig", Today)).Done.ShouldBeTrue();
        (await OfficesAsync(division)).Single(o => o.Id == office).Person.ShouldBe("Jürgen Müßig");
        (await house.ListAsync<string>("select sentence from organisation.history where division_id = @division order by id", new { division }, house.StateManager))
            .ShouldBe(["Amt angelegt: Schatzmeisterei", $"Schatzmeisterei: Jürgen Müßig ab {Today:dd.MM.yyyy}"]);
    }

    [Fact]
    public async Task Rights_begin_with_the_first_day_and_end_with_the_last()
    {
        var office = await OfficeAsync("kreis-14524", "Kreisvorsitz zur Probe", "district-chair");
        var holding = (await FillAsync(office, "Nina", "Neu", Today.AddDays(1))).Value;
        var person = await house.AskAsync<int>("select person_id from organisation.office_holding where id = @holding", new { holding });
        var own = await house.DivisionAsync("kreis-14524");
        Task<bool> MayAsync() => house.AskAsync<bool>("select coalesce(@own = any (access.editable_divisions('P1', 'presence')), false)", new { own }, person);
        (await MayAsync()).ShouldBeFalse();
        await house.TellAsync("update organisation.office_holding set valid_from = current_date where id = @holding", new { holding });
        (await MayAsync()).ShouldBeTrue();
        await house.TellAsync("update organisation.office_holding set valid_from = current_date - 2 where id = @holding", new { holding });
        (await house.UseAsync<EndHolding, Outcome<int>>(house.StateManager, e => e.HandleAsync(new() { Id = holding, ValidTo = Today.AddDays(-1) }))).Done.ShouldBeTrue();
        (await MayAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task Two_people_of_one_name_stay_two_people()
    {
        var first = (await FillAsync(await OfficeAsync("kreis-14625", "Beisitz A"), "Anna", "Schmidt", Today)).Value;
        var second = (await FillAsync(await OfficeAsync("kreis-14625", "Beisitz B"), "Anna", "Schmidt", Today)).Value;
        (await house.ListAsync<int>("select person_id from organisation.office_holding where id in (@first, @second)", new { first, second })).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task An_office_held_already_is_not_taken_twice_at_the_same_time()
    {
        var office = await OfficeAsync("kreis-14626", "Beisitz");
        var person = await house.AskAsync<int>("select person_id from organisation.office_holding where id = @id", new { id = (await FillAsync(office, "Olaf", "Einmal", Today)).Value });
        (await house.UseAsync<FillOffice, Outcome<int>>(house.StateManager, f => f.HandleAsync(new() { OfficeId = office, PersonId = person, ValidFrom = Today.AddDays(20) }))).Refusal!.Field.ShouldBe("ValidFrom");
    }

    [Fact]
    public async Task Nobody_appoints_themself_and_nobody_hands_out_more_than_they_hold()
    {
        var chair = await OfficeAsync("kreis-14627", "Kreisvorsitz zwei", "district-chair");
        (await house.UseAsync<FillOffice, Outcome<int>>(house.StateManager, f => f.HandleAsync(new() { OfficeId = chair, PersonId = house.StateManager, ValidFrom = Today }))).Refusal!.Message.ShouldContain("Sich selbst");
        var (manager, own) = (house.StateManager, await house.DivisionAsync("kreis-14522"));
        (await Should.ThrowAsync<PostgresException>(() => house.TellAsync("insert into organisation.office_holding (office_id, person_id, valid_from) values (@chair, @manager, current_date)", new { chair, manager }, manager))).SqlState.ShouldBe("42501");
        // a district chair keeps the district's offices, but cannot make a state manager there: the role exports and administers
        (await house.UseAsync<SaveOffice, Outcome<int>>(house.DistrictChair, s => s.HandleAsync(new() { DivisionId = own, Name = "Großes Amt", RoleId = "state-manager" }))).Refusal!.Field.ShouldBe("RoleId");
        (await Should.ThrowAsync<PostgresException>(() => house.TellAsync("insert into organisation.office (division_id, name, role_id) values (@own, 'Großes Amt', 'state-manager')", new { own }, house.DistrictChair))).SqlState.ShouldBe("42501");
        (await house.UseAsync<SaveOffice, Outcome<int>>(house.DistrictChair, s => s.HandleAsync(new() { DivisionId = own, Name = "Ortsvorsitz zur Probe", RoleId = "local-chair" }))).Done.ShouldBeTrue();
    }

    [Fact]
    public async Task A_right_to_edit_one_feature_opens_no_other()
    {
        // the local chair edits contact points of the own branch, not its structure, resolutions or goals
        var own = await house.DivisionAsync("ort-14522230");
        (await house.AskAsync<bool>("select coalesce(@own = any (access.editable_divisions('P1', 'presence')), false)", new { own }, house.LocalChair)).ShouldBeTrue();
        foreach (var feature in new[] { "organisation", "resolutions", "goals", "meetings", "intake" })
            (await house.AskAsync<bool>("select coalesce(@own = any (access.editable_divisions('P1', @feature)), false)", new { own, feature }, house.LocalChair)).ShouldBeFalse(feature);
        (await house.TellAsync("update organisation.division set name = 'Meins' where id = @own", new { own }, house.LocalChair)).ShouldBe(0);
        (await house.UseAsync<SaveOffice, Outcome<int>>(house.LocalChair, s => s.HandleAsync(new() { DivisionId = own, Name = "Amt" }))).Refusal!.Message.ShouldContain("können Sie nicht ändern");
    }

    [Fact]
    public async Task A_division_moves_with_all_below_it_but_never_below_itself()
    {
        var (district, other) = (await house.DivisionAsync("kreis-14730"), await house.DivisionAsync("kreis-14729"));
        async Task<Outcome<string>> SaveAsync(SaveDivision.Input input) => await house.UseAsync<SaveDivision, Outcome<string>>(house.StateManager, s => s.HandleAsync(input));
        var branch = await SaveAsync(new() { ParentId = district, Kind = "LocalAssociation", Name = "Ortsverband Krostitz", Area = "Krostitz" });
        branch.Refusal.ShouldBeNull();
        var id = await house.DivisionAsync(branch.Value!);
        (await house.AskAsync<string>("select area_key from organisation.division_area where division_id = @id", new { id })).ShouldBe("14730150");
        (await SaveAsync(new() { Id = district, ParentId = id, Kind = "DistrictAssociation", Name = "Kreisverband Nordsachsen" })).Refusal!.Field.ShouldBe("ParentId");
        (await SaveAsync(new() { Id = id, ParentId = other, Kind = "LocalAssociation", Name = "Ortsverband Krostitz", Area = "Krostitz" })).Refusal.ShouldBeNull();
        (await house.ListAsync<int>("select ancestor_id from organisation.division_closure where descendant_id = @id and depth = 1", new { id })).ShouldBe([other]);
        (await SaveAsync(new() { ParentId = other, Kind = "LocalAssociation", Name = "Ortsverband Nirgendwo", Area = "Krostiz" })).Refusal!.Message.ShouldContain("Meinten Sie Krostitz");
    }

    [Fact]
    public async Task A_body_with_fewer_members_than_its_rule_is_named()
    {
        var division = await house.DivisionAsync("kreis-14521");
        var body = (await house.UseAsync<SaveBody, Outcome<int>>(house.StateManager, s => s.HandleAsync(new() { DivisionId = division, Kind = "WorkingParty", Name = "Arbeitsgruppe Fläche", MinimumSize = 3, MaximumSize = 7 }))).Value;
        var office = (await house.UseAsync<SaveOffice, Outcome<int>>(house.StateManager, s => s.HandleAsync(new() { DivisionId = division, BodyId = body, Name = "Sprecherin", Voting = true }))).Value;
        (await FillAsync(office, "Tilda", "Tatkraft", Today)).Done.ShouldBeTrue();
        var found = (await house.UseAsync<DivisionRegister, IReadOnlyList<DivisionRegister.Body>>(house.StateManager, r => r.BodiesAsync(division))).Single(b => b.Id == body);
        (found.Members, found.MinimumSize).ShouldBe((1, 3));
        (await house.UseAsync<SaveBody, Outcome<int>>(house.StateManager, s => s.HandleAsync(new() { DivisionId = division, Name = "Kleine Runde", MinimumSize = 7, MaximumSize = 3 }))).Refusal!.Field.ShouldBe("MaximumSize");
    }
}
