namespace Anlauf.Intake;

/// <summary>
/// Everything read from one document. Every value carries the passage it was read from; nothing is guessed: what the
/// document does not state is null or missing. Schema and meaning: <c>docs/rooms/intake.md</c>.
/// </summary>
public sealed record DocumentRecord(SourceText Source)
{
    /// <summary><c>minutes</c>, <c>resolution</c>, <c>motion</c> or <c>motion_book</c>.</summary>
    public string DocType { get; init; } = "minutes";
    public Found<string>? Organisation { get; init; }
    /// <summary>The deciding body: Landesvorstand, Mitgliederversammlung …</summary>
    public Found<string>? Body { get; init; }
    public Found<string>? Title { get; init; }
    /// <summary>Day of the meeting or resolution, ISO; two days as <c>from/to</c>.</summary>
    public Found<string>? Date { get; init; }
    /// <summary><c>HH:MM</c>.</summary>
    public Found<string>? StartTime { get; init; }
    /// <summary><c>HH:MM</c>.</summary>
    public Found<string>? EndTime { get; init; }
    /// <summary>As written; <c>online</c> for a meeting without a place.</summary>
    public Found<string>? Place { get; init; }
    public IReadOnlyList<Found<string>> Present { get; init; } = [];
    /// <summary>Number of persons present where the document gives one, as written („12", „10-12").</summary>
    public Found<string>? PresentCount { get; init; }
    public IReadOnlyList<Found<string>> Excused { get; init; } = [];
    /// <summary>Absent without excuse.</summary>
    public IReadOnlyList<Found<string>> Absent { get; init; } = [];
    public IReadOnlyList<Found<string>> Guests { get; init; } = [];
    public IReadOnlyList<Found<string>> Chair { get; init; } = [];
    public IReadOnlyList<Found<string>> MinuteTaker { get; init; } = [];
    public IReadOnlyList<Signature> Signed { get; init; } = [];
    /// <summary>Antragsteller, Verfasser, VA.</summary>
    public IReadOnlyList<Found<string>> Originators { get; init; } = [];
    public IReadOnlyList<AgendaEntry> Agenda { get; init; } = [];
    public IReadOnlyList<Paper> Papers { get; init; } = [];
    public IReadOnlyList<Decision> Decisions { get; init; } = [];
    public IReadOnlyList<TaskEntry> Tasks { get; init; } = [];
    public IReadOnlyList<FollowUp> FollowUps { get; init; } = [];
    /// <summary>Dates mentioned that are neither deadline nor next meeting.</summary>
    public IReadOnlyList<Event> Events { get; init; } = [];
    /// <summary>Questions the meeting left without an answer.</summary>
    public IReadOnlyList<Found<string>> OpenQuestions { get; init; } = [];
    /// <summary>Bodies a motion is referred to.</summary>
    public IReadOnlyList<Found<string>> Referrals { get; init; } = [];
    /// <summary>Who is to receive the resolution.</summary>
    public IReadOnlyList<Found<string>> Recipients { get; init; } = [];
    /// <summary>Passages that cannot both be right.</summary>
    public IReadOnlyList<Contradiction> Contradictions { get; init; } = [];
    /// <summary>Passages a person should look at although they may be right: relative deadlines, short names, papers never treated.</summary>
    public IReadOnlyList<Contradiction> Hints { get; init; } = [];
}

/// <summary>One entry of the agenda; <paramref name="Number"/> without trailing dot, null where the agenda is not numbered.</summary>
public sealed record AgendaEntry(string? Number, string Title, Span Span);

/// <summary>A paper of the register: Drucksache, motion or annex. <paramref name="Key"/> is its parsed number where it has one.</summary>
public sealed record Paper(string Reference, string? Title, PaperReference? Key, Span Span);

/// <summary>A decision with its outcome and, where stated, the figures of the vote.</summary>
/// <param name="Agenda">Number of the agenda item, if any.</param>
/// <param name="Text">The sentence that carries the decision.</param>
/// <param name="Votes">The figures.</param>
/// <param name="Span">Passage of the text.</param>
/// <param name="Result"><c>adopted</c>, <c>rejected</c>, <c>referred</c>, <c>adjourned</c>, <c>withdrawn</c> or <c>proposed</c>.</param>
/// <param name="Kind"><c>resolution</c>, <c>election</c> or <c>formal</c>.</param>
/// <param name="Reported">Taken by another meeting and only reported here.</param>
public sealed record Decision(string? Agenda, string Text, string Result, Votes Votes, string Kind, bool Reported, Span Span)
{
    /// <summary>The passage that states the outcome, where it stands apart from the text.</summary>
    public Span? Outcome { get; init; }
}

/// <summary>Figures of a vote as stated; null means not stated. <see cref="Unanimous"/> also follows from stated figures.</summary>
public sealed record Votes(int? Yes = null, int? No = null, int? Abstain = null, bool? Unanimous = null, Span? Span = null)
{
    public static readonly Votes NotStated = new();
    public bool Stated => Yes is not null || No is not null || Abstain is not null || Unanimous is not null;
    public int? Total => Yes is null || No is null ? null : Yes + No + (Abstain ?? 0);
}

/// <summary>Something to be done or a date to be kept.</summary>
/// <param name="Agenda">Number of the agenda item, if any.</param>
/// <param name="Text">The sentence.</param>
/// <param name="Responsible">Persons or bodies in charge.</param>
/// <param name="Span">Passage of the text.</param>
/// <param name="Due">ISO day, month, year, <c>from/to</c> or <c>from/</c>; null where none is stated.</param>
/// <param name="DueText">The words of the document for the date.</param>
/// <param name="DueBasis">For a relative date: what it was reckoned from, German.</param>
/// <param name="Kind"><c>task</c>, <c>deadline</c>, <c>phase</c> or <c>next_meeting</c>.</param>
public sealed record TaskEntry(string? Agenda, string Text, string? Due, string? DueText, string? DueBasis, IReadOnlyList<Found<string>> Responsible, string Kind, Span Span);

/// <summary>To be taken up again (Wiedervorlage).</summary>
public sealed record FollowUp(string? Agenda, string Text, string? Due, Span Span);

/// <summary>A date mentioned in the text.</summary>
public sealed record Event(string? Agenda, string Text, string Due, Span Span);

/// <summary>A signature block: formula („F.d.R."), place, date and name as far as present.</summary>
public sealed record Signature(string? Name, string? Role, string? Place, string? Date, string? Formula, Span Span);

/// <summary>Two or more passages that do not fit together, as a question for a person.</summary>
/// <param name="Type">Machine name, see <c>docs/rooms/intake.md</c>.</param>
/// <param name="Detail">The person, number or date in question.</param>
/// <param name="Question">German question to decide.</param>
/// <param name="Consequence">German sentence: what depends on the answer.</param>
/// <param name="Passages">The passages to compare, in text order.</param>
public sealed record Contradiction(string Type, string Detail, string Question, string Consequence, IReadOnlyList<Span> Passages);
