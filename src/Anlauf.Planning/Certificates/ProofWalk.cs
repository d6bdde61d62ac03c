using System.IO.Compression;

namespace Anlauf.Planning.Certificates;

/// <summary>Reads a proof by cases from its bytes and verifies it step by step.</summary>
/// <param name="bound">the problem</param>
/// <param name="scale">steps per unit of the objective</param>
/// <param name="target">every leaf must reach this, scaled</param>
/// <param name="stream">the bytes</param>
internal sealed class ProofWalk(CaseBound bound, long scale, Int128 target, Stream stream)
{
    private const int Deepest = 100_000;

    private readonly Int128 _target = target;
    private readonly CaseBound _bound = bound;

    /// <summary>Verifies a proof stored as base64 of deflated bytes.</summary>
    /// <returns>what is wrong, German, or none</returns>
    public static string? Verify(CaseBound bound, long scale, Int128 target, string proof)
    {
        try
        {
            using var bytes = new MemoryStream(Convert.FromBase64String(proof));
            using var deflate = new DeflateStream(bytes, CompressionMode.Decompress);
            using var stream = new BufferedStream(deflate, 1 << 16);
            var fault = new ProofWalk(bound, scale, target, stream).Run();
            return fault ?? (stream.ReadByte() >= 0 ? "Nach dem Ende des Beweises stehen noch Daten." : null);
        }
        catch (Exception exception) when (exception is FormatException or InvalidDataException or OverflowException or InsufficientExecutionStackException)
        {
            return "Der Beweis ist nicht lesbar.";
        }
    }

    /// <summary>What is wrong with the proof, German, or none.</summary>
    private string? Run() => Step(new long[_bound.Multipliers], 0, 0);

    private string? Step(long[] above, long abovePrice, int depth)
    {
        if (depth > Deepest) return "Der Beweis ist zu tief verschachtelt.";
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        var flags = stream.ReadByte();
        if (flags is < 0 or > 15 || (flags & 6) == 6) return "Der Beweis ist nicht lesbar.";
        var (multipliers, price) = (above, abovePrice);
        if ((flags & 1) != 0)
        {
            price = (long)Unsigned();
            multipliers = new long[above.Length];
            for (var j = 0; j < above.Length; j++) multipliers[j] = checked(above[j] + Signed());
        }
        var opened = List();
        var closed = List();
        var dominated = (flags & 8) != 0 ? List() : [];
        var branch = (flags & 4) != 0 ? (int)Math.Min(Unsigned(), int.MaxValue) : -1;
        if (_bound.IsImpossible()) return (flags & 14) != 0 ? Skip(flags) : null;
        if (opened.Count + closed.Count > 0 && _bound.DecisionFault(multipliers, price, scale, _target, opened, closed) is { } fault) return fault;
        foreach (var site in opened) _bound.Decide(site, true);
        foreach (var site in closed) _bound.Decide(site, false);
        foreach (var site in dominated)
        {
            if (!_bound.IsFree(site) || !_bound.IsDominated(site)) return $"Der Beweis verzichtet ohne Grund auf den Standort {site}.";
            _bound.Decide(site, false);
        }
        var result = (flags & 6) switch
        {
            2 => Step(multipliers, price, depth + 1),
            4 => Cases(multipliers, price, branch, depth),
            _ => _bound.Value(multipliers, price, scale) >= _target ? null : "Ein Ast des Beweises erreicht die behauptete Schranke nicht.",
        };
        foreach (var site in opened) _bound.Free(site);
        foreach (var site in closed) _bound.Free(site);
        foreach (var site in dominated) _bound.Free(site);
        return result;
    }

    private string? Cases(long[] multipliers, long price, int site, int depth)
    {
        if (!_bound.IsFree(site)) return $"Der Beweis unterscheidet Fälle für einen Standort, der schon entschieden ist ({site}).";
        _bound.Decide(site, true);
        var fault = Step(multipliers, price, depth + 1);
        _bound.Free(site);
        if (fault is not null) return fault;
        _bound.Decide(site, false);
        fault = Step(multipliers, price, depth + 1);
        _bound.Free(site);
        return fault;
    }

    // a case without any plan needs no proof; a writer never continues there
    private static string Skip(int flags) => $"Der Beweis geht weiter, wo es keinen Plan mehr gibt ({flags}).";

    private List<int> List()
    {
        var count = Unsigned();
        if (count > (ulong)_bound.Sites) throw new InvalidDataException();
        var sites = new List<int>((int)count);
        for (ulong k = 0; k < count; k++)
        {
            var site = Unsigned();
            if (site >= (ulong)_bound.Sites || !_bound.IsFree((int)site) || sites.Contains((int)site)) throw new InvalidDataException();
            sites.Add((int)site);
        }
        return sites;
    }

    private ulong Unsigned()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = stream.ReadByte();
            if (next < 0) throw new InvalidDataException();
            value |= (ulong)(next & 127) << shift;
            if (next < 128) return value;
        }
        throw new InvalidDataException();
    }

    private long Signed()
    {
        var folded = Unsigned();
        return (long)(folded >> 1) ^ -(long)(folded & 1);
    }
}
