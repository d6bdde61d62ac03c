using Anlauf.Platform.Access;
using Anlauf.Platform.Database;
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
    }

    private static IResult Token(HttpContext http, IAntiforgery antiforgery, Actor actor)
    {
        var token = antiforgery.GetAndStoreTokens(http);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Json(new { feld = token.FormFieldName, wert = token.RequestToken, wer = actor.PersonId });
    }

    // 200 with the name: kept, now or earlier. 409 with a sentence: will never be kept; the device shows it instead of trying for ever
    private static async Task<IResult> TakeAsync([FromForm] Guid? id, [FromForm] int? arrivalId, [FromForm] string? outcome, [FromForm] string? note, [FromForm] string? nextOn, [FromForm] string? at, NoteCall handler, CancellationToken ct)
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
        return done.Done ? Results.Json(new { name = done.Value!.Name }) : Results.Json(new { grund = done.Refusal!.Message }, statusCode: StatusCodes.Status409Conflict);
    }
}
