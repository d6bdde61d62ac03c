using System.Collections.Frozen;
using Microsoft.Net.Http.Headers;

namespace Anlauf.Platform.Web;

/// <summary>
/// The browser assets embedded by build/Npm.targets. Pages name them plainly ("anlauf.css"); the address carries
/// the content hash ("/lib/anlauf.65LPOFOE.css") and may therefore be cached for ever.
/// </summary>
public sealed class AssetFiles
{
    private const string Prefix = "assets/";
    private readonly FrozenDictionary<string, byte[]> contents;
    private readonly FrozenDictionary<string, string> urls;

    /// <summary>Reads all embedded assets into memory (about half a megabyte).</summary>
    public AssetFiles()
    {
        var assembly = typeof(AssetFiles).Assembly;
        contents = assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(n => n[Prefix.Length..], n =>
            {
                using var stream = assembly.GetManifestResourceStream(n)!;
                var bytes = new byte[stream.Length];
                stream.ReadExactly(bytes);
                return bytes;
            });
        urls = contents.Keys.Select(n => n.Split('.')).Where(p => p.Length == 3 && p[0] != "chunk") // chunks are named by scripts, never by pages
            .ToFrozenDictionary(p => $"{p[0]}.{p[2]}", p => $"/lib/{string.Join('.', p)}");
    }

    /// <summary>Address of an asset by its plain name. An unknown name is a programming error and throws.</summary>
    public string Url(string name) => urls[name];

    /// <summary>The bytes of one file by its hashed name (or with ".br" appended its Brotli form), or null.</summary>
    public byte[]? Find(string hashedName) => contents.GetValueOrDefault(hashedName);
}

internal static class AssetEndpoints
{
    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".woff2"] = "font/woff2",
        [".png"] = "image/png",
    }.ToFrozenDictionary();

    public static void MapAssetFiles(this WebApplication app)
    {
        app.MapGet("/lib/{name}", (string name, AssetFiles files, HttpContext http) =>
        {
            if (!Types.TryGetValue(Path.GetExtension(name), out var type) || files.Find(name) is not { } bytes)
                return Results.NotFound();
            http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
            http.Response.Headers.Vary = HeaderNames.AcceptEncoding;
            if (http.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal) && files.Find(name + ".br") is { } brotli)
            {
                http.Response.Headers.ContentEncoding = "br";
                bytes = brotli;
            }
            return Results.Bytes(bytes, type);
        }).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/favicon.ico", (AssetFiles files) => Results.Redirect(files.Url("favicon.svg"), permanent: false))
            .AllowAnonymous().ExcludeFromDescription();
    }
}
