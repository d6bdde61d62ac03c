using Anlauf.Platform.Audit;
using Anlauf.Platform.Database;

namespace Anlauf.Platform.Secrets;

/// <summary>A use of a key beside the encrypted columns, named by the room that made it: the key stays while there is one.</summary>
/// <param name="Sql">SQL that counts the uses of key @id.</param>
/// <param name="Remedy">German sentence that says what to do first.</param>
public sealed record KeyUse(string Sql, string Remedy);

/// <summary>
/// Changes keys while the program runs: a new key is added, every encrypted column is written anew with it, then the old key can go.
/// Until then both are read. Encrypted columns are those declared so for privacy.
/// </summary>
public sealed class KeyRotation(Db db, KeyRing keys, FieldCipher cipher, AuditAnchors anchors, AuditLog audit, TimeProvider clock, IEnumerable<KeyUse> uses)
{
    private const int Portion = 500;
    private sealed record Column(string TableName, string ColumnName, string KeyColumn);
    private sealed record Value(string Row, byte[] Stored);

    /// <summary>Adds a key; new values are written with it from now on. Returns its number.</summary>
    public async Task<int> RotateAsync(CancellationToken ct = default)
    {
        var id = keys.Rotate(clock.GetUtcNow());
        await audit.StepAsync("key", "keys", $"new={id}", ct: ct);
        return id;
    }

    /// <summary>Writes every value of an older key anew, in portions, beside the running program. Returns how many were written.</summary>
    public async Task<int> ReencryptAsync(CancellationToken ct = default)
    {
        var written = 0;
        foreach (var column in await ColumnsAsync(ct))
        {
            var name = $"{column.TableName}.{column.ColumnName}";
            // names come from the catalogue of declared columns, quoted by the database
            var (table, quoted, key) = (column.TableName, $"\"{column.ColumnName}\"", $"\"{column.KeyColumn}\"");
            while (true)
            {
                var portion = await db.QueryAsync<Value>($"""
                    select {key}::text as row, {quoted} as stored from {table} where {quoted} is not null and substring({quoted} from 2 for 4) <> int4send(@current) limit @Portion
                    """, new { current = keys.Current, Portion }, ct);
                if (portion.Count == 0) break;
                await db.InTransactionAsync(async () =>
                {
                    foreach (var value in portion)
                        // whoever changed the value meanwhile wrote it with the new key
                        written += await db.ExecuteAsync($"update {table} set {quoted} = @fresh where {key}::text = @Row and {quoted} = @Stored",
                            new { fresh = cipher.Encrypt(cipher.Decrypt(value.Stored, name, value.Row), name, value.Row), value.Row, value.Stored }, ct);
                    return true;
                }, ct);
            }
        }
        return written;
    }

    /// <summary>Removes an old key, once nothing is written with it: no value, no signature.</summary>
    public async Task<Outcome<int>> RetireAsync(int id, CancellationToken ct = default)
    {
        if (!keys.Ids.Contains(id)) return new Refusal($"Einen Schlüssel {id} gibt es nicht. Es gibt: {string.Join(", ", keys.Ids)}");
        if (id == keys.Current) return new Refusal("Mit diesem Schlüssel wird gerade geschrieben. Legen Sie zuerst einen neuen an: anlauf keys rotate");
        foreach (var column in await ColumnsAsync(ct))
            if (await db.ScalarAsync<long>($"select count(*) from {column.TableName} where substring(\"{column.ColumnName}\" from 2 for 4) = int4send(@id)", new { id }, ct) is > 0 and var left)
                return new Refusal($"{left} Werte in {column.TableName} sind noch mit Schlüssel {id} geschrieben. Schreiben Sie sie neu: anlauf keys reencrypt");
        foreach (var use in uses)
            if (await db.ScalarAsync<long>(use.Sql, new { id }, ct) > 0) return new Refusal(use.Remedy);
        if (!await anchors.SignAnewAsync(id, ct)) return new Refusal("Eine Unterschrift unter dem Protokoll ist nicht echt. Prüfen Sie es zuerst: anlauf audit verify");
        keys.Retire(id);
        await audit.StepAsync("key", "keys", $"retired={id}", ct: ct);
        return id;
    }

    private Task<IReadOnlyList<Column>> ColumnsAsync(CancellationToken ct) => db.QueryAsync<Column>("""
        select c.table_name, c.column_name, a.attname as key_column from privacy.declared_column c
        join pg_index i on i.indrelid = c.table_name::regclass and i.indisprimary and i.indnatts = 1 join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
        where c.encrypted order by 1, 2
        """, ct: ct);
}
