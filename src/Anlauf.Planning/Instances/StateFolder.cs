using System.Text.Json;

namespace Anlauf.Planning.Instances;

/// <summary>One kind of problem in a problems.json.</summary>
/// <param name="Kind">value of "kind"</param>
/// <param name="Read">makes the task from the folder and the entry</param>
internal sealed record StateKind(string Kind, Func<StateFolder, StateEntry, PlanTask> Read);

/// <summary>One entry of "problems" in a problems.json; its readers refuse with file and field.</summary>
internal sealed record StateEntry(string Path, string Id, string Kind, JsonElement Json)
{
    public long Long(string field) => Json.TryGetProperty(field, out var value) ? Whole(value, field) : throw Refuse(field, WholeNeeded);

    public int Int(string field) => Long(field) is var value and >= int.MinValue and <= int.MaxValue
        ? (int)value
        : throw Refuse(field, "Die Zahl ist zu groß.");

    /// <summary>A list of whole numbers; empty when the field is missing.</summary>
    public IReadOnlyList<long> Longs(string field) => !Json.TryGetProperty(field, out var list) ? []
        : list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select((value, k) => Whole(value, $"{field}[{k}]"))]
        : throw Refuse(field, "Hier wird eine Liste gebraucht.");

    /// <summary>A refusal that names this entry.</summary>
    public PlanInputException Refuse(string field, string remedy) => new(Path, null, $"{Id}.{field}", remedy);

    private const string WholeNeeded = "Hier wird eine ganze Zahl gebraucht.";

    private long Whole(JsonElement value, string field) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : throw Refuse(field, WholeNeeded);
}

/// <summary>A municipality of the state family.</summary>
/// <param name="Id">number within the folder</param>
/// <param name="Name">name</param>
/// <param name="Kreis">key of the Kreis</param>
/// <param name="Population">inhabitants</param>
/// <param name="Position">centre</param>
/// <param name="OfficeCost">cost of an office, in the unit of the budget</param>
internal sealed record StateMunicipality(int Id, string Name, string Kreis, long Population, GeoPoint Position, long OfficeCost);

/// <summary>A folder of the state family; see SOURCES.md beside the data.</summary>
internal sealed class StateFolder
{
    private readonly Lazy<IReadOnlyList<StateMunicipality>> _municipalities;

    private StateFolder(string folder)
    {
        Folder = folder;
        _municipalities = new(ReadMunicipalities);
    }

    /// <summary>Path of the folder.</summary>
    public string Folder { get; }

    /// <summary>Rows of municipalities.csv in their order.</summary>
    public IReadOnlyList<StateMunicipality> Municipalities => _municipalities.Value;

    /// <summary>Another table of the folder.</summary>
    public CsvTable Table(string name) => CsvTable.Read(Path.Combine(Folder, name));

    /// <summary>All problems of the folder, or the one named.</summary>
    public static IEnumerable<PlanTask> ReadTasks(PlanInput input)
    {
        if (input.Files is not [var path])
            throw new PlanInputException("Die Familie „state“ braucht genau einen Ordner.");
        var folder = new StateFolder(path);
        var file = Path.Combine(path, "problems.json");
        var entries = ReadEntries(file);
        if (input.Problem is { } wanted && entries.All(e => e.Id != wanted))
            throw new PlanInputException(file, null, "id", $"Die Aufgabe „{wanted}“ gibt es hier nicht. Vorhanden: {string.Join(", ", entries.Select(e => e.Id))}.");
        return entries.Where(e => input.Problem is null || e.Id == input.Problem).Select(entry => PlanInputException.Within(file, () => Find(entry).Read(folder, entry)));
    }

    private static StateKind Find(StateEntry entry) =>
        ((IEnumerable<StateKind>)[.. Location.LocationFamilies.StateKinds, .. Assignment.AssignmentFamilies.StateKinds, .. Routes.RouteFamilies.StateKinds])
        .FirstOrDefault(kind => kind.Kind == entry.Kind)
        ?? throw new PlanInputException(entry.Path, null, $"{entry.Id}.kind", $"Die Art „{entry.Kind}“ ist unbekannt.");

    private static List<StateEntry> ReadEntries(string file)
    {
        try
        {
            return [.. JsonText.Read(file).GetProperty("problems").EnumerateArray().Select(e => new StateEntry(
                file, e.GetProperty("id").GetString() ?? "", e.GetProperty("kind").GetString() ?? "", e))];
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException)
        {
            throw new PlanInputException(file, null, "problems", "Erwartet wird ein Objekt mit einer Liste „problems“, deren Einträge „id“ und „kind“ tragen.");
        }
    }

    private List<StateMunicipality> ReadMunicipalities()
    {
        var rows = Table("municipalities.csv").Rows;
        var places = new List<StateMunicipality>(rows.Count);
        foreach (var row in rows)
        {
            var id = row.Int("id");
            if (id != places.Count) throw row.Refuse("id", $"Die Nummern müssen lückenlos von 0 steigen; erwartet ist {places.Count}.");
            places.Add(new(id, row.Text("name"), row.Text("kreis"), row.Long("population", 0),
                row.Point(), row.Long("office_cost", 0)));
        }
        return places.Count > 0 ? places : throw new PlanInputException(Path.Combine(Folder, "municipalities.csv"), null, null, "Die Tabelle enthält keine Orte.");
    }
}
