using System.Net;

namespace Anlauf.Tests.Platform;

/// <summary>What many broken or simultaneous requests do to the server: nothing that the next visitor notices.</summary>
public sealed class EnduranceTests(OpenHouse open) : IClassFixture<OpenHouse>
{
    [Fact]
    public async Task A_broken_address_asked_for_a_hundred_times_costs_nobody_a_connection()
    {
        await open.AccountAsync("dauerlauf", open.House.StateManager);
        using var visitor = await open.SignInAsync("dauerlauf");
        for (var n = 0; n < 100; n++)
        {
            using var answer = await visitor.OpenAsync("/verwaltung/gliederungen/kreis-14522/gremium?id=abc");
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
        using var ready = await visitor.OpenAsync("/health/ready");
        ready.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Sixty_people_signing_in_at_once_do_not_lock_each_other_out_of_the_database()
    {
        await open.AccountAsync("andrang", open.House.MinuteTaker);
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(async n =>
        {
            using var visitor = open.Visit();
            using var answer = await visitor.SendAsync("/anmelden", "sign-in", ("name", "andrang" + n), ("password", "falsch"), ("code", ""));
            return answer.StatusCode;
        }));
        answers.ShouldNotContain(HttpStatusCode.InternalServerError);
        using var visitor = await open.SignInAsync("andrang");
        (await Task.WhenAll(Enumerable.Range(0, 60).Select(async _ => (await visitor.OpenAsync("/konto")).StatusCode))).Distinct().ShouldBe([HttpStatusCode.OK]);
    }

    [Theory]
    [InlineData("/suche?q=%00")]
    [InlineData("/sitzungen/beschluesse?q=%00&stand=%00")]
    [InlineData("/lage/auftraege?stand=%00")]
    public async Task What_is_no_text_is_a_bad_request(string address)
    {
        using var visitor = open.Visit();
        using var answer = await visitor.OpenAsync(address);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_form_without_its_token_is_a_bad_request_and_the_answer_keeps_its_headers()
    {
        using var client = new HttpClient { BaseAddress = open.Address };
        foreach (var address in new[] { "/abmelden", "/anmelden/geraet", "/anmelden" })
        {
            using var answer = await client.PostAsync(address, new FormUrlEncodedContent([]));
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, address);
            answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
            answer.Headers.GetValues("X-Frame-Options").ShouldBe(["DENY"]);
        }
    }
}
