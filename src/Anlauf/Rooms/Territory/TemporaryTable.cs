using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Territory;

/// <summary>
/// Carries many rows into the database at COPY speed. PostgreSQL refuses COPY into tables with row-level security, so the rows
/// go into a temporary table first and from there by ordinary statements, which the policies see.
/// </summary>
internal static class TemporaryTable
{
    /// <summary>Creates the table for the running transaction and fills it.</summary>
    /// <param name="columns">Column definitions, as in <c>create table</c>.</param>
    public static async Task FillAsync<T>(Db db, string name, string columns, IEnumerable<T> rows, Func<T, object?[]> values, CancellationToken ct)
    {
        await db.ExecuteAsync($"drop table if exists {name}; create temporary table {name} ({columns}) on commit drop", ct: ct);
        var connection = await db.OpenAsync(ct);
        await using (var writer = await connection.BeginBinaryImportAsync($"copy {name} from stdin (format binary)", ct))
        {
            foreach (var row in rows) await writer.WriteRowAsync(ct, values(row)!);
            await writer.CompleteAsync(ct);
        }
        await db.ExecuteAsync($"analyze {name}", ct: ct);
    }
}
