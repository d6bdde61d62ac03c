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
        if (motions >= 3) { DocType = "motion_book"; return; }
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
            ?? head.Find(l => l.Kind == LineKind.Heading && !IsFormWord(l.Content))
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
        var titled = head.Where(l => (MinutesTitle().IsMatch(l.Content) && !AboutOtherMinutes(l)) || ResolutionTitle().IsMatch(l.Content)).Select(l => l.ContentSpan);
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
            if (statement.Text.Length > 600 || statement.Kind == LineKind.Heading) continue;
            if (Start is null && statement.Line < 60 && OpeningSentence().IsMatch(statement.Text)) Start = Times.In(layout.Shadow, statement.Span).FirstOrDefault();
            if (ClosingSentence().IsMatch(statement.Text) && Times.In(layout.Shadow, statement.Span) is { Count: > 0 } closing) End ??= closing[^1];
        }
        if (Start is null && DocType == "minutes")
            foreach (var line in head.Take(8))
                if (line.Content.Length < 160 && Dates.In(layout.Shadow, line.ContentSpan).Count > 0 && Times.In(layout.Shadow, line.ContentSpan) is { Count: > 0 } times)
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
            var text = layout.Shadow.Substring(span.Start, span.Length);
            if (DocType == "minutes" && span.Start < layout.BodyStart + 200 && LetterHead().Match(text) is { Success: true } letter && Dates.In(layout.Shadow, span).FirstOrDefault()?.Date == Day)
            {
                var named = letter.Groups["place"];
                Place = new(layout.Value(new(span.Start + named.Index, named.Length)), new(span.Start + named.Index, named.Length));
                return;
            }
            if (MeetingWord().IsMatch(text) && OnlineMeeting().Match(text) is { Success: true } online) { Place = new("online", new(span.Start + online.Index, online.Length)); return; }
            if (NextMeeting().IsMatch(text) || !MeetingWord().IsMatch(text) && !OpeningSentence().IsMatch(text) && !OpensWithDay().IsMatch(text) && !ResolutionTitle().IsMatch(text)) continue;
            if (PlaceInTitle().Match(text) is { Success: true } match && layout.Value(new(span.Start + match.Groups["place"].Index, match.Groups["place"].Length)) is { Length: > 1 } place)
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
        spans.AddRange(head.Where(l => l.Content.Length < 90).Take(6).Select(l => l.ContentSpan));
        if (DocType == "minutes") spans.AddRange(layout.Statements.Take(8).Where(s => OpeningSentence().IsMatch(s.Text) || MeetingWord().IsMatch(s.Text)).Select(s => s.Span));
        foreach (var span in spans)
        {
            var match = BodyWord().Match(layout.Source.Text.Substring(span.Start, Math.Min(span.Length, 600)));
            if (!match.Success) continue;
            var word = match.Groups["body"];
            Body = new(char.ToUpperInvariant(word.Value[0]) + Nominative(word.Value[1..]), new(span.Start + word.Index, word.Length));
            return;
        }
        if (DocType == "minutes" && layout.Fields.Exists(f => f.Label.StartsWith("Anwesende Vorst", StringComparison.Ordinal) || f.Label == "Vorstände"))
            Body = layout.Fields.Where(f => f.Label.Contains("Vorst", StringComparison.Ordinal)).Select(f => new Found<string>("Vorstand", f.Line.ContentSpan)).First();
    }

    private static Found<string> Nominative(Found<string> organisation) => organisation with { Value = PartyEnding().Replace(organisation.Value, m => m.Groups["stem"].Value) };

    private static string Nominative(string rest) => GenitiveEnding().Replace(rest, m => m.Groups[1].Value);

    private void ReadOrganisation()
    {
        if (layout.FrontMatter.TryGetValue("verantwortlich", out var responsible) && responsible.Value.Length > 0) { Organisation = responsible; return; }
        var text = layout.Shadow;
        var headEnd = head.Count == 0 ? 0 : Math.Min(head[^1].End, layout.BodyStart + 2500);
        var headText = text[layout.BodyStart..Math.Max(layout.BodyStart, headEnd)];
        var opening = headText[..Math.Min(headText.Length, 700)];
        var all = text[layout.BodyStart..Math.Min(text.Length, layout.BodyStart + 60000)];
        Organisation = Find(PartyWithLand(), headText) ?? Find(Association(), opening) ?? (DocType == "minutes" ? Find(Municipality(), opening) : null) ?? Find(PartyWithLand(), all) ?? (DocType == "minutes" ? Find(Association(), all) ?? Find(NamedClub(), headText) : null);
        if (Organisation is null && DocType == "minutes" && Title is not null) Organisation = Find(WorkingGroup(), opening) ?? Find(ClubInTitle(), opening);
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

    private const string Laender = @"Baden-Württemberg|Bayern|Berlin|Brandenburg|Bremen|Hamburg|Hessen|Mecklenburg-Vorpommern|Niedersachsen|Nordrhein-Westfalen|NRW|Rheinland-Pfalz|Saarland|Sachsen-Anhalt|Sachsen|Schleswig-Holstein|Thüringen";
    private const string Parties = @"DIE\sLINKE\.?|Die\sLinke\.?|LINKEN?\.?|SPD|CDU|CSU|FDP|Freien?\sDemokraten|(?:Bündnis|BÜNDNIS)\s90\s?/\s?(?:Die|DIE)\s(?:Grünen|GRÜNEN)|GRÜNEN?|AfD|Piratenpartei|PIRATEN|Volt|BSW|Freien?\sWähler|FREIE\sWÄHLER|ÖDP|Die\sPARTEI|Jusos|Jungsozialist\w*|Jungen?\sUnion|JU|Jungen?\sLiberalen?|JuLis|Grünen?\sJugend|GRÜNE\sJUGEND|[Ll]inksjugend(?:\s\['solid\])?|SJD\s-\sDie\sFalken";
    private const string Places = @"\p{Lu}[\p{L}-]+(?:[-\s/](?:am|an\sder|im|bei|in)\s\p{Lu}[\p{L}-]+|-\p{Lu}[\p{L}-]+)?(?:\s(?:Land|Stadt|Nord|Süd|Ost|West|Mitte))?";

    [GeneratedRegex(@"(?<org>(?:" + Parties + @")\s(?:" + Laender + @"))(?![\p{L}-])|(?<org>(?:" + Parties + @"),?[-\s](?:Landes|Kreis|Orts|Stadt|Unterbezirks|Bezirks|Regional|Gemeinde)(?:verband|verein|vereinigung|bezirk|partei|organisation)?e?s?\s" + Places + @")|(?<org>(?:Landes|Kreis|Orts|Stadt|Unterbezirks|Bezirks|Regional|Gemeinde)(?:verband|verein)e?s?\s(?:der\s)?(?:" + Parties + @")(?:\s(?!am\b|vom\b)" + Places + @")?)|(?<org>(?:" + Parties + @")\s(?:OV|KV|LV|UB|SV|Unterbezirk|Bezirk)\s" + Places + @")|(?<org>(?:OV|KV|LV|UB|SV|Unterbezirk|Ortsverein|Kreisverband|Landesverband|Stadtverband)\s" + Places + @")", RegexOptions.CultureInvariant, 500)]
    private static partial Regex PartyWithLand();
    [GeneratedRegex(@"(?<![\p{L}-])(?:" + Parties + @")(?![\p{L}-])", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Party();
    [GeneratedRegex(@"(?<org>(?:(?!(?:Der|Die|Das|Des|Dem|Den|Im|In|Am|Vom|Protokoll|Niederschrift|Satzung|Vorstand\w*|Mitglied\w*|Förderung|Mitgliederversammlung|Jahreshauptversammlung|Verein\w*|Beim?|Für|Wir|Seit|Nach|Mit|Aus)\s)\p{Lu}[\p{L}\d&.'’/-]*[ \t]+(?:(?:der|für|und|zur|von|&)[ \t]+)*){1,7}[eE]\.[ ]?V\.?)(?!\p{L})", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Association();
    [GeneratedRegex(@"(?<org>(?:(?:Orts|Verbands|Samt)?[Gg]emeinde|(?:Kreis|Landeshaupt|Hanse)?[Ss]tadt|Landkreise?s?|Markt|Amt(?:es)?)\s(?!Anwes)" + Places + @")", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Municipality();
    [GeneratedRegex(@"(?:des|der|vom)\s(?:Vereins?|Initiative|Hochschulgruppe|Genossenschaft)\s(?<org>[„""]?\p{Lu}[\p{L}\d -]{2,40}?)(?=[“"",.\n]|$|\sam\b|\svom\b)|\b(?:der|an\sder)\s(?<org>(?:Technischen\s|Fach)?(?:Hochschule|Universität|hochschule)\s\p{Lu}[\p{L}-]+)", RegexOptions.CultureInvariant, 500)]
    private static partial Regex NamedClub();
    /// <summary>„AG Ländlicher Raum, Treffen 5.2.": a group named at the top of its own minutes.</summary>
    [GeneratedRegex(@"(?<![\p{L}-])(?<org>(?:[LBK]?AG|AK|Arbeitskreis|Arbeitsgruppe|Arbeitsgemeinschaft|Landesarbeitsgemeinschaft|Bürgerinitiative|Netzwerk|Freundeskreis|Förderverein)\s\p{Lu}[\p{L}-]+(?:\s(?:und\s)?\p{Lu}[\p{L}-]+){0,3})", RegexOptions.CultureInvariant, 500)]
    private static partial Regex WorkingGroup();
    /// <summary>„Protokoll Mitgliederversammlung Makerspace GT": a name of at least two words that closes the title.</summary>
    [GeneratedRegex(@"(?:versammlung|sitzung|treffen)[ ](?:(?:des|der|vom|von)[ ])?(?<org>(?!(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez|Mo|Di|Mi|Do|Fr|Sa|So|Nr|Online|Präsenz|Frühjahr|Sommer|Herbst|Winter|Teil|Vorst|Mitgl|Orts|Kreis|Landes|Stadt|Gemeinde|Verein))\p{Lu}[\p{L}\d]{2,}(?:[ ]\p{Lu}[\p{L}\d]+){1,2})(?=[ ]*(?:$|\n|,|[ ](?:am|vom)\b|\d))", RegexOptions.CultureInvariant | RegexOptions.Multiline, 500)]
    private static partial Regex ClubInTitle();
    [GeneratedRegex(@"\b(?<stem>Freie|Junge|Grüne)n(?=\s(?:Demokraten|Wähler|Union|Liberale|Jugend))|\b(?<stem>Liberale)n\b|(?<stem>verband|verein|bezirk)e?s\b", RegexOptions.CultureInvariant)]
    private static partial Regex PartyEnding();
    [GeneratedRegex(Laender)]
    private static partial Regex Land();
    [GeneratedRegex(@"\b(?:(?:Ergebnis|Kurz|Verlaufs|Beschluss|Beschluß|Sitzungs|Gründungs|Wahl)?[Pp]rotokoll|PROTOKOLL|P\sR\sO\sT\sO\sK\sO\sL\sL|N\sI\sE\sD\sE\sR\sS\sC\sH\sR\sI\sF\sT|NIEDERSCHRIFT|(?:Sitzungsn|N)iederschrift|Protokollauszug)\b(?!\s*:)|^(?:außer)?ordentliches?\s\p{L}+(?:treffen|versammlung)$|^\p{L}+(?:treffen|sitzung)$", RegexOptions.None)]
    private static partial Regex MinutesTitle();
    [GeneratedRegex(@"^\W*(?:Umlauf|Eil)?[Bb]eschl(?:uss|üsse)\s*(?:$|(?:Nr|der|des|aus|vom|von)\b)|\(Beschluss\s(?:der|des|vom)|^Beschluss\s+[\d/-]+|^Resolution\b|^Beschlossen\s(?:am|vom|auf|von)|beschlossen(?:\svo[nm]\s.{3,60})?\sam\s\d|beschließen\sund\sleiten", RegexOptions.None, 500)]
    private static partial Regex ResolutionTitle();
    [GeneratedRegex(@"^(?:Antragstext\b|(?:Der|Die|Das)\s.{3,120}\s(?:möge|möchte|wolle|mögen)\s(?:beschließen|bitte beschließen|folgende)|Antrag(?:steller|stellerin|stellende|steller\W?innen|stellerInnen)\b|Adressat\w*\s*:|Antrag$|Initiativantrag\b|Eingereicht von|Initiator)", RegexOptions.None, 500)]
    private static partial Regex MotionMark();
    [GeneratedRegex(@"^Antragstext\b|\b(?:möge|mögen|wolle)\s(?:folgendes\s)?beschließen", RegexOptions.None, 500)]
    private static partial Regex MotionText();
    [GeneratedRegex(@"^(?:Antragsteller|AntragstellerInnen|Antragstellende|Eingereicht von|Einreicher|Initiator)[\p{L}*:_/]*\s*:", RegexOptions.IgnoreCase)]
    private static partial Regex Originator();
    [GeneratedRegex(@"^(?:Anwesend|Teilnehm|Entschuldigt|Protokollf|Sitzungsleit|Versammlungsleit|Es fehl)")]
    private static partial Regex AttendanceWord();
    [GeneratedRegex(@"^(?:TOP|Top|Tagesordnungspunkt)\s*\d")]
    private static partial Regex TopLine();
    [GeneratedRegex(@"^(?:(?:gefasster\s)?Beschl(?:uss|üsse)\b.{0,12}|(?:Initiativ|Änderungs|Dringlichkeits)?Antrag(?:stext)?\b.{0,20}|Begründung|Resolution|Anlage.*|[A-ZÄÖÜ]{1,4}[- ]?\d{1,3}(?:[-.]\d+)?|\d{1,4}/[\dIVX/]+|Überweis\w+.*|Entwurf|Protokoll|Niederschrift|Tagesordnung)\s*:?$", RegexOptions.IgnoreCase)]
    private static partial Regex FormWord();
    [GeneratedRegex(@"\s*\(Beschluss\b")]
    private static partial Regex BracketedResolution();
    [GeneratedRegex(@"^(?:Datum|Termin|Tag|Sitzungstag|Sitzungsdatum|Sitzung(?:stermin)?|Sitzung (?:am|vom)|Datum der Sitzung|Tag der Sitzung|Versammlungsdatum|Zeit und Ort|Ort und Zeit|Datum[,/ ].*|Tag[,/ ].*|Wann|Beschlossen am|Beschlussdatum|Ort[,/ ]+Datum.*)$", RegexOptions.IgnoreCase)]
    private static partial Regex DateLabel();
    [GeneratedRegex(@"^(?:Zeit|Uhrzeit|Zeitraum|Zeitpunkt|Dauer|Sitzungsdauer|Sitzungszeit|Datum[,/ ].*|Datum|Termin|Tag|Ort[,/ ].*|Wann|Zeit und Ort|Sitzung)$", RegexOptions.IgnoreCase)]
    private static partial Regex TimeLabel();
    [GeneratedRegex(@"^(?:(?:Sitzungs|Versammlungs)?[Bb]eginn|Anfang|Start|Eröffnung|Beginn der .*|Beginn/Ende|Beginn und Ende|Sitzungseröffnung|Uhrzeit Beginn)$", RegexOptions.IgnoreCase)]
    private static partial Regex StartLabel();
    [GeneratedRegex(@"^(?:(?:Sitzungs|Versammlungs|Offizielles )?[Ee]nde|Schluss|Sitzungsschluss|(?:Ende|Schluss) der (?:Sitzung|Versammlung|Veranstaltung)|Uhrzeit Ende)$", RegexOptions.IgnoreCase)]
    private static partial Regex EndLabel();
    [GeneratedRegex(@"^(?:Ort|(?:Tagungs|Sitzungs|Versammlungs|Veranstaltungs)(?:ort|raum|lokal|stätte)|Wo|Ort der .*|Raum|Lokalität|Treffpunkt)$", RegexOptions.IgnoreCase)]
    private static partial Regex PlaceLabel();
    [GeneratedRegex(@"\b(?:online|virtuell|digital|Videokonferenz|Telefonkonferenz|Telko|ViKo|Internettelefonie|Zoom|Jitsi|BBB|BigBlueButton|Big Blue Button|Teams|MS Teams|Webex|Mumble|TeamSpeak|Skype|Discord|OpenTalk|Umlaufverfahren)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Online();
    [GeneratedRegex(@"\b\d{5}\b|straße|str\.|platz|saal|hybrid|\bund online|Gaststätte|Rathaus", RegexOptions.IgnoreCase)]
    private static partial Regex Street();
    [GeneratedRegex(@"\b(?:als|per|via|in einer|der)\s(?:reine\s)?(?:Online-?(?:veranstaltung|versammlung|sitzung|Mitgliederversammlung)|Videokonferenz|Telefonkonferenz|Internettelefonie|Online)\b|\bOnline-(?:Mitgliederversammlung|Sitzung|Vorstandssitzung)\b", RegexOptions.IgnoreCase)]
    private static partial Regex OnlineMeeting();
    [GeneratedRegex(@"(?:sitzung|versammlung|parteitag|tagung|treffen|konferenz|klausur|Plenum|Protokoll|Niederschrift)", RegexOptions.IgnoreCase)]
    private static partial Regex MeetingWord();
    [GeneratedRegex(@"\b[Nn]ächste[rsn]?\b")]
    private static partial Regex NextMeeting();
    [GeneratedRegex(@"^(?:(?:Sitzung|Treffen|Beratung|Tagung|Versammlung)\s)?(?:[Aa]m|[Vv]om|[Dd]en)\s")]
    private static partial Regex OpensWithDay();
    [GeneratedRegex(@"\b(?:Genehmigung|Bestätigung|Annahme|Kontrolle|Verlesung|Verabschiedung|Beschluss\süber)\b.{0,60}\b(?:Protokoll|Niederschrift)|\b(?:letzte[nrsm]?|vorherige[nrsm]?|vergangene[nrsm]?)\b|\b(?:wird|wurde|ist|werden)\b", RegexOptions.None, 500)]
    private static partial Regex OtherMinutes();
    /// <summary>„Gütersloh, Stadtbibliothek, 11.04.2018" at the very top.</summary>
    [GeneratedRegex(@"^\s*(?<place>\p{Lu}[\p{L} .-]{2,40}(?:,\s\p{Lu}[\p{L}\d .-]{2,40})?),\s+(?:den\s+)?\d{1,2}\.\s?(?:\d{1,2}\.|\p{Lu}\p{Ll}+\s)\s?\d{2,4}\s*$", RegexOptions.None, 500)]
    private static partial Regex LetterHead();
    [GeneratedRegex(@"\d{4}(?:,?\s(?:(?:um|ab|von)\s)?\d{1,2}(?:[:.]\d\d)?(?:\s?(?:Uhr\s)?(?:[-–]|bis)\s?\d{1,2}(?:[:.]\d\d)?)?\s?Uhr)?,?\s(?:in|im)\s(?<place>(?:den?\s|dem\s|der\s)?\p{Lu}[^,;.()]{2,60}?(?:,[^;()]{3,60}?\d{5}\s\p{Lu}[\p{L}-]+)?)(?:,\s\p{Lu}[\p{L} .-]*(?:straße|str\.|platz|weg|allee|gasse|ring|markt)\s?\d{0,4}[a-z]?)?(?=\)|$|[;.]|,|\s\d{1,3}\s|\sstatt|\sals\b|\(|\s\()|\d{4}\s+als\s+Präsenzveranstaltung\s+(?:in|im)\s(?<place>[^;.]{3,140}?),?\s+statt|,\s(?<place>\p{Lu}[\p{L}-]{2,}(?:\s(?:am|an\sder|im)\s\p{Lu}[\p{L}-]+|\s\p{Lu}[\p{L}-]+)?),\s(?:den\s|am\s)?\d{1,2}\.", RegexOptions.None, 500)]
    private static partial Regex PlaceInTitle();
    [GeneratedRegex(@"\b(?:eröffne\w*|begrüß\w*|beginn\w*|begann|versammel\w*|fanden sich|findet|fand|tagte|trafen sich)\b.{0,120}|\bheute\b", RegexOptions.IgnoreCase, 500)]
    private static partial Regex OpeningSentence();
    [GeneratedRegex(@"\b(?:schließt|schloss|geschlossen|beendet\w*|endet\w*|Ende der (?:Sitzung|Versammlung))\b", RegexOptions.IgnoreCase)]
    private static partial Regex ClosingSentence();
    [GeneratedRegex(@"(?<![\p{L}]|\ban\s(?:den|die|das)\s)(?<body>(?:geschäftsführende[rn]?\s|[Ee]rweiterte[rn]?\s)?(?:(?:Landes|Kreis|Orts|Stadt|Bundes|Bezirks|Gemeinde|Unterbezirks|Partei|Gesamt|Fraktions|Regional|Vereins)-?)?(?:[Vv]orstand(?:e?s)?(?=sitzung|treffen|klausur|beschluss|beratung|\W|$)|[Pp]arteitag(?:e?s)?|[Dd]elegiertenkonferenz|[Dd]elegiertenversammlung|[Mm]itgliederversammlung|[Hh]auptversammlung|[Kk]onferenz|[Kk]ongress(?:es)?|[Kk]onvent(?:s|es)?)|[\p{L}]*parlament(?:s|es)?(?=ssitzung|\W|$)|Jahreshauptversammlung|Vertreterversammlung|Aufstellungsversammlung|Kuratorium(?:s)?|(?:Koordinierungs|Sprecher|Lenkungs)(?:kreis|rat)(?:es)?|Gründungsversammlung|Generalversammlung|Vollversammlung|(?:Landes|Kreis|Orts|Bundes)?(?:[Rr]at(?:e?s)?|[Aa]usschuss(?:es)?)(?=sitzung|\W|$)|Landeswahlplenum|(?:Gemeinde|Stadt|Ortschafts|Orts|Kreis|Markt|Bezirks|Verbandsgemeinde|Samtgemeinde|Länder|Partei|Aufsichts|Bei|Betriebs|Personal|Eltern|Schul|Studierenden|Fakultäts)r[aä]t(?:e?s)?(?=sitzung|\W|$)|Kreistag(?:e?s)?(?=sitzung|\W|$)|Stadtverordnetenversammlung|Gemeindevertretung|Bezirksverordnetenversammlung|Bürgerschaft|(?:Haupt|Bau|Finanz|Sozial|Kultur|Umwelt|Schul|Verkehrs|Planungs|Wirtschafts|Jugendhilfe|Verwaltungs|Werks|Rechnungsprüfungs|Fest)[\p{L}-]*ausschuss(?:es)?(?=sitzung|\W|$)|Ausschuss(?:es)?\sfür\s\p{Lu}[\p{L}, und-]{3,60}|\p{Lu}?[\p{L}]*[Ff]raktion(?=ssitzung|\W|$)|Plenum(?:s)?(?=ssitzung|sitzung|\W|$)|Präsidium(?:s)?(?=ssitzung|\W|$)|Parteikonvent|Landeskonferenz|Kreiskonferenz|Studierendenrat|StuRa|AStA|Fachschaftsrat|(?:FSR|LaVo|KaVo|OV|KV|LV|BV|AG)(?=-Sitzung))", RegexOptions.CultureInvariant, 500)]
    private static partial Regex BodyWord();
    [GeneratedRegex(@"(vorstand|parteitag|ausschuss|rat|kreistag|plenum|präsidium|orstand|arteitag|usschuss|lenum|räsidium|kongress|konvent|parlament|kuratorium|kreis)e?s$", RegexOptions.IgnoreCase)]
    private static partial Regex GenitiveEnding();
}
