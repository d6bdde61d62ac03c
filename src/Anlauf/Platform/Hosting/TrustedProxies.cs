using System.Net;

namespace Anlauf.Platform.Hosting;

/// <summary>
/// Whose word about a visitor's address is taken, where forwarded headers are switched on (ASPNETCORE_FORWARDEDHEADERS_ENABLED): the
/// proxies of the setting <c>Proxies</c> (addresses with semicolons), without it this machine alone. The framework would believe everybody.
/// </summary>
public static class TrustedProxies
{
    /// <summary>Name of the setting.</summary>
    public const string Setting = "Proxies";

    /// <summary>Applies the setting; call after the configuration is complete.</summary>
    /// <exception cref="FormatException">One of the addresses is none.</exception>
    public static void TrustNamedProxies(this WebApplicationBuilder builder)
    {
        var named = (builder.Configuration[Setting] ?? "127.0.0.1;::1").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(a => IPAddress.TryParse(a, out var address) ? address : throw new FormatException($"Proxies: „{a}“ ist keine Adresse. Gemeint sind Adressen wie 10.0.0.5, mit Semikolon getrennt.")).ToList();
        builder.Services.PostConfigure<ForwardedHeadersOptions>(o =>
        {
            o.KnownProxies.Clear();
            o.KnownIPNetworks.Clear();
            foreach (var address in named) o.KnownProxies.Add(address);
        });
    }
}
