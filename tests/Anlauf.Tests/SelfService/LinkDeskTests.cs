using System.Text.RegularExpressions;
using Anlauf.Platform;
using Anlauf.Rooms.SelfService.Links;

namespace Anlauf.Tests.SelfService;

/// <summary>Links are sent to the known address only, and asking for one tells nobody whether an address is known.</summary>
public sealed partial class LinkDeskTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>, IAsyncLifetime
{
    public Task InitializeAsync() => house.TellAsync("delete from mail.outbox; delete from selfservice.wish");
    public Task DisposeAsync() => Task.CompletedTask;

    private Task<Outcome<bool>> WishAsync(string address) => house.AtTheDeskAsync(0, d => d.WishAsync(address));
    private Task<int> AnswerAsync() => house.AtTheDeskAsync(null, d => d.AnswerWishesAsync());

    [Fact]
    public async Task Asking_does_the_same_whether_the_address_is_known_or_not()
    {
        await house.MemberAsync("Bekannt", email: "Bekannt@Mitglied.example");
        foreach (var address in new[] { "bekannt@mitglied.example", "unbekannt@fremd.example" })
        {
            (await WishAsync(address)).Done.ShouldBeTrue();
            // one row, no letter, no look into the register: nothing that could take longer for the one than for the other
            (await house.AskAsync<string>("select (select count(*) from selfservice.wish) || ' ' || (select count(*) from mail.outbox)")).ShouldBe(address.StartsWith('b') ? "1 0" : "1 1");
            (await house.AskAsync<bool>("select exists (select from selfservice.wish where encode(address, 'escape') like '%example%')")).ShouldBeFalse("the address is not in the clear");
            (await AnswerAsync()).ShouldBe(address.StartsWith('b') ? 1 : 0);
        }
        (await house.AskAsync<int>("select count(*)::int from selfservice.wish")).ShouldBe(0);
        var letter = (await house.LettersAsync()).ShouldHaveSingleItem();
        letter.To.ShouldBe("Bekannt@Mitglied.example");
        letter.Text.ShouldContain("Guten Tag Nora Bekannt");
        var link = Address().Match(letter.Text).Groups[1].Value;
        link.Length.ShouldBe(43, "256 bits");
        await house.UseAsNobodyAsync<OwnDoor, object?>(async d => { (await d.OpenAsync(link)).ShouldNotBeNull().Purpose.ShouldBe("data"); return null; });
        (await WishAsync("kein-klammeraffe")).Refusal!.Field.ShouldBe("Email");
    }

    [Fact]
    public async Task Whoever_shares_an_address_gets_a_letter_each_and_nobody_gets_more_than_three_a_day()
    {
        foreach (var family in new[] { "Eins", "Zwei" }) await house.MemberAsync(family, email: "familie@mitglied.example");
        for (var i = 0; i < 5; i++) await WishAsync("familie@mitglied.example");
        (await AnswerAsync()).ShouldBe(2 * LinkDesk.MostWishesADay);
        (await house.AskAsync<int>("select count(*)::int from selfservice.link l join organisation.person p on p.id = l.person_id where p.email = 'familie@mitglied.example' and l.ended_at is null")).ShouldBe(2);
    }

    [Fact]
    public async Task The_office_sends_a_link_within_its_reach_and_never_to_somebody_who_objects()
    {
        var (mine, neighbour, quiet, silent) = (await house.MemberAsync("Vom Amt"), await house.MemberAsync("Nebenan", "kreis-14521"), await house.MemberAsync("Ohne Ansprache"), await house.MemberAsync("Ohne Mail"));
        await house.TellAsync("insert into privacy.person_flag (person_id, kind) values (@quiet, 'no-contact'); update organisation.person set email = null where id = @silent", new { quiet, silent });
        Task<Outcome<int>> SendAsync(int by, int to, string purpose = "data") => house.AtTheDeskAsync(by, d => d.SendAsync(to, purpose));
        (await SendAsync(house.DistrictChair, mine)).Done.ShouldBeTrue();
        (await SendAsync(house.DistrictChair, mine, "leave")).Done.ShouldBeTrue();
        (await SendAsync(house.DistrictChair, neighbour)).Refusal!.Message.ShouldContain("können Sie nicht anschreiben");
        (await SendAsync(house.LocalMember, mine)).Done.ShouldBeFalse();
        (await SendAsync(house.DistrictChair, quiet)).Refusal!.Message.ShouldContain("wünscht keine Ansprache");
        (await SendAsync(house.DistrictChair, silent)).Refusal!.Message.ShouldContain("keine E-Mail-Adresse");
        (await house.LettersAsync()).Select(l => l.Subject).ShouldBe(["Ihr persönlicher Link", "Ihr Austritt"]);
        // who objects may still ask for a link themselves
        await WishAsync("ohne-ansprache@mitglied.example");
        (await AnswerAsync()).ShouldBe(1);
    }

    [GeneratedRegex("https://anlauf\\.example\\.org/ich/([A-Za-z0-9_-]+)")]
    private static partial Regex Address();
}
