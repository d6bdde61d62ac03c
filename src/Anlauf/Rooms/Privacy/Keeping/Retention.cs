using System.ComponentModel.DataAnnotations;
using Anlauf.Platform;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Privacy.Keeping;

/// <summary>Periods, what goes next, and what went. The rules are rows; every period is a setting to be confirmed by the officer.</summary>
public sealed class Retention(Db db, TimeProvider clock)
{
    /// <summary>Rows of one table that a rule takes away.</summary>
    public sealed record Due(string RuleId, string Rule, string TableName, string Title, long Rows, DateOnly First, string Outcome, string Basis, DateOnly? PausedUntil, string? PauseReason);

    /// <summary>What a run did.</summary>
    public sealed record Run(DateTime At, string Rule, string? Title, string TableName, int Rows);

    /// <summary>A rule with its period.</summary>
    public sealed record Rule(string Id, string Name, string Starts, string? Period, int? Months, string Outcome, string Basis, DateOnly? PausedUntil, string? PauseReason, bool Automatic);

    private DateOnly Today => DateOnly.FromDateTime(clock.GetLocalNow().Date);

    /// <summary>What goes by itself in the next days; 1 is tomorrow.</summary>
    public Task<IReadOnlyList<Due>> PreviewAsync(int days, CancellationToken ct = default) => db.QueryAsync<Due>("select * from privacy.retention_due(@until) order by first, rule", new { until = Today.AddDays(days) }, ct);

    /// <summary>The nightly run; only the system may.</summary>
    public Task<IReadOnlyList<(string Rule, string Table, long Rows)>> RunAsync(CancellationToken ct = default) => db.QueryAsync<(string, string, long)>("select rule_id, table_name, rows from privacy.retain(@Today)", new { Today }, ct);

    /// <summary>Protocol, newest first.</summary>
    public Task<IReadOnlyList<Run>> RunsAsync(int limit = 30, CancellationToken ct = default) => db.QueryAsync<Run>("""
        select x.at, r.name as rule, t.title, x.table_name, x.rows from privacy.retention_run x join privacy.retention_rule r on r.id = x.rule_id left join privacy.declared_table t on t.table_name = x.table_name order by x.at desc, x.id desc limit @limit
        """, new { limit }, ct);

    /// <summary>Every rule.</summary>
    public Task<IReadOnlyList<Rule>> RulesAsync(CancellationToken ct = default) => db.QueryAsync<Rule>("""
        select r.id, r.name, r.starts, privacy.period_words(r.period) as period, (extract(year from r.period) * 12 + extract(month from r.period))::int as months, r.outcome, r.basis, r.paused_until, r.pause_reason,
          exists (select from privacy.retention_job j where j.rule_id = r.id) or r.id like 'audit-%' as automatic from privacy.retention_rule r order by r.sort
        """, ct: ct);

    /// <summary>A changed period or a stop.</summary>
    public sealed class Input
    {
        [Required(ErrorMessage = "Wählen Sie die Regel")] public string Id { get; set; } = "";
        [Range(1, 1200, ErrorMessage = "Geben Sie die Frist in Monaten an, mindestens einen")] public int? Months { get; set; }
        public DateOnly? PausedUntil { get; set; }
        public string? PauseReason { get; set; }
    }

    /// <summary>Changes a period, or stops a rule until a day with a reason.</summary>
    public async Task<Outcome<string>> ChangeAsync(Input input, CancellationToken ct = default)
    {
        if (input.PausedUntil < Today) return new Refusal("Der Tag, bis zu dem angehalten wird, liegt in der Vergangenheit", nameof(input.PausedUntil));
        if (input.PausedUntil is not null && string.IsNullOrWhiteSpace(input.PauseReason)) return new Refusal("Sagen Sie, warum nicht gelöscht werden soll", nameof(input.PauseReason));
        var changed = await db.ExecuteAsync("""
            update privacy.retention_rule set period = case when @Months is null then period else make_interval(months => @Months) end, paused_until = @PausedUntil,
              pause_reason = case when @PausedUntil is null then null else trim(@PauseReason) end where id = @Id
            """, input, ct);
        return changed == 1 ? input.Id : new Refusal("Diese Regel dürfen Sie nicht ändern", nameof(input.Id));
    }
}
