using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Anlauf.Elections.Seats;

namespace Anlauf.Rooms.Territory;

/// <summary><c>anlauf elections seats</c>: what votes are worth in seats, by any of the usual methods. Needs no database.</summary>
internal static class SeatsCommand
{
    private static readonly Dictionary<string, ApportionmentMethod> Methods = new(StringComparer.OrdinalIgnoreCase)
    {
        ["hare-niemeyer"] = ApportionmentMethod.LargestRemainder,
        ["sainte-lague"] = ApportionmentMethod.SainteLague,
        ["dhondt"] = ApportionmentMethod.DHondt,
        ["adams"] = ApportionmentMethod.Adams,
    };

    public static Command Build()
    {
        var method = new Option<string>("--method") { Description = string.Join(", ", Methods.Keys), Required = true };
        var votes = new Option<string[]>("--votes") { Description = "Liste=Stimmen, durch Komma getrennt: \"CDU=2190,SPD=4366\"", Required = true, AllowMultipleArgumentsPerToken = true };
        var seats = new Option<int>("--seats") { Description = "Sitze, die zu vergeben sind", Required = true };
        var majority = new Option<bool>("--majority-clause") { Description = "Mehr als die Hälfte der Stimmen gibt mehr als die Hälfte der Sitze (§ 39 Abs. 3 KWG LSA)" };
        var json = new Option<bool>("--json") { Description = "ein JSON-Objekt je Zeile" };
        var command = new Command("seats", "Verteilt Sitze nach Stimmen") { method, votes, seats, majority, json };
        command.SetAction((parsed, _) => PrintAsync(parsed.GetValue(method)!, parsed.GetValue(votes)!, parsed.GetValue(seats), parsed.GetValue(majority), parsed.GetValue(json)));
        return new Command("elections", "Rechnungen zu Wahlen") { command };
    }

    private static async Task<int> PrintAsync(string named, string[] stated, int seats, bool majority, bool json)
    {
        if (!Methods.TryGetValue(Plain(named), out var method)) return await Shell.RefuseAsync($"Ein Verfahren „{named}“ gibt es nicht. Zur Wahl stehen: {string.Join(", ", Methods.Keys)}");
        var votes = new List<(string, long)>();
        foreach (var entry in stated.SelectMany(s => s.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            if (entry.LastIndexOfAny(['=', ':']) is not (> 0 and var at) || !long.TryParse(entry[(at + 1)..].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > 1_000_000_000)
                return await Shell.RefuseAsync($"„{entry}“ in --votes ist nicht zu verstehen. Schreiben Sie Liste=Stimmen ohne Tausenderpunkte, zum Beispiel SPD=4366");
            votes.Add((entry[..at].Trim(), count));
        }
        try
        {
            var allocation = Apportionment.Allocate(votes, seats, method, majority);
            foreach (var list in allocation.Lists)
                Console.WriteLine(json ? JsonSerializer.Serialize(new { list.List, list.Votes, list.Seats, list.Lot }, Shell.Json)
                    : string.Create(CultureInfo.InvariantCulture, $"{list.List}\t{list.Votes}\t{list.Seats}{(list.Lot ? "\tnimmt am Los teil" : "")}"));
            var total = new { total = true, method = Plain(named).ToLowerInvariant(), seats, lotSeats = allocation.LotSeats, allocation.MajorityApplied };
            if (json) Console.WriteLine(JsonSerializer.Serialize(total, Shell.Json));
            else if (allocation.LotSeats > 0) Console.WriteLine(allocation.LotSeats == 1 ? "Über 1 Sitz entscheidet das Los" : $"Über {allocation.LotSeats} Sitze entscheidet das Los");
            return 0;
        }
        catch (ArgumentException refused)
        {
            return await Shell.RefuseAsync(refused.Message);
        }
    }

    /// <summary>„Sainte-Laguë“, „d'Hondt“, „Hare/Niemeyer“ as people write them.</summary>
    private static string Plain(string method) => method.Replace("ë", "e", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal).Replace("’", "", StringComparison.Ordinal).Replace('/', '-').Replace(' ', '-');
}
