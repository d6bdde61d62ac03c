using System.IO.Compression;
using Anlauf.Planning.Certificates;
using Anlauf.Planning.Location;

namespace Anlauf.Planning.Tests.Location;

/// <summary>The bytes of a proof by cases, to change one and see that the checker notices.</summary>
internal static class ProofBytes
{
    public static byte[] Inflate(string proof)
    {
        using var deflate = new DeflateStream(new MemoryStream(Convert.FromBase64String(proof)), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        deflate.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>The proof with one bit of one byte changed.</summary>
    public static string Changed(byte[] bytes, int at, int bit)
    {
        var changed = (byte[])bytes.Clone();
        changed[at] ^= (byte)(1 << bit);
        return Deflate(changed);
    }

    /// <summary>Checks a proof of multipliers in whole units: that a plan is best, or only that the bound holds.</summary>
    public static CheckResult Check(LocationProblem problem, long value, int[] open, ProofStep proof, long? bound = null) =>
        CertificateChecker.Check(problem, new LocationCertificate
        {
            Instance = problem.Instance,
            Objective = value,
            Bound = bound ?? value,
            Status = bound is null ? PlanStatus.Optimal : PlanStatus.Feasible,
            Open = open,
            Scale = 1,
            Proof = ProofWriter.Write(proof),
        });

    public static string Deflate(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var deflate = new DeflateStream(stream, CompressionLevel.Fastest, true)) deflate.Write(bytes);
        return Convert.ToBase64String(stream.ToArray());
    }
}
