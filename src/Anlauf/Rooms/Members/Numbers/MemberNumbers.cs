using Anlauf.Platform.Database;
using Anlauf.Platform.Secrets;

namespace Anlauf.Rooms.Members.Numbers;

/// <summary>Reads what the report on members counts, as far as the acting person reaches.</summary>
public sealed class MemberNumbers(Db db, FieldCipher cipher)
{
    private sealed record Row(int Id, int PersonId, string Place, DateOnly From, DateOnly? Left, string? Reason, byte[]? Birth);
    /// <summary>How complete the entries of today's members are.</summary>
    public sealed record Completeness(int Members, int Email, int Phone, int Birth, int Address, int Place)
    {
        /// <summary>The entries with their names.</summary>
        public IReadOnlyList<(string Name, int N)> Parts => [("E-Mail", Email), ("Telefon", Phone), ("Geburtstag", Birth), ("Anschrift", Address), ("Gemeinde", Place)];
    }
    /// <summary>Members and inhabitants of a district (A14).</summary>
    public sealed record Share(string Place, int Members, int Inhabitants, bool Own);

    // the district above each division, or the division itself where there is none: all of them in one pass
    private const string Places = """
        place as materialized (
          select distinct on (c.descendant_id) c.descendant_id as id, k.id as district_id, k.short_name from organisation.division_closure c join organisation.division k on k.id = c.ancestor_id
          where k.kind in ('DistrictAssociation', 'CityAssociation') or c.depth = 0 order by c.descendant_id, k.kind in ('DistrictAssociation', 'CityAssociation') desc, c.depth)
        """;

    /// <summary>All memberships of full members, with age classes where <paramref name="today"/> is wanted for them.</summary>
    public async Task<IReadOnlyList<Spell>> SpellsAsync(DateOnly today, CancellationToken ct = default)
    {
        var rows = await db.QueryAsync<Row>("select id, person_id, place, began as from, ended as left, reason, birth from members.spells()", ct: ct);
        return [.. rows.Select(r => new Spell(r.Id, r.Place, AgeClass(PersonDetails.Day(cipher, r.Birth, r.PersonId), today), r.From, r.Left, r.Reason))];
    }

    /// <summary>Moves between districts.</summary>
    public Task<IReadOnlyList<Move>> MovesAsync(CancellationToken ct = default) => db.QueryAsync<Move>($"""
        with {Places}
        select t.membership_id as spell_id, a.short_name as from, b.short_name as to, t.moved_on as on from members.transfer t join place a on a.id = t.from_division_id join place b on b.id = t.to_division_id
        where t.membership_id is not null order by t.moved_on, t.id
        """, ct: ct);

    /// <summary>How many of today's members have what.</summary>
    public async Task<Completeness> CompletenessAsync(CancellationToken ct = default) => (await db.SingleAsync<Completeness>("select members, email, phone, birth, address, place from members.completeness()", ct: ct))!;

    /// <summary>Members and inhabitants by district, as the division's area has them.</summary>
    public Task<IReadOnlyList<Share>> SharesAsync(CancellationToken ct = default) => db.QueryAsync<Share>($"""
        with {Places}, found as (
          select x.district_id as id, x.short_name, sum(m.n)::int as n from members.active_by_division() m join place x on x.id = m.division_id group by 1, 2),
        people as (
          select a.division_id, sum(t.population)::int as n from organisation.division_area a join found f on f.id = a.division_id join lateral (
            select t.population from territory.current_municipality t where length(a.area_key) = 8 and t.ags = a.area_key
            union all select t.population from territory.current_municipality t where length(a.area_key) = 5 and t.district_key = a.area_key
            union all select t.population from territory.current_municipality t where length(a.area_key) = 2 and left(t.ags, 2) = a.area_key) t on true group by 1)
        select f.short_name as place, f.n as members, coalesce(p.n, 0) as inhabitants, coalesce(f.id = any ((select access.own_divisions('people', 'read'))::integer[]), false) as own
        from found f left join people p on p.division_id = f.id order by 2 desc, 1
        """, ct: ct);

    /// <summary>Age classes of the report.</summary>
    public static IReadOnlyList<string> AgeClasses { get; } = ["unter 28", "28 bis 44", "45 bis 64", "ab 65", "unbekannt"];

    /// <summary>The class of somebody born on a day.</summary>
    public static string AgeClass(DateOnly? birth, DateOnly today)
    {
        if (birth is not { } day) return "unbekannt";
        var age = today.Year - day.Year - (day > today.AddYears(day.Year - today.Year) ? 1 : 0);
        return age switch { < 28 => "unter 28", < 45 => "28 bis 44", < 65 => "45 bis 64", _ => "ab 65" };
    }
}
