using System.Text.RegularExpressions;
using Anlauf.Intake.Layout;

namespace Anlauf.Intake.Rules;

/// <summary>What stands at the top: kind of document, title, organisation, body, day, times and place.</summary>
internal sealed partial class Header
{
    private const int HeadLines = 25;

    public string DocType { get; private set; } = "minutes";
    public Found<string>? Title { get; private set; }
    public Found<string>? Organisation { get; private set; }
    public Found<string>? Body { get; private set; }
    public GermanDate? Date { get; private set; }
    public Found<string>? Start { get; private set; }
    public Found<string>? End { get; private set; }
    public Found<string>? Place { get; private set; }
    /// <summary>Day to reckon relative dates from: the first day of the meeting.</summary>
    public DateOnly? Day => Date?.Date;

    private readonly DocumentLayout layout;
    private readonly List<Line> head;

    public static Header Read(DocumentLayout layout)
    {
        var header = new Header(layout);
        header.ReadType();
        header.ReadTitle();
        header.ReadDate();
        header.ReadTimes();
        header.ReadPlace();
        header.ReadBody();
        header.ReadOrganisation();
        return header;
    }

    private Header(DocumentLayout layout)
    {
        this.layout = layout;
        head = layout.Lines.Where(l => !l.IsBlank && l.Content.Length < 600).Take(HeadLines).ToList();
    }

    /// <summary>Headings that name a part of a form („Beschluss", „Antrag OS-7"), not the matter.</summary>
    public static bool IsFormWord(string heading) => FormWord().IsMatch(heading);

    private void ReadType()
    {
        var lines = layout.Lines;
        var motions = lines.Count(l => l.Content.Length < 200 && (l.Kind is LineKind.Heading or LineKind.Text) && Originator().IsMatch(l.Content));
        if (motions >= 3 || MotionForms.Of(layout).Count >= 2) { DocType = "motion_book"; return; }
        if (head.Take(8).Any(l => l.Content.Length < 200 && MinutesTitle().IsMatch(l.Content))) return;
        var isMotion = layout.FrontMatter.ContainsKey("antragsteller") || motions > 0 || lines.Exists(l => l.Content.Length < 200 && MotionMark().IsMatch(l.Content));
        var resolved = head.Take(8).Any(l => l.Content.Length < 300 && ResolutionTitle().IsMatch(l.Content));
        var attended = layout.Fields.Exists(f => AttendanceWord().IsMatch(f.Label));
        if (attended) return;
        if (resolved && !lines.Exists(l => l.Content.Length < 200 && MotionText().IsMatch(l.Content))) DocType = "resolution";
        else if (isMotion) DocType = "motion";
        else if (lines.Count(l => TopLine().IsMatch(l.Content)) >= 2) return;
        else if (lines.Exists(l => l.Content.Length < 300 && ResolutionTitle().IsMatch(l.Content))) DocType = "resolution";
    }

    private void ReadTitle()
    {
        foreach (var key in (string[])["title", "titel"])
            if (layout.FrontMatter.TryGetValue(key, out var named) && named.Value.Length > 0) { Title = named; return; }
        var line = head.Find(l => MinutesTitle().IsMatch(l.Content) && l.Content.Length < 200 && !AboutOtherMinutes(l))
            ?? head.Find(l => l.Kind == LineKind.Heading && !IsFormWord(l.Content) && !(DocType == "minutes" && (AttendanceWord().IsMatch(l.Content) || SectionNumber().IsMatch(l.Content) || TopLine().IsMatch(l.Content))))
            ?? head.Find(l => !IsFormWord(l.Content) && !l.Content.EndsWith(':'));
        if (line is null) return;
        var span = line.ContentSpan;
        var cut = BracketedResolution().Match(layout.Shadow, span.Start, span.Length);
        if (cut.Success && cut.Index > span.Start) span = Span.Between(span.Start, cut.Index);
        if (span.Length <= 250) Title = new(layout.Value(span), span);
    }

    private void ReadDate()
    {
        if (layout.FrontMatter.TryGetValue("veranstaltung", out var congress) || layout.FrontMatter.TryGetValue("date", out congress) || layout.FrontMatter.TryGetValue("datum", out congress))
            Date = Dates.In(layout.Shadow, congress.Span).Where(d => d.Date is not null).MaxBy(d => d.Date);
        var titled = head.Where(l => l.Kind != LineKind.Table && (MinutesTitle().IsMatch(l.Content) && !AboutOtherMinutes(l)) || l.Kind != LineKind.Table && ResolutionTitle().IsMatch(l.Content)).Select(l => l.ContentSpan);
        if (Title is not null) titled = titled.Append(Title.Span);
        Date ??= First(titled);
        Date ??= First(layout.Fields.Where(f => DateLabel().IsMatch(f.Label)).SelectMany(f => f.Values).Take(4));
        Date ??= First(layout.Fields.Where(f => f.Inline && TimeLabel().IsMatch(f.Label)).SelectMany(f => f.Values).Take(3));
        Date ??= First(head.Take(12).Where(l => l.Content.Length < 200 && (OpensWithDay().IsMatch(l.Content) || MeetingWord().IsMatch(l.Content)) && !NextMeeting().IsMatch(l.Content) && !AboutOtherMinutes(l)).Select(l => l.ContentSpan));
        Date ??= First(head.Take(5).Where(l => l.Content.Length < 200 && !NextMeeting().IsMatch(l.Content)).Select(l => l.ContentSpan));
        Date ??= First(head.Where(l => MeetingWord().IsMatch(l.Content) && !NextMeeting().IsMatch(l.Content) && l.Index < 30).Select(l => l.ContentSpan));
        Date ??= First(head.Where(l => l.Content.Length < 70 && l.Index < 40 && !NextMeeting().IsMatch(l.Content)).Take(12).Select(l => l.ContentSpan));
        if (Date is null && DocType == "minutes")
            Date = First(layout.Statements.Take(6).Where(s => OpeningSentence().IsMatch(s.Text)).Select(s => s.Span)) ?? Signature.Dates(layout).FirstOrDefault();
        if (Date is null && DocType == "minutes") Date = FileNameDate.Of(layout.Source.FileName);
        GermanDate? First(IEnumerable<Span> spans) => spans.SelectMany(s => Dates.In(layout.Shadow, s)).FirstOrDefault(d => d.Date is not null);
    }

    /// <summary>„2. Genehmigung des Protokolls vom 3. März" names the day of another meeting.</summary>
    private static bool AboutOtherMinutes(Line line) => line.Number is not null || TopLine().IsMatch(line.Content) || OtherMinutes().IsMatch(line.Content);

    private void ReadTimes()
    {
        foreach (var field in layout.Fields)
        {
            if (field.Values.Count == 0 || field.Values[0].Length > 200) continue;
            var times = Times.In(layout.Shadow, field.Values[0]);
            if (times.Count == 0) continue;
            if (StartLabel().IsMatch(field.Label))
            {
                Start ??= times[0];
                if (times.Count == 2 && !field.Label.Contains("Ende", StringComparison.Ordinal)) End = times[1];
            }
            else if (EndLabel().IsMatch(field.Label)) End = times[^1];
            else if (Start is null && TimeLabel().IsMatch(field.Label) && field.Line.Index < 60)
            {
                Start = times[0];
                if (times.Count > 1) End ??= times[1];
            }
        }
        foreach (var statement in layout.Statements)
        {
            if (Start is null && statement.Kind == LineKind.Heading && statement.Line < 60 && OpeningHeading().IsMatch(statement.Text)) Start = Times.In(layout.Shadow, statement.Span).FirstOrDefault();
            if (statement.Text.Length > 600 || statement.Kind == LineKind.Heading) continue;
            if (Start is null && statement.Line < 60 && OpeningSentence().IsMatch(statement.Text) && Times.In(layout.Shadow, statement.Span) is { Count: > 0 } opening)
            {
                Start = opening[0];
                if (opening.Count == 2 && FromTo().IsMatch(layout.Shadow.AsSpan(opening[0].Span.Start, opening[1].Span.Start - opening[0].Span.Start))) End ??= opening[1];
            }
            if (ClosingSentence().IsMatch(statement.Text) && Times.In(layout.Shadow, statement.Span) is { Count: > 0 } closing) End ??= closing[^1];
        }
        if (Start is null && DocType == "minutes")
            foreach (var line in head.Take(8))
                if (line.Content.Length < 160 && (Dates.In(layout.Shadow, line.ContentSpan).Count > 0 || TimesOnly().IsMatch(line.Content)) && Times.In(layout.Shadow, line.ContentSpan) is { Count: > 0 } times)
                {
                    Start = times[0];
                    if (times.Count > 1) End ??= times[1];
                    break;
                }
    }

    private void ReadPlace()
    {
        foreach (var field in layout.Fields.Where(f => PlaceLabel().IsMatch(f.Label) && f.Values.Count > 0 && f.Values[0].Length < 200))
        {
            var value = layout.Value(field.Values[0]).TrimEnd('.', ',', ';');
            if (value.Length < 2 || value is "(...)") continue;
            Place = new(Online().IsMatch(value) && !Street().IsMatch(value) ? "online" : value, field.Values[0]);
            return;
        }
        var candidates = head.Where(l => l.Content.Length < 260).Select(l => l.ContentSpan).Concat(layout.Statements.Take(14).Where(s => s.Text.Length < 500).Select(s => s.Span));
        foreach (var span in candidates)
        {
            // „Die Klausur findet am 4. März in Stade statt" is another day and another place
            if (Day is { } day && Dates.In(layout.Shadow, span).Exists(d => d.Date is { } other && d.Until is null && other != day)) continue;
            var text = layout.Shadow.Substring(span.Start, span.Length);
            if (DocType == "minutes" && span.Start < layout.BodyStart + 200 && LetterHead().Match(text) is { Success: true } letter && !BodyWord().IsMatch(text) && !MeetingWord().IsMatch(text) && Dates.In(layout.Shadow, span).FirstOrDefault()?.Date == Day)
            {
                var named = letter.Groups["place"];
                Place = new(layout.Value(new(span.Start + named.Index, named.Length)), new(span.Start + named.Index, named.Length));
                return;
            }
            if ((MeetingWord().IsMatch(text) || BodyWord().IsMatch(text)) && OnlineMeeting().Match(text) is { Success: true } online) { Place = new("online", new(span.Start + online.Index, online.Length)); return; }
            if (span.Start < (head.Count > 8 ? head[8].Start : int.MaxValue) && PlaceBehindDay().Match(text) is { Success: true } behind)
            {
                var named = behind.Groups["place"];
                Place = new(layout.Value(new(span.Start + named.Index, named.Length)), new(span.Start + named.Index, named.Length));
                return;
            }
            if (NextMeeting().IsMatch(text) || !MeetingWord().IsMatch(text) && !OpeningSentence().IsMatch(text) && !OpensWithDay().IsMatch(text) && !ResolutionTitle().IsMatch(text)) continue;
            if ((PlaceInTitle().Match(text) is { Success: true } inTitle ? inTitle : PlaceMet().Match(text) is { Success: true } met ? met : PlaceOfGathering().Match(text)) is { Success: true } match && layout.Value(new(span.Start + match.Groups["place"].Index, match.Groups["place"].Length)) is { Length: > 1 } place)
            {
                Place = new(place.Trim(' ', ',', '.', ')'), new(span.Start + match.Groups["place"].Index, match.Groups["place"].Length));
                return;
            }
        }
    }

    private void ReadBody()
    {
        var spans = new List<Span>();
        if (layout.FrontMatter.TryGetValue("veranstaltung", out var congress)) spans.Add(congress.Span);
        spans.AddRange(head.Where(l => l.Content.Length < 260 && (MinutesTitle().IsMatch(l.Content) || ResolutionTitle().IsMatch(l.Content))).Select(l => l.ContentSpan));
        spans.AddRange(head.Where(l => MotionMark().IsMatch(l.Content) && !Originator().IsMatch(l.Content)).Select(l => l.ContentSpan));
        if (Title is not null) spans.Add(Title.Span);
        spans.AddRange(head.Where(l => l.Content.Length < 90).Take(6).Where(l => DocType != "minutes" || !AboutOtherMinutes(l) && !SectionNumber().IsMatch(l.Content)).Select(l => l.ContentSpan));
        if (DocType == "minutes") spans.AddRange(layout.Statements.Take(8).Where(s => OpeningSentence().IsMatch(s.Text) || MeetingWord().IsMatch(s.Text)).Select(s => s.Span));
        foreach (var span in spans)
        {
            var match = BodyWord().Match(layout.Source.Text.Substring(span.Start, Math.Min(span.Length, 600)));
            if (!match.Success) continue;
            var word = match.Groups["body"];
            // „Fraktionssitzung" in the title, „Kreistagsfraktion" above it: the fuller name counts
            foreach (var line in head.Take(6))
                if (BodyWord().Match(layout.Source.Text, line.ContentStart, Math.Min(90, line.End - line.ContentStart)) is { Success: true } other && other.Groups["body"] is var full
                    && full.Length > word.Length && Nominative(full.Value).EndsWith(Nominative(word.Value), StringComparison.OrdinalIgnoreCase))
                {
                    Body = new(Capitalised(Nominative(full.Value)), new(full.Index, full.Length));
                    return;
                }
            Body = new(Capitalised(Nominative(word.Value)), new(span.Start + word.Index, word.Length));
            return;
        }
        if (DocType == "minutes" && layout.Fields.Exists(f => f.Label.StartsWith("Anwesende Vorst", StringComparison.Ordinal) || f.Label == "Vorstände"))
            Body = layout.Fields.Where(f => f.Label.Contains("Vorst", StringComparison.Ordinal)).Select(f => new Found<string>("Vorstand", f.Line.ContentSpan)).First();
    }

    private static Found<string> Nominative(Found<string> organisation) => organisation with { Value = PartyEnding().Replace(organisation.Value, m => m.Groups["stem"].Value) };

    private static string Capitalised(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    private static string Nominative(string rest) => GenitiveEnding().Replace(rest, m => m.Groups[1].Value);

    private void ReadOrganisation()
    {
        if (layout.FrontMatter.TryGetValue("verantwortlich", out var responsible) && responsible.Value.Length > 0) { Organisation = responsible; return; }
        var text = layout.Shadow;
        var headEnd = head.Count == 0 ? 0 : Math.Min(head[^1].End, layout.BodyStart + 2500);
        var headText = text[layout.BodyStart..Math.Max(layout.BodyStart, headEnd)];
        var opening = headText[..Math.Min(headText.Length, 700)];
        var top = headText[..Math.Min(headText.Length, Math.Max(0, head.Count == 0 ? 0 : head[Math.Min(2, head.Count - 1)].End - layout.BodyStart))];
        var all = text[layout.BodyStart..Math.Min(text.Length, layout.BodyStart + 60000)];
        Organisation = Find(CouncilGroup(), headText) ?? Find(PartyWithLand(), headText) ?? Find(Association(), opening) ?? (DocType == "minutes" ? Find(Municipality(), opening) : null) ?? Find(PartyWithLand(), all) ?? (DocType == "minutes" ? Find(Association(), all) ?? Find(NamedClub(), headText) : null);
        if (Organisation is null && DocType == "minutes" && Title is not null) Organisation = Find(PartyWithPlace(), top) ?? Find(WorkingGroup(), opening) ?? Find(ClubInTitle(), opening);
        else if (Organisation is null) Organisation = Find(PartyWithPlace(), top);
        if (Organisation is not null) { Organisation = Nominative(Organisation); return; }
        var party = Find(Party(), headText) ?? Find(Party(), all);
        if (party is null) return;
        var land = Title is not null ? Land().Match(Title.Value) : Match.Empty;
        Organisation = Body?.Value.StartsWith("Landes", StringComparison.Ordinal) == true && land.Success
            ? party with { Value = $"{party.Value} {land.Value}" }
            : party;
        Found<string>? Find(Regex pattern, string slice)
        {
            var match = pattern.Match(slice);
            // the branch that moved a motion is not the organisation that decides on it
            while (match.Success && Originator().IsMatch(layout.Lines[layout.LineAt(layout.BodyStart + match.Index)].Content)) match = match.NextMatch();
            if (!match.Success) return null;
            var group = match.Groups["org"].Success ? match.Groups["org"] : match.Groups[0];
            var span = new Span(layout.BodyStart + group.Index, group.Length);
            return new(layout.Value(span), span);
        }
    }
}
