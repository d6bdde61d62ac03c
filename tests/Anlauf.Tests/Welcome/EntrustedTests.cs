using Anlauf.Platform.Web;
using Anlauf.Rooms.Organisation.RightsInWords;
using Anlauf.Rooms.Welcome.Arrivals;
using Anlauf.Rooms.Welcome.Calls;

namespace Anlauf.Tests.Welcome;

/// <summary>A contact without any office sees the persons entrusted, and nobody else; it ends with the arrival.</summary>
public sealed class EntrustedTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>, IAsyncLifetime
{
    public Task InitializeAsync() => house.EmptyAsync();
    public Task DisposeAsync() => Task.CompletedTask;

    private Task<IReadOnlyList<string>> SeenByAsync(int person) => house.ListAsync<string>("select family_name from organisation.person where id <> access.person_id() order by 1", person: person);
    private async Task<int> WhoAsync(int arrival) => await house.AskAsync<int>("select person_id from welcome.arrival where id = @arrival", new { arrival });

    [Fact]
    public async Task The_contact_sees_exactly_those_entrusted_and_the_answer_to_who_sees_says_so()
    {
        var contact = await house.ContactAsync("ort-14522230", "Ansprechbar");
        var arrival = await house.JoinsAsync("Anvertraut");
        await house.ContactAsync("kreis-14626", "Görlitz");
        await house.JoinsAsync("Fremd", division: "kreis-14626", area: "14626110");
        (await SeenByAsync(contact)).ShouldBe(["Anvertraut"]);
        (await house.UseAsync<ArrivalRegister, IReadOnlyList<Arrival>>(contact, r => r.ListAsync(new(), DateOnly.FromDateTime(DateTime.Today)))).Select(a => a.Name).ShouldBe(["Neu Anvertraut"]);
        var person = await WhoAsync(arrival);
        var paths = await house.UseAsync<RightsRegister, IReadOnlyList<RightsRegister.Path>>(house.DistrictChair, r => r.WhoSeesAsync(person));
        paths.ShouldContain(p => p.PersonId == contact && p.Office == "Ansprechperson beim Ankommen");
        // whoever welcomes in the division sees the person too, by the same answer
        paths.ShouldContain(p => p.PersonId == house.LocalChair && p.FeatureName == "Ankommen");
        (await SeenByAsync(house.LocalMember)).ShouldBeEmpty();
        // the contact is told why, without holding an office
        (await house.UseAsync<RightsRegister, IReadOnlyList<RightsRegister.Entrusted>>(contact, r => r.EntrustedAsync())).ShouldHaveSingleItem().ShouldSatisfyAllConditions(e => e.Because.ShouldBe("Ansprechperson beim Ankommen"), e => e.People.ShouldBe(1));
        (await house.UseAsync<RightsRegister, IReadOnlyList<RightsRegister.Entrusted>>(house.LocalMember, r => r.EntrustedAsync())).ShouldBeEmpty();
    }

    [Fact]
    public async Task Everybody_who_sees_is_named_and_everybody_named_sees()
    {
        await house.ContactAsync("ort-14522230", "Genannt");
        var person = await WhoAsync(await house.JoinsAsync("Beide Enden"));
        var named = (await house.ListAsync<int>("select distinct person_id from organisation.who_sees(@person) where data_class = 'P2' and feature in ('people', 'welcome')", new { person })).ToHashSet();
        foreach (var somebody in await house.ListAsync<int>("select id from organisation.person where id <> @person", new { person }))
            (await house.AskAsync<bool>("select exists (select from organisation.person where id = @person)", new { person }, somebody)).ShouldBe(named.Contains(somebody), $"person {somebody}");
    }

    [Fact]
    public async Task Handing_over_moves_all_of_them_at_once_and_the_giver_sees_nobody_with_the_next_question()
    {
        var (giver, taker) = (await house.ContactAsync("ort-14522230", "Gibt"), await house.ContactAsync("kreis-14522", "Nimmt"));
        foreach (var n in new[] { "X1", "X2", "X3" }) await house.JoinsAsync(n);
        (await SeenByAsync(giver)).Count.ShouldBe(3);
        (await house.UseAsync<CallRegister, int>(giver, r => r.HandOverAsync(giver, taker))).ShouldBe(3);
        (await SeenByAsync(giver)).ShouldBeEmpty();
        (await SeenByAsync(taker)).ShouldBe(["X1", "X2", "X3"]);
        // nobody hands over what is another's, and nobody takes who welcomes nobody
        (await house.UseAsync<CallRegister, int>(house.LocalMember, r => r.HandOverAsync(taker, giver))).ShouldBe(0);
        (await house.UseAsync<CallRegister, int>(taker, r => r.HandOverAsync(taker, house.LocalMember))).ShouldBe(0);
    }

    [Fact]
    public async Task When_somebody_has_arrived_or_is_restricted_the_contact_sees_them_no_more()
    {
        var contact = await house.ContactAsync("ort-14522230", "Bis zum Ende");
        var (arrives, restricted) = (await house.JoinsAsync("Kommt an"), await house.JoinsAsync("Eingeschränkt"));
        await house.TellAsync("insert into privacy.person_flag (person_id, kind) values (@person, 'restricted')", new { person = await WhoAsync(restricted) });
        (await SeenByAsync(contact)).ShouldBe(["Kommt an"]);
        await house.TellAsync("update welcome.step set done_on = current_date where arrival_id = @arrives", new { arrives });
        (await SeenByAsync(contact)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_stands_on_the_list_of_calls_is_found_by_name_by_those_who_welcome_and_by_nobody_else()
    {
        var contact = await house.ContactAsync("ort-14522230", "Sucht");
        var arrival = await house.JoinsAsync("Entwurf-Probe");
        await house.ContactAsync("kreis-14626", "Görlitz");
        await house.JoinsAsync("Entwurf-Fremd", division: "kreis-14626", area: "14626110");
        Task<List<SearchHit>> FoundAsync(int person, string text) => house.UseAsync<IEnumerable<ISearchPart>, List<SearchHit>>(person, async parts =>
        {
            var hits = new List<SearchHit>();
            foreach (var part in parts) hits.AddRange((await part.FindAsync(text, default)).Where(h => h.Group == "Ankommen"));
            return hits;
        });
        foreach (var person in new[] { contact, house.DistrictChair }) (await FoundAsync(person, "neu entwurf")).ShouldHaveSingleItem().ShouldSatisfyAllConditions(h => h.Title.ShouldBe("Neu Entwurf-Probe"), h => h.Href.ShouldBe($"/menschen/anrufe/{arrival}"), h => h.Beside!.ShouldEndWith("zuständig: Neu Sucht"));
        (await FoundAsync(house.LocalMember, "entwurf")).ShouldBeEmpty();
        (await FoundAsync(contact, "%")).ShouldBeEmpty();
        // who was shown stands in the log
        (await house.AskAsync<int>("select count(*)::int from audit.entry where action = 'read' and object = '/suche' and subject_id = @person and actor = @contact::text", new { person = await WhoAsync(arrival), contact })).ShouldBe(1);
    }
}
