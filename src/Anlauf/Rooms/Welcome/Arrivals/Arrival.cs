namespace Anlauf.Rooms.Welcome.Arrivals;

/// <summary>One promised step of an arrival.</summary>
/// <param name="Kind">entered, first-contact, first-meeting or first-task.</param>
/// <param name="PromisedOn">Last day on which the promise is kept.</param>
public sealed record Step(int ArrivalId, string Kind, DateOnly PromisedOn, DateOnly? DoneOn)
{
    /// <summary>Whole days since the promise was broken; null while it is kept.</summary>
    public int? LateBy(DateOnly today) => DoneOn is null && PromisedOn < today ? today.DayNumber - PromisedOn.DayNumber : null;
}

/// <summary>How an arrival stands: by its next step that is not done.</summary>
public enum ArrivalPace
{
    /// <summary>The next step should have been done.</summary>
    Overdue,
    /// <summary>The next step is due within seven days.</summary>
    ThisWeek,
    /// <summary>Nothing is due within seven days.</summary>
    OnTime,
}

/// <summary>Somebody new, with the steps in the order of their promised days. Pure: where it stands on a day follows from its parts.</summary>
public sealed record Arrival(int Id, int PersonId, string Name, string Place, string DistrictKey, string District, DateOnly ReceivedOn, int? ContactId, string? Contact, string Division, string Way, bool MayContact, DateOnly? EffectiveOn, DateOnly? ClosedOn = null)
{
    /// <summary>Promised steps, soonest first.</summary>
    public IReadOnlyList<Step> Steps { get; init; } = [];

    /// <summary>What is owed before the membership is effective and not done yet.</summary>
    public int OpenDuties { get; init; }

    /// <summary>The first step that is not done; null once all are.</summary>
    public Step? Next => Steps.FirstOrDefault(s => s.DoneOn is null);

    /// <summary>The step is promised and not done.</summary>
    public bool Owes(string step) => Steps.Any(s => s.Kind == step && s.DoneOn is null);

    /// <summary>Days since the declaration was received.</summary>
    public int Day(DateOnly today) => today.DayNumber - ReceivedOn.DayNumber;

    /// <summary>How it stands on a day.</summary>
    public ArrivalPace Pace(DateOnly today) => Next is not { } next ? ArrivalPace.OnTime
        : next.PromisedOn < today ? ArrivalPace.Overdue : next.PromisedOn < today.AddDays(7) ? ArrivalPace.ThisWeek : ArrivalPace.OnTime;
}
