using Anlauf.Platform.Access;
using Anlauf.Platform.Audit;
using Anlauf.Platform.Database;
using Anlauf.Platform.Identity;
using Anlauf.Platform.Mail;
using Anlauf.Platform.Web;
using Npgsql;

namespace Anlauf.Platform.Hosting;

/// <summary>Builds the web server over a prepared database. Used by the commands, by the tests and by nobody else.</summary>
public static class AnlaufHost
{
    /// <summary>The server, ready to start; the schema is brought up to date first.</summary>
    /// <param name="rooms">The rooms of the house.</param>
    /// <param name="connections">Database to use.</param>
    /// <param name="configure">Last word on the builder: addresses, test doubles of the clock, logging.</param>
    /// <exception cref="DatabaseUnavailableException">The schema is newer than the program.</exception>
    public static async Task<WebApplication> BuildAsync(IReadOnlyList<IRoom> rooms, DatabaseConnections connections, Action<WebApplicationBuilder>? configure = null, CancellationToken ct = default)
    {
        await Migrator.MigrateAsync(connections.Owner, ct);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(AnlaufHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // keys lie in the database, out of reach of every acting person and encrypted with the key ring, which the framework does not see
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.LimitRequests();
        AddServices(builder.Services, rooms, connections);
        configure?.Invoke(builder);
        OwnAddress.Follow(builder.Configuration, builder.Configuration[WebHostDefaults.ServerUrlsKey]);
        builder.TrustNamedProxies();
        var app = builder.Build();
        Map(app);
        foreach (var room in rooms) room.MapEndpoints(app);
        return app;
    }

    /// <summary>All services without a web server: for commands of the shell.</summary>
    public static ServiceProvider Services(IReadOnlyList<IRoom> rooms, DatabaseConnections connections)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole());
        services.AddSingleton<IConfiguration>(new ConfigurationManager());
        AddServices(services, rooms, connections);
        return services.BuildServiceProvider();
    }

    private static void AddServices(IServiceCollection services, IReadOnlyList<IRoom> rooms, DatabaseConnections connections)
    {
        services.AddSingleton(connections);
        services.AddSingleton<TimeProvider, GermanTime>();
        services.AddSingleton(_ => DataSource(connections, 24));
        // the sign-in has connections of its own: a request that holds one of the pages' must never wait for a second of the same pool
        services.AddKeyedSingleton(IdentitySetup.Connections, (_, _) => DataSource(connections, 12));
        services.AddSingleton<OwnAddress>();
        services.AddScoped<Actor>();
        services.AddScoped<Db>();
        services.AddScoped<Settings>();
        services.AddAnlaufAudit();
        services.AddAnlaufAccess();
        services.AddAnlaufIdentity();
        services.AddAnlaufWeb();
        services.AddAnlaufMail();
        foreach (var room in rooms) room.AddServices(services);
    }

    // a page asks the same thirty statements again and again: planned once a connection instead of once a request (a quarter of the database's time)
    private static NpgsqlDataSource DataSource(DatabaseConnections connections, int most) =>
        new NpgsqlDataSourceBuilder(connections.Application) { ConnectionStringBuilder = { MaxAutoPrepare = 200, AutoPrepareMinUsages = 3, MaxPoolSize = most } }.Build();

    private static void Map(WebApplication app)
    {
        app.UseAnlaufWeb();
        app.UseAuthentication();
        app.UseVisitorRules();
        app.UseOrigin();
        app.UseActor();
        app.UseSecondFactorGuard();
        app.UseAuthorization();
        app.Use(ErrorPages.GuessAsync);
        app.UseFreshProof();
        app.UseAuditedAccess();
        app.Use(ErrorPages.RefuseUnreadableFormsAsync);
        app.UseAntiforgery();
        app.Use(ErrorPages.RefuseForeignFormsAsync);
        app.MapAnlaufPages();
        app.MapAccount();
        // an address that nobody serves is not found, for everybody; who may not see a page learns nothing from the difference
        app.MapFallback(() => Results.NotFound()).AllowAnonymous();
        app.MapGet("/kein-zugriff", () => Results.StatusCode(StatusCodes.Status403Forbidden)).AllowAnonymous();
        app.MapGet("/health/live", () => Results.Text("ok")).AllowAnonymous();
        app.MapGet("/health/ready", async (NpgsqlDataSource source, CancellationToken ct) =>
        {
            try
            {
                await using var command = source.CreateCommand("select 1");
                await command.ExecuteScalarAsync(ct);
                return Results.Text("ok");
            }
            catch (NpgsqlException) { return Results.Text("Die Datenbank antwortet nicht.", statusCode: 503); }
        }).AllowAnonymous();
    }
}
