using Anlauf.Platform.Database;
using Anlauf.Platform.Hosting;
using Anlauf.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Anlauf.Tests;

/// <summary>
/// A fresh, migrated database on a real PostgreSQL for one test class: <c>IClassFixture&lt;TestDatabase&gt;</c>.
/// One private cluster serves the whole test run; each class gets a copy of the migrated template.
/// </summary>
public sealed class TestDatabase : IAsyncLifetime
{
    private static readonly Lazy<Task<Cluster>> Shared = new(Cluster.StartAsync);
    private ServiceProvider? services;

    /// <summary>The ways into this database.</summary>
    public DatabaseConnections Connections { get; private set; } = null!;

    /// <summary>All services of the house over this database.</summary>
    public IServiceProvider Services => services!;

    /// <summary>A scope that acts as the system.</summary>
    public AsyncServiceScope AsSystem() => Scope(actor => actor.BecomeSystem());

    /// <summary>A scope that acts as a person.</summary>
    public AsyncServiceScope As(int personId) => Scope(actor => actor.Become(personId));

    /// <summary>A scope in which nobody acts: row-level security shows no row.</summary>
    public AsyncServiceScope AsNobody() => Scope(_ => { });

    private AsyncServiceScope Scope(Action<Actor> become)
    {
        var scope = Services.CreateAsyncScope();
        become(scope.ServiceProvider.GetRequiredService<Actor>());
        return scope;
    }

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        Connections = await (await Shared.Value).CreateDatabaseAsync();
        services = AnlaufHost.Services(Anlauf.Rooms.RoomList.All, Connections);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (services is not null) await services.DisposeAsync();
    }

    private sealed class Cluster(PrivatePostgres postgres, string folder)
    {
        private int number;
        private readonly SemaphoreSlim copying = new(1);

        public static async Task<Cluster> StartAsync()
        {
            var folder = TestFolder.Of("tests");
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
#pragma warning disable CA1416 // the tests run where the private database runs
            var postgres = await PrivatePostgres.StartAsync(folder, durable: false);
            AppDomain.CurrentDomain.ProcessExit += (_, _) =>
            {
                postgres.DisposeAsync().AsTask().GetAwaiter().GetResult();
                Directory.Delete(folder, recursive: true);
            };
            var connections = await DatabaseConnections.PrepareAsync(postgres, "template_anlauf");
            await Migrator.MigrateAsync(connections.Owner);
            return new Cluster(postgres, folder);
        }

        public async Task<DatabaseConnections> CreateDatabaseAsync()
        {
            var name = "test_" + Interlocked.Increment(ref number);
            await copying.WaitAsync();
            try
            {
                await using var connection = new NpgsqlConnection(postgres.AdministratorConnection());
                await connection.OpenAsync();
                await using var create = new NpgsqlCommand($"create database {name} template template_anlauf owner anlauf_owner", connection);
                await create.ExecuteNonQueryAsync();
                // roles belong to the cluster: two at once would change the same rows of the catalogue
                return await DatabaseConnections.PrepareAsync(postgres, name) with { KeyFile = Path.Combine(folder, name + ".keys") };
            }
            finally { copying.Release(); }
#pragma warning restore CA1416
        }
    }
}
