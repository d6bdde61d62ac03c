using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.ResponseCompression;

namespace Anlauf.Platform.Web;

/// <summary>What turns a bare host into Anlauf's web face: headers, assets, compression, error pages, Razor pages.</summary>
public static class AnlaufWeb
{
    /// <summary>Registers rendering, the page frame and compression. Rooms add their pages by <see cref="AddNavigation"/>.</summary>
    public static IServiceCollection AddAnlaufWeb(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddCascadingAuthenticationState();
        services.AddHttpContextAccessor();
        services.AddAntiforgery(o =>
        {
            o.Cookie.Name = "anlauf-form";
            o.Cookie.SameSite = SameSiteMode.Strict;
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        // ü stays ü instead of an entity; the encoder still escapes everything that has a meaning in HTML
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddSingleton<AssetFiles>();
        services.AddScoped<PageFrame>();
        services.AddScoped<Confirmations>();
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
            o.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, bool>(http => HttpMethods.IsPost(http.Request.Method) && http.Request.Path.StartsWithSegments("/anmelden")
                ? RateLimitPartition.GetConcurrencyLimiter(true, _ => new() { PermitLimit = 2 * Environment.ProcessorCount, QueueLimit = 200, QueueProcessingOrder = QueueProcessingOrder.OldestFirst })
                : RateLimitPartition.GetNoLimiter(false));
        });
        services.AddHsts(o => o.MaxAge = TimeSpan.FromDays(365));
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
        if (!app.Environment.IsDevelopment()) app.UseHsts();
        app.UseResponseCompression();
        app.UseMiddleware<SecurityHeaders>();
        app.UseAnlaufErrors();
        app.UseRateLimiter();
        return app;
    }

    /// <summary>Maps the assets and every page. Call after authentication, authorization and antiforgery.</summary>
    public static WebApplication MapAnlaufPages(this WebApplication app)
    {
        app.MapAssetFiles();
        app.MapThemeChoice();
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
