using System.IO.Compression;
using System.Text.Json;
using Anlauf.Platform;
using Npgsql;

namespace Anlauf.Rooms.Operation;

/// <summary>
/// A backup is a ZIP file of the tables' contents at one instant (one repeatable-read transaction, COPY in text form) with the list of
/// migrations they belong to. It needs no program of PostgreSQL's, so it works with the private database and with any other.
/// </summary>
public static class Backup
{
    private sealed record Contents(int Version, string[] Migrations, string[] Tables);
    private const string Manifest = "anlauf.json";

    /// <summary>Writes the backup. The file appears only when it is complete.</summary>
    /// <param name="owner">Connection of the schema's owner: sees all rows.</param>
    /// <param name="file">File to write.</param>
    /// <returns>Number of tables and rows.</returns>
    public static async Task<(int Tables, long Rows)> WriteAsync(string owner, string file, CancellationToken ct = default)
    {
        await using var connection = new NpgsqlConnection(owner);
        await connection.OpenAsync(ct);
        await using var instant = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        var tables = await TablesAsync(connection, ct);
        var migrations = await ListAsync(connection, "select number || ' ' || checksum from platform.migration order by number", ct);
        var unfinished = file + ".unfertig";
        var rows = 0L;
        await using (var zip = new ZipArchive(File.Create(unfinished), ZipArchiveMode.Create))
        {
            await using (var manifest = await zip.CreateEntry(Manifest).OpenAsync(ct)) await JsonSerializer.SerializeAsync(manifest, new Contents(1, [.. migrations], [.. tables]), cancellationToken: ct);
            foreach (var table in tables)
            {
                await using var target = await zip.CreateEntry(table, CompressionLevel.Fastest).OpenAsync(ct);
                using var reader = await connection.BeginTextExportAsync($"copy {table} ({await ColumnsAsync(connection, table, ct)}) to stdout", ct);
                await using var writer = new StreamWriter(target) { NewLine = "\n" };
                while (await reader.ReadLineAsync(ct) is { } line)
                {
                    await writer.WriteLineAsync(line.AsMemory(), ct);
                    rows++;
                }
            }
        }
        File.Move(unfinished, file, overwrite: true);
        return (tables.Count, rows);
    }

    /// <summary>Reads a backup into an installation that nobody has used yet: all of it, or nothing.</summary>
    public static async Task<Outcome<(int Tables, long Rows)>> ReadAsync(string owner, string file, CancellationToken ct = default)
    {
        if (!File.Exists(file)) return new Refusal($"Die Datei „{file}“ gibt es nicht");
        ZipArchive zip;
        try { zip = ZipFile.OpenRead(file); }
        catch (InvalidDataException) { return new Refusal($"„{Path.GetFileName(file)}“ ist keine Sicherung von Anlauf, oder sie ist beschädigt"); }
        using var opened = zip;
        if (zip.GetEntry(Manifest) is not { } entry) return new Refusal($"„{Path.GetFileName(file)}“ ist keine Sicherung von Anlauf");
        Contents contents;
        await using (var manifest = await entry.OpenAsync(ct)) contents = (await JsonSerializer.DeserializeAsync<Contents>(manifest, cancellationToken: ct))!;
        await using var connection = new NpgsqlConnection(owner);
        await connection.OpenAsync(ct);
        var migrations = await ListAsync(connection, "select number || ' ' || checksum from platform.migration order by number", ct);
        if (!migrations.SequenceEqual(contents.Migrations)) return new Refusal("Die Sicherung gehört zu einer anderen Fassung von Anlauf. Spielen Sie sie mit der Fassung ein, die sie geschrieben hat");
        if ((await ListAsync(connection, "select 'x' from organisation.division limit 1", ct)).Count > 0) return new Refusal("In dieser Datenbank gibt es schon Gliederungen. Eine Sicherung wird nur in eine leere Installation eingespielt");
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var tables = await TablesAsync(connection, ct);
        await ExecuteAsync(connection, $"truncate {string.Join(", ", tables)}", ct);
        foreach (var table in tables) await ExecuteAsync(connection, $"alter table {table} disable trigger user", ct);
        var rows = 0L;
        foreach (var table in tables)
        {
            if (zip.GetEntry(table) is not { } source) continue;
            await using var stream = await source.OpenAsync(ct);
            using var reader = new StreamReader(stream);
            await using var writer = await connection.BeginTextImportAsync($"copy {table} ({await ColumnsAsync(connection, table, ct)}) from stdin", ct);
            writer.NewLine = "\n";
            while (await reader.ReadLineAsync(ct) is { } line)
            {
                await writer.WriteLineAsync(line.AsMemory(), ct);
                rows++;
            }
        }
        foreach (var table in tables) await ExecuteAsync(connection, $"alter table {table} enable trigger user", ct);
        await ExecuteAsync(connection, """
            do $$ declare c record; begin
              for c in select a.attrelid::regclass::text as t, a.attname as col from pg_attribute a join pg_class k on k.oid = a.attrelid join pg_namespace n on n.oid = k.relnamespace
                  where a.attidentity <> '' and n.nspname not in ('pg_catalog', 'information_schema') loop
                execute format('select setval(pg_get_serial_sequence(%L, %L), coalesce((select max(%I) from %s), 0) + 1, false)', c.t, c.col, c.col, c.t);
              end loop;
            end $$
            """, ct);
        await transaction.CommitAsync(ct);
        return (tables.Count, rows);
    }

    // parents before children, so that foreign keys hold while reading; the list of migrations is the schema's own
    private static Task<List<string>> TablesAsync(NpgsqlConnection connection, CancellationToken ct) => ListAsync(connection, """
        with recursive kept as (
          select c.oid, format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where c.relkind = 'r' and c.relpersistence = 'p' and n.nspname !~ '^(pg_|information_schema|public$)' and (n.nspname, c.relname) <> ('platform', 'migration')),
        edge as (select distinct f.conrelid as child, f.confrelid as parent from pg_constraint f where f.contype = 'f' and f.conrelid <> f.confrelid),
        depth as (select oid, 0 as d from kept union select e.child, depth.d + 1 from depth join edge e on e.parent = depth.oid where depth.d < 50)
        select k.name from kept k join depth using (oid) group by k.name order by max(d), k.name
        """, ct);

    // what the database computes itself is not copied
    private static async Task<string> ColumnsAsync(NpgsqlConnection connection, string table, CancellationToken ct) => string.Join(", ", await ListAsync(connection,
        $"select quote_ident(attname) from pg_attribute where attrelid = '{table}'::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum", ct));

    private static async Task<List<string>> ListAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<string>();
        while (await reader.ReadAsync(ct)) rows.Add(reader.GetString(0));
        return rows;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
