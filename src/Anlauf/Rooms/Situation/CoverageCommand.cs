using System.CommandLine;
using System.Text.Json;
using Anlauf.Platform.Database;
using Anlauf.Platform.Hosting;

namespace Anlauf.Rooms.Situation;

/// <summary><c>anlauf coverage</c>: goal, target, state and gap for each area.</summary>
internal static class CoverageCommand
{
    public static Command Build()
    {
        var goal = new Option<string?>("--goal") { Description = "Nummer oder Adresse des Ziels; ohne Angabe alle" };
        var json = new Option<bool>("--json") { Description = "ein JSON-Objekt je Zeile" };
        var data = new Option<string?>("--data") { Description = "Ordner für Datenbank und Dateien" };
        var command = new Command("coverage", "Ziele und Lücken nach Gebieten") { goal, json, data };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(goal), parsed.GetValue(json), parsed.GetValue(data), ct));
        return command;
    }

    private static async Task<int> RunAsync(string? wanted, bool json, string? data, CancellationToken ct)
    {
        await using var installation = await Installation.OpenAsync(data, ct: ct);
        await Migrator.MigrateAsync(installation.Connections.Owner, Migrator.In(typeof(AnlaufHost).Assembly), ct);
        await using var services = AnlaufHost.Services(RoomList.All, installation.Connections);
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem();
        var coverage = scope.ServiceProvider.GetRequiredService<Coverage>();
        var goals = await coverage.GoalsAsync(ct);
        if (wanted is not null) goals = [.. goals.Where(g => g.Slug == wanted || g.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) == wanted)];
        if (goals.Count == 0)
        {
            await Console.Error.WriteLineAsync(wanted is null ? "Es gibt noch kein Ziel." : $"Ein Ziel „{wanted}“ gibt es nicht. Ohne --goal erscheinen alle.");
            return wanted is null ? 0 : 2;
        }
        foreach (var goal in goals)
            foreach (var area in (await coverage.MeasureAsync(goal, ct: ct)).Areas)
                Console.WriteLine(json
                    ? JsonSerializer.Serialize(new { goal = goal.Slug, target = goal.Target, key = area.Key, name = area.Name, value = area.Value, gap = area.Gap, state = area.Standing.ToString(), assignee = area.Assignee, until = area.AssignedUntil }, JsonSerializerOptions.Web)
                    : $"{goal.Title,-40} {area.Key,-9} {area.Name,-34} Stand {area.Value?.ToString(Meetings.GermanText.Culture) ?? "–",6}  es fehlen {area.Gap?.ToString(Meetings.GermanText.Culture) ?? "–"}");
        return 0;
    }
}
