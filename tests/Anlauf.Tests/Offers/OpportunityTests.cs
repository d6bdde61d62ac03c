using Anlauf.Rooms.Welcome.Calls;
using Anlauf.Tests.Welcome;

namespace Anlauf.Tests.Offers;

/// <summary>H6: somebody new finds at least three things to take part in, near or online, what fits first.</summary>
public sealed class OpportunityTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>
{
    private async Task PointAsync(string name, string ags, string kind) => await house.TellAsync("""
        insert into presence.contact_point (division_id, kind_id, name, slug, ags, opened_on) select id, @kind, @name, 'punkt-' || @ags || @kind, @ags, current_date - 9 from organisation.division where slug = 'sachsen'
        """, new { name, ags, kind });

    [Fact]
    public async Task In_a_place_with_nothing_there_are_still_three_with_something_online_and_what_fits_comes_first_with_its_reason()
    {
        await house.EmptyAsync();
        // the branch has nothing; the state has two groups, one office far away and an hour on the phone
        await PointAsync("Landesbüro", "14612000", "party-office");
        await PointAsync("Sprechstunde am Telefon", "14612000", "phone-hour");
        await PointAsync("Küchentisch", "14522230", "private-home");
        foreach (var (name, slug) in new[] { ("AG Umwelt und Verkehr", "ag-umwelt"), ("AG Arbeit", "ag-arbeit") })
            await house.TellAsync("insert into organisation.body (division_id, kind, name, slug) select id, 'StateWorkingGroup', @name, @slug from organisation.division where slug = 'sachsen'", new { name, slug });
        var contact = await house.ContactAsync("kreis-14522", "Ohne jedes Amt");
        var arrival = await house.JoinsAsync("Suchend");
        var person = await house.AskAsync<int>("select person_id from welcome.arrival where id = @arrival", new { arrival });
        await house.TellAsync("insert into members.trait (person_id, kind, label) values (@person, 'interest', 'Umwelt')", new { person });
        var offered = await house.UseAsync<CallRegister, IReadOnlyList<CallRegister.Offer>>(contact, r => r.OffersAsync(arrival));
        offered.Count.ShouldBeGreaterThanOrEqualTo(3);
        offered.ShouldContain(o => o.Kind == "online");
        OfferWords.Of(offered[0]).ShouldBe("AG Umwelt und Verkehr, landesweit, auch online, passt zu: Umwelt");
        offered.ShouldNotContain(o => o.Title.Contains("Küchentisch"));
        offered.ShouldContain(o => o.Title == "Landesbüro" && o.Km > 30);
        // a task near by that fits is first, and says why
        var offer = await house.OfferAsync("Bäume pflanzen", more: i => (i.Place, i.Wanted) = ("Freiberg", "Umwelt\nSpaten"));
        offered = await house.UseAsync<CallRegister, IReadOnlyList<CallRegister.Offer>>(contact, r => r.OffersAsync(arrival));
        var best = offered.First(o => o.Kind == "task");
        best.Href.ShouldBe($"/menschen/mitmachen/{offer}");
        OfferWords.Of(best).ShouldMatch("^Bäume pflanzen, Freiberg, passt zu: Umwelt, [0-9]+ km$");
        // the newcomer sees the same, and others nothing of it
        (await house.UseAsync<CallRegister, IReadOnlyList<CallRegister.Offer>>(person, r => r.OffersForMeAsync())).Select(o => o.Title).ShouldBe(offered.Select(o => o.Title));
        (await house.UseAsync<CallRegister, IReadOnlyList<CallRegister.Offer>>(house.LocalMember, r => r.OffersAsync(arrival))).ShouldBeEmpty();
        (await house.UseAsNobodyAsync<CallRegister, IReadOnlyList<CallRegister.Offer>>(r => r.OffersForMeAsync())).ShouldBeEmpty();
    }
}
