using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Anlauf.Intake;

/// <summary>What a finding is about; shown to people by <see cref="Findings.German(FindingKind)"/>.</summary>
public enum FindingKind { Person, Date, Paper, Decision, Task, Statement, Contradiction }

/// <summary>One thing read from a document, for the review page.</summary>
/// <param name="Id">Stable: the same passage read again as the same kind gives the same id.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Role">Field of the record it comes from: <c>present</c>, <c>task</c>, <c>agenda</c> …</param>
/// <param name="Span">Passage of the source.</param>
/// <param name="Summary">German, one line.</param>
/// <param name="Value">The structured value: a string, <see cref="Decision"/>, <see cref="TaskEntry"/>, <see cref="Paper"/> …</param>
/// <param name="Certain">False where a person should look („prüfen“), true for „sicher“.</param>
/// <param name="Contradiction">Question, consequence and passages where two passages do not fit.</param>
public sealed record Finding(string Id, FindingKind Kind, string Role, Span Span, string Summary, object Value, bool Certain, Contradiction? Contradiction = null)
{
    /// <summary>„sicher“ or „prüfen“.</summary>
    public string Confidence => Certain ? "sicher" : "prüfen";
}

/// <summary>A record as a list of findings in text order.</summary>
public static class Findings
{
    /// <summary>All findings in text order; contradictions and hints stand at their first passage.</summary>
    public static IReadOnlyList<Finding> Of(DocumentRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var found = new List<Finding>();
        var used = new Dictionary<string, int>(StringComparer.Ordinal);
        var sureText = !record.Source.FromOcr;

        Person("present", "anwesend", record.Present);
        Person("excused", "entschuldigt", record.Excused);
        Person("absent", "unentschuldigt abwesend", record.Absent);
        Person("guests", "Gast", record.Guests);
        Person("chair", "Leitung", record.Chair);
        Person("minute_taker", "Protokoll", record.MinuteTaker);
        Person("originators", "Antragsteller", record.Originators);
        if (record.Date is { } date) Add(FindingKind.Date, "date", date.Span, $"Datum: {GermanDate(date.Value)}", date, true);
        if (record.StartTime is { } start) Add(FindingKind.Date, "start_time", start.Span, $"Beginn: {start.Value} Uhr", start, true);
        if (record.EndTime is { } end) Add(FindingKind.Date, "end_time", end.Span, $"Ende: {end.Value} Uhr", end, true);
        if (record.Organisation is { } organisation) Add(FindingKind.Statement, "organisation", organisation.Span, $"Organisation: {organisation.Value}", organisation, true);
        if (record.Body is { } body) Add(FindingKind.Statement, "body", body.Span, $"Gremium: {body.Value}", body, true);
        if (record.Place is { } place) Add(FindingKind.Statement, "place", place.Span, $"Ort: {place.Value}", place, true);
        foreach (var entry in record.Agenda) Add(FindingKind.Statement, "agenda", entry.Span, $"TOP {entry.Number}: {entry.Title}".Replace("TOP :", "TOP:", StringComparison.Ordinal), entry, true);
        foreach (var paper in record.Papers) Add(FindingKind.Paper, "papers", paper.Span, paper.Title is null ? paper.Reference : $"{paper.Reference}: {paper.Title}", paper, paper.Title is not null);
        foreach (var decision in record.Decisions) Add(FindingKind.Decision, "decisions", decision.Span, $"{ResultWords.Of(decision.Result)}{VoteWords.Of(decision.Votes)}: {decision.Text}", decision, !decision.Reported && (decision.Votes.Stated || decision.Result != "adopted"));
        foreach (var task in record.Tasks) Add(task.Kind is "next_meeting" or "phase" ? FindingKind.Date : FindingKind.Task, "tasks", task.Span, Summary(task), task, task.DueBasis is null && (task.Responsible.Count > 0 || task.Due is not null));
        foreach (var mention in record.Events) Add(FindingKind.Date, "events", mention.Span, $"{GermanDate(mention.Due)}: {mention.Text}", mention, false);
        foreach (var follow in record.FollowUps) Add(FindingKind.Statement, "follow_ups", follow.Span, $"Wiedervorlage: {follow.Text}", follow, false);
        foreach (var question in record.OpenQuestions) Add(FindingKind.Statement, "open_questions", question.Span, $"Offene Frage: {question.Value}", question, false);
        foreach (var referral in record.Referrals) Add(FindingKind.Statement, "referrals", referral.Span, $"Überwiesen an: {referral.Value}", referral, true);
        foreach (var recipient in record.Recipients) Add(FindingKind.Statement, "recipients", recipient.Span, $"Empfänger: {recipient.Value}", recipient, true);
        foreach (var clash in record.Contradictions) Add(FindingKind.Contradiction, clash.Type, clash.Passages[0], clash.Question, clash, false, clash);
        foreach (var hint in record.Hints) Add(FindingKind.Contradiction, hint.Type, hint.Passages[0], hint.Question, hint, false, hint);
        return [.. found.OrderBy(f => f.Span.Start).ThenBy(f => f.Kind)];

        void Person(string role, string german, IReadOnlyList<Found<string>> people)
        {
            foreach (var person in people) Add(FindingKind.Person, role, person.Span, $"{person.Value}: {german}", person, person.Value.Contains(' ', StringComparison.Ordinal));
        }

        void Add(FindingKind kind, string role, Span span, string summary, object value, bool certain, Contradiction? contradiction = null)
        {
            var seed = $"{role}\n{record.Source.Text.AsSpan(span.Start, span.Length)}\n{contradiction?.Detail}";
            // the same words twice in a document: counted in reading order
            var count = used[seed] = used.GetValueOrDefault(seed) + 1;
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes(count == 1 ? seed : $"{seed}\n{count.ToString(CultureInfo.InvariantCulture)}"));
            found.Add(new(Convert.ToHexStringLower(hash.AsSpan(0, 8)), kind, role, span, summary, value, certain && sureText, contradiction));
        }
    }

    /// <summary>Name of a kind for people.</summary>
    public static string German(FindingKind kind) => kind switch
    {
        FindingKind.Person => "Person",
        FindingKind.Date => "Termin",
        FindingKind.Paper => "Drucksache",
        FindingKind.Decision => "Beschluss",
        FindingKind.Task => "Auftrag",
        FindingKind.Contradiction => "unstimmig",
        _ => "Aussage",
    };

    private static string Summary(TaskEntry task) =>
        $"{(task.Due is null ? "Auftrag" : GermanDate(task.Due))}: {task.Text}{(task.Responsible.Count == 0 ? "" : $" ({string.Join(", ", task.Responsible.Select(r => r.Value))})")}";

    private static string GermanDate(string iso) => string.Join(" bis ", iso.Split('/').Select(part =>
        DateOnly.TryParseExact(part, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture) : part)).TrimEnd(' ');
}
