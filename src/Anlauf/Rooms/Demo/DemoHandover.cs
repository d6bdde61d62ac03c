using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Demo;

/// <summary>An office that is being handed over, and one that ends without anybody to follow.</summary>
internal static class DemoHandover
{
    public static Task BuildAsync(Db db, DateOnly today, CancellationToken ct) => db.InTransactionAsync(async () =>
    {
        var offices = await db.QueryAsync<int>("""
            insert into organisation.office (division_id, name, role_id, sort, email)
            select id, o.name, 'minute-taker', o.sort, o.email from organisation.division, (values ('Kreisgeschäftsführung', 20, 'geschaeftsstelle@kreis.example'), ('Protokollführung', 30, null)) as o (name, sort, email) where slug = 'kreis-14522' returning id
            """, ct: ct);
        var persons = await db.QueryAsync<int>("""
            insert into organisation.person (division_id, given_name, family_name)
            select id, p.given, p.family from organisation.division, (values ('Bodo', 'Linie'), ('Vera', 'Umriss'), ('Jan', 'Raster')) as p (given, family) where slug = 'kreis-14522' returning id
            """, ct: ct);
        var values = new { leaving = offices[0], open = offices[1], giver = persons[0], taker = persons[1], other = persons[2], today };
        await db.ExecuteAsync("""
            insert into organisation.office_holding (office_id, person_id, valid_from, valid_to) values (@leaving, @giver, date '2025-01-01', @today + 9), (@open, @other, date '2025-01-01', @today + 33)
            """, values, ct);
        // one statement each: row-level security sees a new row only from the next statement on
        var handover = await db.ScalarAsync<int>("""
            insert into organisation.handover (holding_id, person_id, switch_on, joint_to) select id, @taker, @today + 10, @today + 24 from organisation.office_holding where office_id = @leaving returning id
            """, values, ct);
        await db.ExecuteAsync("""
            insert into organisation.handover_item (handover_id, title, done_at) select @handover, i.title, case when i.done then now() end from
              (values ('Anstehende Sitzungen und Fristen besprochen', true), ('Schlüssel, Unterlagen und Zugänge übergeben', false), ('Zugang zum Postfach geschaeftsstelle@kreis.example übergeben; es gehört zum Amt', false)) as i (title, done)
            """, new { handover }, ct);
        return true;
    }, ct);
}
