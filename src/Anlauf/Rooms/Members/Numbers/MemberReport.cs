using Anlauf.Platform.Database;
using Microsoft.Extensions.Caching.Memory;

namespace Anlauf.Rooms.Members.Numbers;

/// <summary>
/// Counts the report on members. Of a large association it is kept for ten minutes, for everybody who reaches the same people: to go
/// through half a million memberships takes seconds, and a year's numbers are not another in ten minutes.
/// </summary>
public sealed class MemberReport(MemberNumbers numbers, Db db, TimeProvider clock, IMemoryCache kept)
{
    /// <summary>Memberships from which on the report is kept.</summary>
    internal const int Large = 20_000;

    /// <param name="At">When it was counted.</param>
    /// <param name="First">First of the twelve months.</param>
    /// <param name="Flows">Twelve months by district.</param>
    /// <param name="Ages">Age classes: members today, joins in these months. Exact numbers.</param>
    /// <param name="Retention">Who stayed, by year of joining. Exact numbers.</param>
    public sealed record Counted(DateTimeOffset At, DateOnly First, IReadOnlyList<Flow> Flows, IReadOnlyList<(string Name, IReadOnlyList<int> Numbers)> Ages,
        IReadOnlyList<(int Year, int Began, IReadOnlyList<int?> StillAfter)> Retention, MemberNumbers.Completeness Complete, IReadOnlyList<MemberNumbers.Share> Shares)
    {
        /// <summary>The day of the report.</summary>
        public DateOnly Today => DateOnly.FromDateTime(At.Date);

        /// <summary>Whether anybody's birthday is known.</summary>
        public bool HasBirthdays => Ages.SkipLast(1).Any(a => a.Numbers.Any(n => n > 0));
    }

    /// <summary>The report of what the acting person reaches.</summary>
    public async Task<Counted> OfAsync(CancellationToken ct = default)
    {
        var reach = (nameof(MemberReport), await db.ScalarAsync<string>("""
            select md5(concat_ws('|', current_date, access.actor() is null, privacy.hidden_persons(), access.own_divisions('people', 'read'), access.divisions_for('P2', 'membership', 'read'), access.divisions_for('P2', 'membership', 'edit'),
              access.divisions_for('P2', 'person-detail', 'read'), access.divisions_for('P2', 'person-detail', 'edit')))
            """, ct: ct));
        if (kept.TryGetValue(reach, out Counted? before)) return before!;
        var (now, members) = await CountAsync(ct);
        if (members > Large) kept.Set(reach, now, TimeSpan.FromMinutes(10));
        return now;
    }

    private async Task<(Counted, int)> CountAsync(CancellationToken ct)
    {
        var now = clock.GetLocalNow();
        var today = DateOnly.FromDateTime(now.Date);
        var first = new DateOnly(today.Year, today.Month, 1).AddMonths(-11);
        var spells = await numbers.SpellsAsync(today, ct);
        var flows = StockAndFlow.Of(spells, await numbers.MovesAsync(ct), first, first.AddMonths(11));
        var (members, joins) = (spells.Where(s => s.Left is null).CountBy(s => s.Age).ToDictionary(), spells.Where(s => s.From >= first && s.Left != s.From).CountBy(s => s.Age).ToDictionary());
        return (new(now, first, flows, [.. MemberNumbers.AgeClasses.Select(age => (age, (IReadOnlyList<int>)[members.GetValueOrDefault(age), joins.GetValueOrDefault(age)]))],
            StockAndFlow.Retention(spells, today), await numbers.CompletenessAsync(ct), await numbers.SharesAsync(ct)), spells.Count);
    }
}
