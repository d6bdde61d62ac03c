using System.CommandLine;
using Anlauf.Platform.Hosting;

namespace Anlauf.Rooms.Demo;

/// <summary>The main job: private database, schema, demo association, server on this machine.</summary>
internal static class DemoCommand
{
    public static Command Build()
    {
        var port = new Option<int>("--port") { Description = "Port auf 127.0.0.1", DefaultValueFactory = _ => 5080 };
        var data = new Option<string?>("--data") { Description = "Ordner für Datenbank und Dateien" };
        var reset = new Option<bool>("--reset") { Description = "Vorführung neu aufbauen; alles bisher Eingegebene geht verloren" };
        var command = new Command("demo", "Startet Anlauf mit einem erfundenen Landesverband") { port, data, reset };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(port), parsed.GetValue(data), parsed.GetValue(reset), ct));
        return command;
    }

    private static async Task<int> RunAsync(int port, string? data, bool reset, CancellationToken ct)
    {
        if (ListenAddress.RefusalOf(port) is { } refusal) return await Shell.RefuseAsync(refusal);
        var folder = Path.GetFullPath(data ?? Path.Combine(Installation.DefaultFolder, "demo"));
        await using var installation = await Installation.OpenAsync(folder, Opening.Server, reset, ct);
        await using var app = await AnlaufHost.BuildAsync(RoomList.All, installation.Connections, builder =>
        {
            builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
            // schematic areas are there at once; real borders follow in the background, where the network allows
            builder.Configuration["Territory:FetchBoundaries"] = "true";
            builder.Configuration["Territory:CacheFolder"] = Path.Combine(folder, "cache");
        }, ct);
        await DemoAssociation.EnsureAsync(app.Services, ct);
        await app.StartAsync(ct);
        Console.WriteLine($"Anlauf läuft: http://127.0.0.1:{port}");
        Console.WriteLine($"  {"Benutzer",-12} {"Kennwort".PadRight(DemoAssociation.Password.Length)}   Rolle");
        foreach (var signIn in DemoAssociation.SignIns) Console.WriteLine($"  {signIn.Name,-12} {DemoAssociation.Password}   {signIn.Role}");
        Console.WriteLine($"Daten in {folder}; beenden mit Strg-C. Weitere Befehle arbeiten mit dieser Vorführung nach: export ANLAUF_DATA='{folder}'");
        await app.WaitForShutdownAsync(ct);
        return 0;
    }
}
