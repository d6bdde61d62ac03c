using System.Net.Mail;
using Anlauf.Platform.Database;
using Anlauf.Platform.Secrets;

namespace Anlauf.Platform.Mail;

/// <summary>
/// Where rooms put letters. A letter lies in the database until it has left, so one that is put in within a transaction is sent if
/// and only if that transaction holds. Who does not want to be written to is not asked here: that is the caller's business.
/// </summary>
public sealed class Outbox(Db db, FieldCipher cipher, MailSettings settings)
{
    internal const string BodyColumn = "mail.outbox.body";

    /// <summary>True where letters leave; otherwise they wait, and say so under Verwaltung, Betrieb.</summary>
    public bool Sends => settings.Problem is null;

    /// <summary>Address of a page for a letter, „https://anlauf.example.org/…“; null where nobody has said the installation's own (setting Site).</summary>
    public string? AddressOf(string path) => settings.AddressOf(path);

    /// <inheritdoc cref="PutAsync(string, string, string, int?, CancellationToken)"/>
    public Task<Outcome<Guid>> PutAsync(string to, string subject, string text, CancellationToken ct = default) => PutAsync(to, subject, text, null, ct);

    /// <summary>Puts a letter in; its number, or the refusal of an address that is none.</summary>
    /// <param name="to">E-mail address, without a name.</param>
    /// <param name="subject">One line.</param>
    /// <param name="text">Plain text; lines may be as long as they like.</param>
    /// <param name="person">Whom the letter is about, so that an erasure takes it along.</param>
    public async Task<Outcome<Guid>> PutAsync(string to, string subject, string text, int? person, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(subject);
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        if (IsAddress(to) && await db.ScalarAsync<bool>("select mail.is_undeliverable(@hash)", new { hash = HashOf(cipher, to) }, ct)) return new Refusal("An dieser E-Mail-Adresse kam zuletzt nichts an. Klären Sie sie zuerst, unter Menschen, Datenpflege");
        if (!IsAddress(to)) return new Refusal($"„{to}“ ist keine E-Mail-Adresse, an die sich schreiben lässt");
        var id = Guid.NewGuid();
        await db.ExecuteAsync("select mail.put(@id, @to, @subject, @body, @person)",
            new { id, to, subject = subject.ReplaceLineEndings(" "), body = cipher.Encrypt(text, BodyColumn, id.ToString()), person }, ct);
        return id;
    }

    /// <summary>Somebody has looked at an address that failed: letters go there again.</summary>
    public Task TryAgainAsync(string address, CancellationToken ct = default) => db.ExecuteAsync("select mail.try_again(@hash)", new { hash = HashOf(cipher, address) }, ct);

    /// <summary>By what an address that fails is found again; capitals make no difference.</summary>
    internal static byte[] HashOf(FieldCipher cipher, string address) => cipher.Hash(address.Trim().ToLowerInvariant(), "mail.undeliverable.address_hash");

    /// <summary>True where a letter can go there: one address, no name, no line break, letters of ASCII before the @.</summary>
    public static bool IsAddress(string? address) => address is { Length: <= 254 } && MailAddress.TryCreate(address, out var read) && read.Address == address
        && read.User.All(char.IsAscii) && !address.Any(c => char.IsControl(c) || char.IsWhiteSpace(c));
}
