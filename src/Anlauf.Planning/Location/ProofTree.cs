using System.Runtime.CompilerServices;

namespace Anlauf.Planning.Location;

/// <summary>
/// One step of a proof: multipliers that give a bound, sites decided because of them, then either the end, a further step,
/// or two cases for one site. Site numbers are those of the problem.
/// </summary>
internal sealed class ProofStep
{
    /// <summary>Scaled multipliers of all clients as differences to those above (<see cref="VarInt"/>); none means the same.</summary>
    public byte[]? Multipliers;

    /// <summary>Scaled price of one budget unit.</summary>
    public long Price;

    /// <summary>Sites decided by rule or reduced cost at these multipliers.</summary>
    public List<int> Opened = [], Closed = [];

    /// <summary>Sites closed after those because another one does as well (<see cref="Dominance"/>), in an order that shows it.</summary>
    public List<int> Dominated = [];

    /// <summary>The proof goes on after the decisions.</summary>
    public ProofStep? Next;

    /// <summary>Site whose two cases follow, or −1.</summary>
    public int Branch = -1;

    /// <summary>The two cases.</summary>
    public ProofStep? WhenOpen, WhenClosed;
}

/// <summary>Whole numbers in 7-bit groups, the lowest first; signed ones folded so that small values stay short.</summary>
internal static class VarInt
{
    /// <summary>Appends a number ≥ 0.</summary>
    public static void Write(Stream stream, ulong value)
    {
        for (; value >= 128; value >>= 7) stream.WriteByte((byte)(value | 128));
        stream.WriteByte((byte)value);
    }

    /// <summary>Appends a signed number.</summary>
    public static void WriteSigned(Stream stream, long value) => Write(stream, (ulong)((value << 1) ^ (value >> 63)));

    /// <summary>Differences of two vectors of equal length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static byte[] Differences(long[] from, long[] to)
    {
        using var stream = new MemoryStream(to.Length * 2);
        for (var j = 0; j < to.Length; j++) WriteSigned(stream, to[j] - from[j]);
        return stream.ToArray();
    }
}

/// <summary>Writes a proof as base64 of deflated bytes; the layout is described in docs/rooms/planning.md.</summary>
internal static class ProofWriter
{
    /// <summary>The proof as text.</summary>
    public static string Write(ProofStep root)
    {
        using var bytes = new MemoryStream();
        using (var deflate = new System.IO.Compression.DeflateStream(bytes, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true))
        using (var buffered = new BufferedStream(deflate, 1 << 16))
            Write(buffered, root);
        return Convert.ToBase64String(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static void Write(Stream stream, ProofStep step)
    {
        var flags = (step.Multipliers is null ? 0 : 1) | (step.Next is null ? 0 : 2) | (step.Branch < 0 ? 0 : 4) | (step.Dominated.Count == 0 ? 0 : 8);
        stream.WriteByte((byte)flags);
        if (step.Multipliers is { } differences)
        {
            VarInt.Write(stream, (ulong)step.Price);
            stream.Write(differences);
        }
        WriteList(stream, step.Opened);
        WriteList(stream, step.Closed);
        if (step.Dominated.Count > 0) WriteList(stream, step.Dominated);
        if (step.Branch >= 0) VarInt.Write(stream, (ulong)step.Branch);
        if (step.Next is { } next) Write(stream, next);
        if (step.Branch < 0) return;
        Write(stream, step.WhenOpen!);
        Write(stream, step.WhenClosed!);
    }

    private static void WriteList(Stream stream, List<int> sites)
    {
        VarInt.Write(stream, (ulong)sites.Count);
        foreach (var site in sites) VarInt.Write(stream, (ulong)site);
    }
}
