using System.Diagnostics;
using Anlauf.Platform.Audit;
using Anlauf.Platform.Database;
using Anlauf.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit.Abstractions;

namespace Anlauf.Tests.Platform.Audit;

/// <summary>What the database and the program write down, whoever acts and by whatever way.</summary>
public sealed class AuditTests(AssociationDatabase association, ITestOutputHelper output) : IClassFixture<AssociationDatabase>
{
    private sealed record Entry(string Actor, string Action, string Object, string? Key, string[]? Columns, int? SubjectId, int? DivisionId, string Origin);

    private Task<IReadOnlyList<Entry>> EntriesAsync(string of, long after) => association.ListAsync<Entry>(
        "select actor, action, object, key, columns, subject_id, division_id, origin from audit.entry where object = @of and position > @after order by position", new { of, after });

    private Task<long> EndAsync() => association.AskAsync<long>("select position from audit.chain where name = 'change'")!;

    [Fact]
    public async Task Every_change_of_a_person_names_who_what_and_which_columns_but_no_value()
    {
        var before = await EndAsync();
        var division = await association.DivisionAsync("kreis-14522");
        var person = await association.AskAsync<int>("insert into organisation.person (division_id, given_name, family_name, email) values (@division, 'Zaphira', 'Quellenau', 'z@example.org') returning id", new { division });
        await association.TellAsync("update organisation.person set phone = '03731 555', email = email where id = @person", new { person });
        await association.TellAsync("update organisation.person set phone = phone where id = @person", new { person });
        await association.TellAsync("delete from organisation.person where id = @person", new { person });
        var entries = await EntriesAsync("organisation.person", before);
        entries.Select(e => (e.Action, e.SubjectId, e.DivisionId, Columns: string.Join(',', e.Columns ?? []))).ShouldBe([("insert", person, division, ""), ("update", person, division, "phone"), ("delete", person, division, "")]);
        entries.ShouldAllBe(e => e.Actor == "system" && e.Key == $$"""{"id": {{person}}}""");
        (await association.AskAsync<long>("select count(*) from audit.entry e where e::text ~* 'Zaphira|Quellenau|z@example|03731 555'")).ShouldBe(0);
    }

    [Fact]
    public async Task The_acting_person_stands_in_the_entry_and_cannot_be_chosen()
    {
        var before = await EndAsync();
        var point = await association.AskAsync<int>("""
            insert into presence.contact_point (division_id, kind_id, name, slug, ags, opened_on) select id, 'party-office', 'Büro', 'buero-audit', '14522180', current_date from organisation.division where slug = 'kreis-14522' returning id
            """, person: association.DistrictChair);
        var entry = (await EntriesAsync("presence.contact_point", before)).ShouldHaveSingleItem();
        (entry.Actor, entry.Key).ShouldBe((association.DistrictChair.ToString(System.Globalization.CultureInfo.InvariantCulture), $$"""{"id": {{point}}}"""));
        foreach (var forbidden in new[] { "insert into audit.waiting (chain, action, object) values ('change', 'x', 'y')", "delete from audit.entry", "update audit.entry set actor = '1'", "update audit.chain set position = 0", "select audit.attach()", "delete from audit.anchor" })
            (await Should.ThrowAsync<PostgresException>(() => association.TellAsync(forbidden))).SqlState.ShouldBe("42501", forbidden);
    }

    [Fact]
    public async Task What_is_rolled_back_leaves_no_entry_and_a_failed_part_of_a_transaction_neither()
    {
        var before = await EndAsync();
        await association.UseAsync<Db, bool>(null, async db =>
        {
            await db.InTransactionAsync(async () =>
            {
                await db.ExecuteAsync("savepoint part; update organisation.person set phone = 'x'; rollback to part");
                await db.ExecuteAsync("update organisation.person set phone = '1' where id = @id", new { id = association.LocalChair });
                return true;
            });
            await Should.ThrowAsync<InvalidOperationException>(() => db.InTransactionAsync<bool>(async () =>
            {
                await db.ExecuteAsync("update organisation.person set phone = 'y'");
                throw new InvalidOperationException();
            }));
            return true;
        });
        (await EntriesAsync("organisation.person", before)).ShouldHaveSingleItem().SubjectId.ShouldBe(association.LocalChair);
        (await association.AskAsync<long>("select count(*) from audit.waiting")).ShouldBe(0);
    }

    [Fact]
    public async Task Writers_side_by_side_end_in_one_chain_without_gaps_or_deadlocks()
    {
        await association.TellAsync("insert into access.role (id, name) select 'audit-' || i, 'x' from generate_series(0, 7) i");
        var persons = await association.ListAsync<int>("select id from organisation.person order by id");
        // every second writer takes the rows the other way round, as two people at work would, in transactions of two single changes
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var round = 0; round < 10; round++)
                await association.UseAsync<Db, bool>(null, db => db.InTransactionAsync(async () =>
                {
                    await db.ExecuteAsync("update organisation.person set phone = @phone where id = @id", new { phone = $"{writer} {round}", id = persons[writer % 4] });
                    await db.ExecuteAsync("update access.role set description = @text where id = @role", new { text = $"{writer} {round}", role = "audit-" + writer });
                    return true;
                }));
        })));
        var report = await association.UseAsync<AuditVerification, AuditVerification.Report>(null, v => v.RunAsync());
        report.Wrong.ShouldBeEmpty();
        report.Entries.ShouldBeGreaterThan(80);
    }

    [Fact]
    public async Task A_protected_read_and_an_export_stand_in_a_chain_of_their_own()
    {
        var before = await association.AskAsync<long>("select position from audit.chain where name = 'access'");
        await association.UseAsync<AuditLog, bool>(association.DistrictChair, async audit =>
        {
            await audit.ReadAsync("/menschen/{id}", "id=4", association.LocalMember, "duty");
            await audit.ExportAsync("/menschen.csv");
            return true;
        });
        var entries = await association.ListAsync<(string Actor, string Action, int? Subject, int? Division, string? Reason)>(
            "select actor, action, subject_id, division_id, reason_id from audit.entry where chain = 'access' and position > @before order by position", new { before });
        var chair = association.DistrictChair.ToString(System.Globalization.CultureInfo.InvariantCulture);
        entries.ShouldBe([(chair, "read", association.LocalMember, await association.DivisionAsync("ort-14522230"), "duty"), (chair, "export", null, await association.DivisionAsync("kreis-14522"), null)]);
        await Should.ThrowAsync<PostgresException>(() => association.UseAsNobodyAsync<AuditLog, bool>(async audit => { await audit.ReadAsync("x"); return true; }));
    }

    [Fact]
    public async Task Every_table_with_data_of_persons_is_audited()
    {
        (await association.ListAsync<string>("select table_name from privacy.unaudited()")).ShouldBeEmpty();
        (await association.AskAsync<int>("select count(*)::int from pg_trigger where tgname = 'audit_update'")).ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task A_table_that_lost_its_trigger_is_named()
    {
        var database = new TestDatabase();
        await database.InitializeAsync();
        await using var owner = new NpgsqlConnection(database.Connections.Owner);
        await owner.OpenAsync();
        await using (var disable = new NpgsqlCommand("alter table organisation.person disable trigger audit_delete", owner)) await disable.ExecuteNonQueryAsync();
        await using (var scope = database.AsSystem())
            (await scope.ServiceProvider.GetRequiredService<Db>().QueryAsync<string>("select table_name from privacy.unaudited()")).ShouldBe(["organisation.person"]);
        await database.DisposeAsync();
    }

    [Fact]
    public async Task A_hundred_thousand_rows_without_persons_leave_no_entry_and_ten_thousand_persons_one_each_in_seconds()
    {
        await association.TellAsync("insert into situation.indicator values ('audit-test', 0, false)");
        var before = await EndAsync();
        var clock = Stopwatch.StartNew();
        await association.TellAsync("insert into situation.current_value select 'audit-test', i::text, 1 from generate_series(1000000, 1100000) i");
        output.WriteLine($"100,000 figures: {clock.ElapsedMilliseconds} ms");
        (await EndAsync()).ShouldBe(before);
        clock.Restart();
        await association.TellAsync("insert into organisation.person (division_id, given_name, family_name) select min(d.id), 'N', 'N' || i from organisation.division d, generate_series(1, 10000) i group by i");
        output.WriteLine($"10,000 persons with their entries: {clock.ElapsedMilliseconds} ms");
        (await EndAsync()).ShouldBe(before + 10000);
        // comparing every pair took minutes
        clock.Elapsed.ShouldBeLessThan(Quiet.Limit(6));
        clock.Restart();
        await association.TellAsync("update organisation.person set phone = 'neu' where family_name like 'N%' and given_name = 'N'");
        output.WriteLine($"10,000 persons changed: {clock.ElapsedMilliseconds} ms");
        clock.Elapsed.ShouldBeLessThan(Quiet.Limit(6));
    }
}
