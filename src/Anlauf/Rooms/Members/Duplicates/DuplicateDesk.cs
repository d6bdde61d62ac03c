using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Platform.Secrets;
using Anlauf.Rooms.Territory;
using Npgsql;

namespace Anlauf.Rooms.Members.Duplicates;

/// <summary>Entries that may be one person: looked for within reach, shown side by side, merged or kept apart by somebody.</summary>
public sealed class DuplicateDesk(Db db, FieldCipher cipher, PersonDetails details)
{
    private const string Birthday = "birthday", Address = "address";
    private sealed record Row(int Id, string GivenName, string FamilyName, byte[]? BirthDate, byte[]? Address, string? Email, string? Phone);
    /// <summary>A proposal with both names.</summary>
    public sealed record Proposal(int AId, int BId, string A, string B, string ADivision, string BDivision, string[] Reasons);
    /// <summary>One side of a comparison.</summary>
    public sealed record Side(int Id, string Name, string Division, string? Email, string? Phone, string Memberships, int Offices);
    public sealed record Done(int Id, int KeptId, string Kept, string GoneName, DateTime At, bool MayUndo);

    /// <summary>Looks through everybody whose memberships the acting person keeps; gives how many pairs are proposed that nobody has looked at.</summary>
    public Task<int> SearchAsync(CancellationToken ct = default) => db.InTransactionAsync(async () =>
    {
        var rows = await db.QueryAsync<Row>("""
            select p.id, p.given_name, p.family_name, e.birth_date, e.address, p.email, p.phone from organisation.person p left join members.person_detail e on e.person_id = p.id
            where p.division_id = any ((select access.divisions_for('P2', 'membership', 'edit'))::integer[]) and p.family_name not like 'Gelöschte Person %'
            """, ct: ct);
        var pairs = DuplicateFinder.Find(rows.Select(r => new Entry(r.Id, r.GivenName, r.FamilyName, PersonDetails.Day(cipher, r.BirthDate, r.Id), PersonDetails.Home(cipher, r.Address, r.Id), r.Email, r.Phone)));
        await TemporaryTable.FillAsync(db, "found_pair", "a integer, b integer, score double precision, reasons text", pairs, p => [Math.Min(p.A, p.B), Math.Max(p.A, p.B), p.Score, string.Join('|', p.Reasons)], ct);
        await db.ExecuteAsync("delete from members.duplicate_pair d where different_on is null and not exists (select from found_pair f where f.a = d.a_id and f.b = d.b_id)", ct: ct);
        await db.ExecuteAsync("""
            insert into members.duplicate_pair (a_id, b_id, score, reasons) select a, b, score, string_to_array(reasons, '|') from found_pair
            on conflict (a_id, b_id) do update set score = excluded.score, reasons = excluded.reasons
            """, ct: ct);
        return await CountAsync(ct);
    }, ct);

    /// <summary>Proposals nobody has looked at.</summary>
    public Task<int> CountAsync(CancellationToken ct = default) => db.ScalarAsync<int>("select count(*)::int from members.duplicate_pair where different_on is null", ct: ct);

    /// <summary>One page of them, the surest first.</summary>
    public Task<IReadOnlyList<Proposal>> ListAsync(int offset, int limit, CancellationToken ct = default) => db.QueryAsync<Proposal>("""
        select d.a_id, d.b_id, concat_ws(' ', a.given_name, a.family_name) as a, concat_ws(' ', b.given_name, b.family_name) as b, x.short_name as a_division, y.short_name as b_division, d.reasons
        from members.duplicate_pair d join organisation.person a on a.id = d.a_id join organisation.person b on b.id = d.b_id join organisation.division x on x.id = a.division_id join organisation.division y on y.id = b.division_id
        where d.different_on is null order by d.score desc, d.a_id, d.b_id offset @offset limit @limit
        """, new { offset, limit }, ct);

    /// <summary>Both sides of a pair, without what is encrypted.</summary>
    public Task<IReadOnlyList<Side>> SidesAsync(int a, int b, CancellationToken ct = default) => db.QueryAsync<Side>("""
        select p.id, concat_ws(' ', nullif(p.title, ''), p.given_name, p.family_name) as name, d.name as division, p.email, p.phone,
          coalesce((select string_agg(members.kind_words(m.kind) || coalesce(' ' || m.member_number, '') || coalesce(' seit ' || to_char(m.received_on, 'FMDD.FMMM.YYYY'), ''), ', ' order by m.id) from members.party_membership m where m.person_id = p.id), 'keine') as memberships,
          (select count(*)::int from organisation.office_holding h where h.person_id = p.id) as offices
        from organisation.person p join organisation.division d on d.id = p.division_id where p.id in (@a, @b) and members.may_merge(p.id) order by p.id
        """, new { a, b }, ct);

    /// <summary>Merges: everything of <paramref name="gone"/> follows to <paramref name="keep"/>; gives the number under which it can be taken back.</summary>
    public async Task<Outcome<int>> MergeAsync(int keep, int gone, CancellationToken ct = default)
    {
        try
        {
            return await db.InTransactionAsync<Outcome<int>>(async () =>
            {
                if (keep == gone || !await db.ScalarAsync<bool>("select members.may_merge(@keep) and members.may_merge(@gone)", new { keep, gone }, ct)) return new Refusal("Diese beiden können Sie nicht zusammenführen");
                // what is encrypted for one row is carried over here: only what the other side lacks, and the empty contact fields
                var (ours, theirs) = (await details.FindAsync(keep, ct: ct), await details.FindAsync(gone, ct: ct));
                var filled = new List<string>();
                if (theirs?.BirthDate is not null && ours?.BirthDate is null) filled.Add(Birthday);
                if (theirs?.Address is not null && ours?.Address is null) filled.Add(Address);
                if (filled.Count > 0)
                {
                    var written = await details.SaveAsync(keep, new(ours?.BirthDate ?? theirs!.BirthDate, ours?.Address ?? theirs!.Address), ct);
                    if (!written.Done) return written;
                }
                filled.AddRange(await db.QueryAsync<string>("""
                    with filled as (update organisation.person k set email = coalesce(k.email, g.email), phone = coalesce(k.phone, g.phone) from organisation.person g
                      where k.id = @keep and g.id = @gone and (k.email is null and g.email is not null or k.phone is null and g.phone is not null) returning old.email as email, old.phone as phone, new.email as new_email, new.phone as new_phone)
                    select 'email' from filled where email is null and new_email is not null union all select 'phone' from filled where phone is null and new_phone is not null
                    """, new { keep, gone }, ct));
                var record = await db.ScalarAsync<int>("select members.merge(@keep, @gone)", new { keep, gone }, ct);
                await db.ExecuteAsync("update members.merge_record set filled = @filled where id = @record", new { filled = filled.ToArray(), record }, ct);
                return record;
            }, ct);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return new Refusal(e.MessageText switch
            {
                "own entry" => "Eine der beiden Eintragungen ist Ihre eigene. Bitten Sie jemand anderen mit Ihrem Amt darum",
                "has an account" => "Die Eintragung, die gehen soll, hat ein Konto. Lassen Sie diese stehen und die andere gehen; haben beide eines, sperrt die Verwaltung zuerst das falsche",
                "has rights" => "Die Eintragung, die gehen soll, hat ein Amt mit Rechten oder betreut Menschen. Lassen Sie diese stehen und die andere gehen, oder übergeben Sie das Amt zuerst",
                _ => "Diese beiden können Sie nicht zusammenführen",
            });
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return new Refusal("Beide haben etwas, das nur einmal sein kann, zum Beispiel ein Konto oder dasselbe Amt. Beenden Sie eines davon, dann geht es");
        }
    }

    /// <summary>Two different people: not proposed again.</summary>
    public Task<int> KeepApartAsync(int a, int b, CancellationToken ct = default) =>
        db.ExecuteAsync("update members.duplicate_pair set different_on = current_date where a_id = least(@a, @b) and b_id = greatest(@a, @b)", new { a, b }, ct);

    /// <summary>What was merged, latest first.</summary>
    public Task<IReadOnlyList<Done>> DoneAsync(CancellationToken ct = default) => db.QueryAsync<Done>("""
        select m.id, m.kept_id, concat_ws(' ', p.given_name, p.family_name) as kept, m.gone_name, m.at, m.journal is not null as may_undo
        from members.merge_record m join organisation.person p on p.id = m.kept_id where m.undone_at is null and m.at > now() - interval '30 days' order by m.at desc limit 25
        """, ct: ct);

    /// <summary>Takes a merge back, within thirty days.</summary>
    public Task<Outcome<int>> UnmergeAsync(int id, CancellationToken ct = default) => db.InTransactionAsync<Outcome<int>>(async () =>
    {
        if (!await db.ScalarAsync<bool>("select members.unmerge(@id)", new { id }, ct)) return new Refusal("Diese Zusammenführung lässt sich nicht mehr zurücknehmen: Das geht dreißig Tage lang, und nur wer für beide zuständig ist, darf es");
        var (keep, gone, filled) = await db.SingleAsync<(int, int, string[])>("select kept_id, gone_id, filled from members.merge_record where id = @id", new { id }, ct);
        // what had been filled in goes, unless it has been changed since
        await db.ExecuteAsync("""
            update organisation.person k set email = case when 'email' = any (@filled) and k.email = g.email then null else k.email end, phone = case when 'phone' = any (@filled) and k.phone = g.phone then null else k.phone end
            from organisation.person g where k.id = @keep and g.id = @gone
            """, new { keep, gone, filled }, ct);
        if (!filled.Contains(Birthday) && !filled.Contains(Address) || await details.FindAsync(keep, ct: ct) is not { } ours || await details.FindAsync(gone, ct: ct) is not { } theirs) return id;
        var written = await details.SaveAsync(keep, new(filled.Contains(Birthday) && ours.BirthDate == theirs.BirthDate ? null : ours.BirthDate, filled.Contains(Address) && ours.Address == theirs.Address ? null : ours.Address), ct);
        return written.Done ? id : written;
    }, ct);
}
