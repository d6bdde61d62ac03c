using System.ComponentModel.DataAnnotations;
using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Rooms.Situation;

namespace Anlauf.Rooms.Presence;

/// <summary>Closes a contact point on a day, with the reason; it stays in the register.</summary>
public sealed class CloseContactPoint(Db db, IndicatorRefresh refresh)
{
    public sealed class Input
    {
        public string Slug { get; set; } = "";
        [Required(ErrorMessage = "Nennen Sie den letzten Tag")] public DateOnly? ClosedOn { get; set; }
        [Required(ErrorMessage = "Nennen Sie den Grund in einem Satz"), MaxLength(200, ErrorMessage = "Der Grund ist zu lang: höchstens 200 Zeichen")] public string Reason { get; set; } = "";
    }

    /// <summary>Writes day and reason; returns the name.</summary>
    public async Task<Outcome<string>> HandleAsync(Input input, CancellationToken ct = default)
    {
        if (await db.ScalarAsync<DateOnly?>("select opened_on from presence.contact_point where slug = @Slug", input, ct) is not { } opened) return new Refusal("Diese Anlaufstelle gibt es nicht");
        if (input.ClosedOn < opened) return new Refusal("Die Anlaufstelle kann nicht schließen, bevor sie öffnet. Prüfen Sie das Datum", nameof(Input.ClosedOn));
        var name = await db.ScalarAsync<string>("update presence.contact_point set closed_on = @ClosedOn, closing_reason = trim(@Reason) where slug = @Slug returning name", input, ct);
        if (name is null) return new Refusal("Diese Anlaufstelle dürfen Sie nicht schließen");
        await refresh.RunAsync(ContactPointIndicator.Ids, ct);
        return name;
    }
}
