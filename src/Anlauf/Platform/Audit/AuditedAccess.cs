using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Anlauf.Platform.Database;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.WebUtilities;

namespace Anlauf.Platform.Audit;

/// <summary>A page or endpoint that shows protected data of persons: each opening is noted, with a reason where the rights ask for one.</summary>
/// <param name="dataClass">P2 to P8.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ProtectedReadAttribute(string dataClass) : Attribute
{
    /// <summary>Class of the data shown.</summary>
    public string DataClass => dataClass;

    /// <summary>Name of the route value that is the id of the person shown, if there is one.</summary>
    public string? Subject { get; init; }
}

/// <summary>An export that asks for the reason whatever the rules say, because it gives out all there is in one file.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AsksReasonAttribute : Attribute;

/// <summary>An address that gives a file to whoever may read the page it belongs to: noted like an export, though no right to export is asked for.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class GivesFileAttribute : Attribute;

/// <summary>
/// Notes protected reads and every export before they happen: an endpoint whose right ends with „:export“ needs nothing else, so that no
/// export can be forgotten. Where a reason is needed and missing, the visitor is asked for one and comes back with it.
/// </summary>
internal static class AuditedAccess
{
    /// <summary>Name of the reason in the address.</summary>
    public const string ReasonParameter = "grund";

    /// <summary>Tells the database where the request comes from. Before anything opens a connection.</summary>
    public static void UseOrigin(this WebApplication app) => app.Use((http, next) =>
    {
        http.RequestServices.GetRequiredService<Actor>().Origin = Origin(http, http.GetEndpoint() as RouteEndpoint);
        return next();
    });

    public static void UseAuditedAccess(this WebApplication app) => app.Use(async (http, next) =>
    {
        var endpoint = http.GetEndpoint() as RouteEndpoint;
        var services = http.RequestServices;
        var policies = endpoint?.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(a => a.Policy).OfType<string>().ToList() ?? [];
        var export = policies.FirstOrDefault(p => p.EndsWith(":export", StringComparison.Ordinal));
        var read = endpoint?.Metadata.GetMetadata<ProtectedReadAttribute>();
        var file = endpoint?.Metadata.GetMetadata<GivesFileAttribute>() is not null;
        if (endpoint is null || (export is null && read is null && !file) || !services.GetRequiredService<Actor>().IsSomebody)
        {
            await next();
            return;
        }
        var audit = services.GetRequiredService<AuditLog>();
        var (feature, action) = Split(export ?? policies.FirstOrDefault() ?? "");
        var reason = http.Request.Query[ReasonParameter].FirstOrDefault();
        var known = reason is { Length: > 0 } && (await audit.ReasonsAsync(http.RequestAborted)).Any(r => r.Id == reason);
        if (!known && (endpoint.Metadata.GetMetadata<AsksReasonAttribute>() is not null || await audit.NeedsReasonAsync(feature, action, read?.DataClass ?? "P1", http.RequestAborted)))
        {
            http.Response.Redirect(QueryHelpers.AddQueryString("/grund", "weiter", http.Request.Path + http.Request.QueryString));
            return;
        }
        var key = string.Join(' ', http.Request.RouteValues.Where(v => v.Value is string or int && IsParameter(endpoint, v.Key)).Select(v => $"{v.Key}={Told(v.Value!.ToString()!)}"));
        var subject = read?.Subject is { } name && int.TryParse(http.Request.RouteValues.GetValueOrDefault(name)?.ToString(), out var id) ? id : (int?)null;
        var route = "/" + endpoint.RoutePattern.RawText?.TrimStart('/');
        if (export is not null || file) await audit.ExportAsync(route, key, subject, known ? reason : null, http.RequestAborted);
        else await audit.ReadAsync(route, key, subject, known ? reason : null, http.RequestAborted);
        await next();
    });

    // an address in words may name somebody, and the log outlasts an erasure: numbers stand as they are, words as four signs that tell two of them apart
    private static string Told(string value) => value.All(char.IsAsciiDigit) || Guid.TryParse(value, out _) || value is "pdf" or "docx" or "json" ? value
        : string.Join('-', value.Split('-').Where(part => part.Length > 0 && part.All(char.IsAsciiDigit))) + "#" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)))[..4];

    private static bool IsParameter(RouteEndpoint endpoint, string name) => endpoint.RoutePattern.GetParameter(name) is not null;
    private static (string, string) Split(string permission) => permission.Split(':') is [var feature, var action] ? (feature, action) : ("", "");

    // the network, not the single address: enough to see where an account was used from, too little to follow a person
    private static string Origin(HttpContext http, RouteEndpoint? endpoint) => $"web {Network(http.Connection.RemoteIpAddress)} /{endpoint?.RoutePattern.RawText?.TrimStart('/')}";

    /// <summary>The address without its last byte (IPv4) or its last ten (IPv6).</summary>
    internal static string Network(IPAddress? address)
    {
        if (address is null) return "unbekannt";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address)) return "dieser Rechner";
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, address.AddressFamily == AddressFamily.InterNetwork ? 3 : 6, address.AddressFamily == AddressFamily.InterNetwork ? 1 : 10);
        return new IPAddress(bytes) + (address.AddressFamily == AddressFamily.InterNetwork ? "/24" : "/48");
    }
}
