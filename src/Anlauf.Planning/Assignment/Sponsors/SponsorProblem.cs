using Anlauf.Planning.Assignment.Generalised;

namespace Anlauf.Planning.Assignment.Sponsors;

/// <summary>
/// Deputies × constituencies ("Betreuungswahlkreise"): every constituency gets one member, the inhabitants a member
/// cares for stay within a window, the sum of weighted travel is least. With <see cref="Connected"/> the constituencies
/// of each member form one connected, non-empty set.
/// </summary>
public sealed record SponsorProblem : PlanProblem
{
    /// <summary>Most constituencies when areas must be connected.</summary>
    public const int MostConnected = 128;

    /// <summary>Checks shapes and sizes.</summary>
    /// <param name="instance">name of the problem</param>
    /// <param name="members">number of members</param>
    /// <param name="population">inhabitants of each constituency</param>
    /// <param name="cost">cost of constituency v for member m, at m·n + v</param>
    /// <param name="minLoad">least inhabitants per member</param>
    /// <param name="maxLoad">most inhabitants per member</param>
    /// <param name="neighbours">pairs of constituencies with a common border; needed when connected</param>
    /// <param name="connected">the constituencies of a member must be connected</param>
    /// <param name="pins">member a constituency is pinned to, −1 for none; none means no pins</param>
    /// <exception cref="PlanInputException">a shape does not fit or a number is out of range</exception>
    public SponsorProblem(
        string instance, int members, long[] population, long[] cost, long minLoad, long maxLoad,
        IReadOnlyList<(int A, int B)> neighbours, bool connected, int[]? pins = null)
        : base(instance)
    {
        var n = population.Length;
        if (members < 1 || n < 1) throw new PlanInputException($"„{instance}“: Es braucht wenigstens eine Person und einen Wahlkreis.");
        if (members > 128) throw new PlanInputException($"„{instance}“: Höchstens 128 Abgeordnete sind möglich.");
        if (connected && n > MostConnected)
            throw new PlanInputException($"„{instance}“: Zusammenhängende Gebiete gehen bis {MostConnected} Wahlkreise, hier sind es {n}. Bitte das Land teilen oder ohne Zusammenhang planen.");
        for (var k = 0; k < neighbours.Count; k++)
            if (neighbours[k] is var (a, b) && (a < 0 || b < 0 || a >= n || b >= n)) throw PlanInputException.At($"neighbours[{k}]", $"„{instance}“: Die Nachbarschaft {a}–{b} nennt einen Wahlkreis, den es nicht gibt.");
        pins ??= [.. Enumerable.Repeat(-1, n)];
        if (pins.Length != n) throw PlanInputException.At("pins", $"„{instance}“: Feste Zuordnungen gibt es für {pins.Length} Wahlkreise, gebraucht werden {n}. Bitte −1 angeben, wo nichts fest ist.");
        if (Array.FindIndex(pins, pin => pin < -1 || pin >= members) is var wrong and >= 0)
            throw PlanInputException.At($"pins[{wrong}]", $"„{instance}“: Die feste Zuordnung von Wahlkreis {wrong + 1} nennt Abgeordnete, die es nicht gibt. Erlaubt sind −1 bis {members - 1}.");
        (Members, Population, Cost, MinLoad, MaxLoad, Neighbours, Connected, Pins) =
            (members, population, cost, GeneralisedAssignmentProblem.Within(minLoad), GeneralisedAssignmentProblem.Within(maxLoad), neighbours, connected, pins);
        var allowed = pins.All(pin => pin < 0) ? null : new bool[members * n];
        for (var k = 0; allowed is not null && k < allowed.Length; k++) allowed[k] = pins[k % n] < 0 || pins[k % n] == k / n;
        Relaxed = new(instance, members, n, cost, [.. Enumerable.Repeat(population, members).SelectMany(row => row)],
            [.. Enumerable.Repeat(MinLoad, members)], [.. Enumerable.Repeat(MaxLoad, members)], allowed);
    }

    /// <summary>Number of members.</summary>
    public int Members { get; }

    /// <summary>Number of constituencies.</summary>
    public int Constituencies => Population.Length;

    /// <summary>Inhabitants of each constituency.</summary>
    public long[] Population { get; }

    /// <summary>Cost at m·n + v.</summary>
    public long[] Cost { get; }

    /// <summary>Least inhabitants per member.</summary>
    public long MinLoad { get; }

    /// <summary>Most inhabitants per member.</summary>
    public long MaxLoad { get; }

    /// <summary>Pairs with a common border.</summary>
    public IReadOnlyList<(int A, int B)> Neighbours { get; }

    /// <summary>Each member's constituencies must be connected.</summary>
    public bool Connected { get; }

    /// <summary>Member a constituency is pinned to, or −1.</summary>
    public int[] Pins { get; }

    /// <summary>Tolerance in thousandths of the mean load the window was made from, or none.</summary>
    public int? TolerancePermille { get; init; }

    /// <summary>The problem without connectedness.</summary>
    public GeneralisedAssignmentProblem Relaxed { get; }

    /// <summary>Load window of a tolerance: mean load × (1 ± permille ÷ 1000), rounded inwards.</summary>
    public (long Min, long Max) Window(int permille)
    {
        Int128 total = 0;
        foreach (var inhabitants in Population) total += inhabitants;
        Int128 parts = 1000 * (Int128)Members;
        var low = total * Math.Max(0, 1000 - permille);
        return ((long)((low + parts - 1) / parts), (long)(total * (1000 + permille) / parts));
    }

    /// <summary>The same problem with the window of another tolerance.</summary>
    public SponsorProblem WithTolerance(int permille)
    {
        var (min, max) = Window(permille);
        return new(Instance, Members, Population, Cost, min, max, Neighbours, Connected, Pins) { TolerancePermille = permille };
    }
}
