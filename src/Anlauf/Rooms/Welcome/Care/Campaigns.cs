using System.ComponentModel.DataAnnotations;
using Anlauf.Platform;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Welcome.Care;

/// <summary>Recruiting campaigns: from a day to a day, with a code on the form, and how many came through it. Never who.</summary>
public sealed class Campaigns(Db db)
{
    /// <param name="Joins">Null where one to four came.</param>
    public sealed record Row(int Id, string Title, string Code, DateOnly StartsOn, DateOnly EndsOn, string Division, int? Joins);

    public sealed class Input
    {
        [Required(ErrorMessage = "Geben Sie der Kampagne einen Namen"), MaxLength(120, ErrorMessage = "Der Name ist zu lang: höchstens 120 Zeichen")] public string Title { get; set; } = "";
        [Required(ErrorMessage = "Nennen Sie das Kennwort, das auf dem Formular steht"), RegularExpression("^[a-z0-9-]{2,40}$", ErrorMessage = "Nur kleine Buchstaben, Ziffern und Bindestriche, zwei bis vierzig Zeichen")] public string Code { get; set; } = "";
        public int DivisionId { get; set; }
        [Required(ErrorMessage = "Nennen Sie den ersten Tag")] public DateOnly? StartsOn { get; set; }
        [Required(ErrorMessage = "Nennen Sie den letzten Tag")] public DateOnly? EndsOn { get; set; }
    }

    /// <summary>All within reach, latest first.</summary>
    public Task<IReadOnlyList<Row>> ListAsync(CancellationToken ct = default) => db.QueryAsync<Row>("""
        select c.id, c.title, c.code, c.starts_on, c.ends_on, d.short_name as division, j.joins from welcome.campaign c join organisation.division d on d.id = c.division_id
        join welcome.joins_by_campaign() j on j.campaign_id = c.id order by c.starts_on desc, c.id desc
        """, ct: ct);

    /// <summary>Divisions in which the acting person recruits.</summary>
    public Task<IReadOnlyList<(int Id, string Name)>> DivisionsAsync(CancellationToken ct = default) => db.QueryAsync<(int, string)>("""
        select id, name from organisation.division where dissolved_on is null and id = any ((select access.divisions_for('P1', 'recruiting', 'edit'))::integer[]) order by parent_id nulls first, name collate "de-x-icu"
        """, ct: ct);

    /// <summary>Begins a campaign.</summary>
    public async Task<Outcome<int>> AddAsync(Input input, CancellationToken ct = default)
    {
        if (input.EndsOn < input.StartsOn) return new Refusal("Die Kampagne endet, bevor sie beginnt. Prüfen Sie beide Tage", nameof(Input.EndsOn));
        if (!await db.ScalarAsync<bool>("select coalesce(@DivisionId = any ((select access.divisions_for('P1', 'recruiting', 'edit'))::integer[]), false)", input, ct)) return new Refusal("In dieser Gliederung führen Sie keine Kampagnen. Wählen Sie eine andere", nameof(Input.DivisionId));
        try
        {
            return await db.ScalarAsync<int>("insert into welcome.campaign (division_id, title, code, starts_on, ends_on) values (@DivisionId, @Title, @Code, @StartsOn, @EndsOn) returning id", input, ct);
        }
        catch (Npgsql.PostgresException e) when (e.SqlState == Npgsql.PostgresErrorCodes.UniqueViolation)
        {
            return new Refusal("Dieses Kennwort gibt es schon. Wählen Sie ein anderes, damit jede Kampagne für sich zählt", nameof(Input.Code));
        }
    }
}
