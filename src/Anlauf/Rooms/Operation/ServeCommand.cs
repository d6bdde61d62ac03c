using System.CommandLine;
using Anlauf.Platform.Database;
using Anlauf.Platform.Hosting;
using Anlauf.Platform.Web;
using Anlauf.Rooms.Territory.Facts;

namespace Anlauf.Rooms.Operation;

/// <summary>The server for production: no demo data, no account until <c>user add</c> made one.</summary>
internal static class ServeCommand
{
    public static Command Build()
    {
        var urls = new Option<string>("--urls") { Description = "Adresse, auf der der Server antwortet", DefaultValueFactory = _ => Environment.GetEnvironmentVariable("ASPNETCORE_URLS") ?? "http://127.0.0.1:5080" };
        var data = new Option<string?>("--data") { Description = "Ordner für Datenbank und Dateien" };
        var command = new Command("serve", "Startet den Server für den Betrieb") { urls, data };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(urls)!, parsed.GetValue(data), ct));
        return command;
    }

    private static async Task<int> RunAsync(string urls, string? data, CancellationToken ct)
    {
        if (ListenAddress.RefusalOf(urls) is { } refusal) return await Shell.RefuseAsync(refusal);
        var folder = Path.GetFullPath(data ?? Installation.DefaultFolder);
        await using var installation = await Installation.OpenAsync(folder, Opening.Server, ct: ct);
        await using var app = await AnlaufHost.BuildAsync(RoomList.All, installation.Connections, builder =>
        {
            builder.Configuration.AddJsonFile(Path.Combine(Directory.GetCurrentDirectory(), "anlauf.json"), optional: true);
            builder.WebHost.UseUrls(urls);
            // one line of JSON an entry, for the log of the system; LogFormat=text for reading along
            if (builder.Configuration["LogFormat"] != "text") builder.Logging.AddJsonConsole(o => (o.UseUtcTimestamp, o.TimestampFormat) = (true, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
            // behind a proxy the site has another name and comes by HTTPS: Site (or AllowedHosts) and Https in anlauf.json or the environment
            SiteCookies.Follow(builder.Configuration, urls, builder.Configuration[OwnAddress.Setting]);
            builder.Configuration["Territory:CacheFolder"] ??= Path.Combine(folder, "cache");
        }, ct);
        await using (var scope = app.Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem();
            await scope.ServiceProvider.GetRequiredService<TerritoryFacts>().EnsureAsync(ct);
            if (!await scope.ServiceProvider.GetRequiredService<Db>().ScalarAsync<bool>("select exists (select from identity.account)", ct: ct))
                Console.WriteLine("Es gibt noch kein Konto. Legen Sie das erste an: anlauf user add NAME --given Vorname --family Nachname --division \"Landesverband …\"");
        }
        var own = app.Services.GetRequiredService<OwnAddress>();
        if (app.Configuration[OwnAddress.Setting] is { Length: > 0 } said && own.Said is null) return await Shell.RefuseAsync($"Site: „{said}“ ist keine Adresse. Gemeint ist etwas wie https://anlauf.verband.example, ohne Pfad.");
        if (own.Said is null) Console.WriteLine("Unter welcher Adresse erreicht man Anlauf? Tragen Sie sie in anlauf.json ein (Site, zum Beispiel https://anlauf.verband.example). Bis dahin gehen keine E-Mails mit Links hinaus" + (own.Value is null ? ", und Einladungen werden nicht gemacht." : "."));
        await app.StartAsync(ct);
        Console.WriteLine($"Anlauf läuft: {urls}");
        Console.WriteLine($"Daten in {folder}; beenden mit Strg-C");
        await app.WaitForShutdownAsync(ct);
        return 0;
    }
}
