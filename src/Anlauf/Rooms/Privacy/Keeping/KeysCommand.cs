using System.CommandLine;
using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Platform.Hosting;
using Anlauf.Platform.Secrets;

namespace Anlauf.Rooms.Privacy.Keeping;

/// <summary>Keys from the shell, beside the running server.</summary>
internal static class KeysCommand
{
    public static Command Build()
    {
        var data = new Option<string?>("--data") { Description = "Ordner für Datenbank und Dateien", Recursive = true };
        var list = new Command("list", "Zeigt, wo die Schlüssel liegen und mit welchem geschrieben wird");
        list.SetAction((p, ct) => RunAsync(p.GetValue(data), s => Task.FromResult<Outcome<string>>($"{s.GetRequiredService<KeyRing>().File}: Schlüssel {string.Join(", ", s.GetRequiredService<KeyRing>().Ids)}, geschrieben wird mit {s.GetRequiredService<KeyRing>().Current}"), ct));
        var rotate = new Command("rotate", "Legt einen neuen Schlüssel an; alte bleiben zum Lesen");
        rotate.SetAction((p, ct) => RunAsync(p.GetValue(data), async s => $"Geschrieben wird jetzt mit Schlüssel {await s.GetRequiredService<KeyRotation>().RotateAsync(ct)}. Sichern Sie die Schlüsseldatei, dann: anlauf keys reencrypt", ct));
        var reencrypt = new Command("reencrypt", "Schreibt alle verschlüsselten Werte mit dem neuen Schlüssel; der Betrieb läuft weiter");
        reencrypt.SetAction((p, ct) => RunAsync(p.GetValue(data), async s => $"{await s.GetRequiredService<KeyRotation>().ReencryptAsync(ct)} Werte neu geschrieben", ct));
        var number = new Argument<int>("NUMMER") { Description = "Nummer des Schlüssels" };
        var retire = new Command("retire", "Entfernt einen alten Schlüssel, mit dem nichts mehr geschrieben ist") { number };
        retire.SetAction((p, ct) => RunAsync(p.GetValue(data), async s =>
        {
            var outcome = await s.GetRequiredService<KeyRotation>().RetireAsync(p.GetValue(number), ct);
            return outcome.Done ? $"Schlüssel {outcome.Value} ist entfernt" : outcome.Refusal!;
        }, ct));
        return new Command("keys", "Schlüssel für verschlüsselte Angaben und die Unterschrift unter dem Protokoll") { data, list, rotate, reencrypt, retire };
    }

    private static async Task<int> RunAsync(string? data, Func<IServiceProvider, Task<Outcome<string>>> work, CancellationToken ct)
    {
        await using var installation = await Installation.OpenAsync(data, ct: ct);
        await using var services = AnlaufHost.Services(RoomList.All, installation.Connections);
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem();
        var outcome = await work(scope.ServiceProvider);
        if (outcome.Done) Console.WriteLine(outcome.Value);
        else await Console.Error.WriteLineAsync(outcome.Refusal!.Message);
        return outcome.Done ? 0 : 1;
    }
}
