using System.Text.RegularExpressions;
using Anlauf.Platform.Web.Components;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Anlauf.Rooms.Portal.Outside;

/// <summary>What somebody typed into the form.</summary>
public sealed record ContactInput(string Name = "", string Contact = "", string PostalCode = "", string Text = "", bool Agreed = false)
{
    /// <summary>What is missing or wrong, each with the id of its field; empty where all is there.</summary>
    public IReadOnlyList<FieldError> Errors() =>
    [
        .. Name.Length switch { 0 => [new FieldError("Schreiben Sie, wie Sie heißen.", "name")], > 120 => [new FieldError("Der Name ist länger als 120 Zeichen.", "name")], _ => Array.Empty<FieldError>() },
        .. Reaches(Contact) ? Array.Empty<FieldError>() : [new FieldError("Geben Sie eine E-Mail-Adresse oder eine Telefonnummer an, unter der wir antworten können.", "kontakt")],
        .. PostalCode.Length == 5 && PostalCode.All(char.IsAsciiDigit) ? Array.Empty<FieldError>() : [new FieldError("Die Postleitzahl hat fünf Ziffern.", "plz")],
        .. Text.Length switch { < 3 => [new FieldError("Schreiben Sie, worum es geht.", "text")], > 4000 => [new FieldError($"Der Text hat {Text.Length} Zeichen. Kürzen Sie ihn auf 4000.", "text")], _ => Array.Empty<FieldError>() },
        .. Agreed ? Array.Empty<FieldError>() : [new FieldError("Ohne Ihre Einwilligung dürfen wir den Text nicht lesen. Setzen Sie das Häkchen, wenn Sie einverstanden sind.", "einwilligung")],
    ];

    private static bool Reaches(string contact) => contact.Length <= 200 &&
        (contact.Contains('@', StringComparison.Ordinal) ? Regex.IsMatch(contact, @"^[^@\s]+@[^@\s]+\.[^@\s.]{2,}$", RegexOptions.None, TimeSpan.FromMilliseconds(200))
            : contact.Count(char.IsAsciiDigit) >= 6 && contact.All(c => char.IsAsciiDigit(c) || " +-/()".Contains(c, StringComparison.Ordinal)));
}

/// <summary>The pages outside: the form, thanks, errors.</summary>
internal static partial class ContactForm
{
    /// <summary>The sentence that is agreed to; it is kept with the message.</summary>
    public static string Consent(PortalFile file) =>
        $"Ich bin mindestens 16 Jahre alt und willige ein, dass {file.Association} meine Angaben liest und verwendet, um mir zu antworten, auch wenn sie zeigen, wie ich politisch denke. Das kann ich jederzeit zurücknehmen.";

    public static void MapContactForm(this WebApplication app)
    {
        app.MapGet("/", Show);
        app.MapPost("/", TakeAsync).DisableAntiforgery();
        app.MapGet("/danke", () => Page<ThanksPage>([]));
        app.MapGet("/bestaetigen/{secret:length(43)}", (HttpContext http, IAntiforgery antiforgery) => Page<ConfirmPage>(new() { ["Token"] = antiforgery.GetAndStoreTokens(http).RequestToken }));
        app.MapPost("/bestaetigen/{secret:length(43)}", ConfirmAsync).DisableAntiforgery();
        app.MapGet("/bestaetigt", () => Page<ConfirmPage>(new() { ["Done"] = true }));
        app.MapGet("/health/live", () => Results.Text("ok"));
        app.Map("/fehler/{status:int}", (int status) => Page<PortalErrorPage>(new() { ["Status"] = status }, status is >= 400 and < 600 ? status : 404));
    }

    private static RazorComponentResult<ContactPage> Show(HttpContext http, IAntiforgery antiforgery, FormSeal seal) => Form(http, antiforgery, seal.Fresh(), new(), [], 200);

    private static async Task<IResult> TakeAsync(HttpContext http, IAntiforgery antiforgery, FormSeal seal, Slot slot, PortalFile file, TimeProvider clock, ILoggerFactory logs, CancellationToken ct)
    {
        if (!http.Request.HasFormContentType || http.Request.ContentType!.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase)) return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        IFormCollection form;
        try { form = await http.Request.ReadFormAsync(ct); }
        catch (InvalidDataException) { return Results.StatusCode(StatusCodes.Status400BadRequest); } // more or longer fields than the form has
        var input = new ContactInput(Line(form["name"]), Line(form["kontakt"]), Line(form["plz"]), Clean(form["text"].ToString()).Trim(), form["einwilligung"] == "ja");
        // a field that people do not see: whoever fills it in is thanked and forgotten
        if (form["webseite"].ToString().Length > 0) return Results.LocalRedirect("/danke");
        var opened = form["formular"].ToString();
        if (!await antiforgery.IsRequestValidAsync(http) || seal.Read(opened) is not { } id)
            return Form(http, antiforgery, seal.Fresh(), input, [new("Das Formular stand zu lange offen, oder es kam zu schnell zurück. Ihre Angaben sind noch da: Senden Sie es bitte noch einmal.", null)], 422);
        if (input.Errors() is { Count: > 0 } errors) return Form(http, antiforgery, opened, input, errors, 422);
        try
        {
            await slot.PutInAsync(id, new Letter(input.Name, input.Contact, input.PostalCode, input.Text, Consent(file), clock.GetUtcNow()), ct);
            return Results.LocalRedirect("/danke");
        }
        catch (NpgsqlException e)
        {
            SayAway(logs.CreateLogger("Anlauf.Portal"), (e as PostgresException)?.SqlState ?? e.GetType().Name);
            return Form(http, antiforgery, opened, input, [new("Gerade lässt sich nichts absenden. Ihre Angaben sind noch da: Versuchen Sie es in einigen Minuten noch einmal.", null)], 503);
        }
    }

    // a link that was never ours is thanked like one that was
    private static async Task<IResult> ConfirmAsync(HttpContext http, string secret, IAntiforgery antiforgery, Slot slot, ILoggerFactory logs, CancellationToken ct)
    {
        if (!http.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(http)) return Page<ConfirmPage>(new() { ["Token"] = antiforgery.GetAndStoreTokens(http).RequestToken }, 422);
        try
        {
            await slot.ConfirmAsync(secret, ct);
            return Results.LocalRedirect("/bestaetigt");
        }
        catch (NpgsqlException e)
        {
            SayAway(logs.CreateLogger("Anlauf.Portal"), (e as PostgresException)?.SqlState ?? e.GetType().Name);
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static RazorComponentResult<ContactPage> Form(HttpContext http, IAntiforgery antiforgery, string seal, ContactInput input, IReadOnlyList<FieldError> errors, int status)
    {
        if (http.Features.Get<Microsoft.AspNetCore.Diagnostics.IStatusCodePagesFeature>() is { } pages) pages.Enabled = false;
        return Page<ContactPage>(new() { ["Input"] = input, ["Errors"] = errors, ["Seal"] = seal, ["Token"] = antiforgery.GetAndStoreTokens(http).RequestToken }, status);
    }

    private static RazorComponentResult<T> Page<T>(Dictionary<string, object?> parameters, int status = 200) where T : Microsoft.AspNetCore.Components.IComponent =>
        new(parameters) { StatusCode = status, PreventStreamingRendering = true };

    private static string Line(Microsoft.Extensions.Primitives.StringValues value) => Clean(value.ToString()).ReplaceLineEndings(" ").Trim();
    private static string Clean(string value) => string.Concat(value.Where(c => !char.IsControl(c) || c is '\n' or '\r' or '\t'));

    [LoggerMessage(Level = LogLevel.Error, Message = "a message could not be left: {Why}")]
    private static partial void SayAway(ILogger log, string why);
}
