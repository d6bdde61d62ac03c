using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Members.Reconciliation;

/// <summary>How somebody a file changed goes back to what she was: what the file wrote and nothing else, and nothing that has begun anew since.</summary>
public sealed class WayBack(Db db)
{
    /// <param name="State">State of the membership to be written; null leaves its end as it is.</param>
    public sealed record Step(KnownPersons.Person Now, KnownPersons.Person Then, string? State);

    /// <summary>Each value as before, where it still is what the file wrote; the state only where the file ended the membership. Pure.</summary>
    public static (KnownPersons.Person Then, string? State, bool Whole) Of(KnownPersons.Person now, KnownPersons.Person before, KnownPersons.Person after)
    {
        var whole = true;
        T Value<T>(Func<KnownPersons.Person, T> of)
        {
            var (n, b, a) = (of(now), of(before), of(after));
            if (Equals(a, b) || Equals(n, b)) return n;
            if (Equals(n, a)) return b;
            whole = false;
            return n;
        }
        var then = now with
        {
            Title = Value(p => p.Title),
            Given = Value(p => p.Given),
            Family = Value(p => p.Family),
            Email = Value(p => p.Email),
            Phone = Value(p => p.Phone),
            Birth = Value(p => p.Birth),
            Address = Value(p => p.Address),
            Number = Value(p => p.Number),
            Received = Value(p => p.Received),
        };
        if (before.Left == after.Left) return (then, null, whole);
        return now.Left == after.Left && now.State == "left" ? (then with { Left = before.Left }, before.State, whole) : (then, null, false);
    }

    /// <summary>Leaves an ended membership ended where a new one has begun since; who is meant goes to <paramref name="kept"/>.</summary>
    public async Task<List<Step>> WithoutBegunAnewAsync(List<Step> steps, HashSet<int> kept, CancellationToken ct)
    {
        var reopened = steps.Where(s => s.State is not null && s.Then.Left is null).ToDictionary(s => s.Now.Id, s => s.Now.Membership);
        if (reopened.Count == 0) return steps;
        var anew = (await db.QueryAsync<(int Person, int Membership)>("select person_id, id from members.party_membership where left_on is null and kind in ('member', 'guest') and person_id = any (@persons)", new { persons = reopened.Keys.ToArray() }, ct))
            .Where(m => reopened[m.Person] != m.Membership).Select(m => m.Person).ToHashSet();
        kept.UnionWith(anew);
        return [.. steps.Select(s => anew.Contains(s.Now.Id) ? s with { Then = s.Then with { Left = s.Now.Left }, State = null } : s)];
    }
}
