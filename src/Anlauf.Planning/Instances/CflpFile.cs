using Anlauf.Planning.Capacitated;

namespace Anlauf.Planning.Instances;

/// <summary>
/// Reads OR-Library's capacitated facility location: <c>m n</c>, m lines <c>capacity fixed</c>, then per customer its
/// demand and m costs. In capa to capc the word "capacity" stands for the option <c>--capacity</c>.
/// </summary>
internal static class CflpFile
{
    public static CapacitatedProblem Read(string path, long? capacity)
    {
        var reader = new NumberReader(path);
        var sites = reader.NextInt("m", 1, 10_000);
        var customers = reader.NextInt("n", 1, 100_000);
        var capacities = new long[sites];
        var fixedCosts = new decimal[sites];
        var named = false;
        for (var i = 0; i < sites; i++)
        {
            (capacities[i], var word) = Capacity(reader, capacity);
            named |= word;
            fixedCosts[i] = reader.NextDecimal("fixed");
        }
        var demands = new long[customers];
        var costs = new decimal[sites * customers];
        for (var j = 0; j < customers; j++)
        {
            demands[j] = reader.NextLong("demand", 0);
            for (var i = 0; i < sites; i++) costs[i * customers + j] = reader.NextDecimal("cost");
        }
        if (!reader.AtEnd) throw reader.Refuse(null, "Nach dem letzten Kunden stehen noch Zahlen. Bitte die Kopfzeile prüfen.");
        var name = Path.GetFileNameWithoutExtension(path);
        return new CapacitatedProblem(named ? $"{name}_{capacity}" : name, capacities, fixedCosts, demands, costs);
    }

    private static (long Value, bool Word) Capacity(NumberReader reader, long? capacity)
    {
        var word = reader.NextWord("capacity").ToString();
        if (word == "capacity")
            return (capacity ?? throw reader.Refuse("capacity", "Diese Datei braucht die Option --capacity."), true);
        var single = new NumberReader(word, "");
        try
        {
            return (single.NextLong("capacity", 0), false);
        }
        catch (PlanInputException)
        {
            throw reader.Refuse("capacity", $"„{word}“ ist keine ganze Zahl ab 0.");
        }
    }
}
