using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Rooms.Members.Register;

namespace Anlauf.Rooms.SelfService.Own;

/// <summary>The person gives a consent, withdraws it as easily (Art. 7 Abs. 3 GDPR), or objects to being addressed at all (Art. 21).</summary>
public sealed class OwnConsents(Db db, KeepConsent consents, TimeProvider clock)
{
    private DateOnly Today => DateOnly.FromDateTime(clock.GetLocalNow().Date);

    /// <summary>Gives a consent; its proof is the way it came.</summary>
    public async Task<Outcome<int>> GiveAsync(Links.Visit visit, string? kind, CancellationToken ct = default)
    {
        if (MemberWords.Consents.All(c => c.Id != kind) || kind == "home-area") return new Refusal("Wählen Sie, worum es geht. Der Heimatbezug wird beim Umzug eingetragen");
        // both at once would contradict each other, and whoever looks could not know which counts
        if (kind is "newsletter" or "phone" && await db.ScalarAsync<bool>("select not privacy.may_contact(@PersonId)", new { visit.PersonId }, ct)) return new Refusal("Sie wünschen keine Ansprache. Nehmen Sie das zuerst zurück, dann können Sie einwilligen");
        var byLink = visit.Purpose != "account";
        await db.ExecuteAsync("""
            insert into members.consent (person_id, kind, text_version, channel, given_on, proof) values (@PersonId, @kind, @TextVersion, @channel, @Today, @proof) on conflict do nothing
            """, new { visit.PersonId, kind, KeepConsent.TextVersion, channel = byLink ? "link" : "form", Today, proof = byLink ? "über den persönlichen Link" : "angemeldet" }, ct);
        return visit.PersonId;
    }

    /// <summary>Withdraws what is open of a kind, in one or several places.</summary>
    public async Task<Outcome<int>> WithdrawAsync(Links.Visit visit, string? kind, CancellationToken ct = default)
    {
        foreach (var row in (await consents.OfAsync(visit.PersonId, ct)).Where(c => c.Kind == kind && c.WithdrawnOn is null)) await consents.WithdrawAsync(row.Id, ct);
        return visit.PersonId;
    }

    /// <summary>„Keine Ansprache“: nobody writes or calls from now on, until the person takes it back (<see cref="AllowAsync"/>).</summary>
    public async Task<Outcome<int>> ObjectAsync(Links.Visit visit, CancellationToken ct = default)
    {
        await db.ExecuteAsync("select selfservice.object_contact()", ct: ct);
        return visit.PersonId;
    }

    /// <summary>Takes „keine Ansprache“ back.</summary>
    public async Task<Outcome<int>> AllowAsync(Links.Visit visit, CancellationToken ct = default) =>
        await db.ScalarAsync<bool>("select selfservice.allow_contact()", ct: ct) ? visit.PersonId : new Refusal("Sie dürfen schon angesprochen werden");
}
