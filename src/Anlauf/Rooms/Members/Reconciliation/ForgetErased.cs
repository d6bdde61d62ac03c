using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Members.Reconciliation;

/// <summary>Takes erased persons out of what is kept for taking files back. Acts as the system, within seconds of an erasure.</summary>
public sealed class ForgetErased(Db db, StepJournal journals)
{
    /// <summary>Looks through the steps that an erasure has marked; gives how many entries went.</summary>
    public async Task<int> RunAsync(CancellationToken ct = default)
    {
        var gone = 0;
        foreach (var id in await db.QueryAsync<int>("select id from members.people_import_step where has_erased and journal is not null order by id", ct: ct))
            gone += await db.InTransactionAsync(() => ForgetAsync(id, ct), ct);
        return gone;
    }

    private async Task<int> ForgetAsync(int id, CancellationToken ct)
    {
        if (await db.ScalarAsync<byte[]?>("select journal from members.people_import_step where id = @id and has_erased for update skip locked", new { id }, ct) is not { } sealedJournal) return 0;
        var journal = journals.Open(id, sealedJournal);
        var erased = (await db.QueryAsync<int>("select id from organisation.person where id = any (@ids) and family_name like 'Gelöschte Person %'", new { ids = journal.Before.Select(p => p.Id).ToArray() }, ct)).ToHashSet();
        var stay = journal.Before.Index().Where(p => !erased.Contains(p.Item.Id)).Select(p => p.Index).ToList();
        var rest = journal with { Before = [.. stay.Select(i => journal.Before[i])], After = journal.After is { } after ? [.. stay.Select(i => after[i])] : null };
        await db.ExecuteAsync("update members.people_import_step set journal = @journal, persons = persons - @Count, has_erased = false where id = @id", new { id, erased.Count, journal = journals.Seal(id, rest) }, ct);
        // whoever is erased is among those whom taking back leaves as they are
        await db.ExecuteAsync("update members.people_import i set done_lines = i.done_lines - @Count, kept_persons = i.kept_persons + @Count from members.people_import_step s where s.id = @id and i.id = s.import_id", new { id, erased.Count }, ct);
        return erased.Count;
    }
}
