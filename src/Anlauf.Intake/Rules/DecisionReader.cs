using System.Text.RegularExpressions;
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
        foreach (var statement in scope.Body)
        {
            var here = scope.Agenda.ItemAt(statement.Line);
            if (!ReferenceEquals(here, item)) { (item, motion, previous, labelled) = (here, null, null, false); touched = -10; }
            if (statement.Kind == LineKind.Table) { ReadRow(statement, ref header); continue; }
            header = null;
            if (here?.Line == statement.Line && statement.Kind == LineKind.Text && !Strong().IsMatch(statement.Text)) { previous = null; continue; }   // „TOP 4: Antrag auf …"
            if (statement.Kind == LineKind.Heading)
            {
                labelled = DecisionLabel().IsMatch(statement.Text) && !AgendaNumber().IsMatch(statement.Text);
                motion = null;
                previous = null;
                continue;
            }
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
            if (label.Groups["rest"].Value is var rest && GenericOutcome().IsMatch(rest)) Outcome(statement, votes);
            else Add(statement, votes, explicitResult: true);
        }
        else if (announced && !GenericOutcome().IsMatch(text)) Add(Whole(statement), votes, true);
        else if (Adjourned().IsMatch(text))
        {
            if (motion is not null && motion.Index == statement.Index - 1) Outcome(statement, votes);
            else Add(statement, votes, true);
        }
        else if (NoDecision().IsMatch(text)) { if (Motion().IsMatch(text)) motion = statement; }
        else if (GenericOutcome().IsMatch(text) || (votes.Stated && VotesOnly(text, votes))) Outcome(statement, votes);
        else if (Decides(text, votes, statement))
        {
            if (touched == statement.Index - 1 && !settled && decisions.Count > 0 && Passive().IsMatch(text)) Extend(statement, votes);
            else Add(statement, votes, true);
        }
        else if (Motion().IsMatch(text)) motion = statement;
        if (decisions.Count > 0 && (motion is null || motion.Index < touched) && statement.Index - touched is > 0 and <= 3 && VoteSentence().IsMatch(text)) touched = statement.Index;
        previous = statement;
        return false;
    }

    private bool Decides(string text, Votes votes, Statement statement)
    {
        if (Strong().IsMatch(text) || Disposal().IsMatch(text)) return true;
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
        if (last is not null && statement.Index - touched <= 2 && (motion is null || motion.Index < touched) && (!last.Votes.Stated || !settled || !votes.Stated || Additive(last.Votes, votes)))
        {
            Extend(statement, votes);
            return;
        }
        if (motion is null && previous is null && !statement.Text.Contains('„', StringComparison.Ordinal) && scope.Agenda.ItemAt(statement.Line) is { Title.Length: > 8 } item && DecidingItem().IsMatch(item.Title))
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

    /// <summary>„Der Parteitag möge beschließen: …", „Antrag von Robin Beispiel: …": what follows is the matter.</summary>
    private Span WithoutOpening(Span span) =>
        Opening().Match(scope.Layout.Shadow, span.Start, span.Length) is { Success: true } opening ? Span.Between(opening.Index + opening.Length, span.End) : span;

    private static bool Additive(Votes known, Votes more) =>
        (known.Yes is null || more.Yes is null) && (known.No is null || more.No is null) && (known.Abstain is null || more.Abstain is null);

    private void Extend(Statement statement, Votes votes)
    {
        var last = decisions[^1];
        var result = Outcomes.Of(statement.Text);
        var merged = new Votes(last.Votes.Yes ?? votes.Yes, last.Votes.No ?? votes.No, last.Votes.Abstain ?? votes.Abstain, null, last.Votes.Span ?? votes.Span);
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
        if (header.FindIndex(h => ResultColumn().IsMatch(h)) is var column and >= 0 && header.Exists(h => MatterColumn().IsMatch(h))) { ReadResult(statement, cells, column, header[column]); return; }
        var (yes, no, abstain) = (Column(header, "Ja", "Dafür"), Column(header, "Nein", "Dagegen"), Column(header, "Enth", "Enth"));
        if (yes < 0 || no < 0) return;
        int? At(int column) => column >= 0 && column < values.Count && int.TryParse(values[column], out var n) ? n : null;
        var votes = new Votes(At(yes), At(no), At(abstain), null, statement.Span);
        if (votes.Yes is null) return;
        votes = votes with { Unanimous = votes.No == 0 };
        var end = cells[Math.Max(0, yes - 1)].End;
        var span = Span.Between(cells[0].Start, Math.Max(end, cells[0].End));
        decisions.Add(new(scope.ItemOf(statement), scope.Layout.Value(span).Replace("|", " ", StringComparison.Ordinal), Outcomes.OfVote(votes), votes, KindOf(statement), false, span) { Outcome = statement.Span });
    }

    /// <summary>„2 | Budget | Der Vorstand beschließt … (3 Ja, 0 Nein)": the cell of results is read like text of the item.</summary>
    private void ReadResult(Statement row, List<Span> cells, int column, string title)
    {
        (motion, previous, touched) = (null, null, -10);
        if (column >= cells.Count) return;
        var announced = title.StartsWith("Beschl", StringComparison.Ordinal);
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

    internal const string BodyNoun = @"(?:[\p{L}-]*[Vv]orstand|[\p{L}-]*[Vv]ersammlung|[\p{L}-]*[Pp]arteitag|[\p{L}-]*[Kk]onferenz|[\p{L}-]*[Rr]at|[\p{L}-]*[Aa]usschuss|Kreistag|[\p{L}-]*[Vv]ertretung|[\p{L}-]*[Ff]raktion|[\p{L}-]*[Pp]arlament|[\p{L}-]*[Kk]ongress|[\p{L}-]*[Kk]onvent|Kuratorium|Plenum|Präsidium|Gremium|Delegierten|Anwesenden|Mitglieder|Wir|wir|Kommission|Verein|Kreisverband|Ortsverein|Ortsverband|Landesverband)";
    private const string Participles = @"(?:beschlossen|angenommen|abgelehnt|genehmigt|bestätigt|verabschiedet|(?:wieder\s?)?gewählt|entlastet|bewilligt|vertagt|überwiesen|verwiesen|zurückgezogen|zurückgestellt|berufen|zugestimmt|zurückgewiesen|entschieden|festgelegt|aufgenommen|erteilt|verlängert|gebilligt|ausgeschlossen)";

    [GeneratedRegex(@"^(?:(?:Einstimmiger|Mehrheitlicher|Gefasster)\s)?Beschl(?:uss|üsse|usstext|ussfassung)(?:\s?(?:Nr\.?\s?)?[\d/.-]+)?\s*:?$")]
    private static partial Regex DecisionLabel();
    [GeneratedRegex(@"\G(?:(?:Antrag|Antragstext|Beschlussvorschlag|Vorschlag)(?:\s(?:von|des|der|auf)\s[^:\n]{2,60})?|[^:\n]{3,120}\s(?:möge|wolle|mögen)\s(?:bitte\s|folgendes\s)?beschließen)\s*:\s*(?=\S[^\n]{9})")]
    private static partial Regex Opening();
    [GeneratedRegex(@"^(?:Ergebnis(?:se)?|Beschl(?:uss|üsse|ussfassung)|Entscheidung|Festlegung(?:en)?|Ergebnis/Beschluss|Beschluss/Ergebnis|Verlauf.*|Inhalt.*Ergebnis.*)$", RegexOptions.IgnoreCase)]
    private static partial Regex ResultColumn();
    [GeneratedRegex(@"^(?:TOPs?|Thema|Themen|Gegenstand|Tagesordnungspunkt|Punkt|Antrag|Betreff|Titel)$", RegexOptions.IgnoreCase)]
    private static partial Regex MatterColumn();
    [GeneratedRegex(@"^(?:zur\sKenntnis|Kenntnisnahme|siehe|entfällt|kein|offen|erledigt|[-–])", RegexOptions.IgnoreCase)]
    private static partial Regex NoMatter();
    /// <summary>„vertagt auf die nächste Sitzung": a note without subject.</summary>
    [GeneratedRegex(@"^(?:[-–]\s*)?(?:[Ww]ird\s|[Ww]urde\s|[Ii]st\s)?(?:\w+\s)?(?:[Vv]ertagt|[Zz]urückgestellt)(?:\s(?:auf|bis|in|zur|zum|wegen)\b.{2,80}|\.?)$")]
    private static partial Regex Adjourned();
    /// <summary>What only a meeting can do with a matter: to adjourn it, to put it back, to refer it to another body.</summary>
    [GeneratedRegex(@"\b(?:wird|werden|wurden?|ist|sind)\b[^.;]{0,200}\b(?:vertagt|zurückgestellt)\b|\b(?:wird|werden|wurden?)\b[^.;€]{0,120}\b(?:an|in)\s(?:den|die|das)\s(?:\p{Ll}+\s)?(?:[\p{L}-]*(?:[Vv]orstand|[Aa]usschuss|[Ff]raktion|[Rr]at|[Kk]ommission|[Pp]arteitag|[Kk]onvent|[Aa]rbeitsgruppe|[Aa]rbeitskreis)|[LB]?AG\s\p{Lu}\p{L}+|AK\s\p{Lu}\p{L}+)\b[^.;€]{0,60}\b(?:überwiesen|verwiesen)\b|^(?:Initiativ|Änderungs|Dringlichkeits)?[Aa]ntrag\s\S+[^.]{0,120}:\s.{0,120}\b(?:angenommen|abgelehnt|verwiesen|überwiesen|zurückgezogen|vertagt|erledigt)\b", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Disposal();
    [GeneratedRegex(@"^(?:(?:TOP|zu)\s*)?\d")]
    private static partial Regex AgendaNumber();
    [GeneratedRegex(@"^(?:(?:Einstimmiger|Mehrheitlicher|Gefasster)\s)?Beschluss(?:text|fassung|vorschlag)?(?:\s(?:des\s\p{L}+|nach\s.{3,40}))*(?:\s?(?:Nr\.?\s?)?[\d/.-]+)?\s*:$|^Beschluss des Vorstand.{0,40}:$")]
    private static partial Regex LabelOnly();
    [GeneratedRegex(@"^Beschlüsse\b.{0,60}:$")]
    private static partial Regex ReportedList();
    [GeneratedRegex(@"^(?:\p{L}[\p{L} ,]{0,60}\s)?(?:(?:[Ee]instimmiger?|[Ee]instimmung|[Mm]ehrheitlicher)\s)?Beschluss(?:text|fassung)?\b(?!vorlage|vorschlag)(?:\s(?:des|der)\s\p{L}+|\szum?r?\s[^:]{3,60})?(?:\s?(?:Nr\.?\s?)?\d[\d/.-]*)?\s*(?:\([^)]{1,40}\)\s*)?:\s*(?<rest>\S.*)$", RegexOptions.Singleline, 500)]
    private static partial Regex Inline();
    [GeneratedRegex(@"^(?:[-–(]\s*)?(?:(?:Der|Dieser|Die|Das|Dem|Diesem)\s(?:\d+\.\s)?(?:(?:so\s)?geänderte[rn]?\s|gestellte\s)?(?:(?:Änderungs|Initiativ|Satzungsänderungs|GO-)?[Aa]ntrag|Beschluss(?:vorschlag|vorlage)?|Vorschlag|Vorlage|Abstimmung|Ergebnis)\b.{0,130}?(?:angenommen|abgelehnt|beschlossen|zugestimmt|bestätigt|genehmigt|gefasst|zurückgezogen|vertagt|überwiesen|verwiesen).{0,60}|(?:(?:[Ee]instimmig|[Mm]ehrheitlich|[Bb]ei|[Mm]it|[Oo]hne|[Kk]eine|\d|[Dd]amit|[Ss]omit|[Ss]o|[Ii]st|[Ww]ird|[Aa]uch)\b.{0,110}?)?(?:angenommen|abgelehnt|beschlossen|zugestimmt|genehmigt|bestätigt|so beschlossen)\.?\)?|(?:Beschluss|Abstimmung|Ergebnis|Abstimmungsergebnis)\s*:?\s*(?:einstimmig|mehrheitlich)\.?.{0,60}|\(?(?:[Ee]instimmig|[Mm]ehrheitlich|EINSTIMMIG)(?:\s*(?:angenommen|beschlossen|dafür|,?\s?bei\s.{3,40}))?\.?\)?|(?:Das\s)?(?:Ergebnis der Abstimmung|Abstimmungsergebnis|Abstimmung|Stimmergebnis)\s?:.{0,150}|Antrag\s(?:\w+\s)?(?:angenommen|abgelehnt|zurückgezogen)|(?:[Dd]amit|[Ss]omit)\s(?:ist|sind)\s.{3,80}\sgewählt\.?|(?:Der|Die)\s[\p{L}-]+\s(?:nimmt|lehnt|stimmt)\s(?:den|dem)\s(?:geänderten\s)?Antrag\b.{0,100}\b(?:an|ab|zu)\.?)$", RegexOptions.CultureInvariant, 500)]
    private static partial Regex GenericOutcome();
    [GeneratedRegex(@"^(?:(?:Der|Die)\s\p{L}+\sstimmt\s.{0,60}wie\sfolgt\sab\s*:?|Abstimmung\b.{0,40}:|Ergebnis\b.{0,30}:|Abgestimmt wurde\b|Stimmen\s?:)", RegexOptions.IgnoreCase)]
    private static partial Regex VoteSentence();
    [GeneratedRegex(@"\d+|keine[rn]?|eine[rn]?|Ja-?|Nein-?|JA|NEIN|Stimmen?|[Ss]timm|[Ee]nthaltung(?:en)?|[Ee]nthalten|Gegen|[Dd]afür|[Dd]agegen|[Ff]ür|und|mit|bei|von|ohne|[Ee]instimmig|[Mm]ehrheitlich|[Aa]ngenommen|Abstimmung\w*|Ergebnis|der|des|Das|Stimmberechtigte\w*|Votum|Zustimmung\w*")]
    private static partial Regex Residue();
    [GeneratedRegex(@"\?$|\b(?:soll(?:e|en|te|ten)?|kann|können|könnten?|muss|müssen|müssten?|darf|dürfen|dürfe|möge|möchten?|will|wollen|würden?)\b.{0,160}\b(?:beschließen|abstimmen|(?:" + Participles + @")\swerden|entscheiden|vertagt|wählen)|\bzu\s(?:beschließen|wählen|genehmigen|entscheiden)\b|beschließen\szu\slassen|\b[Bb]eschlussfähig|^(?:Wenn|Falls|Sofern|Sobald|Ob)\b|^(?!.*\bgewählt\b).*\b(?:nimmt|nahm|nehmen|nahmen)\s(?:die\sWahl|das\sAmt)|^(?!.*\bgewählt\b).*\bWahl\san(?:genommen)?\b|noch\snicht\s(?:entschieden|beschlossen)|\bbeschlossene[nrs]?\b|zur\sAbstimmung\s(?:gestellt|vorgelegt)|[Bb]eschlussempfehlung|(?:nimmt|nehmen)\s.{0,80}\b(?:Kontakt|teil|mit)\b|\bnicht,\sdass\b|^\S.{0,70}\b(?:berichtet|erläutert|erklärt,|informiert|merkt\san|weist\sdarauf)\b(?!.{0,200}\beinstimmig)|\b[Vv]on\s(?:der|dieser|dem|diesem)\s(?!" + BodyNoun + @")\p{L}{4,}\b.{0,120}\b(?:genehmigt|bewilligt|bestätigt|angenommen)\b|\bsich\s.{0,80}\bverabschiedet|\bkeine\b.{0,60}\b(?:festgelegt|gestellt)\b|\bsollten?\b.{0,200}\b(?:besprochen|diskutiert|überlegt|geklärt)\b|\bkeine\s(?:Beschlüsse|Anträge)|\bnichts?\sbeschlossen|(?:gewählt|bestimmt)\swerden|rechtskräftig|\b" + Participles + @"\swerden\s(?:müss|könn|soll|dürf)", RegexOptions.CultureInvariant, 500)]
    private static partial Regex NoDecision();
    [GeneratedRegex(@"\b(?:beantragt|beantragte|schlägt|schlug|vorgeschlagen|[Vv]orschlag|abgestimmt|zur\s(?:Wahl|Abstimmung)|Antrag(?:stext)?\s?:|[Bb]eschlussvorschlag|stellt\sden\sAntrag|Antrag\sauf|möge\s(?:bitte\s|folgendes\s)?beschließen|entf(?:allen|ielen)\s.{0,40}Stimmen)\b|^Antrag:")]
    private static partial Regex Motion();
    [GeneratedRegex(BodyNoun + @"\b[^.;]{0,60}?\b(?:beschließt|beschließen|beschloss|beschlossen|verabschiedet|verabschieden)\b|\b(?:beschließt|beschloss|beschließen)\b[^.;]{0,40}\b" + BodyNoun + @"|(?:^|\b)(?:wird|werden|wurden?|worden|hat|haben)\b.{0,300}\b(?:beschlossen|verabschiedet|entlastet)\b|\b(?:Umlaufbeschluss|Umlaufbeschlüsse|Umlaufverfahren|Eilbeschluss)\b.{0,200}\b(?:" + Participles + @"|geschlossen|gefunden|gefasst)\b|\b[Ee]rteil\w*\s.{0,80}\bEntlastung|\bhat\sim\sUmlauf|\bhat\smit\s.{0,80}[Uu]mlaufbeschluss|\bBeschluss\s(?:\p{L}+\s){0,3}vertagt\b|^[^.?!]{5,140}\svertagt$", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Strong();
    [GeneratedRegex(@"\b(?:(?:wird|werden|wurden?|worden)\b.{0,400}|(?:ist|sind)\b[^,;]{0,200})\b" + Participles + @"\b|\b" + Participles + @"\s(?:wird|werden|wurden?|worden)\b|\b(?:wird|werden|wurden?)\s.{0,200}\bEntlastung\serteilt", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Passive();
    [GeneratedRegex(@"(?:Der|Die|Das|der|die|das|Wir|wir)\s(?:anwesenden\s)?" + BodyNoun + @"\s(?:\p{L}+\s){0,3}?(?:genehmigt|genehmigen|bestätigt|bestätigen|stimmt\b.{0,200}\bzu|stimmen\b.{0,200}\bzu|nimmt\b.{0,200}\ban\b|nehmen\b.{0,200}\ban\b|lehnt\b.{0,200}\bab|lehnen\b.{0,200}\bab|wählt|wählen|bewilligt|bewilligen|überweist|verweist|vertagt|vertagen|entscheidet|erteilt|beruft|billigt|einigt\ssich|hat\b.{0,300}\b" + Participles + @")(?=\W|$)", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Active();
    [GeneratedRegex(Participles + @"|\bstimmt\b.*\bzu\b|\blehnt\b.*\bab\b|\bnimmt\b.*\ban\b|\bbeschließ|\bwählt\b|\bgenehmigt\b|Beschluss", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Participle();
    [GeneratedRegex(@"\b(?:vom|von\sder|durch\s(?:den|die|das)|[Dd]er|[Dd]ie|[Dd]em|[Dd]as|anwesenden?)\s" + BodyNoun + @"\b|\b[Ww]ir\b|\bgewählt\b|Antrag|Anträge|Tagesordnung|Protokoll|Niederschrift|Vorlage|Entwurf|Satzung|Ordnung|Haushalt|Beschluss|Wahlgang|einstimmig|mehrheitlich|Handzeichen|\bAbstimmung\b|Akklamation")]
    private static partial Regex Subject();
    [GeneratedRegex(@"Genehmigung|Beschluss|Wahl|Entlastung|Antr[aä]g|Abstimmung|Aufnahme|Verabschiedung|Tagesordnung|Feststellung")]
    private static partial Regex DecidingItem();
    [GeneratedRegex(@"\b(?:überwiesen|überweist|verwiesen|verweist|Überweisung)\b.{0,80}\b(?:an|in)\b|\b(?:an|in)\b.{0,80}\b(?:überwiesen|verwiesen)\b")]
    private static partial Regex ReferralVerb();
    [GeneratedRegex(@"\b[Uu]mlauf(?:beschluss|verfahren)|\b(?:auf|in)\sder\s\p{L}*(?:sitzung|versammlung)\s(?:vom|am)\s\d.{0,60}\bbeschlossen|\b[Vv]ersammlung\sin\s\p{Lu}\p{L}+\shat\sbeschlossen")]
    private static partial Regex Elsewhere();
    [GeneratedRegex(@"Tagesordnung|Protokoll(?:s|e|führ\w*|ant\w*|ierend\w*)?\b|Niederschrift|Gäste[nr]?\b|Versammlungsleit|Tagungsleit|Sitzungsleit|Wahlleit|Wahlkommission|Zählkommission|Geschäftsordnungsantrag|Redezeit|Rednerliste|Schluss\sder\sDebatte|Schriftführers?\sfür")]
    private static partial Regex FormalMatter();
    [GeneratedRegex(@"\b(?:wieder\s?)?gewählt\b|\bzur\sWahl\b|\bwählt\b|als\s\p{L}+(?:mitglied|prüfer\w*|wart)\b.{0,40}(?:gewählt|abgestimmt)")]
    private static partial Regex Election();
    [GeneratedRegex(@"\b(?:Neu|Nach|Vorstands|Ergänzungs)?[Ww]ahl(?:en)?\b")]
    private static partial Regex ElectionItem();
}
