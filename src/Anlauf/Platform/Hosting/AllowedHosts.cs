using System.Net;

namespace Anlauf.Platform.Hosting;

/// <summary>
/// The names a server answers to. A request that names another one is refused: whoever can choose the name could otherwise have links
/// made that lead to it.
/// </summary>
public static class AllowedHosts
{
    private static readonly string[] Here = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>
    /// The names that follow from the addresses of <c>--urls</c> and from the address that the operator has named, separated by
    /// semicolons; „*“ where the server listens on every address and nobody has said its name.
    /// </summary>
    /// <param name="urls">Where the server listens.</param>
    /// <param name="site">Setting <c>Site</c>: it is then the only name besides this machine's own, also behind a proxy.</param>
    public static string Of(string urls, string? site = null)
    {
        var names = new SortedSet<string>(StringComparer.OrdinalIgnoreCase);
        var named = Uri.TryCreate(site, UriKind.Absolute, out var address) && address.Host.Length > 0;
        if (named) names.Add(address!.IdnHost);
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var host = BindingAddress.Parse(url).Host;
            var ip = IPAddress.TryParse(host.Trim('[', ']'), out var known) ? known : null;
            if (host is "*" or "+" or "" || ip is not null && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)))
            {
                if (!named) return "*";
                names.UnionWith(Here);
                continue;
            }
            names.Add(host);
            if (host == "localhost" || ip is not null && IPAddress.IsLoopback(ip)) names.UnionWith(Here);
        }
        return names.Count > 0 ? string.Join(';', names) : "*";
    }
}
