namespace Anlauf.Elections.Seats;

/// <summary>How votes become seats.</summary>
public enum ApportionmentMethod
{
    /// <summary>Hare/Niemeyer: whole quotas first, then the largest remainders (§ 39 KWG LSA).</summary>
    LargestRemainder,
    /// <summary>Sainte-Laguë: highest quotients of votes and 1, 3, 5 … (§§ 21, 22 KomWG Sachsen since 2024).</summary>
    SainteLague,
    /// <summary>d'Hondt: highest quotients of votes and 1, 2, 3 … (Saxony until 2019).</summary>
    DHondt,
    /// <summary>Adams: as d'Hondt, beginning with 0, so that everybody with votes comes first; usual for delegates.</summary>
    Adams,
}

/// <summary>Seats of one list that are certain.</summary>
/// <param name="List">Name of the list.</param>
/// <param name="Votes">Its valid votes.</param>
/// <param name="Seats">Seats without those that a lot decides.</param>
/// <param name="Lot">True where the list takes part in the drawing of lots.</param>
public sealed record ListSeats(string List, long Votes, int Seats, bool Lot);

/// <summary>Outcome of an apportionment.</summary>
/// <param name="Lists">In the order given.</param>
/// <param name="LotSeats">Seats that a lot decides between the lists marked; 0 without a tie.</param>
/// <param name="MajorityApplied">True where the majority clause gave a list a seat it would not have had.</param>
public sealed record SeatAllocation(IReadOnlyList<ListSeats> Lists, int LotSeats, bool MajorityApplied);

/// <summary>Turns votes into seats, in whole numbers only: a tie is a tie and no rounding.</summary>
public static class Apportionment
{
    /// <summary>Most seats of one body; larger numbers are a slip of the pen.</summary>
    public const int MostSeats = 10_000;

    /// <summary>Allocates <paramref name="seats"/> seats.</summary>
    /// <param name="votes">Lists with their valid votes, names unique.</param>
    /// <param name="seats">Seats of the body, 1 to <see cref="MostSeats"/>.</param>
    /// <param name="method">Method of the law.</param>
    /// <param name="majorityClause">A list with more than half of the votes gets more than half of the seats (§ 39(3) KWG LSA).</param>
    /// <exception cref="ArgumentException">No list has votes, votes are negative, a name stands twice, the number of seats is out of range; the message is German.</exception>
    public static SeatAllocation Allocate(IReadOnlyList<(string List, long Votes)> votes, int seats, ApportionmentMethod method, bool majorityClause = false)
    {
        ArgumentNullException.ThrowIfNull(votes);
        Check(votes, seats);
        var total = votes.Sum(v => v.Votes);
        var plain = Distribute(votes, seats, method, null);
        var majority = majorityClause ? votes.ToList().FindIndex(v => v.Votes > total - v.Votes) : -1;
        if (majority < 0 || plain.Seats[majority] > seats / 2) return Result(votes, plain, false);
        return Result(votes, Distribute(votes, seats, method, (majority, (seats / 2) + 1)), true);
    }

    private sealed record Shares(int[] Seats, bool[] Lot, int LotSeats);

    private static SeatAllocation Result(IReadOnlyList<(string List, long Votes)> votes, Shares shares, bool majority) =>
        new([.. votes.Select((v, i) => new ListSeats(v.List, v.Votes, shares.Seats[i], shares.Lot[i]))], shares.LotSeats, majority);

    /// <param name="votes">Lists with votes.</param>
    /// <param name="seats">Seats.</param>
    /// <param name="method">Method.</param>
    /// <param name="settled">A list whose number of seats the majority clause settles; the others share the rest.</param>
    private static Shares Distribute(IReadOnlyList<(string List, long Votes)> votes, int seats, ApportionmentMethod method, (int List, int Seats)? settled)
    {
        var got = new int[votes.Count];
        Int128 total = votes.Sum(v => v.Votes);
        var open = Enumerable.Range(0, votes.Count).Where(i => votes[i].Votes > 0 && i != settled?.List).ToList();
        if (settled is { } fixedSeats) got[fixedSeats.List] = fixedSeats.Seats;
        if (method == ApportionmentMethod.LargestRemainder)
        {
            foreach (var i in open) got[i] = (int)(votes[i].Votes * (Int128)seats / total);
            // each list can get one seat for its remainder: the largest remainder first
            return Fill(got, seats, open, once: true, (a, b) => (votes[a].Votes * (Int128)seats % total).CompareTo(votes[b].Votes * (Int128)seats % total));
        }
        return Fill(got, seats, open, once: false, (a, b) => method switch
        {
            // v/(2s+1), v/(s+1), v/s compared without dividing
            ApportionmentMethod.SainteLague => (votes[a].Votes * (Int128)((2 * got[b]) + 1)).CompareTo(votes[b].Votes * (Int128)((2 * got[a]) + 1)),
            ApportionmentMethod.DHondt => (votes[a].Votes * (Int128)(got[b] + 1)).CompareTo(votes[b].Votes * (Int128)(got[a] + 1)),
            // a list without a seat comes before all others; among them the one with more votes
            _ when got[a] == 0 || got[b] == 0 => got[a] == got[b] ? votes[a].Votes.CompareTo(votes[b].Votes) : got[b].CompareTo(got[a]),
            _ => (votes[a].Votes * (Int128)got[b]).CompareTo(votes[b].Votes * (Int128)got[a]),
        });
    }

    /// <summary>Gives the seats left to the best claims one after the other; equal claims beyond the last seat go to the lot.</summary>
    private static Shares Fill(int[] got, int seats, List<int> open, bool once, Comparison<int> claim)
    {
        var lot = new bool[got.Length];
        for (var left = seats - got.Sum(); left > 0 && open.Count > 0;)
        {
            var best = open.Where(i => open.TrueForAll(j => claim(i, j) >= 0)).ToList();
            if (best.Count > left)
            {
                foreach (var i in best) lot[i] = true;
                return new(got, lot, left);
            }
            foreach (var i in best) got[i]++;
            left -= best.Count;
            if (once) open.RemoveAll(best.Contains);
        }
        return new(got, lot, 0);
    }

    private static void Check(IReadOnlyList<(string List, long Votes)> votes, int seats)
    {
        if (seats is < 1 or > MostSeats) throw new ArgumentException($"Zu vergeben sind 1 bis {MostSeats} Sitze, angegeben sind {seats}.");
        foreach (var (list, count) in votes)
            if (count < 0) throw new ArgumentException($"„{list}“ hat {count} Stimmen; Stimmen sind nie weniger als 0.");
        if (votes.GroupBy(v => v.List, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice) throw new ArgumentException($"„{twice.Key}“ steht zweimal da. Nennen Sie jede Liste einmal.");
        if (votes.All(v => v.Votes == 0)) throw new ArgumentException("Keine Liste hat Stimmen; ohne Stimmen gibt es nichts zu verteilen.");
    }
}
