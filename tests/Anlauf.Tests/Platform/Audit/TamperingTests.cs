using Anlauf.Platform.Audit;
using Anlauf.Platform.Database;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Anlauf.Tests.Platform.Audit;

/// <summary>Somebody who owns the database rewrites the audit: the verification says what was done.</summary>
public sealed class TamperingTests : IAsyncLifetime
{
    private readonly TestDatabase database = new();

    public async Task InitializeAsync()
    {
        await database.InitializeAsync();
        await using var scope = database.AsSystem();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        await db.ExecuteAsync("insert into organisation.division (kind, name, short_name, slug) values ('StateAssociation', 'Verband', 'V', 'v')");
        for (var i = 1; i <= 29; i++)
            await db.ExecuteAsync("insert into organisation.person (division_id, given_name, family_name) select id, 'N', 'N' from organisation.division");
        await scope.ServiceProvider.GetRequiredService<AuditAnchors>().SignAsync();
    }

    public Task DisposeAsync() => database.DisposeAsync();

    private async Task<IReadOnlyList<string>> VerifyAsync()
    {
        await using var scope = database.AsSystem();
        return (await scope.ServiceProvider.GetRequiredService<AuditVerification>().RunAsync()).Wrong;
    }

    /// <summary>With every right there is in the database: triggers off, tables written directly.</summary>
    private async Task TamperAsync(string sql)
    {
        await using var owner = new NpgsqlConnection(database.Connections.Owner);
        await owner.OpenAsync();
        await using var command = new NpgsqlCommand("alter table audit.entry disable trigger user;" + sql, owner);
        await command.ExecuteNonQueryAsync();
    }

    // the attacker knows how links are made and rebuilds the chain from a position on, head included
    private const string Rebuild = """
        do $$ declare e audit.entry; last bytea := '\x00'; at bigint := 0; begin
          for e in select * from audit.entry where chain = 'change' order by position loop
            last := audit.link(last, e); at := e.position;
            update audit.entry set hash = last where chain = 'change' and position = e.position;
          end loop;
          update audit.chain set position = at, hash = last where name = 'change';
        end $$;
        """;

    [Fact]
    public async Task An_untouched_chain_is_sound() => (await VerifyAsync()).ShouldBeEmpty();

    [Fact]
    public async Task An_altered_entry_is_found()
    {
        await TamperAsync("update audit.entry set actor = '77' where chain = 'change' and position = 12");
        (await VerifyAsync()).ShouldHaveSingleItem().ShouldContain("Eintrag 12 vom");
    }

    [Fact]
    public async Task The_last_ten_removed_are_found()
    {
        await TamperAsync("delete from audit.entry where chain = 'change' and position > 20");
        (await VerifyAsync()).ShouldContain("Änderungen: die Einträge 21 bis 30 fehlen");
    }

    [Fact]
    public async Task The_last_ten_removed_together_with_the_head_are_found_by_the_signature()
    {
        await TamperAsync("delete from audit.entry where chain = 'change' and position > 20; update audit.chain set position = 20, hash = (select hash from audit.entry where chain = 'change' and position = 20) where name = 'change'");
        (await VerifyAsync()).ShouldContain(w => w.Contains("kannte noch 10 Einträge mehr"));
    }

    [Fact]
    public async Task Removing_the_signatures_as_well_leaves_the_witness_outside_the_database()
    {
        await TamperAsync("delete from audit.anchor; delete from audit.entry where chain = 'change' and position > 20; update audit.chain set position = 20, hash = (select hash from audit.entry where chain = 'change' and position = 20) where name = 'change'");
        (await VerifyAsync()).ShouldHaveSingleItem().ShouldContain("außerhalb der Datenbank");
    }

    [Fact]
    public async Task Two_swapped_entries_are_found()
    {
        await TamperAsync("""
            update audit.entry set position = 1000 where chain = 'change' and position = 7;
            update audit.entry set position = 7 where chain = 'change' and position = 8;
            update audit.entry set position = 8 where chain = 'change' and position = 1000;
            """);
        var wrong = await VerifyAsync();
        wrong.ShouldContain(w => w.Contains("Eintrag 7 vom"));
        wrong.ShouldContain(w => w.Contains("Eintrag 8 vom"));
    }

    [Fact]
    public async Task One_entry_cut_out_of_the_middle_is_found()
    {
        await TamperAsync("delete from audit.entry where chain = 'change' and position = 15");
        (await VerifyAsync()).ShouldHaveSingleItem().ShouldBe("Änderungen: Eintrag 15 fehlt");
    }

    [Fact]
    public async Task A_chain_rebuilt_from_the_first_link_on_does_not_fit_its_signature()
    {
        await TamperAsync("update audit.entry set actor = '77' where chain = 'change' and position = 12;" + Rebuild);
        (await VerifyAsync()).ShouldContain(w => w.Contains("wurde neu geschrieben"));
    }

    [Fact]
    public async Task A_forged_signature_is_found()
    {
        await TamperAsync("update audit.entry set actor = '77' where chain = 'change' and position = 12;" + Rebuild + "update audit.anchor set hash = (select hash from audit.chain where name = 'change')");
        (await VerifyAsync()).ShouldContain(w => w.Contains("gefälscht"));
    }

    [Fact]
    public async Task Retention_takes_the_oldest_entries_and_the_rest_stays_provable()
    {
        await TamperAsync("update audit.entry set at = at - interval '3 years' where chain = 'change' and position <= 10;" + Rebuild + "alter table audit.entry enable trigger user; delete from audit.anchor");
        await using (var scope = database.AsSystem())
        {
            var db = scope.ServiceProvider.GetRequiredService<Db>();
            File.Delete(scope.ServiceProvider.GetRequiredService<AuditAnchors>().WitnessFile);
            await scope.ServiceProvider.GetRequiredService<AuditAnchors>().SignAsync();
            (await db.ScalarAsync<long>("select audit.forget('change', now() - interval '2 years')")).ShouldBe(10);
            await scope.ServiceProvider.GetRequiredService<AuditAnchors>().SignAsync();
        }
        (await VerifyAsync()).ShouldBeEmpty();
        await TamperAsync("delete from audit.entry where chain = 'change' and position = 11");
        (await VerifyAsync()).ShouldContain("Änderungen: Eintrag 11 fehlt");
    }
}
