using System.Text;
using Anlauf.Platform.Database;
using Anlauf.Platform.Secrets;

namespace Anlauf.Platform.Mail;

/// <summary>
/// Reads what came back from a folder: a Maildir (files of „new“) or a folder of .eml files. A bounce of ours is noted and its file deleted,
/// because it names the person; everything else is put aside for people. Acts as the system.
/// </summary>
public sealed class ReadBounces(Db db, FieldCipher cipher, MailSettings settings)
{
    /// <param name="Bounces">Letters that are known to have come back now.</param>
    /// <param name="BadAddresses">Addresses that nothing more is sent to.</param>
    /// <param name="Others">Messages that are no bounce of ours.</param>
    /// <param name="Unreadable">Files that could not be opened or moved.</param>
    public sealed record Result(int Bounces, int BadAddresses, int Others, int Unreadable);

    private sealed record Came(Guid Id, string Recipient, int? PersonId, bool Bad, string Trouble);

    /// <summary>Reads the folder that is set (Mail:Bounces:Folder), where one is.</summary>
    public Task<Result> RunAsync(CancellationToken ct = default) => settings.BounceFolder is { } folder ? RunAsync(folder, ct) : Task.FromResult(new Result(0, 0, 0, 0));

    /// <summary>Reads all files that lie there; one that cannot be read stops no other.</summary>
    public async Task<Result> RunAsync(string folder, CancellationToken ct = default)
    {
        var (maildir, result) = (Directory.Exists(Path.Combine(folder, "new")), new Result(0, 0, 0, 0));
        var aside = Path.Combine(folder, maildir ? "cur" : "gelesen");
        foreach (var file in Directory.EnumerateFiles(maildir ? Path.Combine(folder, "new") : folder, maildir ? "*" : "*.eml").Order(StringComparer.Ordinal).ToList())
        {
            try
            {
                var bounce = BounceReader.Read(await TextAsync(file, ct));
                var came = bounce is null ? null : await NoteAsync(bounce, ct);
                if (came is not null)
                {
                    File.Delete(file);
                    result = result with { Bounces = result.Bounces + 1, BadAddresses = result.BadAddresses + (came.Bad ? 1 : 0) };
                    continue;
                }
                Directory.CreateDirectory(aside);
                File.Move(file, Path.Combine(aside, Path.GetFileName(file) + (maildir && !file.Contains(":2,", StringComparison.Ordinal) ? ":2," : "")), overwrite: true);
                result = result with { Others = result.Others + 1 };
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Text.RegularExpressions.RegexMatchTimeoutException) { result = result with { Unreadable = result.Unreadable + 1 }; }
        }
        return result;
    }

    private static async Task<string> TextAsync(string file, CancellationToken ct)
    {
        await using var stream = File.OpenRead(file);
        var bytes = new byte[Math.Min(stream.Length, BounceReader.MostRead)];
        return Encoding.Latin1.GetString(bytes, 0, await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct));
    }

    // only a letter that had left can come back; a second report of the same changes nothing
    private Task<Came?> NoteAsync(Bounce bounce, CancellationToken ct) => db.InTransactionAsync(async () =>
    {
        var came = await db.SingleAsync<Came>("""
            with found as (select d.letter_id from mail.delivery d where d.letter_id = any (@letters) and d.outcome in ('sent', 'bounced') order by d.ended_at desc limit 1),
            noted as (update mail.delivery d set outcome = 'bounced', trouble = @trouble from found f where d.letter_id = f.letter_id returning d.letter_id)
            select o.id, o.recipient, o.person_id, mail.is_bad_address(@trouble) as bad, @trouble as trouble from noted n join mail.outbox o on o.id = n.letter_id
            """, new { letters = bounce.Letters.ToArray(), trouble = "refused " + bounce.Status }, ct);
        if (came is { Bad: true }) await MarkAsync(db, cipher, came.Recipient, came.PersonId, came.Trouble, ct);
        return came;
    }, ct);

    /// <summary>Nothing more is sent to an address.</summary>
    internal static Task<int> MarkAsync(Db db, FieldCipher cipher, string recipient, int? person, string trouble, CancellationToken ct) =>
        db.ExecuteAsync("insert into mail.undeliverable (address_hash, person_id, code) values (@hash, @person, @trouble) on conflict do nothing", new { hash = Outbox.HashOf(cipher, recipient), person, trouble }, ct);
}
