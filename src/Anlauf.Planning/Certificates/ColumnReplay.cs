using System.Runtime.CompilerServices;
using Anlauf.Planning.Assignment.Sponsors;

namespace Anlauf.Planning.Certificates;

/// <summary>
/// Replays a <see cref="ColumnProof"/>: lists every (member, set) that a plan within the threshold could use under the
/// first multipliers, recomputes each bound, drops what exceeds the threshold, and accepts a node only if nothing is left
/// in it, all members of its constituency are treated as children, or trying everything finds nothing.
/// </summary>
internal sealed class ColumnReplay
{
    private const int MostColumns = 8_000_000;
    private const long MostTries = 50_000_000;
    private readonly SponsorProblem _problem;
    private readonly ColumnProof _proof;
    private readonly ProofReader _reader;
    private readonly long _limit;
    private long _tries;

    private sealed record Column(UInt128 Set, byte[] Areas, int Member, long Cost);

    private ColumnReplay(SponsorProblem problem, ColumnProof proof) =>
        (_problem, _proof, _reader, _limit) = (problem, proof, new(proof.Tree), proof.Threshold * proof.Scale);

    /// <summary>None when the proof holds, else a German sentence about what fails.</summary>
    public static string? Fault(SponsorProblem problem, ColumnProof proof)
    {
        if (problem.Connected || problem.Constituencies > 128 || proof.Tree is null) return "Der Beweis gehört zu einer anderen Art von Aufgabe.";
        var greatest = problem.Cost.Max(c => Math.Abs((decimal)c)) * problem.Constituencies;
        if (proof.Scale is < 1 or > 1 << 20 || (greatest + Math.Abs((decimal)proof.Threshold)) * proof.Scale > 1L << 56) return "Der Maßstab ist zu groß.";
        try
        {
            var replay = new ColumnReplay(problem, proof);
            return replay.Root() ?? (replay._reader.AtEnd ? null : "Hinter dem Baum stehen noch Daten.");
        }
        catch (Exception exception) when (exception is InvalidDataException or OverflowException or InsufficientExecutionStackException)
        {
            return "Der Baum des Nachweises ist nicht lesbar.";
        }
    }

    private string? Root()
    {
        var u = new long[_problem.Constituencies];
        if (_reader.Byte() != 1) throw new InvalidDataException();
        _reader.Multipliers(u, 1L << 50);
        var columns = List(u);
        return columns is null ? "Es gibt zu viele Möglichkeiten zum Nachrechnen." : Node(columns, u);
    }

    // sets whose price is at most the limit less the least prices of all other members
    private List<Column>? List(long[] u)
    {
        var lists = Enumerable.Range(0, _problem.Members).Select(m => new ColumnLister(_problem, m, u, _proof.Scale)).ToArray();
        if (lists.Any(list => list.Least == ColumnLister.Never)) return []; // a member without any set: no plan
        var bound = checked(u.Sum() + lists.Sum(list => list.Least));
        var columns = new List<Column>();
        foreach (var list in lists)
            if (!list.Below(checked(_limit - bound + list.Least), (set, areas, cost) => columns.Add(new(set, areas, list.Member, cost)), MostColumns - columns.Count)) return null;
        return columns;
    }

    private string? Node(List<Column> columns, long[] u)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var closed = false;
        var excess = Pass(ref columns, u, ref closed);
        for (; ; )
        {
            switch (_reader.Byte())
            {
                case 1:
                    _reader.Multipliers(u, 1L << 50);
                    excess = Pass(ref columns, u, ref closed);
                    continue;
                case 5:
                    var subsets = Subsets();
                    _reader.Multipliers(u, 1L << 50);
                    excess = Pass(ref columns, u, ref closed, subsets);
                    continue;
                case 2:
                    return Branches(columns, u, closed);
                case 3:
                    return closed ? null : "Ein Zweig wurde geschlossen, obwohl darin noch ein besserer Plan liegen könnte.";
                case 4:
                    return closed || NothingFits(columns, excess) ? null : "Ein Zweig enthält einen besseren Plan, oder er ist zu groß zum Nachrechnen.";
                default:
                    throw new InvalidDataException();
            }
        }
    }

    // three different rows and a price: of rows that hold exactly once, at most one column of a plan takes two of three
    private List<(UInt128 Areas, UInt128 Members, long Price)> Subsets()
    {
        var count = (int)_reader.Number(10_000);
        var subsets = new List<(UInt128, UInt128, long)>();
        for (var k = 0; k < count; k++)
        {
            UInt128 areas = 0, members = 0;
            for (var row = 0; row < 3; row++)
            {
                var number = (int)_reader.Number(_problem.Constituencies + _problem.Members - 1);
                if (number < _problem.Constituencies) areas |= UInt128.One << number;
                else members |= UInt128.One << (number - _problem.Constituencies);
            }
            if (UInt128.PopCount(areas) + UInt128.PopCount(members) != 3) throw new InvalidDataException();
            subsets.Add((areas, members, (long)_reader.Number(1L << 50)));
        }
        return subsets;
    }

    // bound and price of every column above its member's least; drops what is too dear
    private (long Bound, long[] Above) Pass(ref List<Column> columns, long[] u, ref bool closed, List<(UInt128 Areas, UInt128 Members, long Price)>? subsets = null)
    {
        if (closed) return default;
        var least = Enumerable.Repeat(long.MaxValue, _problem.Members).ToArray();
        var price = new long[columns.Count];
        for (var k = 0; k < price.Length; k++)
        {
            price[k] = columns[k].Cost;
            foreach (var v in columns[k].Areas) price[k] -= u[v];
            foreach (var (areas, members, charge) in subsets ?? [])
                if (UInt128.PopCount(columns[k].Set & areas) + ((members >> columns[k].Member) & 1) >= 2) price[k] += charge;
            least[columns[k].Member] = Math.Min(least[columns[k].Member], price[k]);
        }
        closed = least.Contains(long.MaxValue);
        var bound = closed ? 0 : checked(u.Sum() + least.Sum() - (subsets?.Sum(subset => subset.Price) ?? 0));
        closed |= bound > _limit;
        if (closed) return default;
        var (kept, above) = (new List<Column>(), new List<long>());
        for (var k = 0; k < price.Length; k++)
        {
            if (bound + price[k] - least[columns[k].Member] > _limit) continue;
            kept.Add(columns[k]);
            above.Add(price[k] - least[columns[k].Member]);
        }
        columns = kept;
        return (bound, [.. above]);
    }

    private string? Branches(List<Column> columns, long[] u, bool closed)
    {
        var area = (int)_reader.Number(_problem.Constituencies - 1);
        var children = (int)_reader.Number(_problem.Members);
        var seen = new HashSet<int>();
        for (var k = 0; k < children; k++)
        {
            var member = (int)_reader.Number(_problem.Members - 1);
            seen.Add(member);
            var fault = Node(closed ? [] : [.. columns.Where(c => ((c.Set >> area) & 1) == 1 == (c.Member == member))], [.. u]);
            if (fault is not null && !closed) return fault;
        }
        return closed || columns.All(c => ((c.Set >> area) & 1) == 0 || seen.Contains(c.Member)) ? null : "An einer Verzweigung fehlt eine Möglichkeit.";
    }

    private bool NothingFits(List<Column> columns, (long Bound, long[] Above) excess)
    {
        var all = _problem.Constituencies == 128 ? UInt128.MaxValue : (UInt128.One << _problem.Constituencies) - 1;
        return !CanFit([.. columns.Select((column, k) => (column, excess.Above[k])).OrderBy(pair => pair.Item2)], excess.Bound, 0, all, _problem.Members);
    }

    // one column per member left, each constituency once; with every column at its price above the least no plan costs less
    private bool CanFit((Column Column, long Above)[] open, long spent, long cost, UInt128 uncovered, int members)
    {
        if (members == 0) return uncovered == 0 && cost <= _limit;
        if (++_tries > MostTries) return true;
        var least = new long[_problem.Members];
        Array.Fill(least, long.MaxValue);
        foreach (var (column, above) in open) least[column.Member] = Math.Min(least[column.Member], above);
        var known = least.Where(l => l != long.MaxValue).ToArray();
        if (known.Length < members || spent + known.Sum() > _limit) return false;
        var spare = _limit - spent - known.Sum();
        open = [.. open.Where(pair => pair.Above - least[pair.Column.Member] <= spare)];
        var counts = new int[_problem.Constituencies];
        foreach (var (column, _) in open)
            foreach (var v in column.Areas) counts[v]++;
        var branch = Enumerable.Range(0, counts.Length).Where(v => ((uncovered >> v) & 1) == 1).MinBy(v => counts[v]);
        if (uncovered == 0) return false;
        foreach (var (column, above) in open)
            if (((column.Set >> branch) & 1) == 1
                && CanFit([.. open.Where(o => o.Column.Member != column.Member && (o.Column.Set & column.Set) == 0)], spent + above, cost + column.Cost, uncovered & ~column.Set, members - 1))
                return true;
        return false;
    }
}
