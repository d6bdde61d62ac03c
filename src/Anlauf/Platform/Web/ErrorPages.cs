using Microsoft.AspNetCore.Diagnostics;

namespace Anlauf.Platform.Web;

/// <summary>German pages for everything that did not work; never a stack trace.</summary>
internal static class ErrorPages
{
    /// <summary>An empty answer with a status of 400 or more, and every exception, is answered by /fehler/{status}.</summary>
    public static void UseAnlaufErrors(this WebApplication app)
    {
        app.Use(LastResortAsync);
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = "/fehler/500", CreateScopeForErrors = true });
        app.UseStatusCodePagesWithReExecute("/fehler/{0}", createScopeForStatusCodePages: true);
    }

    /// <summary>When even the error page fails (the handler has logged both), a plain sentence is better than nothing.</summary>
    private static async Task LastResortAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
        }
        catch (Exception) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            http.Response.Clear();
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
            http.Response.ContentType = "text/html; charset=utf-8";
            await http.Response.WriteAsync("""
                <!doctype html><html lang="de"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Das hat nicht geklappt – Anlauf</title></head>
                <body><main><h1>Das hat nicht geklappt. Es liegt an uns.</h1><p>Was Sie gerade gesendet haben, ist nicht gespeichert. Versuchen Sie es in einigen Minuten noch einmal.</p><p><a href="/">Zur Startseite</a></p></main></body></html>
                """);
        }
    }

    /// <summary>The address that failed, not the address of the error page.</summary>
    public static string FailedPath(HttpContext http) =>
        http.Features.Get<IExceptionHandlerPathFeature>()?.Path
        ?? http.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath
        ?? http.Request.Path.Value ?? "/";
}
