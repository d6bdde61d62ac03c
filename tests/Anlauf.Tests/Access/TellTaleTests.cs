using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Rooms.Privacy.Keeping;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Anlauf.Tests.Access;

/// <summary>Functions of the database that the program may call tell nothing about a person to somebody who has no right to it, whoever forgot to ask.</summary>
public sealed class TellTaleTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>
{
    // null is nobody: a scope in which nobody has signed in
    private Task<T?> AskAsync<T>(Action<Actor>? who, string sql, object arguments) => house.UseAsNobodyAsync<IServiceProvider, T?>(async services =>
    {
        who?.Invoke(services.GetRequiredService<Actor>());
        return await services.GetRequiredService<Db>().ScalarAsync<T>(sql, arguments);
    });

    private static readonly string[] Told =
    [
        "select members.call_basis(@person)", "select members.may_call(@person)::text", "select members.divisions_of(@person)::text", "select nullif(privacy.may_handle(@person), false)::text", "select nullif(members.may_merge(@person), false)::text",
        "select (select name from privacy.subject(@person))", "select string_agg(w.name, ', ') from organisation.who_sees(@person) w", "select nullif(organisation.keeps_account_of(@person), false)::text",
    ];

    [Fact]
    public async Task Neither_a_member_nor_a_guest_nor_a_link_nor_nobody_learns_from_a_function_who_is_a_member()
    {
        var person = await house.AskAsync<int>("insert into organisation.person (division_id, given_name, family_name, phone) select id, 'Wer', 'Weissnicht', '0371 1' from organisation.division where slug = 'kreis-14523' returning id");
        await house.TellAsync("insert into members.party_membership (person_id, division_id, kind, state, effective_on) select id, division_id, 'member', 'active', current_date from organisation.person where id = @person", new { person });
        Action<Actor>?[] strangers = [a => a.Become(house.LocalMember), a => a.Become(house.LocalChair), a => a.BecomeSelf(house.LocalMember), a => a.BecomeGuest(house.LocalMember), null];
        foreach (var sql in Told)
        {
            foreach (var stranger in strangers)
                (await AskAsync<string>(stranger, sql, new { person })).ShouldBeNull(sql);
        }
        // whoever keeps the memberships there is told
        (await house.AskAsync<string>("select members.call_basis(@person)", new { person }, house.StateManager)).ShouldBe("membership");
        (await house.AskAsync<int>("select members.divisions_of(@person)", new { person }, house.StateManager)).ShouldBe(await house.DivisionAsync("kreis-14523"));
        // and everybody of oneself
        (await house.AskAsync<string>("select members.call_basis(@me)", new { me = house.LocalMember }, house.LocalMember)).ShouldNotBeNull();
    }

    [Fact]
    public async Task What_only_the_house_asks_itself_is_refused_to_the_program()
    {
        foreach (var sql in new[] { "select privacy.division_of(@person)", "select privacy.held(@person)", "select members.corrected_since(array[@person], now())", "select welcome.end_contacts(@person)" })
            (await Should.ThrowAsync<PostgresException>(() => house.AskAsync<string>(sql, new { person = house.LocalChair }, house.LocalMember))).SqlState.ShouldBe("42501", sql);
    }

    [Fact]
    public async Task Who_is_in_charge_of_one_district_reads_its_lists_alone_and_changes_no_period_of_the_others()
    {
        // an officer for data protection of one district
        var officer = await house.AskAsync<int>("insert into organisation.person (division_id, given_name, family_name) select id, 'Dörte', 'Datenwacht' from organisation.division where slug = 'kreis-14523' returning id");
        var office = await house.AskAsync<int>("insert into organisation.office (division_id, name, role_id, sort) select id, 'Datenschutz im Kreis', 'data-protection-officer', 900 from organisation.division where slug = 'kreis-14523' returning id");
        await house.TellAsync("insert into organisation.office_holding (office_id, person_id, valid_from) values (@office, @officer, current_date - 1)", new { office, officer });
        await house.TellAsync("insert into members.list_issue (person_id, purpose, sentence, fields, filter, rows) values (@DistrictChair, 'Anrufaktion', 'Anrufe vor der Beratung', '{phone}', 'alle', 12)", new { house.DistrictChair }, house.DistrictChair);
        const string issued = "select count(*)::int from members.list_issue";
        (await house.AskAsync<int>(issued, person: officer)).ShouldBe(0);
        (await house.AskAsync<int>(issued, person: house.Persons["data-protection-officer"])).ShouldBe(1);
        Task<Outcome<string>> ChangeAsync(int by) => house.UseAsync<Retention, Outcome<string>>(by, r => r.ChangeAsync(new() { Id = "import", PausedUntil = DateOnly.FromDateTime(DateTime.Today).AddDays(3), PauseReason = "Prüfung" }));
        (await ChangeAsync(officer)).Refusal!.Message.ShouldContain("dürfen Sie nicht ändern");
        (await ChangeAsync(house.Persons["data-protection-officer"])).Done.ShouldBeTrue();
    }
}
