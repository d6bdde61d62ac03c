using System.CommandLine;
using System.Globalization;
using Anlauf.Platform.Database;
using Anlauf.Platform.Hosting;
using Anlauf.Rooms;

// help and errors of the command line are German, whatever the machine speaks
CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de-DE");
// Every command lives in the room that owns the capability.
var root = new RootCommand("Anlauf – vom Beschluss in die Fläche");
foreach (var command in RoomList.All.SelectMany(room => room.Commands())) root.Subcommands.Add(command);
GermanHelp.Use(root);

try
{
    var parsed = root.Parse(args);
    if (parsed.Errors.Count == 0) return await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false });
    foreach (var sentence in UsageErrors.In(parsed)) Console.Error.WriteLine(sentence);
    Console.Error.WriteLine($"Hilfe: {NameOf(parsed.CommandResult)} --help");
    return 2;
}
catch (NoInstallationException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
catch (DatabaseUnavailableException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
catch (Exception e) when (e is not OperationCanceledException && Environment.GetEnvironmentVariable("ANLAUF_DEBUG") is null)
{
    Console.Error.WriteLine($"Unerwarteter Fehler: {e.Message} (mit ANLAUF_DEBUG=1 erscheinen die Einzelheiten)");
    return 1;
}

static string NameOf(System.CommandLine.Parsing.CommandResult command) => command.Parent is System.CommandLine.Parsing.CommandResult above ? $"{NameOf(above)} {command.Command.Name}" : "anlauf";
