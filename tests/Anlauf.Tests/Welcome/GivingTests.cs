using System.Net;
using Anlauf.Platform;
using Anlauf.Rooms.Welcome.Calls;
using Anlauf.Rooms.Welcome.Contacts;
using Npgsql;

namespace Anlauf.Tests.Welcome;

/// <summary>Many go to a contact at once: after a second look at what follows, and back again while nothing came since.</summary>
public sealed class GivingTests(OpenHouse door) : IClassFixture<OpenHouse>, IAsyncLifetime
{
    private AssociationDatabase House => door.House;
    public Task InitializeAsync() => House.EmptyAsync();
    public Task DisposeAsync() => Task.CompletedTask;

    private Task<int> GiveAsync(int by, Guid giving, int[] persons, int taker) => House.UseAsync<ContactRegister, int>(by, r => r.GiveAsync(giving, persons, taker));
    private Task<Outcome<(int Back, int Stay)>> BackAsync(int by, Guid giving) => House.UseAsync<ContactRegister, Outcome<(int, int)>>(by, r => r.TakeBackAsync(giving));
    private Task<IReadOnlyList<string>> WithAsync(int contact) => House.ListAsync<string>("select p.family_name || ' ' || a.way from welcome.arrival a join organisation.person p on p.id = a.person_id where a.contact_person_id = @contact order by 1", new { contact });
    private async Task<int[]> PersonsAsync() => [.. await House.ListAsync<int>("select person_id from welcome.arrival order by id")];

    [Fact]
    public async Task Who_gets_how_many_is_known_before_and_taking_back_puts_each_where_it_was()
    {
        var (before, after) = (await House.ContactAsync("ort-14522230", "Bisher"), await House.ContactAsync("kreis-14522", "Danach", capacity: 2));
        var alone = await House.JoinsAsync("G1");
        await House.JoinsAsync("G2");
        await House.TellAsync("update welcome.arrival set contact_person_id = null, way = 'nobody' where id = @alone", new { alone });
        await House.ContactAsync("kreis-14626", "Görlitz");
        await House.JoinsAsync("G3", division: "kreis-14626", area: "14626110");
        var persons = await PersonsAsync();
        (await House.UseAsync<ContactRegister, IReadOnlyList<(string?, int)>>(House.DistrictChair, r => r.GivableAsync(persons, after))).ShouldBe([("Neu Bisher", 1), (null, 1)], ignoreOrder: true);
        var was = await WithAsync(before);
        var giving = Guid.NewGuid();
        (await GiveAsync(House.DistrictChair, giving, persons, after)).ShouldBe(2);
        (await House.UseAsync<CallRegister, IReadOnlyList<CallRegister.Taker>>(House.DistrictChair, r => r.TakersAsync())).Single(t => t.Id == after).Words.ShouldBe("Neu Danach, KV Mittelsachsen (2 von 2)");
        // by whoever did it alone
        (await BackAsync(House.StateManager, giving)).Done.ShouldBeFalse();
        (await BackAsync(House.DistrictChair, giving)).Value.ShouldBe((2, 0));
        (await WithAsync(before)).ShouldBe(was);
        (await WithAsync(after)).ShouldBeEmpty();
        (await House.AskAsync<int>("select count(*)::int from organisation.entrusted where ended_at is null and to_person_id = @after", new { after })).ShouldBe(0);
        (await BackAsync(House.DistrictChair, giving)).Refusal!.Message.ShouldContain("schon zurückgenommen");
    }

    [Fact]
    public async Task Whoever_went_on_to_somebody_else_stays_there_and_after_a_quarter_of_an_hour_everything_stays()
    {
        var (before, after, third) = (await House.ContactAsync("ort-14522230", "Bisher"), await House.ContactAsync("kreis-14522", "Danach"), await House.ContactAsync("kreis-14522", "Dritter"));
        await House.TellAsync("update welcome.contact set capacity = 1 where person_id <> @before", new { before });
        foreach (var name in new[] { "H1", "H2" }) await House.JoinsAsync(name);
        var persons = await PersonsAsync();
        var giving = Guid.NewGuid();
        (await GiveAsync(House.DistrictChair, giving, persons, after)).ShouldBe(2);
        (await GiveAsync(House.DistrictChair, Guid.NewGuid(), [persons[0]], third)).ShouldBe(1);
        (await BackAsync(House.DistrictChair, giving)).Value.ShouldBe((1, 1));
        (await WithAsync(before)).ShouldHaveSingleItem().ShouldStartWith("H2");
        (await WithAsync(third)).ShouldBe(["H1 by-hand"]);
        var late = Guid.NewGuid();
        await GiveAsync(House.DistrictChair, late, persons, after);
        await using var owner = new NpgsqlConnection(House.Connections.Owner);
        await owner.OpenAsync();
        await using var back = new NpgsqlCommand("update welcome.giving set given_at = now() - interval '16 minutes' where id = $1", owner) { Parameters = { new() { Value = late } } };
        await back.ExecuteNonQueryAsync();
        (await BackAsync(House.DistrictChair, late)).Refusal!.Message.ShouldContain("länger als eine Viertelstunde");
        (await WithAsync(after)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_page_shows_what_follows_before_the_button_and_comes_back_to_the_same_filter()
    {
        var taker = await House.ContactAsync("kreis-14522", "Nimmt alle", capacity: 1);
        foreach (var name in new[] { "Seitenprobe Eins", "Seitenprobe Zwei" }) await House.JoinsAsync(name);
        await House.TellAsync("update welcome.arrival set contact_person_id = null");
        await door.AccountAsync("gibt", House.DistrictChair);
        using var visitor = await door.SignInAsync("gibt");
        const string Asked = "/menschen/ankommen/zuweisen?name=seitenprobe&wahl=1&alle=ja";
        var first = await visitor.ReadAsync(Asked);
        first.ShouldContain("Neu Nimmt alle, KV Mittelsachsen (0 von 1)");
        first.ShouldContain("href=\"/menschen?name=seitenprobe\">Nichts ändern");
        var second = await visitor.ReadAsync($"{Asked}&an={taker}");
        second.ShouldContain("2 Menschen gehen an Neu Nimmt alle.");
        second.ShouldContain("Bisher: niemand (2).");
        second.ShouldContain("Das ist einer mehr, als Neu Nimmt alle zugleich begrüßen will.");
        var sent = await visitor.SendAsync($"{Asked}&an={taker}", "assign");
        (sent.StatusCode, new Uri(new Uri("http://haus"), sent.Headers.Location!).PathAndQuery).ShouldBe((HttpStatusCode.Found, "/menschen?name=seitenprobe"));
        (await WithAsync(taker)).Count.ShouldBe(2);
        (await visitor.ReadAsync("/menschen?name=seitenprobe")).ShouldMatch("action=\"/menschen/ankommen/zuweisen/[0-9a-f-]{36}/zurueck\\?name=seitenprobe\"");
    }
}
