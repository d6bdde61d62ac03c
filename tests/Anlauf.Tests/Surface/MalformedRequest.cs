using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Anlauf.Tests.Surface;

/// <summary>What a route takes, read from the running program: pattern, names in the query, forms with their fields.</summary>
internal sealed record Target(RoutePattern Pattern, string[] Query, (string Form, string[] Fields)[] Forms)
{
    /// <summary>Every route of a server, with what its page binds.</summary>
    public static Target[] Of(IEnumerable<EndpointDataSource> sources) => [.. sources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Select(Of)];

    private static Target Of(RouteEndpoint endpoint)
    {
        var page = endpoint.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type;
        var bound = page?.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic) ?? [];
        return new(endpoint.RoutePattern,
            [.. bound.Select(p => p.GetCustomAttribute<SupplyParameterFromQueryAttribute>() is { } q ? q.Name ?? p.Name : null).OfType<string>()],
            [.. bound.Select(p => (Property: p, Form: p.GetCustomAttribute<SupplyParameterFromFormAttribute>())).Where(b => b.Form is not null)
                .Select(b => (b.Form!.FormName ?? "", Fields(b.Property, b.Form.Name))).GroupBy(f => f.Item1).Select(g => (g.Key, g.SelectMany(f => f.Item2).Distinct().ToArray()))]);
    }

    private static string[] Fields(PropertyInfo property, string? name)
    {
        var type = property.PropertyType;
        return type.IsClass && type != typeof(string) && !type.IsArray ? [.. type.GetProperties().SelectMany(p => new[] { $"{property.Name}.{p.Name}", $"{property.Name}.{p.Name}[0]", $"{property.Name}.{p.Name}[999999999]" })] : [name ?? property.Name];
    }
}

/// <summary>
/// One malformed request, made from a number: the same number gives the same bytes. Odd paths, queries, headers, bodies, methods,
/// encodings, huge values, broken multipart, NUL, invalid UTF-8 – for a route that exists, so that it reaches the code behind it.
/// </summary>
internal sealed class MalformedRequest
{
    private static readonly string[] Methods = ["GET", "GET", "GET", "GET", "POST", "POST", "POST", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "G\u00c4T", "X"];
    private static readonly string[] Nasty =
    [
        "", " ", "0", "-1", "1", "2", "3", "17", "2147483647", "2147483648", "-2147483649", "99999999999999999999999999", "1e309", "NaN", "0x10", "١٢", "1.5", "1,5", "true", "null", "undefined",
        "%00", "%ff", "%c3%28", "%ed%a0%80", "%f0%9f%92%a9", "%", "%2", "%zz", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "..%2f..%2f", "../../../etc/passwd", "..\\..\\windows", "....//", "%252e%252e%252f", "/", "//", "//evil.example", "\\\\evil.example\\x", "https://evil.example/",
        "'", "' or 1=1--", "\"", "`", "$(id)", "|id", ";id", "<script>alert(1)</script>", "{{7*7}}", "${7*7}", "@(1)", "=1+1", "%25", "%s%n", "\u202e", "ÄÖÜß", "\ud83d\ude80", "a\u0301\u0301\u0301", "\u0000", "\r\nX-Evil: 1", "%0d%0aX-Evil:%201",
        "0001-01-01", "9999-12-31", "10000-01-01", "2026-02-30", "31.02.2026", "2026-11-21T25:61:61", "24:00", "-0001-01-01", "14522", "14522230", "99999999", "sachsen", "kreis-14522", "ort-14522230-hainichen", "landesvorstand-sachsen", "00000000-0000-0000-0000-000000000000", "desc", "-name", "__proto__", "constructor", "*", "?", "#", "&a=b", "[]", "[0]", "{}", "(((((", "a{99999}", ".*", "^(a+)+$",
    ];
    private static readonly string[] CommonQuery = ["q", "sort", "seite", "weiter", "zurueck", "gebiet", "ziel", "stand", "grund", "name", "id", "von", "bis", "wer", "art", "betrifft", "kreis", "election", "einladung", "state", "code", "neu"];
    private static readonly string[] Types = ["application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-7", "application/x-www-form-urlencoded; charset=x", "application/json", "text/xml", "text/plain", "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=x", "multipart/form-data; boundary=\"", "multipart/mixed; boundary=x", "x", "/", "image/svg+xml"];
    private static readonly string[] Headers = ["Accept", "Accept-Language", "Origin", "Referer", "User-Agent", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-HTTP-Method-Override", "X-Original-URL", "Range", "If-None-Match", "If-Modified-Since", "Cookie", "Authorization", "Content-Language", "Turbo-Frame", "Sec-Fetch-Site", "Expect", "Upgrade", "Via", "Forwarded", "blazor-enhanced-nav"];

    private readonly Random random;
    private readonly Target target;
    private readonly string? cookie, token;

    private MalformedRequest(int number, Target[] targets, string? cookie, string? token)
    {
        random = new Random(number);
        target = Pick(targets);
        (this.cookie, this.token) = (cookie, token);
    }

    /// <summary>The bytes, whether the answer has no body by its method, and whether the sender breaks off in the middle.</summary>
    public static (byte[] Bytes, bool IsHead, bool BreaksOff) Make(int number, Target[] targets, string? cookie, string? token) => new MalformedRequest(number, targets, cookie, token).Make();

    private (byte[], bool, bool) Make()
    {
        var method = target.Forms.Length > 0 && Chance(0.5) ? "POST" : Pick(Methods);
        var (path, body) = (Path() + Query(), (byte[])[]);
        var head = new StringBuilder();
        head.Append(method).Append(' ').Append(path).Append(" HTTP/1.").Append(Chance(0.03) ? '0' : '1').Append("\r\n");
        head.Append("Host: ").Append(Chance(0.05) ? Pick(["evil.example", "", "127.0.0.1:99999", "a b", "[::1", "localhost"]) : "127.0.0.1").Append("\r\n");
        if (cookie is not null && !Chance(0.02)) head.Append("Cookie: ").Append(cookie).Append("\r\n");
        for (var n = random.Next(4); n > 0; n--) head.Append(Pick(Headers)).Append(": ").Append(HeaderValue()).Append("\r\n");
        if (Chance(0.02)) head.Append(Pick(["Broken header line", " : x", "A\u0000: b", "Content-Length: -1", "Content-Length: 99999999999999999999", "Transfer-Encoding: chunked, gzip", "Ä: ö"])).Append("\r\n");
        var breaksOff = false;
        if (method is "POST" or "PUT" or "PATCH" || Chance(0.05))
        {
            (var type, body) = Body();
            head.Append("Content-Type: ").Append(type).Append("\r\n");
            breaksOff = body.Length > 10 && Chance(0.03);
            if (Chance(0.1)) (body, _) = (Chunked(body), head.Append("Transfer-Encoding: chunked\r\n"));
            else head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
            if (breaksOff) body = body[..(body.Length / 2)];
        }
        head.Append("\r\n");
        return ([.. Latin(head.ToString()), .. body], method == "HEAD", breaksOff);
    }

    private string Path()
    {
        var path = new StringBuilder();
        foreach (var segment in target.Pattern.PathSegments)
        {
            path.Append('/');
            foreach (var part in segment.Parts)
                path.Append(part switch { RoutePatternLiteralPart literal => literal.Content, RoutePatternSeparatorPart separator => separator.Content, RoutePatternParameterPart parameter => Value(parameter), _ => "" });
        }
        if (path.Length == 0) path.Append('/');
        return random.Next(40) switch { 0 => path + "/", 1 => "/" + path, 2 => path.ToString().ToUpperInvariant(), 3 => path + "/" + Nice(Any()), 4 => path.ToString().Replace("/", "/./", StringComparison.Ordinal), 5 => path + ";x=" + Nice(Any()), 6 => "http://evil.example" + path, 7 => path.ToString().Replace("/", "%2f", StringComparison.Ordinal), _ => path.ToString() };
    }

    // a number often, so that the page behind it is reached
    private string Value(RoutePatternParameterPart parameter) => parameter.ParameterPolicies.Any(p => p.Content == "int") && Chance(0.7) ? random.Next(-2, 60).ToString(CultureInfo.InvariantCulture) : Nice(Any());

    private string Query()
    {
        if (Chance(0.35)) return "";
        var names = target.Query.Concat(Enumerable.Repeat(Pick(CommonQuery), 2)).ToArray();
        return "?" + string.Join(Pick(["&", "&", "&&", ";"]), Enumerable.Range(0, random.Next(1, 5)).Select(_ => Pick(names) + Pick(["=", "=", "=", "", "[]=", "=="]) + Nice(Any())));
    }

    private (string, byte[]) Body()
    {
        var (form, fields) = target.Forms.Length > 0 ? Pick(target.Forms) : ("", []);
        var values = fields.Where(_ => Chance(0.8)).Select(f => (f, Any())).ToList();
        if (form.Length > 0 || Chance(0.3)) values.Add(("_handler", Chance(0.95) ? form : Any()));
        if (token is not null && Chance(0.7)) values.Add(("__RequestVerificationToken", token));
        for (var n = random.Next(3); n > 0; n--) values.Add((Any(), Any()));
        switch (random.Next(8))
        {
            case 0: return (Pick(Types), Latin(Any() + Any()));
            case 1: return (Pick(Types), RandomBytes(random.Next(4000)));
            case 2: return ("multipart/form-data; boundary=grenze", Multipart(values, complete: Chance(0.6)));
            case 3: return (Pick(Types), Encoding.UTF8.GetBytes(string.Join('&', values.Select(v => Uri.EscapeDataString(Text(v.Item1)) + "=" + Uri.EscapeDataString(Text(v.Item2))))));
            default: return ("application/x-www-form-urlencoded", Encoding.UTF8.GetBytes(string.Join('&', values.Select(v => Uri.EscapeDataString(Text(v.Item1)) + "=" + (Chance(0.2) ? Nice(v.Item2) : Uri.EscapeDataString(Text(v.Item2)))))));
        }
    }

    private byte[] Multipart(List<(string Name, string Value)> values, bool complete)
    {
        var body = new StringBuilder();
        foreach (var (name, value) in values) body.Append("--grenze\r\nContent-Disposition: form-data; name=\"").Append(name).Append("\"\r\n\r\n").Append(value).Append("\r\n");
        body.Append("--grenze\r\nContent-Disposition: form-data; name=\"").Append(Pick(["Input.File", "File", "datei"])).Append("\"; filename=\"").Append(Pick(["../../x.docx", "a\"b.pdf", "x.svg", "", "a.zip", "\u0000.md", new string('n', 3000)])).Append("\"\r\nContent-Type: ").Append(Pick(Types)).Append("\r\n\r\n").Append(Pick(["PK\u0003\u0004", "%PDF-1.7\n%%EOF", "<svg onload=alert(1)>", "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>", "Niederschrift\n"])).Append(Any());
        if (complete) body.Append("\r\n--grenze--\r\n");
        return Latin(body.ToString());
    }

    private byte[] Chunked(byte[] body) => Chance(0.8) ? [.. Latin(body.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n"), .. body, .. "\r\n0\r\n\r\n"u8] : Latin(Pick(["zz\r\n", "-1\r\nx\r\n", "ffffffffffffffff\r\nx", "5;ext=\u00e4\r\nabc\r\n0\r\n\r\n"]));

    private string HeaderValue() => new([.. Any().Where(c => c >= ' ').Take(300)]);
    private string Any() => Chance(0.03) ? new string(Pick(["a", "%41", "9", "ä", "("])[0], random.Next(1, 6000)) : Chance(0.05) ? Encoding.Latin1.GetString(RandomBytes(random.Next(1, 40))) : Pick(Nasty);
    private static string Text(string value) => value.Contains('\ud83d', StringComparison.Ordinal) || !value.Any(char.IsSurrogate) ? value : "?";

    // as a rule escaped the way a browser would, sometimes not at all
    private string Nice(string value) => Chance(0.1) ? value.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal).Replace(" ", "%20", StringComparison.Ordinal)
        : value.Contains('%', StringComparison.Ordinal) ? value.Replace(" ", "%20", StringComparison.Ordinal).Replace("\r\n", "", StringComparison.Ordinal) : Uri.EscapeDataString(Text(value));

    private static byte[] Latin(string text) => [.. text.SelectMany(c => c < 256 ? [(byte)c] : Encoding.UTF8.GetBytes(char.IsSurrogate(c) ? "?" : c.ToString()))];
    private byte[] RandomBytes(int length) { var bytes = new byte[length]; random.NextBytes(bytes); return bytes; }
    private T Pick<T>(T[] from) => from[random.Next(from.Length)];
    private bool Chance(double share) => random.NextDouble() < share;
}
