using Anlauf.Intake;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Meetings.Review;

/// <summary>Reads documents waiting for review.</summary>
public sealed class ReviewDesk(Db db)
{
    /// <summary>A row of the inbox.</summary>
    public sealed record InboxRow(int Id, string FileName, string Division, string State, DateTime UploadedAt, string? UploadedBy);

    /// <summary>A document with its source.</summary>
    public sealed record Stored(int Id, int DivisionId, string Division, string FileName, string Format, string Text, bool IsScan, bool FromOcr, string State, DateTime UploadedAt, int? MeetingId, string? MeetingSlug);

    /// <summary>A division or body to choose from.</summary>
    public sealed record Choice(int Id, string Name);

    /// <summary>Documents, those waiting first.</summary>
    public Task<IReadOnlyList<InboxRow>> InboxAsync(CancellationToken ct = default) => db.QueryAsync<InboxRow>("""
        select d.id, d.file_name, v.short_name as division, d.state, d.uploaded_at, o.name as uploaded_by
        from meetings.document d join organisation.division v on v.id = d.division_id left join organisation.officer o on o.person_id = d.uploaded_by
        where d.state <> 'discarded' order by d.state = 'accepted', d.uploaded_at desc limit 200
        """, ct: ct);

    /// <summary>One document, or null where it does not exist or may not be seen.</summary>
    public Task<Stored?> FindAsync(int id, CancellationToken ct = default) => db.SingleAsync<Stored>("""
        select d.id, d.division_id, v.name as division, d.file_name, d.format, d.text, d.is_scan, d.from_ocr, d.state, d.uploaded_at, m.id as meeting_id, m.slug as meeting_slug
        from meetings.document d join organisation.division v on v.id = d.division_id
        left join lateral (select id, slug from meetings.meeting where document_id = d.id limit 1) m on true
        where d.id = @id
        """, new { id }, ct);

    /// <summary>Compares a document with the version of the same minutes or resolution that was taken over before; null where there is none.</summary>
    public async Task<Rereading?> RereadingAsync(Stored document, DocumentRecord record, IReadOnlyList<Finding> findings, CancellationToken ct = default)
    {
        if (record.Date is null) return null;
        var accepted = await db.QueryAsync<int>("""
            select d.id from meetings.document d where d.division_id = @DivisionId and d.id <> @Id and d.state = 'accepted' and coalesce(d.record ->> 'date', '') = @date and d.uploaded_at <= @UploadedAt
            order by d.accepted_at desc limit 10
            """, new { document.DivisionId, document.Id, date = record.Date.Value, document.UploadedAt }, ct);
        foreach (var id in accepted)
        {
            if (await FindAsync(id, ct) is not { } earlier) continue;
            var before = Read(earlier);
            // of several documents of one day the one of the same kind and body
            if (before.DocType == record.DocType && before.Body?.Value == record.Body?.Value && (record.DocType == "minutes" || before.Title?.Value == record.Title?.Value)) return new(earlier, Findings.Of(before), findings);
        }
        return null;
    }

    /// <summary>Divisions in which the acting person may take documents in.</summary>
    public Task<IReadOnlyList<Choice>> DivisionsAsync(CancellationToken ct = default) => db.QueryAsync<Choice>(
        "select id, name from organisation.division where id = any ((select access.editable_divisions('P1', 'intake'))::integer[]) order by parent_id nulls first, name collate \"de-x-icu\"", ct: ct);

    /// <summary>Bodies of a division.</summary>
    public Task<IReadOnlyList<Choice>> BodiesAsync(int divisionId, CancellationToken ct = default) => db.QueryAsync<Choice>(
        "select id, name from organisation.body where division_id = @divisionId order by id", new { divisionId }, ct);

    /// <summary>Ids of the findings that were decided on already, with the decision.</summary>
    public async Task<IReadOnlyDictionary<string, string>> DecidedAsync(int id, CancellationToken ct = default) => (await db.QueryAsync<(string, string)>(
        "select finding_id, decision from meetings.review_decision where document_id = @id", new { id }, ct)).ToDictionary(d => d.Item1, d => d.Item2);

    /// <summary>The record, read anew from the kept text: the same text gives the same record.</summary>
    public static DocumentRecord Read(Stored document) => IntakeReader.Read(new SourceText(
        document.FileName, Enum.Parse<SourceFormat>(document.Format), document.Text, document.IsScan, document.FromOcr));
}
