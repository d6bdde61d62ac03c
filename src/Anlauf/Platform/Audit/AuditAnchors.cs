using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Anlauf.Platform.Database;
using Anlauf.Platform.Secrets;

namespace Anlauf.Platform.Audit;

/// <summary>
/// Signs the ends of the chains with a key that the database does not have, and leaves the newest signature beside the key file too.
/// Whoever can write every table of the database can rebuild a chain, but not its signature.
/// </summary>
public sealed class AuditAnchors(Db db, KeyRing keys, TimeProvider clock)
{
    private const string Purpose = "audit anchor";

    /// <summary>The signed ends of a chain.</summary>
    public sealed record Anchor(string Chain, DateOnly Day, long Position, byte[] Hash, long StartPosition, byte[] StartHash, DateTime SignedAt, int KeyId, byte[] Signature)
    {
        internal byte[] Sign(byte[] key)
        {
            using var text = new MemoryStream();
            text.Write(Encoding.UTF8.GetBytes(Chain + '\u001f' + Day.ToString("O", System.Globalization.CultureInfo.InvariantCulture) + '\u001f'));
            Span<byte> number = stackalloc byte[8];
            foreach (var value in new[] { Position, StartPosition, new DateTimeOffset(SignedAt.ToUniversalTime()).ToUnixTimeMilliseconds() })
            {
                BinaryPrimitives.WriteInt64BigEndian(number, value);
                text.Write(number);
            }
            text.Write(Hash);
            text.Write(StartHash);
            return HMACSHA256.HashData(key, text.ToArray());
        }
    }

    /// <summary>True where <paramref name="anchor"/> was signed with a key of this installation; null where that key is missing.</summary>
    public bool? IsGenuine(Anchor anchor) => keys.Derive(anchor.KeyId, Purpose) is { } key ? CryptographicOperations.FixedTimeEquals(anchor.Sign(key), anchor.Signature) : null;

    /// <summary>Where the newest signatures are kept outside the database.</summary>
    public string WitnessFile => WitnessOf(keys.File ?? throw new InvalidOperationException("this installation was opened without a key file"));

    internal static string WitnessOf(string keyFile) => Path.ChangeExtension(Path.GetFullPath(keyFile), ".zeuge.json");

    /// <summary>Signs the ends as they are now, where they moved since the last signature. Returns how many chains moved.</summary>
    public async Task<int> SignAsync(CancellationToken ct = default)
    {
        var moved = await db.QueryAsync<ChainEnds>("""
            select c.name, c.position, c.hash, c.start_position, c.start_hash from audit.chain c
            where c.position > 0 and not exists (select from audit.anchor a where a.chain = c.name and a.position = c.position and a.start_position = c.start_position)
            """, ct: ct);
        foreach (var ends in moved)
        {
            var now = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds()).UtcDateTime;
            var unsigned = new Anchor(ends.Name, DateOnly.FromDateTime(now), ends.Position, ends.Hash, ends.StartPosition, ends.StartHash, now, keys.Current, []);
            var anchor = unsigned with { Signature = unsigned.Sign(keys.Derive(unsigned.KeyId, Purpose)!) };
            // several nodes may sign at once: the one that knows more wins
            await db.ExecuteAsync("""
                insert into audit.anchor values (@Chain, @Day, @Position, @Hash, @StartPosition, @StartHash, @SignedAt, @KeyId, @Signature)
                on conflict (chain, day) do update set position = excluded.position, hash = excluded.hash, start_position = excluded.start_position, start_hash = excluded.start_hash,
                  signed_at = excluded.signed_at, key_id = excluded.key_id, signature = excluded.signature
                where excluded.position >= audit.anchor.position
                """, anchor, ct);
        }
        if (moved.Count > 0) await WriteWitnessAsync(ct);
        return moved.Count;
    }

    /// <summary>Signs what key <paramref name="old"/> signed with the current one; false where one of those signatures is not genuine.</summary>
    public async Task<bool> SignAnewAsync(int old, CancellationToken ct = default)
    {
        var signed = (await ListAsync(ct)).Where(a => a.KeyId == old).ToList();
        if (signed.Concat(Witness().Where(a => a.KeyId == old)).Any(a => IsGenuine(a) != true)) return false;
        foreach (var anchor in signed.Select(a => a with { KeyId = keys.Current }))
            await db.ExecuteAsync("update audit.anchor set key_id = @KeyId, signature = @Signature where chain = @Chain and day = @Day", anchor with { Signature = anchor.Sign(keys.Derive(keys.Current, Purpose)!) }, ct);
        if (signed.Count > 0) await WriteWitnessAsync(ct);
        return true;
    }

    /// <summary>Every anchor of the database, oldest first.</summary>
    public Task<IReadOnlyList<Anchor>> ListAsync(CancellationToken ct = default) => db.QueryAsync<Anchor>("select * from audit.anchor order by chain, day", ct: ct);

    /// <summary>The anchors kept outside the database.</summary>
    public IReadOnlyList<Anchor> Witness() => keys.File is not null && File.Exists(WitnessFile) ? JsonSerializer.Deserialize<List<Anchor>>(File.ReadAllText(WitnessFile)) ?? [] : [];

    private async Task WriteWitnessAsync(CancellationToken ct)
    {
        var newest = (await ListAsync(ct)).GroupBy(a => a.Chain).Select(g => g.Last()).ToList();
        var unfinished = $"{WitnessFile}.{Environment.ProcessId}";
        await File.WriteAllTextAsync(unfinished, JsonSerializer.Serialize(newest), ct);
        File.Move(unfinished, WitnessFile, overwrite: true);
    }
}
