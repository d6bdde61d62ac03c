using System.Globalization;
using Anlauf.Platform.Database;

namespace Anlauf.Platform.Audit;

/// <summary>Reads both chains from the first to the last entry and says what is not as it was written.</summary>
public sealed class AuditVerification(Db db, AuditAnchors anchors)
{
    /// <param name="Entries">How many entries were read.</param>
    /// <param name="Wrong">Sentences, empty where everything is as it was written.</param>
    public sealed record Report(long Entries, IReadOnlyList<string> Wrong);

    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");

    /// <summary>Checks every link, the ends of the chains and every signature. The acting person must be the system.</summary>
    public async Task<Report> RunAsync(CancellationToken ct = default)
    {
        var wrong = new List<string>();
        var entries = 0L;
        // one instant for everything that is compared
        await db.InTransactionAsync(async () =>
        {
            await db.ExecuteAsync("set transaction isolation level repeatable read", ct: ct);
            var known = await anchors.ListAsync(ct);
            foreach (var ends in await db.QueryAsync<ChainEnds>("select name, position, hash, start_position, start_hash from audit.chain order by name", ct: ct))
                entries += await CheckAsync(ends, [.. known.Where(a => a.Chain == ends.Name)], wrong, ct);
            if (await db.ScalarAsync<long>("select count(*) from audit.waiting", ct: ct) is > 0 and var left)
                wrong.Add($"{left} Einträge sind geschrieben, aber nicht verkettet");
            return true;
        }, ct);
        return new(entries, wrong);
    }

    private async Task<long> CheckAsync(ChainEnds ends, IReadOnlyList<AuditAnchors.Anchor> signed, List<string> wrong, CancellationToken ct)
    {
        var name = Name(ends.Name);
        var at = new Dictionary<long, byte[]> { [ends.StartPosition] = ends.StartHash };
        var wanted = signed.Concat(Witness(ends.Name)).Select(a => a.Position).ToHashSet();
        var (previous, position, count) = (ends.StartHash, ends.StartPosition, 0L);
        await foreach (var entry in ReadAsync(ends.Name, ct))
        {
            count++;
            if (entry.Position != position + 1) wrong.Add(Missing(name, position + 1, entry.Position - 1));
            else if (!entry.Link(previous).AsSpan().SequenceEqual(entry.Hash)) wrong.Add($"{name}: Eintrag {entry.Position} vom {entry.At.ToString("d.M.yyyy HH:mm:ss", German)} UTC ist nicht so, wie er geschrieben wurde");
            (previous, position) = (entry.Hash, entry.Position);
            if (wanted.Contains(position)) at[position] = entry.Hash;
        }
        if (position < ends.Position) wrong.Add(Missing(name, position + 1, ends.Position));
        else if (position > ends.Position || !previous.AsSpan().SequenceEqual(ends.Hash)) wrong.Add($"{name}: das Ende der Kette passt nicht zum letzten Eintrag {position}");
        foreach (var anchor in signed) CheckAnchor(anchor, "", ends, at, position, wrong);
        foreach (var anchor in Witness(ends.Name)) CheckAnchor(anchor, " außerhalb der Datenbank", ends, at, position, wrong);
        // an anchor of today says where the chain began; a chain that begins later was cut without leave
        if (signed.LastOrDefault() is { } last && ends.StartPosition < last.StartPosition) wrong.Add($"{name}: der Anfang der Kette wurde zurückverlegt");
        return count;
    }

    private IEnumerable<AuditAnchors.Anchor> Witness(string chain) => anchors.Witness().Where(a => a.Chain == chain);

    private void CheckAnchor(AuditAnchors.Anchor anchor, string where, ChainEnds ends, Dictionary<long, byte[]> at, long last, List<string> wrong)
    {
        var which = $"{Name(ends.Name)}: die Unterschrift{where} vom {anchor.SignedAt.ToString("d.M.yyyy HH:mm", German)} UTC";
        switch (anchors.IsGenuine(anchor))
        {
            case null: wrong.Add($"{which} lässt sich nicht prüfen: Schlüssel {anchor.KeyId} fehlt in der Schlüsseldatei"); return;
            case false: wrong.Add($"{which} ist gefälscht"); return;
        }
        if (anchor.Position > last) wrong.Add($"{which} kannte noch {anchor.Position - last} Einträge mehr (bis {anchor.Position}): sie wurden entfernt, oder es wurde eine ältere Sicherung eingespielt");
        else if (anchor.Position >= ends.StartPosition && (!at.TryGetValue(anchor.Position, out var hash) || !hash.AsSpan().SequenceEqual(anchor.Hash)))
            wrong.Add($"{which} passt nicht mehr zum Eintrag {anchor.Position}: die Kette wurde neu geschrieben");
    }

    private async IAsyncEnumerable<AuditEntry> ReadAsync(string chain, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        // streamed: the audit of a large association does not fit into memory
        const int Portion = 5000;
        var after = long.MinValue;
        while (true)
        {
            var portion = await db.QueryAsync<AuditEntry>("""
                select chain, position, at, actor, action, object, key, columns, subject_id, division_id, reason_id, origin, hash
                from audit.entry where chain = @chain and position > @after order by position limit @Portion
                """, new { chain, after, Portion }, ct);
            foreach (var entry in portion) yield return entry;
            if (portion.Count < Portion) yield break;
            after = portion[^1].Position;
        }
    }

    private static string Missing(string name, long from, long to) => from == to ? $"{name}: Eintrag {from} fehlt" : $"{name}: die Einträge {from} bis {to} fehlen";
    private static string Name(string chain) => chain == "access" ? "Einsicht und Ausgaben" : "Änderungen";
}
