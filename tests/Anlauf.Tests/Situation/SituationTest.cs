using Anlauf.Platform.Database;
using Anlauf.Rooms.Presence;
using Anlauf.Rooms.Situation;
using Anlauf.Rooms.Territory.Facts;
using Microsoft.Extensions.DependencyInjection;

namespace Anlauf.Tests.Situation;

/// <summary>What tests of goals share: the real territory of Saxony and Saxony-Anhalt, one state association with its district associations.</summary>
public abstract class SituationTest(TestDatabase database) : IAsyncLifetime
{
    private static readonly SemaphoreSlim Building = new(1);

    protected TestDatabase Database => database;

    /// <summary>Association of the state.</summary>
    protected int State { get; private set; }

    public async Task InitializeAsync()
    {
        await Building.WaitAsync();
        try
        {
            await using var scope = database.AsSystem();
            var db = scope.ServiceProvider.GetRequiredService<Db>();
            if (await db.ScalarAsync<int?>("select id from organisation.division where slug = 'sachsen'") is { } known) { State = known; return; }
            await scope.ServiceProvider.GetRequiredService<TerritoryFacts>().EnsureAsync();
            State = await db.ScalarAsync<int>("insert into organisation.division (kind, name, short_name, slug) values ('StateAssociation', 'Horizont Sachsen', 'LV Sachsen', 'sachsen') returning id");
            await db.ExecuteAsync("insert into organisation.division_area values (@State, '14')", new { State });
            await db.ExecuteAsync("insert into organisation.division (parent_id, kind, name, short_name, slug) select @State, 'DistrictAssociation', name, 'KV ' || name, 'kreis-' || key from territory.district where state_key = '14' and valid_to is null", new { State });
            await db.ExecuteAsync("insert into organisation.division_area select id, split_part(slug, '-', 2) from organisation.division where slug like 'kreis-%'");
        }
        finally { Building.Release(); }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>Runs work as the system.</summary>
    protected async Task<T> AsSystemAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = database.AsSystem();
        return await work(scope.ServiceProvider);
    }

    protected Task<int> ExecuteAsync(string sql, object? parameters = null) => AsSystemAsync(s => s.GetRequiredService<Db>().ExecuteAsync(sql, parameters));

    protected Task<T?> AskAsync<T>(string sql, object? parameters = null) => AsSystemAsync(s => s.GetRequiredService<Db>().ScalarAsync<T>(sql, parameters));

    /// <summary>Sets a goal through the use case and returns its address.</summary>
    protected Task<string> SetGoalAsync(string title, string indicator, decimal target, string filter = "all", string area = "14", int? id = null) => AsSystemAsync(async s =>
    {
        var outcome = await s.GetRequiredService<SaveGoal>().HandleAsync(new() { Id = id, DivisionId = State, Title = title, IndicatorId = indicator, Target = target, AreaFilter = filter, AreaKey = area, Due = new DateOnly(2027, 9, 30) });
        outcome.Refusal.ShouldBeNull();
        return outcome.Value!;
    });

    protected Task<GoalCoverage> MeasureAsync(string slug, string? within = null) => AsSystemAsync(async s =>
    {
        var coverage = s.GetRequiredService<Coverage>();
        return await coverage.MeasureAsync((await coverage.GoalAsync(slug))!, within);
    });

    /// <summary>Registers a contact point through the use case and returns its address.</summary>
    protected Task<string> OpenContactPointAsync(string name, string ags, string kind = "party-office", DateOnly? closed = null) => AsSystemAsync(async s =>
    {
        var outcome = await s.GetRequiredService<SaveContactPoint>().HandleAsync(new() { DivisionId = State, KindId = kind, Name = name, Municipality = ags, OpenedOn = new DateOnly(2025, 1, 1), ClosedOn = closed });
        outcome.Refusal.ShouldBeNull();
        return outcome.Value!;
    });

    /// <summary>A person with an office and its role in a division; returns the person's id.</summary>
    protected Task<int> AddOfficerAsync(string division, string role, string rights) => AsSystemAsync(async s =>
    {
        var db = s.GetRequiredService<Db>();
        await db.ExecuteAsync("insert into access.role (id, name) values (@role, @role) on conflict do nothing", new { role });
        foreach (var right in rights.Split(' '))
        {
            var part = right.Split(':');
            await db.ExecuteAsync("insert into access.role_right values (@role, @feature, @action, @data, @reach) on conflict do nothing", new { role, feature = part[0], action = part[1], data = part[2], reach = part[3] });
        }
        // one statement each: row-level security sees a new row only from the next statement on
        var person = await db.ScalarAsync<int>("insert into organisation.person (division_id, given_name, family_name) select id, 'Test', @role from organisation.division where slug = @division returning id", new { division, role });
        var office = await db.ScalarAsync<int>("insert into organisation.office (division_id, name, role_id) select id, @role, @role from organisation.division where slug = @division returning id", new { division, role });
        await db.ExecuteAsync("insert into organisation.office_holding (office_id, person_id, valid_from) values (@office, @person, date '2020-01-01')", new { office, person });
        return person;
    });
}
