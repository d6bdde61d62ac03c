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

    /// <summary>Scaled price of an open site, within cases of their number; below 0 a reward.</summary>
    public long PerSite;

    /// <summary>Parts whose least costs sharpen the bound of the multipliers.</summary>
    public List<ProofPart> Parts = [];

    /// <summary>For each part the proof that only few choices in it are worth looking at; then these say everything.</summary>
    public List<ProofStep> Fronts = [];

    /// <summary>Clients (covering) that must be covered from here on: without them the multipliers reach the bound.</summary>
    public List<int> Due = [];

    /// <summary>Sites decided by rule or reduced cost at these multipliers.</summary>
    public List<int> Opened = [], Closed = [];

    /// <summary>Sites closed after those because another one does as well (<see cref="Dominance"/>), in an order that shows it.</summary>
    public List<int> Dominated = [];

    /// <summary>The proof goes on after the decisions.</summary>
    public ProofStep? Next;

    /// <summary>Site whose two cases follow, or −1.</summary>
    public int Branch = -1;

    /// <summary>Number k of open sites, all counted: the two cases are at most k and at least k + 1; or −1.</summary>
    public int Count = -1;

    /// <summary>Cases of the number of open sites.</summary>
    public ProofStep? WhenFewer, WhenMore;

    /// <summary>Cases of a site.</summary>
    public ProofStep? WhenOpen, WhenClosed;
}

/// <summary>A part of the free sites: by how much its least cost exceeds what the multipliers say, and why.</summary>
/// <param name="Sites">sites of the problem</param>
/// <param name="Gain">scaled</param>
/// <param name="Proof">proof with the part's own sites and clients; not needed without gain</param>
internal sealed record ProofPart(int[] Sites, long Gain, ProofStep Proof);

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
            Write(buffered, root, false);
        return Convert.ToBase64String(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static void Write(Stream stream, ProofStep step, bool isLimited)
    {
        var flags = (step.Multipliers is null ? 0 : 1) | (step.Next is null ? 0 : 2) | (step.Branch < 0 ? 0 : 4) | (step.Dominated.Count == 0 ? 0 : 8) | (step.Parts.Count == 0 ? 0 : 16) | (step.Fronts.Count == 0 ? 0 : 32) | (step.Count < 0 ? 0 : 64) | (step.Due.Count == 0 ? 0 : 128);
        stream.WriteByte((byte)flags);
        if (step.Multipliers is { } differences)
        {
            VarInt.Write(stream, (ulong)step.Price);
            if (isLimited) VarInt.WriteSigned(stream, step.PerSite);
            stream.Write(differences);
        }
        if (step.Parts.Count > 0) WriteParts(stream, step.Parts);
        foreach (var front in step.Fronts) Write(stream, front, false);
        if (step.Due.Count > 0) WriteList(stream, step.Due);
        WriteList(stream, step.Opened);
        WriteList(stream, step.Closed);
        if (step.Dominated.Count > 0) WriteList(stream, step.Dominated);
        if (step.Branch >= 0) VarInt.Write(stream, (ulong)step.Branch);
        if (step.Count >= 0) VarInt.Write(stream, (ulong)step.Count);
        if (step.Next is { } next) Write(stream, next, isLimited);
        if (step.Branch >= 0)
        {
            Write(stream, step.WhenOpen!, isLimited);
            Write(stream, step.WhenClosed!, isLimited);
        }
        if (step.Count < 0) return;
        Write(stream, step.WhenFewer!, true);
        Write(stream, step.WhenMore!, true);
    }

    private static void WriteParts(Stream stream, List<ProofPart> parts)
    {
        VarInt.Write(stream, (ulong)parts.Count);
        foreach (var part in parts) WriteList(stream, part.Sites);
        foreach (var part in parts)
        {
            VarInt.Write(stream, (ulong)part.Gain);
            if (part.Gain > 0) Write(stream, part.Proof, false);
        }
    }

    private static void WriteList(Stream stream, IReadOnlyList<int> sites)
    {
        VarInt.Write(stream, (ulong)sites.Count);
        foreach (var site in sites) VarInt.Write(stream, (ulong)site);
    }
}
