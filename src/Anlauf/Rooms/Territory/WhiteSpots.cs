using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Anlauf.Elections.Results;
using Anlauf.Platform.Database;
using Anlauf.Platform.Hosting;

namespace Anlauf.Rooms.Territory;

/// <summary>A municipality where a list did not stand, with its people today.</summary>
/// <param name="Ags">Key on election day.</param>
/// <param name="Population">People of the newest directory that lists the key; 0 where none does.</param>
public sealed record WhiteSpot(string Ags, string Name, string? District, int Population);

/// <summary>Finds the municipalities without a list in an election (requirement J3).</summary>
public sealed class WhiteSpots(Db db)
{
    /// <summary>Ids and titles of the elections that were taken over, newest first.</summary>
    public Task<IReadOnlyList<(string Id, string Title)>> ElectionsAsync(CancellationToken ct = default) =>
        db.QueryAsync<(string, string)>("select id, title from territory.election order by day desc, id", ct: ct);

    /// <summary>Names of the lists of an election as in the source.</summary>
    public Task<IReadOnlyList<string>> ListsAsync(string election, CancellationToken ct = default) =>
        db.QueryAsync<string>("select list from territory.list_result where election_id = @election group by list order by min(position)", new { election }, ct);

    /// <summary>Municipalities where no list of that name stood, ordered by key.</summary>
    public async Task<IReadOnlyList<WhiteSpot>> FindAsync(string election, string party, CancellationToken ct = default)
    {
        var lists = (await ListsAsync(election, ct)).Where(l => PartyName.Same(l, party)).ToArray();
        return await db.QueryAsync<WhiteSpot>("""
            select r.ags, r.name, d.name as district, coalesce(m.population, 0) as population
            from territory.result r
            left join territory.municipality m on m.ags = r.ags
            left join territory.district d on d.key = left(r.ags, 5)
            where r.election_id = @election
              and not exists (select from territory.list_result l where l.election_id = r.election_id and l.ags = r.ags and l.stood and l.list = any (@lists))
            order by r.ags
            """, new { election, lists }, ct);
    }

    internal static Command BuildCommand()
    {
        var election = new Option<string>("--election") { Description = "Kennung der Wahl, zum Beispiel gr-sn-2024", Required = true };
        var party = new Option<string>("--party") { Description = "Name der Liste, zum Beispiel SPD", Required = true };
        var json = new Option<bool>("--json") { Description = "Ein JSON-Objekt je Zeile" };
        var data = new Option<string?>("--data") { Description = "Ordner für Datenbank und Dateien" };
        var command = new Command("white-spots", "Gemeinden ohne Liste, mit Einwohnerzahl") { election, party, json, data };
        command.SetAction((parsed, ct) => Shell.RunAsSystemAsync(parsed.GetValue(data), Opening.Existing, services =>
            PrintAsync(services, parsed.GetValue(election)!, parsed.GetValue(party)!, parsed.GetValue(json), ct), ct));
        return command;
    }

    private static async Task<int> PrintAsync(IServiceProvider services, string wanted, string party, bool json, CancellationToken ct)
    {
        var spots = services.GetRequiredService<WhiteSpots>();
        var elections = await spots.ElectionsAsync(ct);
        var election = elections.FirstOrDefault(e => e.Id.Equals(wanted, StringComparison.OrdinalIgnoreCase)).Id;
        if (election is null)
        {
            Console.Error.WriteLine($"Die Wahl „{wanted}“ ist nicht eingelesen. " + (elections.Count == 0
                ? "Es liegt noch keine Wahl vor; einlesen mit: anlauf import elections DATEI" : "Vorhanden: " + string.Join(", ", elections.Select(e => e.Id))));
            return 2;
        }
        var lists = await spots.ListsAsync(election, ct);
        if (!lists.Any(l => PartyName.Same(l, party)))
        {
            Console.Error.WriteLine($"Eine Liste „{party}“ gab es bei dieser Wahl nirgends. Vorhanden: {string.Join(", ", lists)}");
            return 2;
        }
        var found = await spots.FindAsync(election, party, ct);
        foreach (var spot in found)
            Console.WriteLine(json ? JsonSerializer.Serialize(spot, Shell.Json) : string.Create(CultureInfo.InvariantCulture, $"{spot.Ags}\t{spot.Name}\t{spot.Population}"));
        var total = new { total = true, election, party, municipalities = found.Count, population = found.Sum(s => s.Population) };
        Console.WriteLine(json ? JsonSerializer.Serialize(total, Shell.Json)
            : string.Create(CultureInfo.InvariantCulture, $"Zusammen\t{total.municipalities} Gemeinden\t{total.population}"));
        return 0;
    }
}
