using System.Runtime.Versioning;
using Anlauf.Platform.Database;
using Npgsql;

namespace Anlauf.Platform.Hosting;

/// <summary>Where an installation keeps its data, and how its database is reached.</summary>
public sealed class Installation : IAsyncDisposable
{
    private readonly PrivatePostgres? postgres;

    private Installation(DatabaseConnections connections, PrivatePostgres? postgres) => (Connections, this.postgres) = (connections, postgres);

    /// <summary>The ways into the database.</summary>
    public DatabaseConnections Connections { get; }

    /// <summary>Default data folder: ANLAUF_DATA, else the user's folder for application data.</summary>
    public static string DefaultFolder => Environment.GetEnvironmentVariable("ANLAUF_DATA") is { Length: > 0 } named
        ? named
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "anlauf");

    /// <summary>
    /// Opens the database: the one named by ConnectionStrings__Anlauf (and ConnectionStrings__AnlaufApp for the application's own
    /// login), else the private one in <paramref name="dataFolder"/>.
    /// </summary>
    /// <param name="opening">What for: whether a new installation may be made and a running one shared.</param>
    /// <param name="reset">Drops what is in the private database.</param>
    /// <exception cref="NoInstallationException">The folder holds none, and <paramref name="opening"/> makes none.</exception>
    /// <exception cref="DatabaseUnavailableException">It cannot be reached or started.</exception>
    public static async Task<Installation> OpenAsync(string? dataFolder, Opening opening, bool reset = false, CancellationToken ct = default)
    {
        if (Environment.GetEnvironmentVariable("ConnectionStrings__Anlauf") is { Length: > 0 } given)
        {
            if (reset) throw new DatabaseUnavailableException("--reset löscht nur die private Datenbank der Vorführung, nie eine Datenbank aus ConnectionStrings__Anlauf.");
            return new(await DatabaseConnections.FromAsync(given, Environment.GetEnvironmentVariable("ConnectionStrings__AnlaufApp"), ct) with { KeyFile = KeyFile(dataFolder ?? DefaultFolder) }, null);
        }
        if (OperatingSystem.IsWindows())
            throw new DatabaseUnavailableException("Unter Windows bringt Anlauf keine eigene Datenbank mit. Abhilfe: mit ConnectionStrings__Anlauf eine PostgreSQL-Datenbank (ab 16) nennen.");
        var folder = Path.GetFullPath(dataFolder ?? DefaultFolder);
        if (opening == Opening.Existing && !PrivatePostgres.ExistsIn(folder)) throw new NoInstallationException(folder);
        return await OpenPrivateAsync(folder, opening, reset, ct);
    }

    // ANLAUF_KEYS names another place, a mounted secret for example; the file is made where there is none
    private static string KeyFile(string folder) => Environment.GetEnvironmentVariable("ANLAUF_KEYS") is { Length: > 0 } named ? named : Path.Combine(folder, Secrets.KeyRing.FileName);

    [UnsupportedOSPlatform("windows")]
    private static async Task<Installation> OpenPrivateAsync(string folder, Opening opening, bool reset, CancellationToken ct)
    {
        var postgres = await PrivatePostgres.StartAsync(folder, share: opening != Opening.Server, ct: ct);
        try
        {
            if (reset) await DropAsync(postgres, ct);
            // a new database knows nothing of the old one's audit
            if (reset) File.Delete(Audit.AuditAnchors.WitnessOf(KeyFile(folder)));
            return new(await DatabaseConnections.PrepareAsync(postgres, ct: ct) with { KeyFile = KeyFile(folder) }, postgres);
        }
        catch
        {
            await postgres.DisposeAsync();
            throw;
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static async Task DropAsync(PrivatePostgres postgres, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(postgres.AdministratorConnection());
        await connection.OpenAsync(ct);
        await using var drop = new NpgsqlCommand("drop database if exists anlauf with (force)", connection);
        await drop.ExecuteNonQueryAsync(ct);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (postgres is not null && !OperatingSystem.IsWindows()) await postgres.DisposeAsync();
    }
}
