using Anlauf.Platform.Database;
using Anlauf.Rooms.Demo;
using Anlauf.Rooms.Territory.Facts;
using Microsoft.Extensions.DependencyInjection;

namespace Anlauf.Tests;

/// <summary>A database with real territory and the demo association's divisions, offices and rights; without its documents, goals and figures.</summary>
public sealed class AssociationDatabase : IAsyncLifetime
{
    private readonly TestDatabase database = new();

    /// <summary>The ways into this database, for a server over it.</summary>
    public DatabaseConnections Connections => database.Connections;

    /// <summary>Ids of persons by role: state-manager, minute-taker, district-chair, local-chair.</summary>
    public IReadOnlyDictionary<string, int> Persons { get; private set; } = new Dictionary<string, int>();

    public int StateManager => Persons["state-manager"];
    public int MinuteTaker => Persons["minute-taker"];
    public int DistrictChair => Persons["district-chair"];
    public int LocalChair => Persons["local-chair"];

    /// <summary>A member of the local branch, without any further office.</summary>
    public int LocalMember { get; private set; }

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        await database.InitializeAsync();
        await using (var scope = database.AsSystem())
        {
            await scope.ServiceProvider.GetRequiredService<TerritoryFacts>().EnsureAsync();
            await DemoOrganisation.BuildAsync(scope.ServiceProvider.GetRequiredService<Db>(), default);
        }
        Persons = (await ListAsync<(string Role, int Person)>("""
            select o.role_id, h.person_id from organisation.office_holding h join organisation.office o on o.id = h.office_id where o.role_id <> 'member'
            """)).ToDictionary(p => p.Role, p => p.Person);
        LocalMember = await AskAsync<int>("select id from organisation.person where given_name = 'Max' and family_name = 'Muster'");
    }

    /// <inheritdoc/>
    public Task DisposeAsync() => database.DisposeAsync();

    public Task<int> DivisionAsync(string slug) => AskAsync<int>("select id from organisation.division where slug = @slug", new { slug });
    public Task<int> BodyAsync(string slug) => AskAsync<int>("select id from organisation.body where slug = @slug", new { slug });

    /// <summary>A scope in which a person acts; null is the system.</summary>
    public AsyncServiceScope Scope(int? person) => person is { } id ? database.As(id) : database.AsSystem();

    /// <summary>A service of the house, used by a person; null is the system.</summary>
    public async Task<T> UseAsync<TService, T>(int? person, Func<TService, Task<T>> work) where TService : notnull
    {
        await using var scope = Scope(person);
        return await work(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>The same in a scope in which nobody acts.</summary>
    public async Task<T> UseAsNobodyAsync<TService, T>(Func<TService, Task<T>> work) where TService : notnull
    {
        await using var scope = database.AsNobody();
        return await work(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>A single value; the system asks unless a person is named.</summary>
    public async Task<T?> AskAsync<T>(string sql, object? arguments = null, int? person = null) => await UseAsync<Db, T?>(person, db => db.ScalarAsync<T>(sql, arguments));

    /// <summary>Rows of a query.</summary>
    public Task<IReadOnlyList<T>> ListAsync<T>(string sql, object? arguments = null, int? person = null) => UseAsync<Db, IReadOnlyList<T>>(person, db => db.QueryAsync<T>(sql, arguments));

    /// <summary>Executes a statement; gives the number of changed rows.</summary>
    public Task<int> TellAsync(string sql, object? arguments = null, int? person = null) => UseAsync<Db, int>(person, db => db.ExecuteAsync(sql, arguments));

    /// <summary>Puts a resolution into the register of a division; returns its id.</summary>
    public async Task<int> ResolveAsync(string divisionSlug, string number, string title, string wording = "Der Vorstand beschließt den Terminplan.") => await AskAsync<int>("""
        insert into meetings.resolution (division_id, number, title, slug, wording, result, decided_on)
        select id, @number, @title, 'beschluss-' || id || '-' || @number, @wording, 'adopted', current_date from organisation.division where slug = @divisionSlug returning id
        """, new { divisionSlug, number, title, wording });
}
