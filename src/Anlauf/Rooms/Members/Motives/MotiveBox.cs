using Anlauf.Platform;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Members.Motives;

/// <summary>
/// Why people joined (H7): each says it for themselves or not at all, nobody reads it about one person, and what is shown are shares of a
/// snapshot from at least ten people, in steps of five per cent.
/// </summary>
public sealed class MotiveBox(Db db, TimeProvider clock)
{
    /// <summary>A motive to choose, and whether the acting person has chosen it.</summary>
    public sealed record Choice(string Id, string Name, bool Chosen);
    /// <param name="Percent">Rounded to fives.</param>
    /// <param name="People">How many had said something, rounded to fives.</param>
    public sealed record Share(string Name, int Percent, int People, DateOnly TakenOn);

    /// <summary>All motives, for the person's own form.</summary>
    public Task<IReadOnlyList<Choice>> OfMineAsync(CancellationToken ct = default) => db.QueryAsync<Choice>("""
        select k.id, k.name, exists (select from members.motive m where m.kind = k.id and m.person_id = access.myself()) as chosen from members.motive_kind k order by k.sort
        """, ct: ct);

    /// <summary>Replaces what the acting person has said; nothing chosen deletes it.</summary>
    public Task<Outcome<int>> SaveAsync(int person, IReadOnlyCollection<string> kinds, CancellationToken ct = default) => db.InTransactionAsync<Outcome<int>>(async () =>
    {
        var wanted = kinds.Distinct().ToArray();
        await db.ExecuteAsync("delete from members.motive where person_id = @person and kind <> all (@wanted)", new { person, wanted }, ct);
        await db.ExecuteAsync("insert into members.motive (person_id, kind) select @person, k.id from members.motive_kind k where k.id = any (@wanted) on conflict do nothing", new { person, wanted }, ct);
        return person;
    }, ct);

    /// <summary>Shares of the latest snapshot; empty where too few have said something.</summary>
    public Task<IReadOnlyList<Share>> SharesAsync(CancellationToken ct = default) => db.QueryAsync<Share>("select name, percent, people, taken_on from members.motive_shares()", ct: ct);

    /// <summary>Takes a snapshot where enough people have said something since the last one; the system alone may.</summary>
    public Task<int> TakeAsync(CancellationToken ct = default) => db.ScalarAsync<int>("select members.take_motives(@today)", new { today = DateOnly.FromDateTime(clock.GetLocalNow().Date) }, ct);
}
