using Anlauf.Intake.Layout;

namespace Anlauf.Intake.Rules;

/// <summary>
/// Decisions in minutes. A sentence may carry decision and outcome at once („Der Vorstand beschließt einstimmig …"), or a
/// motion is followed by figures and an outcome of its own („Ja: 16 … Der Antrag wird angenommen"); both give one decision.
/// </summary>
internal sealed partial class DecisionReader
{
    private readonly Scope scope;
    private readonly List<Decision> decisions = [];
    private Statement? motion;
    private Statement? previous;
    /// <summary>Index of the statement the newest decision was last extended by.</summary>
    private int touched = -10;
    private bool settled;
    /// <summary>Index of the newest decision whose text is the heading of its item.</summary>
    private int headed = -1;

    public static List<Decision> Read(Scope scope)
    {
        if (scope.Header.DocType != "minutes") return MotionDecisions.Read(scope);
        var reader = new DecisionReader(scope);
        reader.ReadMinutes();
        return reader.decisions;
    }

    private DecisionReader(Scope scope) => this.scope = scope;

    private void ReadMinutes()
    {
        ItemHeading? item = null;
        List<string>? header = null;
        var labelled = false;
        var list = false;
        var row = -2;
        foreach (var statement in scope.Body)
        {
            var here = scope.Agenda.ItemAt(statement.Line);
            if (!ReferenceEquals(here, item)) { (item, motion, previous, labelled) = (here, null, null, false); touched = -10; }
            if (statement.Kind == LineKind.Table)
            {
                if (statement.Line != row + 1) header = null;
                row = statement.Line;
                ReadRow(statement, ref header);
                continue;
            }
            header = null;
            if (here?.Line == statement.Line && statement.Kind == LineKind.Text && !Strong().IsMatch(statement.Text)) { previous = null; continue; }   // „TOP 4: Antrag auf …"
            if (statement.Kind == LineKind.Heading)
            {
                labelled = DecisionLabel().IsMatch(statement.Text) && !AgendaNumber().IsMatch(statement.Text);
                list = ListLabel().IsMatch(statement.Text) && !ReportedList().IsMatch(statement.Text);
                if (!VoteHeading().IsMatch(statement.Text)) touched = -10;
                motion = null;
                previous = null;
                continue;
            }
            if (statement.Kind != LineKind.Bullet && !ListLabel().IsMatch(statement.Text)) list = false;
            else if (ListLabel().IsMatch(statement.Text)) { (list, previous) = (true, null); continue; }
            if (list && !NoDecision().IsMatch(statement.Text)) { Add(statement, VoteReader.In(scope.Layout.Shadow.Substring(statement.Span.Start, statement.Span.Length), statement.Span.Start), true); continue; }
            labelled = Judge(statement, labelled);
        }
    }

    /// <summary>Judges one sentence; true where it announces that the next one is the decision („Beschluss:").</summary>
    private bool Judge(Statement statement, bool announced)
    {
        var text = statement.Text;
        var votes = VoteReader.In(scope.Layout.Shadow.Substring(statement.Span.Start, statement.Span.Length), statement.Span.Start);
        if (LabelOnly().IsMatch(text)) { motion = null; return true; }
        if (ReportedList().IsMatch(text)) { previous = statement; return false; }
        if (Inline().Match(text) is { Success: true } label)
        {
            if (label.Groups["rest"].Value is var rest && GenericOutcome().IsMatch(rest) && !OwnMatter().IsMatch(rest)) Outcome(statement, votes);
            else Add(statement, votes, explicitResult: true);
        }
        else if (announced && !GenericOutcome().IsMatch(text)) Add(Whole(statement), votes, true);
        else if (Adjourned().IsMatch(text))
        {
            if (motion is not null && motion.Index == statement.Index - 1) Outcome(statement, votes);
            else Add(statement, votes, true);
        }
        else if (NoDecision().IsMatch(text)) { if (Motion().IsMatch(text)) motion = statement; }
        else if (GenericOutcome().IsMatch(text) && OwnMatter().IsMatch(text) && (motion is null || motion.Index < touched)) Add(statement, votes, true);
        else if (GenericOutcome().IsMatch(text) || (votes.Stated && VotesOnly(text, votes))) Outcome(statement, votes);
        else if (Decides(text, votes, statement))
        {
            if (headed >= 0 && headed == decisions.Count - 1 && statement.Index - touched <= 2 && !votes.Stated) Word(statement);
            else if (touched == statement.Index - 1 && !settled && decisions.Count > 0 && Passive().IsMatch(text)) Extend(statement, votes);
            else Add(statement, votes, true);
        }
        else if (Motion().IsMatch(text)) motion = statement;
        else if (votes.Yes is not null && (votes.No is not null || votes.Abstain is not null))
        {
            // figures within a sentence: of the decision just told, else the sentence is the decision („Kassierer: Ewald Kurz, 18 Ja, 0 Nein")
            if (touched == statement.Index - 1 && decisions.Count > 0 && !decisions[^1].Votes.Stated) Extend(statement, votes);
            else Add(statement, votes, true);
        }
        if (decisions.Count > 0 && (motion is null || motion.Index < touched) && statement.Index - touched is var gap and > 0 && gap <= (settled ? 1 : 3) && VoteSentence().IsMatch(text)) touched = statement.Index;
        previous = statement;
        return false;
    }

    private bool Decides(string text, Votes votes, Statement statement)
    {
        if (Strong().IsMatch(text) || Disposal().IsMatch(text) || Agreed().IsMatch(text)) return true;
        if (votes.Stated && (votes.Yes is not null || votes.Unanimous is not null || votes.Abstain is not null) && Participle().IsMatch(text)) return true;
        if (!Passive().IsMatch(text) && !Active().IsMatch(text)) return false;
        if (Subject().IsMatch(text)) return true;
        return scope.Agenda.ItemAt(statement.Line) is { } item && DecidingItem().IsMatch(item.Title);
    }

    /// <summary>A sentence that a list interrupts: „Die Mitglieder / * [...] / werden ausgeschlossen."</summary>
    private Statement Whole(Statement statement)
    {
        if (statement.Text.Length > 60 || statement.Text[^1] is '.' or ':' or '!' or ')') return statement;
        for (var i = statement.Index + 1; i < Math.Min(scope.Layout.Statements.Count, statement.Index + 40); i++)
        {
            var next = scope.Layout.Statements[i];
            if (next.Kind == LineKind.Bullet) continue;
            if (next.Kind != LineKind.Text || !char.IsLower(next.Text[0])) return statement;
            var span = statement.Span.To(next.Span);
            return statement with { Span = span, Text = scope.Layout.Value(span) };
        }
        return statement;
    }

    private static bool VotesOnly(string text, Votes votes) =>
        votes.Span is { } && (Residue().Replace(text, "").Count(char.IsLetter) <= 4 || VoteSentence().IsMatch(text));

    /// <summary>An outcome without matter of its own: belongs to the decision or motion before.</summary>
    private void Outcome(Statement statement, Votes votes)
    {
        var last = decisions.Count > 0 ? decisions[^1] : null;
        if (last is not null && statement.Index - touched <= (settled ? 1 : 2) && (motion is null || motion.Index < touched) && (!last.Votes.Stated || !votes.Stated || Additive(last.Votes, votes, touched == statement.Index - 1)))
        {
            Extend(statement, votes);
            return;
        }
        // „1 Stimme: Enthaltung" below the choices of a poll decides nothing
        if (motion is null && votes is { Yes: null, No: null, Unanimous: null } && Outcomes.Of(statement.Text) is null) return;
        if (motion is null && previous is null && !OwnMatter().IsMatch(statement.Text) && scope.Agenda.ItemAt(statement.Line) is { Title.Length: > 8 } item && DecidingItem().IsMatch(item.Title))
        {
            AddItem(item, statement, votes);
            return;
        }
        var carrier = motion ?? (previous is not null && !previous.Text.EndsWith('?') ? previous : statement);
        var result = Outcomes.Of(statement.Text);
        // „Auf A entfallen 77 Stimmen, 4 Enthaltungen. Damit ist A gewählt."
        if (!votes.Stated && motion is not null) votes = VoteReader.In(scope.Layout.Shadow.Substring(motion.Span.Start, motion.Span.Length), motion.Span.Start);
        var adjacent = statement.Index - carrier.Index <= 1 && statement.Span.Start - carrier.Span.End < 60;
        // an outcome that closes a paragraph decides the whole paragraph
        if (motion is null && adjacent && carrier.Block != statement.Block && scope.Layout.Statements.Find(s => s.Block == carrier.Block) is { } first && carrier.Span.End - first.Span.Start < 900) carrier = first;
        var span = WithoutOpening(adjacent ? carrier.Span.To(statement.Span) : carrier.Span);
        decisions.Add(new(scope.ItemOf(statement), scope.Layout.Value(span), result ?? Outcomes.OfVote(votes), votes, KindOf(carrier), false, span) { Outcome = statement.Span });
        (touched, settled, motion) = (statement.Index, result is not null, null);
    }

    /// <summary>Figures and outcome right below a heading such as „Antrag auf Förderung des Filmklubs" decide what the heading names.</summary>
    private void AddItem(ItemHeading item, Statement statement, Votes votes)
    {
        var result = Outcomes.Of(statement.Text);
        decisions.Add(new(item.Number, item.Title, result ?? Outcomes.OfVote(votes), votes, KindOf(statement), false, item.Span.To(statement.Span)) { Outcome = statement.Span });
        (touched, settled) = (statement.Index, result is not null);
        headed = decisions.Count - 1;
    }

    /// <summary>Figures came first, below the heading; the sentence after them words the decision.</summary>
    private void Word(Statement statement)
    {
        var last = decisions[^1];
        decisions[^1] = last with { Text = statement.Text, Span = statement.Span, Outcome = last.Votes.Span ?? last.Outcome, Result = Outcomes.Of(statement.Text) ?? last.Result, Kind = KindOf(statement) };
        (touched, settled, headed) = (statement.Index, true, -1);
    }

    /// <summary>„Der Parteitag möge beschließen: …", „Antrag von Robin Beispiel: …": what follows is the matter.</summary>
    private Span WithoutOpening(Span span) =>
        Opening().Match(scope.Layout.Shadow, span.Start, span.Length) is { Success: true } opening ? Span.Between(opening.Index + opening.Length, span.End) : span;

    /// <summary>Figures that add to those known; the same figures once more only where nothing stands between.</summary>
    private static bool Additive(Votes known, Votes more, bool adjacent) =>
        Fits(known.Yes, more.Yes, adjacent) && Fits(known.No, more.No, adjacent) && Fits(known.Abstain, more.Abstain, adjacent);

    private static bool Fits(int? known, int? more, bool adjacent) => known is null || more is null || (adjacent && known == more);

    private void Extend(Statement statement, Votes votes)
    {
        var last = decisions[^1];
        var result = Outcomes.Of(statement.Text);
        var merged = new Votes(last.Votes.Yes ?? votes.Yes, last.Votes.No ?? votes.No, last.Votes.Abstain ?? votes.Abstain, null, last.Votes.Span is { } known ? votes.Span is { } more ? known.To(more) : known : votes.Span);
        merged = merged with
        {
            Unanimous = votes.Unanimous == true || last.Votes.Unanimous == true ? merged.No is null or 0
                : merged.No > 0 ? false
                : merged is { Yes: > 0, No: 0 } ? true
                : votes.Unanimous ?? last.Votes.Unanimous,
        };
        var adjacent = statement.Span.Start - last.Span.End is >= 0 and < 60;
        var span = adjacent ? last.Span.To(statement.Span) : last.Span;
        decisions[^1] = last with
        {
            Votes = merged,
            Result = result ?? (settled ? last.Result : Outcomes.OfVote(merged)),
            Span = span,
            Text = headed == decisions.Count - 1 ? last.Text : scope.Layout.Value(span),
            Outcome = statement.Span,
            Kind = last.Kind == "resolution" ? KindOf(statement) : last.Kind,
        };
        (touched, settled) = (statement.Index, settled || result is not null);
    }

    private void Add(Statement statement, Votes votes, bool explicitResult)
    {
        var span = statement.Span;
        var label = Inline().Match(statement.Text);
        if (label.Success && label.Groups["rest"].Length >= 10 && scope.Layout.Shadow.IndexOf(label.Groups["rest"].Value[..5], span.Start, span.Length, StringComparison.Ordinal) is var at and >= 0)
            span = Span.Between(at, span.End);
        var result = Outcomes.Of(statement.Text);
        if (result == "referred" && !ReferralVerb().IsMatch(statement.Text)) result = "adopted";
        decisions.Add(new(scope.ItemOf(statement), scope.Layout.Value(span), result ?? (votes.Yes is null ? "adopted" : Outcomes.OfVote(votes)), votes, KindOf(statement), Elsewhere().IsMatch(statement.Text), span));
        (touched, settled, motion) = (statement.Index, explicitResult && result is not null, null);
    }

    /// <summary>Tables of votes: a head with Ja and Nein, one decision a row.</summary>
    private void ReadRow(Statement statement, ref List<string>? header)
    {
        var cells = scope.Layout.Cells(scope.Layout.Lines[statement.Line]);
        var values = cells.ConvertAll(c => scope.Layout.Value(c));
        if (header is null) { header = values; return; }
        if (values.TrueForAll(v => v.All(c => c is '-' or ':' or ' '))) return;
        if (header.FindIndex(h => ResultColumn().IsMatch(h)) is var column and >= 0 && header.Exists(h => MatterColumn().IsMatch(h))) { ReadResult(statement, cells, column, header); return; }
        var (yes, no, abstain) = (Column(header, "Ja", "Dafür"), Column(header, "Nein", "Dagegen"), Column(header, "Enth", "Enth"));
        if (yes < 0 || no < 0) return;
        int? At(int column) => column >= 0 && column < values.Count && int.TryParse(values[column], out var n) ? n : null;
        var votes = new Votes(At(yes), At(no), At(abstain), null, statement.Span);
        if (votes.Yes is null) return;
        votes = votes with { Unanimous = votes.No == 0 };
        var end = cells[Math.Max(0, yes - 1)].End;
        var span = Span.Between(cells[0].Start, Math.Max(end, cells[0].End));
        decisions.Add(new(scope.ItemOf(statement), scope.Layout.Value(span).Replace("|", " ", StringComparison.Ordinal), Outcomes.OfVote(votes), votes, KindOf(statement), false, span) { Outcome = statement.Span });
        (touched, settled, motion) = (statement.Index, false, null);
    }

    /// <summary>„2 | Budget | Der Vorstand beschließt … (3 Ja, 0 Nein)": the cell of results is read like text of the item.</summary>
    private void ReadResult(Statement row, List<Span> cells, int column, List<string> header)
    {
        (motion, previous, touched) = (null, null, -10);
        if (column >= cells.Count) return;
        var result = scope.Layout.Value(cells[column]);
        var matter = header.FindLastIndex(column, h => MatterColumn().IsMatch(h) && !TopColumn().IsMatch(h));
        if (BareResult().IsMatch(result) && matter >= 0 && matter < cells.Count && scope.Layout.Value(cells[matter]) is { Length: > 3 } title)
        {
            var votes = VoteReader.In(scope.Layout.Shadow.Substring(cells[column].Start, cells[column].Length), cells[column].Start);
            decisions.Add(new(scope.ItemOf(row), title, Outcomes.Of(result) ?? Outcomes.OfVote(votes), votes, KindOf(row), false, cells[matter].To(cells[column])) { Outcome = cells[column] });
            return;
        }
        var announced = header[column].StartsWith("Beschl", StringComparison.Ordinal);
        foreach (var sentence in Sentences.Of(scope.Layout.Shadow, cells[column]))
        {
            var text = scope.Layout.Value(sentence);
            if (text.Length > 3) announced = Judge(row with { Span = sentence, Text = text, Kind = LineKind.Text }, announced && !NoMatter().IsMatch(text));
        }
        (motion, previous) = (null, null);
    }

    private static int Column(List<string> header, string name, string other) =>
        header.FindIndex(h => h.StartsWith(name, StringComparison.OrdinalIgnoreCase) || h.StartsWith(other, StringComparison.OrdinalIgnoreCase));

    private string KindOf(Statement statement)
    {
        if (FormalMatter().IsMatch(statement.Text)) return "formal";
        if (Election().IsMatch(statement.Text)) return "election";
        return scope.Agenda.ItemAt(statement.Line) is { } item && ElectionItem().IsMatch(item.Title) ? "election" : "resolution";
    }
}
