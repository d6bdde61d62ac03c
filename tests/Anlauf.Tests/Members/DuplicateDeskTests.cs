using Anlauf.Platform;
using Anlauf.Rooms.Members;
using Anlauf.Rooms.Members.Duplicates;

namespace Anlauf.Tests.Members;

/// <summary>Merging: everything follows, nothing is lost, and taking it back gives two people again.</summary>
public sealed class DuplicateDeskTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>
{
    private async Task<(int Keep, int Gone)> TwoAsync(string family)
    {
        async Task<int> PersonAsync(string spelled, string? mail)
        {
            var id = await house.AskAsync<int>("insert into organisation.person (division_id, given_name, family_name, email, phone) select id, 'Jürgen', @spelled, @mail, '0371 555' from organisation.division where slug = 'ort-14522230' returning id", new { spelled, mail });
            await house.UseAsync<PersonDetails, Outcome<int>>(null, d => d.SaveAsync(id, new(new(1980, 4, 3), mail is null ? "Markt 1, 09661 Hainichen" : null)));
            await house.TellAsync("insert into members.party_membership (person_id, division_id, kind, state, received_on, effective_on, member_number) select id, division_id, 'member', 'active', current_date - 90, current_date - 76, @number from organisation.person where id = @id", new { id, number = $"D-{id}" });
            return id;
        }
        return (await PersonAsync(family, $"{family}@doppelt.example"), await PersonAsync(family.Replace("ü", "ue", StringComparison.Ordinal), null));
    }

    private Task<int> OfAsync(string table, int person) => house.AskAsync<int>($"select count(*)::int from {table} where person_id = @person", new { person });

    [Fact]
    public async Task Two_entries_are_proposed_merged_with_everything_and_parted_again()
    {
        var (keep, gone) = await TwoAsync("Müllermann");
        await house.TellAsync("insert into meetings.task (division_id, text, person_id) select division_id, 'Plakate', id from organisation.person where id = @gone", new { gone });
        await house.TellAsync("insert into organisation.office_holding (office_id, person_id, valid_from) select min(id), @gone, current_date from organisation.office where role_id is null", new { gone });
        await house.TellAsync("insert into members.consent (person_id, kind, text_version, channel, given_on) values (@gone, 'photos', '1', 'paper', current_date)", new { gone });
        (await house.UseAsync<DuplicateDesk, int>(house.DistrictChair, d => d.SearchAsync())).ShouldBeGreaterThan(0);
        (await house.UseAsync<DuplicateDesk, IReadOnlyList<DuplicateDesk.Proposal>>(house.DistrictChair, d => d.ListAsync(0, 25))).ShouldContain(p => p.AId == keep && p.BId == gone && p.Reasons.Contains("gleicher Geburtstag"));

        var merged = (await house.UseAsync<DuplicateDesk, Outcome<int>>(house.DistrictChair, d => d.MergeAsync(keep, gone))).Value;
        (await house.AskAsync<int>("select count(*)::int from organisation.person where id = @gone", new { gone })).ShouldBe(0);
        (await house.ListAsync<(string, string)>("select state, coalesce(left_reason, '') from members.party_membership where person_id = @keep order by id", new { keep })).ShouldBe([("active", ""), ("left", "withdrawn")]);
        (await OfAsync("meetings.task", keep), await OfAsync("organisation.office_holding", keep), await OfAsync("members.consent", keep)).ShouldBe((1, 1, 1));
        (await house.UseAsync<PersonDetails, PersonDetails.Detail?>(null, d => d.FindAsync(keep)))!.Address.ShouldBe("Markt 1, 09661 Hainichen");

        (await house.UseAsync<DuplicateDesk, Outcome<int>>(house.DistrictChair, d => d.UnmergeAsync(merged))).Done.ShouldBeTrue();
        (await house.AskAsync<string>("select family_name from organisation.person where id = @gone", new { gone })).ShouldBe("Muellermann");
        (await OfAsync("meetings.task", gone), await OfAsync("organisation.office_holding", gone), await OfAsync("members.consent", gone), await OfAsync("meetings.task", keep)).ShouldBe((1, 1, 1, 0));
        (await house.ListAsync<string>("select state from members.party_membership where person_id in (@keep, @gone)", new { keep, gone })).ShouldBe(["active", "active"]);
        (await house.UseAsync<PersonDetails, PersonDetails.Detail?>(null, d => d.FindAsync(gone)))!.BirthDate.ShouldBe(new DateOnly(1980, 4, 3));
        (await house.UseAsync<DuplicateDesk, Outcome<int>>(house.DistrictChair, d => d.UnmergeAsync(merged))).Done.ShouldBeFalse();
    }

    [Fact]
    public async Task Only_those_who_keep_both_merge_and_what_somebody_kept_apart_is_not_proposed_again()
    {
        var (a, b) = await TwoAsync("Trennhüber");
        (await house.UseAsync<DuplicateDesk, Outcome<int>>(house.LocalChair, d => d.MergeAsync(a, b))).Done.ShouldBeFalse();
        (await house.UseAsync<DuplicateDesk, Outcome<int>>(house.DistrictChair, d => d.MergeAsync(a, house.StateManager))).Done.ShouldBeFalse();
        await house.UseAsync<DuplicateDesk, int>(house.DistrictChair, d => d.SearchAsync());
        await house.UseAsync<DuplicateDesk, int>(house.DistrictChair, d => d.KeepApartAsync(b, a));
        await house.UseAsync<DuplicateDesk, int>(house.DistrictChair, d => d.SearchAsync());
        (await house.UseAsync<DuplicateDesk, IReadOnlyList<DuplicateDesk.Proposal>>(house.DistrictChair, d => d.ListAsync(0, 100))).ShouldNotContain(p => p.AId == a && p.BId == b);
        (await house.ListAsync<int>("select a_id from members.duplicate_pair", person: house.LocalChair)).ShouldBeEmpty();
    }
}
