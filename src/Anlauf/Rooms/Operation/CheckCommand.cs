using System.CommandLine;
using System.Text.Json;
using Anlauf.Platform.Hosting;

namespace Anlauf.Rooms.Operation;

/// <summary>Checks an installation: exit 0 when everything is sound.</summary>
internal static class CheckCommand
{
    public static Command Build()
    {
        var data = new Option<string?>("--data") { Description = "Ordner für Datenbank und Dateien" };
        var json = new Option<bool>("--json") { Description = "Ein Objekt je Prüfung" };
        var command = new Command("check", "Prüft, ob die Datenbank in sich stimmt") { data, json };
        command.SetAction((p, ct) => Shell.RunAsSystemAsync(p.GetValue(data), Opening.Existing, async services =>
        {
            var findings = await services.GetRequiredService<Integrity>().RunAsync(ct);
            foreach (var f in findings) Console.WriteLine(p.GetValue(json) ? JsonSerializer.Serialize(new { check = f.Name, wrong = f.Wrong, ok = f.Wrong == 0 }, Shell.Json) : f.Wrong == 0 ? $"stimmt       {f.Name}" : $"stimmt nicht {f.Name}: {f.Wrong} Zeilen");
            return findings.All(f => f.Wrong == 0) ? 0 : 1;
        }, ct));
        return command;
    }
}
