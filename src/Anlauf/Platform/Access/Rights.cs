using Anlauf.Platform.Database;
using Anlauf.Platform.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace Anlauf.Platform.Access;

/// <summary>What the acting person may do at all, read once per request. Which rows it concerns is decided by the database.</summary>
public sealed class Rights(Db db, Actor actor)
{
    private sealed record Row(string Feature, string Action, string DataClass);
    private HashSet<string>? held;

    /// <summary>True where an office of the acting person grants <paramref name="permission"/>, written <c>feature:action</c>.</summary>
    public async Task<bool> HoldsAsync(string permission, CancellationToken ct = default)
    {
        if (actor.IsSystem) return true;
        if (actor.PersonId is null) return false;
        held ??= [.. (await db.QueryAsync<Row>("select feature, action, data_class from access.my_rights()", ct: ct)).Select(r => $"{r.Feature}:{r.Action}")];
        return held.Contains(permission);
    }
}

/// <summary>A page's or endpoint's permission: <c>feature:action</c>, written as the policy's name.</summary>
internal sealed record PermissionRequirement(string Permission) : IAuthorizationRequirement;

internal sealed class PermissionHandler(IHttpContextAccessor http) : AuthorizationHandler<PermissionRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        if (http.HttpContext is { } current && await current.RequestServices.GetRequiredService<Rights>().HoldsAsync(requirement.Permission, current.RequestAborted))
            context.Succeed(requirement);
    }
}

/// <summary>Makes a policy of every name of the form <c>feature:action</c>; what names no policy meets the fallback, which denies.</summary>
internal sealed class PermissionPolicies(IOptions<AuthorizationOptions> options) : DefaultAuthorizationPolicyProvider(options)
{
    public override async Task<AuthorizationPolicy?> GetPolicyAsync(string policyName) => policyName.Contains(':', StringComparison.Ordinal)
        ? new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(new PermissionRequirement(policyName)).Build()
        : await base.GetPolicyAsync(policyName);
}

internal static class AccessSetup
{
    public static void AddAnlaufAccess(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddScoped<Rights>();
        services.AddScoped<IAuthorizationHandler, PermissionHandler>();
        services.AddSingleton<IAuthorizationPolicyProvider, PermissionPolicies>();
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build())
            // for pages that everybody inside may open: Heute
            .AddPolicy(SignedIn, policy => policy.RequireAuthenticatedUser().RequireAssertion(c => !c.User.IsGuest()))
            .AddPolicy(OwnAccount, policy => policy.RequireAuthenticatedUser())
            .AddPolicy(Guest, policy => policy.RequireAuthenticatedUser().RequireAssertion(c => c.User.IsGuest()));
    }

    /// <summary>Policy of pages for everybody who is signed in and belongs to the house.</summary>
    public const string SignedIn = "signed-in";

    /// <summary>Policy of the pages of one's own account, a guest's too: password, devices, sessions.</summary>
    public const string OwnAccount = "own-account";

    /// <summary>Policy of the page for guests.</summary>
    public const string Guest = "guest";
}
