using Anlauf.Planning.Assignment.Sponsors;

namespace Anlauf.Planning.Assignment.Generalised;

/// <summary>
/// Writes the tree of a search as bytes, in preorder. A node is any number of passes and then one end:
/// <list type="bullet">
/// <item>1, changes: set the multipliers (changes against those of the path so far), compute the bound and drop every
/// pair whose bound exceeds the threshold;</item>
/// <item>2, job, number of children, then per child its agent and its node: the job goes to one of these agents;</item>
/// <item>3: nothing is left here;</item>
/// <item>4: trying everything that is left finds nothing (lists of columns only);</item>
/// <item>5, number of subset rows, per row its three rows and its price, then a pass as in 1 (lists of columns only).</item>
/// </list>
/// Numbers are in base 128, least digits first; signed ones zigzag. Changes are pairs (number of unchanged
/// multipliers, change) until the last multiplier is passed.
/// </summary>
internal sealed class ProofWriter(int mostBytes)
{
    public const byte Pass = 1, Branch = 2, Close = 3, Exhaust = 4, SubsetPass = 5;

    private byte[] _bytes = new byte[1024];
    private int _length;

    /// <summary>The tree outgrew the limit and is not kept.</summary>
    public bool Overflown { get; private set; }

    public void Clear() => (_length, Overflown) = (0, false);

    public byte[] ToArray() => _bytes[.._length];

    /// <summary>Writes multipliers as changes against <paramref name="before"/>, which then becomes equal to them.</summary>
    public void WritePass(long[] u, long[] before)
    {
        Put(Pass);
        Changes(u, before);
    }

    /// <summary>Writes multipliers together with subset rows and their prices.</summary>
    public void WritePass(long[] u, long[] before, IReadOnlyList<(SubsetRow Row, long Price)> subsets)
    {
        Put(SubsetPass);
        Number((ulong)subsets.Count);
        foreach (var (row, price) in subsets)
        {
            for (var open = row.Areas; open != 0; open &= open - 1) Number((ulong)UInt128.TrailingZeroCount(open));
            if (row.Member >= 0) Number((ulong)(u.Length + row.Member));
            Number((ulong)price);
        }
        Changes(u, before);
    }

    private void Changes(long[] u, long[] before)
    {
        var unchanged = 0;
        for (var j = 0; j < u.Length; j++)
        {
            if (u[j] == before[j]) { unchanged++; continue; }
            Number((ulong)unchanged);
            var change = u[j] - before[j];
            Number((ulong)((change << 1) ^ (change >> 63)));
            before[j] = u[j];
            unchanged = 0;
        }
        if (unchanged > 0) Number((ulong)unchanged);
    }

    public void WriteBranch(int job, int children)
    {
        Put(Branch);
        Number((ulong)job);
        Number((ulong)children);
    }

    public void WriteChild(int agent) => Number((ulong)agent);

    public void WriteClose() => Put(Close);

    public void WriteExhaust() => Put(Exhaust);

    private void Number(ulong value)
    {
        for (; value >= 128; value >>= 7) Put((byte)(value | 128));
        Put((byte)value);
    }

    private void Put(byte value)
    {
        if (_length >= mostBytes) { Overflown = true; return; }
        if (_length == _bytes.Length) Array.Resize(ref _bytes, _length * 2);
        _bytes[_length++] = value;
    }
}
