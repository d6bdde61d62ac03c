namespace Anlauf.Planning.Location;

/// <summary>A row of a <see cref="CoverProgram"/> in numbers that other programs of the problem know.</summary>
/// <param name="Client">client of the problem; below 0 the kind of another row</param>
/// <param name="Cost">scaled cost of the dearest site the row holds; of a group its index</param>
internal readonly record struct RowName(int Client, long Cost)
{
    /// <summary>Kinds of rows that belong to no client.</summary>
    public const int Group = -1, Fewest = -2, Most = -3, Budget = -4;
}

/// <summary>
/// What an optimal basis looked like: the sites partly open and the rows held tight, in numbers of the problem. The relaxation of
/// another core of it, or of a problem that changed a little, begins there instead of from nothing.
/// </summary>
/// <param name="Sites">sites of the problem</param>
/// <param name="Rows">tight rows</param>
/// <param name="Multipliers">one a client of the problem, scaled: which steps carry their full height</param>
internal sealed record BasisSketch(int[] Sites, RowName[] Rows, long[] Multipliers)
{
    /// <summary>The multipliers of the clients of a core.</summary>
    public long[] For(LocationCore core)
    {
        var multipliers = new long[core.Clients];
        for (var j = 0; j < core.Clients; j++)
        {
            for (var k = core.MemberStart[j]; k < core.MemberStart[j + 1]; k++) multipliers[j] += Multipliers[core.Members[k]];
            multipliers[j] = Math.Clamp(multipliers[j], core.PairCost[core.Start[j]], core.Ceiling[j]);
        }
        return multipliers;
    }
}
