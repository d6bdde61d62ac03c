using System.ComponentModel.DataAnnotations;
using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Platform.Secrets;

namespace Anlauf.Rooms.Welcome.Calls;

/// <summary>Keeps what came of a call. The same id a second time changes nothing, so that a device may send again what it is not sure of.</summary>
public sealed class NoteCall(Db db, FieldCipher cipher, TimeProvider clock)
{
    internal const string NoteColumn = "welcome.care_note.note";

    public sealed class Input
    {
        /// <summary>Made by the device before it sends.</summary>
        public Guid Id { get; set; }
        public int ArrivalId { get; set; }
        [Required(ErrorMessage = "Wählen Sie, was aus dem Anruf wurde")] public string? Outcome { get; set; }
        [MaxLength(2000, ErrorMessage = "Die Notiz ist zu lang: höchstens 2.000 Zeichen")] public string? Note { get; set; }
        public DateOnly? NextOn { get; set; }
        /// <summary>When it was, in milliseconds since 1970; null is now.</summary>
        public long? At { get; set; }
    }

    /// <summary>Whom it was about, for the word of thanks.</summary>
    public sealed record Noted(int ArrivalId, string Name);

    /// <summary>Writes the call and its note; refused where the person is not (or no longer) entrusted to the acting person.</summary>
    public Task<Outcome<Noted>> HandleAsync(Input input, CancellationToken ct = default) => db.InTransactionAsync<Outcome<Noted>>(async () =>
    {
        if (input.Id == Guid.Empty) return new Refusal("Die Notiz hat keine Kennung. Laden Sie die Seite neu");
        if (!CallWords.Outcomes.Any(o => o.Id == input.Outcome)) return new Refusal("Wählen Sie, was aus dem Anruf wurde", nameof(Input.Outcome));
        if (input.Note?.Length > 2000) return new Refusal("Die Notiz ist zu lang: höchstens 2.000 Zeichen", nameof(Input.Note));
        // a note that came before has closed the arrival perhaps: sent again it is still done
        if (await db.SingleAsync<Noted>("select c.arrival_id, p.given_name || ' ' || p.family_name as name from welcome.call c left join organisation.person p on p.id = c.person_id where c.id = @Id", new { input.Id }, ct) is { } known)
            return known with { Name = known.Name ?? "" };
        var whom = await db.SingleAsync<(int Person, string Name)?>("""
            select a.person_id, p.given_name || ' ' || p.family_name from welcome.arrival a join organisation.person p on p.id = a.person_id where a.id = @ArrivalId and welcome.mine(a.id)
            """, input, ct);
        if (whom is not { } found) return new Refusal("Diese Person ist Ihnen nicht (mehr) anvertraut. Die Notiz ist nicht gespeichert");
        var now = clock.GetUtcNow();
        var said = input.At is > 0 and < 4_102_444_800_000 ? DateTimeOffset.FromUnixTimeMilliseconds(input.At.Value) : now;
        // a clock that goes wrong does not put a call into the future or before the arrival
        var at = said > now ? now : said < now.AddDays(-60) ? now.AddDays(-60) : said;
        var today = DateOnly.FromDateTime(clock.GetLocalNow().Date);
        var next = input.NextOn ?? (input.Outcome is "missed" or "voicemail" ? today.AddDays(2) : null);
        var added = await db.ExecuteAsync("""
            insert into welcome.call (id, arrival_id, person_id, by_person_id, at, outcome, next_on) values (@Id, @ArrivalId, @Person, access.person_id(), @at, @Outcome, @next) on conflict (id) do nothing
            """, new { input.Id, input.ArrivalId, found.Person, at, input.Outcome, next }, ct);
        if (added == 1 && cipher.Encrypt(input.Note?.Trim(), NoteColumn, input.Id.ToString()) is { } note)
            await db.ExecuteAsync("insert into welcome.care_note (call_id, person_id, note) values (@Id, @Person, @note)", new { input.Id, found.Person, note }, ct);
        return new Noted(input.ArrivalId, found.Name);
    }, ct);
}
