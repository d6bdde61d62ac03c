using Anlauf.Platform.Database;
using Npgsql;

namespace Anlauf.Tests.Platform;

public sealed class MigratorTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly IReadOnlyList<Migrator.Migration> Own = Migrator.In(typeof(Migrator).Assembly);

    private async Task<object?> AskAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(database.Connections.Owner);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    [Fact]
    public async Task An_older_program_refuses_a_newer_schema()
    {
        var refused = await Should.ThrowAsync<DatabaseUnavailableException>(() => Migrator.MigrateAsync(database.Connections.Owner, [.. Own.SkipLast(1)], []));
        refused.Message.ShouldContain("neuer als dieses Programm");
    }

    [Fact]
    public async Task A_changed_migration_is_refused()
    {
        var refused = await Should.ThrowAsync<DatabaseUnavailableException>(() => Migrator.MigrateAsync(database.Connections.Owner, [Own[0] with { Sql = "select 1" }, .. Own.Skip(1)], []));
        refused.Message.ShouldContain("verändert");
    }

    [Fact]
    public async Task Two_nodes_that_start_at_once_apply_each_migration_once()
    {
        var more = new[] { new Migrator.Migration(9001, "twice", "create table public.made_once (id int); select pg_sleep(0.3)") };
        var applied = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Migrator.MigrateAsync(database.Connections.Owner, [.. Own, .. more], [])));
        applied.Sum().ShouldBe(1);
        // leave the database as the other tests expect it
        await AskAsync("drop table public.made_once; delete from platform.migration where number = 9001");
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_nothing_behind()
    {
        var bad = new Migrator.Migration(9002, "bad", "create table public.half_done (id int); select 1/0");
        (await Should.ThrowAsync<DatabaseUnavailableException>(() => Migrator.MigrateAsync(database.Connections.Owner, [.. Own, bad], []))).Message.ShouldContain("9002");
        (await AskAsync("select count(*) from pg_tables where tablename = 'half_done'")).ShouldBe(0L);
    }

    [Fact]
    public async Task A_function_is_created_anew_when_its_file_changes_and_only_then()
    {
        Migrator.Function[] Said(string word) => [new("public.says", $"create or replace function public.says() returns text language sql as $$ select public.word() $$"), new("public.word", $"create or replace function public.word() returns text language sql as $$ select '{word}' $$")];
        Task ApplyAsync(IReadOnlyList<Migrator.Function> functions) => Migrator.MigrateAsync(database.Connections.Owner, Own, functions);
        await ApplyAsync(Said("one"));
        var made = await AskAsync("select max(applied_at) from platform.function");
        await ApplyAsync(Said("one"));
        (await AskAsync("select max(applied_at) from platform.function")).ShouldBe(made);
        await ApplyAsync(Said("two"));
        (await AskAsync("select public.says()")).ShouldBe("two");
        (await Should.ThrowAsync<DatabaseUnavailableException>(() => ApplyAsync([.. Said("three"), new("public.wrong", "create function public.wrong() returns nothing")]))).Message.ShouldContain("public.wrong");
        (await AskAsync("select public.says()")).ShouldBe("two", "all or none");
        await AskAsync("drop function public.says(), public.word(); delete from platform.function where name like 'public.%'");
    }

    [Fact]
    public void A_functions_file_bears_its_name_and_no_later_migration_writes_it()
    {
        var functions = Migrator.FunctionsIn(typeof(Migrator).Assembly);
        functions.ShouldNotBeEmpty();
        foreach (var function in functions)
            function.Sql.ShouldContain($"create or replace function {function.Name}(");
        Own.Where(m => m.Number > 163).SelectMany(m => functions.Where(f => m.Sql.Contains($"create or replace function {f.Name}(", StringComparison.Ordinal)).Select(f => $"{m.Number}: {f.Name}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_application_is_neither_owner_nor_exempt_from_row_level_security()
    {
        (await AskAsync("select count(*) from pg_roles where rolname = 'anlauf_app' and (rolsuper or rolbypassrls or rolcreaterole)")).ShouldBe(0L);
        (await AskAsync("select count(*) from pg_tables where tableowner = 'anlauf_app'")).ShouldBe(0L);
    }

    [Fact]
    public async Task Every_table_has_row_level_security()
    {
        (await AskAsync("""
            select string_agg(n.nspname || '.' || c.relname, ', ') from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind = 'r' and not c.relrowsecurity and n.nspname not in ('pg_catalog', 'information_schema') and (n.nspname, c.relname) <> ('platform', 'migration')
            """)).ShouldBe(DBNull.Value);
    }
}
