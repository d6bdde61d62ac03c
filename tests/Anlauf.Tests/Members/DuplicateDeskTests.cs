using Anlauf.Platform;
using Anlauf.Rooms.Members;
using Anlauf.Rooms.Members.Duplicates;
using Anlauf.Rooms.Members.Register;

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

        // whoever stood there twice was counted twice: sums of members are right again with the merge
        Task<int> MembersAsync() => house.UseAsync<MemberList, int>(house.DistrictChair, l => l.CountAsync(new(Kind: "member", Standing: "active")));
        var counted = await MembersAsync();
        var merged = (await house.UseAsync<DuplicateDesk, Outcome<int>>(house.DistrictChair, d => d.MergeAsync(keep, gone))).Value;
        (await house.AskAsync<int>("select count(*)::int from organisation.person where id = @gone", new { gone })).ShouldBe(0);
        (await house.ListAsync<(string, string)>("select state, coalesce(left_reason, '') from members.party_membership where person_id = @keep order by id", new { keep })).ShouldBe([("active", ""), ("left", "withdrawn")]);
        (await MembersAsync()).ShouldBe(counted - 1);
        (await OfAsync("meetings.task", keep), await OfAsync("organisation.office_holding", keep), await OfAsync("members.consent", keep)).ShouldBe((1, 1, 1));
        (await house.UseAsync<PersonDetails, PersonDetails.Detail?>(null, d => d.FindAsync(keep)))!.Address.ShouldBe("Markt 1, 09661 Hainichen");

        (await house.UseAsync<DuplicateDesk, Outcome<int>>(house.DistrictChair, d => d.UnmergeAsync(merged))).Done.ShouldBeTrue();
        (await MembersAsync()).ShouldBe(counted);
        (await house.AskAsync<string>("select family_name from organisation.person where id = @gone", new { gone })).ShouldBe("Muellermann");
        (await OfAsync("meetings.task", gone), await OfAsync("organisation.office_holding", gone), await OfAsync("members.consent", gone), await OfAsync("meetings.task", keep)).ShouldBe((1, 1, 1, 0));
        (await house.ListAsync<string>("select state from members.party_membership where person_id in (@keep, @gone)", new { keep, gone })).ShouldBe(["active", "active"]);
        (await house.UseAsync<PersonDetails, PersonDetails.Detail?>(null, d => d.FindAsync(gone)))!.BirthDate.ShouldBe(new DateOnly(1980, 4, 3));
        (await house.UseAsync<DuplicateDesk, Outcome<int>>(house.DistrictChair, d => d.UnmergeAsync(merged))).Done.ShouldBeFalse();
    }

    [Fact]
    public async Task Parting_overrules_nothing_that_was_said_while_both_were_one()
    {
        var (keep, gone) = await TwoAsync("Sagtwasmüller");
        var merged = (await house.UseAsync<DuplicateDesk, Outcome<int>>(house.DistrictChair, d => d.MergeAsync(keep, gone))).Value;
        await house.TellAsync("insert into privacy.person_flag (person_id, kind) values (@keep, 'no-contact')", new { keep });
        // the membership that the merge ended is, as turns out, of somebody who had died
        await house.TellAsync("update members.party_membership set left_on = current_date - 3, left_reason = 'died' where person_id = @keep and state = 'left'", new { keep });
        (await house.UseAsync<DuplicateDesk, Outcome<int>>(house.DistrictChair, d => d.UnmergeAsync(merged))).Done.ShouldBeTrue();
        (await house.ListAsync<int>("select person_id from privacy.person_flag where kind = 'no-contact' and person_id in (@keep, @gone) order by 1", new { keep, gone })).ShouldBe([keep, gone]);
        (await house.ListAsync<(string, string)>("select state, coalesce(left_reason, '') from members.party_membership where person_id in (@keep, @gone) order by person_id", new { keep, gone })).ShouldBe([("active", ""), ("left", "died")]);

        // what only one of them had said before goes with the one who said it
        var (other, second) = await TwoAsync("Schonvorhermüller");
        await house.TellAsync("insert into privacy.person_flag (person_id, kind) values (@second, 'no-contact')", new { second });
        merged = (await house.UseAsync<DuplicateDesk, Outcome<int>>(house.DistrictChair, d => d.MergeAsync(other, second))).Value;
        (await house.UseAsync<DuplicateDesk, Outcome<int>>(house.DistrictChair, d => d.UnmergeAsync(merged))).Done.ShouldBeTrue();
        (await house.ListAsync<int>("select person_id from privacy.person_flag where kind = 'no-contact' and person_id in (@other, @second)", new { other, second })).ShouldBe([second]);
    }

    private Task<Outcome<int>> MergeAsync(int keep, int gone, int? by = null) => house.UseAsync<DuplicateDesk, Outcome<int>>(by ?? house.DistrictChair, d => d.MergeAsync(keep, gone));
    private Task<Outcome<int>> PartAsync(int merged, int? by = null) => house.UseAsync<DuplicateDesk, Outcome<int>>(by ?? house.DistrictChair, d => d.UnmergeAsync(merged));

    [Fact]
    public async Task Merging_hands_nobody_an_account_an_office_or_people()
    {
        var (a, b) = await TwoAsync("Machtmüller");
        (await MergeAsync(a, house.DistrictChair)).Refusal!.Message.ShouldContain("Ihre eigene");
        (await MergeAsync(house.DistrictChair, a)).Refusal!.Message.ShouldContain("Ihre eigene");
        await house.TellAsync("insert into identity.account (person_id, user_name, normalized_user_name, security_stamp) values (@b, 'machtmueller', 'MACHTMUELLER', 'x')", new { b });
        (await MergeAsync(a, b)).Refusal!.Message.ShouldContain("hat ein Konto");
        await house.TellAsync("delete from identity.account where person_id = @b; insert into organisation.office_holding (office_id, person_id, valid_from) select min(id), @b, current_date + 7 from organisation.office where role_id is not null", new { b });
        (await MergeAsync(a, b)).Refusal!.Message.ShouldContain("ein Amt mit Rechten");
        // the other way round the office stays where it is
        (await MergeAsync(b, a)).Done.ShouldBeTrue();
        (await MergeAsync(b, a)).Refusal!.Message.ShouldBe("Diese beiden können Sie nicht zusammenführen");
        (await MergeAsync(b, b)).Done.ShouldBeFalse();
    }

    [Fact]
    public async Task Merging_moves_neither_who_welcomes_nor_who_stands_in_nor_who_is_to_take_an_office()
    {
        var (keep, gone) = await TwoAsync("Brückner");
        async Task RefusedAsync() => (await house.UseAsync<DuplicateDesk, Outcome<int>>(house.DistrictChair, d => d.MergeAsync(keep, gone))).Refusal!.Message.ShouldContain("betreut Menschen");
        await house.TellAsync("insert into welcome.contact (division_id, person_id) select id, @gone from organisation.division where slug = 'kreis-14522'", new { gone });
        await RefusedAsync();
        await house.TellAsync("delete from welcome.contact where person_id = @gone", new { gone });
        await house.TellAsync("insert into welcome.contact (division_id, person_id) select id, @LocalMember from organisation.division where slug = 'kreis-14522'", new { house.LocalMember });
        await house.TellAsync("insert into welcome.absence (contact_id, valid_from, valid_to, stand_in_id) select id, current_date, current_date + 3, @gone from welcome.contact where person_id = @LocalMember", new { gone, house.LocalMember });
        await RefusedAsync();
        await house.TellAsync("delete from welcome.contact where person_id = @LocalMember", new { house.LocalMember });
        var holding = await house.AskAsync<int>("select min(id) from organisation.office_holding where person_id = @LocalChair", new { house.LocalChair });
        await house.TellAsync("insert into organisation.handover (holding_id, person_id, switch_on) values (@holding, @gone, current_date)", new { holding, gone });
        await RefusedAsync();
        await house.TellAsync("delete from organisation.handover where person_id = @gone", new { gone });
        (await house.UseAsync<DuplicateDesk, Outcome<int>>(house.DistrictChair, d => d.MergeAsync(keep, gone))).Done.ShouldBeTrue();
    }

    [Fact]
    public async Task Parting_takes_back_what_was_filled_in_from_the_other_and_ends_every_link()
    {
        var (keep, gone) = await TwoAsync("Füllmüller");
        await house.TellAsync("update organisation.person set email = null where id = @keep; update organisation.person set email = 'zweite@fuell.example' where id = @gone", new { keep, gone });
        await house.UseAsync<PersonDetails, Outcome<int>>(null, d => d.SaveAsync(keep, new(null, "Markt 1, 09661 Hainichen")));
        foreach (var person in new[] { keep, gone }) await house.TellAsync("insert into selfservice.link (person_id, purpose, token_hash, ends_at) values (@person, 'data', convert_to('l' || @person, 'UTF8'), now() + interval '1 day')", new { person });
        var merged = (await MergeAsync(keep, gone)).Value;
        (await house.AskAsync<string>("select email from organisation.person where id = @keep", new { keep })).ShouldBe("zweite@fuell.example");
        (await house.AskAsync<int>("select count(*)::int from selfservice.link where person_id = @keep and ended_at is null", new { keep })).ShouldBe(0);
        (await PartAsync(merged)).Done.ShouldBeTrue();
        (await house.ListAsync<string?>("select email from organisation.person where id in (@keep, @gone) order by id", new { keep, gone })).ShouldBe([null, "zweite@fuell.example"]);
        (await house.UseAsync<PersonDetails, PersonDetails.Detail?>(null, d => d.FindAsync(keep))).ShouldBe(new(null, "Markt 1, 09661 Hainichen"));
        (await house.AskAsync<string>("select gone_name from members.merge_record where id = @merged", new { merged })).ShouldBe("getrennt");
    }

    [Fact]
    public async Task The_last_word_on_a_consent_counts_through_merging_and_parting()
    {
        const string Open = "select count(*)::int from members.consent where person_id in (@keep, @gone) and kind = 'phone' and withdrawn_on is null";
        var (keep, gone) = await TwoAsync("Einwilligmüller");
        await house.TellAsync("insert into members.consent (person_id, kind, text_version, channel, given_on, withdrawn_on) values (@keep, 'phone', '1', 'paper', current_date - 900, null), (@gone, 'phone', '1', 'paper', current_date - 800, current_date - 10)", new { keep, gone });
        var merged = (await MergeAsync(keep, gone)).Value;
        (await house.AskAsync<int>(Open, new { keep, gone })).ShouldBe(0);
        (await PartAsync(merged)).Done.ShouldBeTrue();
        (await house.AskAsync<int>(Open, new { keep, gone })).ShouldBe(0);

        // said yes on both, no while both were one: no for both
        (keep, gone) = await TwoAsync("Widerrufmüller");
        await house.TellAsync("insert into members.consent (person_id, kind, text_version, channel, given_on) values (@keep, 'phone', '1', 'paper', current_date - 900), (@gone, 'phone', '1', 'paper', current_date - 800)", new { keep, gone });
        merged = (await MergeAsync(keep, gone)).Value;
        await house.TellAsync("update members.consent set withdrawn_on = current_date where person_id = @keep and kind = 'phone'", new { keep });
        (await PartAsync(merged)).Done.ShouldBeTrue();
        (await house.AskAsync<int>(Open, new { keep, gone })).ShouldBe(0);

        // an objection that one had brought along comes back with it, though the other said yes to being addressed
        (keep, gone) = await TwoAsync("Wiederansprechmüller");
        await house.TellAsync("insert into privacy.person_flag (person_id, kind) values (@gone, 'no-contact')", new { gone });
        merged = (await MergeAsync(keep, gone)).Value;
        await house.TellAsync("delete from privacy.person_flag where person_id = @keep", new { keep });
        (await PartAsync(merged)).Done.ShouldBeTrue();
        (await house.ListAsync<int>("select person_id from privacy.person_flag where person_id in (@keep, @gone)", new { keep, gone })).ShouldBe([gone]);
    }

    [Fact]
    public async Task Somebody_who_keeps_only_one_of_both_neither_sees_nor_parts_them()
    {
        var (keep, gone) = await TwoAsync("Fernmüller");
        await house.TellAsync("update organisation.person set division_id = (select id from organisation.division where slug = 'kreis-14626') where id = @gone", new { gone });
        (await MergeAsync(keep, gone)).Done.ShouldBeFalse();
        var merged = await house.AskAsync<int>("select members.merge(@keep, @gone)", new { keep, gone });
        (await house.UseAsync<DuplicateDesk, IReadOnlyList<DuplicateDesk.Done>>(house.DistrictChair, d => d.DoneAsync())).ShouldNotContain(d => d.Id == merged);
        (await PartAsync(merged)).Done.ShouldBeFalse();
        (await house.AskAsync<int>("select count(*)::int from organisation.person where id = @gone", new { gone })).ShouldBe(0);
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
