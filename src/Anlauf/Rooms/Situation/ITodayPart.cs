namespace Anlauf.Rooms.Situation;

/// <summary>What a room adds to „Heute“. Promises to people come before every other deadline of the day.</summary>
public interface ITodayPart
{
    /// <summary>
    /// A query with the columns <c>title, href, due date, why</c>, decided by the rights of whoever asks. Text and not rows, because the
    /// page, the number in the head and the hint on the Lage count it in one statement with the tasks.
    /// </summary>
    string Sql { get; }

    /// <summary>True for promises to people; anything else stands among the tasks, by its day.</summary>
    bool IsPromise => true;
}
