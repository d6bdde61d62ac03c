using Anlauf.Platform.Database;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Anlauf.Tests.Platform.Privacy;

/// <summary>A column that nobody declared fails here: every new one is personal with purpose and period, or says nothing of a person.</summary>
public sealed class CatalogueTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private async Task<IReadOnlyList<T>> ListAsync<T>(string sql)
    {
        await using var scope = database.AsSystem();
        return await scope.ServiceProvider.GetRequiredService<Db>().QueryAsync<T>(sql);
    }

    [Fact]
    public async Task Every_column_of_every_table_is_declared()
    {
        (await ListAsync<string>("select table_name || '.' || column_name from privacy.undeclared()")).ShouldBeEmpty(
            "declare new columns in the room's migration: select privacy.personal('schema.table', …) or privacy.impersonal('schema.table')");
        (await ListAsync<string>("select table_name || '.' || column_name from privacy.declared_column where data_class is not null")).Count.ShouldBeGreaterThan(60);
    }

    [Fact]
    public async Task A_declaration_without_its_column_is_left_over_from_something_removed() =>
        (await ListAsync<string>("""
            select d.table_name || '.' || d.column_name from privacy.declared_column d
            where not exists (select from pg_attribute a where a.attrelid = to_regclass(d.table_name) and a.attname = d.column_name and not a.attisdropped)
            """)).ShouldBeEmpty();

    [Fact]
    public async Task An_added_column_is_undeclared_until_somebody_says_what_it_is()
    {
        var fresh = new TestDatabase();
        await fresh.InitializeAsync();
        await using var owner = new NpgsqlConnection(fresh.Connections.Owner);
        await owner.OpenAsync();
        async Task TellAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, owner);
            await command.ExecuteNonQueryAsync();
        }
        async Task<string?> UndeclaredAsync()
        {
            await using var command = new NpgsqlCommand("select string_agg(table_name || '.' || column_name, ' ') from privacy.undeclared()", owner);
            return await command.ExecuteScalarAsync() as string;
        }
        await TellAsync("alter table organisation.person add nickname text");
        (await UndeclaredAsync()).ShouldBe("organisation.person.nickname");
        (await Should.ThrowAsync<PostgresException>(() => TellAsync("select privacy.personal('organisation.person', 'Person', 'people', 'person', 'id', '{\"nick\": \"Spitzname / P2 / clear\"}', '{}')"))).MessageText.ShouldContain("no column nick");
        await TellAsync("select privacy.personal('organisation.person', 'Person', 'people', 'person', 'id', '{\"nickname\": \"Spitzname / P2 / clear\"}', '{}')");
        (await UndeclaredAsync()).ShouldBeNull();
        await fresh.DisposeAsync();
    }

    [Fact]
    public async Task Every_process_has_purpose_basis_and_period_and_is_used()
    {
        (await ListAsync<string>("select p.id from privacy.process p where trim(p.purpose) = '' or trim(p.basis_text) = ''")).ShouldBeEmpty();
        (await ListAsync<string>("select distinct c.table_name || '.' || c.column_name from privacy.declared_column c where c.data_class is not null and trim(c.label) = ''")).ShouldBeEmpty();
        (await ListAsync<string>("select distinct c.table_name || '.' || c.column_name from privacy.declared_column c where c.encrypted and (select atttypid::regtype::text from pg_attribute a where a.attrelid = c.table_name::regclass and a.attname = c.column_name) <> 'bytea'")).ShouldBeEmpty();
    }
}
