using Anlauf.Platform.Database;
using Anlauf.Platform.Imports;
using Anlauf.Rooms.Situation;
using Anlauf.Rooms.Situation.Indicators;
using Microsoft.Extensions.DependencyInjection;

namespace Anlauf.Tests.Members;

/// <summary>What an association brings itself, so that the core figures work without the demo: member counts and its own list.</summary>
public sealed class MemberCountTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>
{
    private async Task<ImportReport> ImportAsync(string text, bool dryRun = false)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, text);
            await using var scope = house.Scope(null);
            return await scope.ServiceProvider.GetServices<IFileImport>().Single(i => i.Kind == "members").RunAsync(file, dryRun, default);
        }
        finally { File.Delete(file); }
    }

    private Task<int> StoredAsync() => house.AskAsync<int>("select count(*)::int from members.member_count where as_of in ('2026-01-31', '2026-02-28')");

    [Fact]
    public async Task Member_counts_are_taken_over_after_a_dry_run_that_stores_nothing()
    {
        const string File = "Schlüssel;Mitglieder;Stichtag\n14612000;900;2026-01-31\n14522180;12;31.01.2026\n";
        (await ImportAsync(File, dryRun: true)).Inserted.ShouldBe(2);
        (await StoredAsync()).ShouldBe(0);
        (await ImportAsync(File)).Inserted.ShouldBe(2);
        var again = await ImportAsync(File.Replace(";12;", ";14;", StringComparison.Ordinal));
        (again.Inserted, again.Updated, again.Unchanged).ShouldBe((0, 1, 1));
        (await house.AskAsync<int>("select members from members.member_count where area_key = '14522180' and as_of = '2026-01-31'")).ShouldBe(14);
    }

    [Theory]
    [InlineData("1461200;5;2026-02-28", 2, "Schlüssel", "achtstelliger")]
    [InlineData("14612000;fünf;2026-02-28", 2, "Mitglieder", "„fünf“")]
    [InlineData("14612000;-1;2026-02-28", 2, "Mitglieder", "„-1“")]
    [InlineData("14612000;5;28. Februar", 2, "Stichtag", "JJJJ-MM-TT")]
    [InlineData("14612000;5;2126-02-28", 2, "Stichtag", "Zukunft")]
    [InlineData("14612000;5;2026-02-28\n14612000;6;2026-02-28", 3, "Schlüssel", "schon in Zeile 2")]
    [InlineData("99999999;5;2026-02-28", 2, "Schlüssel", "nicht bekannt")]
    public async Task A_wrong_line_is_named_with_its_field_and_nothing_is_stored(string lines, int line, string field, string message)
    {
        var report = await ImportAsync($"Schlüssel;Mitglieder;Stichtag\n{lines}\n");
        var problem = report.Rejected.ShouldHaveSingleItem();
        (problem.Line, problem.Field).ShouldBe((line, field));
        problem.Message.ShouldContain(message);
        (await house.AskAsync<int>("select count(*)::int from members.member_count where as_of = '2026-02-28'")).ShouldBe(0);
    }

    [Fact]
    public async Task Missing_columns_are_named() => (await ImportAsync("ags,anzahl\n14612000,5\n")).Rejected.ShouldHaveSingleItem().Field.ShouldBe("Schlüssel, Mitglieder, Stichtag");

    [Fact]
    public async Task The_own_list_is_one_of_the_results_as_the_source_writes_it()
    {
        await house.TellAsync("""
            insert into territory.source (id, line) values ('probe', 'Probe') on conflict do nothing;
            insert into territory.election (id, title, kind, state_key, day, source_id) values ('probe-wahl', 'Probewahl', 'MunicipalCouncil', '14', '2024-06-09', 'probe');
            insert into territory.result (election_id, ags, name, eligible, voters, valid_votes) values ('probe-wahl', '14612000', 'Dresden', 12, 10, 10);
            insert into territory.list_result (election_id, ags, list, position, stood, votes) values ('probe-wahl', '14612000', 'DIE PROBE', 1, true, 10);
            """);
        await using var scope = house.Scope(null);
        (await OwnListCommand.SetAsync(scope.ServiceProvider, "Prohbe")).ShouldBe(2);
        (await OwnListCommand.SetAsync(scope.ServiceProvider, "die probe")).ShouldBe(0);
        (await scope.ServiceProvider.GetRequiredService<Settings>().GetAsync(OwnList.Setting)).ShouldBe("DIE PROBE");
        (await house.AskAsync<decimal>("select value from situation.indicator_value where indicator_id = 'territory.council-list' and area_key = '14612000'")).ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_is_told_to_stop_in_the_middle_of_renewing_ends_quietly()
    {
        await using var scope = house.Scope(null);
        using var refresh = ActivatorUtilities.CreateInstance<IndicatorRefresh>(scope.ServiceProvider);
        await refresh.StartAsync(default);
        await refresh.StopAsync(default);
        refresh.ExecuteTask!.IsFaulted.ShouldBeFalse();
    }
}
