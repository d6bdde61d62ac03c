using Anlauf.Platform.Database;
using Anlauf.Rooms.Welcome.Arrivals;
using Anlauf.Rooms.Welcome.Calls;

namespace Anlauf.Tests.Welcome;

/// <summary>What somebody new is offered (H6), and the promises as figures of the Lage.</summary>
public sealed class OfferTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>, IAsyncLifetime
{
    public Task InitializeAsync() => house.EmptyAsync();
    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Somebody_new_is_offered_at_least_three_things_near_by_or_online_and_nothing_confidential()
    {
        await house.TellAsync("delete from presence.contact_point");
        await house.TellAsync("""
            insert into presence.contact_point (division_id, kind_id, name, slug, ags, opening, opened_on)
            select d.id, 'party-office', 'Büro ' || v.name, 'angebot-' || v.ags, v.ags, 'dienstags', current_date - 100 from organisation.division d, (values ('Freiberg', '14522180'), ('Döbeln', '14522080'), ('Görlitz', '14626110'), ('Zittau', '14626610')) as v (name, ags) where d.slug = 'kreis-14522'
            """);
        await house.TellAsync("insert into organisation.body (division_id, kind, name, slug) select id, 'StateWorkingGroup', 'AG Energie', 'ag-energie' from organisation.division where slug = 'sachsen'");
        foreach (var (title, secret) in new[] { ("Jahreshauptversammlung", false), ("Klausur", true) })
            await house.TellAsync("""
                insert into meetings.meeting (division_id, body_id, title, held_on, place, slug, confidential) select b.division_id, b.id, @title, current_date + 9, 'Bürgerhaus', 'm-' || @title, @secret from organisation.body b where b.slug = 'ag-energie'
                """, new { title, secret });
        // with the contact's own rights: the local chair sees the contact points of her branch and of the levels above
        var contact = house.LocalChair;
        await house.TellAsync("insert into welcome.contact (division_id, person_id) select id, @contact from organisation.division where slug = 'ort-14522230'", new { contact });
        var arrival = await house.JoinsAsync("Neugierig");
        var offers = await house.UseAsync<CallRegister, IReadOnlyList<CallRegister.Offer>>(contact, r => r.OffersAsync(arrival));
        offers.Count.ShouldBeGreaterThanOrEqualTo(3);
        offers.Select(o => OfferWords.Of(o)).ShouldSatisfyAllConditions(
            o => o.ShouldContain(t => t.Contains("Jahreshauptversammlung, Bürgerhaus")),
            o => o.ShouldContain("AG Energie, landesweit, auch online"),
            o => o.ShouldContain(t => t.StartsWith("Kennenlernen am Telefon")),
            o => o.ShouldNotContain(t => t.Contains("Klausur") || t.Contains("Görlitz")));
        offers.Where(o => o.Kind == "point").Select(o => o.Place).First().ShouldBeOneOf("Freiberg", "Döbeln");
        // a stranger is told nothing about where somebody lives
        (await house.UseAsync<CallRegister, IReadOnlyList<CallRegister.Offer>>(house.LocalMember, r => r.OffersAsync(arrival))).ShouldBeEmpty();
        // whoever has no office offers the same: all of it is open to members
        var other = await house.ContactAsync("kreis-14522", "Ohne Amt");
        await house.UseAsync<CallRegister, int>(null, r => r.HandOverAsync(contact, other));
        (await house.UseAsync<CallRegister, IReadOnlyList<CallRegister.Offer>>(other, r => r.OffersAsync(arrival))).Select(o => o.Kind).ShouldBe(offers.Select(o => o.Kind), ignoreOrder: true);
        await house.UseAsync<CallRegister, int>(null, r => r.HandOverAsync(other, contact));
        var letter = WelcomeLetter.Of((await house.UseAsync<CallRegister, Arrival?>(contact, r => r.FindAsync(arrival)))!, offers, "Horizont Sachsen", null);
        letter.Facts.ShouldContain(("Ihre Ansprechperson", "Wilma Probe"));
        letter.Sections.Single(s => s.Heading == "Was wir Ihnen versprechen").Paragraphs[0].ShouldBe($"bis {DateOnly.FromDateTime(new Anlauf.Platform.GermanTime().GetLocalNow().Date).AddDays(14):d.M.yyyy}: ein Anruf zum Kennenlernen");
    }

    [Fact]
    public async Task A_share_of_fewer_than_ten_is_no_figure_and_a_contact_counts_where_the_branch_is()
    {
        await house.ContactAsync("ort-14522230", "Vor Ort", capacity: 100);
        await house.ContactAsync("kreis-14612", "Dresden", capacity: 100);
        for (var i = 0; i < 9; i++) await house.JoinsAsync($"Neun {i}", day: 20, entered: 1);
        (await house.ListAsync<string>("select area_key from welcome.first_contacts_in_time()")).ShouldBeEmpty();
        var tenth = await house.JoinsAsync("Zehn", day: 20, entered: 1);
        await house.TellAsync("update welcome.step set done_on = promised_on where arrival_id = @tenth and step = 'first-contact'", new { tenth });
        (await house.ListAsync<(string, decimal)>("select area_key, share from welcome.first_contacts_in_time()", person: house.StateManager)).ShouldBe([("14522", 10m)]);
        (await house.ListAsync<(string, int)>("select ags, contacts::int from welcome.contacts_by_municipality() order by 1")).ShouldBe([("14522230", 1), ("14612000", 1)]);
        (await house.UseAsNobodyAsync<Db, long>(db => db.ScalarAsync<long>("select count(*) from welcome.contacts_by_municipality()"))).ShouldBe(0);
    }
}
