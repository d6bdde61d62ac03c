using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Anlauf.Platform.Database;
using Anlauf.Platform.Hosting;
using Anlauf.Rooms;
using Anlauf.Rooms.Demo;
using Anlauf.Rooms.Portal;
using Anlauf.Rooms.Portal.Outside;
using Anlauf.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Anlauf.BrowserTests;

/// <summary>The real program with the demo association on a private PostgreSQL, and a real browser. One for all tests of the run.</summary>
public sealed class Site : IAsyncLifetime
{
    private readonly string folder = TestFolder.Of("browser");
    private PrivatePostgres? postgres;
    private WebApplication? app;
    private IPlaywright? playwright;
    private IBrowser? browser;
    private string? missing;

    /// <summary>Address of the server; localhost, because passkeys need a name.</summary>
    public string Address { get; private set; } = "";

    /// <summary>A fresh browser window; skips the test, with the remedy, where no browser can be had.</summary>
    public async Task<IBrowserContext> OpenAsync(int width = 1440, bool script = true, ColorScheme colours = ColorScheme.Light)
    {
        Skip.If(browser is null, missing ?? "no browser");
        return await browser!.NewContextAsync(new()
        {
            BaseURL = Address,
            ViewportSize = new() { Width = width, Height = 900 },
            JavaScriptEnabled = script,
            ColorScheme = colours,
            Locale = "de-DE",
            ReducedMotion = ReducedMotion.Reduce,
        });
    }

    /// <summary>A browser with a profile of its own on the disk, as on somebody's phone: what it keeps is there again after it was killed.</summary>
    public async Task<IBrowserContext> OpenProfileAsync(string profile, int width = 360)
    {
        Skip.If(browser is null, missing ?? "no browser");
        return await playwright!.Chromium.LaunchPersistentContextAsync(profile, new()
        {
            ExecutablePath = Installed(),
            Args = Quiet,
            BaseURL = Address,
            ViewportSize = new() { Width = width, Height = 800 },
            Locale = "de-DE",
            ReducedMotion = ReducedMotion.Reduce,
        });
    }

    /// <summary>Rows of the database behind the site, asked by the system.</summary>
    public async Task<IReadOnlyList<T>> AskAsync<T>(string sql, object? parameters = null)
    {
        await using var scope = app!.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem();
        return await scope.ServiceProvider.GetRequiredService<Db>().QueryAsync<T>(sql, parameters);
    }

    private static readonly string[] Quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    /// <summary>Addresses of all pages, as their routes are written.</summary>
    public IReadOnlyList<string> Routes => [.. app!.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<ComponentTypeMetadata>() is not null).Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The public form of the demo association as a process of its own would serve it.</summary>
    public async Task<WebApplication> StartPortalAsync()
    {
        await using var scope = app!.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem();
        await scope.ServiceProvider.GetRequiredService<Db>().ExecuteAsync("""
            insert into privacy.controller select id, name, 'Hauptstraße 1, 01067 Dresden', 'post@horizont.example', 'datenschutz@horizont.example' from organisation.division where slug = 'sachsen' on conflict do nothing
            """);
        var file = (await scope.ServiceProvider.GetRequiredService<HandOutKey>().HandleAsync("sachsen")).Value!;
        var portal = PortalHost.Build(file, file.Connection!, builder => builder.WebHost.UseUrls($"http://127.0.0.1:{FreePort()}"));
        await portal.StartAsync();
        return portal;
    }

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        browser = await LaunchAsync();
        if (browser is null) return;
#pragma warning disable CA1416 // the tests run where the private database runs
        postgres = await PrivatePostgres.StartAsync(folder, durable: false);
        var connections = await DatabaseConnections.PrepareAsync(postgres) with { KeyFile = Path.Combine(folder, "keys.json") };
#pragma warning restore CA1416
        var port = FreePort();
        app = await AnlaufHost.BuildAsync(RoomList.All, connections, builder => builder.WebHost.UseUrls($"http://127.0.0.1:{port}"));
        await DemoAssociation.EnsureAsync(app.Services);
        await app.StartAsync();
        Address = $"http://localhost:{port}";
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        if (app is not null) await app.DisposeAsync();
#pragma warning disable CA1416
        if (postgres is not null) await postgres.DisposeAsync();
#pragma warning restore CA1416
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    private async Task<IBrowser?> LaunchAsync()
    {
        var own = Installed() ?? (CanInstall() && Run("apt-get", "install -y -qq --no-install-recommends chromium") == 0 ? Installed() : null);
        if (own is null && Microsoft.Playwright.Program.Main(["install", "chromium"]) != 0)
        {
            missing = "no browser: install Debian's package chromium, or run Playwright's own installation (playwright install chromium)";
            return null;
        }
        playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new() { ExecutablePath = own, Args = Quiet });
    }

    private static string? Installed() => new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);
    private static bool CanInstall() => Environment.IsPrivilegedProcess && File.Exists("/usr/bin/apt-get") && Run("apt-get", "update -qq") == 0;

    private static int Run(string program, string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        return process.ExitCode;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>Names the shared site.</summary>
[CollectionDefinition("site")]
public sealed class SiteCollection : ICollectionFixture<Site>;
