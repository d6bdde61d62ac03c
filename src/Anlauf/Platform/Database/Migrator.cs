using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Npgsql;

namespace Anlauf.Platform.Database;

/// <summary>
/// Brings the schema up to date: numbered .sql files from the rooms' Sql folders, each in its own transaction, under one
/// advisory lock so that two nodes may start at once. An applied file is never edited; its checksum is compared. What a function does
/// stands in Sql/Functions, one file each, and is edited there: after the numbered files every function is created anew whose file has changed.
/// </summary>
public static partial class Migrator
{
    private const long LockKey = 0x416E6C617566; // "Anlauf"

    /// <summary>One migration: running number over all rooms, name, text.</summary>
    public sealed record Migration(int Number, string Name, string Sql)
    {
        /// <summary>SHA-256 of the text with LF line ends.</summary>
        public string Checksum => Migrator.Checksum(Sql);
    }

    /// <summary>All migrations embedded in <paramref name="assembly"/>, in order.</summary>
    public static IReadOnlyList<Migration> In(Assembly assembly)
    {
        var found = assembly.GetManifestResourceNames()
            .Select(name => (name, match: FileName().Match(name)))
            .Where(r => r.match.Success)
            .Select(r => new Migration(int.Parse(r.match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), r.match.Groups[2].Value, Read(assembly, r.name)))
            .OrderBy(m => m.Number).ToList();
        var twice = found.GroupBy(m => m.Number).FirstOrDefault(g => g.Count() > 1);
        return twice is null ? found : throw new InvalidOperationException($"two migrations have the number {twice.Key}: {string.Join(", ", twice.Select(m => m.Name))}");
    }

    /// <summary>A function as it is now: its name with schema, and the statement that creates or replaces it.</summary>
    public sealed record Function(string Name, string Sql);

    /// <summary>All functions embedded in <paramref name="assembly"/>, by name.</summary>
    public static IReadOnlyList<Function> FunctionsIn(Assembly assembly) => [.. assembly.GetManifestResourceNames()
        .Select(name => (name, match: FunctionName().Match(name)))
        .Where(r => r.match.Success)
        .Select(r => new Function(r.match.Groups[1].Value, Read(assembly, r.name)))
        .OrderBy(f => f.Name, StringComparer.Ordinal)];

    /// <summary>Applies what is missing of this program's own migrations and functions.</summary>
    /// <exception cref="DatabaseUnavailableException">The schema is newer than the program, or an applied file was changed.</exception>
    public static Task<int> MigrateAsync(string ownerConnection, CancellationToken ct = default) =>
        MigrateAsync(ownerConnection, In(typeof(Migrator).Assembly), FunctionsIn(typeof(Migrator).Assembly), ct);

    /// <summary>Applies what is missing. Returns how many were applied, functions not counted.</summary>
    /// <exception cref="DatabaseUnavailableException">The schema is newer than the program, or an applied file was changed.</exception>
    public static async Task<int> MigrateAsync(string ownerConnection, IReadOnlyList<Migration> migrations, IReadOnlyList<Function> functions, CancellationToken ct = default)
    {
        await using var connection = new NpgsqlConnection(ownerConnection);
        await connection.OpenAsync(ct);
        await ExecuteAsync(connection, null, $"select pg_advisory_lock({LockKey})", ct);
        await ExecuteAsync(connection, null, """
            create schema if not exists platform;
            create table if not exists platform.migration (
              number int primary key, name text not null, checksum text not null, applied_at timestamptz not null default now());
            create table if not exists platform.function (name text primary key, checksum text not null, applied_at timestamptz not null default now());
            alter table platform.function enable row level security;
            """, ct);
        var applied = await AppliedAsync(connection, ct);
        Refuse(applied, migrations);
        var missing = migrations.Where(m => !applied.ContainsKey(m.Number)).ToList();
        foreach (var migration in missing) await ApplyAsync(connection, migration, ct);
        await CreateAsync(connection, functions, ct);
        // new tables of declared personal data get their audit triggers, whichever room brought them
        if (missing.Count > 0) await ExecuteAsync(connection, null, "do $$ begin if to_regprocedure('audit.attach()') is not null then perform audit.attach(); end if; end $$", ct);
        return missing.Count;
    }

    private static void Refuse(Dictionary<int, (string Name, string Checksum)> applied, IReadOnlyList<Migration> migrations)
    {
        var known = migrations.ToDictionary(m => m.Number);
        foreach (var (number, (name, checksum)) in applied)
        {
            if (!known.TryGetValue(number, out var migration))
                throw new DatabaseUnavailableException(
                    $"Die Datenbank ist neuer als dieses Programm: Sie kennt den Umbau {number:0000} „{name}“, das Programm nicht. " +
                    "Abhilfe: das neuere Programm starten. Es wurde nichts verändert.");
            if (migration.Checksum != checksum)
                throw new DatabaseUnavailableException(
                    $"Der Umbau {number:0000} „{name}“ wurde nach seiner Anwendung verändert. " +
                    "Abhilfe: das Programm in der Fassung starten, die zur Datenbank gehört, oder in der Vorführung mit --reset neu beginnen. Es wurde nichts verändert.");
        }
    }

    private static async Task<Dictionary<int, (string, string)>> AppliedAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select number, name, checksum from platform.migration", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var applied = new Dictionary<int, (string, string)>();
        while (await reader.ReadAsync(ct)) applied[reader.GetInt32(0)] = (reader.GetString(1), reader.GetString(2));
        return applied;
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, Migration migration, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        try
        {
            await ExecuteAsync(connection, transaction, migration.Sql, ct);
            await using var note = new NpgsqlCommand("insert into platform.migration (number, name, checksum) values ($1, $2, $3)", connection, transaction)
            { Parameters = { new() { Value = migration.Number }, new() { Value = migration.Name }, new() { Value = migration.Checksum } } };
            await note.ExecuteNonQueryAsync(ct);
            await transaction.CommitAsync(ct);
        }
        catch (PostgresException e)
        {
            throw new DatabaseUnavailableException($"Der Umbau {migration.Number:0000} „{migration.Name}“ ist gescheitert (Stelle {e.Position}): {e.MessageText}. Er wurde ganz zurückgenommen.", e);
        }
    }

    // all in one transaction and without a look into their bodies: they may call one another
    private static async Task CreateAsync(NpgsqlConnection connection, IReadOnlyList<Function> functions, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await ExecuteAsync(connection, transaction, "set local check_function_bodies = off", ct);
        foreach (var function in functions)
        {
            await using var note = new NpgsqlCommand("""
                insert into platform.function as f (name, checksum) values ($1, $2) on conflict (name) do update set checksum = excluded.checksum, applied_at = now() where f.checksum <> excluded.checksum
                """, connection, transaction)
            { Parameters = { new() { Value = function.Name }, new() { Value = Checksum(function.Sql) } } };
            if (await note.ExecuteNonQueryAsync(ct) == 0) continue;
            try { await ExecuteAsync(connection, transaction, function.Sql, ct); }
            catch (PostgresException e) { throw new DatabaseUnavailableException($"Die Funktion {function.Name} ließ sich nicht anlegen (Stelle {e.Position}): {e.MessageText}. Keine Funktion wurde verändert.", e); }
        }
        await transaction.CommitAsync(ct);
    }

    private static string Checksum(string sql) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql.ReplaceLineEndings("\n"))));

    private static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        await command.ExecuteNonQueryAsync(ct);
    }

    [GeneratedRegex(@"\.Sql\.(?:_)?(\d{4})_([a-z0-9_]+)\.sql$")]
    private static partial Regex FileName();

    [GeneratedRegex(@"\.Sql\.Functions\.([a-z0-9_]+\.[a-z0-9_]+)\.sql$")]
    private static partial Regex FunctionName();
}
