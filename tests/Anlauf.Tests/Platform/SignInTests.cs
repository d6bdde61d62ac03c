using Anlauf.Platform;
using Anlauf.Platform.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Anlauf.Tests.Platform;

public sealed class SignInTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string Password = "ein langes Kennwort";

    private async Task AddAsync(string name)
    {
        await using var scope = database.AsSystem();
        (await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().CreateAsync(new Account { UserName = name }, Password)).Succeeded.ShouldBeTrue();
    }

    private async Task<Outcome<Account>> TryAsync(string name, string password)
    {
        await using var scope = database.AsNobody();
        scope.ServiceProvider.GetRequiredService<IHttpContextAccessor>().HttpContext = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        return await scope.ServiceProvider.GetRequiredService<SignIn>().HandleAsync(name, password, null);
    }

    [Fact]
    public async Task The_right_password_signs_in()
    {
        await AddAsync("richtig");
        (await TryAsync(" Richtig ", Password)).Value!.UserName.ShouldBe("richtig");
    }

    [Fact]
    public async Task An_unknown_name_and_a_wrong_password_are_told_apart_by_nobody()
    {
        await AddAsync("bekannt");
        var (wrong, unknown) = ((await TryAsync("bekannt", "falsches Kennwort")).Refusal!, (await TryAsync("unbekannt", "falsches Kennwort")).Refusal!);
        wrong.ShouldBe(unknown);
        wrong.Message.ShouldContain("Name oder Kennwort stimmen nicht");
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_even_for_the_right_one()
    {
        await AddAsync("gesperrt");
        for (var attempt = 1; attempt <= 4; attempt++) (await TryAsync("gesperrt", "geraten " + attempt)).Refusal!.Message.ShouldContain("stimmen nicht");
        (await TryAsync("gesperrt", "geraten 5")).Refusal!.Message.ShouldContain("15 Minuten gesperrt");
        (await TryAsync("gesperrt", Password)).Refusal!.Message.ShouldContain("15 Minuten gesperrt");
    }

    [Fact]
    public async Task Of_a_dozen_passwords_at_once_only_five_are_compared()
    {
        await AddAsync("belagert");
        var answers = await Task.WhenAll(Enumerable.Range(1, 12).Select(attempt => TryAsync("belagert", "geraten " + attempt)));
        answers.Count(a => a.Refusal!.Message.Contains("stimmen nicht", StringComparison.Ordinal)).ShouldBe(4);
        answers.Count(a => a.Refusal!.Message.Contains("15 Minuten gesperrt", StringComparison.Ordinal)).ShouldBe(8);
        (await TryAsync("belagert", Password)).Refusal!.Message.ShouldContain("15 Minuten gesperrt");
    }

    [Fact]
    public async Task Who_comes_when_too_many_wait_is_told_so()
    {
        await AddAsync("umlagert");
        var answers = await Task.WhenAll(Enumerable.Range(1, 40).Select(attempt => TryAsync("umlagert", "geraten " + attempt)));
        answers.ShouldContain(a => a.Refusal!.Message.Contains("zugleich", StringComparison.Ordinal));
        answers.Count(a => a.Refusal!.Message.Contains("stimmen nicht", StringComparison.Ordinal)).ShouldBe(4);
    }

    [Fact]
    public async Task A_right_password_in_between_starts_the_count_anew()
    {
        await AddAsync("vergesslich");
        for (var attempt = 1; attempt <= 4; attempt++) await TryAsync("vergesslich", "geraten");
        (await TryAsync("vergesslich", Password)).Done.ShouldBeTrue();
        (await TryAsync("vergesslich", "geraten")).Refusal!.Message.ShouldContain("stimmen nicht");
    }

    [Theory]
    [InlineData("/lage?kreis=14522", "/lage?kreis=14522")]
    [InlineData("/", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example/lage", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("", "/")]
    [InlineData(null, "/")]
    public void After_signing_in_the_way_leads_nowhere_but_within_this_site(string? asked, string led) => LocalUrl.OrHome(asked).ShouldBe(led);
}
