using System.Runtime.CompilerServices;

namespace Anlauf.Planning.Assignment.Sponsors;

/// <summary>
/// The Lagrangian bound of set partitioning over live columns in whole numbers: L(u, σ) = Σ u − Σ σ + Σ_m min (c − u(S) + the
/// prices σ of the subset rows the column counts in). Many columns are divided among threads.
/// </summary>
internal sealed class ColumnPrices(SponsorProblem problem, ColumnList columns, int workers)
{
    private const long None = 1L << 58;
    private const int Piece = 4096;

    /// <summary>So many columns are worth other threads.</summary>
    public const int Many = 4 * Piece;

    private readonly List<(int Member, int From, int To)> _pieces = [];
    private long[] _leastOf = [];

    /// <summary>Prices of the live columns after an evaluation, in their order.</summary>
    public long[] Prices { get; } = new long[columns.Count];

    /// <summary>Least price of each member after an evaluation.</summary>
    public long[] Least { get; } = new long[problem.Members];

    /// <summary>L(u, σ), scaled; very large when some member has no column left.</summary>
    public long Evaluate(long[] u, int[] live, int[] memberStart, IReadOnlyList<(SubsetRow Row, long Price)>? subsets = null)
    {
        columns.Prepare(u, memberStart[^1]);
        Divide(memberStart);
        Division.For(memberStart[^1] < Many ? 1 : workers, _pieces.Count, piece => Evaluate(piece, live, subsets ?? []));
        Array.Fill(Least, long.MaxValue);
        for (var piece = 0; piece < _pieces.Count; piece++)
            Least[_pieces[piece].Member] = Math.Min(Least[_pieces[piece].Member], _leastOf[piece]);
        long bound = 0;
        foreach (var (_, price) in subsets ?? []) bound -= price;
        foreach (var least in Least)
        {
            if (least == long.MaxValue) return None;
            bound += least;
        }
        foreach (var multiplier in u) bound += multiplier;
        return bound;
    }

    private void Divide(int[] memberStart)
    {
        _pieces.Clear();
        for (var m = 0; m < problem.Members; m++)
            for (var from = memberStart[m]; from < memberStart[m + 1]; from += Piece) _pieces.Add((m, from, Math.Min(from + Piece, memberStart[m + 1])));
        if (_leastOf.Length < _pieces.Count) _leastOf = new long[_pieces.Count];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Evaluate(int piece, int[] live, IReadOnlyList<(SubsetRow Row, long Price)> subsets)
    {
        var (member, from, to) = _pieces[piece];
        columns.Price(live.AsSpan(from, to - from), Prices.AsSpan(from, to - from));
        columns.Charge(live, member, from, to, subsets, Prices);
        var least = long.MaxValue;
        for (var k = from; k < to; k++) least = Math.Min(least, Prices[k]);
        _leastOf[piece] = least;
    }
}
