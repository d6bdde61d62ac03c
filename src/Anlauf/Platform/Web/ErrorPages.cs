using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Diagnostics;
using Npgsql;

namespace Anlauf.Platform.Web;

/// <summary>German pages for everything that did not work; never a stack trace.</summary>
internal static class ErrorPages
{
    /// <summary>An empty answer with a status of 400 or more, and every exception, is answered by /fehler/{status}.</summary>
    public static void UseAnlaufErrors(this WebApplication app)
    {
        app.Use(LastResortAsync);
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = "/fehler/500", CreateScopeForErrors = true, StatusCodeSelector = StatusOf });
        app.Use((http, next) => http.Request.Path.Value!.Contains('\0', StringComparison.Ordinal) || http.Request.QueryString.Value!.Contains("%00", StringComparison.Ordinal) ? Results.BadRequest().ExecuteAsync(http) : next(http));
        app.UseStatusCodePagesWithReExecute("/fehler/{0}", createScopeForStatusCodePages: true);
        app.Use(ShowErrorsWithoutTheirRequest);
        app.Use(RefuseImpossibleHosts);
    }

    // pages make addresses from the name they were asked by; one that is no name („a:99999“, nothing) makes none
    private static Task RefuseImpossibleHosts(HttpContext http, RequestDelegate next)
    {
        if (Uri.TryCreate($"http://{http.Request.Host.Value}/", UriKind.Absolute, out _)) return next(http);
        http.Request.Host = new HostString("localhost");
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }

    // the page about a failed request is looked at; what was sent, perhaps unreadable, is not read a second time for it
    private static Task ShowErrorsWithoutTheirRequest(HttpContext http, RequestDelegate next)
    {
        if (http.Features.Get<IStatusCodeReExecuteFeature>() is null && http.Features.Get<IExceptionHandlerFeature>() is null) return next(http);
        if (!HttpMethods.IsHead(http.Request.Method)) http.Request.Method = HttpMethods.Get;
        (http.Request.ContentType, http.Request.ContentLength, http.Request.Body) = (null, null, Stream.Null);
        return next(http);
    }

    /// <summary>
    /// A form that cannot be read is the sender's mistake: an unknown encoding, broken parts, too many or too long fields. Read here, under
    /// guard, before antiforgery and binding read it without. After authorization, so that nobody uploads before they may.
    /// </summary>
    public static async Task RefuseUnreadableFormsAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Request.HasFormContentType)
        {
            try { await http.Request.ReadFormAsync(http.RequestAborted); }
            catch (Exception e) when (e is InvalidDataException or NotSupportedException or ArgumentException or IOException and not BadHttpRequestException)
            {
                http.Response.StatusCode = StatusCodes.Status400BadRequest;
                return;
            }
        }
        await next(http);
    }

    /// <summary>An endpoint without a page throws where a form has no valid token; whoever sent it gets a plain sentence instead. Pages answer themselves.</summary>
    public static Task RefuseForeignFormsAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false }) http.RequestServices.GetRequiredService<Identity.SecurityLog>().FormRefused(http);
        if (http.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false } || http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null) return next(http);
        if (http.Features.Get<IStatusCodePagesFeature>() is { } pages) pages.Enabled = false;
        return Results.Text("Das Formular stand zu lange offen oder kam nicht von hier. Laden Sie die Seite neu, und senden Sie noch einmal.", statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(http);
    }

    /// <summary>
    /// Asks the rooms which page was meant, or who may give the right that is missing, before the page that says „not found“ begins: it is sent while it is rendered, and would
    /// not wait. Whoever is not signed in learns nothing about what exists.
    /// </summary>
    public static async Task GuessAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Path == "/fehler/404" && http.Features.Get<IStatusCodeReExecuteFeature>() is { OriginalPath: var path } && http.User.Identity?.IsAuthenticated == true)
        {
            var found = new List<PageGuess>();
            foreach (var guess in http.RequestServices.GetServices<IMissingPageGuess>()) found.AddRange(await guess.GuessAsync(path, http.RequestAborted));
            http.Items[typeof(PageGuess)] = found.Take(3).ToList();
        }
        if (http.Request.Path == "/fehler/403" && http.User.Identity?.IsAuthenticated == true && http.RequestServices.GetService<IGrantingOffice>() is { } granting)
            http.Items[typeof(IGrantingOffice)] = await granting.FindAsync(http.RequestAborted);
        await next(http);
    }

    /// <summary>At most three pages that may have been meant.</summary>
    public static IReadOnlyList<PageGuess> Guesses(HttpContext http) => http.Items[typeof(PageGuess)] as List<PageGuess> ?? [];

    /// <summary>The office that can give the acting person a right; null where it is not known.</summary>
    public static string? GrantingOffice(HttpContext? http) => http?.Items[typeof(IGrantingOffice)] as string;

    // a foreign form, a text that is none: the sender's mistake, not ours
    private static int StatusOf(Exception e) => e switch
    {
        AntiforgeryValidationException => StatusCodes.Status400BadRequest,
        BadHttpRequestException bad => bad.StatusCode,
        PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter } => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status500InternalServerError,
    };

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
