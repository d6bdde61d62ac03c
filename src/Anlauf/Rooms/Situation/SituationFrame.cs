using Anlauf.Platform.Access;
using Anlauf.Platform.Database;
using Anlauf.Platform.Web;

namespace Anlauf.Rooms.Situation;

/// <summary>The band on top of each page (state of the leading goal), the account's name and the open tasks.</summary>
internal sealed class SituationFrame(Coverage coverage, TodayTasks tasks, Db db, Actor actor, Rights rights) : IFramePart
{
    private sealed record Person(string? Name, string? Office);

    public async Task FillAsync(PageFrame frame, HttpContext http)
    {
        var ct = http.RequestAborted;
        if (actor.PersonId is not { } id) return;
        var person = await db.SingleAsync<Person>("""
            select (select name from organisation.officer where person_id = @id) as name,
              (select o.name || ', ' || d.short_name from organisation.office_holding h join organisation.office o on o.id = h.office_id join organisation.division d on d.id = o.division_id
               where h.person_id = @id and current_date between h.valid_from and coalesce(h.valid_to, 'infinity') order by o.sort, o.id limit 1) as office
            """, new { id }, ct);
        frame.AccountName = person?.Office ?? person?.Name ?? "Konto";
        // the page that lists them needs no count beside
        frame.OpenTasks = http.Request.Path == "/heute" ? (await tasks.ListAsync(ct)).Count : await tasks.CountAsync(ct);
        frame.SourceLine = "Gebiete und Einwohner: © Statistisches Bundesamt (Destatis), Gemeindeverzeichnis.";
        if (!await rights.HoldsAsync(SituationPermissions.Read, ct)) return;
        if ((await coverage.GoalsAsync(ct)).FirstOrDefault() is not { } leading) return;
        var state = (await coverage.CountAsync([leading], ct: ct))[0];
        frame.Strip = new GoalStrip(leading.Title, state.Reached, state.UnderWay, state.Missing, state.Unknown);
    }
}
