namespace Anlauf.Platform.Hosting;

/// <summary>
/// The address at which people reach this installation. Links that leave the page (letters, invitations, papers) are made from it
/// alone, never from the name that a request brings along: whoever chooses that name would have links made that lead to them.
/// </summary>
public sealed class OwnAddress(IConfiguration configuration)
{
    /// <summary>Name of the setting, „https://anlauf.verband.example“.</summary>
    public const string Setting = "Site";

    // what follows from the address a server listens on, where it is this machine: good for somebody who sits at it, not for letters
    private const string Here = "SiteHere";

    /// <summary>Why no link is made, and what helps.</summary>
    public static Refusal Unknown { get; } = new("Anlauf kennt seine eigene Adresse nicht, ein Link würde ins Leere führen. Tragen Sie sie in anlauf.json ein (Site, zum Beispiel https://anlauf.verband.example), und starten Sie den Server neu");

    /// <summary>The address as the operator has said it, without a slash at its end; null where nobody has.</summary>
    public string? Said => Clean(configuration[Setting]) ?? Clean(configuration["Mail:Site"]);

    /// <summary>The same, or this machine where the server listens on nothing else; null where neither is known.</summary>
    public string? Value => Said ?? Clean(configuration[Here]);

    /// <summary>Name and port alone, for papers; empty where unknown.</summary>
    public string Name => Value is { } address ? new Uri(address).Authority : "";

    /// <summary>Address of a page for somebody who is shown or handed it; null where nobody has said under which address people reach us.</summary>
    /// <param name="path">Path with its leading slash.</param>
    public string? Of(string path) => Value is { } address ? address + path : null;

    /// <summary>Takes what follows from the addresses a server listens on, and from the one name it answers to, where nothing is set.</summary>
    public static void Follow(IConfigurationManager configuration, string? urls)
    {
        if (!string.IsNullOrWhiteSpace(configuration[Setting]) || !string.IsNullOrWhiteSpace(configuration["Mail:Site"])) return;
        var https = bool.TryParse(configuration[Web.SiteCookies.Setting], out var on) && on;
        foreach (var url in (urls ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var names = AllowedHosts.Of(url);
            if (names == "*" || Clean(url) is not { } address) continue;
            configuration[new Uri(address).IsLoopback ? Here : Setting] ??= address;
        }
        // behind a proxy: one name that the operator has set
        if (https && configuration["AllowedHosts"] is { Length: > 0 } name && !name.Contains(';', StringComparison.Ordinal) && Clean("https://" + name) is { } said) configuration[Setting] ??= said;
    }

    private static string? Clean(string? address) =>
        Uri.TryCreate(address?.Trim(), UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) && uri.Host.Length > 0 && uri.PathAndQuery == "/" && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0
            ? uri.GetLeftPart(UriPartial.Authority) : null;
}
