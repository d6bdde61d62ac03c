using System.CommandLine;
using Anlauf.Platform.Database;
using Anlauf.Platform.Hosting;

namespace Anlauf.Rooms.Operation;

/// <summary>Backup and restore from the shell. The file is looked at before a database is opened or made.</summary>
internal static class BackupCommands
{
    public static Command Backup()
    {
        var (file, data) = Arguments();
        var command = new Command("backup", "Sichert alles in eine Datei; der Betrieb läuft weiter") { file, data };
        command.SetAction(async (p, ct) =>
        {
            var target = p.GetValue(file)!;
            if (Directory.Exists(target)) return await Shell.RefuseAsync($"„{target}“ ist ein Ordner. Bitte nennen Sie eine Datei, zum Beispiel {Path.Combine(target, "anlauf.zip")}.");
            var folder = Path.GetDirectoryName(Path.GetFullPath(target))!;
            if (!Directory.Exists(folder)) return await Shell.RefuseAsync($"Den Ordner {folder} gibt es nicht. Bitte legen Sie ihn an oder nennen Sie einen anderen.");
            await using var installation = await OpenAsync(p.GetValue(data), Opening.Existing, ct);
            try
            {
                var (tables, rows) = await Operation.Backup.WriteAsync(installation.Connections.Owner, target, ct);
                Console.WriteLine($"Gesichert: {rows:N0} Zeilen aus {tables} Tabellen in {target}");
                if (installation.Connections.KeyFile is { } keys) Console.WriteLine($"Nicht darin: die Schlüssel ({keys}). Verwahren Sie eine Kopie getrennt von der Sicherung; ohne sie bleiben verschlüsselte Angaben unlesbar.");
                return 0;
            }
            catch (Exception e) when (e is UnauthorizedAccessException or IOException)
            {
                await Console.Error.WriteLineAsync($"Die Sicherung lässt sich nicht nach {target} schreiben. Bitte prüfen Sie Rechte und freien Platz ({e.Message}).");
                return 1;
            }
        });
        return command;
    }

    public static Command Restore()
    {
        var (file, data) = Arguments();
        var command = new Command("restore", "Spielt eine Sicherung in eine leere Installation ein") { file, data };
        command.SetAction(async (p, ct) =>
        {
            var source = p.GetValue(file)!;
            if (!File.Exists(source)) return await Shell.RefuseAsync($"Die Datei „{source}“ gibt es nicht. Bitte prüfen Sie den Pfad.");
            await using var installation = await OpenAsync(p.GetValue(data), Opening.Filling, ct);
            var outcome = await Operation.Backup.ReadAsync(installation.Connections.Owner, source, ct);
            if (outcome.Done) Console.WriteLine($"Eingespielt: {outcome.Value.Rows:N0} Zeilen in {outcome.Value.Tables} Tabellen");
            else await Console.Error.WriteLineAsync(outcome.Refusal!.Message);
            return outcome.Done ? 0 : 1;
        });
        return command;
    }

    private static (Argument<string>, Option<string?>) Arguments() => (new("DATEI") { Description = "Datei der Sicherung" }, new("--data") { Description = "Ordner für Datenbank und Dateien" });

    private static async Task<Installation> OpenAsync(string? data, Opening opening, CancellationToken ct)
    {
        var installation = await Installation.OpenAsync(data, opening, ct: ct);
        await Migrator.MigrateAsync(installation.Connections.Owner, ct);
        return installation;
    }
}
