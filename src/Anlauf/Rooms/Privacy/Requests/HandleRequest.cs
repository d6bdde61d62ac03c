using System.ComponentModel.DataAnnotations;
using Anlauf.Platform;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Privacy.Requests;

/// <summary>The way of a request: received, person checked, compiled, confirmed by a second person where something is erased, answered (Art. 12 to 21 GDPR).</summary>
public sealed class HandleRequest(Db db, Actor actor, TimeProvider clock)
{
    /// <summary>A request as it came in.</summary>
    public sealed class Input
    {
        [Required(ErrorMessage = "Wählen Sie, was die Person verlangt")] public string Kind { get; set; } = "";
        [Range(1, int.MaxValue, ErrorMessage = "Wählen Sie die Person")] public int PersonId { get; set; }
        [Required(ErrorMessage = "Wählen Sie, auf welchem Weg die Anfrage kam")] public string Channel { get; set; } = "mail";
        [Required(ErrorMessage = "Tragen Sie den Tag des Eingangs ein: an ihm beginnt die Frist")] public DateOnly? ReceivedOn { get; set; }
    }

    private DateOnly Today => DateOnly.FromDateTime(clock.GetLocalNow().Date);

    /// <summary>Enters a request; an objection takes effect at once, because waiting would make it void.</summary>
    public Task<Outcome<int>> OpenAsync(Input input, CancellationToken ct = default) => db.InTransactionAsync<Outcome<int>>(async () =>
    {
        if (RequestWords.Kinds.All(k => k.Value != input.Kind)) return new Refusal("Wählen Sie, was die Person verlangt", nameof(input.Kind));
        if (input.ReceivedOn > Today) return new Refusal("Der Tag des Eingangs liegt in der Zukunft", nameof(input.ReceivedOn));
        if (!await db.ScalarAsync<bool>("select privacy.may_handle(@PersonId)", input, ct)) return new Refusal("Diese Person gehört nicht zu Ihrem Bereich. Suchen Sie sie noch einmal", nameof(input.PersonId));
        var id = await db.ScalarAsync<int>("""
            insert into privacy.request (division_id, person_id, kind, received_on, channel, created_by) values ((select s.division_id from privacy.subject(@PersonId) s), @PersonId, @Kind, @ReceivedOn, @Channel, @by) returning id
            """, new { input.PersonId, input.Kind, input.ReceivedOn, input.Channel, by = actor.PersonId }, ct);
        if (input.Kind == "objection") await FlagAsync(input.PersonId, "no-contact", id, ct);
        return id;
    }, ct);

    /// <summary>Notes how the person was recognised. Without it nothing is handed out or erased.</summary>
    public Task<Outcome<int>> IdentifyAsync(int id, string by, CancellationToken ct = default) => StepAsync(id, async () =>
        RequestWords.Identities.All(i => i.Value != by) ? new Refusal("Wählen Sie, woran Sie die Person erkannt haben")
            : await db.ExecuteAsync("update privacy.request set identified_on = @Today, identified_by = @by where id = @id", new { id, by, Today }, ct), ct);

    /// <summary>Two months more, where the request is complex; the person is told within the first month (Art. 12 Abs. 3).</summary>
    public Task<Outcome<int>> ExtendAsync(int id, CancellationToken ct = default) => StepAsync(id, async () => await db.ExecuteAsync("update privacy.request set extended = true where id = @id", new { id }, ct), ct);

    /// <summary>Restricts processing: the person disappears from lists until the flag is taken away (Art. 18).</summary>
    public Task<Outcome<int>> RestrictAsync(int id, CancellationToken ct = default) => StepAsync(id, async () =>
    {
        var person = await db.ScalarAsync<int>("select person_id from privacy.request where id = @id", new { id }, ct);
        await FlagAsync(person, "restricted", id, ct);
        return await CloseAsync(id, "done", ct);
    }, ct);

    /// <summary>Asks for the confirmation of a second person.</summary>
    public Task<Outcome<int>> PrepareErasureAsync(int id, CancellationToken ct = default) => StepAsync(id, async () =>
        await db.ScalarAsync<DateOnly?>("select identified_on from privacy.request where id = @id and kind = 'erasure'", new { id }, ct) is null
            ? new Refusal(RequestWords.CheckFirst)
            : await db.ExecuteAsync("update privacy.request set prepared_by = @by, prepared_at = now() where id = @id", new { id, by = actor.PersonId }, ct), ct);

    /// <summary>What an erasure did in one table.</summary>
    public sealed record Effect(string TableName, string What, long Rows);

    /// <summary>The second person confirms, and the erasure runs in the same transaction.</summary>
    public Task<Outcome<IReadOnlyList<Effect>>> ConfirmErasureAsync(int id, CancellationToken ct = default) => db.InTransactionAsync<Outcome<IReadOnlyList<Effect>>>(async () =>
    {
        if (await db.ScalarAsync<bool>("select confirm from privacy.confirm(@id) confirm", new { id }, ct) is false)
            return new Refusal("Diese Löschung wartet nicht auf Ihre Bestätigung. Bestätigen muss jemand anderes als die Person, die zusammengestellt hat");
        return new(await db.QueryAsync<Effect>("select table_name, effect as what, rows from privacy.erase(@id)", new { id }, ct), null);
    }, ct);

    /// <summary>Closes the request with its outcome.</summary>
    public Task<Outcome<int>> AnswerAsync(int id, string outcome, CancellationToken ct = default) => StepAsync(id, async () =>
    {
        if (RequestWords.Outcomes.All(o => o.Value != outcome)) return new Refusal("Wählen Sie, wie die Anfrage ausging");
        var row = await db.SingleAsync<(string Kind, DateOnly? Identified, DateTime? Confirmed)>("select kind, identified_on, confirmed_at from privacy.request where id = @id", new { id }, ct);
        if (outcome is "done" or "partly" && row.Kind is "access" or "rectification" && row.Identified is null) return new Refusal(RequestWords.CheckFirst);
        if (outcome is "done" or "partly" && row.Kind == "erasure" && row.Confirmed is null) return new Refusal("Gelöscht wird erst, wenn eine zweite Person bestätigt hat");
        return await CloseAsync(id, outcome, ct);
    }, ct);

    private Task<int> CloseAsync(int id, string outcome, CancellationToken ct) => db.ExecuteAsync("update privacy.request set answered_on = @Today, outcome = @outcome where id = @id", new { id, outcome, Today }, ct);

    private Task<int> FlagAsync(int person, string kind, int request, CancellationToken ct) =>
        db.ExecuteAsync("insert into privacy.person_flag (person_id, kind, since, request_id) values (@person, @kind, @Today, @request) on conflict do nothing", new { person, kind, request, Today }, ct);

    // what is answered stays as it was answered
    private Task<Outcome<int>> StepAsync(int id, Func<Task<Outcome<int>>> step, CancellationToken ct) => db.InTransactionAsync<Outcome<int>>(async () =>
        await db.ScalarAsync<bool>("select exists (select from privacy.request where id = @id and answered_on is null and division_id = any ((select access.divisions_for('P8', 'privacy', 'edit'))::integer[]) for update)", new { id }, ct)
            ? await step()
            : new Refusal("Diese Anfrage ist schon beantwortet oder gehört nicht zu Ihrem Bereich"), ct);
}
