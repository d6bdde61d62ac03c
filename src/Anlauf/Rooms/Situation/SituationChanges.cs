using Anlauf.Platform.Database;
using Anlauf.Platform.Web.Components;

namespace Anlauf.Rooms.Situation;

/// <summary>White spots that were closed or taken over lately.</summary>
internal sealed class SituationChanges(Db db, Coverage coverage) : IRecentChanges
{
    public async Task<IReadOnlyList<Change>> SinceAsync(DateOnly since, string areaKey, CancellationToken ct)
    {
        var changes = new List<Change>();
        foreach (var goal in await coverage.GoalsAsync(ct))
        {
            var within = areaKey.StartsWith(goal.AreaKey, StringComparison.Ordinal) ? areaKey : goal.AreaKey;
            var closed = await db.QueryAsync<string>("""
                select coalesce(m.short_name, d.label, n.area_key) from situation.newly_reached(@Id, @within, @since) n
                left join territory.municipality m on m.ags = n.area_key left join territory.district d on d.key = n.area_key order by n.day desc, m.population desc nulls last
                """, new { goal.Id, within, since }, ct);
            if (closed.Count > 0) changes.Add(new(Standing.Reached, closed.Count == 1 ? "Ein weißer Fleck geschlossen:" : $"{closed.Count} weiße Flecken geschlossen,", closed.Count == 1 ? closed[0] : $"zuletzt {closed[0]} und {closed[1]}", "/lage?ziel=" + goal.Slug));
        }
        changes.AddRange((await db.QueryAsync<(string Division, string Goal, string Slug, int Count)>("""
            select d.short_name, g.title, g.slug, count(*)::int from situation.assignment a join organisation.division d on d.id = a.division_id join situation.goal g on g.id = a.goal_id
            where a.created_at >= @since and a.state = 'open' and a.area_key like @areaKey || '%' group by d.short_name, g.title, g.slug order by 4 desc limit 3
            """, new { since, areaKey }, ct)).Select(t => new Change(Standing.UnderWay, t.Division, $"übernimmt {Wording.Count(t.Count, "einen weißen Fleck", "weiße Flecken")}: {t.Goal}", $"/lage/weisse-flecken?ziel={t.Slug}&stand=weg")));
        return changes;
    }
}

/// <summary>Deadlines of goals, and of assignments by division and day.</summary>
internal sealed class SituationDeadlines(Db db) : IDeadlines
{
    public Task<IReadOnlyList<Deadline>> NextAsync(DateOnly today, string areaKey, int limit, CancellationToken ct) => db.QueryAsync<Deadline>("""
        select due as on, title, detail, href from (
          select g.due, g.title, 'Frist des Ziels' as detail, '/lage?ziel=' || g.slug as href from situation.goal g where g.closed_on is null and g.due >= @today and (g.area_key like @areaKey || '%' or @areaKey like g.area_key || '%')
          union all
          select a.due, case count(*) when 1 then min(coalesce(m.short_name, t.label, a.area_key)) || ': Auftrag fällig' else count(*) || ' Aufträge fällig' end, d.short_name || ' · ' || g.title,
            case count(*) when 1 then '/lage/auftraege/' || min(a.id) else '/lage/auftraege' end
          from situation.assignment a join situation.goal g on g.id = a.goal_id join organisation.division d on d.id = a.division_id
          left join territory.municipality m on m.ags = a.area_key left join territory.district t on t.key = a.area_key
          where a.state = 'open' and a.due >= @today and a.area_key like @areaKey || '%' group by a.due, d.short_name, g.title) x
        order by due, title limit @limit
        """, new { today, areaKey, limit }, ct);
}
