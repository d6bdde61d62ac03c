using System.Globalization;
using System.Text.RegularExpressions;
using Anlauf.Intake.Layout;

namespace Anlauf.Intake.Rules;

/// <summary>Who was there, excused, a guest, in the chair and at the minutes.</summary>
internal sealed partial class Attendance
{
    private enum Role { None, Present, Excused, Absent, Guests, Chair, MinuteTaker }

    public List<Found<string>> Present { get; } = [];
    public List<Found<string>> Excused { get; } = [];
    /// <summary>Absent without excuse.</summary>
    public List<Found<string>> Absent { get; } = [];
    public List<Found<string>> Guests { get; } = [];
    public List<Found<string>> Chair { get; } = [];
    public List<Found<string>> MinuteTaker { get; } = [];
    public Found<string>? Count { get; private set; }
    /// <summary>Number of voters where the document states it.</summary>
    public Found<int>? Voters { get; private set; }

    /// <summary>Rows of tables below a heading such as „Anwesend", and what the heading says of them.</summary>
    private readonly Dictionary<int, Role> tables = [];

    public static Attendance Read(DocumentLayout layout)
    {
        var attendance = new Attendance();
        var group = Role.None;
        var groupEnd = -1;
        foreach (var field in layout.Fields)
        {
            var role = RoleOf(field);
            if (role is Role.Present or Role.Excused or Role.Guests or Role.Absent) { group = role; groupEnd = field.Line.Index + 14; }
            else if (role == Role.None && group is not Role.None && field.Line.Index <= groupEnd && SubGroup().IsMatch(field.Label)) role = group;
            else if (role == Role.None && field.Line.Kind == LineKind.Heading) group = Role.None;
            if (role == Role.None) continue;
            foreach (var value in field.Values)
                if (layout.Lines[layout.LineAt(value.Start)].Kind != LineKind.Table || field.Inline) attendance.Add(layout, role, value);
                else attendance.tables.TryAdd(layout.LineAt(value.Start), role);
        }
        attendance.ReadTables(layout);
        attendance.ReadSentences(layout);
        attendance.ReadSignatures(layout);
        return attendance;
    }

    private static Role RoleOf(Field field)
    {
        var label = field.Label;
        if (label.Length > 70 || AgendaNumber().IsMatch(label)) return Role.None;
        if (UnexcusedLabel().IsMatch(label)) return Role.Absent;
        if (ExcusedLabel().IsMatch(label)) return Role.Excused;
        if (GuestLabel().IsMatch(label)) return Role.Guests;
        if (PresentLabel().IsMatch(label)) return Role.Present;
        if (MinutesLabel().IsMatch(label)) return Role.MinuteTaker;
        if (ChairLabel().IsMatch(label)) return Role.Chair;
        return label.Length >= 7 && Misread(label, "Entschuldigt") ? Role.Excused : label.Length >= 7 && Misread(label, "Anwesend") ? Role.Present : Role.None;
    }

    /// <summary>„Entschuldlgt": one letter read wrongly in a scan.</summary>
    private static bool Misread(string label, string word)
    {
        if (label.Length != word.Length) return false;
        var wrong = 0;
        for (var i = 0; i < word.Length; i++)
            if (char.ToLowerInvariant(label[i]) != char.ToLowerInvariant(word[i])) wrong++;
        return wrong == 1;
    }

    private void Add(DocumentLayout layout, Role role, Span value)
    {
        if (role is Role.Present && CountOnly().Match(layout.Value(value)) is { Success: true } count)
            Count ??= new(count.Groups["n"].Value, value);
        if (role is Role.Present && InlineExcused().Match(layout.Shadow, value.Start, value.Length) is { Success: true } aside)
        {
            Collect(layout, Excused, Span.Between(aside.Index + aside.Length, value.End));
            value = Span.Between(value.Start, aside.Index);
        }
        var target = role switch
        {
            Role.Present => Present,
            Role.Excused => Excused,
            Role.Absent => Absent,
            Role.Guests => Guests,
            Role.Chair => Chair,
            _ => MinuteTaker,
        };
        if (role is Role.Chair or Role.MinuteTaker)
        {
            // „Jörg Thomsen (1. Vorsitzender), TOP 7 (Vorstandswahlen) Roland Olbricht"; a whole paragraph is no name
            if (value.Length > 160) return;
        }
        if (role is Role.Present or Role.Excused or Role.Absent) Collect(layout, target, value, remarks: true);
        else Collect(layout, target, value);
    }

    /// <summary>Names of a region; a remark behind a name in a list („Klara Gries (e), Timo Haas (u)") outweighs the label of the list.</summary>
    private void Collect(DocumentLayout layout, List<Found<string>> list, Span region, bool remarks = false)
    {
        var names = Names.In(layout, region);
        // „Leonie Imhof, Stadtwerke": a single word among full names of guests is where they come from
        if (list == Guests && names.Exists(n => n.Value.Contains(' ', StringComparison.Ordinal)))
            names.RemoveAll(n => !n.Value.Contains(' ', StringComparison.Ordinal) && !GivenNames.Has(n.Value) && !Addressed().IsMatch(layout.Shadow.AsSpan(Math.Max(region.Start, n.Span.Start - 8), n.Span.Start - Math.Max(region.Start, n.Span.Start - 8))));
        foreach (var name in names)
        {
            var target = list;
            if (remarks && Remark().Match(layout.Shadow, name.Span.End, Math.Min(60, region.End - name.Span.End)) is { Success: true } remark)
                target = remark.Groups["absent"].Success ? Absent : remark.Groups["excused"].Success ? Excused : Guests;
            if (!target.Exists(known => Names.Same(known.Value, name.Value))) target.Add(name);
        }
    }

    /// <summary>Tables with a column of names and columns or a cell that say who was there.</summary>
    private void ReadTables(DocumentLayout layout)
    {
        List<string>? header = null;
        var previous = -2;
        foreach (var line in layout.Lines)
        {
            if (line.Kind != LineKind.Table) continue;
            var cells = layout.Cells(line);
            if (line.Index != previous + 1) header = null;
            previous = line.Index;
            if (header is null)
            {
                header = cells.ConvertAll(c => layout.Value(c));
                if (header.Exists(h => NameColumn().IsMatch(h)) || !tables.ContainsKey(line.Index)) continue;
                header = ["Name"];   // a table without a head below „Anwesend"
            }
            var nameColumn = header.FindIndex(h => NameColumn().IsMatch(h));
            if (nameColumn < 0 || nameColumn >= cells.Count || (cells.Count < 2 && !tables.ContainsKey(line.Index))) continue;
            var role = header.Exists(h => StatusColumn().IsMatch(h)) ? Role.None : tables.GetValueOrDefault(line.Index);
            for (var i = 0; i < Math.Min(cells.Count, header.Count); i++)
            {
                if (i == nameColumn || cells[i].Length == 0) continue;
                var cell = layout.Value(cells[i]);
                if (StatusColumn().IsMatch(header[i])) role = StatusOf(cell, header[i]) is var stated and not Role.None ? stated : role;
                else if (Tick().IsMatch(cell) && RoleOf(new(header[i], line, true, [])) is var marked and not Role.None) role = marked;
            }
            if (role == Role.None) continue;
            var person = Names.Person(layout.Shadow, cells[nameColumn]) ?? FamilyNameFirst(layout, cells[nameColumn]);
            var target = role switch { Role.Present => Present, Role.Excused => Excused, Role.Guests => Guests, _ => Absent };
            if (person is not null && !target.Exists(known => Names.Same(known.Value, person.Value))) target.Add(person);
        }
    }

    private static Found<string>? FamilyNameFirst(DocumentLayout layout, Span cell)
    {
        var value = layout.Value(cell);
        return value.Count(c => c == ',') == 1 && Names.LooksLikePerson(value.Replace(",", "", StringComparison.Ordinal)) ? new(value, cell) : null;
    }

    private static Role StatusOf(string cell, string header)
    {
        if (UnexcusedLabel().IsMatch(cell)) return Role.Absent;
        if (ExcusedCell().IsMatch(cell)) return Role.Excused;
        if (AbsentCell().IsMatch(cell)) return Role.Absent;
        if (cell.StartsWith("Gast", StringComparison.OrdinalIgnoreCase)) return Role.Guests;
        if (PresentCell().IsMatch(cell) || (Tick().IsMatch(cell) && PresentLabel().IsMatch(header))) return Role.Present;
        return Role.None;
    }

    /// <summary>Attendance told in sentences: „Jörg fehlt entschuldigt", „… übernahm A die Versammlungsleitung und B die Protokollführung".</summary>
    private void ReadSentences(DocumentLayout layout)
    {
        foreach (var statement in layout.Statements)
        {
            var (text, span) = (layout.Shadow, statement.Span);
            if (Voters is null && VoterCount().Match(statement.Text) is { Success: true } voters && int.TryParse(voters.Groups["n"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                Voters = new(number, span);
                Count ??= new(voters.Groups["n"].Value, span);
            }
            if (statement.Text.Length > 500) continue;
            Take(text, span, ExcusedSentence(), Excused);
            Take(text, span, TookTheChair(), Chair);
            Take(text, span, TookTheMinutes(), MinuteTaker);
            Take(text, span, SignedAsChair(), Chair);
            Take(text, span, SignedAsWriter(), MinuteTaker);
            if (ListSentence().Match(text, span.Start, span.Length) is { Success: true } list)
                Collect(layout, list.Groups["excused"].Success ? Excused : Present, Span.Between(list.Index + list.Length, span.End));
        }
    }

    /// <summary>Two signatures side by side: names on one line, „Versammlungsleitung   Protokollführung" on the line below.</summary>
    private void ReadSignatures(DocumentLayout layout)
    {
        for (var i = 1; i < layout.Lines.Count; i++)
        {
            var (above, line) = (layout.Lines[i - 1], layout.Lines[i]);
            if (line.Kind != LineKind.Text || above.Kind != LineKind.Text || line.Content.Length > 200 || line.Index < layout.Lines.Count / 3) continue;
            var (roles, names) = (Columns(layout, line), Columns(layout, above));
            if (roles.Count is < 2 or > 3 || names.Count != roles.Count) continue;
            for (var k = 0; k < roles.Count; k++)
            {
                var role = layout.Value(roles[k]);
                var target = SignedWriter().IsMatch(role) ? MinuteTaker : SignedChair().IsMatch(role) ? Chair : null;
                if (target is null || Names.Person(layout.Shadow, names[k]) is not { } person || !person.Value.Contains(' ', StringComparison.Ordinal)) continue;
                if (!target.Exists(known => Names.Same(known.Value, person.Value))) target.Add(person);
            }
        }
    }

    private static List<Span> Columns(DocumentLayout layout, Line line) =>
        [.. ColumnText().Matches(layout.Shadow.Substring(line.Start, line.End - line.Start)).Select(m => new Span(line.Start + m.Index, m.Length))];

    private static void Take(string shadow, Span span, Regex pattern, List<Found<string>> target)
    {
        foreach (Match match in pattern.Matches(shadow.Substring(span.Start, span.Length)))
        {
            var group = match.Groups["name"];
            var person = Names.Person(shadow, new(span.Start + group.Index, group.Length));
            if (person is not null && !target.Exists(known => Names.Same(known.Value, person.Value))) target.Add(person);
        }
    }

    private const string Name = @"(?<name>(?:(?:Dr|Prof)\.\s)*\p{Lu}[\p{L}'.-]+(?:\s(?:von|van|de|zu|\p{Lu}[\p{L}'.-]*)){0,4})";

    [GeneratedRegex(@"^(?:TOP|Zu|zu|§|\d+\.\d)\s*\d")]
    private static partial Regex AgendaNumber();
    [GeneratedRegex(@"^(?:Es\s+)?(?:(?:fehl\w*|abwesend)\s+)?unentschuldigt", RegexOptions.IgnoreCase)]
    private static partial Regex UnexcusedLabel();
    [GeneratedRegex(@"^(?:(?:Es|Außerdem)\s+)?(?:fehl(?:t|en|te|ten|end\w*)|(?:davon |nicht )?entschuldigt\w*|Entschuldigungen|Abwesen\w*|nicht (?:anwesend|erschienen)\w*|Verhindert\w*|Abgemeldet\w*)\b(?!.*Tagesordnung)", RegexOptions.IgnoreCase)]
    private static partial Regex ExcusedLabel();
    [GeneratedRegex(@"^(?:Als\s+)?(?:(?:anwesende|weitere|geladene|ständige)\s+)?(?:Gäste?|Gast|Besucher\w*|Zuhörer\w*)\b(?!.*(?:zulass|begrüß))|^(?:Ferner|Außerdem|Weiterhin|Zudem|Sonstige|Weitere)\s*(?:anwesend\w*|teilnehm\w*|Personen)|^(?:Von|Aus) der Verwaltung|^Verwaltung$|^Weitere Teilnehm|^(?:Sachverständige|Referent\w*)$|^zu Gast(?: waren| war)?$", RegexOptions.IgnoreCase)]
    private static partial Regex GuestLabel();
    [GeneratedRegex(@"^dabei(?: waren)?$|^(?:(?:stimmberechtigte?|anwesende?|folgende|digital|vor Ort|persönlich|vom Vorstand|online)[\s,]+)*(?:Anwesen\w*(?!heitsliste)|Teilnehm(?:er|ende|erinnen|er\W?innen|enden)\w*|Teilgenommen\w*|Erschienen\w*|Mitwirkende|Sitzungsteilnehm\w*)(?:\s*(?:\(|sind|waren|haben|Mitglieder|Vorst|Stimm|vom|aus|im|des|der|:|/|Person|[\p{Lu}-]+-Mitglieder|Gremien|Delegierte|Kreis|Gemeinde|Stadt|Rat|[-–]).*)?$|^(?:Anwesende\s+)?Vorstandsmitglieder$|^Stimmberechtigte(?: Mitglieder)?$", RegexOptions.IgnoreCase)]
    private static partial Regex PresentLabel();
    [GeneratedRegex(@"^(?:Protokoll(?:führ[\w.:*/]*|ant[\w.:*/]*|ierend\w*|ix|\w*schreib\w*)?|Protokolix|Protokoll(?:iert|verantwortung)? (?:durch|von)|Für das Protokoll|Schriftführ\w*|Schriftleitung|Erstellung (?:der Niederschrift|des Protokolls)|(?:Verfasser\w*|Erstellt von)(?: (?:der Niederschrift|des Protokolls))?|Niederschrift|Niederschriftführ\w*|Aufgezeichnet von)$", RegexOptions.IgnoreCase)]
    private static partial Regex MinutesLabel();
    [GeneratedRegex(@"^(?:Sitzungs|Versammlungs|Tagungs|Diskussions|Gesprächs|Rede)?(?:leit(?:ung|er\w*)|präsidium|moderation|Moderator\w*)$|^Vorsitz(?:ende\w*)?$|^Leitung der (?:Sitzung|Versammlung)$|^Den Vorsitz führt\w*$", RegexOptions.IgnoreCase)]
    private static partial Regex ChairLabel();
    [GeneratedRegex(@"^(?:(?:\d+\.|stellv\w*\.?|geschäftsführend\w*|erweitert\w*|weitere|beratend\w*|von der|von den|für d\w+|aus d\w+)\s*)*(?:[\p{L}]*(?:Vorst[aä]nd|vorst[aä]nd|Mitglied|mitglied|Beisitz|Fraktion|fraktion|Vorsitz|vorsitz|Schatzmeister|schatzmeister|Kassen|Kassier|Schriftf|Delegiert|Gemeinder|Stadtr|Kreisr|sprecher|Sprecher|Ersatz|Beratend|beratend|Revisor|Bürgermeister|bürgermeister|Jugend|Ortsverein|Ortsverb|Kreisverb|Präsidium|Geschäftsf|geschäftsf|Parteilos|SPD|CDU|CSU|FDP|Grüne|GRÜNE|Linke|LINKE|FWG|Freie Wähler|stimm|Stimm|online|Online|Präsenz|Digital|digital)[\p{L}*:/ 0-9.]*)$")]
    private static partial Regex SubGroup();
    [GeneratedRegex(@"^(?:ca\.\s*|insgesamt\s*)?(?<n>\d{1,4}(?:\s?[-–]\s?\d{1,4})?)\s*(?:(?:stimmberechtigte|anwesende|wahlberechtigte)\w*\s*)?(?:Personen|Mitglieder|Delegierte|Teilnehm\w+|Stimmberechtigte|Genoss\w+|$)")]
    private static partial Regex CountOnly();
    [GeneratedRegex(@"(?<=[,;.)\s])(?:entschuldigt|es fehl(?:t|en)(?: entschuldigt)?)\s*:\s*", RegexOptions.IgnoreCase)]
    private static partial Regex InlineExcused();
    [GeneratedRegex(@"^(?:Name\w*|Mitglied\w*|Person|Teilnehm\w*|Vor- und Nachname|Nachname, Vorname)$", RegexOptions.IgnoreCase)]
    private static partial Regex NameColumn();
    [GeneratedRegex(@"^(?:Status|Anwesen\w*|anw\.?|Teilnahme|Bemerkung\w*|entsch\w*\.?)$", RegexOptions.IgnoreCase)]
    private static partial Regex StatusColumn();
    [GeneratedRegex(@"^(?:[xX✓✔☒☑✗]|ja|\(x\))$")]
    private static partial Regex Tick();
    [GeneratedRegex(@"^(?:entschuldigt.*|entsch\.?|e|verhindert|krank|Urlaub)$", RegexOptions.IgnoreCase)]
    private static partial Regex ExcusedCell();
    [GeneratedRegex(@"^(?:abwesend|fehlt.*|nein|u|unent\w*\.?|nicht anwesend|-|–)$", RegexOptions.IgnoreCase)]
    private static partial Regex AbsentCell();
    /// <summary>What stands in brackets behind a name.</summary>
    [GeneratedRegex(@"^\s*\((?:(?<absent>u\.?|unentsch[^)]*)|(?<excused>e\.?|entsch[^)]*)|(?<guest>(?:als\s)?Gast))\)", RegexOptions.IgnoreCase)]
    private static partial Regex Remark();
    [GeneratedRegex(@"^(?:anwesend|ja|online|vor Ort|präsent|da|a|anw\.?|ab \d.*|bis \d.*)", RegexOptions.IgnoreCase)]
    private static partial Regex PresentCell();
    [GeneratedRegex(@"(?:stimmberechtigte\w*\s(?:Mitglieder|Delegierte|Anwesende)\s*:\s*|begrüßt\w*\s(?:die\s|alle\s)?(?=\d{1,4}\s(?:anwesenden|erschienenen)\sMitglieder)|(?:Es\s+)?(?:sind|waren)\s(?:\w+\s){0,2}|anwesend\s(?:sind|waren)\s(?:\w+\s)?)(?<n>\d{1,4})(?=$|\s(?:anwesenden|erschienenen)\sMitglieder|\s(?:stimmberechtigte\w*\s|wahlberechtigte\w*\s)?(?:Mitglieder|Delegierte|Stimmberechtigte)(?:\s\w+)?\s(?:anwesend|erschienen))", RegexOptions.IgnoreCase)]
    private static partial Regex VoterCount();
    [GeneratedRegex(@"(?<![\p{L}.] )" + Name + @"\s(?:als\s\p{L}+\s)?(?:fehlt(?:e)?|ist|war|hat sich|hatte sich|lässt sich)\s(?:\p{Ll}+\s){0,2}entschuldig")]
    private static partial Regex ExcusedSentence();
    [GeneratedRegex(@"übern(?:ahm|immt)\s" + Name + @"\sdie\s(?:Versammlungs|Sitzungs)leitung|" + Name + @"\s(?:eröffnet\s\p{L}+\s(?:Sitzung|Versammlung)\sund\s)?leitet\s(?:\p{Ll}+\s)?(?:Sitzung|Versammlung)|" + Name + @"\swird\s[^.]{0,60}zu[mr]\s(?:Versammlungs|Sitzungs|Tagungs)leite|(?:[Aa]ls|[Zz]u[mr])\s(?:Versammlungs|Sitzungs|Tagungs)leiter(?:in)?\s(?:wird|wurde|ist|fungierte?|amtierte?)\s(?:Herr\s|Frau\s)?" + Name + @"|(?:Sitzung|Versammlung|Sitzungsleitung|Versammlungsleitung)\s(?:leitet|leitete|übernimmt|übernahm|hat|hatte)\s(?:Herr\s|Frau\s|heute\s)?" + Name + @"|^(?:Die|Der)\s(?:\p{L}+\s|\d\.\s)?\p{L}*[Vv]orsitzende,?\s(?:Herr\s|Frau\s)?" + Name + @",?\s(?:eröffnet|begrüßt|leitet)\w*\b|[Uu]nter\s(?:der\sLeitung|dem\sVorsitz)\svon\s(?:Herrn\s|Frau\s)?" + Name)]
    private static partial Regex TookTheChair();
    [GeneratedRegex(@"(?:übern(?:ahm|immt)|und|,)\s" + Name + @"\s(?:die\sProtokollführung|das\sProtokoll)\b|" + Name + @"\s(?:übernimmt|übernahm|führt|führte|schreibt)\s(?:die\sProtokollführung|(?:das\s)?Protokoll)\b|" + Name + @"\swird\s[^.]{0,60}zu[mr]\sProtokoll(?:ant|führ|ierend)|(?:[Aa]ls|[Zz]u[mr])\s(?:Protokoll|Schrift)(?:führ|ant)\w*\s(?:wird|wurde|ist|fungierte?)\s(?:Herr\s|Frau\s)?" + Name + @"|\b(?:Das\s)?(?:Protokoll|Protokollführung)\s(?:führt|führte|schreibt|schrieb|übernimmt|übernahm|hat)\s(?:heute\s|Herr\s|Frau\s)?" + Name)]
    private static partial Regex TookTheMinutes();
    [GeneratedRegex(@"^" + Name + @"\s*[(,–-]\s*(?:Versammlungs|Sitzungs|Tagungs)leit(?:er|ung)\w*\)?$|^(?:Versammlungs|Sitzungs|Tagungs)leiter(?:in)?\s*\(" + Name + @"\)$")]
    private static partial Regex SignedAsChair();
    [GeneratedRegex(@"(?:Herrn?|Frau|Dr\.|Hr\.|Fr\.)\s+$")]
    private static partial Regex Addressed();
    [GeneratedRegex(@"\S+(?:[ ]\S+)*")]
    private static partial Regex ColumnText();
    [GeneratedRegex(@"^(?:Protokoll(?:führ|ant)|Schriftführ)\w*$")]
    private static partial Regex SignedWriter();
    [GeneratedRegex(@"^(?:Versammlungs|Sitzungs|Tagungs)leit\w*$")]
    private static partial Regex SignedChair();
    [GeneratedRegex(@"^" + Name + @"\s*[(,–-]\s*(?:Protokoll(?:führ|ant)|Schriftführ)\w*\)?$|(?:^|\s)(?:Schriftführer|Protokollführer|Protokollant)(?:in)?\s*\(" + Name + @"\)$")]
    private static partial Regex SignedAsWriter();
    [GeneratedRegex(@"^(?:Anwesend\s(?:sind|waren)|(?<excused>Es\sfehl(?:t|en|te|ten)(?:\sentschuldigt)?|Entschuldigt\s(?:sind|ist|fehlen|fehlt|haben\ssich|hat\ssich|waren)))\s(?!\d|:)", RegexOptions.None)]
    private static partial Regex ListSentence();
}
