using Anlauf.Planning.Routes.MobileOffice;

namespace Anlauf.Planning.Certificates;

/// <summary>
/// Verifies a timetable (markets, shifts, driving, nights, number of visits), its value, and the bound: lists the tours itself
/// and adds up what the prices leave.
/// </summary>
internal sealed class MobileOfficeChecker : FamilyChecker
{
    /// <inheritdoc/>
    public override string Family => "mobile";

    /// <inheritdoc/>
    public override Type CertificateType => typeof(MobileOfficeCertificate);

    /// <summary>Value of that many visits to a town.</summary>
    public static long ValueOf(MarketTown town, int visits) => town.VisitValues.Take(visits).Sum();

    /// <summary>Value of a timetable.</summary>
    public static long ValueOf(MobileOfficeProblem problem, MobileOfficePlan plan) =>
        plan.Days.SelectMany(d => d.Stops).GroupBy(s => s.Town).Sum(g => ValueOf(problem.Towns[g.Key], g.Count()));

    /// <inheritdoc/>
    public override CheckResult Check(PlanProblem problem, Certificate certificate)
    {
        if (problem is not MobileOfficeProblem mobile || certificate is not MobileOfficeCertificate proof)
            return Reject(certificate, "Nachweis und Aufgabe gehören nicht zusammen.");
        if (proof.Instance != mobile.Instance) return Reject(proof, "Der Nachweis gehört zu einer anderen Aufgabe.");
        if (proof.Plan?.Days is null || proof.Prices is null || proof.Searched is null || proof.Coverings is null || proof.Coverings.Any(c => c is null)) return Reject(proof, "Dem Nachweis fehlen Angaben.");
        if (proof.UnreachableTown is not null && (proof.Status != PlanStatus.Infeasible || proof.Prices.Count > 0)) return RejectUnused(proof);
        if (proof.Scale is < 1 or > 1 << 30 || (proof.Prices.Count != mobile.Towns.Count && proof.UnreachableTown is null) || proof.Prices.Any(p => p is < 0 or > 1L << 56))
            return Reject(proof, "Die Preise passen nicht zur Aufgabe.");
        if (proof.Status == PlanStatus.Infeasible) return CheckInfeasible(mobile, proof);
        var visits = new int[mobile.Towns.Count];
        if (PlanFault(mobile, proof.Plan, visits) is { } fault) return Reject(proof, fault);
        var value = ValueOf(mobile, proof.Plan);
        if (proof.Objective != value) return Reject(proof, $"Der Plan hat den Wert {German(value)}, behauptet sind {German(proof.Objective ?? 0)}.", true, value);
        if (proof.Bound is not { } claimed || claimed < value) return Reject(proof, "Die Schranke fehlt oder liegt unter dem Wert.", true, value);
        if (proof.Status != PlanStatus.Feasible && !(proof.Status == PlanStatus.Optimal && claimed == value))
            return Reject(proof, "Der Plan ist nicht als bester bewiesen.", true, value);
        var bound = new MobileOfficeBound(mobile, proof.Prices, proof.Scale).Value(visits, proof.Searched, proof.Coverings, out var reason);
        if (reason is not null) return Reject(proof, reason, true, value);
        return bound > (Int128)claimed
            ? Reject(proof, $"Die Preise beweisen nur die Schranke {German((decimal)bound)}, behauptet sind {German(claimed)}.", true, value)
            : new(proof.Instance, true, value, claimed, true, null, Sentence(value, claimed));
    }

    private static CheckResult CheckInfeasible(MobileOfficeProblem problem, MobileOfficeCertificate proof)
    {
        if (proof.Plan.Days.Count > 0 || (proof.UnreachableTown is not null && proof.Searched.Count + proof.Coverings.Count > 0)) return RejectUnused(proof);
        if (proof.UnreachableTown is { } town)
            return town >= 0 && town < problem.Towns.Count && problem.Towns[town].MinVisits > 0 && !new MobileOfficeBound(problem, new long[problem.Towns.Count], 1).Reaches(town)
                ? new(proof.Instance, false, null, null, true, null, $"Kein Plan hält alle Vorgaben ein: „{problem.Towns[town].Name}“ ist an keinem Markttag erreichbar.")
                : Reject(proof, "Der genannte Ort ist erreichbar.");
        // no plan is worth less than nothing
        return new MobileOfficeBound(problem, proof.Prices, proof.Scale).ProvesNoPlan(proof.Searched, proof.Coverings)
            ? new(proof.Instance, false, null, null, true, null, "Kein Plan hält alle Vorgaben ein: Für die verlangten Besuche reichen Busse und Markttage nicht.")
            : Reject(proof, "Die Preise zeigen nicht, dass es keinen Plan gibt.");
    }

    private static string? PlanFault(MobileOfficeProblem problem, MobileOfficePlan plan, int[] visits)
    {
        foreach (var group in plan.Days.GroupBy(d => (d.Bus, d.Week)))
        {
            if (group.Key.Bus < 0 || group.Key.Bus >= problem.Buses.Count || group.Key.Week < 0 || group.Key.Week >= problem.Weeks)
                return "Ein Tag nennt einen Bus oder eine Woche, die es nicht gibt.";
            var bus = problem.Buses[group.Key.Bus];
            var (place, last) = (bus.Depot, -1);
            foreach (var day in group.OrderBy(d => d.Weekday))
            {
                if (day.Weekday <= last || day.Weekday >= problem.DaysPerWeek) return $"Bus „{bus.Name}“, Woche {day.Week + 1}: Der Tag {day.Weekday} gibt es nicht oder er ist doppelt.";
                if (day.From != place) return $"Bus „{bus.Name}“, Woche {day.Week + 1}: Der Tag beginnt nicht, wo der vorige endete.";
                if (day.To != bus.Depot && !problem.OvernightPlaces.Contains(day.To)) return $"Bus „{bus.Name}“: Die Nacht ist an einem nicht vorgesehenen Ort.";
                if (DayFault(problem, bus, day, visits) is { } fault) return $"Bus „{bus.Name}“, Woche {day.Week + 1}, Tag {day.Weekday + 1}: {fault}";
                (place, last) = (day.To, day.Weekday);
            }
            if (place != bus.Depot) return $"Bus „{bus.Name}“, Woche {group.Key.Week + 1}: Der Bus kehrt nicht ins Depot zurück.";
        }
        for (var town = 0; town < visits.Length; town++)
            if (visits[town] < problem.Towns[town].MinVisits || visits[town] > problem.Towns[town].VisitValues.Count)
                return $"„{problem.Towns[town].Name}“ wird {visits[town]}-mal besucht, vorgesehen sind {problem.Towns[town].MinVisits} bis {problem.Towns[town].VisitValues.Count}.";
        return null;
    }

    private static string? DayFault(MobileOfficeProblem problem, MobileBus bus, BusDay day, int[] visits)
    {
        var (place, time, driven) = (day.From, (long)bus.ShiftStart, 0L);
        foreach (var stop in day.Stops)
        {
            if (stop.Town < 0 || stop.Town >= problem.Towns.Count) return "Einen Ort gibt es nicht.";
            if (day.Stops.Count(s => s.Town == stop.Town) > 1) return $"„{stop.Name}“ kommt doppelt vor.";
            var town = problem.Towns[stop.Town];
            var leg = problem.Travel[place][town.Place];
            driven += leg;
            if (stop.Arrival < time + leg || stop.Begin < stop.Arrival || stop.Departure != (long)stop.Begin + town.VisitMinutes)
                return $"„{town.Name}“: Die Zeiten passen nicht zu Fahrt und Besuch.";
            if (!town.Windows.Any(w => w.IsHeld(day.Week, day.Weekday) && stop.Begin >= w.Open && stop.Departure <= w.Close))
                return $"„{town.Name}“: Der Besuch liegt nicht in einem Markt.";
            visits[stop.Town]++;
            (place, time) = (town.Place, stop.Departure);
        }
        var home = day.Stops.Count == 0 && day.From == day.To ? 0 : problem.Travel[place][day.To];
        if (day.Return < time + home || day.Return > bus.ShiftEnd) return "Die Rückkehr liegt nicht in der Dienstzeit.";
        return driven + home > bus.MaxDriving ? "Die Lenkzeit ist überschritten." : null;
    }

    private static string Sentence(long value, decimal bound) => value == bound
        ? $"Kein Fahrplan erreicht mehr als {German(value)}; dieser erreicht genau das."
        : $"Mit diesen Bussen erreicht kein Fahrplan mehr als {German(bound)}; dieser erreicht {German(value)}.";
}
