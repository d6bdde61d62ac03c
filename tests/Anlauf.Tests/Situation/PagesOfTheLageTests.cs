using System.Net;
using Anlauf.Platform;
using Anlauf.Rooms.Presence;
using Anlauf.Rooms.Situation;

namespace Anlauf.Tests.Situation;

/// <summary>The pages of the Lage, search and Heute, read as a volunteer reads them: by HTTP, without JavaScript.</summary>
public sealed partial class PagesOfTheLageTests(OpenHouse door) : IClassFixture<OpenHouse>, IAsyncLifetime
{
    private const string Lists = "/lage/weisse-flecken?ziel=ein-ort-je-gemeinde";
    private static readonly SemaphoreSlim Once = new(1);
    private static bool ready;
    private AssociationDatabase House => door.House;

    public async Task InitializeAsync()
    {
        await Once.WaitAsync();
        try
        {
            if (ready) return;
            await door.AccountAsync("land", House.StateManager);
            await door.AccountAsync("kreis", House.DistrictChair);
            await door.AccountAsync("ort", House.LocalChair);
            await door.AccountAsync("mitglied", House.LocalMember);
            await House.UseAsync<IndicatorRefresh, int>(null, async r => { await r.RunAsync(); return 0; });
            var saxony = await House.DivisionAsync("sachsen");
            (await House.UseAsync<SaveGoal, Outcome<string>>(House.StateManager, s => s.HandleAsync(new() { DivisionId = saxony, Title = "Ein Ort je Gemeinde", IndicatorId = "presence.contact-points-local", Target = 1, AreaKey = "14", Due = new(2030, 1, 1) }))).Refusal.ShouldBeNull();
            await House.TellAsync("update situation.goal set started_on = current_date - 100 where slug = 'ein-ort-je-gemeinde'");
            var district = await House.DivisionAsync("kreis-14522");
            (await House.UseAsync<SaveContactPoint, Outcome<string>>(House.DistrictChair, s => s.HandleAsync(new() { DivisionId = district, KindId = "party-office", Name = "Laden am Obermarkt", Municipality = "14522180", OpenedOn = new(2025, 1, 1) }))).Refusal.ShouldBeNull();
            await House.ResolveAsync("sachsen", "2026-004", "Anlaufstellen in der Fläche");
            await House.TellAsync("update meetings.resolution set slug = '2026-004' where number = '2026-004'");
            await House.TellAsync("insert into meetings.paper (division_id, reference, reference_key, kind, term, number, title) values (@saxony, 'DS 6 – 031', 'DS 6 – 031', 'DS', 6, 31, 'Anlaufstellen in der Fläche')", new { saxony });
            ready = true;
        }
        finally { Once.Release(); }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [System.Text.RegularExpressions.GeneratedRegex("<[^>]*>")]
    private static partial System.Text.RegularExpressions.Regex Markup();

    private async Task<string> ReadAsync(string name, string path)
    {
        using var visitor = await door.SignInAsync(name);
        return await visitor.ReadAsync(path);
    }

    [Theory]
    [InlineData("Kreis Mittelsachsen", "/lage/kreise/14522-mittelsachsen")]
    [InlineData("Leipzig", "/lage/kreise/14713-leipzig-stadt")]
    [InlineData("Leipzig", "/lage/kreise/14729-landkreis-leipzig")]
    [InlineData("6-031", "/sitzungen/drucksachen?q=DS%206%20%E2%80%93%20031")]
    [InlineData("Obermarkt Freiberg", "/praesenz/anlaufstellen/freiberg-laden-am-obermarkt")]
    [InlineData("Wilma", "/verwaltung/personen/")]
    [InlineData("Hainchen", "/lage/gemeinden/14522230-hainichen")]
    public async Task The_search_finds_districts_papers_contact_points_and_persons(string asked, string leadsTo)
    {
        (await ReadAsync("land", "/suche?q=" + Uri.EscapeDataString(asked))).ShouldContain($"href=\"{leadsTo}");
        using var visitor = await door.SignInAsync("land");
        (await (await visitor.SendToAsync("/konto", "/suche.json", null, ("q", asked))).Content.ReadAsStringAsync()).ShouldContain(leadsTo);
    }

    [Fact]
    public async Task Whoever_may_not_open_the_list_of_persons_does_not_find_them_either()
    {
        using var member = await door.SignInAsync("mitglied");
        (await member.OpenAsync("/verwaltung/personen")).StatusCode.ShouldNotBe(HttpStatusCode.OK);
        var page = await member.ReadAsync("/suche?q=Wilma");
        page.ShouldContain("für „Wilma“");
        page.ShouldNotContain("/verwaltung/personen/");
    }

    [Theory]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("H%n")]
    [InlineData("Xyzzyx")]
    public async Task Signs_mean_themselves_and_who_finds_nothing_is_told_how_to_go_on(string asked)
    {
        var page = await ReadAsync("land", "/suche?q=" + Uri.EscapeDataString(asked));
        page.ShouldContain($"Kein Treffer für „{asked}“.");
        page.ShouldContain("So kommen Sie weiter");
    }

    [Fact]
    public async Task A_transposed_number_of_a_resolution_is_guessed_for_those_who_may_read_it()
    {
        (await ReadAsync("land", "/sitzungen/beschluesse/2026-040")).ShouldContain("<a href=\"/sitzungen/beschluesse/2026-004\">2026-004: Anlaufstellen in der Fläche</a>");
        using var stranger = door.Visit();
        (await stranger.ReadAsync("/sitzungen/beschluesse/2026-040")).ShouldNotContain("2026-004");
    }

    [Fact]
    public async Task Sentence_and_tabs_of_the_white_spots_obey_the_district()
    {
        var page = await ReadAsync("land", Lists + "&kreis=14626");
        string.Join(' ', Markup().Replace(page, " ").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ShouldContain("Um 53 Gemeinden in Görlitz kümmert sich niemand.");
        page.ShouldContain("niemand 53");
        page.ShouldContain("alle 53");
        (await ReadAsync("land", Lists)).ShouldNotContain("niemand 53");
    }

    [Fact]
    public async Task After_assigning_from_a_filtered_list_the_filter_is_still_there()
    {
        using var visitor = await door.SignInAsync("land");
        var list = "ziel=ein-ort-je-gemeinde&kreis=14628&stand=fehlt&sort=name";
        var page = $"/lage/auftraege/neu?ziel=ein-ort-je-gemeinde&flecken=14628270&liste={Uri.EscapeDataString(list)}";
        (await visitor.ReadAsync("/lage/weisse-flecken?" + list)).ShouldContain($"liste={Uri.EscapeDataString(list)}");
        var state = await House.DivisionAsync("sachsen");
        Visitor.Where(await visitor.SendAsync(page, "assign", ("Input.DivisionId", $"{state}"), ("Input.Due", DateTime.Today.AddDays(40).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)))).ShouldBe("/lage/weisse-flecken?" + list);
        (await visitor.ReadAsync("/lage/weisse-flecken?" + list)).ShouldContain("in Arbeit 1");
    }

    [Fact]
    public async Task A_list_to_be_printed_shows_every_row()
    {
        static int Rows(string page) => page.Split("auswählen\"").Length - 1;
        Rows(await ReadAsync("land", Lists)).ShouldBe(25);
        Rows(await ReadAsync("land", Lists + "&alle=1")).ShouldBeInRange(410, 418);
    }

    [Fact]
    public async Task A_place_is_moved_up_only_with_a_reason()
    {
        using var visitor = await door.SignInAsync("land");
        const string page = "/lage/weisse-flecken/vorziehen?ziel=ein-ort-je-gemeinde&gebiet=14523320";
        var refused = await visitor.SendAsync(page, "put-first", ("Input.Reason", ""));
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync()).ShouldSatisfyAllConditions(t => t.ShouldContain("warum dieses Gebiet zuerst kommt"), t => t.ShouldContain("<title>Fehler: "));
        (await visitor.SendAsync(page, "put-first", ("Input.Reason", "Der Laden steht leer."))).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await visitor.ReadAsync(page)).ShouldContain("Leer gelassen gilt wieder die Formel");
    }

    [Fact]
    public async Task City_and_district_of_one_name_are_told_apart_in_list_filter_and_map()
    {
        var page = await ReadAsync("land", "/lage?ziel=ein-ort-je-gemeinde");
        page.ShouldContain(">Leipzig (Stadt)</option>");
        page.ShouldContain(">Landkreis Leipzig</option>");
        page.ShouldContain("href=\"/lage/kreise/14729-landkreis-leipzig\"");
        page.ShouldContain("href=\"/lage/kreise/14522-mittelsachsen\"");
        (await ReadAsync("land", "/lage/kreise/14729-landkreis-leipzig")).ShouldContain("Landkreis Leipzig: In ");
    }

    [Fact]
    public async Task Heute_the_badge_and_the_Lage_count_the_same_tasks_and_white_spots_of_a_goal_stand_together()
    {
        var goal = await House.AskAsync<int>("select id from situation.goal where slug = 'ein-ort-je-gemeinde'");
        var branch = await House.DivisionAsync("ort-14522230");
        foreach (var area in new[] { "14522230", "14522120", "14522140" })
            await House.TellAsync("insert into situation.assignment (goal_id, area_key, division_id, due) values (@goal, @area, @branch, current_date + 9)", new { goal, area, branch });
        var page = await ReadAsync("ort", "/heute");
        page.ShouldContain("3 Aufgaben warten auf Sie.");
        page.ShouldContain("3 weiße Flecken</b></a> zum Ziel „Ein Ort je Gemeinde“");
        page.ShouldContain(">Hainichen</a>");
        page.ShouldContain($"bis {DateTime.Today.AddDays(9):d.M.yyyy}");
        page.ShouldNotContain("Weißer Fleck: ");
        (await House.UseAsync<TodayTasks, int>(House.LocalChair, t => t.CountAsync())).ShouldBe(3);
        (await ReadAsync("ort", "/lage")).ShouldContain("<a href=\"/heute\">3 Aufgaben</a>");
    }

    [Fact]
    public async Task The_district_page_says_that_it_lists_only_what_one_sees()
    {
        var sibling = await House.AskAsync<int>("select id from organisation.division where slug like 'ort-14522%' and slug <> 'ort-14522230' order by id limit 1");
        (await House.UseAsync<SaveContactPoint, Outcome<string>>(null, s => s.HandleAsync(new() { DivisionId = sibling, KindId = "party-office", Name = "Raum des Nachbarn", Municipality = "14522080", OpenedOn = new(2025, 1, 1) }))).Refusal.ShouldBeNull();
        var page = await ReadAsync("ort", "/lage/kreise/14522-mittelsachsen");
        page.ShouldContain("Laden am Obermarkt");
        page.ShouldNotContain("Raum des Nachbarn");
        page.ShouldContain("Hier stehen die Anlaufstellen Ihres Bereichs. Im Ziel zählen auch die der anderen Gliederungen im Kreis mit.");
        using var visitor = await door.SignInAsync("ort");
        (await visitor.OpenAsync("/praesenz/anlaufstellen/freiberg-laden-am-obermarkt")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_map_as_a_file_says_its_goal_and_its_day()
    {
        var map = await ReadAsync("land", "/lage/karte.svg?ziel=ein-ort-je-gemeinde");
        map.ShouldContain("Ziel: Ein Ort je Gemeinde");
        map.ShouldContain("Stand: " + DateTime.Today.ToString("d. MMMM yyyy", System.Globalization.CultureInfo.GetCultureInfo("de-DE")));
    }

    [Fact]
    public async Task The_notice_names_every_cookie_and_what_stays_in_the_browser()
    {
        using var visitor = door.Visit();
        var page = await visitor.ReadAsync("/datenschutz");
        foreach (var kept in new[] { "Anmeldung", "untergeschobene Formulare", "Bestätigung nach dem Speichern", "helle oder dunkle Farben", "localStorage" }) page.ShouldContain(kept);
    }
}
