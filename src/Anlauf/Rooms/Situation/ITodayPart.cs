namespace Anlauf.Rooms.Situation;

/// <summary>What a room adds to „Heute“. Promises to people come before every other deadline of the day.</summary>
public interface ITodayPart
{
    /// <summary>
    /// A query with the columns <c>title, href, due date, why, act, act_href, post, phone</c>, decided by the rights of whoever asks. Text and not
    /// rows, because the page, the number in the head and the hint on the Lage count it in one statement with the tasks. <c>act</c> is the
    /// label of the row's button, <c>act_href</c> where it leads (null: <c>href</c>), <c>post</c> the form of the page behind <c>href</c> that it sends (null: it leads there), <c>phone</c> a
    /// number to dial.
    /// </summary>
    string Sql { get; }

    /// <summary>How many rows <see cref="Sql"/> has, as an expression: every page asks it for the number in its head.</summary>
    string Count => $"(select count(*) from ({Sql}) x)";

    /// <summary>True for promises to people; anything else stands among the tasks, by its day.</summary>
    bool IsPromise => true;

    /// <summary>A component that says something in the sentence of the day; null says nothing.</summary>
    Type? Sentence => null;
}
