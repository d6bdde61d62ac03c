using Anlauf.Platform;
using Anlauf.Rooms.Members.Register;
using Anlauf.Rooms.Welcome.Care;

namespace Anlauf.Tests.Welcome;

/// <summary>Care plans from facts, and recruiting apart from them (H10, H11).</summary>
public sealed class CareTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>, IAsyncLifetime
{
    private int district, other;
    public async Task InitializeAsync()
    {
        await house.EmptyAsync();
        await house.TellAsync("delete from members.party_membership");
        (district, other) = (await house.DivisionAsync("kreis-14522"), await house.DivisionAsync("kreis-14521"));
    }
    public Task DisposeAsync() => Task.CompletedTask;

    private async Task<int> SinceAsync(string family, string sql, string division = "kreis-14522", string? source = null)
    {
        var person = await house.PersonAsync(division, family);
        await house.TellAsync($"insert into members.party_membership (person_id, division_id, kind, state, received_on, effective_on, source_code) select id, division_id, 'member', 'active', {sql}, {sql}, @source from organisation.person where id = @person", new { person, source });
        return person;
    }
    private async Task<string[]> NamesAsync(string plan, int by) => [.. (await house.UseAsync<CareRegister, IReadOnlyList<CareRegister.Row>>(by, r => r.ListAsync(plan))).Select(r => r.Name)];
    private Task<Outcome<int>> BeginAsync(int by, int division, string code) => house.UseAsync<Campaigns, Outcome<int>>(by, c => c.AddAsync(new() { DivisionId = division, Title = "Sommer", Code = code, StartsOn = DateOnly.FromDateTime(DateTime.Today).AddDays(-40), EndsOn = DateOnly.FromDateTime(DateTime.Today) }));

    [Fact]
    public async Task Inactive_is_whom_nobody_has_talked_to_or_met_for_a_year_and_who_wants_to_be_addressed()
    {
        await SinceAsync("Verschollen", "current_date - 2000");
        var met = await SinceAsync("War da", "current_date - 2000");
        var objects = await SinceAsync("Will nicht", "current_date - 2000");
        await SinceAsync("Neu dabei", "current_date - 200");
        await SinceAsync("Nachbarkreis", "current_date - 2000", "kreis-14521");
        await house.TellAsync("""
            insert into meetings.meeting (division_id, title, held_on, slug) values (@district, 'Treffen', current_date - 30, 'treffen-betreuung')
            """, new { district });
        await house.TellAsync("insert into meetings.attendance (meeting_id, division_id, name, person_id, status) select id, division_id, 'Neu War da', @met, 'present' from meetings.meeting where slug = 'treffen-betreuung'", new { met });
        await house.TellAsync("insert into privacy.person_flag (person_id, kind) values (@objects, 'no-contact')", new { objects });
        (await NamesAsync("inactive", house.DistrictChair)).ShouldBe(["Neu Verschollen"]);
        (await NamesAsync("inactive", house.StateManager)).ShouldBe(["Neu Verschollen", "Neu Nachbarkreis"], ignoreOrder: true);
        (await NamesAsync("inactive", house.LocalMember)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_anniversary_stands_there_some_weeks_before_and_the_long_standing_by_their_years()
    {
        await SinceAsync("Silber", "(current_date + 20 - interval '25 years')::date");
        await SinceAsync("Später", "(current_date + 120 - interval '25 years')::date");
        var row = (await house.UseAsync<CareRegister, IReadOnlyList<CareRegister.Row>>(house.DistrictChair, r => r.ListAsync("anniversary"))).ShouldHaveSingleItem();
        (row.Name, row.Years).ShouldBe(("Neu Silber", 25));
        (await NamesAsync("long-standing", house.DistrictChair)).ShouldBe(["Neu Silber", "Neu Später"]);
    }

    [Fact]
    public async Task A_campaign_counts_who_came_through_its_code_and_hides_one_to_four()
    {
        (await BeginAsync(house.DistrictChair, district, "sommer-26")).Done.ShouldBeTrue();
        (await BeginAsync(house.StateManager, district, "sommer-26")).Refusal!.Field.ShouldBe("Code");
        (await BeginAsync(house.DistrictChair, other, "anderswo")).Refusal!.Field.ShouldBe("DivisionId");
        for (var i = 0; i < 4; i++) await SinceAsync($"Durch {i}", "current_date - 10", source: "Sommer-26");
        await SinceAsync("Vorher", "current_date - 90", source: "sommer-26");
        async Task<int?> JoinsAsync(int by) => (await house.UseAsync<Campaigns, IReadOnlyList<Campaigns.Row>>(by, c => c.ListAsync())).Single(c => c.Code == "sommer-26").Joins;
        (await JoinsAsync(house.DistrictChair)).ShouldBeNull();
        // the fifth by the form of admission, with the code as it stands on the leaflet
        (await house.UseAsync<Admit, Outcome<int>>(house.DistrictChair, a => a.HandleAsync(new() { GivenName = "Durch", FamilyName = "Formular", PostalCode = "09661", Place = "Hainichen", Kind = "member", ReceivedOn = DateOnly.FromDateTime(DateTime.Today).AddDays(-3), SourceCode = " SOMMER-26 " }))).Done.ShouldBeTrue();
        (await JoinsAsync(house.StateManager)).ShouldBe(5);
        // care and recruiting are different rights: who welcomes does not see campaigns, who counts joins sees nobody
        await house.TellAsync("delete from access.role_right where role_id = 'local-chair' and feature = 'recruiting'");
        (await house.UseAsync<Campaigns, IReadOnlyList<Campaigns.Row>>(house.LocalChair, c => c.ListAsync())).ShouldBeEmpty();
        // and the other way round: with the right to recruit alone nobody is on a care plan, and no person is seen
        await house.TellAsync("insert into access.role (id, name) values ('recruiter', 'Werbung') on conflict do nothing");
        await house.TellAsync("insert into access.role_right values ('recruiter', 'recruiting', 'edit', 'P1', 'subtree'), ('recruiter', 'recruiting', 'read', 'P1', 'subtree') on conflict do nothing");
        var recruiter = await house.PersonAsync("kreis-14522", "Wirbt");
        var office = await house.AskAsync<int>("insert into organisation.office (division_id, name, role_id) values (@district, 'Werbung', 'recruiter') returning id", new { district });
        await house.TellAsync("insert into organisation.office_holding (office_id, person_id, valid_from) values (@office, @recruiter, current_date)", new { office, recruiter });
        (await JoinsAsync(recruiter)).ShouldBe(5);
        await SinceAsync("Lange weg", "current_date - 2000");
        (await NamesAsync("inactive", house.DistrictChair)).ShouldContain("Neu Lange weg");
        (await NamesAsync("inactive", recruiter)).ShouldBeEmpty();
        (await house.AskAsync<int>("select count(*)::int from organisation.person where id <> @recruiter", new { recruiter }, recruiter)).ShouldBe(0);
    }
}
