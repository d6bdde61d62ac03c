using Anlauf.Platform;
using Anlauf.Rooms.Organisation.Shields;
using Npgsql;

namespace Anlauf.Tests.Organisation;

/// <summary>What a division closes, the levels above do not see, whatever their role reads elsewhere (subsidiarity).</summary>
public sealed class ShieldTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>, IAsyncLifetime
{
    private int district, neighbour, branch;

    public async Task InitializeAsync()
    {
        (district, neighbour, branch) = (await house.DivisionAsync("kreis-14522"), await house.DivisionAsync("kreis-14521"), await house.DivisionAsync("ort-14522230"));
        await house.TellAsync("insert into access.role_right values ('state-manager', 'meetings', 'read', 'P7', 'subtree'), ('district-chair', 'meetings', 'read', 'P7', 'subtree') on conflict do nothing");
        await house.TellAsync("delete from organisation.shield");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private Task<Outcome<bool>> SetAsync(int person, bool close) => house.UseAsync<SetShield, Outcome<bool>>(person, s => s.HandleAsync(district, "meetings:P7", close));

    private async Task<bool> ReadsAsync(int person, int division, string dataClass = "P7") =>
        await house.AskAsync<bool>("select coalesce(@division = any (access.reachable_divisions(@dataClass, 'meetings')), false)", new { division, dataClass }, person);

    [Fact]
    public async Task A_closed_part_is_out_of_sight_from_above_here_and_below_and_nowhere_else()
    {
        (await ReadsAsync(house.StateManager, district)).ShouldBeTrue();
        (await SetAsync(house.DistrictChair, close: true)).Value.ShouldBeTrue();
        (await ReadsAsync(house.StateManager, district)).ShouldBeFalse();
        (await ReadsAsync(house.StateManager, branch)).ShouldBeFalse();
        (await ReadsAsync(house.StateManager, neighbour)).ShouldBeTrue();
        (await ReadsAsync(house.StateManager, district, "P1")).ShouldBeTrue();
        (await ReadsAsync(house.DistrictChair, district)).ShouldBeTrue();
        (await ReadsAsync(house.DistrictChair, branch)).ShouldBeTrue();
        (await SetAsync(house.DistrictChair, close: false)).Value.ShouldBeFalse();
        (await ReadsAsync(house.StateManager, district)).ShouldBeTrue();
    }

    [Fact]
    public async Task Confidential_meetings_follow_it_down_to_the_row()
    {
        await house.TellAsync("insert into meetings.meeting (division_id, body_id, title, slug, held_on, confidential) select @district, id, 'Klausur', 'klausur', current_date, true from organisation.body where slug = 'vorstand-kreis-14522' on conflict do nothing", new { district });
        Task<long> SeenAsync(int person) => house.AskAsync<long>("select count(*) from meetings.meeting where slug = 'klausur'", person: person);
        (await SeenAsync(house.StateManager)).ShouldBe(1);
        await SetAsync(house.DistrictChair, close: true);
        (await SeenAsync(house.StateManager)).ShouldBe(0);
        (await SeenAsync(house.DistrictChair)).ShouldBe(1);
    }

    [Fact]
    public async Task The_level_above_neither_opens_nor_closes_it()
    {
        (await SetAsync(house.StateManager, close: true)).Refusal!.Message.ShouldContain("entscheidet sie selbst");
        await SetAsync(house.DistrictChair, close: true);
        (await SetAsync(house.StateManager, close: false)).Done.ShouldBeFalse();
        (await house.TellAsync("delete from organisation.shield where division_id = @district", new { district }, house.StateManager)).ShouldBe(0);
        (await Should.ThrowAsync<PostgresException>(() => house.TellAsync("insert into organisation.shield (division_id, feature, data_class) values (@neighbour, 'meetings', 'P7')", new { neighbour }, house.StateManager))).SqlState.ShouldBe("42501");
        // what can be closed is a row too: the register of offices stays open, or nobody could keep it
        (await Should.ThrowAsync<PostgresException>(() => house.TellAsync("insert into organisation.shield (division_id, feature, data_class) values (@district, 'organisation', 'P1')", new { district }, house.DistrictChair))).SqlState.ShouldBe("23503");
    }
}
