using System.CommandLine;

// Every command lives in the room that owns the capability and returns itself from a static Build().
var root = new RootCommand("Anlauf – vom Beschluss in die Fläche");
root.Subcommands.Add(Anlauf.Rooms.Presence.PlanCommand.Build());
return await root.Parse(args).InvokeAsync();
