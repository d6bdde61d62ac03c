using Anlauf.Platform;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Offers;

/// <summary>What somebody who is asked may say: I take it, I cannot, a question; and later: done, or back to you.</summary>
public sealed class AnswerOffer(Db db)
{
    private static readonly Refusal Unknown = new("Dieses Angebot gibt es nicht mehr, oder es gilt nicht Ihnen");

    /// <summary>Accepts. True: it is the acting person's task now; false: the offering body decides. Sent twice counts once.</summary>
    public async Task<Outcome<bool>> TakeAsync(int offer, CancellationToken ct = default) => await db.ScalarAsync<string>("select offers.take(@offer)", new { offer }, ct) switch
    {
        "yours" => true,
        "waiting" => false,
        "gone" => new Refusal("Jemand anderes war schneller und hat diese Aufgabe schon. Danke, dass Sie helfen wollten"),
        "withdrawn" => new Refusal("Dieses Angebot ist inzwischen zurückgezogen. Danke, dass Sie helfen wollten"),
        "late" => new Refusal("Die Zeit für Antworten ist vorbei. Fragen Sie nach, ob noch jemand gesucht wird"),
        _ => Unknown,
    };

    /// <summary>Cannot.</summary>
    public async Task<Outcome<bool>> DeclineAsync(int offer, CancellationToken ct = default) => await db.ScalarAsync<string>("select offers.decline(@offer)", new { offer }, ct) switch
    {
        "no" => true,
        "yours" => new Refusal("Sie haben diese Aufgabe schon übernommen. Geben Sie sie zurück, wenn es nicht geht"),
        _ => Unknown,
    };

    /// <summary>Asks the offering body.</summary>
    public async Task<Outcome<bool>> AskAsync(int offer, string? text, CancellationToken ct = default)
    {
        if (string.IsNullOrWhiteSpace(text)) return new Refusal("Schreiben Sie Ihre Frage", "Text");
        if (text.Length > 2000) return new Refusal("Die Frage ist zu lang: höchstens 2.000 Zeichen", "Text");
        return await db.ScalarAsync<bool>("select offers.ask(@offer, @text)", new { offer, text = text.Trim() }, ct) ? true : Unknown;
    }

    /// <summary>Gives a task back; the offer stands again, for a week at least.</summary>
    public async Task<Outcome<bool>> HandBackAsync(int offer, CancellationToken ct = default) => await db.ScalarAsync<bool>("select offers.hand_back(@offer)", new { offer }, ct) ? true : Unknown;

    /// <summary>Says that it is done.</summary>
    public async Task<Outcome<bool>> FinishAsync(int offer, CancellationToken ct = default) => await db.ScalarAsync<bool>("select offers.finish(@offer)", new { offer }, ct) ? true : Unknown;
}

/// <summary>What the offering body does: choose, reply, take the offer back, offer it for longer.</summary>
public sealed class RunOffer(Db db, TimeProvider clock)
{
    private static readonly Refusal NotYours = new("Dieses Angebot führt eine andere Gliederung");

    /// <summary>Gives the task to one of those who would take it.</summary>
    public async Task<Outcome<bool>> ConfirmAsync(int offer, int person, CancellationToken ct = default) => await db.ScalarAsync<string>("select offers.confirm(@offer, @person)", new { offer, person }, ct) switch
    {
        "yours" => true,
        "gone" => new Refusal("Die Aufgabe ist schon jemand anderem gegeben"),
        _ => new Refusal("Diese Zusage gibt es nicht mehr"),
    };

    /// <summary>Replies to a question.</summary>
    public async Task<Outcome<bool>> ReplyAsync(int question, string? text, CancellationToken ct = default)
    {
        if (string.IsNullOrWhiteSpace(text)) return new Refusal("Schreiben Sie eine Antwort");
        if (text.Length > 2000) return new Refusal("Die Antwort ist zu lang: höchstens 2.000 Zeichen");
        return await db.ScalarAsync<bool>("select offers.reply(@question, @text)", new { question, text = text.Trim() }, ct) ? true : NotYours;
    }

    /// <summary>Takes an open offer back; the task stays.</summary>
    public async Task<Outcome<bool>> WithdrawAsync(int offer, CancellationToken ct = default) =>
        await db.ExecuteAsync("update offers.offer set state = 'withdrawn' where id = @offer and state = 'open' and division_id = any ((select access.divisions_for('P1', 'offers', 'edit'))::integer[])", new { offer }, ct) == 1 ? true : new Refusal("Zurückziehen lässt sich nur ein offenes Angebot Ihrer Gliederung");

    /// <summary>Offers it until a later day.</summary>
    public async Task<Outcome<bool>> ExtendAsync(int offer, DateOnly? until, CancellationToken ct = default)
    {
        if (until is not { } day || day < DateOnly.FromDateTime(clock.GetLocalNow().Date)) return new Refusal("Nennen Sie einen Tag, der noch kommt", "Until");
        if (day > DateOnly.FromDateTime(clock.GetLocalNow().Date).AddDays(366)) return new Refusal("Ein Angebot steht höchstens ein Jahr. Nennen Sie einen früheren Tag", "Until");
        return await db.ExecuteAsync("update offers.offer set answer_by = @day, returned_on = null where id = @offer and state = 'open' and division_id = any ((select access.divisions_for('P1', 'offers', 'edit'))::integer[])", new { offer, day }, ct) == 1 ? true : NotYours;
    }
}
