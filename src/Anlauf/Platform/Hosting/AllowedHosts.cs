using System.Net;

namespace Anlauf.Platform.Hosting;

/// <summary>
/// The names a server answers to. A request that names another one is refused: whoever can choose the name could otherwise have links
/// made that lead to it.
/// </summary>
public static class AllowedHosts
{
    /// <summary>
    /// The names that follow from the addresses of <c>--urls</c>, separated by semicolons; „*“ where the server listens on every
    /// address and nobody has said its name (setting <c>AllowedHosts</c>).
    /// </summary>
    public static string Of(string urls)
    {
        var names = new SortedSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var host = BindingAddress.Parse(url).Host;
            var ip = IPAddress.TryParse(host.Trim('[', ']'), out var known) ? known : null;
            if (host is "*" or "+" or "" || ip is not null && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any))) return "*";
            names.Add(host);
            if (host == "localhost" || ip is not null && IPAddress.IsLoopback(ip)) names.UnionWith(["localhost", "127.0.0.1", "[::1]"]);
        }
        return names.Count > 0 ? string.Join(';', names) : "*";
    }
}
