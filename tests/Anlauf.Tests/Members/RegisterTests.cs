using System.Net;
using Anlauf.Platform;
using Anlauf.Rooms.Members.Register;
using Anlauf.Rooms.Organisation.Persons;

namespace Anlauf.Tests.Members;

/// <summary>The register of members: admission, moving, leaving, consents; and what each of them does to who sees whom.</summary>
public sealed class RegisterTests(OpenHouse door) : IClassFixture<OpenHouse>
{
    private AssociationDatabase House => door.House;
    private static DateOnly Today => DateOnly.FromDateTime(DateTime.Today);

    private Task<Outcome<int>> AdmitAsync(int? by, string family, Action<Admit.Input>? change = null)
    {
        var input = new Admit.Input { GivenName = "Mira", FamilyName = family, PostalCode = "09661", Place = "Hainichen", ReceivedOn = Today, DeclaredOn = Today.AddDays(-3), Email = "mira@vorlage.example" };
        change?.Invoke(input);
        return House.UseAsync<Admit, Outcome<int>>(by, a => a.HandleAsync(input));
    }

    private Task<IReadOnlyList<MemberRegister.Membership>> MembershipsAsync(int person, int? by = null) => House.UseAsync<MemberRegister, IReadOnlyList<MemberRegister.Membership>>(by, r => r.MembershipsAsync(person));
    private async Task<Outcome<int>> StepAsync(int? by, int person, string step, DateOnly? day = null) =>
        await House.UseAsync<KeepMembership, Outcome<int>>(by, async k => await k.HandleAsync(new() { Id = (await MembershipsAsync(person))[0].Id, Step = step, Day = day ?? Today }));
    private Task<IReadOnlyList<PersonRegister.Entry>> HistoryAsync(int person, int? by = null) => House.UseAsync<PersonRegister, IReadOnlyList<PersonRegister.Entry>>(by, r => r.HistoryAsync(person));

    [Fact]
    public async Task A_new_member_goes_to_the_smallest_division_of_the_address_and_waits_as_the_statute_says()
    {
        var person = (await AdmitAsync(House.DistrictChair, "Vorlage")).Value;
        var membership = (await MembershipsAsync(person)).ShouldHaveSingleItem();
        (membership.DivisionSlug, membership.State, membership.Place, membership.EffectiveOn, membership.ObjectionUntil).ShouldBe(("ort-14522230", "awaiting-objection", "Hainichen", Today.AddDays(14), Today.AddDays(14)));
        (await House.AskAsync<int>("select count(*)::int from organisation.person where id = @person", new { person }, House.LocalChair)).ShouldBe(1);
        (await HistoryAsync(person, House.DistrictChair)).Select(h => h.Sentence).ShouldContain($"Mitgliedschaft beantragt, eingegangen am {Today:d.M.yyyy}");
    }

    [Fact]
    public async Task A_place_that_is_not_known_or_known_twice_is_asked_about()
    {
        (await AdmitAsync(House.DistrictChair, "Nirgends", i => (i.PostalCode, i.Place) = ("00000", "Nirgendwo"))).Refusal!.Message.ShouldContain("ist keine Gemeinde, die wir kennen");
        var twice = (await AdmitAsync(House.StateManager, "Zweimal", i => (i.PostalCode, i.Place) = (null, "Reichenbach"))).Refusal;
        twice.ShouldNotBeNull();
        (await AdmitAsync(House.DistrictChair, "Ohneort", i => (i.PostalCode, i.Place) = (null, null))).Refusal!.Field.ShouldBe(nameof(Admit.Input.DivisionId));
        (await House.AskAsync<int>("select count(*)::int from organisation.person where family_name in ('Nirgends', 'Zweimal', 'Ohneort')")).ShouldBe(0);
    }

    [Fact]
    public async Task Nobody_admits_where_they_keep_no_memberships()
    {
        (await AdmitAsync(House.DistrictChair, "Nachbarin", i => (i.PostalCode, i.Place) = (null, "Chemnitz"))).Refusal!.Message.ShouldContain("führen Sie keine Mitgliedschaften");
        (await AdmitAsync(House.LocalMember, "Fremd")).Done.ShouldBeFalse();
        (await House.AskAsync<int>("select count(*)::int from organisation.person where family_name in ('Nachbarin', 'Fremd')")).ShouldBe(0);
    }

    [Fact]
    public async Task A_person_has_one_basic_membership_and_may_have_others_beside_it()
    {
        var person = (await AdmitAsync(House.DistrictChair, "Mehrfach")).Value;
        (await AdmitAsync(House.DistrictChair, "", i => i.PersonId = person)).Refusal!.Message.ShouldContain("besteht schon");
        (await AdmitAsync(House.DistrictChair, "", i => (i.PersonId, i.Kind) = (person, "honorary"))).Done.ShouldBeTrue();
        (await AdmitAsync(House.DistrictChair, "", i => (i.PersonId, i.Kind) = (person, "youth"))).Done.ShouldBeTrue();
        (await MembershipsAsync(person)).Select(m => (m.Kind, m.State)).ShouldBe([("member", "awaiting-objection"), ("youth", "active"), ("honorary", "active")], ignoreOrder: true);
    }

    [Fact]
    public async Task Periods_that_end_at_night_make_members()
    {
        var person = (await AdmitAsync(House.DistrictChair, "Nachts", i => (i.ReceivedOn, i.DeclaredOn) = (Today.AddDays(-13), null))).Value;
        await House.TellAsync("update members.party_membership set received_on = received_on - 2 where person_id = @person", new { person });
        await House.UseAsync<Standings, int>(null, s => s.RefreshAsync());
        (await MembershipsAsync(person))[0].ShouldSatisfyAllConditions(m => m.State.ShouldBe("active"), m => m.EffectiveOn.ShouldBe(Today.AddDays(-1)));
        (await HistoryAsync(person)).Select(h => h.Sentence).ShouldContain(s => s.Contains("wirksam seit"));
    }

    [Fact]
    public async Task Leaving_ends_the_membership_and_coming_back_is_a_new_one()
    {
        var person = (await AdmitAsync(House.DistrictChair, "Rueckkehr")).Value;
        (await StepAsync(House.DistrictChair, person, "resigned")).Done.ShouldBeTrue();
        (await StepAsync(House.DistrictChair, person, "dues-paid")).Refusal!.Message.ShouldContain("Wiedereintritt");
        (await AdmitAsync(House.DistrictChair, "", i => i.PersonId = person)).Done.ShouldBeTrue();
        (await MembershipsAsync(person)).Select(m => m.State).ShouldBe(["awaiting-objection", "left"]);
    }

    [Fact]
    public async Task Death_ends_every_membership_every_office_and_every_letter()
    {
        var person = (await AdmitAsync(House.DistrictChair, "Nachruf", i => i.ReceivedOn = Today.AddDays(-1))).Value;
        await AdmitAsync(House.DistrictChair, "", i => (i.PersonId, i.Kind, i.ReceivedOn) = (person, "honorary", Today.AddDays(-1)));
        await House.TellAsync("insert into organisation.office_holding (office_id, person_id, valid_from) select min(id), @person, current_date - 9 from organisation.office", new { person });
        (await StepAsync(House.DistrictChair, person, "died")).Done.ShouldBeTrue();
        (await MembershipsAsync(person)).ShouldAllBe(m => m.State == "left" && m.LeftReason == "died");
        (await House.AskAsync<bool>("select valid_to = current_date from organisation.office_holding where person_id = @person", new { person })).ShouldBeTrue();
        (await House.AskAsync<bool>("select privacy.may_contact(@person)", new { person })).ShouldBeFalse();
    }

    [Fact]
    public async Task Moving_to_another_district_is_proposed_by_the_address_and_the_old_one_sees_nothing_on_its_next_request()
    {
        var person = (await AdmitAsync(House.DistrictChair, "Umzug")).Value;
        await door.AccountAsync("altkreis", House.DistrictChair);
        using var old = await door.SignInAsync("altkreis");
        (await old.ReadAsync($"/menschen/{person}")).ShouldContain("Mira Umzug");
        await House.TellAsync("insert into meetings.task (division_id, text, person_id, responsible) select division_id, 'Plakate holen', id, 'Mira Umzug' from organisation.person where id = @person", new { person });
        var move = new MovePerson.Input { PersonId = person, PostalCode = null, Place = "Chemnitz", Street = "Ring 1" };
        Task<Outcome<MovePerson.Done>> TryAsync() => House.UseAsync<MovePerson, Outcome<MovePerson.Done>>(House.DistrictChair, m => m.HandleAsync(move));
        (await TryAsync()).Refusal!.Message.ShouldBe("Zuständig wird Stadtverband Chemnitz. Ortsverband Hainichen sieht die Person dann nicht mehr. Setzen Sie das Häkchen, wenn das so sein soll");
        move.Confirmed = true;
        (await TryAsync()).Value!.Division.ShouldBe("Stadtverband Chemnitz");
        // through the door: list, page, guessed membership, search
        (await old.OpenAsync($"/menschen/{person}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await old.ReadAsync("/verwaltung/personen?name=Umzug")).ShouldNotContain("Mira Umzug");
        (await old.OpenAsync($"/menschen/{person}/einwilligungen")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await House.AskAsync<int>("select count(*)::int from members.party_membership where person_id = @person", new { person }, House.DistrictChair)).ShouldBe(0);
        (await House.AskAsync<int>("select count(*)::int from members.consent where person_id = @person", new { person }, House.DistrictChair)).ShouldBe(0);
        (await MembershipsAsync(person, House.StateManager)).ShouldHaveSingleItem().DivisionSlug.ShouldBe("kreis-14511");
        (await House.ListAsync<(int? Person, string? Who)>("select person_id, responsible from meetings.task where text = 'Plakate holen'")).ShouldBe([(null, null)]);
        (await HistoryAsync(person, House.StateManager)).Select(h => h.Sentence).ShouldSatisfyAllConditions(
            h => h.ShouldContain("Mitgliedschaft wechselt zu Stadtverband Chemnitz"), h => h.ShouldContain("Ein offener Auftrag der bisherigen Gliederung ist wieder frei"));
    }

    [Fact]
    public async Task Whoever_moved_away_stays_linked_to_home_only_by_consent_and_then_with_a_name_and_one_way_to_reach_them()
    {
        var (with, without) = ((await AdmitAsync(House.DistrictChair, "Bleibt")).Value, (await AdmitAsync(House.DistrictChair, "Geht")).Value);
        foreach (var person in new[] { with, without })
            (await House.UseAsync<MovePerson, Outcome<MovePerson.Done>>(House.DistrictChair, m => m.HandleAsync(new() { PersonId = person, PostalCode = "", Place = "Chemnitz", Confirmed = true, KeepsHomeBond = person == with }))).Done.ShouldBeTrue();
        var bonds = await House.UseAsync<MemberRegister, IReadOnlyList<(string Name, string? Contact, DateOnly Since, string Home)>>(House.LocalChair, r => r.HomeBondsAsync());
        bonds.ShouldHaveSingleItem().ShouldSatisfyAllConditions(b => b.Name.ShouldBe("Mira Bleibt"), b => b.Contact.ShouldBe("mira@vorlage.example"), b => b.Home.ShouldBe("OV Hainichen"));
        // and nothing else of them
        foreach (var table in new[] { "organisation.person where id", "members.party_membership where person_id", "members.person_detail where person_id", "organisation.person_history where person_id" })
            foreach (var (office, person) in new[] { (House.LocalChair, with), (House.DistrictChair, with), (House.LocalChair, without), (House.DistrictChair, without) })
                (await House.AskAsync<int>($"select count(*)::int from {table} = @person", new { person }, office)).ShouldBe(0, table);
        // withdrawn is gone at once
        await House.TellAsync("update members.consent set withdrawn_on = current_date where person_id = @with", new { with });
        (await House.UseAsync<MemberRegister, IReadOnlyList<(string, string?, DateOnly, string)>>(House.LocalChair, r => r.HomeBondsAsync())).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_consent_needs_a_proof_is_never_overwritten_and_withdrawing_it_is_dated()
    {
        var person = (await AdmitAsync(House.DistrictChair, "Einwillig")).Value;
        Task<Outcome<int>> GiveAsync(string channel, string? proof) => House.UseAsync<KeepConsent, Outcome<int>>(House.DistrictChair, c => c.GiveAsync(new() { PersonId = person, Kind = "newsletter", Channel = channel, Day = Today.AddDays(-5), Proof = proof }));
        (await GiveAsync("paper", null)).Refusal!.Field.ShouldBe(nameof(KeepConsent.Input.Proof));
        (await GiveAsync("paper", "Ordner 7")).Done.ShouldBeTrue();
        (await GiveAsync("paper", "Ordner 8")).Refusal!.Message.ShouldContain("schon erteilt");
        var rows = await House.UseAsync<KeepConsent, IReadOnlyList<KeepConsent.Row>>(House.DistrictChair, c => c.OfAsync(person));
        await House.UseAsync<KeepConsent, Outcome<int>>(House.DistrictChair, c => c.WithdrawAsync(rows[0].Id));
        (await GiveAsync("mail", null)).Done.ShouldBeTrue();
        (await House.UseAsync<KeepConsent, IReadOnlyList<KeepConsent.Row>>(House.DistrictChair, c => c.OfAsync(person))).Select(r => (r.Proof, r.WithdrawnOn)).ShouldBe([("", null), ("Ordner 7", Today)]);
        (await HistoryAsync(person)).Select(h => h.Sentence).ShouldSatisfyAllConditions(h => h.ShouldContain("Einwilligung erteilt: Rundbrief"), h => h.ShouldContain("Einwilligung widerrufen: Rundbrief"));
    }

    [Fact]
    public async Task Whoever_objects_is_addressed_by_nobody_and_only_the_privacy_desk_takes_it_back()
    {
        var person = (await AdmitAsync(House.DistrictChair, "Ruhe")).Value;
        (await House.UseAsync<KeepConsent, Outcome<int>>(House.DistrictChair, c => c.ObjectAsync(person))).Done.ShouldBeTrue();
        (await House.AskAsync<bool>("select privacy.may_contact(@person)", new { person }, House.DistrictChair)).ShouldBeFalse();
        (await House.TellAsync("delete from privacy.person_flag where person_id = @person", new { person }, House.DistrictChair)).ShouldBe(0);
        (await House.UseAsync<KeepConsent, Outcome<int>>(House.LocalMember, c => c.ObjectAsync(person))).Done.ShouldBeFalse();
    }

    [Fact]
    public async Task Clubs_and_unions_are_entered_by_the_person_alone_and_hidden_until_they_show_them()
    {
        var person = (await AdmitAsync(House.DistrictChair, "Verein")).Value;
        await House.TellAsync("insert into members.tie (person_id, name) values (@person, 'Gewerkschaft')", new { person }, person);
        await Should.ThrowAsync<Npgsql.PostgresException>(() => House.TellAsync("insert into members.tie (person_id, name) values (@person, 'Feuerwehr')", new { person }, House.DistrictChair));
        Task<IReadOnlyList<string>> SeenByAsync(int who) => House.UseAsync<MemberRegister, IReadOnlyList<string>>(who, r => r.TiesAsync(person));
        (await SeenByAsync(House.DistrictChair)).ShouldBeEmpty();
        (await SeenByAsync(person)).ShouldBe(["Gewerkschaft"]);
        await House.TellAsync("update members.tie set shown = true where person_id = @person", new { person }, person);
        (await SeenByAsync(House.DistrictChair)).ShouldBe(["Gewerkschaft"]);
    }
}
