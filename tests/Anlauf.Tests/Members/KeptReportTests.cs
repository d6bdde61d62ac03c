using Anlauf.Rooms.Members.Numbers;
using Anlauf.Tests.Access;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Anlauf.Tests.Members;

/// <summary>The report of a large association is counted once for those who reach the same people.</summary>
public sealed class KeptReportTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private async Task<MemberReport.Counted> ReadAsync(int person)
    {
        await using var scope = database.As(person);
        return await scope.ServiceProvider.GetRequiredService<MemberReport>().OfAsync();
    }

    [Fact]
    public async Task A_large_report_is_kept_for_the_same_reach_alone_and_a_small_one_is_always_new()
    {
        var who = await NationalSize.FillAsync(database.Connections.Owner, MemberReport.Large + 3_000, 66);
        await using var owner = new NpgsqlConnection(database.Connections.Owner);
        await owner.OpenAsync();
        async Task TellAsync(string sql) { await using var command = new NpgsqlCommand(sql, owner); await command.ExecuteNonQueryAsync(); }
        await TellAsync("alter table members.party_membership disable trigger user; insert into members.party_membership (person_id, division_id, kind, state, received_on, effective_on) select id, division_id, 'member', 'active', '2020-01-01', '2020-01-01' from organisation.person");

        var (state, district) = (await ReadAsync(who.State), await ReadAsync(who.District));
        state.Complete.Members.ShouldBe(MemberReport.Large + 3_000);
        district.Complete.Members.ShouldBeInRange(1, MemberReport.Large);

        await TellAsync($"delete from members.party_membership where division_id = {who.DistrictDivision}");
        (await ReadAsync(who.State)).ShouldBeSameAs(state);
        (await ReadAsync(who.District)).Complete.Members.ShouldBeLessThan(district.Complete.Members, "a small report is counted each time");

        // an office that ends takes what it saw along
        await TellAsync($"update organisation.office_holding set valid_to = current_date - 1 where person_id = {who.State}");
        (await ReadAsync(who.State)).Complete.Members.ShouldBe(0);
    }
}
