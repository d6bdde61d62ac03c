using System.Runtime.Versioning;
using Npgsql;

namespace Anlauf.Platform.Database;

/// <summary>The ways into the database: as owner for migrations and maintenance, as application for everything else, as portal for the public side.</summary>
/// <param name="Owner">Owns schemas and tables; used by the migrator only.</param>
/// <param name="Application">Neither owner, superuser nor BYPASSRLS: row-level security holds for it.</param>
/// <param name="KeyFile">Where the keys of encrypted columns lie: outside the database. Null where nothing is encrypted or signed.</param>
/// <param name="Portal">For the process that strangers reach: may leave a sealed message and read nothing. Null where the operator sets its password.</param>
public sealed record DatabaseConnections(string Owner, string Application, string? KeyFile = null, string? Portal = null)
{
    // „today“ is one and the same day in the program and in the database, also in the hour after midnight
    private const string Zone = "Europe/Berlin";

    private const string OwnerRole = "anlauf_owner", AppRole = "anlauf_app", PortalRole = "anlauf_portal";

    /// <summary>Creates roles and database in the private cluster (idempotent).</summary>
    [UnsupportedOSPlatform("windows")]
    public static async Task<DatabaseConnections> PrepareAsync(PrivatePostgres postgres, string database = "anlauf", CancellationToken ct = default)
    {
        var (owner, app, portal) = (postgres.DerivedSecret(OwnerRole), postgres.DerivedSecret(AppRole), postgres.DerivedSecret(PortalRole));
        await using var connection = new NpgsqlConnection(postgres.AdministratorConnection());
        await connection.OpenAsync(ct);
        // programs that share the cluster prepare it one after the other; the lock ends with the connection
        await ExecuteAsync(connection, "select pg_advisory_lock(hashtext('anlauf prepare'))", ct);
        // names and hex secrets are ours, so they may stand in the statement; utility commands take no parameters
        await ExecuteAsync(connection, $"""
            do $$ begin
              if not exists (select from pg_roles where rolname = '{OwnerRole}') then create role {OwnerRole} login; end if;
              if not exists (select from pg_roles where rolname = '{AppRole}') then create role {AppRole} login; end if;
              if not exists (select from pg_roles where rolname = '{PortalRole}') then create role {PortalRole} login; end if;
            end $$;
            alter role {OwnerRole} password '{owner}' nosuperuser nobypassrls;
            alter role {AppRole} password '{app}' nosuperuser nobypassrls;
            alter role {PortalRole} password '{portal}' nosuperuser nobypassrls noinherit nocreatedb nocreaterole connection limit 8;
            alter role {PortalRole} set statement_timeout = '5s';
            """, ct);
        await using (var exists = new NpgsqlCommand("select 1 from pg_database where datname = $1", connection) { Parameters = { new() { Value = database } } })
            if (await exists.ExecuteScalarAsync(ct) is null)
                await ExecuteAsync(connection, $"create database \"{database}\" owner {OwnerRole}", ct);
        await using var inside = new NpgsqlConnection(postgres.AdministratorConnection(database));
        await inside.OpenAsync(ct);
        await ExecuteAsync(inside, $"revoke temporary on database \"{database}\" from public; grant temporary on database \"{database}\" to {AppRole}; create extension if not exists pg_trgm; create extension if not exists unaccent; create extension if not exists btree_gist;", ct);
        var template = new NpgsqlConnectionStringBuilder(postgres.AdministratorConnection(database)) { Pooling = true, MaxPoolSize = 24, Timezone = Zone };
        return new(
            new NpgsqlConnectionStringBuilder(template.ConnectionString) { Username = OwnerRole, Password = owner, Pooling = false, CommandTimeout = 600 }.ConnectionString,
            new NpgsqlConnectionStringBuilder(template.ConnectionString) { Username = AppRole, Password = app }.ConnectionString,
            Portal: new NpgsqlConnectionStringBuilder(template.ConnectionString) { Username = PortalRole, Password = portal, MaxPoolSize = 4 }.ConnectionString);
    }

    /// <summary>
    /// Uses any PostgreSQL from version 16 on. Without an own application login the connection takes the role anlauf_app at its
    /// start, so that row-level security holds all the same.
    /// </summary>
    /// <param name="owner">Connection string of the owner of the database.</param>
    /// <param name="application">Connection string of the application's own login, where there is one.</param>
    /// <exception cref="DatabaseUnavailableException">Not reachable, too old, or the role cannot be created.</exception>
    public static async Task<DatabaseConnections> FromAsync(string owner, string? application = null, CancellationToken ct = default)
    {
        foreach (var way in new[] { owner, application })
            if (way is not null && RefusalOf(way) is { } refusal) throw new DatabaseUnavailableException(refusal);
        try
        {
            var ownerString = new NpgsqlConnectionStringBuilder(owner) { Pooling = false, CommandTimeout = 600, Timezone = Zone }.ConnectionString;
            await using var connection = new NpgsqlConnection(ownerString);
            await connection.OpenAsync(ct);
            if (connection.PostgreSqlVersion.Major < 16)
                throw new DatabaseUnavailableException($"Der Datenbankserver ist PostgreSQL {connection.PostgreSqlVersion}; Anlauf braucht Version 16 oder neuer.");
            await ExecuteAsync(connection, $"""
                do $$ begin
                  if not exists (select from pg_roles where rolname = '{AppRole}') then create role {AppRole} nologin; end if;
                  if not pg_has_role(current_user, '{AppRole}', 'set') then execute format('grant {AppRole} to %I', current_user); end if;
                  -- its login and password are given by the operator, see docs/rooms/portal.md
                  if not exists (select from pg_roles where rolname = '{PortalRole}') then create role {PortalRole} nologin noinherit; end if;
                end $$;
                create extension if not exists pg_trgm; create extension if not exists unaccent; create extension if not exists btree_gist;
                """, ct);
            var app = application is null ? new NpgsqlConnectionStringBuilder(owner) { Options = $"-c role={AppRole}", Timezone = Zone }.ConnectionString
                : new NpgsqlConnectionStringBuilder(application) { Timezone = Zone }.ConnectionString;
            return new(ownerString, app);
        }
        catch (Exception e) when (e is NpgsqlException or ArgumentException)
        {
            throw new DatabaseUnavailableException(
                $"Die Datenbank aus ConnectionStrings__Anlauf ist nicht benutzbar: {e.Message} " +
                "Abhilfe: Adresse, Benutzer und Kennwort prüfen; der Benutzer muss die Datenbank besitzen und Rollen anlegen dürfen.", e);
        }
    }

    /// <summary>Why a connection is not made: to another machine it is encrypted, or there is none. Null where it may be.</summary>
    public static string? RefusalOf(string connection)
    {
        NpgsqlConnectionStringBuilder parts;
        try { parts = new(connection); }
        catch (ArgumentException) { return null; } // said where it is opened
        var hosts = (parts.Host ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var far = hosts.FirstOrDefault(h => !h.StartsWith('/') && !h.StartsWith('@') && !h.StartsWith("localhost", StringComparison.OrdinalIgnoreCase) && !(System.Net.IPEndPoint.TryParse(h, out var at) && System.Net.IPAddress.IsLoopback(at.Address)));
        return far is null || parts.SslMode is SslMode.Require or SslMode.VerifyCA or SslMode.VerifyFull ? null
            : $"Die Verbindung zur Datenbank auf {far} wäre nicht sicher verschlüsselt. Abhilfe: „SSL Mode=VerifyFull“ in die Verbindung schreiben (mindestens „SSL Mode=Require“) und TLS im Datenbankserver einschalten.";
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
