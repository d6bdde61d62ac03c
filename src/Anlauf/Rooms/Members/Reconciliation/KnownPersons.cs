using Anlauf.Platform.Database;
using Anlauf.Platform.Secrets;

namespace Anlauf.Rooms.Members.Reconciliation;

/// <summary>The persons of the register that a file may speak of, with everything a file may say about them.</summary>
public sealed class KnownPersons(Db db, FieldCipher cipher)
{
    /// <param name="Newsletter">True while the consent holds, false or null otherwise.</param>
    /// <param name="Withdrawn">Day on which the last consent was withdrawn.</param>
    /// <param name="State">Where the membership stands.</param>
    public sealed record Person(int Id, string Name, string? Title, string Given, string Family, string? Email, string? Phone, DateOnly? Birth, string? Address, int? Membership, string? Number, DateOnly? Received, DateOnly? Left, string? Ags, bool? Newsletter, DateOnly? Withdrawn, string? State = null);

    private sealed record Row(int Line, int Id, string Name, string? Title, string GivenName, string FamilyName, string? Email, string? Phone, byte[]? BirthDate, byte[]? Address,
        int? Membership, string? MemberNumber, DateOnly? ReceivedOn, DateOnly? LeftOn, string? AreaKey, bool Newsletter, DateOnly? Withdrawn, string? State);

    /// <summary>Persons by line of the temporary table file_person: by number, by name, or by address of mail.</summary>
    public async Task<ILookup<int, Person>> MatchesAsync(CancellationToken ct)
    {
        await db.ExecuteAsync("""
            drop table if exists file_match; create temporary table file_match on commit drop as
              select f.line, m.person_id from file_person f join members.party_membership m on m.member_number = f.number
              union select f.line, p.id from file_person f join organisation.person p on p.search = f.name
            """, ct: ct);
        await db.ExecuteAsync("analyze file_match", ct: ct);
        var rows = await db.QueryAsync<Row>("""
            select f.line, p.id, concat_ws(' ', nullif(p.title, ''), p.given_name, p.family_name) as name, nullif(p.title, '') as title, p.given_name, p.family_name, p.email, p.phone, e.birth_date, e.address,
              b.id as membership, b.member_number, b.received_on, b.left_on, b.area_key, coalesce(c.given, false) as newsletter, c.withdrawn, b.state
            from file_match f join organisation.person p on p.id = f.person_id left join members.person_detail e on e.person_id = p.id
            left join (select distinct on (m.person_id) m.* from members.party_membership m where m.person_id in (select person_id from file_match) order by m.person_id, m.left_on desc nulls first, m.kind = 'member' desc, m.id desc) b on b.person_id = p.id
            left join (select n.person_id, bool_or(n.withdrawn_on is null) as given, max(n.withdrawn_on) as withdrawn from members.consent n where n.kind = 'newsletter' and n.person_id in (select person_id from file_match) group by 1) c on c.person_id = p.id
            """, ct: ct);
        return rows.ToLookup(r => r.Line, Opened);
    }

    private Person Opened(Row r) => new(r.Id, r.Name, r.Title, r.GivenName, r.FamilyName, r.Email, r.Phone, PersonDetails.Day(cipher, r.BirthDate, r.Id), PersonDetails.Home(cipher, r.Address, r.Id), r.Membership,
        r.MemberNumber, r.ReceivedOn, r.LeftOn, r.AreaKey, r.Newsletter, r.Withdrawn, r.State);

    /// <summary>Those of them the acting person may change, as they stand, held until the transaction ends; without those erased. Newsletters are not looked at.</summary>
    public async Task<Dictionary<int, Person>> HeldAsync(IReadOnlyList<Person> persons, CancellationToken ct)
    {
        var memberships = persons.Select(p => p.Membership).OfType<int>().ToArray();
        var ids = (await db.QueryAsync<int>("select id from organisation.person where id = any (@ids) and family_name not like 'Gelöschte Person %' order by id for update", new { ids = persons.Select(p => p.Id).ToArray() }, ct)).ToArray();
        await db.ExecuteAsync("select from members.party_membership where id = any (@memberships) order by id for update", new { memberships }, ct);
        await db.ExecuteAsync("select from members.person_detail where person_id = any (@ids) order by person_id for update", new { ids }, ct);
        // whoever left for another reason than the one a file gives does not stand where the file put them
        var rows = await db.QueryAsync<Row>("""
            select 0 as line, p.id, concat_ws(' ', nullif(p.title, ''), p.given_name, p.family_name) as name, nullif(p.title, '') as title, p.given_name, p.family_name, p.email, p.phone, e.birth_date, e.address,
              b.id as membership, b.member_number, b.received_on, b.left_on, b.area_key, false as newsletter, null::date as withdrawn, case when b.left_reason <> 'resigned' then b.left_reason else b.state end as state
            from organisation.person p left join members.person_detail e on e.person_id = p.id left join members.party_membership b on b.person_id = p.id and b.id = any (@memberships) where p.id = any (@ids)
            """, new { ids, memberships }, ct);
        return rows.ToDictionary(r => r.Id, Opened);
    }

    /// <summary>Members with a number within a division whom the file does not name.</summary>
    public Task<IReadOnlyList<(int PersonId, string Name, string? Number)>> MissingAsync(int division, CancellationToken ct) => db.QueryAsync<(int, string, string?)>("""
        select p.id, concat_ws(' ', nullif(p.title, ''), p.given_name, p.family_name), m.member_number
        from members.party_membership m join organisation.person p on p.id = m.person_id join organisation.division_closure c on c.descendant_id = m.division_id and c.ancestor_id = @division
        where m.left_on is null and m.member_number is not null and not exists (select from file_match f where f.person_id = p.id) and not exists (select from file_person n where n.number = m.member_number)
        order by p.family_name collate "de-x-icu", p.given_name, p.id
        """, new { division }, ct);
}
