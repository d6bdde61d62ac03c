using System.Globalization;
using System.Security.Claims;
using Dapper;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace Anlauf.Platform.Identity;

/// <summary>The session of this request, as the database knows it.</summary>
public sealed class CurrentSession
{
    /// <summary>Id of the session; null for anonymous visitors.</summary>
    public Guid? Id { get; internal set; }

    /// <summary>When a password, code or device was last shown in this session.</summary>
    public DateTime ProvedAt { get; internal set; }

    /// <summary>Whether the last proof is recent enough for a change of rights; pages that ask only for some of their steps use this.</summary>
    public bool IsFresh(TimeProvider clock) => IsFresh(clock, Guards.ForChanges);

    internal bool IsFresh(TimeProvider clock, TimeSpan limit) => Id is not null && ProvedAt > clock.GetUtcNow().UtcDateTime - limit;
}

/// <summary>
/// Running sessions as rows. The cookie names one, and every request looks it up: what is ended, locked or changed elsewhere ends
/// with the next request, on every node.
/// </summary>
public sealed class Sessions([FromKeyedServices(IdentitySetup.Connections)] NpgsqlDataSource source, CurrentSession current, IHttpContextAccessor accessor)
{
    /// <summary>Claim of a session whose account owes a second factor; with it no page opens but the one that sets it up.</summary>
    public const string SecondFactorMissing = "anlauf:second-factor-missing";

    /// <summary>Item of a sign-in: when the provider of single sign-on last saw the person (seconds since 1970).</summary>
    internal const string ProvedElsewhere = "anlauf.proved";

    /// <summary>Item of a sign-in: the provider of single sign-on asked for a second factor.</summary>
    internal const string FactorElsewhere = "anlauf.factor";

    private const string Item = "anlauf.session";

    /// <param name="Device">Browser and system in words.</param>
    public sealed record Row(Guid Id, DateTime StartedAt, DateTime SeenAt, string Device);
    private sealed record Seen(Guid Id, int AccountId, DateTime ProvedAt, bool SecondFactorMissing);

    /// <summary>Sessions of an account that were in use within the life of a cookie, latest first.</summary>
    public async Task<IReadOnlyList<Row>> ListAsync(int account, CancellationToken ct = default)
    {
        await using var connection = await source.OpenAsSignInAsync(ct);
        return (await connection.QueryAsync<Row>("select id, started_at, seen_at, device from identity.session where account_id = @account and seen_at > now() - interval '10 hours' and started_at > now() - access.session_limit(@account) order by seen_at desc", new { account })).AsList();
    }

    /// <summary>How long a session of this account lasts at most, while it is used: shorter where an office opens sensitive data.</summary>
    public async Task<TimeSpan> LimitAsync(int account, CancellationToken ct = default)
    {
        await using var connection = await source.OpenAsSignInAsync(ct);
        return await connection.ExecuteScalarAsync<TimeSpan>("select access.session_limit(@account)", new { account });
    }

    /// <summary>Ends one session of an account, or all but the current one; returns how many ended.</summary>
    public async Task<int> EndAsync(int account, Guid? session, CancellationToken ct = default)
    {
        await using var connection = await source.OpenAsSignInAsync(ct);
        return await connection.ExecuteAsync("delete from identity.session where account_id = @account and case when @session::uuid is null then id is distinct from @own else id = @session end", new { account, session, own = current.Id });
    }

    /// <summary>
    /// Notes that the person behind this session has just shown password or device again. It goes on under a new number (ASVS 7.2.4):
    /// whoever had the cookie before does not have the proof.
    /// </summary>
    public async Task ProveAsync(CancellationToken ct = default)
    {
        await using var connection = await source.OpenAsSignInAsync(ct);
        var renewed = await connection.ExecuteScalarAsync<Guid?>("""
            delete from identity.replaced_session where ends_at < now();
            with renewed as (update identity.session set id = gen_random_uuid(), proved_at = now() where id = @Id returning id) select id from renewed;
            """, new { current.Id });
        if (renewed is not { } id || accessor.HttpContext is not { } http) return;
        await connection.ExecuteAsync("insert into identity.replaced_session (id, session_id) values (@before, @id) on conflict (id) do nothing", new { before = current.Id, id });
        (current.Id, current.ProvedAt) = (id, DateTime.UtcNow);
        if (await http.AuthenticateAsync(IdentityConstants.ApplicationScheme) is not { Succeeded: true, Principal: { } principal, Properties: { } properties }) return;
        properties.Items[Item] = id.ToString();
        (properties.IssuedUtc, properties.ExpiresUtc) = (null, null);
        await http.SignInAsync(IdentityConstants.ApplicationScheme, principal, properties);
    }

    /// <summary>A sign-in begins a session and ends the one this browser had, which may be somebody else's; renewing the cookie keeps it.</summary>
    internal static async Task OnSigningIn(CookieSigningInContext context)
    {
        if (context.Properties.Items.ContainsKey(Item) || context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier) is not { } id) return;
        await using var connection = await context.HttpContext.RequestServices.GetRequiredKeyedService<NpgsqlDataSource>(IdentitySetup.Connections).OpenAsSignInAsync(context.HttpContext.RequestAborted);
        var session = await connection.ExecuteScalarAsync<Guid>("""
            delete from identity.session where seen_at < now() - interval '1 day' or id = @before;
            update identity.account set last_signed_in_at = now() where id = @account;
            insert into identity.session (account_id, device, proved_at, second_factor_elsewhere) values (@account, @device, coalesce(to_timestamp(@proved), now()), @factor) returning id;
            """, new
        {
            account = int.Parse(id, CultureInfo.InvariantCulture),
            before = context.HttpContext.RequestServices.GetRequiredService<CurrentSession>().Id,
            device = DeviceWords.From(context.Request.Headers.UserAgent.ToString()),
            proved = context.Properties.Items.TryGetValue(ProvedElsewhere, out var seconds) ? double.Parse(seconds!, CultureInfo.InvariantCulture) : (double?)null,
            factor = context.Properties.Items.ContainsKey(FactorElsewhere),
        });
        context.Properties.Items[Item] = session.ToString();
    }

    /// <summary>Every request: a session without its row is over.</summary>
    internal static async Task OnValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        var stamp = context.Principal?.FindFirstValue(services.GetRequiredService<Microsoft.Extensions.Options.IOptions<IdentityOptions>>().Value.ClaimsIdentity.SecurityStampClaimType);
        Seen? seen = null;
        if (stamp is not null && context.Properties.Items.TryGetValue(Item, out var item) && Guid.TryParse(item, out var session))
        {
            await using var connection = await services.GetRequiredKeyedService<NpgsqlDataSource>(IdentitySetup.Connections).OpenConnectionAsync(context.HttpContext.RequestAborted);
            seen = await connection.QuerySingleOrDefaultAsync<Seen>("select * from identity.see_session(@session, @stamp)", new { session, stamp });
            if (seen is not null)
            {
                var current = services.GetRequiredService<CurrentSession>();
                (current.Id, current.ProvedAt) = (seen.Id, seen.ProvedAt);
                Mark((ClaimsIdentity)context.Principal!.Identity!, seen.SecondFactorMissing);
                return;
            }
        }
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    // what was required or set up meanwhile counts at once, whatever the cookie says
    private static void Mark(ClaimsIdentity identity, bool missing)
    {
        if (identity.FindFirst(SecondFactorMissing) is { } old) identity.RemoveClaim(old);
        if (missing) identity.AddClaim(new(SecondFactorMissing, "yes"));
    }
}
