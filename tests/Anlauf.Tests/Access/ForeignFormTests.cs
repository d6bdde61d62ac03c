using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Xunit.Abstractions;

namespace Anlauf.Tests.Access;

/// <summary>
/// Every form of every page, sent by every role with ids of a division that the office does not reach: on the page of the foreign thing,
/// and on the own page with foreign ids in the fields. Not a row of the foreign division may differ afterwards.
/// </summary>
public sealed partial class ForeignFormTests(HttpScene http, ITestOutputHelper output) : IClassFixture<HttpScene>
{
    internal sealed record Field(string Name, Type Type);
    internal sealed record SentForm(string Pattern, string? Name, Field[] Fields);

    // pages of the own account: no ids of others in them, and they end the session that is needed for the rest
    private static readonly string[] OwnAccount = ["/abmelden", "/anmelden", "/einladung", "/konto/sitzung", "/konto/code-app", "/konto/geraet", "/konto/kennwort", "/konto/zweiter-faktor", "/konto/ersatzcodes", "/konto/bestaetigen"];

    [Fact]
    public async Task No_form_changes_a_row_of_a_division_beside_or_above()
    {
        var forms = FormsOf(http.Endpoints).Where(f => !OwnAccount.Any(o => f.Pattern.StartsWith(o, StringComparison.Ordinal))).ToList();
        forms.Count.ShouldBeGreaterThan(30);
        var foreign = await IdsAsync("sibling");
        var (before, own, wrong, sent) = (await RowsAsync("sibling", "parent"), await RowsAsync("own"), new List<string>(), new SortedDictionary<int, int>());
        foreach (var officer in http.Officers)
        {
            var token = Token().Match(await officer.Visitor.ReadAsync("/konto")).Groups[1].Value;
            foreach (var form in forms)
                foreach (var place in new[] { "sibling", "own" })
                {
                    if (await UrlAsync(form.Pattern, place) is not { } url) continue;
                    // a page without a parameter is the same in both places
                    if (place == "own" && !form.Pattern.Contains('{')) continue;
                    var fields = form.Fields.Select(f => KeyValuePair.Create(f.Name, ValueOf(f, foreign))).Append(new("__RequestVerificationToken", token));
                    using var answer = await officer.Visitor.PostAsync(url, form.Name is null ? fields : fields.Append(new("_handler", form.Name)));
                    var status = (int)answer.StatusCode;
                    sent[status] = sent.GetValueOrDefault(status) + 1;
                    if (status >= 500) wrong.Add($"{officer.Role} {url} {form.Name}: {status}");
                }
            var after = await RowsAsync("sibling", "parent");
            wrong.AddRange(after.Where(t => before[t.Key] != t.Value).Select(t => $"{officer.Role} changed {t.Key}"));
            before = after;
        }
        output.WriteLine($"{forms.Count} forms, {http.Officers.Count} roles, {string.Join(", ", sent.Select(s => $"{s.Value} × {s.Key}"))}");
        wrong.ShouldBeEmpty();
        sent.Values.Sum().ShouldBeGreaterThan(300);
        // and it is not blind: the same forms change the own division, where the office reaches
        (await RowsAsync("own")).Where(t => own[t.Key] != t.Value).ShouldNotBeEmpty();
    }

    /// <summary>Every form of every page and endpoint, with the fields it binds.</summary>
    internal static IEnumerable<SentForm> FormsOf(IEnumerable<RouteEndpoint> endpoints)
    {
        foreach (var endpoint in endpoints)
        {
            var pattern = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            if (endpoint.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type is { } page)
                foreach (var form in page.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Select(p => (Property: p, Form: p.GetCustomAttribute<SupplyParameterFromFormAttribute>())).Where(p => p.Form is not null).GroupBy(p => p.Form!.FormName))
                    yield return new(pattern, form.Key, [.. form.SelectMany(f => FieldsOf(f.Property, f.Form!.Name))]);
            else if (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("POST") == true && endpoint.Metadata.GetMetadata<MethodInfo>() is { } method)
                yield return new(pattern, null, [.. method.GetParameters().Where(p => p.GetCustomAttribute<FromFormAttribute>() is not null && p.Name != "_").Select(p => new Field(p.Name!, p.ParameterType))]);
        }
    }

    private static IEnumerable<Field> FieldsOf(PropertyInfo property, string? name)
    {
        var type = property.PropertyType;
        return type.IsClass && type != typeof(string) && !type.IsArray ? type.GetProperties().Where(p => p.CanWrite).Select(p => new Field($"{property.Name}.{p.Name}", p.PropertyType)) : [new(name ?? property.Name, type)];
    }

    // ids by what a field is called; everything else is plausible, so that a form is not refused for another reason
    private static string ValueOf(Field field, Dictionary<string, string> foreign)
    {
        var type = Nullable.GetUnderlyingType(field.Type) ?? field.Type;
        var name = field.Name.Split('.')[^1];
        var id = foreign.Where(f => name.EndsWith(f.Key, StringComparison.OrdinalIgnoreCase)).OrderByDescending(f => f.Key.Length).Select(f => f.Value).FirstOrDefault();
        if (id is not null && (type == typeof(int) || type == typeof(Guid) || type == typeof(string))) return id;
        if (type == typeof(int) || type == typeof(long)) return foreign["DivisionId"];
        if (type == typeof(decimal) || type == typeof(double)) return "5";
        if (type == typeof(bool)) return "true";
        if (type == typeof(DateOnly)) return DateTime.Today.AddDays(30).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (type == typeof(TimeOnly)) return "18:00";
        if (type == typeof(Guid)) return foreign["Message"];
        if (type.IsEnum) return Enum.GetNames(type)[0];
        return "Probe";
    }

    private async Task<Dictionary<string, string>> IdsAsync(string place)
    {
        var division = http.Scene.Divisions[place];
        async Task<string> AskAsync(string sql) => $"{await http.Scene.House.AskAsync<object>(sql, new { place, division })}";
        return new()
        {
            ["DivisionId"] = $"{division}",
            ["ParentId"] = $"{division}",
            ["PersonId"] = await AskAsync("select id from organisation.person where family_name = 'mk-people-' || @place"),
            ["BodyId"] = await AskAsync("select id from organisation.body where slug = 'mk-body-' || @place"),
            ["OfficeId"] = await AskAsync("select min(id) from organisation.office where division_id = @division"),
            ["HoldingId"] = await AskAsync("select coalesce(min(h.id), 0) from organisation.office_holding h join organisation.office o on o.id = h.office_id where o.division_id = @division"),
            ["MeetingId"] = await AskAsync("select id from meetings.meeting where slug = 'mk-meeting-' || @place"),
            ["ResolutionId"] = await AskAsync("select id from meetings.resolution where slug = 'mk-resolution-' || @place"),
            ["DocumentId"] = await AskAsync("select id from meetings.document where sha256 = @place"),
            ["GoalId"] = await AskAsync("select id from situation.goal where slug = 'mk-goal-' || @place"),
            ["Goal"] = "mk-goal-" + place,
            ["Slug"] = "mk-meeting-" + place,
            ["AccountId"] = await AskAsync("select id from identity.account where user_name = 'mk-accounts-' || @place"),
            ["Message"] = await AskAsync("select id from portal.message where division_id = @division limit 1"),
            ["Municipality"] = "14522230",
            ["AreaKey"] = "14522",
            ["Areas"] = "14522230",
            ["Email"] = "probe@example.org",
        };
    }

    private readonly Dictionary<string, string?> urls = [];

    private async Task<string?> UrlAsync(string pattern, string place)
    {
        if (!pattern.Contains('{')) return pattern;
        if (urls.TryGetValue(pattern + place, out var known)) return known;
        var opens = HttpMatrixTests.Parameters.Where(p => pattern.StartsWith(p.Prefix, StringComparison.Ordinal)).MaxBy(p => p.Prefix.Length);
        opens.ShouldNotBeNull($"{pattern}: say in HttpMatrixTests.Parameters what this address opens");
        var value = opens.Sql is null ? null : await http.Scene.House.AskAsync<object>(opens.Sql, new { place, division = http.Scene.Divisions[place] });
        return urls[pattern + place] = value is null or DBNull ? null : Parameter().Replace(pattern, $"{value}", 1);
    }

    /// <summary>A digest of the rows of some places, table by table: every table with a division, and accounts by their persons.</summary>
    private async Task<Dictionary<string, string>> RowsAsync(params string[] places)
    {
        await using var owner = new NpgsqlConnection(http.Scene.House.Connections.Owner);
        await owner.OpenAsync();
        var tables = new List<string>();
        await using (var list = new NpgsqlCommand("""
            select format('%I.%I', c.table_schema, c.table_name) from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
            where t.table_type = 'BASE TABLE' and c.column_name = 'division_id' and c.table_schema <> 'audit' order by 1
            """, owner))
        await using (var reader = await list.ExecuteReaderAsync())
            while (await reader.ReadAsync()) tables.Add(reader.GetString(0));
        await using var digest = new NpgsqlCommand(string.Join(" union all ", tables.Select(t => $"select '{t}', count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from {t} t where t.division_id = any ($1)"))
            + " union all select 'identity.account', coalesce(md5(string_agg(a.id || ' ' || coalesce(a.lockout_end::text, '') || a.second_factor_required || coalesce(a.security_stamp, ''), '|' order by a.id)), '') from identity.account a join organisation.person p on p.id = a.person_id where p.division_id = any ($1)"
            + " union all select 'organisation.office_holding', coalesce(md5(string_agg(h::text, '|' order by h.id)), '') from organisation.office_holding h join organisation.office o on o.id = h.office_id where o.division_id = any ($1)"
            + " union all select 'organisation.division', coalesce(md5(string_agg(d::text, '|' order by d.id)), '') from organisation.division d where d.id = any ($1)", owner)
        { Parameters = { new() { Value = places.Select(p => http.Scene.Divisions[p]).ToArray() } } };
        await using var rows = await digest.ExecuteReaderAsync();
        var all = new Dictionary<string, string>();
        while (await rows.ReadAsync()) all[rows.GetString(0) + (all.ContainsKey(rows.GetString(0)) ? " more" : "")] = rows.GetString(1);
        return all;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex(@"\{[A-Za-z]+(:int|:guid)?\}")]
    private static partial Regex Parameter();
}
