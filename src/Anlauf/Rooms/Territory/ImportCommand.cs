using System.CommandLine;
using System.Text.Json;
using Anlauf.Elections;
using Anlauf.Platform.Database;
using Anlauf.Platform.Hosting;
using Anlauf.Platform.Imports;

namespace Anlauf.Rooms.Territory;

/// <summary><c>anlauf import KIND FILE…</c>: kinds are whatever the rooms register as <see cref="IFileImport"/>.</summary>
internal static class ImportCommand
{
    public static Command Build()
    {
        var kind = new Argument<string>("KIND") { Description = "Art der Dateien, zum Beispiel municipalities, boundaries, elections, key-changes, postal-codes, members" };
        var files = new Argument<string[]>("FILE") { Description = "Dateien, nacheinander eingelesen", Arity = ArgumentArity.OneOrMore };
        var dryRun = new Option<bool>("--dry-run") { Description = "Nur prüfen und sagen, was geschähe" };
        var json = new Option<bool>("--json") { Description = "Ein JSON-Objekt je Datei auf die Standardausgabe" };
        var data = new Option<string?>("--data") { Description = "Ordner für Datenbank und Dateien" };
        var command = new Command("import", "Liest amtliche und eigene Dateien ein, jede ganz oder gar nicht") { kind, files, dryRun, json, data };
        command.SetAction(async (parsed, ct) =>
        {
            var (wanted, named, asJson) = (parsed.GetValue(kind)!, parsed.GetValue(files)!, parsed.GetValue(json));
            // said before a database is opened, or even made
            if (await UnknownKindAsync(wanted) is { } unknown) return await Shell.RefuseAsync(unknown);
            if (!Array.Exists(named, File.Exists))
            {
                foreach (var file in named) Print(file, wanted, NoSuchFile(file), asJson);
                return Shell.WrongUsage;
            }
            return await Shell.RunAsync(parsed.GetValue(data), Opening.Filling, services => RunAsync(services, wanted, named, parsed.GetValue(dryRun), asJson, ct), ct);
        });
        return command;
    }

    private static ImportReport NoSuchFile(string file) => ImportReport.Refused([ImportProblem.OfFile(
        Directory.Exists(file) ? "Das ist ein Ordner. Bitte nennen Sie die Dateien darin." : "Diese Datei gibt es nicht. Bitte prüfen Sie den Pfad.")]);

    private static async Task<string?> UnknownKindAsync(string kind)
    {
        // the rooms are asked for their kinds only: nothing connects to this address
        await using var services = AnlaufHost.Services(RoomList.All, new DatabaseConnections("Host=none", "Host=none"));
        await using var scope = services.CreateAsyncScope();
        var known = scope.ServiceProvider.GetServices<IFileImport>().OrderBy(i => i.Kind, StringComparer.Ordinal).ToList();
        return known.Exists(i => i.Kind == kind) ? null
            : string.Join(Environment.NewLine, known.Select(k => $"  {k.Kind,-16} {k.Description}").Prepend($"Die Art „{kind}“ gibt es nicht. Möglich sind:"));
    }

    private static async Task<int> RunAsync(IServiceProvider services, string kind, string[] files, bool dryRun, bool json, CancellationToken ct)
    {
        var exit = 0;
        foreach (var file in files)
        {
            // one scope each: a file that is refused must not disturb the next one
            await using var scope = services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem();
            var import = scope.ServiceProvider.GetServices<IFileImport>().First(i => i.Kind == kind);
            var report = File.Exists(file) ? await import.RunAsync(file, dryRun, ct) : NoSuchFile(file);
            if (report.Rejected.Count > 0) exit = Shell.WrongUsage;
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
            }, Shell.Json));
        else if (report.Rejected.Count == 0)
            Console.WriteLine($"{file}: {report.Read} gelesen, {report.Inserted} neu, {report.Updated} geändert, {report.Unchanged} unverändert{(report.DryRun ? " (Probelauf, nichts gespeichert)" : "")}");
        foreach (var problem in report.Rejected) Console.Error.WriteLine($"{file}: {problem}");
        if (report.Rejected.Count > 0) Console.Error.WriteLine($"{file}: nichts gespeichert.");
        foreach (var note in report.Notes ?? []) Console.Error.WriteLine($"{file}: {note}");
    }
}
