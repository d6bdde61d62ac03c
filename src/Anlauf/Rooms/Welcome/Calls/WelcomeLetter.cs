using Anlauf.Platform.Access;
using Anlauf.Platform.Audit;
using Anlauf.Platform.Documents.Papers;
using Anlauf.Platform.Web;
using Anlauf.Rooms.Situation;
using Anlauf.Rooms.Welcome.Arrivals;

namespace Anlauf.Rooms.Welcome.Calls;

/// <summary>The letter of welcome: who is there for the person, what is promised until when, what one may come to.</summary>
internal static class WelcomeLetter
{
    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/menschen/anrufe/{id:int}/brief.pdf", async (int id, CallRegister register, PageFrame frame, IEnumerable<IFramePart> parts, HttpContext http, AuditLog audit, CancellationToken ct) =>
        {
            // no letter to somebody who does not want to be addressed
            if (await register.FindAsync(id, ct) is not { MayContact: true } arrival || await register.ReachAsync(id, ct) is not { MayWork: true }) return Results.NotFound();
            await audit.ReadAsync("welcome.arrival", $"{id}", arrival.PersonId, null, ct);
            foreach (var part in parts) await part.FillAsync(frame, http);
            var paper = Of(arrival, await register.OffersAsync(id, ct), frame.Organisation.Length > 0 ? frame.Organisation : arrival.Division, frame.IsDemo ? "Vorführdaten" : null);
            return Results.File(PdfPaper.Write(paper), "application/pdf", "willkommen.pdf");
        }).RequireAuthorization(AccessSetup.SignedIn);

    /// <summary>The letter with names and dates.</summary>
    public static Paper Of(Arrival arrival, IReadOnlyList<CallRegister.Offer> offers, string organisation, string? stamp) => new(organisation, arrival.Division, $"Willkommen, {arrival.Name}", stamp,
        [
            ("Ihre Ansprechperson", arrival.Contact), ("Eingegangen am", $"{arrival.ReceivedOn:d.M.yyyy}"),
            .. arrival.EffectiveOn is { } day ? [("Mitglied ab", $"{day:d.M.yyyy}")] : Array.Empty<(string, string?)>(),
        ],
        [
            new("Schön, dass Sie da sind", [arrival.Contact is { } who ? $"{who} meldet sich bei Ihnen und beantwortet Ihre Fragen. Sie müssen nichts vorbereiten." : "Wir melden uns bei Ihnen und beantworten Ihre Fragen. Sie müssen nichts vorbereiten."]),
            new("Was wir Ihnen versprechen", [.. arrival.Steps.Where(s => s.Kind != "entered" && s.DoneOn is null).Select(s => $"bis {s.PromisedOn:d.M.yyyy}: {Promise(s.Kind)}")]),
            new("Wozu Sie kommen können", [.. offers.Select(o => OfferWords.Of(o))]),
            new("Ihre Daten", ["Wir nutzen Ihre Angaben, um Sie einzuladen und zu betreuen. Möchten Sie nicht angerufen oder angeschrieben werden, sagen Sie es uns; es gilt sofort."]),
        ], null, organisation);

    private static string Promise(string step) => step switch { "first-contact" => "ein Anruf zum Kennenlernen", "first-meeting" => "wir nehmen Sie zu einem Treffen mit", _ => "wir finden mit Ihnen eine Aufgabe, die passt" };
}

/// <summary>An offer as it is said.</summary>
internal static class OfferWords
{
    /// <summary>„12.12.2026: Jahreshauptversammlung, Bürgerhaus, passt zu: Umwelt, 6 km“.</summary>
    public static string Of(CallRegister.Offer offer) => offer.Kind switch
    {
        "meeting" => $"{offer.OnDay:d.M.yyyy}: {offer.Title}{(offer.Place is { } place ? ", " + place : "")}",
        "point" => $"{offer.Title} in {offer.Place}",
        "group" or "task" => offer.Title + (offer.Place is { } where ? ", " + where : ""),
        _ => offer.Title,
    } + (Why(offer) is { } why ? ", " + why : "");

    /// <summary>„passt zu: Umwelt, 6 km“; null where nothing is known.</summary>
    public static string? Why(CallRegister.Offer offer) => string.Join(", ", new[] { offer.Fits.Length > 0 ? "passt zu: " + string.Join(", ", offer.Fits) : null, offer.Km is { } km ? Wording.Kilometres(km) : null }.OfType<string>()) is { Length: > 0 } why ? why : null;

    /// <summary>When, where and why, in one line.</summary>
    public static string Around(CallRegister.Offer offer) => string.Join(" · ", new[] { offer.OnDay?.ToString(offer.Kind == "task" ? "'bis' d.M.yyyy" : "d.M.yyyy", Wording.German), offer.Place, Why(offer) }.OfType<string>());

    /// <summary>What it is.</summary>
    public static string Kind(string kind) => kind switch { "meeting" => "Treffen", "point" => "Anlaufstelle", "group" => "Gruppe", "task" => "Aufgabe", _ => "Online" };
}
