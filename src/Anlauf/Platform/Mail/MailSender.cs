using System.Net.Mail;
using System.Net.Mime;
using System.Security.Authentication;
using System.Text;
using System.Text.RegularExpressions;
using Anlauf.Platform.Database;
using Anlauf.Platform.Secrets;

namespace Anlauf.Platform.Mail;

/// <summary>
/// Sends what is due. A letter leaves at least once: a sender that dies between the server's yes and its own note sends it again.
/// Several nodes share the work by locked rows.
/// </summary>
public sealed partial class MailSender(Db db, FieldCipher cipher, MailSettings settings, ILogger<MailSender> log)
{
    /// <summary>After as many tries, over almost two days, a letter is given up.</summary>
    public const int MostTries = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private sealed record Letter(Guid Id, string Recipient, string Subject, byte[]? Body, int Tries, int? PersonId);

    /// <summary>Sends every letter that is due; returns how many left. Acts as the system.</summary>
    public async Task<int> SendDueAsync(CancellationToken ct = default)
    {
        var sent = 0;
        if (settings.Problem is not null) return sent;
        using var client = new SmtpClient(settings.Host, settings.Port) { EnableSsl = settings.Tls, Credentials = settings.Credential() };
        while (!ct.IsCancellationRequested && await db.SingleAsync<Letter>("select t.*, o.person_id from mail.take() t join mail.outbox o on o.id = t.id", ct: ct) is { } letter)
        {
            // an erasure may have blackened the address since it was put in
            var trouble = Outbox.IsAddress(letter.Recipient) ? await SendAsync(client, letter, ct) : "refused 553";
            var outcome = trouble is null ? "sent" : trouble.StartsWith("refused", StringComparison.Ordinal) ? "bounced" : letter.Tries >= MostTries ? "given up" : null;
            await NoteAsync(letter, trouble, outcome, ct);
            if (trouble is null) sent++;
            else SayNotSent(log, letter.Id, trouble);
            // the server itself is the trouble: every other letter would meet the same
            if (trouble is "unreachable" or "no-tls" or "certificate" or "sign-in") break;
        }
        return sent;
    }

    private async Task NoteAsync(Letter letter, string? trouble, string? outcome, CancellationToken ct) => await db.InTransactionAsync(async () =>
    {
        var id = letter.Id;
        if (outcome == "bounced" && await db.ScalarAsync<bool>("select mail.is_bad_address(@trouble)", new { trouble }, ct)) await ReadBounces.MarkAsync(db, cipher, letter.Recipient, letter.PersonId, trouble!, ct);
        await db.ExecuteAsync("update mail.delivery set trouble = @trouble, outcome = @outcome, ended_at = case when @outcome is not null then now() end where letter_id = @id", new { id, trouble, outcome }, ct);
        return outcome is null ? 0 : await db.ExecuteAsync("update mail.outbox set body = null where id = @id", new { id }, ct);
    }, CancellationToken.None);

    // null where the server has taken the letter, else a code: never what the server says, because it may name the person
    private async Task<string?> SendAsync(SmtpClient client, Letter letter, CancellationToken ct)
    {
        using var message = Message(letter);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            await client.SendMailAsync(message, patience.Token);
            return null;
        }
        catch (SmtpException e) { return CodeOf(e); }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested) { return "unreachable"; }
    }

    private MailMessage Message(Letter letter)
    {
        var message = new MailMessage(settings.From, new MailAddress(letter.Recipient)) { Subject = letter.Subject, SubjectEncoding = Encoding.UTF8, HeadersEncoding = Encoding.UTF8 };
        // plain text only: nothing is loaded, nothing tells whether it was opened
        message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(cipher.Decrypt(letter.Body, Outbox.BodyColumn, letter.Id.ToString()) ?? "", new ContentType("text/plain; charset=utf-8")));
        message.AlternateViews[0].TransferEncoding = TransferEncoding.QuotedPrintable;
        if (settings.BounceAddress(letter.Id) is { } back) message.Sender = back;
        message.Headers.Add("Message-ID", $"<{letter.Id}@{settings.From.Host}>");
        // no answering machine answers a machine (RFC 3834)
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    private string CodeOf(SmtpException e)
    {
        for (Exception? inner = e.InnerException; inner is not null; inner = inner.InnerException)
        {
            if (inner is AuthenticationException) return "certificate";
            if (inner is IOException or System.Net.Sockets.SocketException) return "unreachable";
        }
        var code = (int)e.StatusCode;
        return code switch
        {
            // an address refused for good; the same number for a sign-in that is missing concerns all letters
            530 or 534 or 535 or 538 => "sign-in",
            >= 500 when e is SmtpFailedRecipientException => $"refused {code}{(Enhanced().Match(e.Message) is { Success: true } more ? " " + more.Value : "")}",
            >= 400 => $"answer {code}",
            _ => settings.Tls ? "no-tls" : "unreachable",
        };
    }

    // RFC 3463; of what the server says only this number is kept
    [GeneratedRegex(@"\b5\.[0-9]{1,3}\.[0-9]{1,3}\b")]
    private static partial Regex Enhanced();

    [LoggerMessage(LogLevel.Warning, "letter {Id} was not sent: {Trouble}")]
    private static partial void SayNotSent(ILogger logger, Guid id, string trouble);
}
