using System.Globalization;
using System.Text.Json;
using Anlauf.Platform;
using Anlauf.Platform.Database;
using Npgsql;

namespace Anlauf.Rooms.Members.Reconciliation;

/// <summary>
/// Reads a file in and takes it back, by steps of so many lines. Each step is one transaction: nobody is half written, the others of the
/// house are not kept waiting, and what is stopped, or was torn off, goes on where it was.
/// </summary>
public sealed class ImportRun(Db db, StepJournal journals, ImportDesk desk, ReadIn readIn, Actor actor)
{
    /// <summary>Lines of one step, and so of what is done at once; longer files go on in the background (<see cref="ReadFilesIn"/>).</summary>
    public const int StepLines = 2_000;

    private const int Lock = 0x4d656e73; // "Mens"
    private sealed record Step(int Id, int Persons, byte[]? Journal, DateTime WrittenAt);
    private sealed record Item(int Line, PersonLine? New, Reconcile.Changed? Changed);

    /// <summary>Begins to read a file in, or goes on with it. Gives the persons written until now: 0 where the background does it.</summary>
    public Task<Outcome<int>> TakeAsync(int id, CancellationToken ct = default) => InTurnAsync(id, async () =>
    {
        var begun = await db.InTransactionAsync<Outcome<int>>(async () =>
        {
            if (await StateAsync(id, ct) is not ("preview" or "paused") || await desk.FindAsync(id, ct) is not { } file) return new Refusal("Diese Datei ist schon eingelesen oder verworfen");
            if (!file.HasContent) return new Refusal(file.State == "paused" ? "Diese Datei wird zurückgenommen oder ist älter als ein Tag: Sie lässt sich nicht weiter einlesen" : "Die Vorschau ist älter als ein Tag und wurde gelöscht. Laden Sie die Datei noch einmal hoch");
            await db.ExecuteAsync("update members.people_import set state = 'reading', taken_by = @me, trouble = null where id = @id", new { id, me = actor.PersonId }, ct);
            return file.Lines;
        }, ct);
        return begun.Done ? begun.Value <= StepLines ? await ReadAsync(id, ct) : 0 : begun.Refusal!;
    }, ct);

    /// <summary>Begins to take a file back, or goes on with it. Gives the persons taken back whole until now: 0 where the background does it.</summary>
    public Task<Outcome<int>> UndoAsync(int id, CancellationToken ct = default) => InTurnAsync(id, async () =>
    {
        var begun = await db.InTransactionAsync<Outcome<int>>(async () =>
        {
            var steps = await StateAsync(id, ct) is "done" or "paused" ? await db.QueryAsync<Step>("select id, persons, journal, written_at from members.people_import_step where import_id = @id", new { id }, ct) : [];
            if (steps.Count == 0 || steps.Any(s => s.Journal is null)) return new Refusal("Diese Datei lässt sich nicht mehr zurücknehmen: Das geht dreißig Tage lang");
            await db.ExecuteAsync("update members.people_import set state = 'undoing', taken_by = @me, trouble = null, content = null where id = @id", new { id, me = actor.PersonId }, ct);
            return steps.Count;
        }, ct);
        return begun.Done ? begun.Value == 1 ? await TakeBackAsync(id, ct) : 0 : begun.Refusal!;
    }, ct);

    /// <summary>Stops after the step that is being written. What is written stays until it is taken back.</summary>
    public Task<int> StopAsync(int id, CancellationToken ct = default) =>
        db.ExecuteAsync("update members.people_import set state = 'paused' where id = @id and state in ('reading', 'undoing')", new { id }, ct);

    /// <summary>Goes on with what was begun, to its end or until somebody stops it; gives the persons written or taken back in all.</summary>
    public Task<Outcome<int>> GoOnAsync(int id, CancellationToken ct = default) => InTurnAsync(id, async () => await StateAsync(id, ct) switch
    {
        "reading" => await ReadAsync(id, ct),
        "undoing" => await TakeBackAsync(id, ct),
        _ => new Refusal("Hier ist nichts angefangen"),
    }, ct);

    private async Task<Outcome<int>> ReadAsync(int id, CancellationToken ct)
    {
        if (await desk.PreviewAsync(id, ct) is not { } preview || await desk.FindAsync(id, ct) is not { } file) return await StandAsync(id, "preview", "Die Vorschau ist älter als ein Tag und wurde gelöscht. Laden Sie die Datei noch einmal hoch", ct);
        // what an earlier run has read stands in the register; only what follows is looked at
        var read = await db.ScalarAsync<int>("select coalesce(max(to_line), 0) from members.people_import_step where import_id = @id", new { id }, ct);
        List<Item> items = [.. preview.New.Select(n => new Item(n.Line, n, null)).Concat(preview.Changes.Select(c => new Item(c.Line.Line, null, c))).Where(i => i.Line > read).OrderBy(i => i.Line)];
        if (read == 0)
        {
            if (items.Count == 0) return await StandAsync(id, "preview", "In der Datei ist nichts, was sich einlesen ließe", ct);
            await db.ExecuteAsync("update members.people_import set wanted_lines = @Count, summary = @summary::jsonb where id = @id", new { id, items.Count, summary = JsonSerializer.Serialize(Summary(preview)) }, ct);
        }
        foreach (var step in items.Chunk(StepLines))
        {
            try
            {
                var goesOn = await db.InTransactionAsync(async () =>
                {
                    if (await StateAsync(id, ct) != "reading") return false;
                    var journal = await readIn.WriteAsync([.. step.Select(i => i.New).OfType<PersonLine>()], [.. step.Select(i => i.Changed).OfType<Reconcile.Changed>()], file.DivisionId, file.NewcomersFrom, "Datei " + file.FileName, ct);
                    var number = await db.ScalarAsync<int>("insert into members.people_import_step (import_id, to_line, persons) values (@id, @Line, @Length) returning id", new { id, step[^1].Line, step.Length }, ct);
                    await db.ExecuteAsync("update members.people_import_step set journal = @journal where id = @number", new { number, journal = journals.Seal(number, journal) }, ct);
                    await db.ExecuteAsync("update members.people_import set done_lines = done_lines + @Length where id = @id", new { id, step.Length }, ct);
                    return true;
                }, ct);
                if (!goesOn) return await DoneAsync(id, ct);
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
            {
                return await StandAsync(id, "paused", $"Zwischen Zeile {step[0].Line} und {step[^1].Line} lässt sich etwas nicht eintragen, was es nur einmal geben darf. Prüfen Sie diese Zeilen, verwerfen Sie die Datei oder nehmen Sie sie zurück, und laden Sie sie berichtigt noch einmal hoch", ct);
            }
            catch (PostgresException) { return await StandAsync(id, "paused", "Ein Schritt ließ sich nicht einlesen, wahrscheinlich weil jemand zugleich dieselben Menschen geändert hat. Setzen Sie das Einlesen fort", ct); }
        }
        await db.ExecuteAsync("update members.people_import set state = 'done', taken_at = now(), content = null where id = @id and state = 'reading'", new { id }, ct);
        return await DoneAsync(id, ct);
    }

    // the last step first, so that what was written on top goes first
    private async Task<Outcome<int>> TakeBackAsync(int id, CancellationToken ct)
    {
        var (gone, left) = (0, 0);
        while (true)
        {
            try
            {
                var persons = await db.InTransactionAsync<(int Gone, int Left)?>(async () =>
                {
                    if (await StateAsync(id, ct) != "undoing") return null;
                    if (await db.SingleAsync<Step>("select id, persons, journal, written_at from members.people_import_step where import_id = @id order by to_line desc, id desc limit 1", new { id }, ct) is not { } step) return (0, 0);
                    var kept = await readIn.TakeBackAsync(Open(step), step.WrittenAt, ct);
                    await db.ExecuteAsync("delete from members.people_import_step where id = @Id", step, ct);
                    await db.ExecuteAsync("update members.people_import set done_lines = done_lines - @Persons, kept_persons = kept_persons + @kept where id = @id", new { id, step.Persons, kept }, ct);
                    return (step.Persons - kept, kept);
                }, ct);
                if (persons is not { } done) return gone;
                if (done is (0, 0)) break;
                (gone, left) = (gone + done.Gone, left + done.Left);
            }
            catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.UniqueViolation)
            {
                return await StandAsync(id, gone + left == 0 ? "done" : "paused", $"{(gone == 0 ? "" : $"{gone.ToString("N0", German)} Menschen sind zurückgenommen. ")}Mit anderen Menschen aus dieser Datei wurde schon weitergearbeitet. Lassen Sie sie eingelesen, und berichtigen Sie einzelne", ct);
            }
        }
        await db.ExecuteAsync("update members.people_import set state = 'undone' where id = @id and state = 'undoing'", new { id }, ct);
        return gone;
    }

    // numbers for the report of the week, and the sentence for the list of files
    private static Dictionary<string, object> Summary(Reconcile.Preview p) => new()
    {
        ["said"] = string.Join(", ", ((int N, string Is)[])[(p.New.Count, "neu"), (p.Changes.Count, "geändert"), (p.Unchanged, "unverändert"), (p.Missing.Count, p.Missing.Count == 1 ? "fehlt in der Datei" : "fehlen in der Datei"), (p.Faulty, "nicht lesbar")] is var parts ? parts.Where(x => x.N > 0).Select(x => $"{x.N.ToString("N0", German)} {x.Is}") : []),
        ["new"] = p.New.Count,
        ["changed"] = p.Changes.Count,
        ["unchanged"] = p.Unchanged,
        ["missing"] = p.Missing.Count,
        ["faulty"] = p.Faulty,
        ["doubtful"] = p.Doubtful.Count,
    };

    private ReadIn.Journal Open(Step step) => journals.Open(step.Id, step.Journal!);

    // the row is held: a stop waits for the step that is being written, and a step for the stop
    private Task<string?> StateAsync(int id, CancellationToken ct) => db.ScalarAsync<string>("select state from members.people_import where id = @id for update", new { id }, ct);

    private async Task<Outcome<int>> StandAsync(int id, string state, string why, CancellationToken ct)
    {
        await db.ExecuteAsync("update members.people_import set state = @state, trouble = @why where id = @id and state in ('reading', 'undoing')", new { id, state, why }, ct);
        return new Refusal(why);
    }

    private async Task<Outcome<int>> DoneAsync(int id, CancellationToken ct) => await db.ScalarAsync<int>("select done_lines from members.people_import where id = @id", new { id }, ct);

    // one at a time for each file, on whatever node
    private async Task<Outcome<int>> InTurnAsync(int id, Func<Task<Outcome<int>>> work, CancellationToken ct)
    {
        if (!await db.ScalarAsync<bool>("select pg_try_advisory_lock(@Lock, @id)", new { Lock, id }, ct)) return new Refusal("Mit dieser Datei wird gerade gearbeitet");
        try { return await work(); }
        finally { await db.ExecuteAsync("select pg_advisory_unlock(@Lock, @id)", new { Lock, id }, CancellationToken.None); }
    }

    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");
}
