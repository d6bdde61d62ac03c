using System.ComponentModel.DataAnnotations;
using Anlauf.Intake;
using Anlauf.Platform;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Meetings;

/// <summary>The register of papers (Drucksachen): „DS 6 – 013.1 (Teil 3)“, sortable by its parts, with the next free number (requirement E4).</summary>
public sealed class PaperRegister(Db db)
{
    public sealed record Row(int Id, string Reference, string? Kind, int? Term, int? Number, string? Title, string Division, int? DocumentId, string[] Items);
    public sealed class Input
    {
        public int DivisionId { get; set; }
        [Required(ErrorMessage = "Nennen Sie die Art, zum Beispiel DS"), RegularExpression(@"\s*[A-Za-zÄÖÜäöü]{1,4}\s*", ErrorMessage = "Die Art sind ein bis vier Buchstaben, zum Beispiel DS oder B")] public string Kind { get; set; } = "DS";
        [Required(ErrorMessage = "Nennen Sie die Wahlperiode"), Range(1, 999, ErrorMessage = "Nennen Sie eine Zahl von 1 bis 999")] public int? Term { get; set; }
        [Required(ErrorMessage = "Geben Sie der Drucksache einen Titel"), MaxLength(300, ErrorMessage = "Der Titel ist zu lang: höchstens 300 Zeichen")] public string Title { get; set; } = "";
    }

    public Task<IReadOnlyList<Row>> ListAsync(string sort = "nummer", bool descending = false, string? search = null, CancellationToken ct = default) => db.QueryAsync<Row>($"""
        select p.id, p.reference, p.kind, p.term, p.number, p.title, d.short_name as division, p.document_id,
          coalesce((select array_agg(m.slug || '|' || i.number || '|' || to_char(m.held_on, 'DD.MM.YYYY') order by m.held_on desc) from meetings.agenda_item_paper l join meetings.agenda_item i on i.id = l.agenda_item_id join meetings.meeting m on m.id = i.meeting_id where l.paper_id = p.id), array[]::text[]) as items
        from meetings.paper p join organisation.division d on d.id = p.division_id
        where @asked::text is null or {PaperSearch.Holds}
        order by {(sort == "titel" ? $"p.title collate \"de-x-icu\" {(descending ? "desc" : "asc")}," : "")}
          p.kind {(descending ? "desc" : "asc")} nulls last, p.term {(descending ? "desc" : "asc")} nulls last, p.number {(descending ? "desc" : "asc")} nulls last, p.sub_number nulls first, p.part nulls first, p.reference_key limit 2000
        """, new { asked = string.IsNullOrWhiteSpace(search) ? null : search.Trim().ToLowerInvariant(), number = PaperSearch.NumberOf((search ?? "").ToLowerInvariant()) }, ct);

    /// <summary>Gives the next running number of its kind and term to a new paper; returns the reference. Two who ask at once get two numbers.</summary>
    public async Task<Outcome<string>> AddAsync(Input input, CancellationToken ct = default)
    {
        var kind = input.Kind.Trim().ToUpperInvariant();
        if (!await db.ScalarAsync<bool>("select @DivisionId = any ((select access.editable_divisions('P1', 'meetings'))::integer[])", input, ct)) return new Refusal("Drucksachen dieser Gliederung können Sie nicht anlegen", nameof(Input.DivisionId));
        return await db.InTransactionAsync<Outcome<string>>(async () =>
        {
            await db.ExecuteAsync("select pg_advisory_xact_lock(hashtext('meetings.paper'), @DivisionId)", input, ct);
            var number = await db.ScalarAsync<int>("select coalesce(max(number), 0) + 1 from meetings.paper where division_id = @DivisionId and kind = @kind and term = @Term", new { input.DivisionId, kind, input.Term }, ct);
            var reference = new PaperReference(kind, input.Term, number).ToString();
            await db.ExecuteAsync("insert into meetings.paper (division_id, reference, reference_key, kind, term, number, title) values (@DivisionId, @reference, @reference, @kind, @Term, @number, @title)",
                new { input.DivisionId, reference, kind, input.Term, number, title = input.Title.Trim() }, ct);
            return reference;
        }, ct);
    }
}
