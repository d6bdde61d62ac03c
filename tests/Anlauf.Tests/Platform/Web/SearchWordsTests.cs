using System.Net;
using System.Security.Claims;
using System.Text.RegularExpressions;
using Anlauf.Platform.Web.Search;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Anlauf.Tests.Platform.Web;

/// <summary>Whom somebody searches for stands in no address: neither where the form leads, nor in a link of the list.</summary>
public sealed partial class SearchWordsTests(OpenHouse door) : IClassFixture<OpenHouse>
{
    [Theory]
    [InlineData("/menschen", "Menschen suchen")]
    [InlineData("/verwaltung/personen", "Person suchen")]
    [InlineData("/suche", "Suchen")]
    public async Task A_searched_name_stands_in_no_address_of_the_list(string list, string button)
    {
        await AccountAsync();
        using var visitor = await door.SignInAsync("sucht");
        (await visitor.ReadAsync(list)).ShouldContain(button);
        var field = list == "/suche" ? "q" : "name";
        var answer = await visitor.SendToAsync("/konto", "/suchwort?zu=" + Uri.EscapeDataString(list), null, (field, " Wilma "), ("gliederung", ""));
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var address = Visitor.Where(answer);
        address.ShouldStartWith($"{list}?{field}=~");
        address.ShouldNotContain("Token");
        var page = await visitor.ReadAsync(address);
        page.ShouldContain("Wilma");
        foreach (Match link in Link().Matches(page)) Uri.UnescapeDataString(link.Groups[1].Value).ShouldNotContain("Wilma");
    }

    [Fact]
    public async Task The_palette_sends_what_is_typed_and_gets_an_address_that_does_not_say_it()
    {
        await AccountAsync();
        using var visitor = await door.SignInAsync("sucht");
        (await visitor.OpenAsync("/suche.json?q=Wilma")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var found = await (await visitor.SendToAsync("/konto", "/suche.json", null, ("q", "Wilma"))).Content.ReadAsStringAsync();
        found.ShouldContain("/verwaltung/personen/");
        found.ShouldContain("/suche?q=~");
        found.ShouldNotContain("q=Wilma");
    }

    [Fact]
    public async Task A_search_leads_to_no_other_site()
    {
        await AccountAsync();
        using var visitor = await door.SignInAsync("sucht");
        foreach (var to in new[] { "https://woanders.example", "//woanders.example", "/\\woanders.example" })
            Visitor.Where(await visitor.SendToAsync("/konto", "/suchwort?zu=" + Uri.EscapeDataString(to), null, ("q", "Wilma"))).ShouldStartWith("/?q=~");
    }

    [Fact]
    public void A_word_comes_back_as_it_was_typed_and_what_was_never_sealed_stays_as_it_is()
    {
        var provider = new EphemeralDataProtectionProvider();
        SearchWords For(string account) => new(provider, new Visit { HttpContext = new DefaultHttpContext { User = new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, account)])) } });
        var words = For("1");
        words.Open(words.Seal("Jürgen Groß-Müller")).ShouldBe("Jürgen Groß-Müller");
        words.Seal("Jürgen").ShouldNotContain("rgen");
        foreach (var plain in new[] { "Wilma", "" }) words.Open(plain).ShouldBe(plain);
        // an address found in a history or a log tells nobody else whom it is about
        foreach (var foreign in new[] { For("2").Seal("Wilma"), "~", "~abc", "~%%" }) words.Open(foreign).ShouldBe(SearchWords.Unreadable);
    }

    private async Task AccountAsync()
    {
        if (await door.House.AskAsync<int>("select count(*)::int from identity.account where user_name = 'sucht'") == 0) await door.AccountAsync("sucht", door.House.StateManager);
    }

    // the framework's own is one for all that runs at once
    private sealed class Visit : IHttpContextAccessor
    {
        public HttpContext? HttpContext { get; set; }
    }

    [GeneratedRegex("(?:href|action)=\"([^\"]*)\"")]
    private static partial Regex Link();
}
