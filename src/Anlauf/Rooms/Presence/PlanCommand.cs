using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Anlauf.Planning;
using Anlauf.Planning.Assignment.Sponsors;
using Anlauf.Planning.Certificates;
using Anlauf.Planning.Instances;

namespace Anlauf.Rooms.Presence;

/// <summary><c>anlauf plan</c>: solves planning problems with proof; <c>anlauf plan check</c> verifies a proof.</summary>
internal static class PlanCommand
{
    // no separators of thousands: „0,5“ would be 5
    private const NumberStyles Written = NumberStyles.Float;

    private static readonly CultureInfo Culture = CultureInfo.GetCultureInfo("de-DE");

    // null values are printed: readers of the lines rely on every field
    private static readonly JsonSerializerOptions LineOptions = new(CertificateJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.Never };

    public static Command Build()
    {
        var family = new Argument<string>("FAMILY") { Description = "Familie: " + string.Join(", ", PlanFamilies.All.Select(f => f.Name)) };
        var files = new Argument<string[]>("FILE") { Description = "Dateien oder Ordner der Aufgabe", Arity = ArgumentArity.OneOrMore };
        var problem = new Option<string?>("--problem") { Description = "nur diese Aufgabe" };
        var time = new Option<double?>("--time") { Description = "Zeitgrenze in Sekunden (sonst 60, mit --iterations keine)", CustomParser = given => Number<double>(given, text => double.TryParse(text, Written, CultureInfo.InvariantCulture, out var value) ? value : null) };
        var iterations = new Option<long?>("--iterations") { Description = "Grenze in Schritten: gleiche Eingabe, gleiches Ergebnis" };
        var seed = new Option<ulong>("--seed") { Description = "Startwert des Zufalls", DefaultValueFactory = _ => 1 };
        var threads = new Option<int>("--threads") { Description = "Zahl der Rechenkerne; 0: so viele, wie da sind, höchstens vier" };
        var certificate = new Option<string?>("--certificate") { Description = "Nachweis in diese Datei schreiben" };
        var radius = new Option<decimal?>("--radius") { Description = "Radius (mclp)", CustomParser = given => Number<decimal>(given, text => decimal.TryParse(text, Written, CultureInfo.InvariantCulture, out var value) ? value : null) };
        var sites = new Option<int?>("--p") { Description = "Zahl der Standorte (mclp)" };
        var capacity = new Option<long?>("--capacity") { Description = "Kapazität (cflp, Dateien capa bis capc)" };
        var json = new Option<bool>("--json") { Description = "ein JSON-Objekt je Zeile" };
        var command = new Command("plan", "Präsenz planen: beste Antwort mit bewiesener Schranke")
        {
            family, files, problem, time, iterations, seed, threads, certificate, radius, sites, capacity, json,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Guard(() => Solve(
            parsed.GetRequiredValue(family),
            new PlanInput(parsed.GetRequiredValue(files))
            {
                Problem = parsed.GetValue(problem),
                Radius = parsed.GetValue(radius),
                Sites = parsed.GetValue(sites),
                Capacity = parsed.GetValue(capacity),
            },
            new SearchLimits
            {
                Time = TimeLimit(parsed.GetValue(time), parsed.GetValue(iterations)),
                Iterations = parsed.GetValue(iterations) is < 1 ? throw new PlanInputException("--iterations muss wenigstens 1 sein.") : parsed.GetValue(iterations),
                Seed = parsed.GetValue(seed),
                Threads = parsed.GetValue(threads) < 0 ? throw new PlanInputException("--threads muss eine Zahl ab 1 sein, oder 0 für alle Rechenkerne.") : parsed.GetValue(threads),
                Cancellation = cancellation,
                Progress = new PlanProgressLines(Console.Error),
            },
            parsed.GetValue(certificate),
            parsed.GetValue(json)))));
        command.Subcommands.Add(BuildCheck());
        return command;
    }

    private static Command BuildCheck()
    {
        var file = new Argument<string>("CERTIFICATE") { Description = "Nachweis aus „plan … --certificate“" };
        var json = new Option<bool>("--json") { Description = "ein JSON-Objekt je Zeile" };
        var command = new Command("check", "Nachweis unabhängig prüfen") { file, json };
        command.SetAction(parsed => Guard(() => Check(parsed.GetRequiredValue(file), parsed.GetValue(json))));
        return command;
    }

    private static T? Number<T>(ArgumentResult given, Func<string, T?> parse) where T : struct
    {
        var text = given.Tokens.Count == 1 ? given.Tokens[0].Value : "";
        if (parse(text) is { } value) return value;
        given.AddError($"„{text}“ ist hier keine Zahl. Bitte mit Punkt schreiben, zum Beispiel 0.5.");
        return null;
    }

    private static void Refuse(string family, PlanInput input)
    {
        if (input.Files.FirstOrDefault(file => file.StartsWith("--", StringComparison.Ordinal)) is { } option)
            throw new PlanInputException($"Die Option „{option}“ gibt es nicht. „anlauf plan --help“ nennt alle.");
        if (family != "mclp" && (input.Radius is not null || input.Sites is not null))
            throw new PlanInputException("--radius und --p gelten nur für die Familie mclp. Bitte weglassen.");
        if (family != "cflp" && input.Capacity is not null)
            throw new PlanInputException("--capacity gilt nur für die Familie cflp. Bitte weglassen.");
        if (input.Files.FirstOrDefault(file => !File.Exists(file) && !Directory.Exists(file)) is { } missing)
            throw new PlanInputException(missing, null, null, "Die Datei lässt sich nicht lesen. Bitte Pfad und Rechte prüfen.");
    }

    private static TimeSpan TimeLimit(double? seconds, long? iterations) => seconds switch
    {
        { } given when !(given > 0 && given < 1e8) => throw new PlanInputException("--time muss eine positive Zahl von Sekunden sein."),
        { } given => TimeSpan.FromSeconds(given),
        null when iterations is not null => Timeout.InfiniteTimeSpan,
        null => TimeSpan.FromSeconds(60),
    };

    private static int Solve(string familyName, PlanInput input, SearchLimits limits, string? certificatePath, bool json)
    {
        PlanFamilies.Find(familyName);
        Refuse(familyName, input);
        // a file that cannot be written is better known before an hour of search than after; what is in it stays until there is a proof
        using var file = certificatePath is null ? null : new FileStream(certificatePath, FileMode.OpenOrCreate, FileAccess.Write);
        try
        {
            var certificates = new Dictionary<string, Certificate?>(StringComparer.Ordinal);
            PlanInputException? refusal = null;
            using var tasks = PlanFamilies.Read(familyName, input).GetEnumerator();
            while (Next(tasks, ref refusal) is { } task)
            {
                if (!certificates.TryAdd(task.Problem.Instance, null))
                {
                    refusal = new PlanInputException($"Zwei Aufgaben heißen „{task.Problem.Instance}“. Bitte eine umbenennen, damit ihre Nachweise zu unterscheiden sind.");
                    break;
                }
                Rehearsal.Before(task.Problem);
                var result = task.Solve(limits);
                if (file is not null && result.Certificate is { } proof)
                    certificates[task.Problem.Instance] = proof with { Problem = ProblemReference.Of(familyName, input) };
                Console.WriteLine(json ? Line(result) : Sentence(result));
            }
            // what is proven is kept, also where a later problem cannot be read
            if (file is not null && (refusal is null || certificates.Count > 0))
            {
                var texts = certificates.Values.OfType<Certificate>().Select(CertificateJson.Write).ToArray();
                if (file.CanSeek) file.SetLength(0);
                file.Write(Encoding.UTF8.GetBytes(texts is [var one] ? one : $"[{string.Join(",\n", texts)}]"));
            }
            return refusal is null ? 0 : throw refusal;
        }
        finally
        {
            var isEmpty = file is { CanSeek: true, Length: 0 };
            file?.Dispose();
            if (isEmpty) File.Delete(certificatePath!);
        }
    }

    private static PlanTask? Next(IEnumerator<PlanTask> tasks, ref PlanInputException? refusal)
    {
        try
        {
            return tasks.MoveNext() ? tasks.Current : null;
        }
        catch (PlanInputException unreadable)
        {
            refusal = unreadable;
            return null;
        }
    }

    private static int Check(string path, bool json)
    {
        var text = File.Exists(path) ? File.ReadAllText(path)
            : throw new PlanInputException(path, null, null, "Die Datei gibt es nicht. Bitte den Pfad prüfen.");
        var allOk = true;
        foreach (var certificate in CertificateJson.Read(text, path))
        {
            var result = CertificateChecker.Check(certificate);
            allOk &= result.Ok;
            Console.WriteLine(json
                ? JsonSerializer.Serialize(new { result.Instance, result.Feasible, result.Objective, result.Bound, result.Ok }, LineOptions)
                : $"{result.Instance}: {result.Sentence}");
            if (result.Reason is { } reason) Console.Error.WriteLine($"{result.Instance}: {reason}");
        }
        return allOk ? 0 : 1;
    }

    private static string Line(PlanResult result) => JsonSerializer.Serialize(
        new { result.Instance, result.Objective, result.Bound, result.Gap, result.Status, result.Seconds, result.Solution }, LineOptions);

    private static string Sentence(PlanResult result)
    {
        FormattableString text;
        switch (result.Status)
        {
            case PlanStatus.Optimal:
                text = $"{result.Instance}: {result.Objective:#,0.###}, nachweislich der beste Plan ({result.Seconds:0.000} s)";
                break;
            case PlanStatus.Feasible:
                text = $"{result.Instance}: {result.Objective:#,0.###}, Schranke {result.Bound:#,0.###}, Abstand {100 * result.Gap:0.00} % ({result.Seconds:0.000} s)";
                break;
            case PlanStatus.Infeasible:
                text = $"{result.Instance}: {(result.Solution as SponsorRefusal)?.Reason ?? "Kein Plan hält alle Vorgaben ein, das ist bewiesen."} ({result.Seconds:0.000} s)";
                break;
            default:
                text = $"{result.Instance}: In der Zeit wurde kein Plan gefunden ({result.Seconds:0.000} s)";
                break;
        }
        return text.ToString(Culture);
    }

    private static int Guard(Func<int> work)
    {
        try
        {
            return work();
        }
        catch (PlanInputException refusal)
        {
            Console.Error.WriteLine(refusal.Message);
            return 2;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"Das Schreiben ist gescheitert: {exception.Message}");
            return 1;
        }
    }
}
