using System.ComponentModel.DataAnnotations;
using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Platform.Secrets;

namespace Anlauf.Rooms.Welcome.Calls;

/// <summary>Keeps what came of a call. The same id a second time changes nothing, so that a device may send again what it is not sure of.</summary>
public sealed class NoteCall(Db db, FieldCipher cipher, TimeProvider clock)
{
    internal const string NoteColumn = "welcome.care_note.note";
    /// <summary>Characters of a note.</summary>
    public const int LongestNote = 2000;
    private const string TooLong = "Die Notiz ist zu lang: höchstens 2.000 Zeichen";
    private const string TakenBack = "Dieser Anruf wurde zurückgenommen und ist nicht gespeichert. Notieren Sie ihn neu";

    public sealed class Input
    {
        /// <summary>Made by the device before it sends.</summary>
        public Guid Id { get; set; }
        public int ArrivalId { get; set; }
        [Required(ErrorMessage = "Wählen Sie, was aus dem Anruf wurde")] public string? Outcome { get; set; }
        [MaxLength(LongestNote, ErrorMessage = TooLong)] public string? Note { get; set; }
        public DateOnly? NextOn { get; set; }
        /// <summary>When it was, in milliseconds since 1970; null is now.</summary>
        public long? At { get; set; }
    }

    /// <summary>What was kept, for the confirmation.</summary>
    /// <param name="NextOn">Not before this day again; null is open.</param>
    public sealed record Noted(int ArrivalId, string Name, string Outcome, DateOnly? NextOn)
    {
        /// <summary>„Notiert: Mira Vorlage, nicht erreicht, Wiedervorlage am Mo 23.11.“</summary>
        public string Sentence(DateOnly today)
        {
            var said = $"Notiert: {Name}, {CallWords.Word(Outcome)}";
            if (NextOn is not { } day) return said + ".";
            var when = Situation.Wording.Day(day, today);
            return $"{said}, Wiedervorlage {(char.IsLetter(when[^1]) ? "" : "am ")}{when.TrimEnd('.')}.";
        }
    }

    /// <summary>Writes the call and its note; refused where the person is not (or no longer) entrusted to the acting person.</summary>
    public Task<Outcome<Noted>> HandleAsync(Input input, CancellationToken ct = default) => db.InTransactionAsync<Outcome<Noted>>(async () =>
    {
        if (input.Id == Guid.Empty) return new Refusal("Die Notiz hat keine Kennung. Laden Sie die Seite neu");
        if (!CallWords.Outcomes.Any(o => o.Id == input.Outcome)) return new Refusal("Wählen Sie, was aus dem Anruf wurde", nameof(Input.Outcome));
        if (input.Note?.Length > LongestNote) return new Refusal(TooLong, nameof(Input.Note));
        // a note that came before has closed the arrival perhaps: sent again it is still done
        if (await KnownAsync(input.Id, ct) is { } known) return known;
        var whom = await db.SingleAsync<(int Person, string Name)?>("""
            select a.person_id, p.given_name || ' ' || p.family_name from welcome.arrival a join organisation.person p on p.id = a.person_id where a.id = @ArrivalId and welcome.mine(a.id)
            """, input, ct);
        if (whom is not { } found) return new Refusal("Diese Person ist Ihnen nicht (mehr) anvertraut. Die Notiz ist nicht gespeichert");
        var now = clock.GetUtcNow();
        var said = input.At is > 0 and < 4_102_444_800_000 ? DateTimeOffset.FromUnixTimeMilliseconds(input.At.Value) : now;
        // a clock that goes wrong does not put a call into the future or before the arrival
        var at = said > now ? now : said < now.AddDays(-60) ? now.AddDays(-60) : said;
        var today = DateOnly.FromDateTime(clock.GetLocalNow().Date);
        if (input.NextOn < DateOnly.FromDateTime(at.InGermany().Date)) return new Refusal("Dieser Tag liegt vor dem Anruf. Nehmen Sie einen späteren, oder lassen Sie das Feld leer", nameof(Input.NextOn));
        var next = input.NextOn ?? (input.Outcome is "missed" or "voicemail" ? today.AddDays(2) : null);
        var added = await db.ExecuteAsync("""
            insert into welcome.call (id, arrival_id, person_id, by_person_id, at, outcome, next_on) values (@Id, @ArrivalId, @Person, access.person_id(), @at, @Outcome, @next) on conflict (id) do nothing
            """, new { input.Id, input.ArrivalId, found.Person, at, input.Outcome, next }, ct);
        // the id is known, yet not to be seen: the call was taken back, or the same note has arrived by another way meanwhile
        if (added == 0) return await KnownAsync(input.Id, ct) is { } meanwhile ? meanwhile : new Refusal(TakenBack);
        await KeepAsync(input.Id, found.Person, input.Note, ct);
        return new Noted(input.ArrivalId, found.Name, input.Outcome!, next);
    }, ct);

    private async Task KeepAsync(Guid call, int person, string? text, CancellationToken ct)
    {
        if (cipher.Encrypt(text?.Trim(), NoteColumn, call.ToString()) is { } note)
            await db.ExecuteAsync("insert into welcome.care_note (call_id, person_id, note) values (@call, @person, @note)", new { call, person, note }, ct);
    }

    // null for a call that was taken back: the policy shows it to nobody
    private Task<Noted?> KnownAsync(Guid id, CancellationToken ct) => db.SingleAsync<Noted>(
        "select c.arrival_id, coalesce(p.given_name || ' ' || p.family_name, '') as name, c.outcome, c.next_on from welcome.call c left join organisation.person p on p.id = c.person_id where c.id = @id", new { id }, ct);

    /// <summary>Outcomes of a call to somebody who is not arriving.</summary>
    public static IReadOnlyList<string> OfMembers { get; } = ["reached", "missed", "voicemail", "wrong-number", "declined"];

    /// <summary>Writes the outcome of a call to a member who is not arriving, and a note beside it; gives the name. Refused where the acting person does not read the membership.</summary>
    public Task<Outcome<string>> HandleAsync(Guid id, int person, string? outcome, string? note = null, CancellationToken ct = default) => db.InTransactionAsync<Outcome<string>>(async () =>
    {
        if (!OfMembers.Contains(outcome)) return new Refusal("Wählen Sie, was aus dem Anruf wurde");
        if (note?.Length > LongestNote) return new Refusal(TooLong);
        var name = await db.ScalarAsync<string?>("""
            select p.given_name || ' ' || p.family_name from organisation.person p where p.id = @person and p.division_id = any ((select access.divisions_for('P2', 'membership', 'read'))::integer[]) and members.may_call(p.id)
            """, new { person }, ct);
        if (name is null) return new Refusal("Einen Anruf bei dieser Person können Sie nicht eintragen");
        var added = await db.ExecuteAsync("insert into welcome.call (id, person_id, by_person_id, outcome) values (@id, @person, access.person_id(), @outcome) on conflict (id) do nothing", new { id, person, outcome }, ct);
        if (added == 1) await KeepAsync(id, person, note, ct);
        return added == 1 || await db.ScalarAsync<bool>("select exists (select from welcome.call c where c.id = @id)", new { id }, ct) ? name : new Refusal(TakenBack);
    }, ct);

    /// <summary>Takes a call back that the acting person noted by mistake, within a quarter of an hour; gives whose page of calls it was.</summary>
    public async Task<Outcome<int>> UndoAsync(Guid id, CancellationToken ct = default) =>
        await db.ScalarAsync<int?>("select welcome.undo_call(@id)", new { id }, ct) is { } arrival ? arrival : new Refusal("Das lässt sich nicht mehr zurücknehmen: Es ist länger als eine Viertelstunde her, oder danach wurde etwas anderes notiert");
}
