using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using System.Threading.RateLimiting;
using Anlauf.Platform.Web.Search;
using Microsoft.AspNetCore.ResponseCompression;

namespace Anlauf.Platform.Web;

/// <summary>What turns a bare host into Anlauf's web face: headers, assets, compression, error pages, Razor pages.</summary>
public static class AnlaufWeb
{
    /// <summary>Requests of one address in a minute, pages and files together.</summary>
    public const int MostPerMinute = 1200;

    /// <summary>Bytes that a visitor who has not signed in may send: a form, no file.</summary>
    public const int MostFromStrangers = 64 * 1024;

    /// <summary>Limits of the server itself; larger uploads than the largest document are refused before they are read.</summary>
    public static void LimitRequests(this ConfigureWebHostBuilder host) => host.ConfigureKestrel(o =>
    {
        o.AddServerHeader = false;
        o.Limits.MaxRequestBodySize = 24 * 1024 * 1024;
        o.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        o.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
    });

    /// <summary>Registers rendering, the page frame and compression. Rooms add their pages by <see cref="AddNavigation"/>.</summary>
    public static IServiceCollection AddAnlaufWeb(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddCascadingAuthenticationState();
        services.AddHttpContextAccessor();
        services.AddAntiforgery(o =>
        {
            o.Cookie.SameSite = SameSiteMode.Strict;
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddSingleton<SiteCookies>();
        services.AddOptions<Microsoft.AspNetCore.Antiforgery.AntiforgeryOptions>().Configure<SiteCookies>((o, cookies) => o.Cookie.Name = cookies.Name("anlauf-form"));
        // ü stays ü instead of an entity; the encoder still escapes everything that has a meaning in HTML
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddSingleton<AssetFiles>();
        services.AddScoped<PageFrame>();
        services.AddScoped<Confirmations>();
        services.AddSingleton<SearchWords>();
        services.AddResponseCompression(o =>
        {
            // no secret is reflected beside attacker-chosen text: antiforgery tokens are masked afresh in each answer
            o.EnableForHttps = true;
            o.Providers.Add<BrotliCompressionProvider>();
            o.Providers.Add<GzipCompressionProvider>();
            o.MimeTypes = ["text/html", "application/json", "text/csv", "text/plain", "application/geo+json", "text/calendar"];
        });
        services.Configure<BrotliCompressionProviderOptions>(o => o.Level = CompressionLevel.Optimal);
        services.Configure<GzipCompressionProviderOptions>(o => o.Level = CompressionLevel.Fastest);
        // a password is checked by hashing it for a tenth of a second; more at once than there are processors only makes everybody wait
        services.AddRateLimiter(o =>
        {
            o.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            o.OnRejected = (context, _) =>
            {
                context.HttpContext.RequestServices.GetRequiredService<Identity.SecurityLog>().TooMany(context.HttpContext);
                return ValueTask.CompletedTask;
            };
            o.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, bool>(http => HttpMethods.IsPost(http.Request.Method) && http.Request.Path.StartsWithSegments("/anmelden")
                ? RateLimitPartition.GetConcurrencyLimiter(true, _ => new() { PermitLimit = 2 * Environment.ProcessorCount, QueueLimit = 200, QueueProcessingOrder = QueueProcessingOrder.OldestFirst })
                : RateLimitPartition.GetNoLimiter(false));
            // nobody reads or sends as much by hand; this machine is a proxy, behind which everybody comes from one address
            var (each, every) = (o.GlobalLimiter, PartitionedRateLimiter.Create<HttpContext, string>(http => http.Connection.RemoteIpAddress is not { } address || System.Net.IPAddress.IsLoopback(address)
                ? RateLimitPartition.GetNoLimiter("here")
                : RateLimitPartition.GetSlidingWindowLimiter(address.ToString(), _ => new() { PermitLimit = MostPerMinute, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6 })));
            o.GlobalLimiter = PartitionedRateLimiter.CreateChained(each, every);
        });
        services.AddHsts(o => (o.MaxAge, o.IncludeSubDomains) = (TimeSpan.FromDays(365), true));
        return services;
    }

    /// <summary>Adds entries to the sub-navigation of a section; a section without any entry is not shown.</summary>
    public static IServiceCollection AddNavigation(this IServiceCollection services, params IEnumerable<NavigationEntry> entries)
    {
        foreach (var entry in entries) services.AddSingleton(entry);
        return services;
    }

    /// <summary>First part of the pipeline: compression, security headers, assets, error pages. Call before authentication.</summary>
    public static WebApplication UseAnlaufWeb(this WebApplication app)
    {
        app.UseHttpsWhereSet();
        app.UseResponseCompression();
        app.UseMiddleware<SecurityHeaders>();
        app.UseAnlaufErrors();
        app.UseRateLimiter();
        return app;
    }

    /// <summary>After authentication: strangers send little, and what somebody signed in sees stays in no cache.</summary>
    public static void UseVisitorRules(this WebApplication app) => app.Use((http, next) =>
    {
        if (http.User.Identity?.IsAuthenticated == true)
            http.Response.OnStarting(() =>
            {
                // a page that leads on may have been drawn before, with a form in it, which asks for more: when that was decided tells nobody
                if (http.Response.Headers.CacheControl.Count == 0 || http.Response.StatusCode == StatusCodes.Status302Found) http.Response.Headers.CacheControl = "no-store";
                return Task.CompletedTask;
            });
        else if (http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body) body.MaxRequestBodySize = MostFromStrangers;
        return next(http);
    });

    /// <summary>Maps the assets and every page. Call after authentication, authorization and antiforgery.</summary>
    public static WebApplication MapAnlaufPages(this WebApplication app)
    {
        app.MapAssetFiles();
        app.MapThemeChoice();
        app.MapSearchWords();
        app.MapRazorComponents<App>();
        // without an endpoint the policy that denies everything would send the signed-in to the sign-in page
        app.MapFallback("{*path}", http =>
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }).AllowAnonymous();
        return app;
    }
}
