using Anlauf.Platform;
using Anlauf.Rooms.Meetings.Tasks;
using Anlauf.Tests.Offers;

namespace Anlauf.Tests.Meetings;

/// <summary>In Vertretung: the tasks of the office are on the deputy's Heute as long as they stand in, and on nobody else's.</summary>
public sealed class StandInTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>
{
    [Fact]
    public async Task A_task_of_an_office_is_the_deputy_s_until_the_last_day_of_the_deputyship()
    {
        const string told = "Erledigen: Saal bestellen";
        var district = await house.DivisionAsync("kreis-14522");
        var holding = await house.AskAsync<int>("select h.id from organisation.office_holding h join organisation.office o on o.id = h.office_id where h.person_id = @DistrictChair and o.role_id = 'district-chair'", new { house.DistrictChair });
        var task = await house.AskAsync<int>("""
            insert into meetings.task (division_id, kind, text, due, office_id) select @district, 'task', 'Saal bestellen', current_date + 3, h.office_id from organisation.office_holding h where h.id = @holding returning id
            """, new { district, holding });
        var deputy = await house.MemberAsync("kreis-14522", "Stellvertreterin");
        (await house.HeuteAsync(house.DistrictChair)).ShouldContain(told);
        (await house.HeuteAsync(deputy)).ShouldNotContain(told);
        await house.TellAsync("insert into organisation.delegation (holding_id, person_id, valid_from, valid_to) values (@holding, @deputy, current_date, current_date + 7)", new { holding, deputy });
        (await house.HeuteAsync(deputy)).ShouldContain(told);
        (await house.UseAsync<Anlauf.Rooms.Situation.TodayTasks, IReadOnlyList<Anlauf.Rooms.Situation.TodayTasks.Item>>(deputy, t => t.ListAsync())).Single(i => i.Title == told).Why.ShouldStartWith("in Vertretung: ");
        // the holder keeps it, and nobody else gets it
        (await house.HeuteAsync(house.DistrictChair)).ShouldContain(told);
        (await house.HeuteAsync(house.LocalMember)).ShouldNotContain(told);
        (await house.UseAsync<TaskRegister, TaskRegister.Detail?>(deputy, r => r.FindAsync(task)))!.MayReport.ShouldBeTrue();
        (await house.UseAsync<AssignTask, Outcome<int>>(deputy, a => a.ReportAsync(task, "underway"))).Done.ShouldBeTrue();
        // the last day is over: nothing of it is left
        await house.TellAsync("update organisation.delegation set valid_from = current_date - 7, valid_to = current_date - 1 where person_id = @deputy", new { deputy });
        (await house.HeuteAsync(deputy)).ShouldNotContain(told);
        (await house.UseAsync<TaskRegister, TaskRegister.Detail?>(deputy, r => r.FindAsync(task)))?.MayReport.ShouldBeFalse();
        (await house.UseAsync<AssignTask, Outcome<int>>(deputy, a => a.ReportAsync(task, "done"))).Done.ShouldBeFalse();
        (await house.HeuteAsync(house.DistrictChair)).ShouldContain(told);
    }

    [Fact]
    public async Task A_deputy_of_an_office_that_ends_earlier_has_its_tasks_no_longer_than_the_holder()
    {
        var district = await house.DivisionAsync("kreis-14522");
        var office = await house.AskAsync<int>("insert into organisation.office (division_id, name) values (@district, 'Schatzmeisterei auf Zeit') returning id", new { district });
        var (holder, deputy) = (await house.MemberAsync("kreis-14522", "Amtsende"), await house.MemberAsync("kreis-14522", "Amtsendevertretung"));
        var holding = await house.AskAsync<int>("insert into organisation.office_holding (office_id, person_id, valid_from, valid_to) values (@office, @holder, current_date - 10, current_date) returning id", new { office, holder });
        await house.TellAsync("insert into organisation.delegation (holding_id, person_id, valid_from, valid_to) values (@holding, @deputy, current_date - 10, current_date + 10)", new { holding, deputy });
        await house.TellAsync("insert into meetings.task (division_id, kind, text, office_id) values (@district, 'task', 'Beitragsliste prüfen', @office)", new { district, office });
        (await house.HeuteAsync(deputy)).ShouldContain("Erledigen: Beitragsliste prüfen");
        await house.TellAsync("update organisation.office_holding set valid_to = current_date - 1 where id = @holding", new { holding });
        (await house.HeuteAsync(holder)).ShouldNotContain("Erledigen: Beitragsliste prüfen");
        (await house.HeuteAsync(deputy)).ShouldNotContain("Erledigen: Beitragsliste prüfen");
    }
}
