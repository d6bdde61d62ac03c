using Anlauf.Platform;
using Anlauf.Rooms.Meetings.Tasks;
using Anlauf.Tests.Offers;

namespace Anlauf.Tests.Meetings;

/// <summary>I18: a task of a vacant office is seen by the level above until the office is filled, and is then the holder's.</summary>
public sealed class VacantOfficeTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>
{
    [Fact]
    public async Task A_task_of_a_vacant_office_stands_on_the_Heute_of_the_level_above_until_somebody_holds_the_office()
    {
        var district = await house.DivisionAsync("kreis-14522");
        var office = await house.AskAsync<int>("insert into organisation.office (division_id, name) values (@district, 'Geschäftsstelle, noch einzustellen') returning id", new { district });
        var task = await house.AskAsync<int>("insert into meetings.task (division_id, kind, text, due) values (@district, 'task', 'Wahlkampf vorbereiten', current_date + 60) returning id", new { district });
        const string above = "Aufgabe eines unbesetzten Amts: Wahlkampf vorbereiten";
        (await house.HeuteAsync(house.StateManager)).ShouldNotContain(above);
        (await house.UseAsync<AssignTask, Outcome<int>>(house.DistrictChair, a => a.HandleAsync(task, new() { OfficeId = office }))).Done.ShouldBeTrue();
        (await house.HeuteAsync(house.StateManager)).ShouldContain(above);
        (await house.HeuteAsync(house.LocalChair)).ShouldNotContain(above);
        (await house.UseAsync<TaskRegister, TaskRegister.Detail?>(house.StateManager, r => r.FindAsync(task)))!.Vacant.ShouldBeTrue();
        // who starts next week does not have it yet
        var person = await house.MemberAsync("kreis-14522", "Neueinstellung");
        await house.TellAsync("insert into organisation.office_holding (office_id, person_id, valid_from) values (@office, @person, current_date + 7)", new { office, person });
        (await house.HeuteAsync(house.StateManager)).ShouldContain(above);
        (await house.HeuteAsync(person)).ShouldBeEmpty();
        await house.TellAsync("update organisation.office_holding set valid_from = current_date where office_id = @office", new { office });
        (await house.HeuteAsync(house.StateManager)).ShouldNotContain(above);
        (await house.HeuteAsync(person)).ShouldBe(["Erledigen: Wahlkampf vorbereiten"]);
        // whoever has it reports on it, nobody else without the right
        (await house.UseAsync<AssignTask, Outcome<int>>(house.LocalMember, a => a.ReportAsync(task, "done"))).Done.ShouldBeFalse();
        (await house.UseAsync<AssignTask, Outcome<int>>(person, a => a.HandleAsync(task, new() { Responsible = "jemand anderes" }))).Done.ShouldBeFalse();
        (await house.UseAsync<AssignTask, Outcome<int>>(person, a => a.ReportAsync(task, "done"))).Done.ShouldBeTrue();
        (await house.HeuteAsync(person)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_branch_s_vacant_office_is_seen_by_the_district_and_not_by_the_state()
    {
        var branch = await house.DivisionAsync("ort-14522230");
        var office = await house.AskAsync<int>("insert into organisation.office (division_id, name) values (@branch, 'Kasse') returning id", new { branch });
        await house.TellAsync("insert into meetings.task (division_id, kind, text, office_id) values (@branch, 'task', 'Kasse führen', @office)", new { branch, office });
        (await house.HeuteAsync(house.DistrictChair)).ShouldContain("Aufgabe eines unbesetzten Amts: Kasse führen");
        (await house.HeuteAsync(house.StateManager)).ShouldNotContain("Aufgabe eines unbesetzten Amts: Kasse führen");
    }
}
