using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Demo;

/// <summary>
/// Invented political figures over real territory: an election, member counts, contact points, goals, assignments and eight weeks
/// of snapshots. Deterministic: a hash of the key stands where chance would.
/// </summary>
internal static class DemoSituation
{
    public static Task BuildAsync(Db db, DateOnly today, CancellationToken ct) => db.InTransactionAsync(async () =>
    {
        await db.ExecuteAsync(Figures, new { today }, ct);
        await db.ExecuteAsync(ContactPoints, new { today }, ct);
        await db.ExecuteAsync(Goals, new { today }, ct);
        return true;
    }, ct);

    private const string Figures = """
        insert into territory.source (id, line, vintage) values ('demo', 'Vorführdaten, politische Zahlen erfunden', date '2024-06-09');
        insert into territory.election (id, title, kind, state_key, day, source_id)
          select 'demo-gemeinderat-' || key, 'Gemeinderatswahl 2024 (erfunden)', 'MunicipalCouncil', key, date '2024-06-09', 'demo' from territory.state where key in ('14', '15');
        insert into territory.result (election_id, ags, name, eligible, voters, valid_votes)
          select 'demo-gemeinderat-' || state_key, ags, short_name, (population * 0.82)::int, (population * 0.52)::int, (population * 0.5)::bigint * 3 from territory.current_municipality where has_council and state_key in ('14', '15');
        insert into territory.list_result (election_id, ags, list, position, stood, votes, seats)
          select 'demo-gemeinderat-' || state_key, ags, 'Horizont', 1, stood, case when stood then (population * 0.15)::bigint end, case when stood then greatest(1, least(9, population / 6000)) end
          from (select *, (abs(hashtext(ags || 'liste')) % 100) < least(96, 34 + population / 220) as stood from territory.current_municipality where has_council and state_key in ('14', '15')) m;
        insert into territory.list_result (election_id, ags, list, position, stood, votes, seats)
          select l.election_id, l.ags, 'Andere Listen', 2, true, r.valid_votes - coalesce(l.votes, 0), greatest(8, least(70, 10 + m.population / 1500)) - coalesce(l.seats, 0)
          from territory.list_result l join territory.result r on r.election_id = l.election_id and r.ags = l.ags join territory.current_municipality m on m.ags = l.ags where l.election_id like 'demo-gemeinderat-%';
        insert into territory.election (id, title, kind, state_key, day, source_id)
          select 'demo-landtag-' || key || '-' || extract(year from day), 'Landtagswahl ' || extract(year from day) || ' (erfunden)', 'StateParliament', key, day, 'demo' from territory.state, (values (date '2019-09-01'), (date '2024-09-01')) d (day) where key in ('14', '15');
        insert into territory.result (election_id, ags, name, eligible, voters, valid_votes)
          select e.id, m.ags, m.short_name, (population * 0.82)::int, (population * 0.6)::int, (population * 0.59)::bigint from territory.current_municipality m join territory.election e on e.state_key = m.state_key and e.kind = 'StateParliament' where m.has_council;
        insert into territory.list_result (election_id, ags, list, position, stood, votes)
          select r.election_id, r.ags, 'Horizont', 1, true, (r.valid_votes * (0.05 + (abs(hashtext(r.ags || r.election_id)) % 60) / 1000.0 + case when d.is_city then 0.03 else 0 end))::bigint
          from territory.result r join territory.election e on e.id = r.election_id and e.kind = 'StateParliament' left join territory.district d on d.key = left(r.ags, 5);
        insert into platform.setting (key, value) values ('own-list', 'Horizont');
        insert into members.member_count (area_key, as_of, members)
          select ags, date '2026-11-01', (population * (0.0011 + (abs(hashtext(ags || 'mitglieder')) % 160) / 100000.0))::int from territory.current_municipality where has_council and state_key in ('14', '15');
        insert into situation.baseline_figure (division_id, area_key, title, value, unit, numerator, denominator, source, as_of, own_numerator, own_denominator, own_source, own_as_of) values
          ((select id from organisation.division where slug = 'sachsen'), '14', 'Frauen in den Räten; auf den eigenen Listen', 24.0, '%', 1800, 7500, 'Vorführung: Zahl erfunden', date '2024-06-09', 412, 1205, 'Vorführung: Zahl erfunden', date '2026-11-01');
        insert into situation.baseline_figure (division_id, area_key, title, value, unit, source, as_of) values
          ((select id from organisation.division where slug = 'sachsen'), '14522', 'Büros anderer Parteien', 5, 'Büros', 'Vorführung: Zahl erfunden', date '2026-10-01'),
          ((select id from organisation.division where slug = 'sachsen-anhalt'), '15', 'Frauen in der Kommunalpolitik in Sachsen-Anhalt', 19.4, '%', 'Beschluss eines Landesparteitags in Sachsen-Anhalt vom 3. Juni 2023', date '2023-06-03'),
          ((select id from organisation.division where slug = 'sachsen'), '14', 'der Menschen in Sachsen leben in Orten unter 20.000 Einwohnern', (select round(100.0 * sum(population) filter (where population < 20000) / sum(population), 1) from territory.current_municipality where state_key = '14'), '%', 'Destatis, Gemeindeverzeichnis, eigene Rechnung', date '2023-12-31');
        """;

    private const string ContactPoints = """
        insert into presence.contact_point (division_id, kind_id, name, slug, ags, opening, hours_per_week, responsible, opened_on, closed_on, closing_reason)
        select coalesce(o.id, k.id), v.kind, v.name, v.slug, v.ags, v.opening, v.hours, v.responsible, date '2025-03-01', v.closed, v.why
        from (values
          ('14521020', 'party-office', 'Büro Annaberg-Buchholz', 'buero-annaberg-buchholz', 'dienstags 14–18 Uhr', 4, 'Kreisverband', null::date, null),
          ('14521035', 'volunteer-room', 'Treff Aue', 'treff-aue', 'donnerstags 16–18 Uhr', 2, 'Ortsverband Aue', null, null),
          ('14522180', 'party-office', 'Büro Freiberg', 'buero-freiberg', 'montags und mittwochs 10–14 Uhr', 8, 'Kreisverband', null, null),
          ('14522080', 'constituency-office', 'Abgeordnetenbüro Döbeln', 'abgeordnetenbuero-doebeln', 'werktags 9–15 Uhr', 30, 'Wahlkreismitarbeit', null, null),
          ('14523320', 'party-office', 'Büro Plauen', 'buero-plauen', 'werktags 10–16 Uhr', 30, 'Kreisverband', null, null),
          ('14524330', 'party-office', 'Büro Zwickau', 'buero-zwickau', 'werktags 10–16 Uhr', 30, 'Kreisverband', null, null),
          ('14524180', 'volunteer-room', 'Raum Limbach', 'raum-limbach', 'jeden ersten Samstag', 1, 'Ortsverband', null, null),
          ('14625020', 'party-office', 'Büro Bautzen', 'buero-bautzen', 'werktags 10–16 Uhr', 30, 'Kreisverband', null, null),
          ('14625250', 'co-working', 'Platz in Kamenz', 'platz-kamenz', 'freitags 9–13 Uhr', 4, 'Kreisverband', null, null),
          ('14626110', 'party-office', 'Büro Görlitz', 'buero-goerlitz', 'dienstags 12–18 Uhr', 6, 'Kreisverband', null, null),
          ('14626610', 'party-office', 'Büro Zittau', 'buero-zittau', 'mittwochs 10–14 Uhr', 4, 'Kreisverband', date '2026-06-30', 'Mietvertrag ausgelaufen'),
          ('14627140', 'party-office', 'Büro Meißen', 'buero-meissen', 'dienstags 14–18 Uhr', 4, 'Kreisverband', null, null),
          ('14627230', 'volunteer-room', 'Treff Riesa', 'treff-riesa', 'donnerstags 15–17 Uhr', 2, 'Ortsverband Riesa', null, null),
          ('14628270', 'party-office', 'Büro Pirna', 'buero-pirna', 'werktags 10–14 Uhr', 20, 'Kreisverband', null, null),
          ('14628110', 'phone-hour', 'Onlinesprechstunde Freital', 'onlinesprechstunde-freital', 'jeden zweiten Montag 19 Uhr', 1, 'Ortsverband Freital', null, null),
          ('14729160', 'party-office', 'Büro Grimma', 'buero-grimma', 'dienstags 10–16 Uhr', 6, 'Kreisverband', null, null),
          ('14730110', 'phone-hour', 'Sprechstunde Eilenburg', 'sprechstunde-eilenburg', 'mittwochs 17–18 Uhr', 1, 'Kreisverband', null, null),
          ('14612000', 'party-office', 'Landesgeschäftsstelle Dresden', 'landesgeschaeftsstelle-dresden', 'werktags 9–17 Uhr', 40, 'Landesgeschäftsführung', null, null),
          ('14713000', 'party-office', 'Büro Leipzig', 'buero-leipzig', 'werktags 10–18 Uhr', 40, 'Stadtverband', null, null)
        ) as v (ags, kind, name, slug, opening, hours, responsible, closed, why)
        join territory.municipality m on m.ags = v.ags
        join organisation.division k on k.slug = 'kreis-' || m.district_key left join organisation.division o on o.slug = 'ort-' || m.ags;
        """;

    private const string Goals = """
        -- a goal begins on the day of its resolution
        insert into situation.goal (division_id, resolution_id, slug, title, indicator_id, comparison, target, level, area_filter, area_key, started_on, due, responsible, sort)
        select l.id, r.id, g.slug, g.title, g.indicator, 'at-least', g.target, g.level, g.filter, '14', coalesce(r.decided_on, g.started), g.due, 'Landesgeschäftsführung', g.sort
        from organisation.division l cross join (values
          ('%Anlaufstellen%', 'zwei-anlaufstellen-je-landkreis', 'Mindestens zwei Anlaufstellen je Landkreis', 'presence.contact-points', 2, 'district', 'rural-districts', date '2026-09-12', date '2027-09-30', 20),
          ('%eigene Liste%', 'in-jeder-gemeinde-eine-liste', 'In jeder Gemeinde eine Liste', 'territory.council-list', 1, 'municipality', 'all', date '2026-06-06', date '2027-04-08', 10),
          ('%fünf Mitglieder%', 'fuenf-mitglieder-je-gemeinde', 'Fünf Mitglieder in jeder Gemeinde', 'members.count', 5, 'municipality', 'all', date '2026-09-12', date '2028-12-31', 30)
        ) as g (pattern, slug, title, indicator, target, level, filter, started, due, sort)
        left join lateral (select r.id, r.decided_on from meetings.resolution r where r.division_id = l.id and r.wording ilike g.pattern order by r.id limit 1) r on true where l.slug = 'sachsen';
        -- somebody looks after about half of the gaps
        insert into situation.assignment (goal_id, area_key, division_id, due, note, created_at)
          select g.id, m.ags, coalesce(o.id, k.id), @today + 42, 'Gespräche laufen', greatest(@today - 20, g.started_on)
          from situation.goal g, territory.current_municipality m join organisation.division k on k.slug = 'kreis-' || m.district_key left join organisation.division o on o.slug = 'ort-' || m.ags
          where g.slug = 'in-jeder-gemeinde-eine-liste' and m.state_key = '14' and m.has_council and abs(hashtext(m.ags || 'auftrag')) % 100 < 55
            and not exists (select from territory.list_result l where l.election_id = 'demo-gemeinderat-14' and l.list = 'Horizont' and l.ags = m.ags and l.stood);
        insert into situation.assignment (goal_id, area_key, division_id, due, note, created_at)
          select g.id, '14626', k.id, @today + 72, 'Raum in Zittau wird verhandelt', greatest(@today - 12, g.started_on) from situation.goal g join organisation.division k on k.slug = 'kreis-14626' where g.slug = 'zwei-anlaufstellen-je-landkreis'
          union all select g.id, '14523', k.id, @today + 25, 'Sprechstunde Auerbach', greatest(@today - 5, g.started_on) from situation.goal g join organisation.division k on k.slug = 'kreis-14523' where g.slug = 'zwei-anlaufstellen-je-landkreis';
        -- eight weeks of stands: lists come in one after the other; a row for each day on which a value changed
        insert into situation.indicator_value (indicator_id, area_key, day, value)
          select 'territory.council-list', ags, day, value from (
            select *, lag(value) over (partition by ags order by day) as before from (
              select l.ags, d::date as day, case when l.stood and (abs(hashtext(l.ags || 'tag')) % 640) < 584 + (d::date - (@today - 56)) then 1 else 0 end as value
              from territory.list_result l, generate_series(@today - 56, @today - 1, interval '7 days') d where l.election_id = 'demo-gemeinderat-14' and l.list = 'Horizont') weekly) w
          where before is distinct from value;
        """;
}
