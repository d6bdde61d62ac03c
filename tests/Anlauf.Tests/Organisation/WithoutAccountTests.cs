namespace Anlauf.Tests.Organisation;

/// <summary>Who may be given an account is decided for one by organisation.keeps_account_of and for all by organisation.without_account: both say the same.</summary>
public sealed class WithoutAccountTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>
{
    private const string OneByOne = """
        select p.id from organisation.person p where exists (select from organisation.office_holding h where h.person_id = p.id and coalesce(h.valid_to, 'infinity'::date) >= current_date)
          and organisation.keeps_account_of(p.id) order by 1
        """;

    [Fact]
    public async Task Whoever_may_be_given_an_account_one_by_one_is_offered_in_the_list_and_nobody_else()
    {
        // the mayor of the list: an office in the district held by a person of the district, who also stands in for the state
        var deputy = await house.AskAsync<int>("insert into organisation.person (division_id, given_name, family_name) select id, 'Vera', 'Vertretung' from organisation.division where slug = 'kreis-14522' returning id");
        var holder = await house.AskAsync<int>("insert into organisation.person (division_id, given_name, family_name) select id, 'Otto', 'Ohnekonto' from organisation.division where slug = 'kreis-14522' returning id");
        await house.TellAsync("insert into organisation.office_holding (office_id, person_id, valid_from) select o.id, p, current_date - 1 from organisation.office o join organisation.division d on d.id = o.division_id and d.slug = 'kreis-14522', unnest(@people) p where o.role_id is null or o.role_id = 'district-chair'", new { people = new[] { deputy, holder } });
        await house.TellAsync("insert into organisation.delegation (holding_id, person_id, valid_from, valid_to) select h.id, @deputy, current_date, current_date + 5 from organisation.office_holding h where h.person_id = @state limit 1", new { deputy, state = house.StateManager });
        foreach (var who in new int?[] { null, house.StateManager, house.DistrictChair, house.LocalChair, deputy })
        {
            var listed = await house.ListAsync<int>("select id from organisation.without_account() order by 1", person: who);
            listed.ShouldBe(await house.ListAsync<int>(OneByOne, person: who), $"asked by {who}");
            if (who == house.StateManager) listed.ShouldContain(holder);
        }
    }
}
