using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Situation;

/// <summary>What waits for the acting person: the page „Heute“, the number beside it in the head and the hint on the Lage count the same.</summary>
public sealed class TodayTasks(Db db, IEnumerable<ITodayPart> parts)
{
    /// <param name="Group">White spots of one goal stand together under this heading; null stands alone.</param>
    /// <param name="GroupHref">Where the group is worked on.</param>
    /// <param name="Act">What one does there, as the label of a button; null has none.</param>
    /// <param name="ActHref">Where the button leads; null: where the row leads.</param>
    /// <param name="Post">The form of the page behind <paramref name="Href"/> that the button sends; null: the button leads there.</param>
    /// <param name="Phone">A number to dial.</param>
    /// <param name="Promise">A promise to somebody, first of all that is due.</param>
    /// <param name="Task">What the row is told by when it is put off.</param>
    /// <param name="PutOff">The acting person does not want to see it before tomorrow.</param>
    public sealed record Item(string Title, string Href, DateOnly? Due, string Why, string? Group, string? GroupHref, string? Act, string? ActHref, string? Post, string? Phone, bool Promise, string Task, bool PutOff);

    private Task<IReadOnlyList<Item>>? read;

    /// <summary>All of it but what is put off, soonest first; read once for a request, in which the head asks beside the page, also before the answer is there.</summary>
    public async Task<IReadOnlyList<Item>> ListAsync(CancellationToken ct = default) => [.. (await ReadAsync(ct)).Where(i => !i.PutOff)];

    /// <summary>How many rows are put off until tomorrow; white spots of one goal are one row.</summary>
    public async Task<int> PutOffAsync(CancellationToken ct = default) => (await ReadAsync(ct)).Where(i => i.PutOff).Select(i => i.Group ?? i.Task).Distinct().Count();

    /// <summary>Shows a row, and the white spots that stand together with it, to the acting person again tomorrow only; gives what it was, null where there is none.</summary>
    public async Task<string?> PutOffAsync(string? task, CancellationToken ct = default)
    {
        var list = await ListAsync(ct);
        if (list.FirstOrDefault(i => i.Task == task) is not { } found || await NameAsync(ct) is null) return null;
        await db.ExecuteAsync("""
            insert into situation.put_off (person_id, task, until) select access.person_id(), t, current_date + 1 from unnest(@tasks) t on conflict (person_id, task) do update set until = excluded.until
            """, new { tasks = list.Where(i => i == found || found.Group is { } group && i.Group == group).Select(i => i.Task).Distinct().ToArray() }, ct);
        read = null;
        return found.Group is { } goal ? $"Weiße Flecken: {goal}" : found.Title;
    }

    /// <summary>Shows again today what was put off.</summary>
    public Task<int> ShowAgainAsync(CancellationToken ct = default) => db.ExecuteAsync("delete from situation.put_off where person_id = access.person_id()", ct: ct);

    private Task<IReadOnlyList<Item>> ReadAsync(CancellationToken ct) => read ??= db.QueryAsync<Item>($"""
        select y.*, y.task = any (array(select o.task from situation.put_off o where {Off})) as put_off
        from (select x.*, {Key} as task from ({Together}) x) y order by promise desc, due nulls last, title collate "de-x-icu" limit 1000
        """, ct: ct);

    // a row that says something else than before is another task
    private const string Key = "md5(x.href || ' ' || x.title)";
    private const string Off = "o.person_id = access.person_id() and o.until > current_date";

    /// <summary>The acting person's own name; null where nobody is behind the account.</summary>
    public Task<string?> NameAsync(CancellationToken ct = default) => db.ScalarAsync<string>("select p.given_name || ' ' || p.family_name from organisation.person p where p.id = access.person_id()", ct: ct);

    /// <summary>How many there are, without what is put off.</summary>
    // who has put nothing off is counted without a line being written
    public Task<int> CountAsync(CancellationToken ct = default) => db.ScalarAsync<int>($"""
        select (case when exists (select from situation.put_off o where {Off})
          then (select count(*) from ({Together}) x where {Key} <> all (array(select o.task from situation.put_off o where {Off})))
          else (select count(*) from ({All}) x){string.Concat(parts.Select(p => " + " + p.Count))} end)::int
        """, ct: ct);

    private string Together => string.Concat($"select x.*, false as promise from ({All}) x", string.Concat(parts.Select(p => $"\nunion all select title, href, due, why, null, null, act, act_href, post, phone, {(p.IsPromise ? "true" : "false")} from ({p.Sql}) x")));

    private const string All = """
        select 'Prüfen: ' || file_name as title, '/sitzungen/eingang/' || id as href, uploaded_at::date as due, 'eingelesenes Dokument, etwa 15 Minuten' as why, null as "group", null as group_href, 'Prüfen' as act, null as act_href, null as post, null as phone
          from meetings.document where state = 'review' and division_id = any ((select access.editable_divisions('P1', 'intake'))::integer[])
        union all
        select 'Zwischenstand melden: ' || title, '/sitzungen/beschluesse/' || slug, due, case when due < current_date then 'überfällig seit ' || to_char(due, 'DD.MM.YYYY') else 'Beschluss ' || number end, null, null, 'Zwischenstand melden', null, null, null
          from meetings.resolution where state in ('open', 'underway') and result = 'adopted' and due < current_date + 30 and division_id = any ((select access.editable_divisions('P1', 'resolutions'))::integer[])
        union all
        select 'Wiedervorlage: ' || f.text, coalesce('/sitzungen/beschluesse/' || r.slug, '/sitzungen/wiedervorlage'), f.due, case when f.due < current_date then 'überfällig seit ' || to_char(f.due, 'DD.MM.YYYY') else coalesce('Beschluss ' || r.number, 'ohne Beschluss') end, null, null, 'Ansehen', null, null, null
          from meetings.follow_up f left join meetings.resolution r on r.id = f.resolution_id
          where f.state = 'open' and f.due < current_date + 30 and f.division_id = any ((select access.editable_divisions('P1', 'resolutions'))::integer[])
        union all
        select coalesce(m.short_name, t.label, a.area_key), '/lage/auftraege/' || a.id, a.due, g.title || case when a.due < current_date then ', überfällig seit ' else ', bis ' end || to_char(a.due, 'FMDD.FMMM.YYYY'), g.title, '/lage/weisse-flecken?ziel=' || g.slug || '&stand=weg', null, null, null, null
          from situation.assignment a join situation.goal g on g.id = a.goal_id left join territory.municipality m on m.ags = a.area_key left join territory.district t on t.key = a.area_key
          where a.state = 'open' and a.division_id = any ((select access.editable_divisions('P1', 'situation'))::integer[])
        union all
        select 'Erledigen: ' || t.text, '/sitzungen/auftraege/' || t.id, t.due, case when t.person_id is distinct from access.person_id() and mine.standing_in then 'in Vertretung: ' || o.name else 'Ihre Aufgabe' end
            || case when t.due < current_date then ', überfällig seit ' || to_char(t.due, 'FMDD.FMMM.YYYY') when t.due is not null then ', bis ' || to_char(t.due, 'FMDD.FMMM.YYYY') else '' end, null, null, 'Stand melden', null, null, null
          from meetings.task t left join access.my_offices() mine on mine.office_id = t.office_id left join organisation.office o on o.id = t.office_id
          where t.state in ('open', 'underway') and t.kind in ('task', 'deadline') and (t.person_id = access.person_id() or mine.office_id is not null)
        union all
        select 'Aufgabe eines unbesetzten Amts: ' || t.text, '/sitzungen/auftraege/' || t.id, t.due, o.name || ', ' || d.short_name || ' ist nicht besetzt' || case when t.due < current_date then ', überfällig seit ' || to_char(t.due, 'FMDD.FMMM.YYYY') when t.due is not null then ', bis ' || to_char(t.due, 'FMDD.FMMM.YYYY') else '' end, null, null, 'Zuweisen', null, null, null
          from meetings.task t join organisation.office o on o.id = t.office_id join organisation.division d on d.id = o.division_id
          where t.state in ('open', 'underway') and t.kind in ('task', 'deadline') and t.person_id is null and coalesce(d.parent_id, d.id) = any ((select access.own_divisions('resolutions', 'edit'))::integer[])
            and not exists (select from organisation.office_holding h where h.office_id = o.id and current_date between h.valid_from and coalesce(h.valid_to, 'infinity'::date))
        union all
        select 'Übergabe abhaken: ' || o.name, '/verwaltung/rechte/uebergaben/' || x.id, x.switch_on, case when x.switch_on < current_date then 'überfällig seit ' || to_char(x.switch_on, 'DD.MM.YYYY') else d.short_name end, null, null, 'Abhaken', null, null, null
          from organisation.handover x join organisation.office_holding h on h.id = x.holding_id join organisation.office o on o.id = h.office_id join organisation.division d on d.id = o.division_id
          where x.done_at is null and (access.person_id() in (x.person_id, h.person_id) or o.division_id = any ((select access.own_divisions('organisation', 'edit'))::integer[]))
        union all
        select 'Ausgetreten und noch im Amt: ' || l.person, '/verwaltung/amtszeit/' || l.holding_id || '/beenden', l.left_on, l.office || ', ' || l.division || ': die Rechte bleiben, bis jemand das Amt beendet', null, null, 'Entscheiden', null, null, null
          from members.left_in_office() l
        union all
        select case when h.person_id = access.person_id() then 'Ihr Amt endet: ' else 'Nachfolge klären: ' end || o.name, '/verwaltung/gliederungen/' || d.slug, h.valid_to, 'endet am ' || to_char(h.valid_to, 'DD.MM.YYYY') || ', mit dem Amt enden die Rechte', null, null, 'Gliederung ansehen', null, null, null
          from organisation.office_holding h join organisation.office o on o.id = h.office_id join organisation.division d on d.id = o.division_id
          where h.valid_to between current_date and current_date + 60 and h.valid_from <= current_date and (h.person_id = access.person_id() or o.division_id = any ((select access.own_divisions('organisation', 'edit'))::integer[]))
            and not exists (select from organisation.office_holding n where n.office_id = o.id and n.id <> h.id and coalesce(n.valid_to, 'infinity'::date) > h.valid_to) and not exists (select from organisation.handover x where x.holding_id = h.id and x.done_at is null)
        """;
}
