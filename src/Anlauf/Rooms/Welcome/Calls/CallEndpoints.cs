using Anlauf.Platform.Access;
using Anlauf.Platform.Database;
using Anlauf.Platform.Web;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace Anlauf.Rooms.Welcome.Calls;

/// <summary>What the device asks that has notes to send: a fresh token, and a place to put one note after the other.</summary>
internal static class CallEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/menschen/anrufe/marke", Token).RequireAuthorization(AccessSetup.SignedIn);
        endpoints.MapPost("/menschen/anrufe/notiz", TakeAsync).RequireAuthorization(AccessSetup.SignedIn);
        endpoints.MapPost("/menschen/anrufe/notiz/{id:guid}/zurueck", UndoAsync).RequireAuthorization(AccessSetup.SignedIn);
        endpoints.MapPost("/menschen/{person:int}/anruf", NoteAsync).RequireAuthorization(Members.MemberPermissions.Read);
    }

    private static IResult Token(HttpContext http, IAntiforgery antiforgery, Actor actor)
    {
        var token = antiforgery.GetAndStoreTokens(http);
        http.Response.Headers.CacheControl = "no-cache, no-store";
        return Results.Json(new { feld = token.FormFieldName, wert = token.RequestToken, wer = actor.PersonId });
    }

    /// <summary>Where a note that was kept is taken back, by POST.</summary>
    public static string UndoHref(Guid id) => $"/menschen/anrufe/notiz/{id}/zurueck";

    // a call to somebody who is not arriving, from her own page
    private static async Task<IResult> NoteAsync(int person, [FromForm] Guid? id, [FromForm] string? outcome, [FromForm] string? note, NoteCall handler, Confirmations confirmations, CancellationToken ct)
    {
        var call = id ?? Guid.NewGuid();
        var done = await handler.HandleAsync(call, person, outcome, note, ct);
        if (done.Done) confirmations.Say($"Notiert: {done.Value}, {CallWords.Word(outcome!)}.", $"{UndoHref(call)}?person={person}");
        else confirmations.Say(done.Refusal!.Message + ".");
        return Results.LocalRedirect($"/menschen/{person}");
    }

    // 200 with the confirmation: kept, now or earlier. 409 with a sentence: will never be kept; the device shows it instead of trying for
    // ever. The next page confirms what was sent while somebody waited for it
    private static async Task<IResult> TakeAsync([FromForm] Guid? id, [FromForm] int? arrivalId, [FromForm] string? outcome, [FromForm] string? note, [FromForm] string? nextOn, [FromForm] string? at, [FromForm] string? bestaetigen,
        NoteCall handler, Confirmations confirmations, TimeProvider clock, CancellationToken ct)
    {
        var done = await handler.HandleAsync(new()
        {
            Id = id ?? Guid.Empty,
            ArrivalId = arrivalId ?? 0,
            Outcome = outcome,
            Note = note,
            NextOn = DateOnly.TryParse(nextOn, System.Globalization.CultureInfo.InvariantCulture, out var next) ? next : null,
            At = long.TryParse(at, System.Globalization.CultureInfo.InvariantCulture, out var said) ? said : null,
        }, ct);
        if (!done.Done) return Results.Json(new { grund = done.Refusal!.Message }, statusCode: StatusCodes.Status409Conflict);
        var sentence = done.Value!.Sentence(DateOnly.FromDateTime(clock.GetLocalNow().Date));
        if (bestaetigen is not null) confirmations.Say(sentence, UndoHref(id!.Value));
        return Results.Json(new { satz = sentence });
    }

    // from the bar above a page, and from the line below a form of the list, which asks for JSON and stays where it is
    private static async Task<IResult> UndoAsync(Guid id, int? person, [FromForm] string? liste, NoteCall handler, Confirmations confirmations, CancellationToken ct)
    {
        var done = await handler.UndoAsync(id, ct);
        if (liste is not null) return done.Done ? Results.Json(new { satz = "Zurückgenommen." }) : Results.Json(new { grund = done.Refusal!.Message }, statusCode: StatusCodes.Status409Conflict);
        confirmations.Say(done.Done ? "Zurückgenommen. Was wurde aus dem Anruf?" : done.Refusal!.Message + ".");
        if (person is { } whose) return Results.LocalRedirect($"/menschen/{whose}");
        return Results.Redirect(done.Done ? $"/menschen/anrufe/{done.Value}" : "/menschen/anrufe");
    }
}
