using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Meetings.Resolutions;

/// <summary>Gives out the next number of a register.</summary>
public sealed class ResolutionNumbers(Db db, TimeProvider clock)
{
    /// <summary>Running number within division and year: „2026-007“. Call it inside the transaction that uses it: two who ask at once queue here, so numbers have neither twins nor gaps.</summary>
    public async Task<string> NextAsync(int division, DateOnly? day, CancellationToken ct = default)
    {
        var year = (day ?? DateOnly.FromDateTime(clock.GetLocalNow().Date)).Year;
        await db.ExecuteAsync("select pg_advisory_xact_lock(hashtext('meetings.number'), @division)", new { division }, ct);
        var last = await db.ScalarAsync<int?>("select max(split_part(number, '-', 2)::int) from meetings.resolution where division_id = @division and number ~ ('^' || @year || '-[0-9]{3,}$')", new { division, year }, ct);
        return $"{year}-{(last ?? 0) + 1:000}";
    }
}
