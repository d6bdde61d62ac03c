using Anlauf.Platform;
using Anlauf.Rooms.Members;
using Anlauf.Rooms.Members.Register;
using Anlauf.Rooms.Organisation.RightsInWords;
using Anlauf.Rooms.Welcome.Care;

namespace Anlauf.Tests.Welcome;

/// <summary>The youth coordinator sees who said yes and is young enough, nobody else, and has no file (H15).</summary>
public sealed class YouthTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(new GermanTime().GetLocalNow().Date);

    private async Task<int> CoordinatorAsync()
    {
        var person = await house.PersonAsync("jugend-sachsen", "Koordination");
        await house.TellAsync("insert into organisation.office (division_id, name, role_id) select id, 'Jugendkoordination', 'youth-coordinator' from organisation.division where slug = 'jugend-sachsen' and not exists (select from organisation.office where role_id = 'youth-coordinator')");
        await house.TellAsync("insert into organisation.office_holding (office_id, person_id, valid_from) select id, @person, current_date from organisation.office where role_id = 'youth-coordinator'", new { person });
        return person;
    }

    private async Task<int> BornAsync(string family, DateOnly? born)
    {
        var person = await house.PersonAsync("kreis-14522", family, "0171 3920012");
        if (born is { } day) (await house.UseAsync<PersonDetails, Outcome<int>>(null, d => d.SaveAsync(person, new(day, null)))).Done.ShouldBeTrue();
        return person;
    }

    private Task<Outcome<bool>> GiveAsync(int by, int person) => house.UseAsync<YouthConsent, Outcome<bool>>(by, y => y.GiveAsync(person));
    private async Task<string[]> SeenAsync(int by) => [.. (await house.UseAsync<YouthConsent, IReadOnlyList<YouthConsent.Row>>(by, y => y.ListAsync())).Select(r => r.Name)];

    [Fact]
    public async Task Only_who_said_yes_and_is_young_enough_is_seen_and_only_until_the_birthday()
    {
        var coordinator = await CoordinatorAsync();
        var (young, old, child, unknown) = (await BornAsync("Jung", Today.AddYears(-22)), await BornAsync("Alt", Today.AddYears(-30)), await BornAsync("Kind", Today.AddYears(-15)), await BornAsync("Ohne Tag", null));
        (await SeenAsync(coordinator)).ShouldBeEmpty();
        (await GiveAsync(house.DistrictChair, young)).Done.ShouldBeTrue();
        (await GiveAsync(house.DistrictChair, old)).Refusal!.Message.ShouldBe("Der Jugendverband endet mit dem 30. Geburtstag");
        (await GiveAsync(house.DistrictChair, child)).Refusal!.Message.ShouldStartWith("Unter 16 Jahren");
        (await GiveAsync(house.DistrictChair, unknown)).Refusal!.Message.ShouldStartWith("Ohne Geburtstag");
        (await SeenAsync(coordinator)).ShouldBe(["Neu Jung"]);
        (await house.ListAsync<string>("select family_name from organisation.person where id <> access.person_id()", person: coordinator)).ShouldBe(["Jung"]);
        // the answer to who sees names the coordinator, and the birthday ends it by itself
        (await house.UseAsync<RightsRegister, IReadOnlyList<RightsRegister.Path>>(young, r => r.WhoSeesAsync(young))).ShouldContain(p => p.PersonId == coordinator);
        (await house.AskAsync<DateOnly>("select valid_to from organisation.entrusted where person_id = @young", new { young })).ShouldBe(Today.AddYears(8).AddDays(-1));
        // not even with the right itself: the role gives out no file
        (await house.AskAsync<bool>("select exists (select from access.role_right where role_id = 'youth-coordinator' and action = 'export')")).ShouldBeFalse();
        await house.TellAsync("insert into access.role_right values ('youth-coordinator', 'membership', 'export', 'P2', 'subtree'), ('youth-coordinator', 'membership', 'read', 'P2', 'own') on conflict do nothing");
        (await house.UseAsync<IssueList, int>(coordinator, l => l.WriteAsync(new(), "Anrufaktion", "Einladung zum Jugendtreffen im Dezember", ["phone", "email"], Stream.Null))).ShouldBe(0);
        await house.TellAsync("delete from access.role_right where role_id = 'youth-coordinator' and feature = 'membership'");
        // taken back, it holds with the next question
        (await house.UseAsync<YouthConsent, bool>(young, y => y.WithdrawAsync(young))).ShouldBeTrue();
        (await SeenAsync(coordinator)).ShouldBeEmpty();
        // an entrustment of the past opens nothing
        await using var owner = new Npgsql.NpgsqlConnection(house.Connections.Owner);
        await owner.OpenAsync();
        await using var past = new Npgsql.NpgsqlCommand("update organisation.entrusted set ended_at = null, valid_from = current_date - 9, valid_to = current_date - 1 where person_id = $1", owner) { Parameters = { new() { Value = young } } };
        (await past.ExecuteNonQueryAsync()).ShouldBe(1);
        (await SeenAsync(coordinator)).ShouldBeEmpty();
        (await house.AskAsync<int>("select count(*)::int from organisation.person where id <> access.person_id()", person: coordinator)).ShouldBe(0);
    }
}
