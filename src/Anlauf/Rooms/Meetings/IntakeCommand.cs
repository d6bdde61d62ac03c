using System.CommandLine;
using Anlauf.Intake;
using Anlauf.Intake.Documents;

namespace Anlauf.Rooms.Meetings;

/// <summary><c>anlauf intake FILE…</c>: reads minutes, resolutions and motions without database or server.</summary>
public static class IntakeCommand
{
    private const int WrongUsage = 2;

    /// <summary>The command with its arguments and options.</summary>
    public static Command Build()
    {
        var files = new Argument<string[]>("DATEI") { Description = "Protokolle, Beschlüsse oder Anträge (txt, md, docx, odt, pdf)", Arity = ArgumentArity.OneOrMore };
        var json = new Option<bool>("--json") { Description = "ein JSON-Objekt je Zeile statt einer Übersicht" };
        var jobs = new Option<int>("--jobs") { Description = "so viele Dateien gleichzeitig lesen", DefaultValueFactory = _ => 1 };
        var command = new Command("intake", "Protokolle, Beschlüsse und Anträge lesen") { files, json, jobs };
        command.SetAction((parsed, _) => Task.FromResult(Run(parsed.GetValue(files)!, parsed.GetValue(json), parsed.GetValue(jobs), Console.Out, Console.Error)));
        return command;
    }

    /// <summary>Reads the files and prints them in the order given; 1 where one could not be read.</summary>
    internal static int Run(IReadOnlyList<string> files, bool json, int jobs, TextWriter output, TextWriter errors)
    {
        if (jobs is < 1 or > 64)
        {
            errors.WriteLine("--jobs: bitte eine Zahl von 1 bis 64 angeben.");
            return WrongUsage;
        }
        var failed = false;
        // AsOrdered keeps the order of the files, whichever is read first; the buffer is bounded by the number of jobs
        foreach (var (file, text, error) in files.AsParallel().AsOrdered().WithDegreeOfParallelism(jobs).WithMergeOptions(ParallelMergeOptions.NotBuffered).Select(f => Read(f, json)))
        {
            if (text is not null) output.WriteLine(text);
            if (error is null) continue;
            failed = true;
            if (json) output.WriteLine(RecordJson.Error(file, error));
            errors.WriteLine($"{file}: {error}");
        }
        return failed ? 1 : 0;
    }

    private static (string File, string? Text, string? Error) Read(string file, bool json)
    {
        if (Directory.Exists(file)) return (file, null, $"Das ist ein Ordner. Bitte nennen Sie die Dateien darin, zum Beispiel {Path.Combine(file, "*.pdf")}.");
        try
        {
            var record = IntakeReader.Read(DocumentReader.Read(file, File.ReadAllBytes(file)));
            return (file, json ? RecordJson.Write(record, file) : RecordSummary.Of(record), null);
        }
        catch (UnreadableDocumentException e) { return (file, null, e.Message); }
        catch (FileNotFoundException) { return (file, null, "Die Datei gibt es nicht. Bitte prüfen Sie den Pfad."); }
        catch (DirectoryNotFoundException) { return (file, null, "Den Ordner gibt es nicht. Bitte prüfen Sie den Pfad."); }
        catch (UnauthorizedAccessException) { return (file, null, "Die Datei darf nicht gelesen werden. Bitte prüfen Sie die Rechte."); }
        catch (IOException e) { return (file, null, $"Die Datei konnte nicht gelesen werden: {e.Message}"); }
    }
}
