using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Anlauf.Platform.Secrets;

/// <summary>
/// The keys of an installation. They lie in a file beside the data folder, readable by the program alone, and never in the database:
/// a dump of the database opens nothing. A new key can be added while the program runs; old ones stay for reading until nothing
/// is written with them any more.
/// </summary>
/// <param name="file">Path of the key file, or null where this installation has none.</param>
public sealed class KeyRing(string? file)
{
    /// <summary>Name of the file within the data folder.</summary>
    public const string FileName = "schluessel.json";

    private sealed record Key(int Id, DateTimeOffset Created, string Secret);
    private sealed record Contents(int Version, int Current, string Search, List<Key> Keys);

    private readonly Lock gate = new();
    private Contents? contents;
    private DateTime readAt;

    /// <summary>Where the keys lie.</summary>
    public string? File => file;

    /// <summary>Number of the key that new values are written with.</summary>
    public int Current => Read().Current;

    /// <summary>Numbers of all keys, oldest first.</summary>
    public IReadOnlyList<int> Ids => [.. Read().Keys.Select(k => k.Id).Order()];

    /// <summary>A key of 32 bytes for one purpose, derived from key <paramref name="id"/>; null where the file does not hold it.</summary>
    public byte[]? Derive(int id, string purpose) => Derive(id, purpose, 32);

    private byte[]? Derive(int id, string purpose, int length) =>
        (Find(Read(), id) ?? Find(Read(again: true), id)) is { } key ? HKDF.DeriveKey(HashAlgorithmName.SHA256, Convert.FromBase64String(key.Secret), length, info: Encoding.UTF8.GetBytes(purpose)) : null;

    /// <summary>The key pair that opens what was sealed for key <paramref name="id"/>; null where the file does not hold it.</summary>
    internal ECDiffieHellman? SealingPair(int id) => Derive(id, "sealed messages", 48) is { } secret ? Sealing.PairOf(secret) : null;

    /// <summary>What others need to seal for this installation: the number of today's key and its public point (65 bytes).</summary>
    public (int Id, byte[] PublicKey) PublicKey()
    {
        var id = Current;
        using var pair = SealingPair(id)!;
        return (id, Sealing.PublicPoint(pair));
    }

    /// <summary>The key of keyed hashes for searching; it stays the same through every rotation, because hashes are compared.</summary>
    public byte[] DeriveSearch(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, Convert.FromBase64String(Read().Search), 32, info: Encoding.UTF8.GetBytes(purpose));

    /// <summary>Adds a key, which all new values are written with from now on; returns its number.</summary>
    public int Rotate(DateTimeOffset now)
    {
        lock (gate)
        {
            var old = ReadLocked(again: true);
            var id = old.Keys.Max(k => k.Id) + 1;
            Write(old with { Current = id, Keys = [.. old.Keys, new(id, now, NewSecret())] });
            return id;
        }
    }

    /// <summary>Removes a key for good. Whoever calls makes sure that nothing is written with it any more.</summary>
    public void Retire(int id)
    {
        lock (gate)
        {
            var old = ReadLocked(again: true);
            if (old.Current == id) throw new InvalidOperationException("the current key cannot be retired");
            Write(old with { Keys = [.. old.Keys.Where(k => k.Id != id)] });
        }
    }

    private Contents Read(bool again = false)
    {
        lock (gate) return ReadLocked(again);
    }

    private Contents ReadLocked(bool again)
    {
        if (file is null) throw new InvalidOperationException("this installation was opened without a key file");
        if (!System.IO.File.Exists(file)) Write(new(1, 1, NewSecret(), [new(1, DateTimeOffset.UtcNow, NewSecret())]));
        // another process may have rotated the keys: the file's time tells
        var changed = System.IO.File.GetLastWriteTimeUtc(file);
        if (contents is null || (again && changed != readAt) || changed > readAt)
            (contents, readAt) = (JsonSerializer.Deserialize<Contents>(System.IO.File.ReadAllText(file)) ?? throw new InvalidOperationException($"{file} is empty"), changed);
        return contents;
    }

    // complete or not at all, readable by its owner only
    private void Write(Contents updated)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file!))!);
        var unfinished = $"{file}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(unfinished, options)) JsonSerializer.Serialize(stream, updated);
        System.IO.File.Move(unfinished, file!, overwrite: true);
        (contents, readAt) = (updated, System.IO.File.GetLastWriteTimeUtc(file!));
    }

    private static Key? Find(Contents c, int id) => c.Keys.FirstOrDefault(k => k.Id == id);
    private static string NewSecret() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}
