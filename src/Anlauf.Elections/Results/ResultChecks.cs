namespace Anlauf.Elections.Results;

/// <summary>Checks that hold for every result table.</summary>
internal static class ResultChecks
{
    /// <summary>Notes double municipalities, an empty table, and sums that do not add up.</summary>
    public static void Check(IReadOnlyCollection<MunicipalResult> results, List<ImportProblem> problems)
    {
        if (results.Count == 0)
            problems.Add(ImportProblem.OfFile("Die Tabelle enthält keine einzige Gemeinde."));
        foreach (var twice in results.GroupBy(r => r.Ags).Where(g => g.Count() > 1))
            problems.Add(new ImportProblem(twice.Last().Line, "Gemeindeschlüssel", $"{twice.Key} steht schon in Zeile {twice.First().Line}. Jede Gemeinde darf nur einmal vorkommen."));
        foreach (var result in results)
        {
            var sum = result.Lists.Sum(l => l.Votes ?? 0);
            if (sum != result.ValidVotes)
                problems.Add(new ImportProblem(result.Line, "gültige Stimmen", $"Die Stimmen der Listen ergeben {sum}, angegeben sind {result.ValidVotes} ({result.Name}). Vermutlich fehlt eine Spalte oder eine Zahl ist verändert."));
        }
    }
}
