using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Platform.Secrets;
using Anlauf.Rooms.Territory;

namespace Anlauf.Rooms.Portal.Inbox;

/// <summary>The box inside: lists what came in without opening it, opens one message at a time. Row-level security sets the reach.</summary>
public sealed class MessageBox(Db db, FieldCipher cipher, TerritoryDirectory territory)
{
    /// <summary>A message, closed.</summary>
    public sealed record Row(Guid Id, DateTime ReceivedAt, DateTime? AnsweredAt, string Division);

    /// <summary>A message, opened.</summary>
    /// <param name="Letter">Null where its key is missing or it was changed.</param>
    /// <param name="AskedAt">When a link went to the address that was given; null where none did.</param>
    /// <param name="ConfirmedAt">When that link was used.</param>
    public sealed record Opened(Guid Id, DateTime ReceivedAt, DateTime? AnsweredAt, int DivisionId, string Division, bool MayEdit, Letter? Letter, DateTime? AskedAt, DateTime? ConfirmedAt);

    private sealed record Stored(Guid Id, DateTime ReceivedAt, DateTime? AnsweredAt, int DivisionId, string Division, bool MayEdit, byte[] Content, DateTime? AskedAt, DateTime? ConfirmedAt);

    /// <summary>Those that wait, or those that are answered; newest first.</summary>
    public Task<IReadOnlyList<Row>> ListAsync(bool answered, int offset, int limit, CancellationToken ct = default) => db.QueryAsync<Row>("""
        select m.id, m.received_at, m.answered_at, d.short_name as division from portal.message m join organisation.division d on d.id = m.division_id
        where (m.answered_at is not null) = @answered order by m.received_at desc, m.id offset @offset limit @limit
        """, new { answered, offset, limit }, ct);

    /// <summary>How many wait, and how many are answered.</summary>
    public async Task<(int Waiting, int Answered)> CountAsync(CancellationToken ct = default) => await db.SingleAsync<(int, int)>(
        "select (count(*) filter (where answered_at is null))::int, (count(*) filter (where answered_at is not null))::int from portal.message", ct: ct);

    /// <summary>Opens one; null where it does not exist or lies out of reach. The caller notes the reading.</summary>
    public async Task<Opened?> OpenAsync(Guid id, CancellationToken ct = default)
    {
        if (await db.SingleAsync<Stored>("""
            select m.id, m.received_at, m.answered_at, m.division_id, d.name as division, coalesce(m.division_id = any ((select access.divisions_for('P2', 'inbox', 'edit'))::integer[]), false) as may_edit, m.content, c.asked_at, c.confirmed_at
            from portal.message m join organisation.division d on d.id = m.division_id left join portal.confirmation c on c.id = m.confirmation_id where m.id = @id
            """, new { id }, ct) is not { } m) return null;
        Letter? letter;
        try { letter = Letter.Open(cipher, m.Content, id); }
        catch (Exception e) when (e is System.Security.Cryptography.CryptographicException or System.Text.Json.JsonException) { letter = null; }
        return new(m.Id, m.ReceivedAt, m.AnsweredAt, m.DivisionId, m.Division, m.MayEdit, letter, m.AskedAt, m.ConfirmedAt);
    }

    /// <summary>Municipalities with this postal code.</summary>
    public async Task<IReadOnlyList<string>> PlacesAsync(string postalCode, CancellationToken ct = default) => [.. (await territory.SearchAsync(postalCode, limit: 5, ct: ct)).Select(m => m.ShortName)];

    /// <summary>Divisions it can be passed on to, nearest to the postal code first.</summary>
    public Task<IReadOnlyList<(int Id, string Name)>> DivisionsAsync(int without, string postalCode, CancellationToken ct = default) => db.QueryAsync<(int, string)>("""
        select d.id, d.name from organisation.division d
        left join lateral (select max(length(a.area_key)) as near from organisation.division_area a join territory.current_municipality m on m.ags like a.area_key || '%'
          where a.division_id = d.id and (m.postal_code = @postalCode or exists (select from territory.postal_code p where p.ags = m.ags and p.postal_code = @postalCode))) n on true
        where d.dissolved_on is null and d.id <> @without and d.id = any ((select access.divisions_for('P2', 'inbox', 'edit'))::integer[])
        order by n.near desc nulls last, d.name collate "de-x-icu"
        """, new { without, postalCode }, ct);

    /// <summary>Marks it as answered, or waiting again.</summary>
    public Task<Outcome<int>> AnswerAsync(Guid id, bool answered, CancellationToken ct = default) =>
        ChangeAsync("update portal.message set answered_at = case when @answered then now() end where id = @id", new { id, answered }, ct);

    /// <summary>Passes it on; from then on it lies in the other division's box.</summary>
    public async Task<Outcome<int>> PassOnAsync(Guid id, int division, CancellationToken ct = default)
    {
        if (!await db.ScalarAsync<bool>("select coalesce(@division = any (access.divisions_for('P2', 'inbox', 'edit')), false)", new { division }, ct)) return new Refusal("Dorthin können Sie nichts weitergeben", "Value");
        return await ChangeAsync("update portal.message set division_id = @division where id = @id", new { id, division }, ct);
    }

    /// <summary>Deletes it, at once and for good: when the person takes the consent back, or for rubbish.</summary>
    public Task<Outcome<int>> DeleteAsync(Guid id, CancellationToken ct = default) => ChangeAsync("delete from portal.message where id = @id", new { id }, ct);

    private async Task<Outcome<int>> ChangeAsync(string sql, object arguments, CancellationToken ct) =>
        await db.ExecuteAsync(sql, arguments, ct) is 1 and var one ? one : new Refusal("Diese Zuschrift ist nicht mehr da, oder sie gehört nicht zu Ihrem Bereich");
}
