using Anlauf.Platform.Database;
using Anlauf.Platform.Secrets;
using Anlauf.Rooms.Portal;
using Anlauf.Rooms.Portal.Outside;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Anlauf.Tests.Portal;

/// <summary>Whoever has taken the process outside over holds its file and its connection. This is all they get with them.</summary>
public sealed class SlotTests(OpenPortal portal) : IClassFixture<OpenPortal>
{
    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(portal.File.Connection);
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<T> AskAsync<T>(NpgsqlConnection connection, string sql, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return (T)(await command.ExecuteScalarAsync())!;
    }

    private Letter Letter(string text = "Der Brief an alle") => new("Wendelin Sommer", "wendelin@sommer.example", "09661", text, ContactForm.Consent(portal.File), DateTimeOffset.UtcNow);

    [Fact]
    public async Task The_portals_role_reads_and_writes_no_table_and_calls_two_functions()
    {
        await portal.Outside.GetRequiredService<Slot>().PutInAsync(Guid.NewGuid(), Letter(), default);
        await using var system = portal.House.Scope(null);
        var db = system.ServiceProvider.GetRequiredService<Db>();
        var tables = await db.QueryAsync<string>("select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f') and n.nspname !~ '^(pg_|information_schema)'");
        tables.Count.ShouldBeGreaterThan(80);
        await using var taken = await OpenAsync();
        // the actor is a setting that everybody may set: it must not open anything to this role
        foreach (var actor in new[] { "", "system", "sign-in", "1" })
        {
            await AskAsync<string>(taken, "select set_config('anlauf.actor', $1, false)", actor);
            foreach (var table in tables)
                foreach (var statement in new[] { $"select count(*) from {table}", $"delete from {table}", $"insert into {table} default values", $"lock table {table} in access share mode" })
                    (await Should.ThrowAsync<PostgresException>(() => AskAsync<object>(taken, statement), $"{actor}: {statement}")).SqlState.ShouldBeOneOf(["42501", "42809", "25P01"], $"{actor}: {statement}");
        }
        // functions of extensions compare texts; of ours there are two, and neither gives anything back
        (await db.QueryAsync<string>("""
            select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname !~ '^(pg_|information_schema)'
              and has_function_privilege('anlauf_portal', p.oid, 'execute') and has_schema_privilege('anlauf_portal', n.oid, 'usage') and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
            order by 1
            """)).ShouldBe(["portal.confirm(text)", "portal.leave(uuid,integer,integer,bytea)"]);
        (await db.QueryAsync<string>("select distinct prorettype::regtype::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'portal' and p.proname in ('confirm', 'leave')")).ShouldBe(["void"]);
        (await db.QueryAsync<string>("select n.nspname || '.' || c.relname || '.' || a.attname from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 where c.relkind in ('r', 'p', 'v', 'm') and n.nspname !~ '^(pg_|information_schema)' and has_column_privilege('anlauf_portal', c.oid, a.attnum, 'select')")).ShouldBeEmpty();
    }

    [Fact]
    public async Task It_becomes_nobody_else_and_leaves_nothing_lying_about()
    {
        await using var taken = await OpenAsync();
        (await AskAsync<bool>(taken, "select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication or rolinherit from pg_roles where rolname = current_user")).ShouldBeFalse();
        foreach (var statement in new[] { "set role anlauf_app", "set role anlauf_owner", "set session authorization anlauf_app", "create temporary table t (x int)", "create table public.t (x int)", "create schema s", "select pg_read_file('/etc/passwd')", "copy (select 1) to program 'id'", "alter role anlauf_portal superuser" })
            (await Should.ThrowAsync<PostgresException>(() => AskAsync<object>(taken, statement), statement)).SqlState.ShouldBe("42501", statement);
        // what the others ask at this moment stays theirs
        (await AskAsync<long>(taken, "select count(*) from pg_stat_activity where usename <> current_user and query not like '<insufficient%'")).ShouldBe(0);
    }

    [Fact]
    public async Task The_slot_takes_sealed_messages_for_an_open_box_and_nothing_else()
    {
        await using var taken = await OpenAsync();
        var (id, sealedText) = (Guid.NewGuid(), Letter().SealFor(portal.File, Guid.NewGuid()));
        async Task RefusedAsync(int division, int key, byte[] content) =>
            (await Should.ThrowAsync<PostgresException>(() => AskAsync<object>(taken, "select portal.leave($1, $2, $3, $4)", id, division, key, content))).SqlState.ShouldBe("22023");
        await RefusedAsync(portal.File.DivisionId + 1, portal.File.KeyId, sealedText);
        await RefusedAsync(portal.File.DivisionId, portal.File.KeyId + 1, sealedText);
        await RefusedAsync(portal.File.DivisionId, portal.File.KeyId, "Klartext, der hier nichts verloren hat, auch wenn er lang genug für eine Zuschrift wäre, die versiegelt ist"u8.ToArray());
        await RefusedAsync(portal.File.DivisionId, portal.File.KeyId, [.. sealedText, .. new byte[25_000]]);
        await RefusedAsync(portal.File.DivisionId, portal.File.KeyId, []);
    }

    [Fact]
    public async Task The_audit_says_that_it_came_from_outside_whatever_the_sender_pretends()
    {
        await using var taken = await OpenAsync();
        await AskAsync<string>(taken, "select set_config('anlauf.actor', $1, false)", "1");
        var id = Guid.NewGuid();
        await AskAsync<object>(taken, "select portal.leave($1, $2, $3, $4)", id, portal.File.DivisionId, portal.File.KeyId, Letter().SealFor(portal.File, id));
        (await portal.House.AskAsync<string>("select actor || ' ' || action from audit.entry where object = 'portal.message' and key like '%' || @id || '%'", new { id = id.ToString() })).ShouldBe("portal insert");
    }

    [Fact]
    public async Task A_flood_ends_at_the_measure_of_the_hour()
    {
        await using var own = new NpgsqlConnection(portal.House.Connections.Owner);
        await own.OpenAsync();
        var other = await portal.House.DivisionAsync("sachsen-anhalt");
        await portal.House.TellAsync("insert into portal.key (division_id, key_id, public_key) select @other, key_id, public_key from portal.key limit 1", new { other });
        await using (var fill = new NpgsqlCommand("insert into portal.message (id, division_id, content) select gen_random_uuid(), $1, '\\x02' from generate_series(1, 500)", own) { Parameters = { new() { Value = other } } }) await fill.ExecuteNonQueryAsync();
        var slot = portal.File with { DivisionId = other };
        var id = Guid.NewGuid();
        await using var taken = await OpenAsync();
        (await Should.ThrowAsync<PostgresException>(() => AskAsync<object>(taken, "select portal.leave($1, $2, $3, $4)", id, other, slot.KeyId, Letter().SealFor(slot, id)))).SqlState.ShouldBe("53400");
    }

    [Fact]
    public void The_process_outside_holds_no_key_and_no_service_of_the_house()
    {
        foreach (var service in new[] { typeof(KeyRing), typeof(FieldCipher), typeof(DatabaseConnections), typeof(Db), typeof(Actor), typeof(Anlauf.Platform.Audit.AuditLog), typeof(Anlauf.Rooms.Portal.Inbox.MessageBox) })
            portal.Outside.GetService(service).ShouldBeNull(service.Name);
        new NpgsqlConnectionStringBuilder(portal.Outside.GetRequiredService<NpgsqlDataSource>().ConnectionString).Username.ShouldBe("anlauf_portal");
        // its keys for forms live in memory
        portal.Outside.GetRequiredService<Microsoft.Extensions.Options.IOptions<KeyManagementOptions>>().Value.XmlRepository.ShouldBeNull();
    }

    [Fact]
    public void The_file_it_is_given_holds_the_public_half_alone_and_belongs_to_its_owner()
    {
        var path = Path.Combine(Path.GetTempPath(), $"anlauf-portal-{Guid.NewGuid():N}.json");
        try
        {
            portal.File.Write(path);
            if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            PortalFile.Read(path)!.PublicKey.ShouldBe(portal.File.PublicKey);
            var written = File.ReadAllText(path);
            foreach (var secret in File.ReadAllText(portal.House.Connections.KeyFile!).Split('"').Where(s => s.Length >= 40)) written.ShouldNotContain(secret);
            new NpgsqlConnectionStringBuilder(portal.House.Connections.Application).Password.ShouldNotBe(new NpgsqlConnectionStringBuilder(portal.File.Connection).Password);
            File.WriteAllText(path, "{}");
            PortalFile.Read(path).ShouldBeNull();
        }
        finally { File.Delete(path); }
    }

    [Fact]
    public async Task What_was_sealed_opens_with_the_key_file_alone_and_only_as_the_message_it_is()
    {
        var id = Guid.NewGuid();
        var content = Letter().SealFor(portal.File, id);
        await using var scope = portal.House.Scope(null);
        var cipher = scope.ServiceProvider.GetRequiredService<FieldCipher>();
        Anlauf.Rooms.Portal.Letter.Open(cipher, content, id).Name.ShouldBe("Wendelin Sommer");
        Should.Throw<System.Security.Cryptography.CryptographicException>(() => Anlauf.Rooms.Portal.Letter.Open(cipher, content, Guid.NewGuid()));
        for (var at = 0; at < content.Length; at += 37)
        {
            var changed = (byte[])content.Clone();
            changed[at] ^= 1;
            Should.Throw<System.Security.Cryptography.CryptographicException>(() => Anlauf.Rooms.Portal.Letter.Open(cipher, changed, id), $"bit of byte {at}");
        }
        Should.Throw<System.Security.Cryptography.CryptographicException>(() => Anlauf.Rooms.Portal.Letter.Open(new FieldCipher(new KeyRing(Path.Combine(Path.GetTempPath(), $"anlauf-other-{Guid.NewGuid():N}.keys"))), content, id));
        // the length tells little: a short and a longer message weigh the same
        Letter("Ja").SealFor(portal.File, id).Length.ShouldBe(Letter("Ja, gern. Wann?").SealFor(portal.File, id).Length);
    }
}
