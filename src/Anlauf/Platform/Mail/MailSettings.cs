using System.Globalization;
using System.Net;
using System.Net.Mail;

namespace Anlauf.Platform.Mail;

/// <summary>
/// The server that takes our mail: section <c>Mail</c> of the configuration (anlauf.json, or environment Mail__Host and so on).
/// Host, Port (587), User, PasswordFile, From, Name, Tls. Links are made from <see cref="Hosting.OwnAddress"/>.
/// Bounces:Folder and Bounces:Address say where letters come back to.
/// </summary>
public sealed class MailSettings(IConfiguration configuration)
{
    private string? this[string key] => configuration["Mail:" + key] is { Length: > 0 } value ? value : null;

    /// <summary>Name of the server.</summary>
    public string Host => this["Host"] ?? "";

    /// <summary>Whether letters are to leave at all; what hinders them then is <see cref="Problem"/>.</summary>
    internal bool IsOn => Host.Length > 0;

    /// <summary>Port; encrypted by STARTTLS.</summary>
    public int Port => int.TryParse(this["Port"], NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : 587;

    /// <summary>Letters leave encrypted or not at all, except to a server on the same machine.</summary>
    public bool Tls => this["Tls"] is "true" or "True" || !IsLocal(Host);

    /// <summary>Who writes.</summary>
    public MailAddress From => new(this["From"]!, this["Name"] ?? "");

    /// <summary>Folder (Maildir or .eml files) into which the mailbox of the sender delivers what comes back; null where none is read.</summary>
    public string? BounceFolder => this["Bounces:Folder"];

    /// <summary>Address for what comes back, with the number of the letter put in after a plus; null: it goes to <see cref="From"/>.</summary>
    internal MailAddress? BounceAddress(Guid letter) => MailAddress.TryCreate(this["Bounces:Address"], out var to) ? new($"{to.User}+{letter:N}@{to.Host}") : null;

    /// <summary>Address of a page for a letter; null where nobody has said under which address people reach us.</summary>
    /// <param name="path">Path with its leading slash.</param>
    public string? AddressOf(string path) => new Hosting.OwnAddress(configuration).Said is { } site ? site + path : null;

    /// <summary>Why nothing can be sent, as a German sentence; null where everything is set.</summary>
    public string? Problem => Host.Length == 0 ? "Kein Postausgang ist eingetragen (Mail:Host in anlauf.json)."
        : !MailAddress.TryCreate(this["From"], out _) ? "Die Absenderadresse fehlt oder ist keine E-Mail-Adresse (Mail:From in anlauf.json)."
        : Port == 465 ? "Der Anschluss 465 verschlüsselt vor dem ersten Wort, das spricht Anlauf nicht. Nehmen Sie 587 (STARTTLS) in Mail:Port, oder einen Postausgang auf demselben Rechner."
        // a password never leaves this machine in the clear; the setting that would ask for it is named instead of passed over
        : this["Tls"] is "false" or "False" && !IsLocal(Host) ? "Ohne Verschlüsselung schickt Anlauf nichts über das Netz, auch kein Kennwort. Nehmen Sie Mail:Tls aus anlauf.json."
        : this["User"] is not null && this["PasswordFile"] is not { } ? "Zum Benutzer des Postausgangs fehlt die Datei mit dem Kennwort (Mail:PasswordFile in anlauf.json)."
        : this["PasswordFile"] is { } file && !File.Exists(file) ? "Die Datei mit dem Kennwort des Postausgangs gibt es nicht (Mail:PasswordFile in anlauf.json)."
        : null;

    /// <summary>User and password; null where the server asks for none. The file is read anew each time, so a changed password needs no restart.</summary>
    internal NetworkCredential? Credential() => this["User"] is { } user && this["PasswordFile"] is { } file ? new NetworkCredential(user, File.ReadAllText(file).Trim()) : null;

    private static bool IsLocal(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
