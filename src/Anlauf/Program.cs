using System.CommandLine;
using Anlauf.Platform.Database;
using Anlauf.Rooms;

// Every command lives in the room that owns the capability.
var root = new RootCommand("Anlauf – vom Beschluss in die Fläche");
foreach (var command in RoomList.All.SelectMany(room => room.Commands())) root.Subcommands.Add(command);

try
{
    var parsed = root.Parse(args);
    if (parsed.Errors.Count == 0) return await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false });
    foreach (var error in parsed.Errors) Console.Error.WriteLine(error.Message);
    Console.Error.WriteLine("Hilfe: anlauf --help");
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
