using Anlauf.Platform.Hosting;
using Anlauf.Rooms.Privacy.Keeping;
using Npgsql;

namespace Anlauf.Tests.Privacy;

/// <summary>Periods run by themselves: what goes tomorrow is shown today, and what went is on record.</summary>
public sealed class RetentionTests : IAsyncLifetime
{
    private readonly AssociationDatabase association = new();
    private int Officer => association.Persons["data-protection-officer"];

    public Task InitializeAsync() => association.InitializeAsync();
    public Task DisposeAsync() => association.DisposeAsync();

    private Task<IReadOnlyList<Retention.Due>> PreviewAsync(int days, int? by = null) => association.UseAsync<Retention, IReadOnlyList<Retention.Due>>(by ?? Officer, r => r.PreviewAsync(days));
    private Task<IReadOnlyList<(string Rule, string Table, long Rows)>> RunAsync() => association.UseAsync<Retention, IReadOnlyList<(string Rule, string Table, long Rows)>>(null, r => r.RunAsync());

    private Task DiscardAsync(string name, int daysAgo) => association.TellAsync("""
        insert into meetings.document (division_id, file_name, sha256, format, content, text, record, state, uploaded_at) select min(id), @name, @name, 'md', '', '', '{}', 'discarded', now() - make_interval(days => @daysAgo) from organisation.division
        """, new { name, daysAgo });

    [Fact]
    public async Task What_goes_tomorrow_is_shown_today_and_goes_then_with_a_protocol()
    {
        await DiscardAsync("morgen.md", 29);
        await DiscardAsync("später.md", 10);
        (await PreviewAsync(0)).ShouldBeEmpty();
        var tomorrow = (await PreviewAsync(1)).ShouldHaveSingleItem();
        (tomorrow.Title, tomorrow.Rows, tomorrow.First).ShouldBe(("Eingelesenes Dokument", 1L, DateOnly.FromDateTime(DateTime.Today).AddDays(1)));
        (await PreviewAsync(30)).Single().Rows.ShouldBe(2);
        (await RunAsync()).ShouldBeEmpty();
        await association.TellAsync("update meetings.document set uploaded_at = uploaded_at - interval '1 day'");
        (await RunAsync()).ShouldBe([("draft", "meetings.document", 1L)]);
        (await association.AskAsync<string>("select file_name from meetings.document")).ShouldBe("später.md");
        (await association.UseAsync<Retention, IReadOnlyList<Retention.Run>>(Officer, r => r.RunsAsync())).ShouldHaveSingleItem().Rows.ShouldBe(1);
        (await association.AskAsync<int>("select count(*)::int from audit.entry where action = 'retention' and object = 'meetings.document'")).ShouldBe(1);
    }

    [Fact]
    public async Task What_was_corrected_in_a_preview_goes_with_it_after_a_day_and_of_a_file_read_in_after_thirty()
    {
        foreach (var state in new[] { "preview", "done" })
        {
            var file = await association.AskAsync<int>("insert into members.people_import (division_id, file_name, leads, state) select min(id), @state, true, @state from organisation.division returning id", new { state });
            await association.TellAsync("insert into members.people_import_fix (import_id, line, fixed_on) values (@file, 2, current_date - 3)", new { file });
        }
        Task<IReadOnlyList<string>> KeptAsync() => association.ListAsync<string>("select i.file_name from members.people_import_fix f join members.people_import i on i.id = f.import_id");
        (await RunAsync()).ShouldBe([("import-preview", "members.people_import_fix", 1L)]);
        (await KeptAsync()).ShouldBe(["done"]);
        await association.TellAsync("update members.people_import_fix set fixed_on = current_date - 31");
        (await RunAsync()).ShouldBe([("import", "members.people_import_fix", 1L)]);
        (await KeptAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_rule_that_somebody_stopped_takes_nothing()
    {
        await DiscardAsync("alt.md", 60);
        var stop = new Retention.Input { Id = "draft", PausedUntil = DateOnly.FromDateTime(DateTime.Today).AddDays(5) };
        (await association.UseAsync<Retention, Anlauf.Platform.Outcome<string>>(Officer, r => r.ChangeAsync(stop))).Refusal!.Message.ShouldContain("warum");
        stop.PauseReason = "Verfahren läuft";
        (await association.UseAsync<Retention, Anlauf.Platform.Outcome<string>>(association.StateManager, r => r.ChangeAsync(stop))).Done.ShouldBeFalse();
        (await association.UseAsync<Retention, Anlauf.Platform.Outcome<string>>(Officer, r => r.ChangeAsync(stop))).Done.ShouldBeTrue();
        (await RunAsync()).ShouldBeEmpty();
        (await PreviewAsync(1)).Single().PauseReason.ShouldBe("Verfahren läuft");
    }

    [Fact]
    public async Task An_account_goes_months_after_the_last_office_and_never_before()
    {
        await association.TellAsync("insert into identity.account (person_id, user_name, normalized_user_name) values (@a, 'a', 'A'), (@b, 'b', 'B')", new { a = association.LocalMember, b = association.LocalChair });
        await association.TellAsync("update organisation.office_holding set valid_to = current_date - 200 where person_id = @a", new { a = association.LocalMember });
        (await PreviewAsync(0)).ShouldContain(d => d.TableName == "identity.account" && d.Rows == 1);
        await RunAsync();
        (await association.ListAsync<string>("select user_name from identity.account")).ShouldBe(["b"]);
    }

    [Fact]
    public async Task Records_of_reading_go_before_records_of_changes()
    {
        await association.UseAsync<Anlauf.Platform.Audit.AuditLog, bool>(Officer, async a => { await a.ReadAsync("x"); return true; });
        await using (var owner = new NpgsqlConnection(association.Connections.Owner))
        {
            await owner.OpenAsync();
            await using var age = new NpgsqlCommand("alter table audit.entry disable trigger user; update audit.entry set at = at - interval '13 months'; alter table audit.entry enable trigger user", owner);
            await age.ExecuteNonQueryAsync();
        }
        var changes = await association.AskAsync<long>("select count(*) from audit.entry where chain = 'change'");
        (await RunAsync()).ShouldBe([("audit-access", "audit.entry", 1L)]);
        (await association.AskAsync<long>("select count(*) from audit.entry where chain = 'access'")).ShouldBe(0);
        (await association.AskAsync<long>("select count(*) from audit.entry where chain = 'change'")).ShouldBeGreaterThanOrEqualTo(changes);
    }

    [Fact]
    public async Task Only_the_system_runs_it_and_only_the_desk_sees_it()
    {
        await DiscardAsync("alt.md", 60);
        (await PreviewAsync(1, association.StateManager)).ShouldBeEmpty();
        (await Should.ThrowAsync<PostgresException>(() => association.UseAsync<Retention, IReadOnlyList<(string, string, long)>>(Officer, r => r.RunAsync()))).SqlState.ShouldBe("42501");
    }

    [Theory]
    [InlineData("2026-11-21T02:59:00+01:00", 1)]
    [InlineData("2026-11-21T03:00:00+01:00", 24 * 60)]
    [InlineData("2026-11-21T12:00:00+01:00", 15 * 60)]
    public void The_next_run_is_at_three(string now, int minutes) => NightlyWork.Until(NightlyRetention.At, DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(TimeSpan.FromMinutes(minutes));
}
