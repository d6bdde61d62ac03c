using System.CommandLine;
using Anlauf.Platform.Hosting;
using Anlauf.Platform.Web;
using Anlauf.Rooms.Portal.Outside;

namespace Anlauf.Rooms.Portal;

/// <summary>The public form as a process of its own, and the file it works with.</summary>
internal static class PortalCommand
{
    /// <summary>Names the connection where the file holds none.</summary>
    private const string ConnectionVariable = "ConnectionStrings__AnlaufPortal";

    public static Command Build()
    {
        var file = new Option<string>("--file") { Description = "Datei von anlauf portal prepare", DefaultValueFactory = _ => "portal.json" };
        var connection = new Option<string?>("--connection") { Description = $"Zugang der Rolle anlauf_portal zur Datenbank, sonst {ConnectionVariable}, sonst aus der Datei" };
        var urls = new Option<string>("--urls") { Description = "Adresse, auf der das Formular antwortet", DefaultValueFactory = _ => "http://127.0.0.1:5090" };
        var hosts = new Option<string?>("--hosts") { Description = "Namen, unter denen es erreichbar ist, mit Semikolon; sonst die aus --urls" };
        var portal = new Command("portal", "Startet das öffentliche Formular als eigenen Prozess; er kann nichts lesen") { file, connection, urls, hosts };
        portal.SetAction((p, ct) => ServeAsync(p.GetValue(file)!, p.GetValue(connection) ?? Environment.GetEnvironmentVariable(ConnectionVariable), p.GetValue(urls)!, p.GetValue(hosts), ct));

        var data = new Option<string?>("--data") { Description = "Ordner für Datenbank und Dateien" };
        var division = new Option<string>("--division") { Description = "Gliederung, die die Zuschriften bekommt, wie in ihrer Adresse", Required = true };
        var to = new Option<string>("--to") { Description = "Datei, die entsteht", DefaultValueFactory = _ => "portal.json" };
        var site = new Option<string?>("--site") { Description = "Adresse, unter der das Formular von außen erreichbar ist; dorthin führt der Link, der E-Mail-Adressen bestätigt" };
        var prepare = new Command("prepare", "Schreibt die Datei für das öffentliche Formular: öffentlicher Schlüssel und verantwortliche Stelle") { data, division, to, site };
        prepare.SetAction((p, ct) => Shell.RunAsSystemAsync(p.GetValue(data), Opening.Existing, async services =>
        {
            var outcome = await services.GetRequiredService<HandOutKey>().HandleAsync(p.GetValue(division)!, p.GetValue(site), ct);
            if (outcome.Value is not { } made)
            {
                await Console.Error.WriteLineAsync(outcome.Refusal!.Message);
                return 1;
            }
            made.Write(p.GetValue(to)!);
            Console.WriteLine($"{p.GetValue(to)} geschrieben: Schlüssel {made.KeyId}, Zuschriften gehen an {made.Association}.");
            Console.WriteLine(made.Connection is null ? $"Den Zugang der Rolle anlauf_portal nennen Sie dem Formular mit --connection oder {ConnectionVariable}." : "Die Datei enthält auch den Zugang zur Datenbank; er kann Zuschriften einwerfen und nichts lesen.");
            Console.WriteLine(made.Site is null ? "Ohne --site fragt niemand nach, ob eine angegebene E-Mail-Adresse stimmt." : "Angegebene E-Mail-Adressen werden bestätigt, sobald der Postausgang eingerichtet ist (Mail in anlauf.json).");
            return 0;
        }, ct));
        portal.Subcommands.Add(prepare);
        return portal;
    }

    private static async Task<int> ServeAsync(string path, string? connection, string urls, string? hosts, CancellationToken ct)
    {
        if (!File.Exists(path)) return await Shell.RefuseAsync($"Die Datei {path} gibt es nicht. Abhilfe: anlauf portal prepare --division … --to {path}");
        if (PortalFile.Read(path) is not { } file) return await Shell.RefuseAsync($"{path} ist keine Datei von anlauf portal prepare.");
        if ((connection ?? file.Connection) is not { Length: > 0 } way) return await Shell.RefuseAsync($"Der Zugang zur Datenbank fehlt: --connection oder {ConnectionVariable}.");
        if (Platform.Database.DatabaseConnections.RefusalOf(way) is { } open) return await Shell.RefuseAsync(open);
        if (ListenAddress.RefusalOf(urls) is { } refusal) return await Shell.RefuseAsync(refusal);
        await using var app = PortalHost.Build(file, way, builder =>
        {
            builder.WebHost.UseUrls(urls);
            if (hosts is not null) builder.Configuration["AllowedHosts"] = hosts;
            SiteCookies.Follow(builder.Configuration, urls);
        });
        await app.StartAsync(ct);
        Console.WriteLine($"Das Formular von {file.Association} ist offen: {urls}");
        await app.WaitForShutdownAsync(ct);
        return 0;
    }
}
