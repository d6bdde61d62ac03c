using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Anlauf.Elections;
using Anlauf.Platform.Database;
using Anlauf.Platform.Imports;

namespace Anlauf.Rooms.Territory;

/// <summary><c>anlauf import KIND FILE…</c>: kinds are whatever the rooms register as <see cref="IFileImport"/>.</summary>
internal static class ImportCommand
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Build()
    {
        var kind = new Argument<string>("KIND") { Description = "Art der Dateien, zum Beispiel municipalities, boundaries, elections, key-changes, postal-codes" };
        var files = new Argument<string[]>("FILE") { Description = "Dateien, nacheinander eingelesen", Arity = ArgumentArity.OneOrMore };
        var dryRun = new Option<bool>("--dry-run") { Description = "Nur prüfen und sagen, was geschähe" };
        var json = new Option<bool>("--json") { Description = "Ein JSON-Objekt je Datei auf die Standardausgabe" };
        var data = new Option<string?>("--data") { Description = "Ordner für Datenbank und Dateien" };
        var command = new Command("import", "Liest amtliche und eigene Dateien ein, jede ganz oder gar nicht") { kind, files, dryRun, json, data };
        command.SetAction((parsed, ct) => Shell.RunAsync(parsed.GetValue(data), services =>
            RunAsync(services, parsed.GetValue(kind)!, parsed.GetValue(files)!, parsed.GetValue(dryRun), parsed.GetValue(json), ct), ct));
        return command;
    }

    private static async Task<int> RunAsync(IServiceProvider services, string kind, string[] files, bool dryRun, bool json, CancellationToken ct)
    {
        var exit = 0;
        foreach (var file in files)
        {
            // one scope each: a file that is refused must not disturb the next one
            await using var scope = services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem();
            var known = scope.ServiceProvider.GetServices<IFileImport>().ToList();
            if (known.Find(i => i.Kind == kind) is not { } import)
            {
                Console.Error.WriteLine($"Die Art „{kind}“ gibt es nicht. Möglich sind:");
                foreach (var other in known.OrderBy(i => i.Kind, StringComparer.Ordinal)) Console.Error.WriteLine($"  {other.Kind,-16} {other.Description}");
                return 2;
            }
            var report = File.Exists(file) ? await import.RunAsync(file, dryRun, ct) : ImportReport.Refused([ImportProblem.OfFile("Diese Datei gibt es nicht. Bitte prüfen Sie den Pfad.")]);
            if (report.Rejected.Count > 0) exit = 2;
            Print(file, kind, report, json);
        }
        return exit;
    }

    private static void Print(string file, string kind, ImportReport report, bool json)
    {
        if (json)
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                file,
                kind,
                report.Read,
                report.Inserted,
                report.Updated,
                report.Unchanged,
                rejected = report.Rejected.Select(p => new { p.Line, p.Field, p.Message }),
            }, Json));
        else if (report.Rejected.Count == 0)
            Console.WriteLine($"{file}: {report.Read} gelesen, {report.Inserted} neu, {report.Updated} geändert, {report.Unchanged} unverändert{(report.DryRun ? " (Probelauf, nichts gespeichert)" : "")}");
        foreach (var problem in report.Rejected) Console.Error.WriteLine($"{file}: {problem}");
        if (report.Rejected.Count > 0) Console.Error.WriteLine($"{file}: nichts gespeichert.");
        foreach (var note in report.Notes ?? []) Console.Error.WriteLine($"{file}: {note}");
    }
}
