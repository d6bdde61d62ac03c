using System.CommandLine;
using Anlauf.Platform.Audit;
using Anlauf.Platform.Database;
using Anlauf.Platform.Hosting;

namespace Anlauf.Rooms.Privacy.Log;

/// <summary>Checks the audit from the shell: exit 0 where every entry is as it was written.</summary>
internal static class AuditCommand
{
    public static Command Build()
    {
        var data = new Option<string?>("--data") { Description = "Ordner für Datenbank und Dateien", Recursive = true };
        var verify = new Command("verify", "Prüft, ob ein Eintrag entfernt, vertauscht oder verändert wurde");
        verify.SetAction(async (p, ct) =>
        {
            await using var installation = await Installation.OpenAsync(p.GetValue(data), ct: ct);
            await using var services = AnlaufHost.Services(RoomList.All, installation.Connections);
            await using var scope = services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem();
            var report = await scope.ServiceProvider.GetRequiredService<AuditVerification>().RunAsync(ct);
            foreach (var sentence in report.Wrong) Console.WriteLine(sentence);
            Console.WriteLine(report.Wrong.Count == 0 ? $"{report.Entries} Einträge geprüft, alle wie geschrieben" : $"{report.Entries} Einträge geprüft, {report.Wrong.Count} Abweichungen");
            return report.Wrong.Count == 0 ? 0 : 1;
        });
        return new Command("audit", "Protokoll der Zugriffe und Änderungen") { data, verify };
    }
}
