using Anlauf.Platform.Database;
using Anlauf.Rooms.Members.Statutes;

namespace Anlauf.Rooms.Members.Register;

/// <summary>Writes where a membership stands, as its statute says of the days it has: after every change, and once a night because days pass.</summary>
public sealed class Standings(Db db, PackRegister packs, TimeProvider clock)
{
    private sealed record Open(int Id, int DivisionId, string Kind, string State, DateOnly? ReceivedOn, DateOnly? DuesPaidOn, DateOnly? ObjectedOn, DateOnly? DecidedOn, bool? Accepted, bool Extended, DateOnly? EffectiveOn, DateOnly? ObjectionUntil);
    private readonly Dictionary<int, Func<DateOnly, PartyPack>> packOf = [];

    /// <summary>The pack of a division on a day; the rules of each division are read once.</summary>
    public async Task<PartyPack> PackAsync(int division, DateOnly on, CancellationToken ct = default)
    {
        if (!packOf.TryGetValue(division, out var pack)) pack = packOf[division] = await packs.OfAsync(division, ct);
        return pack(on);
    }

    /// <summary>Refreshes those named, or all that wait for something; gives how many changed.</summary>
    public async Task<int> RefreshAsync(IReadOnlyCollection<int>? ids = null, CancellationToken ct = default)
    {
        var today = DateOnly.FromDateTime(clock.GetLocalNow().Date);
        var open = await db.QueryAsync<Open>("""
            select id, division_id, kind, state, received_on, dues_paid_on, objected_on, decided_on, accepted, extended, effective_on, objection_until from members.party_membership
            where left_on is null and state in ('applied', 'awaiting-decision', 'awaiting-objection') and (@ids::integer[] is null or id = any (@ids))
            """, new { ids = ids?.ToArray() }, ct);
        var changed = 0;
        foreach (var m in open)
        {
            // the rules of the day on which it was received hold for the whole way
            var pack = await PackAsync(m.DivisionId, m.ReceivedOn ?? today, ct);
            var now = Admission.At(pack, new(m.Kind, m.ReceivedOn, m.DuesPaidOn, m.ObjectedOn, m.DecidedOn, m.Accepted, m.Extended), today);
            if ((now.State, now.EffectiveOn, now.Until) == (m.State, m.EffectiveOn, m.ObjectionUntil)) continue;
            changed += await db.ExecuteAsync("""
                update members.party_membership set state = @State, effective_on = @EffectiveOn, objection_until = @Until, left_on = case when @State = 'refused' then coalesce(decided_on, @today) end,
                  left_reason = case when @State = 'refused' then 'refused' end where id = @Id
                """, new { m.Id, now.State, now.EffectiveOn, now.Until, today }, ct);
        }
        return changed;
    }
}
