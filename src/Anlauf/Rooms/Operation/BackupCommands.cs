using System.CommandLine;
using Anlauf.Platform.Database;
using Anlauf.Platform.Hosting;

namespace Anlauf.Rooms.Operation;

/// <summary>Backup and restore from the shell.</summary>
internal static class BackupCommands
{
    public static Command Backup()
    {
        var (file, data) = Arguments();
        var command = new Command("backup", "Sichert alles in eine Datei; der Betrieb läuft weiter") { file, data };
        command.SetAction(async (p, ct) =>
        {
            await using var installation = await OpenAsync(p.GetValue(data), ct);
            var (tables, rows) = await Operation.Backup.WriteAsync(installation.Connections.Owner, p.GetValue(file)!, ct);
            Console.WriteLine($"Gesichert: {rows:N0} Zeilen aus {tables} Tabellen in {p.GetValue(file)}");
            if (installation.Connections.KeyFile is { } keys) Console.WriteLine($"Nicht darin: die Schlüssel ({keys}). Verwahren Sie eine Kopie getrennt von der Sicherung; ohne sie bleiben verschlüsselte Angaben unlesbar.");
            return 0;
        });
        return command;
    }

    public static Command Restore()
    {
        var (file, data) = Arguments();
        var command = new Command("restore", "Spielt eine Sicherung in eine leere Installation ein") { file, data };
        command.SetAction(async (p, ct) =>
        {
            await using var installation = await OpenAsync(p.GetValue(data), ct);
            var outcome = await Operation.Backup.ReadAsync(installation.Connections.Owner, p.GetValue(file)!, ct);
            if (outcome.Done) Console.WriteLine($"Eingespielt: {outcome.Value.Rows:N0} Zeilen in {outcome.Value.Tables} Tabellen");
            else await Console.Error.WriteLineAsync(outcome.Refusal!.Message);
            return outcome.Done ? 0 : 1;
        });
        return command;
    }

    private static (Argument<string>, Option<string?>) Arguments() => (new("DATEI") { Description = "Datei der Sicherung" }, new("--data") { Description = "Ordner für Datenbank und Dateien" });

    private static async Task<Installation> OpenAsync(string? data, CancellationToken ct)
    {
        var installation = await Installation.OpenAsync(data, ct: ct);
        await Migrator.MigrateAsync(installation.Connections.Owner, Migrator.In(typeof(BackupCommands).Assembly), ct);
        return installation;
    }
}
