using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace Anlauf.Tests.Access;

/// <summary>
/// Every role of the rights data × every address of the route table × own, parent, child and sibling division, through the real door:
/// list, detail, guessed address, search, sorting, filter, export, title and headers. A new address with a parameter fails here until
/// it is told what it opens.
/// </summary>
public sealed partial class HttpMatrixTests(HttpScene http, ITestOutputHelper output) : IClassFixture<HttpScene>
{
    /// <summary>What the parameter of an address names: SQL that gives its value for a place; null where everybody inside may know it.</summary>
    internal sealed record Opens(string Prefix, string? Mark, string? Sql);

    // the longest prefix counts
    internal static readonly Opens[] Parameters =
    [
        new("/sitzungen/beschluesse/{", "resolutions", "select slug from meetings.resolution where slug = 'mk-resolution-' || @place"),
        new("/sitzungen/auftraege/{", "resolutions", "select id from meetings.task where text = 'mk-resolutions-' || @place"),
        new("/sitzungen/eingang/{", "intake", "select id from meetings.document where sha256 = @place"),
        new("/sitzungen/{", "resolutions", "select slug from meetings.meeting where slug = 'mk-meeting-' || @place"),
        new("/praesenz/anlaufstellen/{", "presence", "select slug from presence.contact_point where slug = 'mk-point-' || @place"),
        new("/lage/ziele/{", "goals", "select slug from situation.goal where slug = 'mk-goal-' || @place"),
        new("/lage/auftraege/{", "goals", "select a.id from situation.assignment a where note = 'mk-goals-' || @place"),
        new("/verwaltung/personen/{", "people", "select id from organisation.person where family_name = 'mk-people-' || @place"),
        new("/verwaltung/konten/{", "accounts", "select id from identity.account where user_name = 'mk-accounts-' || @place"),
        new("/verwaltung/datenschutz/anfragen/{", "privacy", "select r.id from privacy.request r join organisation.person p on p.id = r.person_id where p.family_name = 'mk-people-' || @place"),
        new("/verwaltung/datenschutz/vorfaelle/{", "privacy", "select id from privacy.breach where title = 'mk-privacy-' || @place"),
        new("/menschen/ansprechpersonen/{", "people", "select c.id from welcome.contact c join organisation.person p on p.id = c.person_id where p.family_name = 'mk-people-' || @place"),
        new("/menschen/anrufe/notiz/{", null, null), new("/menschen/ankommen/zuweisen/{", null, null),
        new("/menschen/datenpflege/{", "people", "select id from organisation.person where family_name = 'mk-people-' || @place"),
        new("/menschen/anrufe/{", "people", "select a.id from welcome.arrival a join organisation.person p on p.id = a.person_id where p.family_name = 'mk-people-' || @place"),
        new("/menschen/{", "people", "select id from organisation.person where family_name = 'mk-people-' || @place"),
        new("/menschen/mitgliedschaften/{", "people", "select m.id from members.party_membership m join organisation.person p on p.id = m.person_id where p.family_name = 'mk-people-' || @place"),
        new("/menschen/doppelungen/{", "people", "select id from organisation.person where family_name = 'mk-people-' || @place"),
        new("/menschen/einlesen/{", "memberfiles", "select id from members.people_import where file_name = 'mk-people-' || @place"),
        new("/menschen/zuschriften/{", "inbox", "select id from portal.message where division_id = @division and content = convert_to('mk-inbox-' || @place, 'UTF8')"),
        new("/menschen/umfragen/{", "surveys", "select id from surveys.survey where title = 'mk-surveys-' || @place"),
        new("/menschen/mitmachen/{", "offers", "select id from offers.offer where details = 'mk-offers-' || @place"),
        new("/projekte/{", "projects", "select id from projects.project where title = 'mk-projects-' || @place"),
        // the structure, areas and comparison figures are known to everybody inside
        new("/verwaltung/gliederungen/{", null, "select slug from organisation.division where id = @division"),
        new("/verwaltung/aemter/{", null, "select min(id) from organisation.office where division_id = @division"),
        new("/verwaltung/amtszeit/{", null, "select min(h.id) from organisation.office_holding h join organisation.office o on o.id = h.office_id where o.division_id = @division"),
        new("/verwaltung/rechte/uebergaben/{", null, null),
        new("/lage/vergleichszahlen/{", null, "select id from situation.baseline_figure where division_id = @division"),
        new("/lage/kreise/{", null, "select '14522'"),
        new("/lage/gemeinden/{", null, "select '14522230'"),
        new("/fehler/{", null, "select 404"), new("/einladung/{", null, null), new("/farben/{", null, null), new("/lib/{", null, null), new("/umfrage/{", null, null), new("/ich/{", null, null),
    ];

    // which rights open a mark; the words of the role table, not taken from the pages
    private static readonly Dictionary<string, (string Feature, string DataClass)[]> Opening = new()
    {
        ["resolutions"] = [("resolutions", "P1"), ("meetings", "P1")],
        ["intake"] = [("intake", "P1")],
        ["presence"] = [("presence", "P1")],
        ["goals"] = [("goals", "P1"), ("situation", "P1")],
        ["people"] = [("people", "P2"), ("welcome", "P2"), ("audit", "P8"), ("privacy", "P8"), ("organisation:administer", "P1")],
        // only those who keep memberships open a file of members
        ["memberfiles"] = [("membership:edit", "P2")],
        ["accounts"] = [("organisation:administer", "P1"), ("privacy", "P8")],
        ["privacy"] = [("privacy", "P8")],
        ["recruiting"] = [("recruiting", "P1")],
        ["inbox"] = [("inbox", "P2")],
        ["surveys"] = [("surveys", "P1")],
        ["projects"] = [("projects", "P1")],
        // an offer and its task
        ["offers"] = [("offers", "P1"), ("resolutions", "P1")],
    };

    // whoever welcomes somebody is told what is open to members there, whatever other office they have (H6)
    private static bool IsTold(string address, string mark) => address.StartsWith("/menschen/anrufe/", StringComparison.Ordinal) && mark is ("presence" or "offers");

    // searching, sorting and filtering as a curious visitor would
    private static readonly string[] Curious = ["", "?q=mk-&name=mk-&wer=mk-&zustaendig=mk-&stand=alle&erledigt=true", "?sort=-titel&seite=2", "?q=sibling&name=mk-people-sibling&wer=mk-resolutions-sibling&kreis=14521"];

    private static bool May(HttpScene.Officer officer, string mark, string place) => Opening[mark].Any(o => officer.Rights.Any(r =>
        (r.Feature == o.Feature || $"{r.Feature}:{r.Action}" == o.Feature) && r.DataClass == o.DataClass
        && r.Reach switch { "own" => place == "own", "subtree" => place is "own" or "child", _ => place is "own" or "parent" }));

    private sealed record Address(HttpScene.Route Route, string Url, Opens? Opens, string? Place, string Value, string? Missing, string Nothing = "");

    private async Task<List<Address>> AddressesAsync()
    {
        var addresses = new List<Address>();
        foreach (var route in http.Routes)
        {
            if (!route.Pattern.Contains('{'))
            {
                addresses.AddRange((route.Policy is null ? Curious.Take(1) : Curious).Select(c => new Address(route, route.Pattern + c + (c.Length == 0 ? "?" : "&") + "grund=duty", null, null, "", null)));
                continue;
            }
            var opens = Parameters.Where(p => route.Pattern.StartsWith(p.Prefix, StringComparison.Ordinal)).MaxBy(p => p.Prefix.Length);
            opens.ShouldNotBeNull($"{route.Pattern}: say in Parameters what this address opens");
            foreach (var (place, division) in http.Scene.Divisions)
            {
                var value = opens.Sql is null ? null : await http.Scene.House.AskAsync<object>(opens.Sql, new { place, division });
                if (value is null or DBNull) continue;
                // a second parameter names a part of the first
                string With(string v) => Parameter().Replace(Parameter().Replace(Format().Replace(route.Pattern, "pdf"), v, 1), "1") + "?grund=duty";
                var nothing = value switch { int => "987654", Guid => "7b0c5f0e-1111-4222-8333-944444444444", _ => "mk-nirgends" };
                addresses.Add(new(route, With($"{value}"), opens, place, $"{value}", opens.Mark is null ? null : With(nothing), nothing));
            }
        }
        return addresses;
    }

    [Fact]
    public async Task No_address_shows_anybody_what_their_office_does_not_reach()
    {
        var addresses = await AddressesAsync();
        var places = Scene.Places.Keys.ToList();
        var (wrong, seen, combinations, opened) = (new List<string>(), new HashSet<string>(), 0, 0);
        var cpu = System.Diagnostics.Process.GetCurrentProcess().TotalProcessorTime;
        foreach (var officer in http.Officers)
            foreach (var address in addresses)
            {
                var answer = await HttpScene.OpenAsync(officer.Visitor, address.Url);
                opened++;
                combinations++;
                if (address.Route.Policy is { } policy && policy.Contains(':') && answer.NoAccess == officer.Rights.Any(r => $"{r.Feature}:{r.Action}" == policy))
                    wrong.Add($"{officer.Role} {(answer.NoAccess ? "is kept from" : "is let to")} {address.Url}");
                if (answer.Status >= 500) wrong.Add($"{officer.Role} {address.Url}: {answer.Status}");
                var text = answer.Without(address.Value.StartsWith("mk-", StringComparison.Ordinal) ? address.Value : "");
                var curious = address.Url.Contains("mk-people-sibling", StringComparison.Ordinal);
                foreach (var mark in Opening.Keys)
                    foreach (var place in places)
                    {
                        combinations++;
                        if (!text.Contains($"mk-{mark}-{place}", StringComparison.Ordinal)) continue;
                        if (IsTold(address.Url, mark)) continue;
                        if (May(officer, mark, place)) seen.Add($"{officer.Role} {mark} {place}");
                        // what was typed into the search stands in the search again
                        else if (!curious || place != "sibling") wrong.Add($"{officer.Role} sees {mark} of {place} at {address.Url}");
                    }
                // a thing that is hidden answers like one that does not exist
                if (address is { Opens.Mark: { } hidden, Missing: { } missing, Place: { } at } && !May(officer, hidden, at))
                {
                    var nothing = await HttpScene.OpenAsync(officer.Visitor, missing);
                    opened++;
                    combinations++;
                    var (one, other) = (answer.Without(address.Value), nothing.Without(address.Nothing));
                    if (one != other) wrong.Add($"{officer.Role} can tell {address.Url} from {missing}: {Difference(one, other)}");
                }
            }
        var spent = System.Diagnostics.Process.GetCurrentProcess().TotalProcessorTime - cpu;
        output.WriteLine($"{http.Officers.Count} roles, {addresses.Count} addresses of {http.Routes.Count} routes, {opened} requests, {combinations} combinations, {spent.TotalSeconds:0.0} s CPU");
        foreach (var w in wrong) output.WriteLine(w);
        wrong.Take(40).ShouldBeEmpty($"{wrong.Count} of {combinations}");
        // and it is not blind: what an office is for is found
        foreach (var officer in http.Officers.Where(o => o.Rights.Any(r => r is { Feature: "resolutions", Action: "read" })))
            foreach (var place in places.Where(p => May(officer, "resolutions", p)))
                seen.ShouldContain($"{officer.Role} resolutions {place}");
        seen.ShouldContain("state-manager people child");
        seen.ShouldContain("state-manager accounts child");
        seen.ShouldContain("district-chair people child");
        seen.ShouldContain("data-protection-officer privacy child");
        combinations.ShouldBeGreaterThan(20_000);
    }

    [Fact]
    public async Task What_happens_in_a_division_that_one_does_not_see_changes_no_answer_by_a_letter()
    {
        var addresses = (await AddressesAsync()).Where(a => a.Place is null or "own" && a.Route.Policy is not null && !a.Url.Contains("?sort=", StringComparison.Ordinal)).ToList();
        async Task<Dictionary<string, string>> AnswersAsync()
        {
            var answers = new Dictionary<string, string>();
            foreach (var officer in http.Officers.Where(o => o.Role != "data-protection-officer"))
            {
                // a proof is fresh for five minutes, and so many answers take longer on a busy machine
                (await officer.Visitor.SendAsync("/konto/bestaetigen?weiter=%2Fkonto", "prove", ("password", OpenHouse.Password))).Dispose();
                foreach (var address in addresses) answers[$"{officer.Role} {address.Url}"] = (await HttpScene.OpenAsync(officer.Visitor, address.Url)).Without("");
            }
            return answers;
        }
        await AnswersAsync(); // what a first visit leaves behind is there before
        var before = await AnswersAsync();
        await http.Scene.MoreInTheSiblingAsync();
        var after = await AnswersAsync();
        var changed = before.Where(b => after[b.Key] != b.Value).Select(b => $"{b.Key}: {Difference(b.Value, after[b.Key])}").ToList();
        output.WriteLine($"{before.Count} answers compared");
        changed.Take(20).ShouldBeEmpty($"{changed.Count} of {before.Count}");
    }

    private static string Difference(string a, string b)
    {
        var at = a.Zip(b).TakeWhile(p => p.First == p.Second).Count();
        return $"„{a[Math.Max(0, at - 60)..Math.Min(a.Length, at + 60)]}“ → „{b[Math.Max(0, at - 60)..Math.Min(b.Length, at + 60)]}“".ReplaceLineEndings(" ");
    }

    [GeneratedRegex(@"\{[A-Za-z]+(:int|:guid)?\}")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\{format:regex\([^)]*\)\)\}|\{format:[^}]*\}")]
    private static partial Regex Format();
}
