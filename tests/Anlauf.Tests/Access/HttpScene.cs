using System.Net;
using System.Text.RegularExpressions;
using Anlauf.Platform.Hosting;
using Anlauf.Platform.Identity;
using Anlauf.Rooms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Anlauf.Tests.Access;

/// <summary>The scene behind the real server: every role of the rights data holds an office in the own district and has signed in.</summary>
public sealed partial class HttpScene : IAsyncLifetime
{
    private WebApplication? app;

    /// <summary>Divisions and marked rows.</summary>
    public Scene Scene { get; } = new();

    /// <summary>Roles with what they may.</summary>
    public IReadOnlyList<Officer> Officers { get; private set; } = [];

    /// <summary>Every address that can be opened, from the table of routes.</summary>
    public IReadOnlyList<Route> Routes { get; private set; } = [];

    /// <summary>Services of the running server.</summary>
    public IServiceProvider Services => app!.Services;

    /// <summary>Address of the server.</summary>
    public Uri Address => new(app!.Urls.Single());

    /// <summary>Everything the server answers to.</summary>
    public IReadOnlyList<RouteEndpoint> Endpoints => [.. ((IEndpointRouteBuilder)app!).DataSources.SelectMany(d => d.Endpoints).OfType<RouteEndpoint>()];

    /// <summary>A role, its rows, and a browser in which somebody with it has signed in.</summary>
    public sealed record Officer(string Role, IReadOnlyList<Right> Rights, Visitor Visitor);
    public sealed record Right(string Feature, string Action, string DataClass, string Reach);
    /// <param name="Pattern">As declared, with a leading slash.</param>
    /// <param name="Policy">„feature:action“, „signed-in“, or null for public.</param>
    public sealed record Route(string Pattern, string? Policy);

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        await Scene.InitializeAsync();
        foreach (var (place, division) in Scene.Divisions)
            foreach (var statement in More.Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                await Scene.House.TellAsync(statement, new { division, place });
        app = await AnlaufHost.BuildAsync(RoomList.All, Scene.House.Connections, OpenHouse.Configure);
        await app.StartAsync();
        Routes =
        [
            .. ((IEndpointRouteBuilder)app).DataSources.SelectMany(d => d.Endpoints).OfType<RouteEndpoint>()
                .Where(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is not { Count: > 0 } methods || methods.Contains("GET"))
                .Select(e => new Route("/" + e.RoutePattern.RawText!.TrimStart('/'), e.Metadata.GetMetadata<IAllowAnonymous>() is null ? e.Metadata.GetMetadata<IAuthorizeData>()?.Policy : null))
                .Where(r => !r.Pattern.StartsWith("/_", StringComparison.Ordinal) && !r.Pattern.Contains("{*", StringComparison.Ordinal)).DistinctBy(r => r.Pattern),
        ];
        var officers = new List<Officer>();
        foreach (var role in await Scene.House.ListAsync<string>("select id from access.role order by id"))
        {
            var person = await Scene.OfficerAsync(role);
            await using var scope = app.Services.CreateAsyncScope();
            (await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().CreateAsync(new Account { UserName = role, PersonId = person }, OpenHouse.Password)).Succeeded.ShouldBeTrue();
            var visitor = new Visitor(Address);
            (await visitor.SendAsync("/anmelden", "sign-in", ("name", role), ("password", OpenHouse.Password), ("code", ""))).StatusCode.ShouldBe(HttpStatusCode.Found);
            officers.Add(new(role, await Scene.House.ListAsync<Right>("select feature, action, data_class, reach from access.role_right where role_id = @role", new { role }), visitor));
        }
        Officers = officers;
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        foreach (var officer in Officers) officer.Visitor.Dispose();
        if (app is not null) await app.DisposeAsync();
        await Scene.DisposeAsync();
    }

    /// <summary>Opens an address and gives everything that comes back, without what differs from answer to answer.</summary>
    public static async Task<Answer> OpenAsync(Visitor visitor, string address)
    {
        using var answer = await visitor.OpenAsync(address);
        var headers = string.Join('\n', answer.Headers.Concat(answer.Content.Headers).Where(h => h.Key is not ("Date" or "Set-Cookie" or "Content-Length")).Select(h => $"{h.Key}: {string.Join(",", h.Value)}").Order());
        var body = await answer.Content.ReadAsStringAsync();
        return new((int)answer.StatusCode, Changing().Replace(headers, "*"), WebUtility.HtmlDecode(Changing().Replace(body, "*")));
    }

    /// <summary>One answer: status, headers, body.</summary>
    public sealed record Answer(int Status, string Headers, string Body)
    {
        /// <summary>Everything as one text; what the visitor wrote into the address is not an answer.</summary>
        public string Without(string asked) => Asked($"{Status}\n{Headers}\n{Body}", asked);

        /// <summary>True where the right of the page is missing.</summary>
        public bool NoAccess => Status == 403 || (Status == 302 && Headers.Contains("/kein-zugriff", StringComparison.Ordinal));

        // 1 is the part of a thing in every address that names one: where the thing is number 1 itself, both are masked
        private static string Asked(string text, string asked) => asked.Length == 0 ? text
            : int.TryParse(asked, out _) ? Regex.Replace(text, $"(?<=/|%2F)({asked}|1)(?![0-9])", "*") : text.Replace(Uri.EscapeDataString(asked), "*", StringComparison.Ordinal).Replace(asked, "*", StringComparison.Ordinal);
    }

    // tokens against forged forms, the nonce of the security policy, the seconds of the request
    [GeneratedRegex("[0-9]{1,2}:[0-9]{2} Uhr|CfDJ8[A-Za-z0-9_-]+|nonce-[A-Za-z0-9+/=_-]+|nonce=\"[^\"]+\"|(?<=name=\"(?:Input\\.Id|id)\" value=\")[0-9a-f-]{36}|(?<=id=\"s404\" name=\"q\" type=\"search\" value=\")[^\"]*")]
    private static partial Regex Changing();

    // what has no division of its own in its table, or rights that no office of the matrix has
    private const string More = """
        insert into identity.account (person_id, user_name, normalized_user_name, security_stamp) select id, 'mk-accounts-' || @place, upper('mk-accounts-' || @place), 'x' from organisation.person where family_name = 'mk-people-' || @place;
        insert into privacy.request (division_id, person_id, kind, received_on, channel) select @division, id, 'access', current_date, 'mail' from organisation.person where family_name = 'mk-people-' || @place;
        insert into privacy.breach (division_id, title, noticed_at, what_happened) values (@division, 'mk-privacy-' || @place, now(), 'mk-privacy-' || @place);
        """;
}
