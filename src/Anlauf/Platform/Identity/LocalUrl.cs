namespace Anlauf.Platform.Identity;

/// <summary>Where to go after signing in: only within this site.</summary>
public static class LocalUrl
{
    /// <summary><paramref name="url"/> where it is a path of this site, else the start page (an open redirect would lead elsewhere).</summary>
    public static string OrHome(string? url) =>
        url is { Length: > 0 } && url[0] == '/' && (url.Length == 1 || (url[1] != '/' && url[1] != '\\')) && !url.Any(char.IsControl) ? url : "/";
}
