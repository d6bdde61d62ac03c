namespace Anlauf.Platform.Web;

/// <summary>
/// Headers of every answer. The content security policy allows nothing inline and nothing from elsewhere:
/// pages therefore carry no style attribute and no script element with content.
/// </summary>
/// <param name="policy">Content security policy of another server than the inner one.</param>
internal sealed class SecurityHeaders(RequestDelegate next, string policy = SecurityHeaders.Policy)
{
    private const string Policy =
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext http)
    {
        // at the start of the answer: the error page begins with a response that was cleared
        http.Response.OnStarting(() =>
        {
            Write(http.Response.Headers, policy);
            return Task.CompletedTask;
        });
        return next(http);
    }

    private static void Write(IHeaderDictionary headers, string policy)
    {
        headers.ContentSecurityPolicy = policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        // a page whose address is a key has said no-referrer itself
        if (headers["Referrer-Policy"].Count == 0) headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(self), payment=(), usb=(), interest-cohort=()";
    }
}
