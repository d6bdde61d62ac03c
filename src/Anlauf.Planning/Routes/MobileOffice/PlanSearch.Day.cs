using Anlauf.Planning.Location;

namespace Anlauf.Planning.Routes.MobileOffice;

/// <summary>One day of all stretches at once, where each begins and ends as it does: a large neighbourhood (Shaw 1998), searched as maximal covering.</summary>
internal sealed partial class PlanSearch
{
    private const int ToursOfAKind = 600;
    private const double ShareOfTime = 0.1;

    /// <summary>
    /// Some stretches are filled again, which changes where nights are spent; then the tours of each day are chosen anew, all
    /// stretches at once. The best plan changes where that is better.
    /// </summary>
    /// <param name="round">0 for the first time: nothing is filled again</param>
    /// <param name="prices">prices of visits: of each kind of day the tours that earn most by them are tried</param>
    /// <param name="clock">clock of the whole search</param>
    public void Vary(int round, long[] prices, SearchClock clock)
    {
        Restore();
        Shuffle();
        var removed = round == 0 ? 0 : Math.Min(_slots.Length, 2 + (int)(Next() % 3));
        for (var i = 0; i < removed; i++) Empty(_order[i]);
        for (var i = 0; i < removed; i++) Fill(_order[i], 30);
        var days = _plan.Max(stretch => stretch.Length);
        for (var day = 0; day < days && clock.Step(); day++) Reconsider(day, prices, clock);
        if (PlanValue() > Value) Keep();
        else Restore();
    }

    private void Reconsider(int day, long[] prices, SearchClock clock)
    {
        var kinds = Enumerable.Range(0, _slots.Length)
            .Where(slot => day < _plan[slot].Length)
            .GroupBy(slot => (_slots[slot].Group, _plan[slot][day].From, _plan[slot][day].To)).ToArray();
        foreach (var slot in kinds.SelectMany(kind => kind)) CountDay(slot, day, -1);
        var tours = kinds.SelectMany((kind, k) => Promising(kind.Key.Group.Lists[day][kind.Key.From][kind.Key.To]!, prices)
            .Select(tour => (Kind: k, Choice: new DayChoice(kind.Key.From, kind.Key.To, tour)))).ToArray();
        int[] towns = [.. tours.SelectMany(t => kinds[t.Kind].Key.Group.Towns(day, t.Choice).ToArray()).Distinct().Order()];
        // what is demanded weighs more than all values together: with very many demands too much
        if (towns.Length > 0 && towns.Sum(t => _value.Next(t, _visits[t])) <= LocationProblem.MostSum) Choose(day, kinds, tours, towns, clock.Share(ShareOfTime));
        foreach (var slot in kinds.SelectMany(kind => kind)) CountDay(slot, day, 1);
    }

    // with as many days of a kind demanded as the budget pays for altogether, each kind has just its own
    private void Choose(
        int day, IGrouping<(TourGroup Group, int From, int To), int>[] kinds, (int Kind, DayChoice Choice)[] tours, int[] towns, SearchLimits limits)
    {
        var groups = kinds.Select((kind, k) => new SiteGroup("", Math.Min(kind.Count(), tours.Count(t => t.Kind == k)))).ToArray();
        var problem = TourCovering.Problem(_part, [.. tours.Select(t => new CandidateSite("", 1, t.Kind))],
            t => kinds[tours[t].Kind].Key.Group.Towns(day, tours[t].Choice), towns, t => _value.Next(t, _visits[t]), groups, groups.Sum(g => g.LeastOpen));
        var result = LocationSolver.Solve(problem, limits);
        var open = ((LocationPlan)result.Solution!).Open.ToLookup(t => tours[t].Kind, t => tours[t].Choice);
        for (var k = 0; k < kinds.Length; k++)
            foreach (var (slot, choice) in kinds[k].Zip(open[k])) _plan[slot][day] = choice;
    }

    private static IEnumerable<int> Promising(TourList list, long[] prices)
    {
        if (list.Count <= ToursOfAKind) return Enumerable.Range(0, list.Count);
        var earned = new long[list.Count];
        for (var t = 0; t < earned.Length; t++)
            foreach (var town in list.Tour(t)) earned[t] -= prices[town];
        var order = Enumerable.Range(0, earned.Length).ToArray();
        Array.Sort(earned, order);
        return order.Take(ToursOfAKind).Order();
    }

    private void CountDay(int slot, int day, int change)
    {
        foreach (var town in _slots[slot].Group.Towns(day, _plan[slot][day])) _visits[town] += change;
    }
}
