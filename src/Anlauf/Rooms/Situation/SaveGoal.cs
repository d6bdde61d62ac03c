using System.ComponentModel.DataAnnotations;
using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Platform.Web;

namespace Anlauf.Rooms.Situation;

/// <summary>Sets a goal for a resolution, or changes one.</summary>
public sealed class SaveGoal(Db db, Coverage coverage, IndicatorRefresh refresh, TimeProvider clock)
{
    public sealed class Input
    {
        public int? Id { get; set; }
        public int DivisionId { get; set; }
        public int? ResolutionId { get; set; }
        [Required(ErrorMessage = "Geben Sie dem Ziel einen Namen"), MaxLength(120, ErrorMessage = "Der Name ist zu lang: höchstens 120 Zeichen")] public string Title { get; set; } = "";
        [Required(ErrorMessage = "Wählen Sie, was gemessen wird")] public string IndicatorId { get; set; } = "";
        public string Comparison { get; set; } = "at-least";
        [Range(0.0, 100000.0, ErrorMessage = "Der Zielwert muss zwischen 0 und 100.000 liegen")] public decimal Target { get; set; } = 1;
        public string AreaFilter { get; set; } = "all";
        public string AreaKey { get; set; } = "";
        public DateOnly? Due { get; set; }
        public string? Responsible { get; set; }
    }

    /// <summary>Writes the goal; returns its address.</summary>
    public async Task<Outcome<string>> HandleAsync(Input input, CancellationToken ct = default)
    {
        if (coverage.Indicators.FirstOrDefault(i => i.Id == input.IndicatorId) is not { } indicator) return new Refusal("Diese Messgröße gibt es nicht. Wählen Sie eine aus der Liste", nameof(Input.IndicatorId));
        if (input.Comparison is not ("at-least" or "at-most")) return new Refusal("Wählen Sie „mindestens“ oder „höchstens“", nameof(Input.Comparison));
        if (input.AreaFilter is not ("all" or "rural-districts" or "rural" or "small" or "medium")) return new Refusal("Wählen Sie die Gebiete aus der Liste", nameof(Input.AreaFilter));
        if (input.AreaKey.Length > 0 && Keys.Valid(input.AreaKey) is null) return new Refusal("Wählen Sie ein Land aus der Liste", nameof(Input.AreaKey));
        if (input.Due >= new DateOnly(2200, 1, 1)) return new Refusal("Diese Frist liegt zu weit weg. Prüfen Sie das Jahr", nameof(Input.Due));
        if (indicator.HidesSmall && (input.Comparison == "at-least" ? Math.Ceiling(input.Target) is > 1 and < 5 : Math.Floor(input.Target) is > 0 and < 4))
            return new Refusal("Zahlen von Menschen unter fünf werden nicht gezeigt, auch nicht durch ein Ziel. Nehmen Sie 1 oder mindestens 5 als Zielwert", nameof(Input.Target));
        if (!await db.ScalarAsync<bool>("select @DivisionId = any ((select access.editable_divisions('P1', 'goals'))::integer[])", input, ct)) return new Refusal("Ziele dieser Gliederung können Sie nicht ändern");
        // a goal on figures that nobody asked for before: bring them in first, so that it is counted from the start
        if (!await db.ScalarAsync<bool>("select exists (select from situation.goal where indicator_id = @IndicatorId)", input, ct)) await refresh.RunAsync([indicator.Id], ct);
        var today = DateOnly.FromDateTime(clock.GetLocalNow().Date);
        var level = indicator.Level == AreaLevel.District ? "district" : "municipality";
        if (input.Id is { } id)
        {
            var slug = await db.ScalarAsync<string>("""
                update situation.goal set title = @Title, indicator_id = @IndicatorId, comparison = @Comparison, target = @Target, level = @level, area_filter = @AreaFilter, area_key = @AreaKey, due = @Due,
                  responsible = nullif(trim(@Responsible), '') where id = @id returning slug
                """, new { id, input.Title, input.IndicatorId, input.Comparison, input.Target, level, input.AreaFilter, input.AreaKey, input.Due, input.Responsible }, ct);
            return slug is null ? new Refusal("Dieses Ziel gibt es nicht, oder Sie dürfen es nicht ändern") : slug;
        }
        var free = await db.FreeSlugAsync("situation.goal", Slug.From(input.Title), ct: ct);
        return (await db.ScalarAsync<string>("""
            insert into situation.goal (division_id, resolution_id, slug, title, indicator_id, comparison, target, level, area_filter, area_key, started_on, due, responsible)
            values (@DivisionId, @ResolutionId, @free, @Title, @IndicatorId, @Comparison, @Target, @level, @AreaFilter, @AreaKey, @today, @Due, nullif(trim(@Responsible), '')) returning slug
            """, new { input.DivisionId, input.ResolutionId, free, input.Title, input.IndicatorId, input.Comparison, input.Target, level, input.AreaFilter, input.AreaKey, today, input.Due, input.Responsible }, ct))!;
    }
}
