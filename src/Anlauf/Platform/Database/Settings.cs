namespace Anlauf.Platform.Database;

/// <summary>Facts about this installation, kept as rows: whether it is a demo, which one-time work is done.</summary>
public sealed class Settings(Db db)
{
    /// <summary>Value of a key, or null.</summary>
    public Task<string?> GetAsync(string key, CancellationToken ct = default) =>
        db.ScalarAsync<string>("select value from platform.setting where key = @key", new { key }, ct);

    /// <summary>Writes a key; only the system may.</summary>
    public Task SetAsync(string key, string value, CancellationToken ct = default) => db.ExecuteAsync(
        "insert into platform.setting (key, value) values (@key, @value) on conflict (key) do update set value = excluded.value, changed_at = now()", new { key, value }, ct);
}
