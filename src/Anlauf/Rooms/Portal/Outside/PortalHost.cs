using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using System.Threading.RateLimiting;
using Anlauf.Platform.Web;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Features;
using Npgsql;

namespace Anlauf.Rooms.Portal.Outside;

/// <summary>
/// The server that strangers reach. It is built from the portal's file and one connection and from nothing else: no data folder, no key
/// file, no service of the inner program. Its own keys (forms) live in memory and end with it.
/// </summary>
public static class PortalHost
{
    /// <summary>Nothing inline, nothing from elsewhere, and no script at all.</summary>
    private const string Policy = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>The server, ready to start.</summary>
    /// <param name="connection">Connection string of the role anlauf_portal.</param>
    /// <param name="configure">Last word on the builder: addresses, clock.</param>
    public static WebApplication Build(PortalFile file, string connection, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(PortalHost).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.WebHost.ConfigureKestrel(o =>
        {
            o.AddServerHeader = false;
            o.Limits.MaxRequestBodySize = 32 * 1024;
            o.Limits.MaxConcurrentConnections = 500;
            o.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        });
        builder.Services.AddSingleton(file);
        builder.Services.AddSingleton<TimeProvider, Platform.GermanTime>();
        builder.Services.AddSingleton(_ => new NpgsqlDataSourceBuilder(connection) { ConnectionStringBuilder = { MaxPoolSize = 4, Timeout = 5, CommandTimeout = 10 } }.Build());
        builder.Services.AddSingleton<Slot>();
        builder.Services.AddSingleton<FormSeal>();
        builder.Services.AddSingleton<AssetFiles>();
        builder.Services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        builder.Services.AddRazorComponents();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddAntiforgery(o =>
        {
            o.Cookie.SameSite = SameSiteMode.Strict;
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        builder.Services.AddSingleton<SiteCookies>();
        builder.Services.AddOptions<Microsoft.AspNetCore.Antiforgery.AntiforgeryOptions>().Configure<SiteCookies>((o, cookies) => o.Cookie.Name = cookies.Name("anlauf-kontakt"));
        builder.Services.Configure<FormOptions>(o => (o.ValueCountLimit, o.KeyLengthLimit, o.ValueLengthLimit) = (20, 100, 24 * 1024));
        builder.Services.AddRateLimiter(o =>
        {
            o.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            o.GlobalLimiter = PartitionedRateLimiter.CreateChained(
                // an error page is shown on top of the request that failed, which has been counted
                PartitionedRateLimiter.Create<HttpContext, string>(http => HttpMethods.IsPost(http.Request.Method) && !http.Request.Path.StartsWithSegments("/fehler") ? Window("post " + Network(http), IsHere(http) ? 200 : 10, 10) : RateLimitPartition.GetNoLimiter("read")),
                PartitionedRateLimiter.Create<HttpContext, string>(http => Window("any " + Network(http), IsHere(http) ? 6000 : 300, 1)));
        });
        builder.Services.AddHsts(o => (o.MaxAge, o.IncludeSubDomains) = (TimeSpan.FromDays(365), true));
        configure?.Invoke(builder);
        Platform.Hosting.TrustedProxies.TrustNamedProxies(builder);
        var app = builder.Build();
        app.UseHttpsWhereSet();
        app.UseMiddleware<SecurityHeaders>(Policy);
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = "/fehler/500", StatusCodeSelector = e => e is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError });
        app.UseStatusCodePagesWithReExecute("/fehler/{0}");
        app.UseRateLimiter();
        app.MapAssetFiles();
        app.MapContactForm();
        return app;
    }

    private static RateLimitPartition<string> Window(string key, int permits, int minutes) =>
        RateLimitPartition.GetFixedWindowLimiter(key, _ => new() { PermitLimit = permits, Window = TimeSpan.FromMinutes(minutes) });

    // this machine is a proxy that does not pass addresses on: all visitors together
    private static bool IsHere(HttpContext http) => http.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address);

    // a household or a rented server has a /64 of IPv6
    private static string Network(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is not { } address) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 && !IPAddress.IsLoopback(address)
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }
}

/// <summary>
/// A form carries, sealed, when it was opened and the number its message will have: too fast is a machine, too slow is stale, and the
/// same form sent twice is one message.
/// </summary>
public sealed class FormSeal(IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>Nobody fills the form in faster.</summary>
    public static readonly TimeSpan Fastest = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);
    private readonly IDataProtector protector = protection.CreateProtector("contact form");

    /// <summary>For a form that is opened now.</summary>
    public string Fresh() => protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow().UtcTicks} {Guid.NewGuid()}"));

    /// <summary>Number of the message; null where the form was not ours, is too old or came back too fast.</summary>
    public Guid? Read(string seal)
    {
        try
        {
            if (protector.Unprotect(seal).Split(' ') is not [var ticks, var id]) return null;
            var open = clock.GetUtcNow() - new DateTimeOffset(long.Parse(ticks, CultureInfo.InvariantCulture), TimeSpan.Zero);
            return open >= Fastest && open <= Longest ? Guid.Parse(id) : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }
}

/// <summary>Puts a sealed message through the slot, or the secret of a link that was used. No other statement is ever sent by this process.</summary>
public sealed class Slot(NpgsqlDataSource source, PortalFile file)
{
    /// <summary>The message lies in the box; the same one sent twice lies there once.</summary>
    /// <exception cref="NpgsqlException">The database is away, the box is full or closed.</exception>
    public async Task PutInAsync(Guid id, Letter letter, CancellationToken ct)
    {
        await using var command = source.CreateCommand("select portal.leave($1, $2, $3, $4)");
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = file.DivisionId });
        command.Parameters.Add(new() { Value = file.KeyId });
        command.Parameters.Add(new() { Value = letter.SealFor(file, id) });
        try { await command.ExecuteNonQueryAsync(ct); }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation) { } // sent twice
    }

    /// <summary>Somebody has used the link of a letter. Nothing comes back, not even whether there is such a link.</summary>
    /// <exception cref="NpgsqlException">The database is away.</exception>
    public async Task ConfirmAsync(string secret, CancellationToken ct)
    {
        await using var command = source.CreateCommand("select portal.confirm($1)");
        command.Parameters.Add(new() { Value = secret });
        await command.ExecuteNonQueryAsync(ct);
    }
}
