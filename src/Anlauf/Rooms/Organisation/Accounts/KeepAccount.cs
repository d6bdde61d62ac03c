using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Platform.Identity;

namespace Anlauf.Rooms.Organisation.Accounts;

/// <summary>Locks and unlocks an account, ends its sessions, asks for a second factor, or has it set up anew. The database checks who may.</summary>
public sealed class KeepAccount(Db db)
{
    /// <summary>Steps and the sentence that confirms them.</summary>
    public static IReadOnlyDictionary<string, string> Steps { get; } = new Dictionary<string, string>
    {
        ["lock"] = "Das Konto ist gesperrt, offene Sitzungen sind beendet.",
        ["unlock"] = "Das Konto ist wieder offen.",
        ["end-sessions"] = "Alle Sitzungen des Kontos sind beendet.",
        ["require-factor"] = "Ein zweiter Faktor ist jetzt Pflicht. Die nächste Seite fragt danach.",
        ["waive-factor"] = "Ein zweiter Faktor ist nicht mehr Pflicht.",
    };

    private static readonly Refusal NotYours = new("Dieses Konto führen Sie nicht. Bitten Sie die Landesgeschäftsführung darum");

    /// <summary>Carries out one of <see cref="Steps"/>; returns the sentence that confirms it.</summary>
    public async Task<Outcome<string>> HandleAsync(int account, string step, CancellationToken ct = default)
    {
        if (!Steps.TryGetValue(step, out var done)) return new Refusal("Diesen Schritt gibt es nicht. Wählen Sie einen der Knöpfe");
        return await db.ScalarAsync<bool>("select organisation.keep_account(@account, @step, null)", new { account, step }, ct) ? done : NotYours;
    }

    /// <summary>Takes away password, code app and devices; returns the last part of the address of the link that sets the account up anew.</summary>
    public async Task<Outcome<string>> RenewAsync(int account, CancellationToken ct = default)
    {
        var (secret, hash) = Invitation.New();
        return await db.ScalarAsync<bool>("select organisation.keep_account(@account, 'renew', @hash)", new { account, hash }, ct) ? secret : NotYours;
    }
}
