using Anlauf.Platform.Database;
using Anlauf.Platform.Identity;
using Anlauf.Rooms.Members.Motives;

namespace Anlauf.Rooms.Demo;

/// <summary>What members of the demo association have said about themselves: checks in every state, moves, motives, addresses that fail, and one personal link to click.</summary>
internal static class DemoSelfService
{
    /// <summary>The personal link of a demo member; in a real installation nobody but the person knows it.</summary>
    public const string Link = "vorfuehrung-persoenlicher-link-von-mira-vorlage";

    public static async Task BuildAsync(Db db, MotiveBox motives, DateOnly today, CancellationToken ct)
    {
        await db.InTransactionAsync(async () =>
        {
            foreach (var statement in new[] { Led, Checks, Unreached, Moves, Said }) await db.ExecuteAsync(statement, new { today }, ct);
            return await db.ExecuteAsync("""
                select selfservice.give_link(p.id, 'data', @hash, 3650, false) from organisation.person p where p.given_name = 'Mira' and p.family_name = 'Vorlage' and p.email like '%@mitglied.example'
                """, new { hash = Invitation.HashOf(Link) }, ct);
        }, ct);
        await motives.TakeAsync(ct);
    }

    private const string Led = """
        insert into organisation.led_field (division_id, field, remedy, since)
        select d.id, f, 'Schreiben Sie an mitglieder@bund.horizont.example; mit der nächsten Datei steht es hier.', @today - 400 from organisation.division d cross join unnest(array['number', 'birth']) f where d.slug = 'sachsen';
        """;

    // every eighth member was asked in the last months; what came of it follows from the number alone
    private const string Checks = """
        insert into selfservice.data_check (person_id, opened_on, reminded_on, confirmed_on, corrected_on, silent_on)
        select m.person_id, x.day, case when m.person_id % 5 in (2, 3) then x.day + 21 end, case when m.person_id % 5 in (0, 1) then x.day + 3 end, case when m.person_id % 5 = 4 then x.day + 5 end, case when m.person_id % 5 = 3 then x.day + 42 end
        from members.party_membership m join organisation.person p on p.id = m.person_id cross join lateral (select @today - 50 - (m.person_id % 200) as day) x
        where m.left_on is null and m.kind = 'member' and m.state = 'active' and m.received_on < @today - 120 and m.person_id % 8 = 0 and p.email is not null;
        """;

    private const string Unreached = """
        insert into organisation.mail_trouble (person_id, since, code)
        select person_id, @today - 12, 'refused 550' from (select m.person_id from members.party_membership m join organisation.person p on p.id = m.person_id where m.left_on is null and m.kind = 'member' and m.received_on < @today - 400 and p.email is not null and m.person_id % 8 = 5 order by m.person_id limit 4) x;
        """;

    private const string Moves = """
        insert into selfservice.move_proposal (person_id, from_division_id, to_division_id, area_key, proposed_on)
        select x.person_id, x.division_id, members.division_for(x.ags), x.ags, @today - 3 from (
          select p.id as person_id, p.division_id, case row_number() over (order by p.id) when 1 then '14511000' when 2 then '14713000' end as ags
          from organisation.person p join organisation.division d on d.id = p.division_id and d.slug = 'kreis-14522' join members.party_membership m on m.person_id = p.id and m.left_on is null and m.kind = 'member' where m.received_on < @today - 200 order by p.id limit 2) x;
        """;

    // the program itself reads and writes no motive: each says it for themselves
    private const string Said = """
        do $$ declare p record; begin
          for p in select m.person_id as id, row_number() over (order by m.person_id) as n from members.party_membership m where m.left_on is null and m.kind = 'member' and m.received_on > current_date - 700 order by 1 limit 90 loop
            perform set_config('anlauf.actor', p.id::text, true);
            insert into members.motive (person_id, kind) select p.id, k from unnest(array[(array['task', 'place', 'peace', 'distribution', 'company', 'climate'])[1 + p.n * 7 % 6], (array['task', 'place', 'asylum', 'democracy'])[1 + p.n * 5 % 4]]) k on conflict do nothing;
          end loop;
          perform set_config('anlauf.actor', 'system', true);
        end $$;
        """;
}
