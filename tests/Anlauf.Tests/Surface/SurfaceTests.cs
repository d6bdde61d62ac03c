using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Anlauf.Platform;
using Anlauf.Platform.Documents;
using Anlauf.Platform.Hosting;
using Anlauf.Platform.Web;
using Anlauf.Rooms;
using Anlauf.Rooms.Meetings.Review;
using Anlauf.Rooms.Operation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Anlauf.Tests.Surface;

/// <summary>The attacks that every web site meets, one test each, from outside. The table in docs/security.md names them all.</summary>
public sealed class SurfaceTests(OpenHouse door) : IClassFixture<OpenHouse>
{
    private AssociationDatabase House => door.House;
    private static int number;

    private async Task<string> AccountAsync(int? person = null)
    {
        // an officer of the association has one account for all tests
        var name = "flaeche" + (person ?? -Interlocked.Increment(ref number));
        if (person is not null && await House.AskAsync<bool>("select exists (select from identity.account where user_name = @name)", new { name })) return name;
        await door.AccountAsync(name, person ?? await House.AskAsync<int>("insert into organisation.person (division_id, given_name, family_name) select id, 'Frida', @name from organisation.division where slug = 'kreis-14522' returning id", new { name }));
        return name;
    }

    [Fact]
    public async Task Session_fixation_a_session_that_was_planted_ends_with_the_sign_in_of_the_victim()
    {
        var (attacker, victim) = (await AccountAsync(), await AccountAsync());
        using var browser = await door.SignInAsync(attacker);
        var planted = browser.Cookies;
        Visitor.Where(await browser.SendAsync("/anmelden", "sign-in", ("name", victim), ("password", OpenHouse.Password), ("code", ""))).ShouldEndWith("/");
        browser.Cookies.ShouldNotBe(planted);
        (await browser.ReadAsync("/konto")).ShouldContain(victim);
        using var copy = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = door.Address };
        copy.DefaultRequestHeaders.Add("Cookie", planted);
        (await copy.GetAsync("/konto")).StatusCode.ShouldBe(HttpStatusCode.Found, "the planted session is over");
    }

    [Fact]
    public async Task Csrf_no_route_takes_a_form_without_its_token()
    {
        using var visitor = await door.SignInAsync(await AccountAsync(House.StateManager));
        var routes = door.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Where(r => r.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("POST") != false)
            .Select(r => "/" + System.Text.RegularExpressions.Regex.Replace(r.RoutePattern.RawText!.TrimStart('/'), @"\{[^}]*\}", "1")).Where(r => !r.Contains('*', StringComparison.Ordinal)).Distinct().ToList();
        routes.Count.ShouldBeGreaterThan(60);
        var taken = new List<string>();
        foreach (var route in routes)
        {
            using var answer = await visitor.PostAsync(route, [new("_handler", "x"), new("Input.Name", "Fremd")]);
            var refused = (int)answer.StatusCode is 400 or 403 or 404 or 405 || Visitor.Where(answer) is var to && (to.StartsWith("/kein-zugriff", StringComparison.Ordinal) || to.StartsWith("/grund", StringComparison.Ordinal) || to.StartsWith("/konto/bestaetigen", StringComparison.Ordinal));
            if (!refused && !route.StartsWith("/fehler", StringComparison.Ordinal)) taken.Add($"{route} → {Visitor.Where(answer)}");
        }
        taken.ShouldBeEmpty();
        (await visitor.WhereAsync("/konto")).ShouldBe("200");
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example/x")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/\tx")]
    [InlineData("/\r\nX: 1")]
    public async Task Open_redirect_every_way_back_stays_on_this_site(string elsewhere)
    {
        var name = await AccountAsync();
        using var visitor = door.Visit();
        var to = Uri.EscapeDataString(elsewhere);
        Visitor.Where(await visitor.SendAsync("/anmelden?weiter=" + to, "sign-in", ("name", name), ("password", OpenHouse.Password), ("code", ""))).ShouldEndWith("/");
        Visitor.Where(await visitor.SendAsync("/konto/bestaetigen?weiter=" + to, "prove", ("password", OpenHouse.Password))).ShouldNotContain("evil");
        foreach (var page in new[] { "/farben/hell?zurueck=" + to, "/grund?weiter=" + to, "/konto/zweiter-faktor?weiter=" + to, "/anmelden/sso?weiter=" + to })
        {
            using var answer = await visitor.OpenAsync(page);
            ((int)answer.StatusCode).ShouldBeLessThan(500, page);
            (answer.Headers.Location?.ToString() ?? "/").ShouldStartWith("/");
            (answer.Headers.Location?.ToString() ?? "").ShouldNotContain("evil");
            (await answer.Content.ReadAsStringAsync()).ShouldNotContain("href=\"" + elsewhere);
            (await answer.Content.ReadAsStringAsync()).ShouldNotContain("action=\"" + elsewhere);
        }
    }

    [Fact]
    public async Task Idor_a_guessed_number_opens_nothing_and_says_nothing()
    {
        var saxony = await House.DivisionAsync("sachsen");
        var document = (await House.UseAsync<UploadDocument, Outcome<UploadDocument.Taken>>(House.MinuteTaker, u => u.HandleAsync(saxony, "geheim.md", Meetings.Minutes.Of(new(2025, 3, 7))))).Value!.DocumentId;
        using var visitor = await door.SignInAsync(await AccountAsync(House.DistrictChair));
        async Task<(string Where, string Text)> OpenAsync(string path)
        {
            using var answer = await visitor.OpenAsync(path);
            return (Visitor.Where(answer).Replace(Uri.EscapeDataString(path), "…", StringComparison.Ordinal), (await answer.Content.ReadAsStringAsync()).Replace(path, "", StringComparison.Ordinal));
        }
        // what exists out of reach answers like what does not exist
        foreach (var (there, not) in new[] { ($"/sitzungen/eingang/{document}", "/sitzungen/eingang/999999"), ($"/verwaltung/personen/{House.MinuteTaker}", "/verwaltung/personen/999999"), ($"/verwaltung/konten/1", "/verwaltung/konten/999999"), ($"/menschen/zuschriften/{Guid.NewGuid()}", $"/menschen/zuschriften/{Guid.NewGuid()}") })
        {
            var (exists, missing) = (await OpenAsync(there), await OpenAsync(not));
            exists.Where.ShouldBe(missing.Where, there);
            exists.Where.ShouldBeOneOf("404", "/kein-zugriff?weiter=…");
            exists.Text.ShouldNotContain("geheim.md");
        }
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080", "evil.example", true)]
    [InlineData("http://127.0.0.1:5080", "localhost:5080", false)]
    [InlineData("https://anlauf.example.org", "anlauf.example.org", false)]
    [InlineData("https://anlauf.example.org", "evil.example", true)]
    public async Task Host_header_a_server_answers_to_its_own_names_only(string urls, string host, bool refused)
    {
        await using var app = await AnlaufHost.BuildAsync(RoomList.All, House.Connections, builder =>
        {
            OpenHouse.Configure(builder);
            SiteCookies.Follow(builder.Configuration, urls);
        });
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        client.DefaultRequestHeaders.Host = host;
        using var answer = await client.GetAsync("/anmelden");
        answer.StatusCode.ShouldBe(refused ? HttpStatusCode.BadRequest : HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("evil.example");
    }

    [Theory]
    [InlineData("http://0.0.0.0:80", null, "*")]
    [InlineData("http://*:80", null, "*")]
    [InlineData("http://*:80", "https://anlauf.example.org", "127.0.0.1;anlauf.example.org;localhost;[::1]")]
    [InlineData("http://127.0.0.1:5080", "https://anlauf.example.org", "127.0.0.1;anlauf.example.org;localhost;[::1]")]
    [InlineData("http://0.0.0.0:80", "kein Name", "*")]
    [InlineData("http://127.0.0.1:5080;https://anlauf.example.org", null, "127.0.0.1;anlauf.example.org;localhost;[::1]")]
    public void The_names_of_a_server_follow_from_its_addresses(string urls, string? site, string names) => AllowedHosts.Of(urls, site).ShouldBe(names);

    [Theory]
    [InlineData("/lib/../../../../../../etc/passwd")]
    [InlineData("/lib/..%2f..%2f..%2f..%2fetc%2fpasswd")]
    [InlineData("/lib/%2e%2e/%2e%2e/appsettings.json")]
    [InlineData("/lib/..%5c..%5cappsettings.json")]
    [InlineData("/lib/anlauf.css%00.png")]
    public async Task Path_traversal_no_address_leaves_the_embedded_files(string path)
    {
        using var raw = new RawClient(door.Address.Port);
        var (status, body) = await raw.SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n"), false, false);
        status.ShouldBeOneOf(400, 404);
        Encoding.UTF8.GetString(body).ShouldNotContain("root:");
    }

    [Fact]
    public async Task Path_traversal_the_name_of_an_upload_is_a_name_and_no_path()
    {
        var saxony = await House.DivisionAsync("sachsen");
        var taken = (await House.UseAsync<UploadDocument, Outcome<UploadDocument.Taken>>(House.MinuteTaker, u => u.HandleAsync(saxony, "../../../tmp/böse.md", Meetings.Minutes.Of(new(2025, 3, 14))))).Value!;
        (await House.AskAsync<string>("select file_name from meetings.document where id = @DocumentId", taken)).ShouldBe("böse.md");
    }

    [Theory]
    [InlineData("=cmd|' /C calc'!A0")]
    [InlineData("+1+1")]
    [InlineData("-1+1")]
    [InlineData("@SUM(1)")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    public void Csv_formula_injection_a_cell_never_begins_a_formula(string value)
    {
        CsvCell.Of(value).ShouldStartWith("\"'");
        CsvCell.Of("a\"b;c").ShouldBe("\"a\"\"b;c\"");
    }

    [Fact]
    public async Task Svg_upload_a_drawing_is_no_document_whatever_it_calls_itself()
    {
        var saxony = await House.DivisionAsync("sachsen");
        var svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"><script>alert(2)</script></svg>"u8.ToArray();
        foreach (var name in new[] { "bild.svg", "bild.pdf", "bild.docx", "bild.md", "bild.txt" })
            (await House.UseAsync<UploadDocument, Outcome<UploadDocument.Taken>>(House.MinuteTaker, u => u.HandleAsync(saxony, name, svg))).Done.ShouldBeFalse(name);
        // within a text it is text, and shown as text
        var taken = (await House.UseAsync<UploadDocument, Outcome<UploadDocument.Taken>>(House.MinuteTaker, u => u.HandleAsync(saxony, "text.md", (byte[])[.. Meetings.Minutes.Of(new(2025, 4, 4)), .. svg]))).Value!;
        using var visitor = await door.SignInAsync(await AccountAsync(House.MinuteTaker));
        using var page = await visitor.OpenAsync($"/sitzungen/eingang/{taken.DocumentId}");
        (await page.Content.ReadAsStringAsync()).ShouldNotContain("<script>alert");
    }

    [Fact]
    public async Task Xml_entity_a_document_that_names_files_of_the_server_is_refused()
    {
        var saxony = await House.DivisionAsync("sachsen");
        const string Xml = "<?xml version=\"1.0\"?><!DOCTYPE w [<!ENTITY geheim SYSTEM \"file:///etc/passwd\">]><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>Niederschrift &geheim;</w:t></w:r></w:p></w:body></w:document>";
        var docx = Anlauf.Intake.Tests.Documents.Packages.Zip(("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>"), ("word/document.xml", Xml));
        (await House.UseAsync<UploadDocument, Outcome<UploadDocument.Taken>>(House.MinuteTaker, u => u.HandleAsync(saxony, "fremd.docx", docx))).Refusal!.Message.ShouldNotContain("root:");
    }

    [Fact]
    public async Task Zip_slip_a_backup_with_paths_in_it_writes_nothing_beside_the_database()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"anlauf-zip-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Path.Combine(folder, "innen"));
        try
        {
            var file = Path.Combine(folder, "innen", "sicherung.zip");
            await using (var zip = new ZipArchive(File.Create(file), ZipArchiveMode.Create))
            {
                await using (var manifest = await zip.CreateEntry("anlauf.json").OpenAsync()) await JsonSerializer.SerializeAsync(manifest, new { Version = 1, Migrations = Array.Empty<string>(), Tables = new[] { "../../boese.txt" } });
                foreach (var entry in new[] { "../boese.txt", "/tmp/anlauf-boese.txt", "..\\boese.txt" })
                    await using (var bad = await zip.CreateEntry(entry).OpenAsync()) await bad.WriteAsync("böse"u8.ToArray());
            }
            (await Backup.ReadAsync(House.Connections.Owner, file)).Done.ShouldBeFalse();
            Directory.GetFiles(folder, "*", SearchOption.AllDirectories).ShouldBe([file]);
            File.Exists("/tmp/anlauf-boese.txt").ShouldBeFalse();
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    [Fact]
    public async Task Cookies_belong_to_this_host_and_to_https_where_it_is_on()
    {
        var name = await AccountAsync();
        await using var app = await AnlaufHost.BuildAsync(RoomList.All, House.Connections, builder =>
        {
            OpenHouse.Configure(builder);
            SiteCookies.Follow(builder.Configuration, "https://localhost:5081");
        });
        await app.StartAsync();
        using var client = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Urls.Single().Replace("127.0.0.1", "localhost", StringComparison.Ordinal)) };
        using var page = await client.GetAsync("/anmelden");
        var form = page.Headers.GetValues("Set-Cookie").Single();
        var token = System.Text.RegularExpressions.Regex.Match(await page.Content.ReadAsStringAsync(), "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value;
        using var send = new HttpRequestMessage(HttpMethod.Post, "/anmelden") { Content = new FormUrlEncodedContent([new("_handler", "sign-in"), new("name", name), new("password", OpenHouse.Password), new("code", ""), new("__RequestVerificationToken", token)]) };
        send.Headers.Add("Cookie", form.Split(';')[0]);
        using var inside = await client.SendAsync(send);
        var all = inside.Headers.GetValues("Set-Cookie").Append(form).Append((await client.GetAsync("/farben/hell")).Headers.GetValues("Set-Cookie").Single()).ToList();
        all.Count.ShouldBeGreaterThanOrEqualTo(3);
        foreach (var cookie in all)
        {
            cookie.ShouldStartWith("__Host-");
            foreach (var part in new[] { "; secure", "; path=/", "; httponly", "; samesite=" }) cookie.ShouldContain(part, Case.Insensitive);
            cookie.ShouldNotContain("domain=", Case.Insensitive);
        }
    }

    [Fact]
    public async Task What_somebody_signed_in_sees_stays_in_no_cache_and_leaving_clears_the_device()
    {
        using var visitor = await door.SignInAsync(await AccountAsync(House.StateManager));
        foreach (var page in new[] { "/heute", "/verwaltung/personen", "/sitzungen/beschluesse", "/gibtsnicht" })
            (await visitor.OpenAsync(page)).Headers.CacheControl!.NoStore.ShouldBeTrue(page);
        using var left = await visitor.SendToAsync("/konto", "/abmelden", null);
        left.Headers.GetValues("Clear-Site-Data").Single().ShouldContain("storage");
    }

    [Fact]
    public async Task Strangers_send_little_and_nobody_asks_without_end()
    {
        await using var app = await AnlaufHost.BuildAsync(RoomList.All, House.Connections, builder =>
        {
            OpenHouse.Configure(builder);
            builder.Services.AddSingleton<IStartupFilter>(new FromElsewhere());
        });
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        using var large = await client.PostAsync("/anmelden", new StringContent(new string('a', AnlaufWeb.MostFromStrangers + 1), Encoding.ASCII, "application/x-www-form-urlencoded"));
        ((int)large.StatusCode).ShouldBeOneOf(400, 413);
        using var enormous = await client.PostAsync("/anmelden", new ByteArrayContent(new byte[200_000]) { Headers = { ContentType = new("multipart/form-data") { Parameters = { new("boundary", "x") } } } });
        ((int)enormous.StatusCode).ShouldBeOneOf(400, 413);
        var answers = await Task.WhenAll(Enumerable.Range(0, AnlaufWeb.MostPerMinute + 50).Select(async _ => (await client.GetAsync("/health/live")).StatusCode));
        answers.Count(a => a == HttpStatusCode.TooManyRequests).ShouldBeInRange(40, 60);
    }

    private sealed class FromElsewhere : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, onwards) =>
            {
                http.Connection.RemoteIpAddress = IPAddress.Parse("192.0.2.77");
                return onwards(http);
            });
            next(app);
        };
    }

    [Fact]
    public async Task Logs_and_error_pages_name_nobody()
    {
        var logs = new KeptLogs();
        await using var app = await AnlaufHost.BuildAsync(RoomList.All, House.Connections, builder =>
        {
            OpenHouse.Configure(builder);
            builder.Logging.AddProvider(logs);
        });
        await app.StartAsync();
        var name = await AccountAsync(House.StateManager);
        using var visitor = new Visitor(new Uri(app.Urls.Single()));
        (await visitor.SendAsync("/anmelden", "sign-in", ("name", name), ("password", "falschesgeheimnis"), ("code", "123456"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await visitor.SendAsync("/anmelden", "sign-in", ("name", name), ("password", OpenHouse.Password), ("code", ""))).StatusCode.ShouldBe(HttpStatusCode.Found);
        foreach (var page in new[] { "/suche?q=Kontur", "/verwaltung/personen?name=Kontur", "/verwaltung/personen/2", "/verwaltung/datenschutz/anfragen/neu?name=Kontur", "/sitzungen/beschluesse?q=Kontur%00", "/sitzungen/beschluesse?seite=99999999999999999999&q=Kontur" })
            using (await visitor.OpenAsync(page)) { }
        // what was refused stands in the log, by number and route
        await visitor.PostAsync("/abmelden", []);
        using (var without = new Visitor(new Uri(app.Urls.Single())))
        {
            await without.SendAsync("/anmelden", "sign-in", ("name", await AccountAsync()), ("password", OpenHouse.Password), ("code", ""));
            (await without.WhereAsync("/verwaltung/konten")).ShouldStartWith("/kein-zugriff");
        }
        var kept = string.Join('\n', logs.Lines);
        foreach (var said in new[] { "sign-in refused: account ", ", password", "page refused: person ", "verwaltung/konten", "form refused: person " }) kept.ShouldContain(said);
        foreach (var word in new[] { name, "Kontur", "falschesgeheimnis", OpenHouse.Password, "123456", "Weitblick" }) kept.ShouldNotContain(word);
        using var failed = await visitor.OpenAsync("/fehler/500");
        var shown = await failed.Content.ReadAsStringAsync();
        foreach (var word in new[] { "Exception", "Npgsql", " at Anlauf", "select " }) shown.ShouldNotContain(word);
    }
}
