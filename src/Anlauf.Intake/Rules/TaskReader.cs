using System.Text.RegularExpressions;
using Anlauf.Intake.Layout;

namespace Anlauf.Intake.Rules;

/// <summary>Tasks, deadlines, phases and the next meeting.</summary>
internal sealed partial class TaskReader
{
    public List<TaskEntry> Tasks { get; } = [];
    public List<Event> Events { get; } = [];

    private readonly Scope scope;
    private readonly DocumentLayout layout;
    private readonly IReadOnlyList<Decision> decisions;

    public static TaskReader Read(Scope scope, IReadOnlyList<Decision> decisions)
    {
        var reader = new TaskReader(scope, decisions);
        reader.ReadTables();
        reader.ReadStatements();
        return reader;
    }

    private TaskReader(Scope scope, IReadOnlyList<Decision> decisions) => (this.scope, layout, this.decisions) = (scope, scope.Layout, decisions);

    private void ReadStatements()
    {
        var phase = -1;
        var announced = false;
        foreach (var statement in scope.Body)
        {
            if (statement.Kind == LineKind.Table) continue;
            if (Phase(statement) is { } entry) { Tasks.Add(entry); phase = Tasks.Count - 1; continue; }
            if (statement.Kind == LineKind.Heading || AgendaLine().IsMatch(statement.Text))
            {
                phase = -1;
                announced = NextMeetingHeading().IsMatch(statement.Text);
                if (announced && NextMeeting(statement)) announced = false;
                continue;
            }
            if ((announced || NextMeetingSentence().IsMatch(statement.Text)) && NextMeeting(statement)) { announced = false; continue; }
            announced = announced && statement.Text.Length < 20 || NextMeetingHeading().IsMatch(statement.Text) && statement.Text.Length < 60;
            if (InCharge().Match(statement.Text) is { Success: true } charge) { Attach(statement, charge); continue; }
            if (AttachDue(statement)) continue;
            if (scope.Header.DocType is "motion" or "motion_book") continue;
            if (Deadline(statement)) continue;
            if (phase >= 0)
            {
                if (OfficeWill().Match(statement.Text) is { Success: true } office && Tasks[phase].Responsible.Count == 0)
                    Tasks[phase] = Tasks[phase] with { Responsible = [new(office.Groups["who"].Value, statement.Span)] };
                continue;
            }
            if (!decisions.Any(d => d.Span.Touches(statement.Span))) Task(statement);
            Mention(statement);
        }
    }

    /// <summary>„Phase 1 – Analyse" with a line below it that holds nothing but a period of time.</summary>
    private TaskEntry? Phase(Statement statement)
    {
        if (statement.Text.Length > 90 || statement.Index + 1 >= layout.Statements.Count) return null;
        var below = layout.Statements[statement.Index + 1];
        if (below.Text.Length > 60 || below.Kind == LineKind.Table || below.Line == statement.Line || layout.Fields.Exists(f => f.Inline && (f.Line.Index == statement.Line || f.Line.Index == below.Line)) || NextMeetingHeading().IsMatch(statement.Text)) return null;
        if (Dates.In(layout.Shadow, below.Span) is not [var date, ..]) return null;
        var open = OpenStart().IsMatch(below.Text);
        if (date.Until is null && !open) return null;
        var rest = below.Text.Length - date.Span.Length;
        if (rest > 8 || !date.HasYear || !PhaseTitle().IsMatch(statement.Text)) return null;
        return new(scope.ItemOf(statement), statement.Text, open ? date.Iso + "/" : date.Iso, below.Text, null, [], "phase", statement.Span);
    }

    private bool NextMeeting(Statement statement)
    {
        var dates = Dates.In(layout.Shadow, statement.Span).FindAll(d => d.IsDay);
        // „nach dem Treffen am 18.04. … für Mittwoch, den 25.04. um 17 Uhr": the day with weekday or time is the one appointed
        var date = dates.Count > 1 ? dates.Find(d => d.Weekday is not null || TimeBehind().IsMatch(layout.Shadow.AsSpan(d.Span.End, Math.Min(14, layout.Shadow.Length - d.Span.End)))) ?? dates[0] : dates.FirstOrDefault();
        if (date is null || (date.HasYear && scope.Header.Day is { } day && date.Date < day)) return false;
        if (!date.HasYear && scope.Header.Day is null) return false;
        var placed = scope.Header.Day is { } basis ? date.InYearOf(basis, true) : date;
        Tasks.Add(new(scope.ItemOf(statement), statement.Text, placed.Iso, layout.Value(date.Span), null, [], "next_meeting", statement.Span));
        return true;
    }

    /// <summary>„Verantw.: A und B" belongs to the entry before.</summary>
    private void Attach(Statement statement, Match charge)
    {
        var group = charge.Groups["who"];
        var offset = layout.Shadow.IndexOf(group.Value.Split(' ')[0], statement.Span.Start, statement.Span.Length, StringComparison.Ordinal);
        var who = Responsible.List(layout, Span.Between(Math.Max(offset, statement.Span.Start), statement.Span.End));
        var due = DueDates.Until(layout.Shadow, statement.Span, scope.Header.Day);
        if (statement.Index == 0 || who.Count == 0) return;
        var carrier = Carrier(statement);
        var known = Tasks.FindIndex(t => t.Kind is "task" or "deadline" && t.Span.Touches(carrier.Span));
        if (known >= 0) Tasks[known] = Tasks[known] with { Responsible = who, Due = Tasks[known].Due ?? due?.Iso };
        else if (carrier.Kind is LineKind.Text or LineKind.Bullet)
            Tasks.Add(new(scope.ItemOf(carrier), carrier.Text, due?.Iso, due?.Text, due?.Basis, who, due is null ? "task" : "deadline", carrier.Span));
    }

    /// <summary>What a line „Verantwortlich: …" or „Frist: …" speaks of: the entry above it, and the matter decided rather than the vote.</summary>
    private Statement Carrier(Statement statement)
    {
        var above = layout.Statements[statement.Index - 1];
        if ((InCharge().IsMatch(above.Text) || DueLabel().IsMatch(above.Text)) && statement.Index > 1) above = layout.Statements[statement.Index - 2];
        var decision = decisions.FirstOrDefault(d => d.Outcome is { } outcome && outcome.Touches(above.Span) || d.Votes.Span is { } votes && votes.Touches(above.Span) || d.Span.Touches(above.Span));
        return decision is null ? above : layout.Statements.Find(s => s.Span.Touches(decision.Span) && s.Kind != LineKind.Heading) is { } first ? first with { Text = decision.Text, Span = decision.Span } : above;
    }

    /// <summary>„Frist: 15. Juni 2020" below an entry is the due date of that entry.</summary>
    private bool AttachDue(Statement statement)
    {
        if (statement.Index == 0 || !DueLabel().IsMatch(statement.Text) || layout.Statements[statement.Index - 1].Kind == LineKind.Heading) return false;
        if (DueDates.Stated(layout.Shadow, statement.Span, scope.Header.Day) is not { } due) return false;
        var carrier = Carrier(statement);
        var known = Tasks.FindIndex(t => t.Kind is "task" or "deadline" && t.Span.Touches(carrier.Span));
        if (known >= 0) Tasks[known] = Tasks[known] with { Due = Tasks[known].Due ?? due.Iso, DueText = Tasks[known].DueText ?? due.Text, DueBasis = Tasks[known].DueBasis ?? due.Basis, Kind = "deadline" };
        else Tasks.Add(new(scope.ItemOf(carrier), carrier.Text, due.Iso, due.Text, due.Basis, [], "deadline", carrier.Span));
        return true;
    }

    private bool Deadline(Statement statement)
    {
        var text = statement.Text;
        if (text.Length < 12 || (Past().IsMatch(text) && !CalledUpon().IsMatch(text))) return false;
        var due = DueDates.Until(layout.Shadow, statement.Span, scope.Header.Day);
        if (due is null && (Reporting().IsMatch(text) || DeadlineWord().IsMatch(text) || DoneBy().IsMatch(text)) && Dates.In(layout.Shadow, statement.Span).Find(d => d.IsDay && d.Until is null) is { } stated
            && (stated.HasYear || scope.Header.Day is not null))
        {
            var placed = scope.Header.Day is { } basis ? stated.InYearOf(basis, true) : stated;
            if (scope.Header.Day is null || placed.Date > scope.Header.Day)
                due = new(placed.Iso, layout.Value(stated.Span), stated.Span, stated.HasYear ? null : "Jahr aus dem Datum des Dokuments");
        }
        else if (due is not null && !Obliges().IsMatch(text) && !(statement.Kind == LineKind.Bullet && text.Length < 90) && !DeadlineWord().IsMatch(text) && !(KnownActs().Match(text) is { Success: true } acts && People(acts.Groups["who"].Value).Count > 0) && !OfficeOpens().IsMatch(text)) due = null;
        if (due is null || (scope.Header.Day is { } meeting && string.CompareOrdinal(due.Iso, $"{meeting:yyyy-MM-dd}"[..Math.Min(10, due.Iso.Length)]) < 0)) return false;
        if (decisions.Any(d => d.Span.Touches(statement.Span)) && !DeadlineWord().IsMatch(text) && !Obliges().IsMatch(text)) return false;
        Tasks.Add(new(scope.ItemOf(statement), text, due.Iso, due.Text, due.Basis, InChargeOf(statement), "deadline", statement.Span));
        return true;
    }

    private List<Found<string>> InChargeOf(Statement statement)
    {
        var text = statement.Text;
        if (Asked().Match(text) is { Success: true } asked) return Responsible.List(layout, Within(statement, asked.Groups["who"].Value));
        if (EachMember().Match(text) is { Success: true } each) return [new("Mitglieder " + each.Groups["of"].Value, statement.Span)];
        if (Marked().Match(text) is { Success: true } marked && marked.Groups["who"].Success && People(marked.Groups["who"].Value) is { Count: > 0 } named) return [.. named.Select(n => new Found<string>(n, statement.Span))];
        if (text.StartsWith("Letztere", StringComparison.Ordinal)) return Responsible.Latter(scope, statement) is { } latter ? [latter] : [];
        if (Duty().Match(text) is { Success: true } duty && People(duty.Groups["who"].Value) is { Count: > 0 } holders) return [.. holders.Select(p => new Found<string>(p, statement.Span))];
        if (Imperative().IsMatch(text)) return Responsible.Addressed(scope, statement);
        if (PersonActs().Match(text) is { Success: true } person && People(person.Groups["who"].Value) is { Count: > 0 } people) return [.. people.Select(p => new Found<string>(p, statement.Span))];
        if (OfficeActs().Match(text) is { Success: true } office) return Responsible.List(layout, Within(statement, office.Groups["who"].Value));
        if (DoneBy().Match(text) is { Success: true } by && People(by.Groups["who"].Value) is { Count: > 0 } doers) return [.. doers.Select(p => new Found<string>(p, statement.Span))];
        if (KnownActs().Match(text) is { Success: true } acts && People(acts.Groups["who"].Value) is { Count: > 0 } actors) return [.. actors.Select(p => new Found<string>(p, statement.Span))];
        if (OfficeOpens().Match(text) is { Success: true } opens) return Responsible.List(layout, Within(statement, opens.Groups["who"].Value));
        return [];
    }

    private void Task(Statement statement)
    {
        var text = statement.Text;
        if (text.Length < 12 || text.EndsWith('?') || Past().IsMatch(text) || NoTask().IsMatch(text)) return;
        var lead = NextSteps().Match(text);
        var core = lead.Success ? text[lead.Length..] : text;
        List<Found<string>>? who = null;
        if (Marked().Match(text) is { Success: true } marked)
            who = marked.Groups["who"].Success && People(marked.Groups["who"].Value) is { } named ? [.. named.Select(n => new Found<string>(n, statement.Span))] : [];
        else if (Duty().Match(core) is { Success: true } duty && People(duty.Groups["who"].Value) is { Count: > 0 } holders)
            who = [.. holders.Select(p => new Found<string>(p, statement.Span))];
        else if (PersonActs().Match(core) is { Success: true } acts && !Participle(core, acts) && People(acts.Groups["who"].Value) is { Count: > 0 } people)
            who = [.. people.Select(p => new Found<string>(p, statement.Span))];
        else if (PersonInvertedActs().Match(core) is { Success: true } inverted && People(inverted.Groups["who"].Value) is { Count: > 0 } persons)
            who = [.. persons.Select(p => new Found<string>(p, statement.Span))];
        else if (DoneBy().Match(core) is { Success: true } by && People(by.Groups["who"].Value) is { Count: > 0 } doers)
            who = [.. doers.Select(p => new Found<string>(p, statement.Span))];
        else if (Asked().Match(core) is { Success: true } asked)
            who = Responsible.List(layout, Within(statement, asked.Groups["who"].Value));
        else if (Through().Match(core) is { Success: true } through)
            who = [new(through.Groups["who"].Value, statement.Span)];
        else if (OfficeActs().Match(core) is { Success: true } office && !Participle(core, office))
            who = UnderLead().Match(core) is { Success: true } lead2 ? [new(lead2.Groups["who"].Value, statement.Span)] : Responsible.List(layout, Within(statement, office.Groups["who"].Value));
        else if (OfficeInvertedActs().Match(core) is { Success: true } invertedOffice)
            who = UnderLead().Match(core) is { Success: true } lead3 ? [new(lead3.Groups["who"].Value, statement.Span)] : [new(invertedOffice.Groups["who"].Value, statement.Span)];
        else if (lead.Success && core.Length > 12) who = [];
        if (who is null) return;
        var due = DueDates.Until(layout.Shadow, statement.Span, scope.Header.Day) ?? DueDates.From(layout.Shadow, statement.Span);
        Tasks.Add(new(scope.ItemOf(statement), text, due?.Iso, due?.Text, due?.Basis, who, due is null || due.Iso.EndsWith('/') ? "task" : "deadline", statement.Span));
    }

    private Span Within(Statement statement, string words)
    {
        var first = words.Trim().Split(' ', 2)[0];
        var at = layout.Shadow.IndexOf(first, statement.Span.Start, statement.Span.Length, StringComparison.Ordinal);
        if (at < 0) return statement.Span;
        var last = words.Trim().Split(' ')[^1];
        var end = layout.Shadow.IndexOf(last, at, statement.Span.End - at, StringComparison.Ordinal);
        return Span.Between(at, end < 0 ? statement.Span.End : Math.Min(statement.Span.End, end + last.Length));
    }

    /// <summary>„wird … gewählt" says what happened to a person, not what the person is to do.</summary>
    private static bool Participle(string text, Match match)
    {
        if (!match.Groups["will"].Success) return false;
        var tail = LastWord().Match(text).Groups["w"].Value;
        return !InfinitiveEnd().IsMatch(text) || PassiveEnd().IsMatch(tail);
    }

    private List<string> People(string list)
    {
        var people = new List<string>();
        foreach (var part in list.Replace(" und ", ",", StringComparison.Ordinal).Replace("/", ",", StringComparison.Ordinal).Split(','))
        {
            var name = Titles().Replace(part.Trim(' ', '@'), "");
            if (name.Length == 0) continue;
            // „Herr Otto": the address alone says that it is a person
            if (Addressed().Match(name) is { Success: true } address && Names.LooksLikePerson(name[address.Length..])) { people.Add(name[address.Length..]); continue; }
            if (!scope.KnownNames.Contains(name) && !GivenNames.Has(name.Split(' ')[0]) || !Names.LooksLikePerson(name)) return [];
            people.Add(name);
        }
        return people;
    }

    /// <summary>A date that is no deadline: kept as an event for the calendar.</summary>
    private void Mention(Statement statement)
    {
        if (scope.Header.Day is not { } day || Past().IsMatch(statement.Text)) return;
        foreach (var date in Dates.In(layout.Shadow, statement.Span))
            if (date.IsDay && date.InYearOf(day, true) is var placed && placed.Date > day && !Tasks.Exists(t => t.Span == statement.Span))
                Events.Add(new(scope.ItemOf(statement), statement.Text, placed.Iso, statement.Span));
    }

    /// <summary>Tables with columns for the task, the person and the date.</summary>
    private void ReadTables()
    {
        (int What, int Who, int When)? columns = null;
        var results = false;
        var previous = -2;
        foreach (var line in layout.Lines)
        {
            if (line.Kind != LineKind.Table) continue;
            var cells = layout.Cells(line);
            var values = cells.ConvertAll(c => layout.Value(c));
            if (line.Index != previous + 1) columns = null;
            previous = line.Index;
            if (columns is null)
            {
                var what = values.FindIndex(v => TaskColumn().IsMatch(v));
                var who = values.FindIndex(v => WhoColumn().IsMatch(v));
                var when = values.FindIndex(v => WhenColumn().IsMatch(v));
                results = what < 0;
                if (results) what = values.FindIndex(v => DecisionColumn().IsMatch(v));
                columns = what >= 0 && (who >= 0 || when >= 0) ? (what, who, when) : (-1, -1, -1);
                continue;
            }
            var (w, p, t) = columns.Value;
            if (w < 0 || w >= cells.Count || values[w].Length < 3 || values[w].All(c => c is '-' or ':')) continue;
            // in a column of decisions only a row with a name or a date is a task
            if (results && !((p >= 0 && p < cells.Count && cells[p].Length > 0) || (t >= 0 && t < cells.Count && cells[t].Length > 0))) continue;
            var responsible = p >= 0 && p < cells.Count ? Responsible.List(layout, cells[p]) : [];
            var due = t >= 0 && t < cells.Count ? DueDates.Stated(layout.Shadow, cells[t], scope.Header.Day) : null;
            Tasks.Add(new(scope.Agenda.ItemAt(line.Index)?.Number, values[w], due?.Iso, t >= 0 && t < cells.Count && values[t].Length > 0 ? values[t] : null, due?.Basis, responsible, due is null ? "task" : "deadline", cells[w]));
        }
    }
}
