using System.CommandLine;
using Anlauf.Platform.Audit;
using Anlauf.Platform.Hosting;

namespace Anlauf.Rooms.Privacy.Log;

/// <summary>Checks the audit from the shell: exit 0 where every entry is as it was written.</summary>
internal static class AuditCommand
{
    public static Command Build()
    {
        var data = new Option<string?>("--data") { Description = "Ordner für Datenbank und Dateien", Recursive = true };
        var verify = new Command("verify", "Prüft, ob ein Eintrag entfernt, vertauscht oder verändert wurde");
        verify.SetAction((p, ct) => Shell.RunAsSystemAsync(p.GetValue(data), Opening.Existing, async services =>
        {
            var report = await services.GetRequiredService<AuditVerification>().RunAsync(ct);
            foreach (var sentence in report.Wrong) Console.WriteLine(sentence);
            Console.WriteLine(report.Wrong.Count == 0 ? $"{report.Entries} Einträge geprüft, alle wie geschrieben" : $"{report.Entries} Einträge geprüft, {report.Wrong.Count} Abweichungen");
            return report.Wrong.Count == 0 ? 0 : 1;
        }, ct));
        return new Command("audit", "Protokoll der Zugriffe und Änderungen") { data, verify };
    }
}
