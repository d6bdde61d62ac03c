using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Rooms.Meetings.Resolutions;

namespace Anlauf.Tests.Organisation;

/// <summary>Who sees and changes what (subsidiarity): the roles of the demo association against row-level security.</summary>
public sealed class RightsTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>, IAsyncLifetime
{
    private int own;

    public async Task InitializeAsync()
    {
        if (!await house.AskAsync<bool>("select exists (select from meetings.resolution)"))
        {
            await house.ResolveAsync("sachsen", "L-1", "Beschluss des Landes");
            await house.ResolveAsync("kreis-14522", "K-1", "Beschluss Mittelsachsens");
            await house.ResolveAsync("kreis-14521", "E-1", "Beschluss des Erzgebirgskreises");
            await house.ResolveAsync("ort-14522230", "O-1", "Beschluss Hainichens");
            await house.ResolveAsync("sachsen-anhalt", "A-1", "Beschluss des Nachbarlandes");
        }
        own = await house.AskAsync<int>("select id from meetings.resolution where number = 'K-1'");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private async Task<string> SeenByAsync(int person) => string.Join(' ', await house.ListAsync<string>("select number from meetings.resolution order by number", person: person));

    [Fact]
    public async Task The_state_manager_reads_all_of_the_own_state_and_nothing_of_the_next() => (await SeenByAsync(house.StateManager)).ShouldBe("E-1 K-1 L-1 O-1");

    [Fact]
    public async Task A_district_chair_sees_the_own_district_and_what_is_above_but_no_sibling() => (await SeenByAsync(house.DistrictChair)).ShouldBe("K-1 L-1 O-1");

    [Fact]
    public async Task A_member_of_a_local_branch_sees_the_chain_up_to_the_state() => (await SeenByAsync(house.LocalMember)).ShouldBe("K-1 L-1 O-1");

    [Fact]
    public async Task Nobody_sees_nothing()
    {
        foreach (var table in new[] { "meetings.resolution", "meetings.resolution_history", "organisation.person", "organisation.office_holding", "situation.goal", "presence.contact_point", "identity.account", "access.role_right" })
            (await house.UseAsNobodyAsync<Db, long>(db => db.ScalarAsync<long>($"select count(*) from {table}"))).ShouldBe(0, table);
    }

    [Fact]
    public async Task The_state_cannot_change_what_a_district_decided()
    {
        var refused = await house.UseAsync<ChangeResolution, Outcome<int>>(house.StateManager, c => c.HandleAsync(own, new() { State = "dropped" }));
        refused.Refusal!.Message.ShouldContain("nur die Gliederung");
        (await house.TellAsync("update meetings.resolution set state = 'dropped' where id = @own", new { own }, house.StateManager)).ShouldBe(0);
        (await house.TellAsync("delete from meetings.resolution where id = @own", new { own }, house.StateManager)).ShouldBe(0);
        var forged = await Should.ThrowAsync<Npgsql.PostgresException>(() => house.TellAsync(
            "insert into meetings.resolution (division_id, number, title, slug, wording, result) select id, 'X', 'X', 'x', 'X', 'adopted' from organisation.division where slug = 'kreis-14522'", person: house.StateManager));
        forged.SqlState.ShouldBe("42501");
        (await house.AskAsync<string>("select state from meetings.resolution where id = @own", new { own })).ShouldBe("open");
    }

    [Fact]
    public async Task A_district_chair_changes_the_own_resolution_but_not_the_states()
    {
        (await house.UseAsync<ChangeResolution, Outcome<int>>(house.DistrictChair, c => c.HandleAsync(own, new() { State = "open", Responsible = "Theo Kontur" }))).Done.ShouldBeTrue();
        (await house.TellAsync("update meetings.resolution set state = 'dropped' where number = 'L-1'", person: house.DistrictChair)).ShouldBe(0);
        // nor hands it over to another division
        (await Should.ThrowAsync<Npgsql.PostgresException>(() => house.TellAsync("update meetings.resolution set division_id = (select id from organisation.division where slug = 'kreis-14521') where id = @own", new { own }, house.DistrictChair)))
            .SqlState.ShouldBe("42501");
    }

    [Fact]
    public async Task The_history_is_written_by_the_database_alone() =>
        (await Should.ThrowAsync<Npgsql.PostgresException>(() => house.TellAsync("update meetings.resolution_history set sentence = ''"))).SqlState.ShouldBe("42501");

    [Fact]
    public async Task Searching_does_not_reach_further_than_reading() =>
        (await house.UseAsync<ResolutionRegister, IReadOnlyList<ResolutionRegister.Row>>(house.DistrictChair, r => r.ListAsync(new(Search: "Beschluss"), "nummer", false))).Select(r => r.Number).ShouldNotContain("E-1");

    [Fact]
    public async Task Contact_data_is_seen_only_by_those_whose_office_needs_it()
    {
        (await house.ListAsync<string>("select given_name from organisation.person", person: house.LocalMember)).ShouldBe(["Max"]);
        (await house.ListAsync<string>("select given_name from organisation.person order by 1", person: house.DistrictChair)).ShouldBe(["Max", "Theo", "Wilma"]);
    }

    [Fact]
    public async Task Rights_end_with_the_last_day_of_the_office()
    {
        await house.TellAsync("insert into organisation.person (division_id, given_name, family_name) select id, 'Nora', 'Nachfolge' from organisation.division where slug = 'kreis-14521'");
        await house.TellAsync("insert into organisation.office (division_id, name, role_id) select id, 'Stellvertretung', 'district-chair' from organisation.division where slug = 'kreis-14521'");
        var person = await house.AskAsync<int>("""
            insert into organisation.office_holding (office_id, person_id, valid_from, valid_to)
            select o.id, p.id, current_date - 30, current_date from organisation.office o, organisation.person p where o.name = 'Stellvertretung' and p.family_name = 'Nachfolge' returning person_id
            """);
        (await SeenByAsync(person)).ShouldBe("E-1 L-1");
        await house.TellAsync("update organisation.office_holding set valid_to = current_date - 1 where person_id = @person", new { person });
        (await SeenByAsync(person)).ShouldBe("");
        (await house.ListAsync<string>("select feature from access.my_rights()", person: person)).ShouldBeEmpty();
        // nor before it begins
        await house.TellAsync("update organisation.office_holding set valid_from = current_date + 1, valid_to = null where person_id = @person", new { person });
        (await SeenByAsync(person)).ShouldBe("");
    }
}
