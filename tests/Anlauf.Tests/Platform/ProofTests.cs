using System.Net;
using Anlauf.Platform.Identity;

namespace Anlauf.Tests.Platform;

/// <summary>What proves that somebody sits at the keyboard, and for how long.</summary>
public sealed class ProofTests(OpenHouse door) : IClassFixture<OpenHouse>
{
    private AssociationDatabase House => door.House;

    [Fact]
    public async Task Showing_the_password_again_gives_the_session_a_new_number_and_the_old_one_no_proof()
    {
        var account = await door.AccountAsync("beweis", House.StateManager);
        const string page = "/verwaltung/gliederungen/kreis-14628/amt";
        using var visitor = await door.SignInAsync("beweis");
        using var thief = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = door.Address, DefaultRequestHeaders = { { "Cookie", visitor.Cookies } } };
        (await thief.GetAsync(page)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await House.TellAsync("update identity.session set proved_at = now() - interval '1 hour' where account_id = @account", new { account });
        var (before, prove) = (await House.AskAsync<Guid>("select id from identity.session where account_id = @account", new { account }), "/konto/bestaetigen?weiter=" + Uri.EscapeDataString(page));
        Visitor.Where(await visitor.SendAsync(prove, "prove", ("password", OpenHouse.Password))).ShouldEndWith(page);
        (await House.ListAsync<Guid>("select id from identity.session where account_id = @account", new { account })).ShouldHaveSingleItem().ShouldNotBe(before);
        (await visitor.WhereAsync(page)).ShouldBe("200");
        // on the way with the old number: signed in for a moment, but the proof is not theirs
        Visitor.Where(await thief.GetAsync(page)).ShouldBe(prove);
        // ten seconds later
        await House.TellAsync("delete from identity.replaced_session");
        Visitor.Where(await thief.GetAsync("/konto")).ShouldStartWith("/anmelden");
        (await visitor.WhereAsync(page)).ShouldBe("200");
    }

    [Fact]
    public async Task Whoever_is_asked_in_the_middle_of_sending_comes_back_to_the_page_with_the_button()
    {
        var account = await door.AccountAsync("mitten", House.DistrictChair);
        using var visitor = await door.SignInAsync("mitten");
        await House.TellAsync("update identity.session set proved_at = now() - interval '1 hour' where account_id = @account", new { account });
        // a page of somewhere else is not where we lead to; what only takes forms cannot be opened
        foreach (var (from, back) in new[] { ("/konto", "/konto"), ("https://woanders.example/konto", "/"), (null, "/") })
        {
            using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = door.Address, DefaultRequestHeaders = { { "Cookie", visitor.Cookies }, { "Referer", from is null ? [] : [new Uri(door.Address, from).ToString()] } } };
            using var nothing = new FormUrlEncodedContent([]);
            Visitor.Where(await client.PostAsync("/konto/sitzung/beenden", nothing)).ShouldBe("/konto/bestaetigen?weiter=" + Uri.EscapeDataString(back));
        }
    }

    [Theory]
    // RFC 6238, appendix B, the last six of eight digits
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1234567890, "005924")]
    [InlineData(20000000000, "353130")]
    public void A_code_counts_in_its_thirty_seconds_and_the_thirty_after_them(long at, string code)
    {
        const string key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        var step = at / 30 * 30;
        bool At(long seconds) => OneTimeCodes.Matches(key, code, DateTimeOffset.FromUnixTimeSeconds(seconds));
        (At(step - 1), At(step), At(step + 59), At(step + 60)).ShouldBe((false, true, true, false));
        OneTimeCodes.Matches(key, code + "0", DateTimeOffset.FromUnixTimeSeconds(at)).ShouldBeFalse();
    }
}
