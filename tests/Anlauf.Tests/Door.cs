using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Anlauf.Platform.Hosting;
using Anlauf.Platform.Identity;
using Anlauf.Rooms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Anlauf.Tests;

/// <summary>The real server over the association's database, and visitors who come through its door by HTTP.</summary>
public sealed class OpenHouse : IAsyncLifetime
{
    public const string Password = "vier Wörter ohne Bezug";
    private WebApplication? app;

    /// <summary>Divisions, offices and persons.</summary>
    public AssociationDatabase House { get; } = new();

    /// <summary>Address of the server.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Services of the running server.</summary>
    public IServiceProvider Services => app!.Services;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        await House.InitializeAsync();
        app = await AnlaufHost.BuildAsync(RoomList.All, House.Connections, Configure);
        await app.StartAsync();
        Address = new Uri(app.Urls.Single());
    }

    /// <summary>Last word on the server's configuration.</summary>
    public static void Configure(WebApplicationBuilder builder) => builder.WebHost.UseUrls("http://127.0.0.1:0");

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (app is not null) await app.DisposeAsync();
        await House.DisposeAsync();
    }

    /// <summary>Opens an account for a person of the association; returns its id.</summary>
    public async Task<int> AccountAsync(string name, int person)
    {
        await using var scope = Services.CreateAsyncScope();
        var account = new Account { UserName = name, PersonId = person };
        (await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().CreateAsync(account, Password)).Succeeded.ShouldBeTrue();
        return account.Id;
    }

    /// <summary>A visitor with a browser's cookies, not signed in.</summary>
    public Visitor Visit() => new(Address);

    /// <summary>A visitor who has signed in.</summary>
    public async Task<Visitor> SignInAsync(string name, string? code = null)
    {
        var visitor = Visit();
        (await visitor.SendAsync("/anmelden", "sign-in", ("name", name), ("password", Password), ("code", code ?? ""))).StatusCode.ShouldBe(HttpStatusCode.Found);
        return visitor;
    }
}

/// <summary>One browser without JavaScript.</summary>
/// <param name="host">Name that its requests say they are for; null is the address's own.</param>
public sealed partial class Visitor(Uri address, string? host = null) : IDisposable
{
    private readonly CookieContainer jar = new();
    private HttpClient? own;
    private HttpClient Client => own ??= new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = jar }) { BaseAddress = address, DefaultRequestHeaders = { Host = host } };

    /// <summary>The cookies it holds, as a header.</summary>
    public string Cookies => jar.GetCookieHeader(address);

    /// <summary>Opens an address; redirects are not followed.</summary>
    public Task<HttpResponseMessage> OpenAsync(string path) => Client.GetAsync(path);

    /// <summary>Path and query to which an address leads, or its status where it answers itself.</summary>
    public async Task<string> WhereAsync(string path) => Where(await OpenAsync(path));

    /// <summary>The same for an answer.</summary>
    public static string Where(HttpResponseMessage answer) => answer.Headers.Location is { } to ? (to.IsAbsoluteUri ? to.PathAndQuery : to.ToString()) : $"{(int)answer.StatusCode}";

    /// <summary>Sends a form of a page to the page itself, with its antiforgery token.</summary>
    public Task<HttpResponseMessage> SendAsync(string page, string form, params (string Name, string Value)[] fields) => SendToAsync(page, page, form, fields);

    /// <summary>Sends to another address than the page's own; an endpoint without a page takes no name of a form.</summary>
    public async Task<HttpResponseMessage> SendToAsync(string page, string target, string? form, params (string Name, string Value)[] fields)
    {
        var answer = await OpenAsync(page);
        var token = Token().Match(await answer.Content.ReadAsStringAsync());
        token.Success.ShouldBeTrue($"{page} shows no form: {Where(answer)}");
        var values = fields.ToDictionary(f => f.Name, f => f.Value);
        values["__RequestVerificationToken"] = token.Groups[1].Value;
        if (form is not null) values["_handler"] = form;
        return await Client.PostAsync(target, new FormUrlEncodedContent(values));
    }

    /// <summary>Sends fields as they are, without a token of a page.</summary>
    public Task<HttpResponseMessage> PostAsync(string target, IEnumerable<KeyValuePair<string, string>> fields) => Client.PostAsync(target, new FormUrlEncodedContent(fields));

    /// <summary>Text of a page.</summary>
    public async Task<string> ReadAsync(string path) => WebUtility.HtmlDecode(await (await OpenAsync(path)).Content.ReadAsStringAsync());

    /// <inheritdoc/>
    public void Dispose() => own?.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}

/// <summary>A code app (RFC 6238, SHA-1, 30 seconds, six digits).</summary>
public static class CodeApp
{
    /// <summary>The code for a key in base32 at this moment.</summary>
    public static string Code(string key, int step = 0)
    {
        var bits = string.Concat(key.TrimEnd('=').Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var secret = Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2)).ToArray();
        var counter = BitConverter.GetBytes(IPAddress.HostToNetworkOrder(DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30 + step));
#pragma warning disable CA5350 // the algorithm of all code apps
        var hash = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
        var at = hash[^1] & 15;
        var number = ((hash[at] & 127) << 24) | (hash[at + 1] << 16) | (hash[at + 2] << 8) | hash[at + 3];
        return (number % 1_000_000).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
    }
}
