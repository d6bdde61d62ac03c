using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Anlauf.Platform.Secrets;

/// <summary>
/// Seals a text for the holder of a private key: whoever seals needs the public key alone and cannot open what was sealed, not even
/// a moment later. P-256 with a key pair for this one text, HKDF-SHA-256, AES-256-GCM (the pattern of ECIES and of HPKE, RFC 9180).
/// Layout: version 2, number of the key (4 bytes), public point of the text's own pair (65), tag (16), text.
/// </summary>
public static class Sealing
{
    /// <summary>First byte of a sealed value; <see cref="FieldCipher"/> writes 1.</summary>
    internal const byte Version = 2;

    private const int PointAt = 5, PointLength = 65, TagAt = PointAt + PointLength, TextAt = TagAt + 16;

    /// <summary>Bytes that sealing adds to the text.</summary>
    public const int Overhead = TextAt;

    // order of the curve P-256 (FIPS 186-5, D.1.2.3)
    private static readonly byte[] Order = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");

    /// <summary>The sealed text.</summary>
    /// <param name="publicKey">Point of the recipient's key, uncompressed: 4, x, y (65 bytes).</param>
    /// <param name="keyId">Number of the recipient's key.</param>
    /// <param name="column">Table and column it is meant for; it opens nowhere else.</param>
    /// <param name="row">Primary key of the row as text.</param>
    public static byte[] Seal(ReadOnlySpan<byte> publicKey, int keyId, string plain, string column, string row)
    {
        using var own = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using var recipient = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = Point(publicKey) });
        var text = Encoding.UTF8.GetBytes(plain);
        var value = new byte[TextAt + text.Length];
        value[0] = Version;
        BinaryPrimitives.WriteInt32BigEndian(value.AsSpan(1), keyId);
        PublicPoint(own).CopyTo(value.AsSpan(PointAt));
        using var cipher = Cipher(own.DeriveRawSecretAgreement(recipient.PublicKey), value, publicKey, out var nonce);
        cipher.Encrypt(nonce, text, value.AsSpan(TextAt), value.AsSpan(TagAt, 16), FieldCipher.Bound(column, row, keyId));
        return value;
    }

    /// <summary>Opens a sealed value with the recipient's key.</summary>
    /// <exception cref="CryptographicException">Changed, moved to another row, or sealed for another key.</exception>
    internal static string Open(byte[] value, ECDiffieHellman recipient, string column, string row)
    {
        if (value.Length < TextAt || value[0] != Version) throw new CryptographicException($"{column}: kein versiegelter Wert");
        using var sender = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = Point(value.AsSpan(PointAt, PointLength)) });
        var text = new byte[value.Length - TextAt];
        using var cipher = Cipher(recipient.DeriveRawSecretAgreement(sender.PublicKey), value, PublicPoint(recipient), out var nonce);
        cipher.Decrypt(nonce, value.AsSpan(TextAt), value.AsSpan(TagAt, 16), text, FieldCipher.Bound(column, row, FieldCipher.KeyOf(value)));
        return Encoding.UTF8.GetString(text);
    }

    /// <summary>The key pair that belongs to 48 secret bytes: reduced to the order of the curve, so that every pair is equally likely (FIPS 186-5, A.2.1).</summary>
    internal static ECDiffieHellman PairOf(ReadOnlySpan<byte> secret)
    {
        var order = new System.Numerics.BigInteger(Order, isUnsigned: true, isBigEndian: true);
        var scalar = new System.Numerics.BigInteger(secret, isUnsigned: true, isBigEndian: true) % (order - 1) + 1;
        var d = new byte[32];
        var written = scalar.ToByteArray(isUnsigned: true, isBigEndian: true);
        written.CopyTo(d, 32 - written.Length);
        return ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = d });
    }

    /// <summary>The public point of a pair, uncompressed.</summary>
    internal static byte[] PublicPoint(ECDiffieHellman pair)
    {
        var q = pair.ExportParameters(includePrivateParameters: false).Q;
        return [4, .. q.X!, .. q.Y!];
    }

    private static ECPoint Point(ReadOnlySpan<byte> uncompressed) => uncompressed.Length == PointLength && uncompressed[0] == 4
        ? new() { X = uncompressed[1..33].ToArray(), Y = uncompressed[33..].ToArray() }
        : throw new CryptographicException("not an uncompressed point of P-256");

    // the pair of the text is used once, so key and nonce may both come from it; both public points are bound into them
    private static AesGcm Cipher(byte[] agreed, ReadOnlySpan<byte> value, ReadOnlySpan<byte> recipient, out byte[] nonce)
    {
        byte[] info = [.. "anlauf sealed"u8, .. value.Slice(PointAt, PointLength), .. recipient];
        var derived = HKDF.DeriveKey(HashAlgorithmName.SHA256, agreed, 44, info: info);
        CryptographicOperations.ZeroMemory(agreed);
        nonce = derived[32..];
        return new AesGcm(derived.AsSpan(0, 32), 16);
    }
}
