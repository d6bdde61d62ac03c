using Anlauf.Platform.Database;

namespace Anlauf.Platform.Audit;

/// <summary>What the program itself notes: who read protected data or took something out, and why. Changes are noted by the database.</summary>
public sealed class AuditLog(Db db)
{
    /// <summary>A reason to choose from.</summary>
    public sealed record Reason(string Id, string Name);

    /// <summary>The reasons offered, in their order.</summary>
    public Task<IReadOnlyList<Reason>> ReasonsAsync(CancellationToken ct = default) => db.QueryAsync<Reason>("select id, name from audit.reason order by sort, name", ct: ct);

    /// <summary>True where the rights ask for a reason before this is done.</summary>
    public Task<bool> NeedsReasonAsync(string feature, string action, string dataClass, CancellationToken ct = default) => db.ScalarAsync<bool>(
        "select exists (select from audit.reason_rule where feature = @feature and action = @action and data_class = @dataClass)", new { feature, action, dataClass }, ct);

    /// <summary>Notes that protected data are about to be read. Call before reading: what cannot be noted is not shown.</summary>
    /// <param name="what">Table or route.</param>
    /// <param name="key">Key of what was read, never a name.</param>
    /// <param name="subject">The person it is about.</param>
    /// <param name="reason">Id of a reason.</param>
    public Task ReadAsync(string what, string? key = null, int? subject = null, string? reason = null, CancellationToken ct = default) => NoteAsync("access", "read", what, key, subject, reason, ct);

    /// <summary>Notes that something leaves the house as a file.</summary>
    public Task ExportAsync(string what, string? key = null, int? subject = null, string? reason = null, CancellationToken ct = default) => NoteAsync("access", "export", what, key, subject, reason, ct);

    /// <summary>Notes a step that the tables alone do not tell: a retention run, an erasure. Kept as long as changes.</summary>
    public Task StepAsync(string action, string what, string? key = null, int? subject = null, CancellationToken ct = default) => NoteAsync("change", action, what, key, subject, null, ct);

    private Task<int> NoteAsync(string chain, string action, string what, string? key, int? subject, string? reason, CancellationToken ct) =>
        db.ExecuteAsync("select audit.note(@chain, @action, @what, @key, @subject, @reason)", new { chain, action, what, key, subject, reason }, ct);
}
