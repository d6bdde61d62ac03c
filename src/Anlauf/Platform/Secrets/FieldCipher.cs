using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Anlauf.Platform.Secrets;

/// <summary>
/// Encrypts single values before they reach the database (AES-256-GCM). A value is bound to its table, column and row: copied into
/// another row it opens nothing. Layout: version 1, number of the key (4 bytes), nonce (12), tag (16), text.
/// </summary>
public sealed class FieldCipher(KeyRing keys)
{
    private const byte Version = 1;
    private const int NonceAt = 5, TagAt = 17, TextAt = 33;

    /// <summary>The value as it is stored; null and empty stay null.</summary>
    /// <param name="plain">The value.</param>
    /// <param name="column">Table and column, „members.bank_detail.iban“.</param>
    /// <param name="row">Primary key of the row as text.</param>
    public byte[]? Encrypt(string? plain, string column, string row)
    {
        if (string.IsNullOrEmpty(plain)) return null;
        var text = Encoding.UTF8.GetBytes(plain);
        var (id, value) = (keys.Current, new byte[TextAt + text.Length]);
        value[0] = Version;
        BinaryPrimitives.WriteInt32BigEndian(value.AsSpan(1), id);
        RandomNumberGenerator.Fill(value.AsSpan(NonceAt, TagAt - NonceAt));
        using var cipher = new AesGcm(keys.Derive(id, Purpose)!, 16);
        cipher.Encrypt(value.AsSpan(NonceAt, 12), text, value.AsSpan(TextAt), value.AsSpan(TagAt, 16), Bound(column, row, id));
        return value;
    }

    /// <summary>The value in the clear.</summary>
    /// <exception cref="CryptographicException">Changed, moved to another row, or its key is missing. The message is for the operator.</exception>
    public string? Decrypt(byte[]? value, string column, string row)
    {
        if (value is null) return null;
        if (value is [Sealing.Version, ..]) return Unseal(value, column, row);
        if (value.Length < TextAt || value[0] != Version) throw new CryptographicException($"{column}: kein verschlüsselter Wert");
        var id = KeyOf(value);
        var key = keys.Derive(id, Purpose) ?? throw new CryptographicException($"{column}: der Schlüssel {id} fehlt in der Schlüsseldatei. Abhilfe: die Schlüsseldatei aus der Sicherung einspielen");
        var text = new byte[value.Length - TextAt];
        using var cipher = new AesGcm(key, 16);
        cipher.Decrypt(value.AsSpan(NonceAt, 12), value.AsSpan(TextAt), value.AsSpan(TagAt, 16), text, Bound(column, row, id));
        return Encoding.UTF8.GetString(text);
    }

    // what came from outside was sealed with a public key; rotation writes it anew like everything else
    private string Unseal(byte[] value, string column, string row)
    {
        using var pair = keys.SealingPair(KeyOf(value)) ?? throw new CryptographicException($"{column}: der Schlüssel {KeyOf(value)} fehlt in der Schlüsseldatei. Abhilfe: die Schlüsseldatei aus der Sicherung einspielen");
        return Sealing.Open(value, pair, column, row);
    }

    /// <summary>
    /// A keyed hash to find a value by without storing it: the same value gives the same hash in this column only, and nobody
    /// without the key can try values out. The caller brings the value into one spelling first.
    /// </summary>
    public byte[] Hash(string plain, string column) => HMACSHA256.HashData(keys.DeriveSearch("search " + column), Encoding.UTF8.GetBytes(plain));

    /// <summary>Number of the key a value was written with.</summary>
    public static int KeyOf(ReadOnlySpan<byte> value) => BinaryPrimitives.ReadInt32BigEndian(value[1..]);

    private const string Purpose = "field";
    internal static byte[] Bound(string column, string row, int id) => Encoding.UTF8.GetBytes($"{column}\u001f{row}\u001f{id}");
}
