namespace Anlauf.Planning.Routes.MobileOffice;

/// <summary>In which weeks of the period a market is held; the first week is an A week.</summary>
public enum WeekRhythm
{
    /// <summary>Every week.</summary>
    Every,

    /// <summary>First, third, fifth week …</summary>
    A,

    /// <summary>Second, fourth, sixth week …</summary>
    B,
}

/// <summary>A market: the whole visit lies between opening and closing.</summary>
/// <param name="Weekday">0 = Monday</param>
/// <param name="Open">minutes after midnight</param>
/// <param name="Close">minutes after midnight</param>
/// <param name="Weeks">rhythm</param>
public sealed record MarketWindow(int Weekday, int Open, int Close, WeekRhythm Weeks = WeekRhythm.Every)
{
    /// <summary>True when the market is held on this day (week counted from 0).</summary>
    public bool IsHeld(int week, int weekday) =>
        Weekday == weekday && (Weeks == WeekRhythm.Every || (Weeks == WeekRhythm.A) == (week % 2 == 0));
}

/// <summary>A town the bus can visit.</summary>
/// <param name="Name">name for the timetable</param>
/// <param name="Place">row in the travel table</param>
/// <param name="Windows">its markets</param>
/// <param name="VisitMinutes">length of a visit</param>
/// <param name="VisitValues">value of the first, second … visit in the period, never increasing; more visits are not allowed</param>
/// <param name="MinVisits">visits every plan must contain</param>
public sealed record MarketTown(
    string Name, int Place, IReadOnlyList<MarketWindow> Windows, int VisitMinutes, IReadOnlyList<long> VisitValues, int MinVisits = 0);

/// <summary>A bus with its driver.</summary>
/// <param name="Name">name for the timetable</param>
/// <param name="Depot">row in the travel table; the bus leaves it on the first day of a week and returns on the last</param>
/// <param name="ShiftStart">earliest departure, minutes after midnight</param>
/// <param name="ShiftEnd">latest arrival, minutes after midnight</param>
/// <param name="MaxDriving">most minutes at the wheel in a day</param>
public sealed record MobileBus(string Name, int Depot, int ShiftStart, int ShiftEnd, int MaxDriving = int.MaxValue);

/// <summary>
/// Where buses stop: towns with market days, buses with shifts, weeks of the period. Maximises the value of visits.
/// A bus spends the nights between two days of a week at its depot or at an overnight place.
/// </summary>
public sealed record MobileOfficeProblem : PlanProblem
{
    /// <summary>Most value all visits together may have, so that scaled sums stay within 64 bits.</summary>
    public const long MaxTotalValue = 1L << 34;

    /// <summary>Builds the problem and refuses what cannot be planned.</summary>
    /// <param name="instance">name</param>
    /// <param name="travel">minutes from row to column</param>
    /// <param name="towns">towns</param>
    /// <param name="buses">buses</param>
    /// <param name="weeks">weeks in the period</param>
    /// <param name="daysPerWeek">days from Monday on which the buses run</param>
    /// <param name="overnightPlaces">rows of the travel table where a bus may stay the night</param>
    /// <exception cref="PlanInputException">a value out of range, naming town or bus</exception>
    public MobileOfficeProblem(
        string instance, int[][] travel, IReadOnlyList<MarketTown> towns, IReadOnlyList<MobileBus> buses,
        int weeks, int daysPerWeek, IReadOnlyList<int>? overnightPlaces = null) : base(instance)
    {
        Travel = travel;
        Towns = towns;
        Buses = buses;
        Weeks = weeks;
        DaysPerWeek = daysPerWeek;
        OvernightPlaces = overnightPlaces ?? [];
        Refuse();
    }

    /// <summary>Minutes from row to column.</summary>
    public int[][] Travel { get; }

    /// <summary>Towns.</summary>
    public IReadOnlyList<MarketTown> Towns { get; }

    /// <summary>Buses.</summary>
    public IReadOnlyList<MobileBus> Buses { get; }

    /// <summary>Weeks in the period.</summary>
    public int Weeks { get; }

    /// <summary>Days of a week on which the buses run, from Monday.</summary>
    public int DaysPerWeek { get; }

    /// <summary>Rows of the travel table where a bus may stay the night.</summary>
    public IReadOnlyList<int> OvernightPlaces { get; }

    private void Refuse()
    {
        var places = Travel.Length;
        if (Travel.Any(row => row.Length != places || row.Any(minutes => minutes is < 0 or > 100_000)))
            throw new PlanInputException($"{Instance}: Die Fahrzeiten müssen eine quadratische Tabelle aus Minuten von 0 bis 100.000 sein.");
        if (Weeks is < 1 or > 520) throw PlanInputException.At("weeks", $"{Instance}: Die Zahl der Wochen muss zwischen 1 und 520 liegen.");
        if (DaysPerWeek is < 1 or > 7) throw PlanInputException.At("daysPerWeek", $"{Instance}: Die Woche muss 1 bis 7 Tage haben.");
        if (Buses.Count is < 1 or > 1000) throw PlanInputException.At("buses", $"{Instance}: Es braucht 1 bis 1.000 Busse.");
        if ((long)Buses.Count * Weeks * DaysPerWeek > 1 << 20) throw new PlanInputException($"{Instance}: Mehr als {1 << 20} Bustage sind nicht vorgesehen. Bitte den Zeitraum kürzen.");
        if (Towns.Count > ushort.MaxValue - 1) throw new PlanInputException($"{Instance}: Mehr als {ushort.MaxValue - 1} Orte sind nicht vorgesehen.");
        for (var b = 0; b < Buses.Count; b++)
        {
            var bus = Buses[b];
            if (bus.Depot < 0 || bus.Depot >= places) throw new PlanInputException($"{Instance}, Bus „{bus.Name}“: Das Depot steht nicht in der Fahrzeittabelle.");
            if (bus.ShiftStart < 0 || bus.ShiftEnd > 2880 || bus.ShiftEnd < bus.ShiftStart || bus.MaxDriving < 0)
                throw PlanInputException.At($"buses[{b}]", $"{Instance}, Bus „{bus.Name}“: Die Dienstzeit muss zwischen 0 und 2.880 Minuten liegen und darf nicht vor ihrem Beginn enden.");
        }
        if (OvernightPlaces.Any(place => place < 0 || place >= places))
            throw new PlanInputException($"{Instance}: Ein Übernachtungsort steht nicht in der Fahrzeittabelle.");
        var total = 0L;
        for (var t = 0; t < Towns.Count; t++)
        {
            var town = Towns[t];
            if (town.Place < 0 || town.Place >= places) throw Bad(t, "place", "Der Ort steht nicht in der Fahrzeittabelle.");
            if (town.VisitMinutes is < 1 or > 1440) throw Bad(t, "visitMinutes", "Ein Besuch muss 1 bis 1.440 Minuten dauern.");
            if (town.VisitValues.Count is < 1 or > 5200) throw Bad(t, "values", "Es muss wenigstens ein Besuch erlaubt sein.");
            if (town.MinVisits < 0 || town.MinVisits > town.VisitValues.Count)
                throw Bad(t, "minVisits", $"Gefordert sind {town.MinVisits} Besuche, erlaubt sind {town.VisitValues.Count}. Bitte eine der Zahlen ändern.");
            for (var k = 0; k < town.Windows.Count; k++)
                if (town.Windows[k] is var w && (w.Open < 0 || w.Close > 2880 || w.Close < w.Open)) throw Bad(t, $"markets[{k}]", "Ein Markt muss nach seinem Beginn enden und zwischen 0 und 2.880 Minuten liegen.");
            var last = long.MaxValue;
            for (var k = 0; k < town.VisitValues.Count; k++)
            {
                var value = town.VisitValues[k];
                if (value < 0 || value > last) throw Bad(t, $"values[{k}]", "Der Wert der Besuche darf nicht negativ sein und nicht zunehmen.");
                last = value;
                total += Math.Min(value, MaxTotalValue + 1);
                if (total > MaxTotalValue) throw Bad(t, $"values[{k}]", $"Die Summe aller Werte ist zu groß (höchstens {MaxTotalValue}).");
            }
        }
    }

    private PlanInputException Bad(int town, string field, string remedy) => PlanInputException.At($"towns[{town}].{field}", $"{Instance}, Ort „{Towns[town].Name}“: {remedy}");
}

/// <summary>A stop in a timetable, minutes after midnight.</summary>
/// <param name="Town">number of the town in the problem</param>
/// <param name="Name">its name</param>
/// <param name="Arrival">arrival of the bus</param>
/// <param name="Begin">begin of the visit, not before the market opens</param>
/// <param name="Departure">end of the visit</param>
public sealed record BusStop(int Town, string Name, int Arrival, int Begin, int Departure);

/// <summary>One bus on one day.</summary>
/// <param name="Bus">number of the bus</param>
/// <param name="Week">week from 0</param>
/// <param name="Weekday">0 = Monday</param>
/// <param name="From">row of the travel table where the day begins</param>
/// <param name="To">row where it ends</param>
/// <param name="Stops">stops in order</param>
/// <param name="Return">arrival at the end, minutes after midnight</param>
public sealed record BusDay(int Bus, int Week, int Weekday, int From, int To, IReadOnlyList<BusStop> Stops, int Return);

/// <summary>A timetable: every bus on every day it moves.</summary>
/// <param name="Days">days ordered by bus, week, weekday</param>
public sealed record MobileOfficePlan(IReadOnlyList<BusDay> Days);
