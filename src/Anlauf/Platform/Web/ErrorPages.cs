using Microsoft.AspNetCore.Diagnostics;

namespace Anlauf.Platform.Web;

/// <summary>German pages for everything that did not work; never a stack trace.</summary>
internal static class ErrorPages
{
    /// <summary>An empty answer with a status of 400 or more, and every exception, is answered by /fehler/{status}.</summary>
    public static void UseAnlaufErrors(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = "/fehler/500", CreateScopeForErrors = true });
        app.UseStatusCodePagesWithReExecute("/fehler/{0}", createScopeForStatusCodePages: true);
    }

    /// <summary>The address that failed, not the address of the error page.</summary>
    public static string FailedPath(HttpContext http) =>
        http.Features.Get<IExceptionHandlerPathFeature>()?.Path
        ?? http.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath
        ?? http.Request.Path.Value ?? "/";
}
