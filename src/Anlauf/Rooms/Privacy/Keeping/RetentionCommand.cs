using System.CommandLine;
using Anlauf.Platform.Database;
using Anlauf.Platform.Hosting;

namespace Anlauf.Rooms.Privacy.Keeping;

/// <summary>Retention from the shell: what goes tomorrow, or the run itself.</summary>
internal static class RetentionCommand
{
    public static Command Build()
    {
        var data = new Option<string?>("--data") { Description = "Ordner für Datenbank und Dateien" };
        var run = new Option<bool>("--run") { Description = "Löscht, was heute fällig ist; ohne dies wird nur gezeigt, was morgen ginge" };
        var command = new Command("retention", "Aufbewahrungsfristen: Vorschau oder Lauf") { data, run };
        command.SetAction(async (p, ct) =>
        {
            await using var installation = await Installation.OpenAsync(p.GetValue(data), ct: ct);
            await using var services = AnlaufHost.Services(RoomList.All, installation.Connections);
            await using var scope = services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem();
            var retention = scope.ServiceProvider.GetRequiredService<Retention>();
            if (p.GetValue(run))
            {
                foreach (var (rule, table, rows) in await retention.RunAsync(ct)) Console.WriteLine($"{rule,-14} {table,-28} {rows} Zeilen");
                return 0;
            }
            foreach (var due in await retention.PreviewAsync(1, ct)) Console.WriteLine($"{due.First:dd.MM.yyyy}  {due.Rule}, {due.Title}: {due.Rows} Zeilen, {due.Outcome}{(due.PausedUntil is { } until ? $" (angehalten bis {until:dd.MM.yyyy})" : "")}");
            return 0;
        });
        return command;
    }
}
