using System.Text;
using Anlauf.Platform.Database;
using Anlauf.Platform.Documents;

namespace Anlauf.Rooms.Meetings.Resolutions;

/// <summary>What is still to be done from resolutions and meetings, overdue first; list, filter by person and export are one query (requirement D12).</summary>
public sealed class ResolutionControl(Db db, TimeProvider clock)
{
    /// <param name="What">The point: a resolution or a task.</param>
    /// <param name="Slug">Address of the resolution it belongs to, null for a task without one.</param>
    public sealed record Row(string What, string? Number, string? Slug, string? Who, DateOnly? Due, string? DueText, string State, string Division, bool Overdue, string? MeetingSlug);

    /// <summary>Open points; <paramref name="who"/> limits them to those that name the person or office.</summary>
    public Task<IReadOnlyList<Row>> ListAsync(string? who = null, CancellationToken ct = default) => db.QueryAsync<Row>("""
        with point as (
          select r.title as what, r.number, r.slug, r.responsible as who, r.due, r.due_text, r.state, r.division_id, null::text as meeting_slug from meetings.resolution r where r.result = 'adopted' and r.state in ('open', 'underway')
          union all
          select t.text, r.number, r.slug, t.responsible, t.due, t.due_text, t.state, t.division_id, m.slug from meetings.task t left join meetings.resolution r on r.id = t.resolution_id left join meetings.meeting m on m.id = t.meeting_id where t.state in ('open', 'underway') and t.kind in ('task', 'deadline'))
        select p.what, p.number, p.slug, p.who, p.due, p.due_text, p.state, d.short_name as division, coalesce(p.due < @today, false) as overdue, p.meeting_slug
        from point p join organisation.division d on d.id = p.division_id
        where @who::text is null or strpos(lower(p.who), lower(@who)) > 0
        order by overdue desc, p.due nulls last, p.number nulls last limit 5000
        """, new { who = string.IsNullOrWhiteSpace(who) ? null : who.Trim(), today = DateOnly.FromDateTime(clock.GetLocalNow().Date) }, ct);

    /// <summary>The same list as CSV.</summary>
    public async Task<byte[]> CsvAsync(string? who, CancellationToken ct = default)
    {
        var text = new StringBuilder("Was;Beschluss;Zuständig;Frist;Stand;Gliederung\r\n");
        foreach (var row in await ListAsync(who, ct))
            text.AppendJoin(';', new[] { row.What, row.Number, row.Who, row.Due is null ? row.DueText : GermanText.Short(row.Due), ResolutionStates.Word(row.State, row.Overdue), row.Division }.Select(CsvCell.Of)).Append("\r\n");
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }
}
