using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Xunit.Abstractions;

namespace Anlauf.Tests.Access;

/// <summary>
/// Every name that a page binds, sent twice, not at all, as a list, as something else: in the address and in every form. A mistake of the
/// sender is answered as one; it never is an error of ours.
/// </summary>
public sealed partial class OddParameterTests(HttpScene http, ITestOutputHelper output) : IClassFixture<HttpScene>
{
    private static readonly string[] Names = ["amtszeit", "q", "sort", "seite", "gebiet", "ziel", "stand", "weiter", "id", "name", "person", "gliederung"];

    // ways to send names: pairs as they stand on the wire
    private static readonly (string How, Func<string, IEnumerable<(string, string)>> Pairs)[] Ways =
    [
        ("twice", n => [(n, "1"), (n, "2")]), ("twice, one empty", n => [(n, ""), (n, "1")]), ("as a list", n => [(n + "[]", "1"), (n + "[0]", "1"), (n + "[1]", "2")]), ("as an object", n => [(n + ".X", "1"), (n, "1")]),
        ("empty", n => [(n, "")]), ("letters", n => [(n, "abc")]), ("a number too large", n => [(n, "99999999999999999999")]), ("a day that is none", n => [(n, "2026-02-30")]), ("a day", n => [(n, "9999-12-31")]), ("many", n => Enumerable.Range(0, 30).Select(i => (n, i.ToString(System.Globalization.CultureInfo.InvariantCulture)))),
    ];

    private Visitor Visitor(string role) => http.Officers.Single(o => o.Role == role).Visitor;

    private readonly Dictionary<string, string?> urls = [];

    private async Task<string?> UrlAsync(string pattern)
    {
        if (urls.TryGetValue(pattern, out var known)) return known;
        if (!pattern.Contains('{', StringComparison.Ordinal)) return urls[pattern] = pattern;
        var opens = HttpMatrixTests.Parameters.Where(p => pattern.StartsWith(p.Prefix, StringComparison.Ordinal)).MaxBy(p => p.Prefix.Length);
        var value = opens?.Sql is null ? null : await http.Scene.House.AskAsync<object>(opens.Sql, new { place = "own", division = http.Scene.Divisions["own"] });
        return urls[pattern] = value is null or DBNull ? null : Parameter().Replace(Parameter().Replace(pattern, $"{value}", 1), "1");
    }

    [Fact]
    public async Task Whatever_stands_in_the_address_of_a_page_is_no_error_of_ours()
    {
        var (wrong, sent) = (new List<string>(), 0);
        foreach (var endpoint in http.Endpoints.Where(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is not { Count: > 0 } m || m.Contains("GET")))
        {
            var pattern = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            if (pattern.Contains("{*", StringComparison.Ordinal) || await UrlAsync(pattern) is not { } url) continue;
            var bound = endpoint.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .Select(p => p.GetCustomAttribute<SupplyParameterFromQueryAttribute>() is { } q ? q.Name ?? p.Name : null).OfType<string>() ?? [];
            string[] names = [.. bound.Concat(Names).Distinct()];
            foreach (var role in new[] { "state-manager", "district-chair", "member" })
                foreach (var (how, pairs) in Ways)
                {
                    var query = string.Join('&', names.SelectMany(pairs).Append(("grund", "duty")).Select(p => $"{Uri.EscapeDataString(p.Item1)}={Uri.EscapeDataString(p.Item2)}"));
                    using var answer = await Visitor(role).OpenAsync($"{url}?{query}");
                    sent++;
                    if ((int)answer.StatusCode >= 500) wrong.Add($"{role} {url} {how}: {(int)answer.StatusCode}");
                }
        }
        output.WriteLine($"{sent} requests");
        sent.ShouldBeGreaterThan(1000);
        wrong.Distinct().Take(30).ShouldBeEmpty($"{wrong.Count} of {sent}");
    }

    [Fact]
    public async Task Whatever_stands_in_a_form_is_no_error_of_ours()
    {
        var (wrong, sent) = (new List<string>(), new SortedDictionary<int, int>());
        foreach (var role in new[] { "state-manager", "district-chair", "member" })
        {
            var token = Token().Match(await Visitor(role).ReadAsync("/konto")).Groups[1].Value;
            foreach (var form in ForeignFormTests.FormsOf(http.Endpoints))
            {
                // these end the session that the rest needs, when they succeed
                if (form.Pattern is "/abmelden" or "/konto/sitzung/beenden" or "/anmelden" || await UrlAsync(form.Pattern) is not { } url) continue;
                foreach (var (how, pairs) in Ways.Append(("missing", _ => [])))
                {
                    var fields = form.Fields.SelectMany(f => pairs(f.Name)).Append(("__RequestVerificationToken", token)).Select(p => KeyValuePair.Create(p.Item1, p.Item2));
                    using var answer = await Visitor(role).PostAsync(url, form.Name is null ? fields : fields.Append(new("_handler", form.Name)));
                    var status = (int)answer.StatusCode;
                    sent[status] = sent.GetValueOrDefault(status) + 1;
                    if (status >= 500) wrong.Add($"{role} {url} {form.Name} {how}: {status}");
                }
                // the name of the form itself, twice and as a list
                foreach (var handlers in new (string, string)[][] { [("_handler", form.Name ?? "x"), ("_handler", form.Name ?? "x")], [("_handler[0]", form.Name ?? "x")], [("_handler", "")], [] })
                {
                    using var answer = await Visitor(role).PostAsync(url, [.. handlers.Select(h => KeyValuePair.Create(h.Item1, h.Item2)), new("__RequestVerificationToken", token), new("__RequestVerificationToken", token)]);
                    var status = (int)answer.StatusCode;
                    sent[status] = sent.GetValueOrDefault(status) + 1;
                    if (status >= 500) wrong.Add($"{role} {url} {form.Name} handlers {handlers.Length}: {status}");
                }
            }
        }
        output.WriteLine(string.Join(", ", sent.Select(s => $"{s.Value} × {s.Key}")));
        sent.Values.Sum().ShouldBeGreaterThan(1000);
        sent.GetValueOrDefault(422).ShouldBeGreaterThan(50, "forms were reached");
        wrong.Distinct().Take(30).ShouldBeEmpty($"{wrong.Count} of {sent.Values.Sum()}");
    }

    [Fact]
    public async Task A_day_in_a_far_century_and_a_device_that_nobody_asked_for_are_refused_in_words()
    {
        var visitor = Visitor("state-manager");
        // the sign-in of the scene may be so long ago that these forms ask for the password again
        await http.Scene.House.TellAsync("update identity.session set proved_at = now()");
        var holding = await http.Scene.House.AskAsync<int>("select min(h.id) from organisation.office_holding h join organisation.office o on o.id = h.office_id where o.role_id = 'district-chair'");
        var person = await http.Scene.House.AskAsync<int>("select id from organisation.person where family_name = 'mk-people-own'");
        foreach (var (from, to) in new[] { ("9999-12-31", "9999-12-31"), ("0001-01-02", "2026-12-01"), ("2026-12-01", "9999-01-01") })
        {
            var answer = await visitor.SendAsync("/konto/vertretung/neu?amtszeit=" + holding, "deputy", ("Input.HoldingId", $"{holding}"), ("Input.PersonId", $"{person}"), ("Input.ValidFrom", from), ("Input.ValidTo", to));
            ((int)answer.StatusCode).ShouldBe(422, from);
            System.Net.WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()).ShouldContain("liegt zu weit weg");
        }
        foreach (var (form, where) in new[] { ("/konto/geraet", "/konto/zweiter-faktor?geraet=abgelehnt"), ("/konto/bestaetigen/geraet", "/konto/bestaetigen"), ("/anmelden/geraet", "/anmelden?geraet=unbekannt") })
            foreach (var credential in new[] { "", "{}", "erfunden" })
                Anlauf.Tests.Visitor.Where(await visitor.SendToAsync("/konto", form, null, ("credential", credential))).ShouldStartWith(where);
    }

    [Fact]
    public void A_range_is_written_in_the_kind_of_number_it_is_for()
    {
        // a range of whole numbers over a number with decimals makes one of it and throws where it is too large
        var wrong = typeof(Anlauf.Rooms.RoomList).Assembly.GetTypes().SelectMany(t => t.GetProperties()).Where(p => p.GetCustomAttribute<System.ComponentModel.DataAnnotations.RangeAttribute>() is { } range
            && range.OperandType == typeof(int) && (Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType) != typeof(int)).Select(p => $"{p.DeclaringType}.{p.Name}");
        wrong.ShouldBeEmpty();
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex(@"\{[A-Za-z]+(:[^}]*)?\}")]
    private static partial Regex Parameter();
}
