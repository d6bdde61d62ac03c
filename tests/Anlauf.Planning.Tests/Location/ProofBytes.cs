using System.IO.Compression;

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

    public static string Deflate(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var deflate = new DeflateStream(stream, CompressionLevel.Fastest, true)) deflate.Write(bytes);
        return Convert.ToBase64String(stream.ToArray());
    }
}
