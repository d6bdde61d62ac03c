namespace Anlauf.Platform.Mail;

/// <summary>Why letters do not leave, for people.</summary>
public static class MailTrouble
{
    /// <summary>A German sentence with the remedy, for a code of <c>mail.delivery.trouble</c>.</summary>
    public static string InWords(string code) => code switch
    {
        null => "",
        "unreachable" => "Der Postausgang antwortet nicht. Prüfen Sie Mail:Host und Mail:Port in anlauf.json und ob die Firewall den Weg zulässt.",
        "no-tls" => "Der Postausgang bietet keine verschlüsselte Verbindung an (STARTTLS). Unverschlüsselt schickt Anlauf nur an einen Postausgang auf demselben Rechner.",
        "certificate" => "Das Zertifikat des Postausgangs ist nicht gültig oder nicht für diesen Namen ausgestellt. Prüfen Sie Mail:Host in anlauf.json.",
        "sign-in" => "Der Postausgang nimmt die Anmeldung nicht an. Prüfen Sie Mail:User und die Datei aus Mail:PasswordFile.",
        _ when code.StartsWith("refused", StringComparison.Ordinal) => "Der Postausgang lehnt eine Adresse ab.",
        _ => $"Der Postausgang hat mit „{code.Split(' ')[^1]}“ geantwortet und nimmt gerade nichts an. Anlauf versucht es weiter.",
    };
}
