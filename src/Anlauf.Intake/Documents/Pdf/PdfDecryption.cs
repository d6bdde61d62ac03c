using System.Security.Cryptography;

namespace Anlauf.Intake.Documents.Pdf;

/// <summary>Opens files that are encrypted but need no password to be read (empty user password): RC4 and AES, revisions 2 to 6 of the standard handler (ISO 32000-2, 7.6).</summary>
internal sealed class PdfDecryption
{
    private static readonly byte[] Padding = Convert.FromHexString("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A");
    private readonly byte[] fileKey;
    private readonly bool aes;
    private readonly bool identity;
    private readonly int revision;

    /// <exception cref="PdfPasswordException">A password is needed, or the handler is not the standard one.</exception>
    public PdfDecryption(PdfFile file, PdfDictionary encryption, byte[] documentId)
    {
        revision = file.Int(encryption, "R") ?? 0;
        var version = file.Int(encryption, "V") ?? 0;
        if (file.Name(encryption, "Filter") != "Standard" || revision is < 2 or > 6
            || file.Get<PdfString>(encryption, "O")?.Bytes is not { Length: >= 32 } owner || file.Get<PdfString>(encryption, "U")?.Bytes is not { Length: >= 32 } user) throw new PdfPasswordException();
        var length = version == 1 ? 40 : file.Int(encryption, "Length") ?? 40;
        if (version >= 4)
        {
            var filters = file.Get<PdfDictionary>(encryption, "CF");
            var filter = file.Get<PdfDictionary>(filters, file.Name(encryption, "StmF") ?? "Identity");
            var method = file.Name(filter, "CFM");
            identity = filter is null || method == "None";
            aes = method is "AESV2" or "AESV3";
            length = 128;
        }
        fileKey = revision >= 5 ? Key256(file, encryption, user) : Key128(file, encryption, owner, user, documentId, Math.Clamp(length, 40, 128) / 8);
    }

    /// <summary>The key of one object.</summary>
    public byte[]? KeyFor(int number, int generation)
    {
        if (identity) return null;
        if (revision >= 5) return fileKey;
        byte[] seed = [.. fileKey, (byte)number, (byte)(number >> 8), (byte)(number >> 16), (byte)generation, (byte)(generation >> 8), .. aes ? "sAlT"u8 : []];
        return Md5(seed)[..Math.Min(fileKey.Length + 5, 16)];
    }

    public PdfStream Decrypt(PdfFile file, PdfStream stream, byte[] key) =>
        file.Name(stream.Dictionary, "Type") == "XRef" ? stream : stream with { Packed = Decrypt(stream.Packed.ToArray(), key) };

    public object? DecryptStrings(object? value, byte[] key) => value switch
    {
        PdfString text => new PdfString(Decrypt(text.Bytes, key)),
        List<object?> list => list.ConvertAll(item => DecryptStrings(item, key)),
        PdfDictionary dictionary => InPlace(dictionary, key),
        PdfStream stream => stream with { Dictionary = InPlace(stream.Dictionary, key) },
        _ => value,
    };

    private PdfDictionary InPlace(PdfDictionary dictionary, byte[] key)
    {
        foreach (var (name, value) in dictionary.ToList()) dictionary[name] = DecryptStrings(value, key);
        return dictionary;
    }

    private byte[] Decrypt(byte[] data, byte[] key)
    {
        if (!aes) return Rc4(key, data);
        if (data.Length < 32) return [];
        using var cipher = Aes.Create();
        cipher.Key = key;
        var whole = data.Length - (data.Length % 16);
        var plain = cipher.DecryptCbc(data.AsSpan(16, whole - 16), data.AsSpan(0, 16), PaddingMode.None);
        return plain[^1] is >= 1 and <= 16 and var padding ? plain[..^padding] : plain;
    }

    /// <summary>Algorithms 2, 4 and 5: key from the empty password, checked against the user entry.</summary>
    private byte[] Key128(PdfFile file, PdfDictionary encryption, byte[] owner, byte[] user, byte[] documentId, int length)
    {
        var permissions = BitConverter.GetBytes((int)(long)(file.Number(encryption, "P") ?? 0));
        var openMetadata = revision >= 4 && file.Int(encryption, "EncryptMetadata") == 0;
        var key = Md5([.. Padding, .. owner.AsSpan(0, 32), .. permissions, .. documentId, .. openMetadata ? new byte[] { 255, 255, 255, 255 } : []]);
        if (revision >= 3)
            for (var i = 0; i < 50; i++) key = Md5(key[..length]);
        key = key[..length];
        byte[] check;
        if (revision == 2) check = Rc4(key, Padding);
        else
        {
            check = Rc4(key, Md5([.. Padding, .. documentId]));
            for (var i = 1; i <= 19; i++) check = Rc4([.. key.Select(b => (byte)(b ^ i))], check);
        }
        return user.AsSpan(0, 16).SequenceEqual(check.AsSpan(0, 16)) ? key : throw new PdfPasswordException();
    }

    /// <summary>Algorithms 2.A and 2.B.</summary>
    private byte[] Key256(PdfFile file, PdfDictionary encryption, byte[] user)
    {
        if (user.Length < 48 || file.Get<PdfString>(encryption, "UE")?.Bytes is not { Length: >= 32 } wrapped) throw new PdfPasswordException();
        if (!Hash(user.AsSpan(32, 8)).AsSpan().SequenceEqual(user.AsSpan(0, 32))) throw new PdfPasswordException();
        using var cipher = Aes.Create();
        cipher.Key = Hash(user.AsSpan(40, 8));
        return cipher.DecryptCbc(wrapped.AsSpan(0, 32), new byte[16], PaddingMode.None);
    }

    private byte[] Hash(ReadOnlySpan<byte> salt)
    {
        var key = SHA256.HashData(salt);
        if (revision == 5) return key;
        for (var round = 0; ; round++)
        {
            var block = new byte[key.Length * 64];
            for (var i = 0; i < 64; i++) key.CopyTo(block, i * key.Length);
            using var cipher = Aes.Create();
            cipher.Key = key[..16];
            var mixed = cipher.EncryptCbc(block, key.AsSpan(16, 16), PaddingMode.None);
            key = (mixed.Take(16).Sum(b => b) % 3) switch { 0 => SHA256.HashData(mixed), 1 => SHA384.HashData(mixed), _ => SHA512.HashData(mixed) };
            if (round >= 63 && mixed[^1] <= round - 31) return key[..32];
        }
    }

#pragma warning disable CA5351 // the file format prescribes MD5; nothing is protected with it here
    private static byte[] Md5(byte[] data) => MD5.HashData(data);
#pragma warning restore CA5351

    private static byte[] Rc4(byte[] key, byte[] data)
    {
        var state = new byte[256];
        for (var i = 0; i < 256; i++) state[i] = (byte)i;
        for (int i = 0, j = 0; i < 256; i++)
        {
            j = (j + state[i] + key[i % key.Length]) & 255;
            (state[i], state[j]) = (state[j], state[i]);
        }
        var result = new byte[data.Length];
        for (int n = 0, i = 0, j = 0; n < data.Length; n++)
        {
            i = (i + 1) & 255;
            j = (j + state[i]) & 255;
            (state[i], state[j]) = (state[j], state[i]);
            result[n] = (byte)(data[n] ^ state[(state[i] + state[j]) & 255]);
        }
        return result;
    }
}
