namespace Anlauf.Platform.Identity;

/// <summary>
/// The page or endpoint changes rights or gives out personal data: it opens only to somebody who has shown password, code or device
/// within the last ten minutes, so that an unattended screen is not enough.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class FreshProofAttribute : Attribute
{
    /// <summary>Looking at the page needs no recent proof, only what it sends does.</summary>
    public bool OnlyChanges { get; init; }
}

/// <summary>The page or endpoint is open to a session that still owes a second factor: it belongs to setting one up.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class WithoutSecondFactorAttribute : Attribute;

/// <summary>What a session must have shown before a page opens.</summary>
internal static class Guards
{
    /// <summary>How recent a proof must be for a change.</summary>
    public static readonly TimeSpan ForChanges = TimeSpan.FromMinutes(10);

    /// <summary>Opening a form asks for a more recent one, so that time remains to fill it in.</summary>
    public static readonly TimeSpan ForForms = TimeSpan.FromMinutes(5);

    /// <summary>A session that owes a second factor is led to setting it up, wherever it wants to go.</summary>
    public static void UseSecondFactorGuard(this WebApplication app) => app.Use((context, next) =>
    {
        var endpoint = context.GetEndpoint();
        if (!context.User.HasClaim(Sessions.SecondFactorMissing, "yes") || endpoint is null
            || endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAllowAnonymous>() is not null || endpoint.Metadata.GetMetadata<WithoutSecondFactorAttribute>() is not null)
            return next(context);
        context.Response.Redirect("/konto/zweiter-faktor?weiter=" + Uri.EscapeDataString(Target(context)));
        return Task.CompletedTask;
    });

    /// <summary>Pages marked with <see cref="FreshProofAttribute"/> ask for password or device where the last proof is too old.</summary>
    public static void UseFreshProof(this WebApplication app) => app.Use((context, next) =>
    {
        var looks = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        if (context.GetEndpoint()?.Metadata.GetMetadata<FreshProofAttribute>() is not { } asked || (looks && asked.OnlyChanges)) return next(context);
        if (context.RequestServices.GetRequiredService<CurrentSession>().IsFresh(context.RequestServices.GetRequiredService<TimeProvider>(), looks ? ForForms : ForChanges)) return next(context);
        context.Response.Redirect("/konto/bestaetigen?weiter=" + Uri.EscapeDataString(looks ? Target(context) : FormOf(context)));
        return Task.CompletedTask;
    });

    private static string Target(HttpContext context) => context.Request.Path + context.Request.QueryString;

    // what was sent cannot be sent again by a link: back to the page on which the button stands
    private static string FormOf(HttpContext context) =>
        Uri.TryCreate(context.Request.Headers.Referer, UriKind.Absolute, out var page) && page.Authority == context.Request.Host.Value ? page.PathAndQuery
        : context.GetEndpoint()?.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains(HttpMethods.Get) == false ? "/" : Target(context);
}
