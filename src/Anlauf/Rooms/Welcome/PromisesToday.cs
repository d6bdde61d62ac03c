using Anlauf.Rooms.Situation;

namespace Anlauf.Rooms.Welcome;

/// <summary>
/// Promises to people on „Heute“: the next calls of the acting person, what rises from the divisions below, and waiting periods that
/// end unfinished. A handful of names and not all of them, so that a hundred new members are no hundred rows.
/// </summary>
internal sealed class PromisesToday : ITodayPart
{
    public Type Sentence => typeof(Welcome.Calls.WaitingSentence);

    public string Sql => $"{Calls}\nunion all\n{Late}\nunion all\n{Waiting}";

    // what rises from below is many rows behind few lines: the lines are counted without them
    public string Count => $"(select count(*) from ({Calls}\nunion all\n{Waiting}) x) + welcome.told_late_lines()";

    private const string Calls = """
        select case n.step when 'first-contact' then 'Anrufen: ' when 'first-meeting' then 'Zu einem Treffen einladen: ' else 'Eine Aufgabe finden: ' end || n.name as title, '/menschen/anrufe/' || n.id as href, n.promised_on as due,
          'ein Versprechen an einen Menschen' || case when n.late > 0 then ', überfällig seit ' || case when n.late = 1 then 'einem Tag' else n.late || ' Tagen' end else ', bis ' || to_char(n.promised_on, 'FMDD.FMMM.YYYY') end
            || case when n.place < 5 or n.others = 0 then '' when n.others = 1 then '; ein weiterer Anruf steht in dieser Woche an' else '; ' || n.others || ' weitere Anrufe stehen in dieser Woche an' end as why, 'Notieren' as act, null as act_href, null as post, n.phone
        from (
          select a.id, p.given_name || ' ' || p.family_name as name, case when members.may_call(p.id) then p.phone end as phone, w.step, w.promised_on, current_date - w.promised_on as late, count(*) over () - 5 as others, row_number() over (order by w.called_today, w.promised_on, a.received_on, a.id) as place
          from welcome.waiting(true) w join welcome.arrival a on a.id = w.arrival_id join organisation.person p on p.id = a.person_id where w.mine and w.not_before is null and w.promised_on < current_date + 7
        ) n where n.place <= 5
        """;

    private const string Late = """
        select case when l.people = 1 then 'Ein überfälliger Schritt' else l.people || ' überfällige Schritte' end || case l.level when 'state' then ', jetzt beim Land: ' when 'district' then ', jetzt beim Kreis: ' else ' bei neuen Mitgliedern: ' end || l.short_name
            || case l.divisions when 1 then '' when 2 then ' und eine weitere Gliederung' else ' und ' || l.divisions - 1 || ' weitere Gliederungen' end, '/menschen/ankommen?gruppe=spaet', l.promised_on,
          coalesce(p.given_name || ' ' || p.family_name || ', ', '') || 'überfällig seit ' || case when l.late = 1 then 'einem Tag' else l.late || ' Tagen' end,
          case when l.step = 'entered' or p.id is null then 'Ansehen' else 'Notieren' end, case when p.id is not null then '/menschen/anrufe/' || l.arrival_id end, null, case when l.step <> 'entered' and members.may_call(p.id) then p.phone end
        from welcome.told_late() l left join welcome.arrival a on a.id = l.arrival_id left join organisation.person p on p.id = a.person_id
        """;

    private const string Waiting = """
        select 'Wartezeit endet: ' || p.given_name || ' ' || p.family_name, '/menschen/anrufe/' || a.id, a.effective_on,
          (select count(*) from welcome.duty u where u.arrival_id = a.id and u.done_on is null) || ' von 3 Punkten offen, ' || case when a.effective_on < current_date then 'wirksam seit ' else 'wirksam am ' end || to_char(a.effective_on, 'FMDD.FMMM.YYYY'), 'Abhaken', null, null, null
        from welcome.arrival a join organisation.person p on p.id = a.person_id
        where a.closed_on is null and a.effective_on < current_date + 7 and a.person_id <> all ((select privacy.flagged('no-contact') || privacy.flagged('restricted'))::integer[]) and exists (select from welcome.duty u where u.arrival_id = a.id and u.done_on is null)
          and (a.contact_person_id = access.person_id() or a.division_id = any ((select access.own_divisions('welcome', 'edit'))::integer[]))
        """;
}
