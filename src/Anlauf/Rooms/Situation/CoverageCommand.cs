using System.CommandLine;
using System.Text.Json;
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
        command.SetAction((parsed, ct) => Shell.RunAsSystemAsync(parsed.GetValue(data), Opening.Existing, services =>
            RunAsync(services, parsed.GetValue(goal), parsed.GetValue(json), ct), ct));
        return command;
    }

    private static async Task<int> RunAsync(IServiceProvider services, string? wanted, bool json, CancellationToken ct)
    {
        var coverage = services.GetRequiredService<Coverage>();
        await services.GetRequiredService<IndicatorRefresh>().RunAsync(ct: ct);
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
                    ? JsonSerializer.Serialize(new { goal = goal.Slug, target = Plain(goal.Target), key = area.Key, name = area.Name, value = Plain(area.Value), gap = Plain(area.Gap), state = area.Standing.ToString(), assignee = area.Assignee, until = area.AssignedUntil }, Shell.Json)
                    : $"{goal.Title,-40} {area.Key,-9} {area.Name,-34} Stand {Plain(area.Value)?.ToString(Meetings.GermanText.Culture) ?? "–",6}  es fehlen {Plain(area.Gap)?.ToString(Meetings.GermanText.Culture) ?? "–"}");
        return 0;
    }

    /// <summary>A number without the zeros that the database's scale hangs on: 2, not 2,00.</summary>
    private static decimal? Plain(decimal? number) => number / 1.0000000000000000000000000000m;
}
