using System.Text;
using Anlauf.Platform;
using Anlauf.Platform.Privacy;
using Anlauf.Rooms.Members.Register;
using Anlauf.Rooms.Organisation.Persons;
using Anlauf.Rooms.Welcome.Calls;
using Anlauf.Tests.Welcome;

namespace Anlauf.Tests.Members;

/// <summary>The list of people: what a filter finds, what is counted, what is hidden, and what it takes to give a list out.</summary>
public sealed class MemberListTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>, IAsyncLifetime
{
    public async Task InitializeAsync()
    {
        if (await house.AskAsync<bool>("select exists (select from organisation.person where family_name = 'Listenprobe')")) return;
        // four members and a guest in Mittelsachsen, seven in Zwickau, one who left
        await house.TellAsync("""
            insert into organisation.person (division_id, given_name, family_name, email, phone)
            select d.id, 'Nr' || n, 'Listenprobe', 'nr' || n || '@liste.example', case when n % 2 = 0 then '0371 555' end from organisation.division d cross join generate_series(1, 13) n
            where d.slug = case when n <= 5 then 'kreis-14522' when n = 13 then 'ort-14522230' else 'kreis-14524' end;
            """);
        await house.TellAsync("""
            insert into members.party_membership (person_id, division_id, kind, state, received_on, effective_on, left_on, left_reason)
            select id, division_id, case given_name when 'Nr5' then 'guest' else 'member' end, case given_name when 'Nr13' then 'left' when 'Nr1' then 'awaiting-objection' else 'active' end, current_date - case given_name when 'Nr1' then 3 else 300 end, current_date - 290,
              case given_name when 'Nr13' then current_date - 5 end, case given_name when 'Nr13' then 'resigned' end from organisation.person where family_name = 'Listenprobe';
            """);
        await house.TellAsync("insert into members.trait (person_id, kind, label) select id, 'offer', 'Infostand' from organisation.person where family_name = 'Listenprobe' and given_name in ('Nr2', 'Nr7')");
        await house.TellAsync("insert into privacy.person_flag (person_id, kind) select id, 'no-contact' from organisation.person where family_name = 'Listenprobe' and given_name = 'Nr7'");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private async Task<string> FoundAsync(int who, MemberFilter filter, string sort = "name") =>
        string.Join(' ', (await house.UseAsync<MemberList, IReadOnlyList<MemberList.Row>>(who, l => l.ListAsync(filter with { Search = "Listenprobe" }, sort, false, 0, 25))).Select(r => r.Name.Split(' ')[0]));

    private Task<int> CountAsync(int who, MemberFilter filter) => house.UseAsync<MemberList, int>(who, l => l.CountAsync(filter with { Search = "Listenprobe" }));

    [Fact]
    public async Task A_filter_finds_what_it_says_as_far_as_the_office_reaches()
    {
        (await FoundAsync(house.DistrictChair, new())).ShouldBe("Nr1 Nr13 Nr2 Nr3 Nr4 Nr5");
        (await FoundAsync(house.DistrictChair, new(Kind: "member", Standing: "active"))).ShouldBe("Nr2 Nr3 Nr4");
        (await FoundAsync(house.DistrictChair, new(Kind: "member", Standing: "waiting"))).ShouldBe("Nr1");
        (await FoundAsync(house.DistrictChair, new(Kind: "guest"))).ShouldBe("Nr5");
        (await FoundAsync(house.DistrictChair, new(Standing: "left"))).ShouldBe("Nr13");
        (await FoundAsync(house.DistrictChair, new(Kind: "none"))).ShouldBe("Nr13");
        (await FoundAsync(house.DistrictChair, new(Days: 60))).ShouldBe("Nr1");
        (await FoundAsync(house.DistrictChair, new(Offer: "Infostand"))).ShouldBe("Nr2");
        (await FoundAsync(house.StateManager, new(Offer: "*"))).ShouldBe("Nr2 Nr7");
        (await FoundAsync(house.StateManager, new(Offer: "*", Contact: true))).ShouldBe("Nr2");
        (await FoundAsync(house.LocalMember, new())).ShouldBe("");
        (await CountAsync(house.StateManager, new(Kind: "member"))).ShouldBe(11);
        (await CountAsync(house.DistrictChair, new(Kind: "member"))).ShouldBe(4);
    }

    [Fact]
    public async Task The_numbers_beside_the_list_are_those_of_the_lists()
    {
        foreach (var who in new[] { house.StateManager, house.DistrictChair, house.LocalChair, house.LocalMember })
        {
            MemberFilter[] filters = [.. MemberFilter.Common.Select(c => MemberFilter.FromQuery(c.Query)), new("Listenprobe"), new(Kind: "member", Contact: true), new(Division: await house.DivisionAsync("kreis-14522")), new(Standing: "left")];
            var beside = await house.UseAsync<MemberList, IReadOnlyList<int>>(who, l => l.CountsAsync([.. filters.Select(f => (f, MemberList.CountedBeside))]));
            foreach (var (filter, i) in filters.Select((f, i) => (f, i)))
                beside[i].ShouldBe(await house.UseAsync<MemberList, int>(who, l => l.CountAsync(filter)), $"{who}: {filter.InWords(null)}");
        }
        (await house.UseAsync<MemberList, IReadOnlyList<int>>(house.DistrictChair, l => l.CountsAsync([(new(), 2), (new(Kind: "member"), 1)]))).ShouldBe([3, 2], "counted one beyond the limit");
    }

    [Fact]
    public async Task A_search_that_is_no_search_finds_nobody_and_breaks_nothing()
    {
        foreach (var nasty in new[] { "' or true --", "%", "\\", "\"};drop table", "{}" })
            (await house.UseAsync<MemberList, int>(house.DistrictChair, l => l.CountAsync(new(nasty, Offer: nasty, Standing: "active")))).ShouldBe(0, nasty);
        MemberFilter.FromQuery("art=alles&stand=x&neu=-4&gliederung=abc&angebot=").ShouldBe(new MemberFilter(Division: -1));
    }

    [Fact]
    public async Task Small_numbers_by_district_are_not_said_and_cannot_be_found_by_subtraction()
    {
        var districts = await house.UseAsync<MemberList, IReadOnlyList<MemberList.District>>(house.StateManager, l => l.ByDistrictAsync(new("Listenprobe", Kind: "member", Standing: "active")));
        districts.Select(d => (d.Name, d.N)).ShouldBe([("KV Zwickau", 7), ("KV Mittelsachsen", 3)]);
        districts.Select(d => SmallCounts.Of(d.N, d.Own)).ShouldBe(["7", "unter 5"]);
        SmallCounts.Sum(districts.Select(d => SmallCounts.Shown(d.N, d.Own))).ShouldBe("etwa 10");
        // whoever has the office there sees the number
        var own = await house.UseAsync<MemberList, IReadOnlyList<MemberList.District>>(house.DistrictChair, l => l.ByDistrictAsync(new("Listenprobe", Kind: "member", Standing: "active")));
        own.ShouldHaveSingleItem().ShouldSatisfyAllConditions(d => d.Own.ShouldBeTrue(), d => SmallCounts.Of(d.N, d.Own).ShouldBe("3"));
    }

    [Fact]
    public async Task A_list_is_given_out_with_a_purpose_and_a_sentence_and_without_those_who_object()
    {
        IssueList.Refuse("Anrufaktion", "kurz").ShouldNotBeNull();
        IssueList.Refuse("Neugier", "Anrufe vor der Beratung am 5. Dezember").ShouldNotBeNull();
        IssueList.Refuse("Anrufaktion", "Anrufe vor der Beratung am 5. Dezember").ShouldBeNull();
        await house.TellAsync("insert into access.role_right values ('state-manager', 'membership', 'export', 'P2', 'subtree') on conflict do nothing");
        using var file = new MemoryStream();
        var written = await house.UseAsync<IssueList, int>(house.StateManager, l => l.WriteAsync(new("Listenprobe", Offer: "*"), "Anrufaktion", "Anrufe vor der Beratung am 5. Dezember", ["phone", "offer"], file));
        written.ShouldBe(1);
        Encoding.UTF8.GetString(file.ToArray()).ShouldBe("\uFEFFName;Telefon;Angebot\r\n\"Nr2 Listenprobe\";\"0371 555\";\"Infostand\"\r\n");
        (await house.ListAsync<(string, string, int)>("select purpose, filter, rows from members.list_issue")).ShouldBe([("Anrufaktion", "mit einem Namen gesucht; Angebot: irgendeines", 1)]);
        (await house.UseAsync<MemberList, int>(house.StateManager, l => l.SilentAsync(new("Listenprobe", Offer: "*")))).ShouldBe(1);
        await house.TellAsync("delete from access.role_right where role_id = 'state-manager' and feature = 'membership' and action = 'export'");
        // without the right to export nobody is on the list
        (await house.UseAsync<IssueList, int>(house.DistrictChair, l => l.WriteAsync(new("Listenprobe"), "Anrufaktion", "Anrufe vor der Beratung", ["phone"], Stream.Null))).ShouldBe(0);
    }

    [Fact]
    public async Task A_saved_filter_is_found_again_by_its_owner_alone()
    {
        await house.UseAsync<MemberList, int>(house.DistrictChair, l => l.SaveAsync("Meine Gäste", "name=Müller&art=guest"));
        (await house.UseAsync<MemberList, IReadOnlyList<MemberList.Saved>>(house.DistrictChair, l => l.SavedAsync())).ShouldHaveSingleItem().Query.ShouldBe("art=guest");
        (await house.UseAsync<MemberList, IReadOnlyList<MemberList.Saved>>(house.StateManager, l => l.SavedAsync())).ShouldBeEmpty();
        MemberFilter.FromQuery("art=guest").ShouldBe(new MemberFilter(Kind: "guest"));
        // kept as it reads, found by the same address again
        foreach (var offer in new[] { "Fahrten & Feste", "Über 50 % + mehr", "a=b#c", "Jürgen Groß-Müller" })
        {
            var query = "art=guest&angebot=" + Uri.EscapeDataString(offer);
            MemberFilter.InAddress(MemberFilter.ToKeep(query)).ShouldBe(query);
            MemberFilter.FromQuery(MemberFilter.ToKeep(query)).Offer.ShouldBe(offer);
        }
        MemberFilter.ToKeep("angebot=J%C3%BCrgen%20Gro%C3%9F").ShouldBe("angebot=Jürgen Groß");
        (MemberFilter.InAddress(""), MemberFilter.InAddress("angebot=*")).ShouldBe(("", "angebot=*"));
    }

    [Fact]
    public async Task Whoever_withdrew_the_consent_to_calls_stands_on_a_call_list_without_a_number()
    {
        await house.TellAsync("insert into members.consent (person_id, kind, text_version, channel, given_on, proof, withdrawn_on) select id, 'phone', '1', 'paper', current_date - 9, 'Ordner', current_date - case given_name when 'Nr2' then 5 end from organisation.person where family_name = 'Listenprobe' and given_name in ('Nr2', 'Nr4')");
        await house.TellAsync("insert into members.consent (person_id, kind, text_version, channel, given_on, proof, withdrawn_on) select id, 'phone', '1', 'paper', current_date - 20, 'Ordner', current_date - 15 from organisation.person where family_name = 'Listenprobe' and given_name = 'Nr4'");
        var all = await house.UseAsync<MemberList, int[]>(house.DistrictChair, l => l.IdsAsync(new("Listenprobe")));
        var bases = await house.UseAsync<MemberList, IReadOnlyDictionary<int, CallBasis>>(house.DistrictChair, l => l.CallBasesAsync(all));
        // Nr4 has said yes again
        (await house.ListAsync<string>("select given_name from organisation.person where id = any (@quiet)", new { quiet = bases.Where(b => b.Value.Id == "withdrawn").Select(b => b.Key).ToArray() })).ShouldBe(["Nr2"]);
        (await house.ListAsync<string>("select given_name from organisation.person where id = any (@agreed)", new { agreed = bases.Where(b => b.Value.Agreed).Select(b => b.Key).ToArray() })).ShouldBe(["Nr4"]);
        await house.TellAsync("delete from members.consent where proof = 'Ordner'");
    }

    [Fact]
    public async Task The_list_says_who_was_last_spoken_to_or_met_sorts_by_it_and_shows_it_only_to_those_who_see_contacts()
    {
        const string Last = "select coalesce((select to_char(l.day, 'YYYY-MM-DD') from members.last_contact l join organisation.person p on p.id = l.person_id where p.family_name = 'Listenprobe' and p.given_name = @name), 'nie')";
        Task<string?> LastAsync(string name) => house.AskAsync<string>(Last, new { name });
        Task<Guid> CallAsync(string name, string outcome, int days) => house.AskAsync<Guid>("insert into welcome.call (id, person_id, by_person_id, at, outcome) select gen_random_uuid(), id, access.person_id(), now() - make_interval(days => @days), @outcome from organisation.person where family_name = 'Listenprobe' and given_name = @name returning id", new { name, outcome, days }, house.DistrictChair);
        string Day(int ago) => DateTime.Today.AddDays(-ago).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await CallAsync("Nr2", "reached", 90);
        await CallAsync("Nr2", "missed", 2);
        var mistake = await CallAsync("Nr3", "reached", 5);
        var meeting = await house.AskAsync<int>("insert into meetings.meeting (division_id, title, slug, held_on) select id, 'Treffen', 'zuletzt-treffen', current_date - 30 from organisation.division where slug = 'kreis-14522' returning id");
        await house.TellAsync("insert into meetings.attendance (meeting_id, division_id, person_id, name, status) select @meeting, division_id, id, given_name, case given_name when 'Nr4' then 'present' else 'excused' end from organisation.person where family_name = 'Listenprobe' and given_name in ('Nr4', 'Nr5')", new { meeting });
        // nobody was reached by a missed call or an excuse
        (await LastAsync("Nr2"), await LastAsync("Nr4"), await LastAsync("Nr5")).ShouldBe((Day(90), Day(30), "nie"));
        async Task<string> SortedAsync(int who, bool down) => string.Join(' ', (await house.UseAsync<MemberList, MemberList.Page>(who, l => l.PageAsync(new("Listenprobe", Kind: "member", Standing: "active"), "zuletzt", down, 0, 25))).Rows.Select(r => r.Name.Split(' ')[0] + ":" + (r.LastContact is { } day ? Said(DateOnly.FromDateTime(DateTime.Today).DayNumber - day.DayNumber) : "–")));
        string Said(int ago) => DateTime.Today.AddDays(-ago).ToString("d.M.yyyy", System.Globalization.CultureInfo.InvariantCulture);
        (await SortedAsync(house.DistrictChair, false)).ShouldBe($"Nr2:{Said(90)} Nr4:{Said(30)} Nr3:{Said(5)}");
        (await SortedAsync(house.DistrictChair, true)).ShouldBe($"Nr3:{Said(5)} Nr4:{Said(30)} Nr2:{Said(90)}");
        (await SortedAsync(house.StateManager, false)).ShouldStartWith("Nr10:– Nr11:–");
        // a meeting that was on another day, a call that was a mistake, a move
        await house.TellAsync("update meetings.meeting set held_on = current_date - 40 where id = @meeting", new { meeting });
        (await house.UseAsync<NoteCall, Outcome<int>>(house.DistrictChair, h => h.UndoAsync(mistake))).Done.ShouldBeTrue();
        (await LastAsync("Nr4"), await LastAsync("Nr3")).ShouldBe((Day(40), "nie"));
        // who keeps memberships without welcoming anybody sees no contact, and no order that would tell of one
        var officer = await house.PersonAsync("sachsen", "Nur Verwaltung");
        var office = await house.AskAsync<int>("insert into organisation.office (division_id, name, role_id) select id, 'Mitgliederverwaltung', 'membership-officer' from organisation.division where slug = 'sachsen' returning id");
        await house.TellAsync("insert into organisation.office_holding (office_id, person_id, valid_from) values (@office, @officer, current_date)", new { office, officer });
        (await house.UseAsync<MemberList, bool>(officer, l => l.SeesContactsAsync())).ShouldBeFalse();
        (await SortedAsync(officer, false)).ShouldStartWith("Nr10:– Nr11:–");
        (await house.AskAsync<int>("select count(*)::int from members.last_contact", person: officer)).ShouldBe(0);
        (await house.UseAsync<MemberList, bool>(house.DistrictChair, l => l.SeesContactsAsync())).ShouldBeTrue();
        await house.TellAsync("delete from meetings.meeting where id = @meeting", new { meeting });
        (await LastAsync("Nr4")).ShouldBe("nie");
        // whoever moves takes it along, and whoever is deleted leaves nothing
        await house.TellAsync("update organisation.person set division_id = (select id from organisation.division where slug = 'kreis-14524') where family_name = 'Listenprobe' and given_name = 'Nr2'");
        (await house.AskAsync<int>("select count(*)::int from members.last_contact", person: house.DistrictChair)).ShouldBe(0);
        await house.TellAsync("update organisation.person set division_id = (select id from organisation.division where slug = 'kreis-14522') where family_name = 'Listenprobe' and given_name = 'Nr2'");
        (await house.AskAsync<int>("select count(*)::int from members.last_contact", person: house.DistrictChair)).ShouldBe(1);
    }
}
