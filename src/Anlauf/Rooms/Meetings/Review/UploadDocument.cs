using System.Security.Cryptography;
using Anlauf.Intake;
using Anlauf.Intake.Documents;
using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Platform.Documents;

namespace Anlauf.Rooms.Meetings.Review;

/// <summary>Takes a document in: reads it, keeps source and record for review. Nothing else is written.</summary>
public sealed class UploadDocument(Db db, Actor actor, TesseractOcr ocr)
{
    /// <summary>Largest file taken, in bytes.</summary>
    public const int LargestFile = 20 * 1024 * 1024;

    /// <summary>What was taken in, and whether the same file was there before.</summary>
    public sealed record Taken(int DocumentId, bool WasThere);

    /// <summary>Reads and keeps a file for a division.</summary>
    /// <param name="divisionId">Division whose minutes these are; the acting person must be allowed to edit there.</param>
    /// <param name="fileName">Name of the file.</param>
    /// <param name="content">Its bytes.</param>
    public async Task<Outcome<Taken>> HandleAsync(int divisionId, string fileName, ReadOnlyMemory<byte> content, CancellationToken ct = default)
    {
        fileName = Path.GetFileName(fileName);
        if (content.Length == 0) return new Refusal($"„{fileName}“ ist leer. Wählen Sie die richtige Datei aus", "File");
        if (content.Length > LargestFile) return new Refusal($"„{fileName}“ ist größer als 20 MB. Teilen Sie die Datei, oder speichern Sie sie ohne Bilder", "File");
        var hash = Convert.ToHexStringLower(SHA256.HashData(content.Span));
        if (await KnownAsync(divisionId, hash, ct) is { } known) return known;
        SourceText source;
        string record;
        try
        {
            source = DocumentReader.Read(fileName, content);
            if (source.IsScan && string.IsNullOrWhiteSpace(source.Text)) return await WaitForRecognitionAsync(divisionId, fileName, hash, content, ct);
            record = RecordJson.Write(IntakeReader.Read(source), fileName);
        }
        catch (UnreadableDocumentException e) { return new Refusal(e.Message.TrimEnd('.'), "File"); }
        var id = await db.ScalarAsync<int?>("""
            insert into meetings.document (division_id, file_name, sha256, format, content, text, record, is_scan, from_ocr, uploaded_by)
            values (@divisionId, @fileName, @hash, @format, @content, @Text, @record::jsonb, @IsScan, @FromOcr, @PersonId) on conflict do nothing returning id
            """, new { divisionId, fileName, hash, format = source.Format.ToString(), content = content.ToArray(), source.Text, record, source.IsScan, source.FromOcr, actor.PersonId }, ct);
        // sent twice at once: the second finds the first
        return id is { } fresh ? new Taken(fresh, WasThere: false) : (await KnownAsync(divisionId, hash, ct))!;
    }

    // the same file again: what was put aside comes back for review
    private async Task<Taken?> KnownAsync(int divisionId, string hash, CancellationToken ct)
    {
        if (await db.ScalarAsync<int?>("select id from meetings.document where division_id = @divisionId and sha256 = @hash", new { divisionId, hash }, ct) is not { } id) return null;
        return new Taken(id, WasThere: await db.ExecuteAsync("update meetings.document set state = 'review', uploaded_at = now(), uploaded_by = @PersonId where id = @id and state = 'discarded'", new { id, actor.PersonId }, ct) == 0);
    }

    private async Task<Outcome<Taken>> WaitForRecognitionAsync(int divisionId, string fileName, string hash, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        if (!ocr.IsAvailable)
            return new Refusal($"„{fileName}“ besteht nur aus Bildern (eingescannt), und auf diesem Server ist keine Texterkennung eingerichtet. Laden Sie das Original aus der Textverarbeitung hoch", "File");
        return new Taken(await db.ScalarAsync<int>("""
            insert into meetings.document (division_id, file_name, sha256, format, content, text, record, is_scan, uploaded_by, state)
            values (@divisionId, @fileName, @hash, 'Pdf', @content, '', '{}', true, @PersonId, 'ocr') returning id
            """, new { divisionId, fileName, hash, content = content.ToArray(), actor.PersonId }, ct), WasThere: false);
    }
}
