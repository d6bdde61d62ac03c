using Anlauf.Rooms.Situation;

namespace Anlauf.Rooms.Welcome;

/// <summary>
/// Promises to people on „Heute“: the next call of the acting person, what rises from the divisions below, and waiting periods that
/// end unfinished. One row each, so that a hundred new members are no hundred rows.
/// </summary>
internal sealed class PromisesToday : ITodayPart
{
    public string Sql => """
        select case n.step when 'first-contact' then 'Anrufen: ' when 'first-meeting' then 'Zu einem Treffen einladen: ' else 'Eine Aufgabe finden: ' end || n.name as title, '/menschen/anrufe/' || n.id as href, n.promised_on as due,
          'ein Versprechen an einen Menschen' || case when n.late > 0 then ', überfällig seit ' || case when n.late = 1 then 'einem Tag' else n.late || ' Tagen' end else ', bis ' || to_char(n.promised_on, 'FMDD.FMMM.YYYY') end
            || case when n.others = 1 then '; ein weiterer Mensch wartet' when n.others > 1 then '; ' || n.others || ' weitere Menschen warten' else '' end as why
        from (
          select a.id, p.given_name || ' ' || p.family_name as name, s.step, s.promised_on, current_date - s.promised_on as late, count(*) over () - 1 as others, row_number() over (order by s.promised_on, a.received_on, a.id) as place
          from welcome.arrival a join organisation.person p on p.id = a.person_id
          join lateral (select w.step, w.promised_on from welcome.step w where w.arrival_id = a.id and w.done_on is null and w.step <> 'entered' order by w.promised_on limit 1) s on s.promised_on < current_date + 7
          where a.closed_on is null and a.contact_person_id = access.person_id() and a.declined_on is null and privacy.may_contact(a.person_id)
            and coalesce((select c.next_on from welcome.call c where c.arrival_id = a.id order by c.at desc, c.number desc limit 1), current_date) <= current_date
        ) n where n.place = 1
        union all
        select case when count(*) = 1 then 'Ein neues Mitglied wartet länger als versprochen: ' else count(*) || ' neue Mitglieder warten länger als versprochen: ' end || (array_agg(d.short_name order by e.late desc, d.id))[1]
            || case count(distinct d.id) when 1 then '' when 2 then ' und eine weitere Gliederung' else ' und ' || count(distinct d.id) - 1 || ' weitere Gliederungen' end, '/menschen/ankommen?gruppe=spaet', min(e.promised_on),
          'überfällig seit ' || case when max(e.late) = 1 then 'einem Tag' else max(e.late) || ' Tagen' end || case e.level when 'state' then ', deshalb sieht es jetzt das Land' when 'district' then ', deshalb sieht es jetzt der Kreis' else '' end
        from welcome.escalated() e join organisation.division d on d.id = e.division_id
        where not exists (select from welcome.arrival a where a.id = e.arrival_id and a.contact_person_id = access.person_id())
        group by e.level, e.seen_by
        union all
        select 'Wartezeit endet: ' || p.given_name || ' ' || p.family_name, '/menschen/anrufe/' || a.id, a.effective_on,
          (select count(*) from welcome.duty u where u.arrival_id = a.id and u.done_on is null) || ' von 3 Punkten offen, ' || case when a.effective_on < current_date then 'wirksam seit ' else 'wirksam am ' end || to_char(a.effective_on, 'FMDD.FMMM.YYYY')
        from welcome.arrival a join organisation.person p on p.id = a.person_id
        where a.closed_on is null and a.effective_on < current_date + 7 and privacy.may_contact(a.person_id) and exists (select from welcome.duty u where u.arrival_id = a.id and u.done_on is null)
          and (a.contact_person_id = access.person_id() or a.division_id = any ((select access.own_divisions('welcome', 'edit'))::integer[]))
        """;
}
