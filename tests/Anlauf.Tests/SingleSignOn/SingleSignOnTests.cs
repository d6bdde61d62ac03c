using System.Net;
using System.Text.RegularExpressions;
using Anlauf.Platform;
using Anlauf.Platform.Hosting;
using Anlauf.Rooms;
using Anlauf.Rooms.Organisation;
using Anlauf.Rooms.Organisation.Accounts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Anlauf.Tests.SingleSignOn;

/// <summary>Sign-in through a real OpenID provider: code flow with PKCE, account linked by an invitation, found by the subject.</summary>
public sealed partial class SingleSignOnTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>, IAsyncLifetime
{
    private WebApplication? app;
    private NodeProgram? provider;
    private string missing = "";
    private Uri address = null!;

    public async Task InitializeAsync()
    {
        var port = NodeProgram.FreePort();
        app = await AnlaufHost.BuildAsync(RoomList.All, house.Connections, builder =>
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Configuration["SingleSignOn:Authority"] = $"http://127.0.0.1:{port}";
            builder.Configuration["SingleSignOn:ClientId"] = "anlauf";
            builder.Configuration["SingleSignOn:ClientSecret"] = "only-for-tests-0123456789abcdef";
        });
        await app.StartAsync();
        address = new Uri(app.Urls.Single());
        (provider, missing) = await NodeProgram.StartAsync("SingleSignOn", "oidc-provider", $"provider.mjs {port} {new Uri(address, "/anmelden/sso/zurueck")}");
    }

    public async Task DisposeAsync()
    {
        provider?.Dispose();
        if (app is not null) await app.DisposeAsync();
    }

    private static HttpClient Browser() => new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });

    // follows redirects and fills in the provider's forms until a page of ours answers; returns where it ended
    private async Task<string> WalkAsync(HttpClient browser, string path, string subject)
    {
        var at = new Uri(address, path);
        var answer = await browser.GetAsync(at);
        for (var step = 0; step < 20; step++)
        {
            if (answer.Headers.Location is { } to)
            {
                at = new Uri(at, to);
                if (at.Authority == address.Authority && !at.AbsolutePath.StartsWith("/anmelden/sso", StringComparison.Ordinal)) return at.PathAndQuery;
                answer = await browser.GetAsync(at);
                continue;
            }
            var page = await answer.Content.ReadAsStringAsync();
            var action = Action().Match(page);
            action.Success.ShouldBeTrue($"{at} answered {(int)answer.StatusCode}: {page[..Math.Min(300, page.Length)]}");
            var fields = Hidden().Matches(page).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
            if (page.Contains("name=\"login\"", StringComparison.Ordinal)) (fields["login"], fields["password"]) = (subject, "any");
            at = new Uri(at, WebUtility.HtmlDecode(action.Groups[1].Value));
            answer = await browser.PostAsync(at, new FormUrlEncodedContent(fields));
        }
        throw new InvalidOperationException("walked in a circle");
    }

    private async Task<string> WhereAsync(HttpClient browser, string path) => Visitor.Where(await browser.GetAsync(new Uri(address, path)));

    private async Task<InvitePerson.Link> InviteAsync(string family)
    {
        var place = await house.DivisionAsync("kreis-14523");
        var office = (await house.UseAsync<SaveOffice, Outcome<int>>(house.StateManager, s => s.HandleAsync(new() { DivisionId = place, Name = "Amt " + family, RoleId = "district-chair" }))).Value;
        var holding = (await house.UseAsync<FillOffice, Outcome<int>>(house.StateManager, f => f.HandleAsync(new() { OfficeId = office, GivenName = "Petra", FamilyName = family, ValidFrom = DateOnly.FromDateTime(DateTime.Today) }))).Value;
        var person = await house.AskAsync<int>("select person_id from organisation.office_holding where id = @holding", new { holding });
        return (await house.UseAsync<InvitePerson, Outcome<InvitePerson.Link>>(house.StateManager, i => i.HandleAsync(new() { PersonId = person }))).Value!;
    }

    [SkippableFact]
    public async Task An_invitation_links_the_account_and_from_then_on_the_subject_opens_it()
    {
        Skip.If(provider is null, missing);
        var link = await InviteAsync("Verbund");
        // the same e-mail address everywhere opens nothing: only the link connects
        await house.TellAsync("update identity.account set email = 'petra@verband.example', normalized_email = 'PETRA@VERBAND.EXAMPLE', email_confirmed = true where id = @AccountId", new { link.AccountId });
        using (var early = Browser()) (await WalkAsync(early, "/anmelden/sso", "subject-1")).ShouldBe("/anmelden?sso=unbekannt");
        using (var first = Browser())
        {
            (await WalkAsync(first, "/anmelden/sso?einladung=" + link.Secret, "subject-1")).ShouldBe("/");
            (await WhereAsync(first, "/konto")).ShouldBe("200");
        }
        using (var later = Browser())
        {
            (await WalkAsync(later, "/anmelden/sso?weiter=/verwaltung/personen", "subject-1")).ShouldBe("/verwaltung/personen");
            (await WhereAsync(later, "/verwaltung/personen")).ShouldBe("200");
        }
        // used up: somebody else with the same link gets nothing
        using (var thief = Browser()) (await WalkAsync(thief, "/anmelden/sso?einladung=" + link.Secret, "subject-2")).ShouldBe("/anmelden?sso=unbekannt");
        // and a lock holds on this way too
        (await house.UseAsync<KeepAccount, Outcome<string>>(house.StateManager, k => k.HandleAsync(link.AccountId, "lock"))).Done.ShouldBeTrue();
        using var locked = Browser();
        (await WalkAsync(locked, "/anmelden/sso", "subject-1")).ShouldBe("/anmelden?sso=gesperrt");
    }

    [SkippableFact]
    public async Task A_session_of_the_provider_is_no_proof_but_signing_in_there_anew_is()
    {
        Skip.If(provider is null, missing);
        var link = await InviteAsync("Beleg");
        using var browser = Browser();
        await WalkAsync(browser, "/anmelden/sso?einladung=" + link.Secret, "subject-3");
        (await WhereAsync(browser, "/konto/kennwort")).ShouldStartWith("/konto/bestaetigen");
        (await WalkAsync(browser, "/anmelden/sso?neu=ja&weiter=/konto/kennwort", "subject-3")).ShouldBe("/konto/kennwort");
        (await WhereAsync(browser, "/konto/kennwort")).ShouldBe("200");
        // one session, not two
        (await house.AskAsync<long>("select count(*) from identity.session where account_id = @AccountId", new { link.AccountId })).ShouldBe(1);
    }

    [SkippableFact]
    public async Task Coming_back_without_the_state_of_the_way_out_opens_nothing()
    {
        Skip.If(provider is null, missing);
        using var browser = Browser();
        (await WhereAsync(browser, "/anmelden/sso/zurueck?code=stolen&state=guessed")).ShouldBe("/anmelden?sso=gescheitert");
        await browser.GetAsync(new Uri(address, "/anmelden/sso"));
        (await WhereAsync(browser, "/anmelden/sso/zurueck?code=stolen&state=guessed")).ShouldBe("/anmelden?sso=gescheitert");
        (await WhereAsync(browser, "/konto")).ShouldStartWith("/anmelden");
        (await WhereAsync(browser, "/anmelden/sso?weiter=//evil.example")).ShouldStartWith("/auth?");
    }

    [GeneratedRegex("<form[^>]*action=\"([^\"]+)\"")]
    private static partial Regex Action();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}
