namespace Anlauf.Platform.Web;

/// <summary>
/// Names of cookies. Where the site is reached by HTTPS (setting <c>Https</c>, or addresses that begin with it) they begin with
/// <c>__Host-</c>: the browser then keeps them for this very host and sends them over HTTPS only, whatever a neighbouring host sets.
/// </summary>
public sealed class SiteCookies(IConfiguration configuration)
{
    /// <summary>Name of the setting.</summary>
    public const string Setting = "Https";

    /// <summary>True where visitors come by HTTPS, also where a proxy before the server ends it.</summary>
    public bool Https => bool.TryParse(configuration[Setting], out var on) && on;

    /// <summary>The name as the browser gets it.</summary>
    public string Name(string plain) => Https ? "__Host-" + plain : plain;

    /// <summary>The same for a request.</summary>
    public static string Name(HttpContext http, string plain) => http.RequestServices.GetRequiredService<SiteCookies>().Name(plain);

    /// <summary>Settings of a server that follow from its addresses: by which names it is reached, and whether by HTTPS.</summary>
    /// <param name="configuration">What is set already stays as it is.</param>
    /// <param name="urls">Where the server listens.</param>
    /// <param name="site">Address that the operator has named, if any.</param>
    public static void Follow(IConfigurationManager configuration, string urls, string? site = null)
    {
        configuration["AllowedHosts"] ??= Hosting.AllowedHosts.Of(urls, site);
        if (urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).All(u => u.StartsWith("https://", StringComparison.OrdinalIgnoreCase))) configuration[Setting] ??= "true";
    }
}

internal static class HttpsSite
{
    /// <summary>Behind a proxy that ends HTTPS the request itself does not know it; addresses and cookies are made as the visitor came.</summary>
    public static void UseHttpsWhereSet(this WebApplication app)
    {
        if (app.Services.GetRequiredService<SiteCookies>().Https)
            app.Use((http, next) =>
            {
                http.Request.Scheme = Uri.UriSchemeHttps;
                return next(http);
            });
        if (!app.Environment.IsDevelopment()) app.UseHsts();
    }
}
