using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Anlauf.Platform.Hosting;
using Anlauf.Platform.Identity;
using Anlauf.Rooms;
using Anlauf.Tests.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Xunit.Abstractions;

namespace Anlauf.Tests.Surface;

/// <summary>
/// Malformed requests against every route of the real server over a real database: no error of ours, and no marked row. 10,000 by
/// default; as many as ANLAUF_FUZZ says (100,000 before a release). ANLAUF_FUZZ_SEED begins elsewhere.
/// </summary>
public sealed class FuzzTests(Scene scene, ITestOutputHelper output) : IClassFixture<Scene>
{
    private static int Setting(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private sealed record Caller(string Name, string? Cookie, string? Token, int Share, bool SeesRows);

    [Fact]
    public async Task Malformed_requests_break_nothing_and_show_nothing()
    {
        var (total, seed) = (Setting("ANLAUF_FUZZ", 10_000), Setting("ANLAUF_FUZZ_SEED", 1));
        var logs = new KeptLogs();
        await using var app = await AnlaufHost.BuildAsync(RoomList.All, scene.House.Connections, builder =>
        {
            OpenHouse.Configure(builder);
            builder.Logging.ClearProviders().AddProvider(logs);
        });
        await app.StartAsync();
        var address = new Uri(app.Urls.Single());
        var targets = Target.Of(((IEndpointRouteBuilder)app).DataSources);
        targets.Length.ShouldBeGreaterThan(100);
        // with a valid token these end the session or change what it stands on, which is no finding; strangers try them too
        string[] ending = ["/abmelden", "/konto/sitzung", "/konto/code-app", "/konto/geraet", "/konto/kennwort"];
        var lasting = targets.Where(t => !ending.Any(e => ("/" + t.Pattern.RawText?.TrimStart('/')).StartsWith(e, StringComparison.Ordinal))).ToArray();
        var member = await scene.House.AskAsync<int>("insert into organisation.person (division_id, given_name, family_name) select id, 'Ohne', 'Amt' from organisation.division where slug = 'kreis-14522' returning id");
        Caller[] callers =
        [
            new("anonymous", null, null, 45, false),
            await SignInAsync(app.Services, address, "ohne-amt", member, 35, false),
            // sees rows by right; here for the errors only
            await SignInAsync(app.Services, address, "mit-amt", scene.House.StateManager, 20, true),
        ];
        var clock = Stopwatch.StartNew();
        var first = seed * 1_000_000;
        foreach (var caller in callers)
        {
            var open = caller.Cookie is null ? targets : lasting;
            var (before, wrong, statuses) = (await CountAsync(member), new ConcurrentQueue<string>(), new ConcurrentDictionary<int, int>());
            var count = total * caller.Share / 100;
            await Parallel.ForEachAsync(Enumerable.Range(0, 4), async (worker, ct) =>
            {
                using var client = new RawClient(address.Port);
                for (var i = worker; i < count; i += 4)
                {
                    var (bytes, isHead, breaksOff) = MalformedRequest.Make(first + i, open, caller.Cookie, caller.Token);
                    var (status, body) = await client.SendAsync(bytes, isHead, breaksOff);
                    statuses.AddOrUpdate(status, 1, (_, n) => n + 1);
                    if ((status >= 500 && !IsAnotherProtocol(status, bytes)) || (status == 0 && !breaksOff)) wrong.Enqueue($"{caller.Name} {first + i} → {status}: {Shown(bytes)}");
                    if (!caller.SeesRows && body.AsSpan().IndexOf("mk-"u8) >= 0 && Leaks(body) is { } leak) wrong.Enqueue($"{caller.Name} {first + i} shows {leak}: {Shown(bytes)}");
                }
            });
            first += count;
            output.WriteLine($"{caller.Name}: {count} requests, {string.Join(", ", statuses.OrderBy(s => s.Key).Select(s => $"{s.Value} × {s.Key}"))}, {clock.Elapsed.TotalSeconds:0.0} s");
            if (caller.Cookie is not null) output.WriteLine($"{caller.Name}: session alive {await AliveAsync(address, caller.Cookie)}; {await scene.House.AskAsync<string>("select count(*) || ' sessions, stamp ' || max(a.security_stamp) || ' lockout ' || coalesce(max(a.lockout_end)::text, '-') from identity.account a left join identity.session s on s.account_id = a.id where a.user_name = @Name", new { caller.Name })}");
            wrong.Take(12).ShouldBeEmpty($"{wrong.Count} findings\n{string.Join("\n", logs.Lines.Where(l => !l.Contains("BadHttpRequestException", StringComparison.Ordinal)).Take(6))}");
            if (!caller.SeesRows) (await CountAsync(member)).Except(before).ShouldBeEmpty($"{caller.Name} changed rows");
        }
        // the next visitor notices nothing. A session may have ended on the way: a form that happened to be right changed its own account
        using var next = new HttpClient { BaseAddress = address };
        (await next.GetStringAsync("/health/ready")).ShouldBe("ok");
    }

    // a line break in the address cuts off the version: 505 is then the answer that RFC 9110 (15.6.6) asks for, given before the program sees anything
    private static bool IsAnotherProtocol(int status, ReadOnlySpan<byte> request)
    {
        if (status != 505 || request.IndexOf((byte)'\n') is not (>= 0 and var end)) return false;
        var line = request[..end].TrimEnd((byte)'\r');
        return !line.EndsWith(" HTTP/1.1"u8) && !line.EndsWith(" HTTP/1.0"u8);
    }

    private static async Task<bool> AliveAsync(Uri address, string cookie)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address };
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        return (await client.GetAsync("/konto")).StatusCode == System.Net.HttpStatusCode.OK;
    }

    // marks of the scene's rows; „mk-rand“ and the like are classes of the word mark
    private static string? Leaks(byte[] body) => System.Text.RegularExpressions.Regex.Match(Encoding.UTF8.GetString(body), "mk-(people|intake|resolutions?|presence|goals?|meeting|point|inbox|body)-[a-z]+") is { Success: true } mark ? mark.Value : null;
    private static string Shown(byte[] bytes) => Encoding.Latin1.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, 500))).Replace("\r\n", "⏎", StringComparison.Ordinal);

    /// <summary>
    /// Rows of every table that a request must not change; sessions, the key offered for an own code app and the audit belong to the
    /// door, and what somebody says about themself (clubs, offers of help) is theirs to change by a form that happens to be right.
    /// </summary>
    private async Task<List<string>> CountAsync(int own)
    {
        await using var owner = new NpgsqlConnection(scene.House.Connections.Owner);
        await owner.OpenAsync();
        var tables = new List<string>();
        await using (var list = new NpgsqlCommand($"select format('%I.%I', n.nspname, c.relname) || case when exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'person_id') then ' where person_id is distinct from {own}' else '' end from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname !~ '^(pg_|information_schema|public|audit)' and (n.nspname, c.relname) not in (('identity', 'session'), ('identity', 'replaced_session'), ('identity', 'failed_sign_in'), ('identity', 'code_app'), ('situation', 'indicator_value')) order by 1", owner))
        await using (var reader = await list.ExecuteReaderAsync())
            while (await reader.ReadAsync()) tables.Add(reader.GetString(0));
        await using var count = new NpgsqlCommand(string.Join(" union all ", tables.Select(t => $"select '{t.Split(' ')[0]} ' || count(*) from {t}")), owner);
        await using var counts = await count.ExecuteReaderAsync();
        var all = new List<string>();
        while (await counts.ReadAsync()) all.Add(counts.GetString(0));
        return [.. all.Order()];
    }

    private static async Task<Caller> SignInAsync(IServiceProvider services, Uri address, string name, int person, int share, bool seesRows)
    {
        await using (var scope = services.CreateAsyncScope())
            (await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().CreateAsync(new Account { UserName = name, PersonId = person }, OpenHouse.Password)).Succeeded.ShouldBeTrue();
        using var visitor = new Visitor(address);
        (await visitor.SendAsync("/anmelden", "sign-in", ("name", name), ("password", OpenHouse.Password), ("code", ""))).StatusCode.ShouldBe(System.Net.HttpStatusCode.Found);
        var page = await visitor.ReadAsync("/konto");
        return new(name, visitor.Cookies, System.Text.RegularExpressions.Regex.Match(page, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value, share, seesRows);
    }
}

/// <summary>Everything the server logs, as text.</summary>
internal sealed class KeptLogs : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = new();
    public ILogger CreateLogger(string categoryName) => this;
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
    public bool IsEnabled(LogLevel logLevel) => true;
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");
    public void Dispose() { }
}
